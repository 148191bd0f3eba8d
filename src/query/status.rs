//! How the sources do, and how much came to each stage.

use jiff::Timestamp;
use serde::Serialize;

use crate::domain::Lang;
use crate::domain::Source;
use crate::domain::SourceClass;
use crate::domain::SourceId;
use crate::domain::SourceKind;
use crate::domain::SourceState;
use crate::domain::shown_text;
use crate::store;
use crate::store::StoreError;
use crate::store::counter::Count;
use crate::store::rusqlite::Connection;
use crate::store::source::KnownSource;

/// How a source does, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceHealth {
    /// The last request was answered and understood.
    Ok,
    /// The last request failed.
    Failing,
    /// Not asked yet.
    New,
    /// Stopped for good; `sources revive` asks again.
    Stopped,
    /// Not configured, or switched off.
    Off,
}

impl SourceHealth {
    /// The word of the interface.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failing => "failing",
            Self::New => "new",
            Self::Stopped => "stopped",
            Self::Off => "off",
        }
    }
}

/// A source with what is remembered of its polls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceView {
    /// Unique.
    pub id: SourceId,
    /// For people.
    pub name: String,
    /// What is asked for, without its secrets.
    pub url: String,
    /// How it is read.
    pub kind: SourceKind,
    /// Who speaks.
    pub class: SourceClass,
    /// Its main language.
    pub lang: Option<Lang>,
    /// ISO 3166 alpha-2.
    pub country: Option<String>,
    /// How it does.
    pub health: SourceHealth,
    /// Why, when it does not do well.
    pub reason: Option<String>,
    /// Failures in a row.
    pub failures: u32,
    /// Not before.
    pub next_poll_at: Option<Timestamp>,
    /// The last request.
    pub polled_at: Option<Timestamp>,
    /// The last answer that was understood.
    pub succeeded_at: Option<Timestamp>,
    /// The last answer that brought something new.
    pub changed_at: Option<Timestamp>,
    /// Requests so far.
    pub requests: u64,
    /// Answers 304 so far.
    pub not_modified: u64,
    /// Bytes received so far.
    pub bytes: u64,
    /// Articles in the log.
    pub articles: u64,
}

/// Every source that the log knows, by id.
pub fn sources(conn: &Connection) -> Result<Vec<SourceView>, StoreError> {
    Ok(store::source::list(conn)?.into_iter().map(view).collect())
}

/// How much came to each stage per day, since a time.
pub fn stages(conn: &Connection, since: Timestamp) -> Result<Vec<Count>, StoreError> {
    store::counter::since(conn, since)
}

fn view(source: KnownSource) -> SourceView {
    let KnownSource { id, name, url, kind, class, lang, country, enabled, state, articles } =
        source;
    SourceView {
        id,
        name,
        url: shown_text(&url),
        kind,
        class,
        lang,
        country,
        health: health(enabled, &state),
        reason: state.stopped.or(state.last_error),
        failures: state.failures,
        next_poll_at: state.next_poll_at,
        polled_at: state.polled_at,
        succeeded_at: state.succeeded_at,
        changed_at: state.changed_at,
        requests: state.counts.requests,
        not_modified: state.counts.not_modified,
        bytes: state.counts.bytes,
        articles,
    }
}

impl SourceView {
    /// A configured source with what the log remembers of it.
    pub fn of(source: &Source, state: SourceState, articles: u64) -> SourceView {
        let Source { id, name, url, kind, class, language: lang, country, enabled, .. } =
            source.clone();
        let url = url.to_string();
        view(KnownSource { id, name, url, kind, class, lang, country, enabled, state, articles })
    }
}

fn health(enabled: bool, state: &SourceState) -> SourceHealth {
    if !enabled {
        SourceHealth::Off
    } else if state.stopped.is_some() {
        SourceHealth::Stopped
    } else if state.polled_at.is_none() {
        SourceHealth::New
    } else if state.failures > 0 {
        SourceHealth::Failing
    } else {
        SourceHealth::Ok
    }
}

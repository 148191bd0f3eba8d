//! How each source does and how politely it was asked: what `sources report` prints.

use jiff::Timestamp;
use serde::Serialize;

use super::SourceHealth;
use super::SourceView;
use crate::domain::Health;
use crate::domain::Politeness;
use crate::domain::Rhythm;
use crate::domain::Source;
use crate::domain::SourceState;
use crate::domain::health;
use crate::domain::politeness::politeness;
use crate::store;
use crate::store::StoreError;
use crate::store::rusqlite::Connection;

/// A host that is left alone for a time, at its own wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HostPause {
    /// The host.
    pub host: String,
    /// The end.
    pub until: Timestamp,
    /// What it answered, in words.
    pub reason: String,
}

/// One source with all that is known of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceReport {
    /// What is configured, and what is remembered.
    #[serde(flatten)]
    pub view: SourceView,
    /// How it does, in words, with the remedy.
    pub state: Health,
    /// How politely it was asked; `None` before the first request.
    pub politeness: Option<Politeness>,
    /// How it publishes.
    pub rhythm: Rhythm,
    /// What is asked instead of the configured address.
    pub moved_to: Option<String>,
    /// What was odd about the last document that was read.
    pub odd: Vec<String>,
    /// Its host is left alone; whoever knows the hosts puts it in.
    pub host_pause: Option<HostPause>,
}

/// The report on configured sources, in their order. A source the log does not know is new.
pub fn reports(
    conn: &Connection,
    sources: &[Source],
    now: Timestamp,
) -> Result<Vec<SourceReport>, StoreError> {
    let mut known: std::collections::BTreeMap<_, _> = store::source::list(conn)?
        .into_iter()
        .map(|known| (known.id.clone(), (known.state, known.articles)))
        .collect();
    let report = |source: &Source| {
        let (state, articles) = known.remove(&source.id).unwrap_or_default();
        of(source, state, articles, now)
    };
    Ok(sources.iter().map(report).collect())
}

/// The report on sources of which no log knows anything yet.
pub fn unknown(sources: &[Source], now: Timestamp) -> Vec<SourceReport> {
    sources.iter().map(|source| of(source, SourceState::default(), 0, now)).collect()
}

fn of(source: &Source, state: SourceState, articles: u64, now: Timestamp) -> SourceReport {
    let found = health::health(source, &state, now);
    let moved = state.rewritten.as_ref().filter(|moved| moved.configured == source.url);
    SourceReport {
        politeness: politeness(&state, source.every_secs),
        rhythm: state.rhythm,
        moved_to: moved.map(|moved| moved.to.to_string()),
        odd: state.odd.clone(),
        host_pause: None,
        view: SourceView::of(source, state, articles),
        state: if source.enabled {
            found
        } else {
            Health { words: "switched off".to_owned(), ..off() }
        },
    }
}

const fn off() -> Health {
    Health { trouble: None, words: String::new(), remedy: None }
}

impl SourceReport {
    /// Whether a person should look at it.
    pub fn is_sick(&self) -> bool {
        self.state.trouble.is_some() || self.never_worked()
    }

    /// It was asked, more than once, and never answered as it should.
    pub fn never_worked(&self) -> bool {
        let view = &self.view;
        matches!(view.health, SourceHealth::Failing | SourceHealth::Stopped)
            && view.succeeded_at.is_none()
    }

    /// Its health in a word: the trouble, if there is one.
    pub fn word(&self) -> String {
        let trouble = self.state.trouble.filter(|_| self.view.health != SourceHealth::Off);
        let word = trouble.map_or_else(|| self.view.health.as_str(), |trouble| trouble.as_str());
        if trouble.is_none() && self.never_worked() {
            return "never worked".to_owned();
        }
        word.replace('_', " ")
    }
}

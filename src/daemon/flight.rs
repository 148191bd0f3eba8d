//! One poll, from the request to what is to be stored. Whatever goes wrong ends in the source's
//! state and in a report, never in another source.

use std::sync::Arc;

use jiff::SignedDuration;
use jiff::Timestamp;
use serde::Serialize;

use super::children;
use super::children::Gathered;
use super::lost;
use super::now;
use super::shared::Shared;
use crate::domain::Document;
use crate::domain::PollCause;
use crate::domain::Source;
use crate::domain::SourceId;
use crate::domain::SourceKind;
use crate::domain::SourceNote;
use crate::domain::SourceState;
use crate::fetch::PollOutcome;
use crate::fetch::Polled;
use crate::pipeline;
use crate::pipeline::Outcome;
use crate::pipeline::Readings;
use crate::source;
use crate::store;

/// After the log could not be written.
const AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// What one poll came to, in words.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The source.
    pub source: SourceId,
    /// `new`, `unchanged`, `not modified`, `waiting` or `failed`.
    pub outcome: &'static str,
    /// Why it failed and what to do; or what was odd.
    pub words: Vec<String>,
    /// Articles that were not known.
    pub new_articles: usize,
    /// Deals that are new.
    pub new_deals: usize,
    /// Deals that got a revision.
    pub revised_deals: usize,
}

impl Report {
    pub(super) fn of(source: &SourceId, outcome: &'static str) -> Report {
        Report {
            source: source.clone(),
            outcome,
            words: Vec::new(),
            new_articles: 0,
            new_deals: 0,
            revised_deals: 0,
        }
    }

    pub(super) fn fail(&mut self, words: String) {
        self.outcome = "failed";
        self.words.push(words);
    }
}

/// A poll that is over.
pub(super) struct Landed {
    pub(super) id: SourceId,
    pub(super) state: SourceState,
    pub(super) report: Report,
    /// The state is not in the log yet.
    pub(super) unsaved: bool,
    /// A host that is left alone.
    pause: Option<(String, Timestamp)>,
    /// The host that was to be asked.
    host: Option<String>,
}

impl Landed {
    /// A poll that never came back.
    pub(super) fn lost(id: SourceId, state: SourceState, report: Report) -> Landed {
        Landed { id, state, report, unsaved: true, pause: None, host: None }
    }
}

/// Polls, reads, and settles what is new.
pub(super) async fn poll(shared: Arc<Shared>, source: Source, before: SourceState) -> Landed {
    let jitter = fastrand::f64() * 2.0 - 1.0;
    let mut polled = shared.fetcher.poll(&source, &before, jitter).await;
    if matches!(polled.outcome, PollOutcome::Failed(_)) && lost::is_lost(&source, &polled.state) {
        polled.state.counts.requests += 1;
        if let Some(found) = lost::look(&shared, &source).await {
            polled.tell(&found);
        }
    }
    let mut report = report(&source, &polled);
    let pause = polled.host_pause.take();
    let host = Some(source::host_key(before.address(&source)));
    let live = before.seeded || shared.options.alert_backlog;
    let read = match polled.document.take() {
        Some(document) => match read(&shared, &source, document).await {
            Ok(readings) => {
                children::gather(&shared, &source, readings, &mut polled).await.map(Some)
            }
            Err(failure) => Err(failure),
        },
        // What an index names may have changed although the index has not.
        None if source.kind == SourceKind::Sitemap => {
            children::again(&shared, &source, &mut polled).await
        }
        None => Ok(None),
    };
    let (state, unsaved) = match read {
        Ok(Some(gathered)) => settle(&shared, gathered, polled, &before, live, &mut report).await,
        Ok(None) => (polled.state, true),
        Err((cause, words)) => {
            report.fail(words.clone());
            (polled.failed_parse(cause, words), true)
        }
    };
    Landed { id: source.id, state, report, unsaved, pause, host }
}

fn report(source: &Source, polled: &Polled) -> Report {
    let (outcome, words) = match &polled.outcome {
        PollOutcome::Changed => ("new", None),
        PollOutcome::Unchanged => ("unchanged", None),
        PollOutcome::NotModified => ("not modified", None),
        PollOutcome::Waiting(error) => ("waiting", Some(error.words())),
        PollOutcome::Failed(error) => {
            ("failed", polled.state.last_error.clone().or_else(|| Some(error.words())))
        }
    };
    let moved = polled.rewritten.as_ref().map(pipeline::moved_words);
    Report { words: words.into_iter().chain(moved).collect(), ..Report::of(&source.id, outcome) }
}

/// Why a document could not be read: the old validators stay, so that the next poll gets it again.
pub(super) type Unread = (PollCause, String);

/// Reads a document away from the async threads.
pub(super) async fn read(
    shared: &Shared,
    source: &Source,
    document: Document,
) -> Result<Readings, Unread> {
    let (reader, of) = (shared.active().pipeline.clone(), source.clone());
    let readings = shared
        .desk
        .read(move || reader.read(&document, &of))
        .await
        .map_err(|error| (error.cause(), error.to_string()))?;
    tracing::debug!(entries = readings.articles.len(), "Read `{}`", source.id);
    Ok(readings)
}

/// Settles what was read with the source's new state. Says whether the state still has to be
/// stored.
async fn settle(
    shared: &Arc<Shared>,
    gathered: Gathered,
    polled: Polled,
    before: &SourceState,
    live: bool,
    report: &mut Report,
) -> (SourceState, bool) {
    let Gathered { readings, children } = gathered;
    // An unchanged index whose children have changed.
    report.outcome = "new";
    let landing = polled.landing(readings.hints);
    match shared.active().pipeline.settle_poll(landing, readings, live).await {
        Ok((state, outcome)) => {
            settled(shared, outcome, report);
            report.words.extend(children::keep(shared, &report.source, children).await);
            (state, false)
        }
        // Nothing of it is in the log, so the old state holds; the next poll tries again.
        Err(error) => {
            report.fail(error.to_string());
            let next_poll_at = now().saturating_add(AGAIN).ok();
            (SourceState { next_poll_at, ..before.clone() }, false)
        }
    }
}

/// Wakes who has work now.
fn settled(shared: &Shared, outcome: Outcome, report: &mut Report) {
    report.new_articles = outcome.new_articles;
    report.new_deals = outcome.new_deals;
    report.revised_deals = outcome.revised_deals;
    report.words.extend(outcome.warnings);
    outcome.note.iter().for_each(tell);
    if outcome.owed > 0 {
        shared.messages_owed.notify_one();
    }
    if outcome.wanted > 0 {
        shared.pages_wanted.notify_one();
    }
}

/// Stores what polls leave that brought nothing to read, the pauses of hosts and how often each was
/// asked, all in one transaction.
pub(super) async fn keep(shared: &Arc<Shared>, landed: &[Landed]) -> Result<(), String> {
    let active = shared.active();
    let unsaved: Vec<_> = landed
        .iter()
        .filter(|landed| landed.unsaved)
        .map(|landed| {
            let source = active.registry.get(&landed.id).cloned();
            let failed = landed.report.outcome == "failed";
            (landed.id.clone(), source, landed.state.clone(), failed)
        })
        .collect();
    let pipeline = active.pipeline.clone();
    let pauses: Vec<_> = landed
        .iter()
        .filter_map(|landed| Some((landed.pause.clone()?, landed.report.words.join("; "))))
        .collect();
    let hosts = shared.fetcher.hosts().snapshot();
    let spent: Vec<_> = landed
        .iter()
        .filter_map(|landed| landed.host.clone())
        .map(|host| (hosts.get(&host), host))
        .collect();
    let now = now();
    let write = move |tx: &store::rusqlite::Transaction<'_>| {
        let mut notes = Vec::new();
        for (id, source, state, failed) in &unsaved {
            match source {
                Some(source) => {
                    let watchers = &pipeline.knowledge().watchers;
                    let (note, owed) =
                        store::source::save_polled(tx, source, state, watchers, now)?;
                    store::counter::bump(tx, "owed", owed as u64, now)?;
                    notes.extend(note);
                }
                // It left the configuration while it was asked.
                None => store::source::save_state(tx, id, state)?,
            }
            if let Some(cause) = state.cause.filter(|_| *failed) {
                store::counter::bump(tx, &format!("failed: {cause}"), 1, now)?;
            }
        }
        for ((host, until), reason) in &pauses {
            store::source::save_pause(tx, host, *until, reason)?;
        }
        for (state, host) in &spent {
            store::source::save_spent(tx, host, state.day, state.requests)?;
        }
        Ok(notes)
    };
    match shared.store.write_together(write).await {
        Ok(notes) => {
            notes.iter().for_each(tell);
            if !notes.is_empty() {
                shared.messages_owed.notify_one();
            }
            Ok(())
        }
        Err(error) => {
            tracing::error!("Cannot keep what polls came to: {error}");
            Err(error.to_string())
        }
    }
}

/// What a person is told of a source stands in the log, too.
fn tell(note: &SourceNote) {
    let remedy = note.remedy.as_deref().unwrap_or("nothing to do");
    tracing::warn!(source.id = %note.source, "`{}` {}; {remedy}", note.source, note.words);
}

/// One line per outcome.
pub(super) fn log(report: &Report) {
    let (words, source) = (report.words.join("; "), &report.source);
    match report.outcome {
        "failed" => tracing::warn!("Polling `{source}` failed: {words}"),
        "new" => tracing::info!(
            articles = report.new_articles,
            deals = report.new_deals,
            revised = report.revised_deals,
            "Polled `{}`{}{words}",
            source,
            if words.is_empty() { "" } else { ", oddly: " }
        ),
        outcome if words.is_empty() || outcome == "waiting" => {
            tracing::debug!("Polled `{source}`: {outcome} {words}");
        }
        outcome => tracing::warn!("Polled `{source}`: {outcome}; {words}"),
    }
}

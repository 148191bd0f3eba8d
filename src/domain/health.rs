//! How a source does, in words with the remedy, and when a person is told of it.
//!
//! # Invariants
//!
//! - Pure: the same state at the same time gives the same answer.
//! - One trouble is told once: not again until it has ended or has become another.
//! - What may be our own fault (no network here) is no trouble of a source before a day has passed.

use jiff::SignedDuration;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;

use super::PollCause;
use super::Raised;
use super::Source;
use super::SourceId;
use super::SourceState;
use super::SourceTrouble;
use super::measure;
use super::place;

/// A wall, or a selector without a match, may be a fault of a moment: the second in a row counts.
const FAILURES_THAT_COUNT: u32 = 2;
/// Failing for as long as this is more than a bad night of a server, or of our own network.
const FAILING: SignedDuration = SignedDuration::from_hours(24);
/// Silent for so many of its usual intervals (Huginn's working default for overdue agents is of
/// this order).
const SILENT_INTERVALS: u64 = 3;
/// And at least for so long: a newsroom may sleep over a long weekend.
const SILENT_AT_LEAST: SignedDuration = SignedDuration::from_hours(72);

/// How a source does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Health {
    /// What a person should know, if anything.
    pub trouble: Option<SourceTrouble>,
    /// In words: what is, since when.
    pub words: String,
    /// What to do, if anything.
    pub remedy: Option<String>,
}

/// What a person is told of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceNote {
    /// The source.
    pub source: SourceId,
    /// For people.
    pub name: String,
    /// Its page or feed, without query and credentials.
    pub url: String,
    /// What is wrong; `None` once all is well again.
    pub trouble: Option<SourceTrouble>,
    /// In words.
    pub words: String,
    /// What to do.
    pub remedy: Option<String>,
    /// When it was noticed.
    pub at: Timestamp,
}

impl SourceNote {
    /// As it stands in the outbox.
    pub fn freeze(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// As it stood in the outbox; `None` if that is something else.
    pub fn thaw(kept: &str) -> Option<SourceNote> {
        serde_json::from_str(kept).ok()
    }

    /// The word for what happened.
    pub fn word(&self) -> &'static str {
        self.trouble.map_or("recovered", SourceTrouble::as_str)
    }
}

/// What is wrong with a source, if a person should know; the gravest first.
pub fn trouble(source: &Source, state: &SourceState, now: Timestamp) -> Option<SourceTrouble> {
    if state.stopped.is_some() {
        return Some(SourceTrouble::Gone);
    }
    if state.flood.is_some() {
        return Some(SourceTrouble::Flood);
    }
    // What never worked is found by a look at the catalogue, not by an alert.
    let worked = state.succeeded_at?;
    if state.failures > 0 {
        let lasting = state.failures >= FAILURES_THAT_COUNT;
        return match state.cause {
            Some(PollCause::BotWall) if lasting => Some(SourceTrouble::BotWall),
            Some(PollCause::NothingMatched | PollCause::Empty) if lasting => {
                Some(SourceTrouble::Empty)
            }
            _ if lasting && now.duration_since(worked) >= FAILING => Some(SourceTrouble::Failing),
            _ => state.raised.map(|raised| raised.trouble).filter(|_| !lasting),
        };
    }
    if moved(source, state) {
        return Some(SourceTrouble::Moved);
    }
    is_silent(state, now).then_some(SourceTrouble::Silent)
}

fn moved(source: &Source, state: &SourceState) -> bool {
    state.rewritten.as_ref().is_some_and(|rewritten| rewritten.configured == source.url)
}

/// The last time that it brought an entry that was not known.
fn last_new(state: &SourceState) -> Option<Timestamp> {
    state.rhythm.new_at.or(state.changed_at)
}

fn is_silent(state: &SourceState, now: Timestamp) -> bool {
    let (Some(last), Some(usual)) = (last_new(state), state.rhythm.expected_secs) else {
        return false;
    };
    let patience = i64::try_from(usual.saturating_mul(SILENT_INTERVALS)).unwrap_or(i64::MAX);
    now.duration_since(last) > SignedDuration::from_secs(patience).max(SILENT_AT_LEAST)
}

/// How the source does, for a report; `None` as its trouble also while it only stumbles.
pub fn health(source: &Source, state: &SourceState, now: Timestamp) -> Health {
    let trouble = trouble(source, state, now);
    let id = &source.id;
    let error = state.last_error.clone().unwrap_or_else(|| "no reason is known".to_owned());
    let (words, remedy) = match trouble {
        Some(trouble) => (told(trouble, state, now), Some(remedy(trouble, source))),
        None if state.polled_at.is_none() => ("not asked yet".to_owned(), None),
        None if state.failures > 0 && state.succeeded_at.is_none() => {
            let times = usize::try_from(state.failures).unwrap_or(usize::MAX);
            let words = format!("has never worked, {}: {error}", measure::count(times, "failure"));
            (words, Some(format!("`dealwatch sources test {id}` shows every step")))
        }
        None if state.failures > 0 => (format!("failed the last time: {error}"), None),
        None => well(state, now),
    };
    Health { trouble, words, remedy }
}

/// What there is to say of a source that is well: entries it may lose, or nothing.
fn well(state: &SourceState, now: Timestamp) -> (String, Option<String>) {
    let rhythm = &state.rhythm;
    if let (Some(floor), Some(window)) = (rhythm.floor_over_window_secs, rhythm.window_secs) {
        let (floor, window) = (measure::span(floor), measure::span(window));
        let words = format!(
            "its list turns over in {window}, and its server asks for {floor} between two polls: \
             entries may be missed at its own wish"
        );
        let remedy = "look for a longer feed, or one feed per section".to_owned();
        return (words, Some(remedy));
    }
    if rhythm.overflows > 0
        && rhythm.overflowed_at.is_some_and(|at| now.duration_since(at) < FAILING)
    {
        let words = format!("entries may have been missed, {} times", rhythm.overflows);
        return (words, Some("shorten `every_secs`, or look for a longer feed".to_owned()));
    }
    ("well".to_owned(), None)
}

fn told(trouble: SourceTrouble, state: &SourceState, now: Timestamp) -> String {
    let error = state.last_error.clone().unwrap_or_else(|| "no reason is known".to_owned());
    let ago = |at: Option<Timestamp>| {
        let secs = at.map_or(0, |at| now.duration_since(at).as_secs().max(0).unsigned_abs());
        measure::span(secs)
    };
    match trouble {
        SourceTrouble::Gone => format!(
            "is not asked any more: {}",
            state.stopped.clone().unwrap_or_else(|| "it is gone".to_owned())
        ),
        SourceTrouble::Flood => {
            let flood = state.flood.map(|flood| (flood.held, flood.of)).unwrap_or_default();
            format!(
                "suddenly showed {} of {} entries as new that are old: they are stored, and \
                 nobody is told of them",
                flood.0, flood.1
            )
        }
        SourceTrouble::BotWall => format!(
            "has stood behind a check for browsers for {}: {error}",
            ago(state.succeeded_at)
        ),
        SourceTrouble::Empty => {
            format!("has held nothing that can be read for {}: {error}", ago(state.succeeded_at))
        }
        SourceTrouble::Failing => {
            format!("has failed for {}: {error}", ago(state.succeeded_at))
        }
        SourceTrouble::Moved => {
            let to = state.rewritten.as_ref().map(|rewritten| place(&rewritten.to));
            format!("has moved for good and is asked at {}", to.unwrap_or_default())
        }
        SourceTrouble::Silent => {
            let usual = measure::span(state.rhythm.expected_secs.unwrap_or(0));
            let silent = ago(last_new(state));
            format!("has brought nothing new for {silent}; it usually does every {usual}")
        }
    }
}

fn remedy(trouble: SourceTrouble, source: &Source) -> String {
    let id = &source.id;
    match trouble {
        SourceTrouble::Gone => format!(
            "find its new address with `dealwatch sources add SITE`, or ask it again with \
             `dealwatch sources revive {id}`"
        ),
        SourceTrouble::Flood => format!(
            "look at it with `dealwatch sources test {id}`; what is new next is told as ever, an \
             ordinary document a day later takes this mark away, and `dealwatch sources revive \
             {id}` does it now"
        ),
        SourceTrouble::BotWall => {
            "ask its publisher for access by the configured contact, or switch it off".to_owned()
        }
        SourceTrouble::Empty => format!(
            "the page was rebuilt, or the feed emptied: `dealwatch sources test {id}` shows it; \
             write new selectors, or find another feed"
        ),
        SourceTrouble::Failing => format!("`dealwatch sources test {id}` shows every step"),
        SourceTrouble::Moved => "write the new address into the catalogue".to_owned(),
        SourceTrouble::Silent => format!(
            "look at its site: it may have a new feed; `dealwatch sources add {}` finds it",
            site(source)
        ),
    }
}

fn site(source: &Source) -> &str {
    source.url.host_str().unwrap_or("SITE")
}

/// What a person is to be told after a poll, and what is then remembered as told.
///
/// `raised` is what was told before. Nothing is told of a source that is well and was.
pub fn news(
    source: &Source,
    state: &SourceState,
    raised: Option<Raised>,
    now: Timestamp,
) -> (Option<SourceNote>, Option<Raised>) {
    let state = &SourceState { raised, ..state.clone() };
    let found = trouble(source, state, now);
    let before = raised.map(|raised| raised.trouble);
    if found == before {
        return (None, raised);
    }
    let raised = found.map(|trouble| Raised { trouble, at: now });
    // An address that the operator has written down needs no second word.
    if found.is_none() && before == Some(SourceTrouble::Moved) {
        return (None, raised);
    }
    let (words, remedy) = match found {
        Some(trouble) => (told(trouble, state, now), Some(remedy(trouble, source))),
        None => ("is well again".to_owned(), None),
    };
    let note = SourceNote {
        source: source.id.clone(),
        name: source.name.clone(),
        url: place(&source.url),
        trouble: found,
        words,
        remedy,
        at: now,
    };
    (Some(note), raised)
}

#[cfg(test)]
mod tests;

//! What a poll came to, and the state to store with it.

use jiff::Timestamp;
use url::Url;

use super::FetchError;
use crate::domain::Document;
use crate::domain::Source;
use crate::domain::SourceState;
use crate::source::Hints;
use crate::source::Outcome;
use crate::source::next_poll;

/// The result of [`super::Fetcher::poll`].
#[derive(Debug)]
#[must_use = "the state must be stored, or the next poll repeats this one"]
pub struct Polled {
    /// To be stored, in one transaction with what was read from `document`.
    pub state: SourceState,
    /// For logs and reports.
    pub outcome: PollOutcome,
    /// Something new to read.
    pub document: Option<Document>,
    /// Where the source has moved, by the word of every redirect on the way; its configuration
    /// should say so.
    pub moved_to: Option<Url>,
    /// The whole host is left alone until then; [`super::Hosts`] knows it already.
    pub host_pause: Option<Timestamp>,
    pub(super) context: Context,
}

/// What a later verdict on the document needs.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) source: Source,
    pub(super) before: SourceState,
    pub(super) fresh_secs: Option<u64>,
    pub(super) now: Timestamp,
    pub(super) jitter: f64,
}

/// What happened.
#[derive(Debug)]
pub enum PollOutcome {
    /// A document that was not known; it is in [`Polled::document`].
    Changed,
    /// 200 with the bytes that were read before: nothing to read, the validators are new.
    Unchanged,
    /// 304.
    NotModified,
    /// The host is paused: nothing was asked.
    Waiting(FetchError),
    /// Nothing came. A source that is gone for good is stopped in its state.
    Failed(FetchError),
}

impl Polled {
    /// The state for a document that was read, now that the feed's own wishes are known.
    ///
    /// [`Polled::state`] is right as it is for a feed without wishes.
    pub fn parsed(self, hints: Hints) -> SourceState {
        let Context { source, fresh_secs, now, jitter, .. } = self.context;
        let mut state = self.state;
        if matches!(self.outcome, PollOutcome::Changed) {
            let outcome = Outcome::Good { fresh_secs, hints };
            state.next_poll_at = Some(next_poll(&source, &state, &outcome, now, jitter));
        }
        state
    }

    /// The state for a document that could not be read or stored: the old validators stay, so the
    /// next poll gets the document again, and the failure counts.
    pub fn failed_parse(self, reason: impl Into<String>) -> SourceState {
        let Context { source, before, fresh_secs, now, jitter } = self.context;
        let mut state = SourceState {
            polled_at: self.state.polled_at,
            counts: self.state.counts,
            failures: before.failures.saturating_add(1),
            last_error: Some(reason.into()),
            ..before
        };
        let outcome = Outcome::Unreadable { fresh_secs };
        state.next_poll_at = Some(next_poll(&source, &state, &outcome, now, jitter));
        state
    }
}

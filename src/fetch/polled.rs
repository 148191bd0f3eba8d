//! What a poll came to, and the state to store with it.

use jiff::Timestamp;
use url::Url;

use super::FetchError;
use super::Seen;
use super::poll;
use crate::domain::Document;
use crate::domain::Hints;
use crate::domain::PollCause;
use crate::domain::Rewritten;
use crate::domain::SourceState;
use crate::source::Landing;
use crate::source::Outcome;
use crate::source::next_poll;

/// The result of [`super::Fetcher::poll`].
#[derive(Debug)]
#[must_use = "the state must be stored, or the next poll repeats this one"]
pub struct Polled {
    /// To be stored. With a document it is the one of [`Polled::landing`] that counts.
    pub state: SourceState,
    /// For logs and reports.
    pub outcome: PollOutcome,
    /// Something new to read.
    pub document: Option<Document>,
    /// Where permanent redirects alone led.
    pub moved_to: Option<Url>,
    /// The move that begins with this poll, which brought nothing new.
    pub rewritten: Option<Rewritten>,
    /// A host that is left alone, and until when; [`super::Hosts`] knows it already.
    pub host_pause: Option<(String, Timestamp)>,
    /// The answer, if one came.
    pub seen: Option<Seen>,
    /// With the state of before.
    pub(super) context: Landing,
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
    /// Adds to the words of a failure what was found out beside it.
    pub fn tell(&mut self, words: &str) {
        for said in [&mut self.state.last_error, &mut self.state.stopped].into_iter().flatten() {
            said.push_str("; ");
            said.push_str(words);
        }
    }

    /// For a document that was read: what the log needs to make the state that it stores with it.
    pub fn landing(self, hints: Hints) -> Landing {
        let mut landing = self.context;
        landing.state = self.state;
        landing.state.hints = Hints { lifetime_secs: landing.state.hints.lifetime_secs, ..hints };
        landing
    }

    /// The state for a document that could not be read or stored: the old validators stay, so the
    /// next poll gets the document again, and the failure counts.
    pub fn failed_parse(self, cause: PollCause, reason: impl Into<String>) -> SourceState {
        let Landing { source, state: before, fresh_secs, now, jitter, .. } = self.context;
        let mut state = SourceState {
            polled_at: self.state.polled_at,
            counts: self.state.counts,
            failures: before.failures.saturating_add(1),
            last_error: Some(reason.into()),
            cause: Some(cause),
            redirect: None,
            ..before
        };
        poll::count_error(&mut state.counts);
        let outcome = Outcome::Unreadable { fresh_secs };
        state.next_poll_at = Some(next_poll(&source, &state, &outcome, now, jitter));
        state
    }
}

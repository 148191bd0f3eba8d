//! A document that was read is about to be stored: what its source's state becomes.

use jiff::Timestamp;
use url::Url;

use super::Outcome;
use super::moved;
use super::next_poll;
use super::rhythm;
use super::rhythm::Look;
use super::rhythm::Seen;
use crate::domain::Rewritten;
use crate::domain::Source;
use crate::domain::SourceState;

/// Everything that is known before the log says which entries are new.
#[derive(Debug, Clone)]
pub struct Landing {
    /// Who was asked.
    pub source: Source,
    /// The state with everything but rhythm, move and next poll.
    pub state: SourceState,
    /// The look before this one; `None` if it is the first.
    pub before: Option<Timestamp>,
    /// Where permanent redirects alone led.
    pub moved_to: Option<Url>,
    /// Seconds the answer stays fresh: a floor.
    pub fresh_secs: Option<u64>,
    /// When the answer came.
    pub now: Timestamp,
    /// -1 to 1.
    pub jitter: f64,
}

impl Landing {
    /// The state to store with the document, and the move that begins with it.
    pub fn land(self, seen: &Seen) -> (SourceState, Option<Rewritten>) {
        let Landing { source, mut state, before, moved_to, fresh_secs, now, jitter } = self;
        let look = Look { before, floor_secs: fresh_secs, now };
        rhythm::observe(&mut state.rhythm, seen, look);
        let overlaps = seen.new < seen.items;
        let begins = moved::observe(&mut state, &source, moved_to.as_ref(), overlaps, now);
        state.seeded = true;
        let outcome = Outcome::Good { fresh_secs };
        state.next_poll_at = Some(next_poll(&source, &state, &outcome, now, jitter));
        (state, begins)
    }
}

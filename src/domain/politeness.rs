//! How politely a source was asked: a score of 0 to 100 by written rules.
//!
//! The rules are those by which publishers judge feed readers (Rachel Kroll's feed reader score,
//! Open RSS); `docs/operations.md` has them for people.

use serde::Serialize;

use super::Hints;
use super::PollCounts;
use super::SourceState;
use super::measure;

/// What a faultless client has.
const FULL: u32 = 100;
/// Asked without a validator again although the server gives them.
const UNCONDITIONAL: u32 = 30;
/// The server gives no validators, and is asked more than once a day all the same.
const NOTHING_TO_SEND: u32 = 10;
/// The server said once that it is too much.
const TOO_MUCH_ONCE: u32 = 15;
/// It said so for more than one request in a hundred.
const TOO_MUCH_OFTEN: u32 = 40;
/// Two polls within a minute, also by hand.
const BURST: u32 = 20;
/// Two polls closer together than the source or its feed asks for.
const HASTE: u32 = 10;
/// Asked more often than once an hour, though conditionally.
const EAGER: u32 = 5;
/// Half of the polls or more fail.
const FAILING: u32 = 10;
/// A poll may start so much earlier than its interval says, in hundredths: the jitter, and the
/// time that the request itself took.
const EARLY_PERCENT: u64 = 85;

/// The score, with the reasons for what is missing to 100.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Politeness {
    /// 0 to 100.
    pub score: u32,
    /// Requests so far.
    pub requests: u64,
    /// Of a hundred requests, how many carried a validator, the first left out; `None` before the
    /// second.
    pub conditional_percent: Option<u64>,
    /// Of a hundred requests, how many a 304 answered.
    pub not_modified_percent: u64,
    /// Answers 429.
    pub rate_limited: u64,
    /// The shortest time between the starts of two polls, in milliseconds.
    pub shortest_gap_ms: Option<u64>,
    /// Bytes that were sent to us.
    pub bytes: u64,
    /// Bytes that a 304 spared.
    pub saved_bytes: u64,
    /// What took points, each with how many.
    pub reasons: Vec<String>,
}

/// The score of a source that was asked; `None` before the first request.
pub fn politeness(state: &SourceState, every_secs: u32) -> Option<Politeness> {
    let counts = &state.counts;
    if counts.requests == 0 {
        return None;
    }
    let mut scale = Scale { score: FULL, reasons: Vec::new() };
    conditions(&mut scale, state, every_secs);
    pace(&mut scale, counts, state.hints, every_secs);
    let percent = |part: u64, of: u64| (part * 100).checked_div(of);
    let later = counts.requests - 1;
    let extra = counts.unconditional.saturating_sub(1).min(later);
    Some(Politeness {
        score: scale.score,
        requests: counts.requests,
        conditional_percent: percent(later - extra, later),
        not_modified_percent: percent(counts.not_modified, counts.requests).unwrap_or(0),
        rate_limited: counts.rate_limited,
        shortest_gap_ms: counts.shortest_gap_ms,
        bytes: counts.bytes,
        saved_bytes: counts.saved_bytes,
        reasons: scale.reasons,
    })
}

struct Scale {
    score: u32,
    reasons: Vec<String>,
}

impl Scale {
    fn take(&mut self, points: u32, why: &str) {
        self.score = self.score.saturating_sub(points);
        self.reasons.push(format!("-{points}: {why}"));
    }
}

/// Whether it was asked conditionally wherever that was possible.
fn conditions(scale: &mut Scale, state: &SourceState, every_secs: u32) {
    const DAY: u32 = 86_400;
    let counts = &state.counts;
    let extra = counts.unconditional.saturating_sub(1);
    let gives = state.validators.etag.is_some() || state.validators.last_modified.is_some();
    if gives && extra * 20 > counts.requests {
        let times = usize::try_from(extra).unwrap_or(usize::MAX);
        let words = measure::count(times, "request");
        scale.take(UNCONDITIONAL, &format!("{words} without a validator after the first"));
    } else if !gives && counts.requests > 1 && every_secs < DAY {
        let words = "the server gives no validator, so every poll costs it a whole document";
        scale.take(NOTHING_TO_SEND, words);
    }
}

/// Whether it was asked as seldom as was asked for.
fn pace(scale: &mut Scale, counts: &PollCounts, hints: Hints, every_secs: u32) {
    const MINUTE_MS: u64 = 60_000;
    const HOUR: u64 = 3_600;
    let ttl = u64::from(hints.ttl_minutes.unwrap_or(0)) * 60;
    let asked = u64::from(every_secs).max(ttl);
    if counts.rate_limited * 100 > counts.requests {
        scale.take(TOO_MUCH_OFTEN, &format!("{} answers 429", counts.rate_limited));
    } else if counts.rate_limited > 0 {
        scale.take(TOO_MUCH_ONCE, &format!("{} answers 429", counts.rate_limited));
    }
    if let Some(gap) = counts.shortest_gap_ms {
        let shown = measure::span(gap / 1_000);
        if gap < MINUTE_MS {
            scale.take(BURST, &format!("two polls within {shown} (polls by hand count)"));
        } else if gap / 10 < asked * EARLY_PERCENT {
            let asked = measure::span(asked);
            scale.take(HASTE, &format!("two polls within {shown}, though {asked} is asked for"));
        }
    }
    if asked < HOUR {
        scale.take(EAGER, "asked more often than once an hour");
    }
    if counts.errors * 2 >= counts.requests {
        scale.take(FAILING, &format!("{} polls failed", counts.errors));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Validator;
    use crate::domain::Validators;

    /// A source that gives an `ETag`, asked 100 times, every hour.
    fn state(change: impl FnOnce(&mut PollCounts)) -> SourceState {
        let mut counts = PollCounts {
            requests: 100,
            unconditional: 1,
            not_modified: 90,
            shortest_gap_ms: Some(3_400_000),
            ..PollCounts::default()
        };
        change(&mut counts);
        let etag = Some(Validator(b"\"a\"".to_vec()));
        let validators = Validators { etag, last_modified: None };
        SourceState { validators, counts, ..SourceState::default() }
    }

    #[track_caller]
    fn check(state: &SourceState, every_secs: u32, score: u32) {
        let seen = politeness(state, every_secs).unwrap();
        assert_eq!(seen.score, score, "{:?}", seen.reasons);
    }

    #[test]
    fn a_model_client_has_all_points() {
        check(&state(|_| ()), 3_600, 100);
        let seen = politeness(&state(|_| ()), 3_600).unwrap();
        assert_eq!((seen.conditional_percent, seen.not_modified_percent), (Some(100), 90));
    }

    #[test]
    fn every_fault_costs_points_and_says_so() {
        check(&state(|counts| counts.unconditional = 50), 3_600, 70);
        check(&state(|counts| counts.rate_limited = 1), 3_600, 85);
        check(&state(|counts| counts.rate_limited = 2), 3_600, 60);
        check(&state(|counts| counts.shortest_gap_ms = Some(2_000)), 3_600, 80);
        check(&state(|counts| counts.shortest_gap_ms = Some(1_000_000)), 3_600, 90);
        check(&state(|counts| counts.shortest_gap_ms = Some(890_000)), 900, 95);
        check(&state(|counts| counts.errors = 60), 3_600, 90);
        let bare = SourceState { validators: Validators::default(), ..state(|_| ()) };
        check(&bare, 3_600, 90);
        check(&bare, 86_400, 90);
    }

    #[test]
    fn a_source_that_was_not_asked_has_no_score() {
        assert_eq!(politeness(&SourceState::default(), 900), None);
        let once = state(|counts| {
            *counts = PollCounts { requests: 1, unconditional: 1, ..PollCounts::default() }
        });
        assert_eq!(politeness(&once, 3_600).unwrap().conditional_percent, None);
    }
}

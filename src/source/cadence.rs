//! The next poll of a source, from what the last one brought.

use jiff::SignedDuration;
use jiff::Timestamp;

pub use crate::domain::Hints;
use crate::domain::Source;
use crate::domain::SourceState;
use crate::domain::Validators;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// No source is asked twice in a second. A catalogue has a stricter minimum
/// ([`super::catalogue::MIN_EVERY_SECS`]); sources on loopback, as the demo's, may be quicker.
const MIN_INTERVAL_SECS: u64 = 1;
/// No wait is longer, so that a wrong header or a long failure heals within a day.
pub const MAX_WAIT_SECS: u64 = DAY;
/// `Retry-After` is a request to us in person: it may ask for a week.
pub const MAX_RETRY_AFTER_SECS: u64 = 7 * DAY;
/// A `ttl` over a week is a mistake, in practice seconds or milliseconds given as minutes.
const MAX_TTL_MINUTES: u32 = 7 * 24 * 60;
/// A feed that says "yearly" means that nobody looks after the field.
const MAX_PERIOD_SECS: u64 = 31 * DAY;
/// 429 without `Retry-After`: this, doubled each time.
const RATE_LIMIT_BASE: u64 = HOUR;
/// Server errors, timeouts and unreadable bodies: this, doubled each time.
const BACKOFF_BASE: u64 = 5 * MINUTE;
/// A network that is down is mostly our own; when it is back, sources should be too.
const MAX_NETWORK_BACKOFF: u64 = HOUR;
/// 401, 403, 404 and their like: what is not there, or not for us, is rarely there an hour later.
const REFUSED_LADDER: [u64; 4] = [HOUR, 3 * HOUR, 12 * HOUR, 24 * HOUR];
/// A document is looked at this often while it turns over once, so that twice the usual number of
/// new entries is still seen whole.
const LOOKS_PER_WINDOW: u64 = 2;
/// No document turns over so fast that it must be asked for more often.
const BUSIEST_SECS: u64 = MINUTE;
/// A source that publishes rarely is asked this often for each new entry.
const POLLS_PER_ITEM: u64 = 10;
/// But not less often than this, nor than four times its configured interval.
const QUIET_SECS: u64 = 2 * HOUR;
/// A server without validators is asked half as often, up to this.
const UNCONDITIONAL_SECS: u64 = HOUR;
/// The share of the interval that jitter moves, either way.
const JITTER: f64 = 0.1;

/// What a poll came to, as far as the next one depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// 200 that was understood, or 304.
    Good {
        /// Seconds the answer stays fresh: a floor.
        fresh_secs: Option<u64>,
    },
    /// 200 whose body was not understood.
    Unreadable {
        /// Seconds the answer stays fresh: a floor here too.
        fresh_secs: Option<u64>,
    },
    /// 429.
    RateLimited {
        /// In seconds from now, read by [`super::freshness::retry_after`].
        retry_after: Option<u64>,
    },
    /// 503.
    Unavailable {
        /// In seconds from now.
        retry_after: Option<u64>,
    },
    /// No answer, or one that refuses.
    Failed(Failure),
    /// 410: never again.
    Gone,
}

/// Kinds of failure that are waited out differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// No connection: names, routes, certificates, timeouts.
    Network,
    /// 5xx other than 503.
    Server,
    /// 4xx, robots.txt, a bot wall, a redirect that is not followed.
    Refused,
}

/// A wait before jitter: what we would choose, and what may not be undercut.
#[derive(Debug, Clone, Copy)]
struct Wait {
    secs: u64,
    floor: u64,
    cap: u64,
}

/// When the source may be asked again.
///
/// `state` is the one that already counts this outcome: `failures` is 1 at the first failure, and
/// hints and rhythm are those of the last document. `jitter` is in -1 to 1 (others are clamped) and
/// moves the wait by up to a tenth, never below the server's floor and never over the cap.
pub fn next_poll(
    source: &Source,
    state: &SourceState,
    outcome: &Outcome,
    now: Timestamp,
    jitter: f64,
) -> Timestamp {
    let wait = wait(own_secs(source, state), state, outcome);
    first_allowed(after(now, jittered(wait, jitter)), state.hints)
}

/// Our own interval: as configured, shorter where the document would turn over in between, longer
/// where little is to be expected.
fn own_secs(source: &Source, state: &SourceState) -> u64 {
    let every = u64::from(source.every_secs).clamp(MIN_INTERVAL_SECS, MAX_WAIT_SECS);
    let most = |times: u64, secs: u64| secs.min(every * times).max(every);
    // Without a validator every poll costs the publisher a whole document.
    let unconditional = state.seeded && state.validators == Validators::default();
    let least = if unconditional { most(2, UNCONDITIONAL_SECS) } else { every };
    let quiet = state.rhythm.expected_secs.map_or(0, |secs| secs / POLLS_PER_ITEM);
    let calm = quiet.clamp(least, most(4, QUIET_SECS).max(least));
    let busy = state.rhythm.window_secs.map_or(u64::MAX, |secs| secs / LOOKS_PER_WINDOW);
    calm.min(busy).max(every.min(BUSIEST_SECS))
}

fn wait(own: u64, state: &SourceState, outcome: &Outcome) -> Wait {
    let cap = MAX_WAIT_SECS;
    let failures = state.failures;
    match *outcome {
        Outcome::Good { fresh_secs } => {
            let floor = fresh_secs.unwrap_or(0).min(cap);
            Wait { secs: own.max(floor).max(interval_secs(state.hints)), floor, cap }
        }
        Outcome::Unreadable { fresh_secs } => {
            let floor = fresh_secs.unwrap_or(0).min(cap);
            Wait { secs: own.max(floor).max(doubled(BACKOFF_BASE, failures)), floor, cap }
        }
        Outcome::RateLimited { retry_after: Some(asked) }
        | Outcome::Unavailable { retry_after: Some(asked) } => {
            let cap = MAX_RETRY_AFTER_SECS;
            let floor = asked.min(cap);
            Wait { secs: own.max(floor), floor, cap }
        }
        Outcome::RateLimited { retry_after: None } => {
            Wait { secs: own.max(doubled(RATE_LIMIT_BASE, failures)), floor: 0, cap }
        }
        Outcome::Unavailable { retry_after: None } | Outcome::Failed(Failure::Server) => {
            Wait { secs: own.max(doubled(BACKOFF_BASE, failures)), floor: 0, cap }
        }
        Outcome::Failed(Failure::Network) => {
            let backoff = doubled(BACKOFF_BASE, failures).min(MAX_NETWORK_BACKOFF);
            Wait { secs: own.max(backoff), floor: 0, cap }
        }
        Outcome::Failed(Failure::Refused) => {
            let step = usize::try_from(failures.saturating_sub(1)).unwrap_or(usize::MAX);
            let rung = REFUSED_LADDER.get(step).copied().unwrap_or(DAY);
            Wait { secs: own.max(rung), floor: 0, cap }
        }
        Outcome::Gone => Wait { secs: cap, floor: cap, cap },
    }
}

/// The longest interval that the feed wishes for and can mean.
fn interval_secs(hints: Hints) -> u64 {
    let ttl = hints.ttl_minutes.filter(|minutes| *minutes <= MAX_TTL_MINUTES);
    let ttl = u64::from(ttl.unwrap_or(0)) * MINUTE;
    let period = u64::from(hints.update_every_secs.unwrap_or(0));
    let period = if (HOUR + 1..=MAX_PERIOD_SECS).contains(&period) { period } else { 0 };
    ttl.max(period)
}

/// Whether a poll at this time is unwelcome, in GMT. Hints that leave no hour at all are ignored.
fn skips(hints: Hints, at: Timestamp) -> bool {
    const EVERY_HOUR: u32 = (1 << 24) - 1;
    const EVERY_DAY: u8 = (1 << 7) - 1;
    let hour_of_time = at.as_second().div_euclid(3_600);
    let hour = hour_of_time.rem_euclid(24);
    // The first of January 1970 was a Thursday.
    let day = (hour_of_time.div_euclid(24) + 3).rem_euclid(7);
    let hours = if hints.skip_hours & EVERY_HOUR == EVERY_HOUR { 0 } else { hints.skip_hours };
    let days = if hints.skip_days & EVERY_DAY == EVERY_DAY { 0 } else { hints.skip_days };
    hours & (1 << hour) != 0 || days & (1 << day) != 0
}

fn doubled(base: u64, failures: u32) -> u64 {
    // 2^20 times five minutes is ten years: enough, and far from an overflow.
    base << failures.saturating_sub(1).min(20)
}

fn jittered(wait: Wait, jitter: f64) -> u64 {
    let jitter = if jitter.is_finite() { jitter.clamp(-1.0, 1.0) } else { 0.0 };
    let secs = wait.secs.min(wait.cap);
    // Both are under 2^20 seconds, exact in f64, and the product stays positive.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most a week in seconds, moved by at most a tenth"
    )]
    let moved = (secs as f64 * (1.0 + JITTER * jitter)) as u64;
    moved.clamp(wait.floor.max(MIN_INTERVAL_SECS).min(wait.cap), wait.cap)
}

/// At most a week away, so only at the end of time is there no such time.
fn after(now: Timestamp, secs: u64) -> Timestamp {
    let secs = i64::try_from(secs).unwrap_or(i64::MAX);
    now.saturating_add(SignedDuration::from_secs(secs)).unwrap_or(Timestamp::MAX)
}

/// The given time, or the first minute after it that the feed does not skip.
fn first_allowed(at: Timestamp, hints: Hints) -> Timestamp {
    /// A week of hours: with hints that leave one hour of the week, it is among them.
    const HOURS: u32 = 7 * 24;
    let mut at = at;
    for _ in 0..HOURS {
        if !skips(hints, at) {
            break;
        }
        let into_the_hour = at.as_second().rem_euclid(3600).unsigned_abs();
        at = after(at, HOUR - into_the_hour);
    }
    at
}

#[cfg(test)]
mod tests;

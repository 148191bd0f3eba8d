//! Which sources are due, and which are first.

use std::collections::BTreeMap;
use std::collections::HashSet;

use jiff::SignedDuration;
use jiff::Timestamp;

use super::Hosts;
use super::Registry;
use crate::domain::Source;
use crate::domain::SourceId;
use crate::domain::SourceState;

/// What is remembered of each source.
pub type States = BTreeMap<SourceId, SourceState>;

/// After a start, overdue sources are asked within this time, however many there are.
const SPREAD: SignedDuration = SignedDuration::from_mins(5);
/// And not slower than one in this time.
const SPREAD_STEP: SignedDuration = SignedDuration::from_millis(250);

/// The sources that may be asked now, the longest overdue first, at most one of each host.
///
/// A source without a state was never asked and is due at once. The cost grows with all sources:
/// ask once for a round of polls, not after each.
pub fn due(registry: &Registry, states: &States, hosts: &Hosts, now: Timestamp) -> Vec<SourceId> {
    let mut waiting: Vec<_> = registry
        .with_hosts()
        .filter_map(|(source, host)| Some((poll_at(source, states)?, &source.id, host)))
        .filter(|(at, _, host)| *at <= now && hosts.is_free(host, now))
        .collect();
    waiting.sort();
    let mut taken = HashSet::new();
    waiting.retain(|(_, _, host)| taken.insert(*host));
    waiting.into_iter().map(|(_, id, _)| id.clone()).collect()
}

/// When [`due`] may next return something: never before `now`, and `None` if nothing is waited
/// for but hosts that are busy (their end is an event of its own).
pub fn next_due(
    registry: &Registry,
    states: &States,
    hosts: &Hosts,
    now: Timestamp,
) -> Option<Timestamp> {
    registry
        .with_hosts()
        .filter_map(|(source, host)| {
            let at = poll_at(source, states)?;
            Some(at.max(hosts.get(host).free_at(now)?))
        })
        .min()
}

/// Moves the next polls of overdue sources apart, once after a start, oldest first and the first
/// at once: they would all be asked in the same second otherwise.
pub fn spread(registry: &Registry, states: &mut States, now: Timestamp) {
    let mut overdue: Vec<_> = registry
        .all()
        .iter()
        .filter_map(|source| Some((poll_at(source, states)?, &source.id)))
        .filter(|(at, _)| *at <= now)
        .collect();
    overdue.sort();
    let count = i32::try_from(overdue.len()).unwrap_or(i32::MAX).max(1);
    let step = (SPREAD / count).min(SPREAD_STEP);
    let mut at = now;
    for (_, id) in overdue {
        states.entry(id.clone()).or_default().next_poll_at = Some(at);
        at = at.saturating_add(step).unwrap_or(Timestamp::MAX);
    }
}

/// Corrects what a clock stored that has been turned back since: every wait stays as long as it
/// was and counts from now. Returns how many states changed.
///
/// Call it when the clock is seen to run backwards, and at a start.
pub fn mend(states: &mut States, now: Timestamp) -> usize {
    let mut mended = 0;
    for state in states.values_mut() {
        let Some(polled_at) = state.polled_at.filter(|at| *at > now) else { continue };
        let ahead = polled_at.duration_since(now);
        state.polled_at = Some(now);
        state.next_poll_at =
            state.next_poll_at.and_then(|at| at.saturating_sub(ahead).ok()).map(|at| at.max(now));
        mended += 1;
    }
    mended
}

/// `None` if the source is not polled at all.
fn poll_at(source: &Source, states: &States) -> Option<Timestamp> {
    let Some(state) = states.get(&source.id) else {
        return source.enabled.then_some(Timestamp::MIN);
    };
    let polled = source.enabled && state.stopped.is_none();
    polled.then(|| state.next_poll_at.unwrap_or(Timestamp::MIN))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Budget;
    use crate::source::tests::source;

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + secs).unwrap()
    }

    fn state(next: i64) -> SourceState {
        SourceState { next_poll_at: Some(at(next)), ..SourceState::default() }
    }

    fn three() -> (Vec<Source>, States) {
        let sources = vec![
            source("a", "https://www.one.test/a"),
            source("b", "https://api.one.test/b"),
            source("c", "https://two.test/c"),
        ];
        let states = [("a", -5), ("b", -9), ("c", 60)];
        (sources, states.into_iter().map(|(id, next)| (id.into(), state(next))).collect())
    }

    fn registry(sources: &[Source]) -> Registry {
        Registry::new(sources.iter().cloned())
    }

    fn ids(sources: &[Source], states: &States, hosts: &Hosts) -> String {
        let due = due(&registry(sources), states, hosts, at(0));
        due.iter().map(SourceId::as_str).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_longest_overdue_of_each_host_is_due() {
        let (sources, mut states) = three();
        let hosts = Hosts::default();
        assert_eq!(ids(&sources, &states, &hosts), "b");
        assert_eq!(next_due(&registry(&sources), &states, &hosts, at(0)), Some(at(0)));
        states.insert("c".into(), state(0));
        assert_eq!(ids(&sources, &states, &hosts), "b c");
        states.remove(&SourceId::from("c"));
        assert_eq!(ids(&sources, &states, &hosts), "c b");
    }

    #[test]
    fn a_busy_or_paused_host_is_left_alone() {
        let (sources, states) = three();
        let mut hosts = Hosts::default();
        hosts.begin("one.test");
        assert_eq!(ids(&sources, &states, &hosts), "");
        assert_eq!(next_due(&registry(&sources), &states, &hosts, at(0)), Some(at(60)));
        let gap = Budget { gap: SignedDuration::from_secs(2), daily: 0 };
        hosts.end("one.test", at(0), gap, 1);
        assert_eq!(ids(&sources, &states, &hosts), "");
        assert_eq!(next_due(&registry(&sources), &states, &hosts, at(0)), Some(at(2)));
    }

    #[test]
    fn disabled_and_stopped_sources_are_never_due() {
        let (mut sources, mut states) = three();
        sources[0].enabled = false;
        states.get_mut(&SourceId::from("b")).unwrap().stopped = Some("410".to_owned());
        assert_eq!(ids(&sources, &states, &Hosts::default()), "");
        assert_eq!(next_due(&registry(&sources), &states, &Hosts::default(), at(0)), Some(at(60)));
    }

    #[test]
    fn t14_a_restart_spreads_what_is_overdue_and_hurries_nothing() {
        let sources: Vec<_> =
            (0..3_000).map(|n| source(&format!("s{n}"), &format!("https://h{n}.test/"))).collect();
        let mut states = States::from([("s7".into(), state(300))]);
        spread(&registry(&sources), &mut states, at(0));
        let next: Vec<_> = states.values().filter_map(|state| state.next_poll_at).collect();
        assert_eq!(states[&SourceId::from("s7")].next_poll_at, Some(at(300)));
        assert_eq!(next.iter().min(), Some(&at(0)));
        assert!(next.iter().all(|next| *next <= at(300)));
        let at_once = next.iter().filter(|next| **next < at(1)).count();
        assert!(at_once <= 11, "{at_once} in the first second");
    }

    #[test]
    fn t24_a_clock_that_was_a_day_ahead_delays_nothing_by_a_day() {
        const DAY: i64 = 86_400;
        let ahead = SourceState { polled_at: Some(at(DAY)), ..state(DAY + 900) };
        let behind = SourceState { polled_at: Some(at(-600)), ..state(300) };
        let mut states = States::from([("a".into(), ahead), ("b".into(), behind.clone())]);
        assert_eq!(mend(&mut states, at(0)), 1);
        assert_eq!(states[&SourceId::from("a")].next_poll_at, Some(at(900)));
        assert_eq!(states[&SourceId::from("a")].polled_at, Some(at(0)));
        assert_eq!(states[&SourceId::from("b")], behind);
        assert_eq!(mend(&mut states, at(0)), 0);
    }
}

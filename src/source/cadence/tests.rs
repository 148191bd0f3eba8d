//! The cadence rules, as tables and as properties.

use jiff::civil::Weekday;
use proptest::prelude::*;

use super::*;
use crate::domain::Rhythm;
use crate::domain::Validator;

const NOW: &str = "2026-03-07T22:10:00Z"; // a Saturday

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn source(every_secs: u32) -> Source {
    Source { every_secs, ..crate::source::tests::source("a", "https://a.test/feed") }
}

/// A source whose server gives validators.
fn state(failures: u32, hints: Hints) -> SourceState {
    let validators = Validators { etag: Some(Validator(vec![b'x'])), last_modified: None };
    SourceState { failures, hints, validators, seeded: true, ..SourceState::default() }
}

fn wait_secs(every_secs: u32, state: &SourceState, outcome: Outcome, jitter: f64) -> i64 {
    let at = next_poll(&source(every_secs), state, &outcome, now(), jitter);
    at.duration_since(now()).as_secs()
}

#[track_caller]
fn check(every_secs: u32, failures: u32, outcome: Outcome, expected: i64) {
    let state = state(failures, Hints::default());
    assert_eq!(wait_secs(every_secs, &state, outcome, 0.0), expected, "{outcome:?}");
}

#[track_caller]
fn check_good(every_secs: u32, fresh_secs: Option<u64>, hints: Hints, expected: i64) {
    let outcome = Outcome::Good { fresh_secs };
    let wait = wait_secs(every_secs, &state(0, hints), outcome, 0.0);
    assert_eq!(wait, expected, "{outcome:?} {hints:?}");
}

fn ttl(minutes: u32) -> Hints {
    Hints { ttl_minutes: Some(minutes), ..Hints::default() }
}

#[test]
fn the_longest_wish_wins_and_none_shortens_our_own_interval() {
    let none = Hints::default();
    check_good(900, None, none, 900);
    check_good(900, Some(60), none, 900);
    check_good(900, Some(43_200), none, 43_200);
    check_good(900, Some(1_200), ttl(60), 3_600);
    check_good(900, Some(30 * 86_400), none, 86_400);
    check_good(5, None, none, 5);
    check_good(0, None, none, 1);
}

#[test]
fn t20_ttl_of_zero_and_absurd_ttl_are_ignored() {
    check_good(900, None, ttl(0), 900);
    check_good(900, None, ttl(99_999), 900);
    check_good(900, None, ttl(2_880), 86_400);
}

#[test]
fn a_period_of_more_than_an_hour_counts_and_the_unasked_hourly_does_not() {
    let period = |secs| Hints { update_every_secs: Some(secs), ..Hints::default() };
    check_good(900, None, period(3_600), 900);
    check_good(900, None, period(7_200), 7_200);
    check_good(900, None, period(7 * 86_400), 86_400);
    check_good(900, None, period(365 * 86_400), 900);
}

#[test]
fn what_is_refused_climbs_a_ladder_and_stays_daily() {
    for (failures, hours) in [(1, 1), (2, 3), (3, 12), (4, 24), (5, 24), (4_000_000_000, 24)] {
        check(900, failures, Outcome::Failed(Failure::Refused), hours * 3_600);
    }
}

#[test]
fn rate_limits_without_a_time_double_from_an_hour() {
    for (failures, hours) in [(1, 1), (2, 2), (3, 4), (5, 16), (6, 24), (60, 24)] {
        check(900, failures, Outcome::RateLimited { retry_after: None }, hours * 3_600);
    }
}

#[test]
fn a_time_the_server_names_is_kept_up_to_a_week() {
    for (asked, secs) in [(120, 900), (7_200, 7_200), (172_800, 172_800), (315_360_000, 604_800)] {
        check(900, 3, Outcome::RateLimited { retry_after: Some(asked) }, secs);
        check(900, 3, Outcome::Unavailable { retry_after: Some(asked) }, secs);
    }
}

#[test]
fn failures_of_the_server_back_off_longer_than_those_of_the_network() {
    for (failures, server, network) in
        [(1, 300, 300), (2, 600, 600), (5, 4_800, 3_600), (12, 86_400, 3_600)]
    {
        check(60, failures, Outcome::Failed(Failure::Server), server);
        check(60, failures, Outcome::Failed(Failure::Network), network);
    }
    check(7_200, 9, Outcome::Failed(Failure::Network), 7_200);
    check(60, 1, Outcome::Unreadable { fresh_secs: Some(4_000) }, 4_000);
}

#[test]
fn t19_skipped_hours_and_days_are_those_of_greenwich() {
    let at = |every, hints: Hints| {
        let outcome = Outcome::Good { fresh_secs: None };
        next_poll(&source(every), &state(0, hints), &outcome, now(), 0.0).to_string()
    };
    let none = Hints::default();
    assert_eq!(at(600, none), "2026-03-07T22:20:00Z");
    assert_eq!(at(600, none.with_skip_hours([22, 23, 24])), "2026-03-08T01:00:00Z");
    // In Shanghai it is Sunday already; only Greenwich counts.
    assert_eq!(at(600, none.with_skip_days([Weekday::Sunday])), "2026-03-07T22:20:00Z");
    assert_eq!(at(7_200, none.with_skip_days([Weekday::Sunday])), "2026-03-09T00:00:00Z");
    let both = none.with_skip_days([Weekday::Saturday, Weekday::Sunday]).with_skip_hours(0..=7);
    assert_eq!(at(600, both), "2026-03-09T08:00:00Z");
}

#[test]
fn hints_that_leave_no_time_at_all_are_ignored() {
    let days = Weekday::Monday.cycle_forward().take(7);
    let never = Hints::default().with_skip_hours(0..=23).with_skip_days(days);
    check_good(600, None, never, 600);
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    let secs = proptest::option::of(0_u64..=u64::MAX);
    prop_oneof![
        secs.clone().prop_map(|fresh_secs| Outcome::Good { fresh_secs }),
        secs.clone().prop_map(|fresh_secs| Outcome::Unreadable { fresh_secs }),
        secs.clone().prop_map(|retry_after| Outcome::RateLimited { retry_after }),
        secs.prop_map(|retry_after| Outcome::Unavailable { retry_after }),
        Just(Outcome::Failed(Failure::Network)),
        Just(Outcome::Failed(Failure::Server)),
        Just(Outcome::Failed(Failure::Refused)),
        Just(Outcome::Gone),
    ]
}

/// The server's own floor and the cap that goes with the outcome, stated apart from the code.
fn bounds(outcome: Outcome) -> (u64, u64) {
    match outcome {
        Outcome::Good { fresh_secs, .. } | Outcome::Unreadable { fresh_secs } => {
            (fresh_secs.unwrap_or(0).min(86_400), 86_400)
        }
        Outcome::RateLimited { retry_after: Some(asked) }
        | Outcome::Unavailable { retry_after: Some(asked) } => (asked.min(604_800), 604_800),
        _ => (0, 86_400),
    }
}

fn any_state() -> impl Strategy<Value = SourceState> {
    let secs = || proptest::option::of(any::<u64>());
    let seen = (secs(), secs(), any::<bool>(), any::<u32>(), proptest::option::of(any::<u32>()));
    seen.prop_map(|(window_secs, expected_secs, conditional, failures, ttl_minutes)| {
        let mut state = state(failures, Hints { ttl_minutes, ..Hints::default() });
        state.rhythm = Rhythm { window_secs, expected_secs, ..Rhythm::default() };
        if !conditional {
            state.validators = Validators::default();
        }
        state
    })
}

fn with_rhythm(window_secs: Option<u64>, expected_secs: Option<u64>) -> SourceState {
    let rhythm = Rhythm { window_secs, expected_secs, ..Rhythm::default() };
    SourceState { rhythm, ..state(0, Hints::default()) }
}

#[test]
fn a_busy_document_is_asked_for_before_it_has_turned_over() {
    let wait = |every, window, fresh_secs| {
        let state = with_rhythm(Some(window), Some(window / 20));
        wait_secs(every, &state, Outcome::Good { fresh_secs }, 0.0)
    };
    // 20 entries that span 29 minutes.
    assert_eq!(wait(1_800, 1_740, None), 870);
    assert_eq!(wait(900, 1_740, None), 870);
    assert_eq!(wait(600, 1_740, None), 600);
    assert_eq!(wait(1_800, 20, None), 60, "never more than once a minute");
    assert_eq!(wait(1_800, 1_740, Some(3_600)), 3_600, "the server's floor counts");
}

#[test]
fn a_quiet_source_is_asked_less_often_within_bounds() {
    let wait = |every, expected| {
        let state = with_rhythm(Some(expected * 20), Some(expected));
        wait_secs(every, &state, Outcome::Good { fresh_secs: None }, 0.0)
    };
    assert_eq!(wait(1_800, 3_600), 1_800);
    assert_eq!(wait(1_800, 36_000), 3_600);
    assert_eq!(wait(1_800, 864_000), 7_200);
    assert_eq!(wait(600, 864_000), 2_400, "four times its own interval at most");
    assert_eq!(wait(14_400, 864_000), 14_400);
    assert_eq!(wait(1, 864_000), 4);
}

#[test]
fn a_server_without_validators_is_asked_half_as_often() {
    let wait = |every, window| {
        let state = SourceState { validators: Validators::default(), ..with_rhythm(window, None) };
        wait_secs(every, &state, Outcome::Good { fresh_secs: None }, 0.0)
    };
    assert_eq!((wait(900, None), wait(1_800, None), wait(7_200, None)), (1_800, 3_600, 7_200));
    assert_eq!(wait(900, Some(1_740)), 870, "but nothing may be missed");
}

#[test]
fn failures_are_moved_out_of_skipped_hours_too() {
    let hints = Hints::default().with_skip_hours([22, 23]);
    let outcome = Outcome::Failed(Failure::Network);
    let at = next_poll(&source(600), &state(1, hints), &outcome, now(), 0.0);
    assert_eq!(at.to_string(), "2026-03-08T00:00:00Z");
}

proptest! {
    #[test]
    fn never_before_the_floor_never_after_the_cap_and_always_the_same(
        every in any::<u32>(),
        state in any_state(),
        outcome in any_outcome(),
        jitter in prop_oneof![-1.0..=1.0_f64, Just(f64::NAN), Just(9e9), Just(-9e9)],
    ) {
        let wait = wait_secs(every, &state, outcome, jitter).unsigned_abs();
        let (floor, cap) = bounds(outcome);
        prop_assert!(wait >= floor.max(1), "{wait} under {floor}");
        prop_assert!(wait <= cap, "{wait} over {cap}");
        prop_assert_eq!(wait, wait_secs(every, &state, outcome, jitter).unsigned_abs());
    }

    #[test]
    fn a_window_is_seen_whole_unless_somebody_asked_for_less(
        every in 60_u32..100_000,
        window in 240_u64..1_000_000,
        expected in proptest::option::of(any::<u64>()),
        jitter in -1.0..=1.0_f64,
    ) {
        let state = with_rhythm(Some(window), expected);
        let wait = wait_secs(every, &state, Outcome::Good { fresh_secs: None }, jitter);
        prop_assert!(wait.unsigned_abs() < window, "{wait} for a window of {window}");
    }

    #[test]
    fn skips_only_ever_delay_and_by_a_week_at_most(
        every in 60_u32..100_000,
        skip_hours in any::<u32>(),
        skip_days in any::<u8>(),
        jitter in -1.0..=1.0_f64,
    ) {
        let hints = Hints { skip_hours, skip_days, ..Hints::default() };
        let of = |hints| wait_secs(every, &state(0, hints), Outcome::Good { fresh_secs: None }, jitter);
        let (plain, skipped) = (of(Hints::default()), of(hints));
        prop_assert!((plain..=plain + 7 * 86_400).contains(&skipped));
    }
}

//! The cadence rules, as tables and as properties.

use jiff::civil::Weekday;
use proptest::prelude::*;

use super::*;
use crate::domain::SourceClass;
use crate::domain::SourceKind;

const NOW: &str = "2026-03-07T22:10:00Z"; // a Saturday

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn source(every_secs: u32) -> Source {
    Source {
        id: "a".into(),
        name: "A".to_owned(),
        kind: SourceKind::Feed,
        url: "https://a.test/feed".parse().unwrap(),
        language: None,
        country: None,
        class: SourceClass::Media,
        every_secs,
        enabled: true,
        utc_offset_minutes: None,
        allow_private: false,
        selectors: None,
        notes: None,
    }
}

fn wait_secs(every_secs: u32, failures: u32, outcome: Outcome, jitter: f64) -> i64 {
    let state = SourceState { failures, ..SourceState::default() };
    let at = next_poll(&source(every_secs), &state, &outcome, now(), jitter);
    at.duration_since(now()).as_secs()
}

#[track_caller]
fn check(every_secs: u32, failures: u32, outcome: Outcome, expected: i64) {
    assert_eq!(wait_secs(every_secs, failures, outcome, 0.0), expected, "{outcome:?}");
}

fn good(fresh_secs: Option<u64>, hints: Hints) -> Outcome {
    Outcome::Good { fresh_secs, hints }
}

fn ttl(minutes: u32) -> Hints {
    Hints { ttl_minutes: Some(minutes), ..Hints::default() }
}

#[test]
fn the_longest_wish_wins_and_none_shortens_our_own_interval() {
    let none = Hints::default();
    check(900, 0, good(None, none), 900);
    check(900, 0, good(Some(60), none), 900);
    check(900, 0, good(Some(43_200), none), 43_200);
    check(900, 0, good(Some(1_200), ttl(60)), 3_600);
    check(900, 0, good(Some(30 * 86_400), none), 86_400);
    check(5, 0, good(None, none), 5);
    check(0, 0, good(None, none), 1);
}

#[test]
fn t20_ttl_of_zero_and_absurd_ttl_are_ignored() {
    check(900, 0, good(None, ttl(0)), 900);
    check(900, 0, good(None, ttl(99_999)), 900);
    check(900, 0, good(None, ttl(2_880)), 86_400);
}

#[test]
fn a_period_of_more_than_an_hour_counts_and_the_unasked_hourly_does_not() {
    let period = |secs| Hints { update_every_secs: Some(secs), ..Hints::default() };
    check(900, 0, good(None, period(3_600)), 900);
    check(900, 0, good(None, period(7_200)), 7_200);
    check(900, 0, good(None, period(7 * 86_400)), 86_400);
    check(900, 0, good(None, period(365 * 86_400)), 900);
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
        let state = SourceState::default();
        let outcome = good(None, hints);
        next_poll(&source(every), &state, &outcome, now(), 0.0).to_string()
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
    check(600, 0, good(None, never), 600);
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    let secs = proptest::option::of(0_u64..=u64::MAX);
    prop_oneof![
        (secs.clone(), proptest::option::of(any::<u32>())).prop_map(|(fresh_secs, ttl_minutes)| {
            Outcome::Good { fresh_secs, hints: Hints { ttl_minutes, ..Hints::default() } }
        }),
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

proptest! {
    #[test]
    fn never_before_the_floor_never_after_the_cap_and_always_the_same(
        every in any::<u32>(),
        failures in any::<u32>(),
        outcome in any_outcome(),
        jitter in prop_oneof![-1.0..=1.0_f64, Just(f64::NAN), Just(9e9), Just(-9e9)],
    ) {
        let wait = wait_secs(every, failures, outcome, jitter).unsigned_abs();
        let (floor, cap) = bounds(outcome);
        prop_assert!(wait >= floor.max(1), "{wait} under {floor}");
        prop_assert!(wait <= cap, "{wait} over {cap}");
        prop_assert_eq!(wait, wait_secs(every, failures, outcome, jitter).unsigned_abs());
    }

    #[test]
    fn skips_only_ever_delay_and_by_a_week_at_most(
        every in 60_u32..100_000,
        skip_hours in any::<u32>(),
        skip_days in any::<u8>(),
        jitter in -1.0..=1.0_f64,
    ) {
        let plain = wait_secs(every, 0, good(None, Hints::default()), jitter);
        let hints = Hints { skip_hours, skip_days, ..Hints::default() };
        let skipped = wait_secs(every, 0, good(None, hints), jitter);
        prop_assert!((plain..=plain + 7 * 86_400).contains(&skipped));
    }
}

//! What is remembered comes back as it was.

use url::Url;

use super::*;
use crate::domain::Flood;
use crate::domain::Hints;
use crate::domain::PollCause;
use crate::domain::PollCounts;
use crate::domain::Raised;
use crate::domain::Redirect;
use crate::domain::Rewritten;
use crate::domain::Rhythm;
use crate::domain::SourceTrouble;
use crate::store::tests::at;
use crate::store::tests::store;

fn source(id: &str, class: SourceClass) -> Source {
    Source {
        id: id.into(),
        name: format!("The {id}"),
        kind: SourceKind::Feed,
        url: "https://a.test/feed".parse().unwrap(),
        language: Some(Lang::Zh),
        country: Some("CN".to_owned()),
        class,
        every_secs: 600,
        enabled: true,
        utc_offset_minutes: None,
        allow_private: false,
        selectors: None,
        notes: None,
        recipe: crate::domain::Recipe::default(),
    }
}

fn url(text: &str) -> Url {
    text.parse().unwrap()
}

#[test]
fn a_state_comes_back_byte_for_byte() {
    let (_dir, store) = store();
    let state = SourceState {
        validators: Validators {
            etag: Some(Validator(b"W/\"\xff odd \"".to_vec())),
            last_modified: Some(Validator(b"Someday".to_vec())),
        },
        validators_url: Some("https://a.test/feed".to_owned()),
        next_poll_at: Some(at(9)),
        polled_at: Some(at(8)),
        succeeded_at: None,
        changed_at: Some(at(7)),
        failures: 3,
        last_error: Some("timed out".to_owned()),
        cause: Some(PollCause::Timeout),
        stopped: None,
        seeded: true,
        body_hash: Some("ab".to_owned()),
        reader: Some("0.1.0 feed".to_owned()),
        hints: Hints { ttl_minutes: Some(90), ..Hints::default() }.with_skip_hours([3, 24]),
        rhythm: Rhythm {
            items: 20,
            window_secs: Some(1_740),
            new_at: Some(at(6)),
            overflowed_at: Some(at(5)),
            overflows: 2,
            ..Rhythm::default()
        },
        redirect: Some(Redirect {
            from: url("https://a.test/feed"),
            to: url("https://b.test/feed?x=%7e"),
            times: 2,
            first_at: at(1),
            overlaps: true,
        }),
        rewritten: Some(Rewritten {
            configured: url("https://a.test/feed"),
            old: url("https://a.test/feed"),
            to: url("https://b.test/feed"),
            at: at(2),
        }),
        flood: Some(Flood { at: at(3), held: 18, of: 20 }),
        counts: PollCounts {
            requests: 12,
            not_modified: 4,
            shortest_gap_ms: Some(900_000),
            bytes: 1 << 40,
            ..PollCounts::default()
        },
        raised: Some(Raised { trouble: SourceTrouble::Flood, at: at(4) }),
        odd: vec!["repaired: entities".to_owned()],
    };
    let saved = state.clone();
    store.write_blocking(move |tx| save_state(tx, &"a".into(), &saved)).unwrap();
    assert_eq!(store.read_blocking(|conn| load_state(conn, &"a".into())).unwrap(), state);
    assert_eq!(store.read_blocking(load_states).unwrap(), [("a".into(), state)]);
    let none = store.read_blocking(|conn| load_state(conn, &"b".into())).unwrap();
    assert_eq!(none, SourceState::default());
}

#[test]
fn a_source_that_leaves_the_configuration_stays_known() {
    let (_dir, store) = store();
    let (a, b) = (source("a", SourceClass::Media), source("b", SourceClass::Wire));
    store.write_blocking(move |tx| sync(tx, &[a, b])).unwrap();
    store.write_blocking(|tx| sync(tx, &[source("b", SourceClass::Filing)])).unwrap();
    let known = store.read_blocking(list).unwrap();
    let known: Vec<_> = known.iter().map(|s| (s.id.as_str(), s.class, s.enabled)).collect();
    assert_eq!(known, [("a", SourceClass::Media, false), ("b", SourceClass::Filing, true)]);
}

#[test]
fn a_host_is_left_alone_and_its_requests_counted_after_a_restart() {
    let (_dir, store) = store();
    store
        .write_blocking(|tx| {
            save_spent(tx, "a.test", 20_000, 3)?;
            save_pause(tx, "a.test", at(60), "asked to wait")?;
            save_spent(tx, "a.test", 20_000, 4)
        })
        .unwrap();
    let kept = HostState {
        host: "a.test".to_owned(),
        not_before: at(60),
        reason: "asked to wait".to_owned(),
        day: 20_000,
        requests: 4,
    };
    assert_eq!(store.read_blocking(load_hosts).unwrap(), [kept]);
}

#[test]
fn a_stopped_source_is_revived_with_what_is_known_of_it() {
    let (_dir, store) = store();
    let id = SourceId::from("a");
    let stopped = SourceState {
        stopped: Some("gone".to_owned()),
        failures: 1,
        next_poll_at: Some(at(9)),
        seeded: true,
        ..SourceState::default()
    };
    let of = id.clone();
    store.write_blocking(move |tx| save_state(tx, &of, &stopped)).unwrap();
    assert!(store.write_blocking(|tx| revive(tx, &"a".into())).unwrap());
    assert!(!store.write_blocking(|tx| revive(tx, &"b".into())).unwrap());
    let state = store.read_blocking(move |conn| load_state(conn, &id)).unwrap();
    assert_eq!(state, SourceState { seeded: true, ..SourceState::default() });
}

//! What is remembered comes back as it was.

use super::*;
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
        selectors: None,
        notes: None,
    }
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
        stopped: None,
        seeded: true,
        body_hash: Some("ab".to_owned()),
        requests: 12,
        not_modified: 4,
        bytes: 1 << 40,
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
fn a_host_is_left_alone_after_a_restart() {
    let (_dir, store) = store();
    let host = HostState {
        host: "a.test".to_owned(),
        not_before: at(60),
        reason: "asked to wait".to_owned(),
    };
    let saved = host.clone();
    store.write_blocking(move |tx| save_host(tx, &saved)).unwrap();
    assert_eq!(store.read_blocking(load_hosts).unwrap(), [host]);
}

//! Who is told what of a source, and how often.

use super::*;
use crate::domain::Flood;
use crate::domain::Rewritten;
use crate::domain::Rhythm;
use crate::domain::SourceClass;
use crate::domain::SourceKind;

const HOUR: i64 = 3_600;

fn at(hours: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + hours * HOUR).unwrap()
}

fn source() -> Source {
    serde_json::from_value(serde_json::json!({
        "id": "quay", "name": "Quay Post", "kind": SourceKind::Feed,
        "url": "https://quay.test/feed?key=secret", "language": null, "country": null,
        "class": SourceClass::Media, "every_secs": 1800, "enabled": true,
        "utc_offset_minutes": null, "allow_private": false, "selectors": null, "notes": null, "recipe": {},
    }))
    .unwrap()
}

/// Well at hour 0, with an item every two hours.
fn well() -> SourceState {
    SourceState {
        polled_at: Some(at(0)),
        succeeded_at: Some(at(0)),
        rhythm: Rhythm { expected_secs: Some(7_200), new_at: Some(at(0)), ..Rhythm::default() },
        ..SourceState::default()
    }
}

fn failing(cause: PollCause, failures: u32) -> SourceState {
    let last_error = Some("a reason".to_owned());
    SourceState { failures, cause: Some(cause), last_error, ..well() }
}

#[track_caller]
fn check(state: &SourceState, hours: i64, expected: Option<SourceTrouble>) {
    assert_eq!(trouble(&source(), state, at(hours)), expected, "{state:?}");
}

#[test]
fn a_wall_and_a_lost_selector_count_from_the_second_time() {
    check(&failing(PollCause::BotWall, 1), 1, None);
    check(&failing(PollCause::BotWall, 2), 1, Some(SourceTrouble::BotWall));
    check(&failing(PollCause::NothingMatched, 2), 1, Some(SourceTrouble::Empty));
    check(&failing(PollCause::Empty, 3), 1, Some(SourceTrouble::Empty));
}

#[test]
fn other_failures_count_after_a_day() {
    for cause in [PollCause::Dns, PollCause::Timeout, PollCause::ServerError, PollCause::NotFound] {
        check(&failing(cause, 9), 23, None);
        check(&failing(cause, 9), 24, Some(SourceTrouble::Failing));
    }
    let never = SourceState { succeeded_at: None, ..failing(PollCause::BotWall, 9) };
    check(&never, 500, None);
}

#[test]
fn silence_is_measured_by_the_sources_own_rhythm() {
    check(&well(), 72, None);
    check(&well(), 73, Some(SourceTrouble::Silent));
    let mut weekly = well();
    weekly.rhythm.expected_secs = Some(7 * 86_400);
    check(&weekly, 21 * 24, None);
    check(&weekly, 21 * 24 + 1, Some(SourceTrouble::Silent));
    weekly.rhythm.expected_secs = None;
    check(&weekly, 10_000, None);
}

#[test]
fn what_stops_holds_or_moves_is_told() {
    let stopped = SourceState { stopped: Some("gone (410)".to_owned()), ..well() };
    check(&stopped, 1, Some(SourceTrouble::Gone));
    let flood = SourceState { flood: Some(Flood { at: at(0), held: 48, of: 50 }), ..well() };
    check(&flood, 1, Some(SourceTrouble::Flood));
    let url: url::Url = source().url;
    let rewritten = |configured: url::Url| {
        Some(Rewritten { configured, old: url.clone(), to: url.clone(), at: at(0) })
    };
    check(
        &SourceState { rewritten: rewritten(url.clone()), ..well() },
        1,
        Some(SourceTrouble::Moved),
    );
    let other = rewritten("https://quay.test/new".parse().unwrap());
    check(&SourceState { rewritten: other, ..well() }, 1, None);
}

#[test]
fn one_trouble_is_told_once_and_its_end_once() {
    let mut raised = None;
    let mut told = |state: &SourceState, hours: i64| {
        let (note, now_raised) = news(&source(), state, raised, at(hours));
        raised = now_raised;
        note.map(|note| note.word())
    };
    assert_eq!(told(&well(), 0), None);
    assert_eq!(told(&failing(PollCause::BotWall, 1), 1), None);
    assert_eq!(told(&failing(PollCause::BotWall, 2), 2), Some("bot_wall"));
    assert_eq!(told(&failing(PollCause::BotWall, 3), 3), None);
    assert_eq!(told(&failing(PollCause::Empty, 4), 4), Some("empty"));
    assert_eq!(told(&well(), 5), Some("recovered"));
    assert_eq!(told(&well(), 6), None);
}

#[test]
fn a_note_says_what_is_and_what_to_do_without_the_query() {
    let (note, _) = news(&source(), &well(), None, at(80));
    let note = note.unwrap();
    assert_eq!(note.url, "https://quay.test/feed");
    insta::assert_snapshot!(
        format!("{}\n{}", note.words, note.remedy.clone().unwrap()),
        @r"
    has brought nothing new for 3.3 d; it usually does every 2 h
    look at its site: it may have a new feed; `dealwatch sources add quay.test` finds it
    "
    );
    assert_eq!(SourceNote::thaw(&note.freeze()), Some(note));
    assert_eq!(SourceNote::thaw("{}"), None);
}

#[test]
fn every_trouble_has_words_and_a_remedy() {
    for trouble in SourceTrouble::ALL {
        let state = failing(PollCause::BotWall, 5);
        assert!(!told(*trouble, &state, at(30)).is_empty());
        assert!(!remedy(*trouble, &source()).is_empty());
    }
}

#[test]
fn what_never_worked_says_so_and_what_is_lost_by_a_floor_too() {
    let never = SourceState { succeeded_at: None, ..failing(PollCause::Dns, 1) };
    assert_eq!(health(&source(), &never, at(1)).words, "has never worked, 1 failure: a reason");
    let mut floor = well();
    floor.rhythm.window_secs = Some(1_740);
    floor.rhythm.floor_over_window_secs = Some(7_200);
    let health = health(&source(), &floor, at(1));
    assert_eq!(health.trouble, None);
    assert!(health.words.contains("turns over in 29 min"), "{}", health.words);
}

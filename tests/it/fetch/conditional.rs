//! Validators: kept as sent, sent back where they belong, replaced by every 200.

use dealwatch::domain::PollCause;
use dealwatch::fetch::PollOutcome;

use super::Poller;
use crate::server::Reply;
use crate::server::Server;

const OLD_DATE: &str = "Sat, 07 Mar 2026 08:00:00 GMT";
const NEW_DATE: &str = "Sat, 07 Mar 2026 09:00:00 GMT";

fn with(etag: &str, last_modified: &str) -> Reply {
    let reply = Reply::feed("A");
    let reply = if etag.is_empty() { reply } else { reply.field("ETag", etag) };
    if last_modified.is_empty() { reply } else { reply.field("Last-Modified", last_modified) }
}

/// Polls once for each reply and once more; returns what the last request was conditional on.
async fn conditions(replies: Vec<Reply>) -> (String, String) {
    let server = Server::start();
    let polls = replies.len();
    server.on("/feed", replies);
    let mut poller = Poller::new(&server.url("/feed"));
    for _ in 0..=polls {
        poller.step().await;
    }
    let requests = server.requests();
    assert!(!requests[0].has("if-none-match") && !requests[0].has("if-modified-since"));
    let last = &requests[polls];
    (last.field("if-none-match"), last.field("if-modified-since"))
}

#[track_caller]
fn check(found: &(String, String), etag: &str, last_modified: &str) {
    assert_eq!((found.0.as_str(), found.1.as_str()), (etag, last_modified));
}

#[tokio::test]
async fn t1_the_first_poll_is_plain_and_the_second_carries_both_validators() {
    check(&conditions(vec![with("\"one\"", OLD_DATE)]).await, "\"one\"", OLD_DATE);
}

#[tokio::test]
async fn t2_t3_t4_validators_are_opaque() {
    for (etag, last_modified) in [
        ("W/\"x\"", ""),
        ("no-quotes", ""),
        ("\"half", ""),
        ("\"\u{e9}t\u{e9}\"", ""),
        ("", "yesterday, about noon"),
        ("", "2026-03-07 08:00:00"),
    ] {
        check(&conditions(vec![with(etag, last_modified)]).await, etag, last_modified);
    }
}

#[tokio::test]
async fn t5_t6_t7_every_200_replaces_both_validators() {
    for (first, second) in [
        ((r#""1""#, OLD_DATE), (r#""2""#, NEW_DATE)),
        ((r#""1""#, OLD_DATE), (r#""2""#, OLD_DATE)),
        ((r#""1""#, OLD_DATE), (r#""1""#, NEW_DATE)),
    ] {
        let replies = vec![with(first.0, first.1), with(second.0, second.1)];
        check(&conditions(replies).await, second.0, second.1);
    }
}

#[tokio::test]
async fn t8_a_validator_that_is_no_longer_sent_is_forgotten() {
    check(&conditions(vec![with("\"1\"", OLD_DATE), with("", NEW_DATE)]).await, "", NEW_DATE);
    check(&conditions(vec![with("\"1\"", OLD_DATE), with("", "")]).await, "", "");
}

#[tokio::test]
async fn a_304_replaces_the_validators_that_it_brings() {
    let replies = vec![with("\"1\"", OLD_DATE), Reply::new(304, "").field("ETag", "\"2\"")];
    check(&conditions(replies).await, "\"2\"", OLD_DATE);
}

#[tokio::test]
async fn the_same_body_is_not_read_twice() {
    let server = Server::start();
    server.on("/feed", [with("\"1\"", ""), with("\"2\"", ""), Reply::feed("B")]);
    let mut poller = Poller::new(&server.url("/feed"));
    assert!(poller.poll().await.document.is_some());
    let second = poller.poll().await;
    assert!(matches!(second.outcome, PollOutcome::Unchanged), "{:?}", second.outcome);
    assert!(second.document.is_none());
    assert!(poller.poll().await.document.is_some());
}

#[tokio::test]
async fn t9_t10_freshness_moves_the_next_poll_also_by_a_304() {
    let server = Server::start();
    server.on(
        "/feed",
        [
            with("\"1\"", "").field("Cache-Control", "max-age=43200"),
            Reply::new(304, "").field("Cache-Control", "max-age=7200"),
            Reply::new(304, "").field("Cache-Control", "max-age=43200").field("Age", "43000"),
            Reply::new(304, ""),
        ],
    );
    let mut poller = Poller::new(&server.url("/feed"));
    let mut waits = Vec::new();
    for _ in 0..4 {
        poller.step().await;
        waits.push(poller.wait());
    }
    // Of the third, 200 seconds remain, and our own interval is 900. The fourth names no lifetime,
    // so the last one stands, and counts from now.
    assert_eq!(waits, [43_200, 7_200, 900, 43_200]);
    assert_eq!((poller.state.counts.requests, poller.state.counts.not_modified), (4, 3));
}

#[tokio::test]
async fn what_was_not_stored_is_asked_for_again() {
    let server = Server::start();
    server.on("/feed", [with("\"1\"", OLD_DATE), with("\"2\"", NEW_DATE).field("X", "y")]);
    let mut poller = Poller::new(&server.url("/feed"));
    let first = poller.poll().await;
    let before = first.state.clone();
    // The process dies here: nothing is stored, and the next poll is unconditional again.
    poller.state = dealwatch::domain::SourceState::default();
    poller.step().await;
    assert!(!server.requests()[1].has("if-none-match"));
    // The document cannot be read: the state that is stored asks with the old validators.
    server.on("/feed", [Reply::feed("B").field("ETag", "\"3\"")]);
    poller.state = before;
    let third = poller.fetcher.poll(&poller.source, &poller.state, 0.0).await;
    poller.state = third.failed_parse(PollCause::Unreadable, "no feed in it");
    assert_eq!(poller.state.failures, 1);
    assert_eq!(poller.state.last_error.as_deref(), Some("no feed in it"));
    let fourth = poller.poll().await;
    assert_eq!(server.requests()[3].field("if-none-match"), "\"1\"");
    assert!(fourth.document.is_some(), "the same bytes are read again");
    assert_eq!(poller.state.failures, 0);
}

#[tokio::test]
async fn validators_go_only_to_the_url_that_gave_them() {
    let server = Server::start();
    server.on("/old", [Reply::redirect(301, "/new").field("ETag", "\"of-the-redirect\"")]);
    server.on("/new", [with("\"of-the-feed\"", "")]);
    let mut poller = Poller::new(&server.url("/old"));
    poller.step().await;
    poller.step().await;
    let seen: Vec<_> = server
        .requests()
        .iter()
        .map(|request| (request.target.clone(), request.field("if-none-match")))
        .collect();
    let none = String::new;
    assert_eq!(
        seen,
        [
            ("/old".to_owned(), none()),
            ("/new".to_owned(), none()),
            ("/old".to_owned(), none()),
            ("/new".to_owned(), "\"of-the-feed\"".to_owned()),
        ]
    );
}

#[tokio::test]
async fn a_304_nobody_asked_for_is_a_failure() {
    let server = Server::start();
    server.on("/feed", [Reply::new(304, "")]);
    let mut poller = Poller::new(&server.url("/feed"));
    assert!(poller.failure().await.to_string().contains("304"));
    assert_eq!(poller.state.failures, 1);
}

#[tokio::test]
async fn validators_of_a_document_that_was_read_otherwise_are_dropped_once() {
    let server = Server::start();
    server.on("/feed", [with("\"1\"", "")]);
    let mut poller = Poller::new(&server.url("/feed"));
    poller.step().await;
    poller.source.utc_offset_minutes = Some(480);
    assert!(poller.poll().await.document.is_some(), "the same bytes say something else now");
    poller.step().await;
    let asked: Vec<_> =
        server.requests().iter().map(|request| request.field("if-none-match")).collect();
    assert_eq!(asked, ["", "", "\"1\""]);
}

#[tokio::test]
async fn what_a_source_costs_and_spares_is_counted() {
    let server = Server::start();
    let body = Reply::feed("A").field("ETag", "\"1\"");
    server.on("/feed", [body, Reply::new(304, ""), Reply::new(304, ""), Reply::new(500, "")]);
    let mut poller = Poller::new(&server.url("/feed"));
    for gap in [900, 700, 3_600, 0] {
        poller.step().await;
        poller.pass(gap);
    }
    let counts = poller.state.counts;
    assert_eq!((counts.requests, counts.unconditional, counts.not_modified), (4, 1, 2));
    assert_eq!((counts.errors, counts.rate_limited), (1, 0));
    assert_eq!(counts.shortest_gap_ms, Some(700_000));
    assert!(counts.body_bytes > 0 && counts.saved_bytes == 2 * counts.body_bytes);
    assert_eq!(poller.state.cause, Some(PollCause::ServerError));
}

//! When a source is asked at another address than the configured one.

use dealwatch::domain::PollCause;

use super::Poller;
use super::desk::Desk;
use super::desk::feed;
use super::desk::items;
use crate::server::Reply;
use crate::server::Server;

const DAY: i64 = 24 * 3_600;

/// Polls once for each reply to `/old`, with the days in between; returns the target of a further
/// poll's first request.
async fn asked_in_the_end(replies: &[(Reply, i64)]) -> String {
    let server = Server::start();
    server.on("/old", replies.iter().map(|(reply, _)| reply.clone()).collect::<Vec<_>>());
    let same = feed("", &items(4));
    server.on("/new", [Reply::new(200, same.clone()).field("ETag", "\"1\"")]);
    server.on("/hop", [Reply::redirect(302, "/new")]);
    let mut desk = Desk::new(&server.url("/old"));
    for (_, days) in replies {
        desk.poll().await;
        desk.poller.pass(days * DAY);
    }
    let before = server.requests().len();
    desk.poll().await;
    server.requests()[before].target.clone()
}

#[tokio::test]
async fn t16_a_permanent_redirect_is_believed_the_third_time_over_three_days() {
    let moved = |status| Reply::redirect(status, "/new");
    for (replies, asked) in [
        (vec![(moved(301), 1)], "/old"),
        (vec![(moved(301), 1), (moved(301), 1), (moved(301), 1)], "/old"),
        (vec![(moved(301), 1), (moved(308), 2), (moved(301), 1)], "/new"),
        (vec![(moved(301), 4), (moved(301), 0)], "/old"),
        (vec![(moved(302), 1), (moved(302), 2), (moved(302), 1)], "/old"),
        (vec![(moved(301), 1), (moved(307), 1), (moved(301), 1), (moved(301), 1)], "/old"),
    ] {
        assert_eq!(asked_in_the_end(&replies).await, asked, "{replies:?}");
    }
}

#[tokio::test]
async fn t16_a_chain_with_a_302_is_never_believed() {
    let chain = Reply::redirect(301, "/hop");
    let replies = vec![(chain.clone(), 2), (chain.clone(), 2), (chain.clone(), 2), (chain, 2)];
    assert_eq!(asked_in_the_end(&replies).await, "/old");
}

#[tokio::test]
async fn t16_the_move_is_told_the_validators_go_with_it_and_the_old_address_is_kept() {
    let server = Server::start();
    server.on("/old", [Reply::redirect(301, "/new")]);
    let body = Reply::new(200, feed("", &items(4))).field("ETag", "\"1\"");
    server.on("/new", [body, Reply::new(304, "")]);
    let mut poller = Poller::new(&server.url("/old"));
    poller.step().await;
    poller.state.seeded = true;
    let mut told = Vec::new();
    for _ in 0..4 {
        poller.pass(2 * DAY);
        told.extend(poller.poll().await.rewritten);
    }
    let [rewritten] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((&rewritten.old, &rewritten.to), (&server.url("/old"), &server.url("/new")));
    assert_eq!(poller.state.rewritten.as_ref(), Some(rewritten));
    let last = server.requests().pop().unwrap();
    assert_eq!((last.target.as_str(), last.field("if-none-match").as_str()), ("/new", "\"1\""));
    // Another configuration counts at once.
    server.on("/own", [Reply::feed("B")]);
    poller.source.url = server.url("/own");
    assert!(poller.poll().await.document.is_some());
    let last = server.requests().pop().unwrap();
    assert_eq!((last.target.as_str(), last.has("if-none-match")), ("/own", false));
}

#[tokio::test]
async fn t16_a_target_without_any_entry_we_knew_is_not_believed() {
    let server = Server::start();
    server.on("/old", [Reply::new(200, feed("", &items(4))), Reply::redirect(301, "/new")]);
    let others = |from: usize| Reply::new(200, feed("", &items(from + 2).split_off(from)));
    server.on("/new", [others(6), others(8), others(10), others(12)]);
    let mut desk = Desk::new(&server.url("/old"));
    for _ in 0..5 {
        desk.poll().await;
        desk.poller.pass(2 * DAY);
    }
    assert_eq!(desk.state().rewritten, None);
    assert_eq!(desk.state().redirect.as_ref().unwrap().times, 4);
}

#[tokio::test]
async fn t17_a_redirect_to_a_web_page_is_never_believed() {
    let server = Server::start();
    server.on("/old", [Reply::redirect(301, "/new")]);
    let page = Reply::new(200, "<!DOCTYPE html><html><body>We have moved</body></html>");
    server.on("/new", [Reply::feed("A"), page]);
    let mut poller = Poller::new(&server.url("/old"));
    poller.step().await;
    poller.state.seeded = true;
    for _ in 0..5 {
        poller.pass(2 * DAY);
        poller.step().await;
        assert_eq!(poller.state.cause, Some(PollCause::NotAFeed));
    }
    assert_eq!((&poller.state.rewritten, &poller.state.redirect), (&None, &None));
    assert!(server.requests().iter().any(|request| request.target == "/old"));
    assert_eq!(server.requests().pop().unwrap().target, "/new", "followed from /old each time");
}

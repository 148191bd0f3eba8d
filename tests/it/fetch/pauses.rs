//! What a server asks for is done: waits, pauses, and the end.

use dealwatch::domain::SourceState;
use dealwatch::fetch::FetchError;
use dealwatch::fetch::Hosts;
use dealwatch::fetch::Retry;
use dealwatch::source::Budget;
use dealwatch::source::States;
use dealwatch::source::due;
use dealwatch::source::mend;
use dealwatch::source::spread;
use jiff::SignedDuration;
use jiff::Timestamp;
use tokio::task::JoinSet;

use super::Poller;
use super::source;
use crate::server::Reply;
use crate::server::Server;

/// Polls a server that answers with the status and the field; returns the wait in seconds.
async fn wait(status: u16, retry_after: Option<&str>, polls: usize) -> i64 {
    let server = Server::start();
    let reply = Reply::new(status, "").field("Date", "Sat, 07 Mar 2026 15:00:00 GMT");
    let reply = match retry_after {
        Some(value) => reply.field("Retry-After", value),
        None => reply,
    };
    server.on("/feed", [reply]);
    let mut poller = Poller::new(&server.url("/feed"));
    for _ in 1..polls {
        poller.step().await;
        poller.pass(poller.wait());
    }
    poller.step().await;
    poller.wait()
}

#[tokio::test]
async fn t11_retry_after_is_obeyed_as_seconds_and_as_a_date_of_the_servers_clock() {
    assert_eq!(wait(429, Some("7200"), 1).await, 7_200);
    // The server's clock is three hours ahead of ours; by its own, this is two hours.
    assert_eq!(wait(429, Some("Sat, 07 Mar 2026 17:00:00 GMT"), 1).await, 7_200);
    assert_eq!(wait(429, Some("315360000"), 1).await, 604_800);
    for nothing in [Some("soon"), Some("Sat, 07 Mar 2020 17:00:00 GMT"), None] {
        assert_eq!(wait(429, nothing, 1).await, 3_600);
    }
    assert_eq!(wait(429, None, 3).await, 4 * 3_600);
}

#[tokio::test]
async fn t12_503_names_its_time_or_backs_off() {
    assert_eq!(wait(503, Some("5400"), 1).await, 5_400);
    assert_eq!(wait(503, None, 1).await, 900);
    assert_eq!(wait(503, None, 5).await, 4_800);
}

#[tokio::test]
async fn what_is_not_there_is_asked_for_less_and_less() {
    for status in [401, 403, 404] {
        assert_eq!(wait(status, None, 1).await, 3_600);
        assert_eq!(wait(status, None, 3).await, 43_200);
    }
    assert_eq!(wait(500, None, 1).await, 900);
}

#[tokio::test]
async fn t13_a_429_pauses_the_other_sources_of_its_host() {
    let server = Server::start();
    server.on("/a", [Reply::new(429, "").field("Retry-After", "1800")]);
    server.on("/b", [Reply::feed("B")]);
    let mut poller = Poller::new(&server.url("/a"));
    let first = poller.poll().await;
    let (paused, until) = first.host_pause.unwrap();
    assert_eq!(paused, dealwatch::source::host_key(&poller.source.url));
    assert_eq!(Some(until), poller.state.next_poll_at);
    poller.source = source(&server.url("/b"));
    poller.state = SourceState::default();
    assert!(matches!(poller.failure().await, FetchError::HostPaused { .. }));
    assert_eq!(poller.wait(), 1_800);
    assert_eq!((poller.state.failures, poller.state.counts.requests), (0, 0));
    // Nor is it due: neither now nor after a restart with what was kept.
    let none = States::new();
    let kept = poller.fetcher.hosts().snapshot();
    assert_eq!(due(&poller.registry(), &none, &kept, poller.fetcher.hosts().now()), []);
    poller.pass(1_800);
    poller.step().await;
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn t14_after_a_restart_nothing_is_asked_early() {
    let server = Server::start();
    server.on("/feed", [Reply::feed("A").field("Cache-Control", "max-age=1200")]);
    let mut poller = Poller::new(&server.url("/feed"));
    poller.step().await;
    let kept = serde_json::to_string(&poller.state).unwrap();
    let states: States = [(poller.source.id.clone(), serde_json::from_str(&kept).unwrap())].into();
    let hosts = dealwatch::source::Hosts::default();
    let start: Timestamp = super::START.parse().unwrap();
    let registry = poller.registry();
    let at = |secs| due(&registry, &states, &hosts, start + SignedDuration::from_secs(secs));
    assert_eq!(at(900), []);
    assert_eq!(at(1_200), [poller.source.id.clone()]);
}

#[tokio::test]
async fn t18_410_stops_the_source_and_says_so() {
    let server = Server::start();
    server.on("/feed", [Reply::feed("A").field("ETag", "\"1\""), Reply::new(410, "")]);
    let mut poller = Poller::new(&server.url("/feed"));
    poller.step().await;
    let error = poller.failure().await;
    assert_eq!(error.retry(), Retry::Never);
    let stopped = poller.state.stopped.clone().unwrap();
    assert!(stopped.contains("gone for good (410)") && stopped.contains("revive"), "{stopped}");
    let later = Timestamp::MAX;
    let states: States = [(poller.source.id.clone(), poller.state.clone())].into();
    assert_eq!(due(&poller.registry(), &states, &dealwatch::source::Hosts::default(), later), []);
}

/// A fetcher that keeps a gap of so many milliseconds, in real time.
fn with_gap(millis: i64) -> dealwatch::fetch::Fetcher {
    let budget = Budget { gap: SignedDuration::from_millis(millis), daily: 0 };
    #[expect(clippy::disallowed_methods, reason = "the gap is kept in real time")]
    let clock = std::sync::Arc::new(Timestamp::now);
    let hosts = Hosts::new(dealwatch::source::Hosts::default(), budget, clock);
    let client = dealwatch::http::Client::new(&super::settings()).unwrap();
    dealwatch::fetch::Fetcher::new(client, hosts)
}

#[tokio::test]
async fn t23_many_feeds_of_one_host_are_asked_one_by_one_with_gaps() {
    const FEEDS: usize = 50;
    let server = Server::start();
    let fetcher = std::sync::Arc::new(with_gap(10));
    let mut polls = JoinSet::new();
    for n in 0..FEEDS {
        let path = format!("/{n}");
        server.on(&path, [Reply::feed(&path)]);
        let (fetcher, url) = (std::sync::Arc::clone(&fetcher), server.url(&path));
        polls.spawn(async move { fetcher.poll(&source(&url), &SourceState::default(), 0.0).await });
    }
    while let Some(polled) = polls.join_next().await {
        assert!(polled.unwrap().document.is_some());
    }
    assert_eq!(server.most_in_flight(), 1);
    let requests = server.requests();
    assert_eq!(requests.len(), FEEDS);
    for pair in requests.windows(2) {
        assert!(pair[1].at.duration_since(pair[0].at).as_millis() >= 10);
    }
}

#[tokio::test]
async fn a_redirect_inside_a_host_keeps_the_gap() {
    let server = Server::start();
    server.on("/old", [Reply::redirect(302, "/newer")]);
    server.on("/newer", [Reply::redirect(302, "/feed")]);
    server.on("/feed", [Reply::feed("/feed")]);
    let fetcher = with_gap(10);
    let polled = fetcher.poll(&source(&server.url("/old")), &SourceState::default(), 0.0).await;
    assert!(polled.document.is_some());
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for pair in requests.windows(2) {
        assert!(pair[1].at.duration_since(pair[0].at).as_millis() >= 10);
    }
}

#[tokio::test]
async fn a_redirect_to_another_host_waits_for_that_hosts_turn() {
    let (first, second) = (Server::start(), Server::start());
    first.on("/feed", [Reply::redirect(302, second.url("/feed").as_str())]);
    second.on("/feed", [Reply::new(429, "").field("Retry-After", "1800")]);
    let mut poller = Poller::new(&first.url("/feed"));
    let paused = poller.poll().await.host_pause.unwrap();
    assert_eq!(paused.0, dealwatch::source::host_key(&second.url("/")), "whoever asked for it");
    assert!(matches!(poller.failure().await, FetchError::HostPaused { .. }));
    assert_eq!(second.requests().len(), 1);
    assert_eq!(poller.wait(), 1_800);
}

#[tokio::test]
async fn a_days_budget_of_a_host_is_kept_by_all_its_sources() {
    let server = Server::start();
    server.on("/a", [Reply::feed("A")]).on("/b", [Reply::feed("B")]);
    let mut poller = Poller::new(&server.url("/a"));
    let now = poller.fetcher.hosts().now();
    let budget = Budget { gap: SignedDuration::ZERO, daily: 4 };
    let hosts =
        Hosts::new(dealwatch::source::Hosts::default(), budget, std::sync::Arc::new(move || now));
    let client = dealwatch::http::Client::new(&super::settings()).unwrap();
    poller.fetcher = dealwatch::fetch::Fetcher::new(client, hosts);
    poller.step().await;
    poller.source = source(&server.url("/b"));
    poller.step().await;
    // Half of it is spent at noon: the next may come when half of the afternoon is over.
    let FetchError::HostPaused { until, .. } = poller.failure().await else { panic!() };
    assert_eq!(until.duration_since(now).as_secs(), 6 * 3_600);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn t24_a_clock_that_jumps_back_or_forward_hurries_and_delays_nothing() {
    let server = Server::start();
    server.on("/feed", [Reply::feed("A").field("ETag", "\"1\""), Reply::new(304, "")]);
    let mut poller = Poller::new(&server.url("/feed"));
    poller.step().await;
    poller.pass(-3_600);
    let registry = poller.registry();
    let id = poller.source.id.clone();
    let mut states: States = [(id.clone(), poller.state.clone())].into();
    let now = poller.fetcher.hosts().now();
    assert_eq!(mend(&mut states, now), 1);
    poller.state = states[&id].clone();
    assert_eq!(poller.wait(), 900, "as long as before the jump");
    poller.pass(24 * 3_600);
    let now = poller.fetcher.hosts().now();
    spread(&registry, &mut states, now);
    let hosts = dealwatch::source::Hosts::default();
    assert_eq!(due(&registry, &states, &hosts, now), [id], "once, and now");
    poller.step().await;
    assert_eq!(server.requests()[1].field("if-none-match"), "\"1\"");
    assert_eq!(poller.wait(), 900);
}

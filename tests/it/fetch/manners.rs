//! What every request looks like, and where redirects may lead.

use dealwatch::http::Accept;
use dealwatch::http::Client;
use dealwatch::http::Get;
use dealwatch::http::HttpError;
use dealwatch::http::Limit;
use url::Url;

use super::Poller;
use super::settings;
use crate::server::Reply;
use crate::server::Server;

fn get(url: &Url) -> Get<'_> {
    Get {
        url,
        accept: Accept::Feed,
        conditional: None,
        limit: Limit::Settings,
        allow_private: false,
    }
}

#[tokio::test]
async fn t21_no_cookie_no_referer_and_the_url_byte_for_byte() {
    let server = Server::start();
    let target = "/a%2Fb/%E8%9E%8D%E8%B5%84/feed?q=%28A+OR+B%29&sign=a|b'c&empty=&x=%7e#top";
    let sent = "/a%2Fb/%E8%9E%8D%E8%B5%84/feed?q=%28A+OR+B%29&sign=a|b%27c&empty=&x=%7e";
    server.on(sent, [Reply::feed("A").field("Set-Cookie", "id=1; Path=/")]);
    let mut poller = Poller::new(&server.url(target));
    poller.step().await;
    poller.step().await;
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", sent));
        assert!(!request.has("cookie") && !request.has("referer"));
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(
            request.field("user-agent"),
            format!("dealwatch/{version} (contact: ops@deals.test)")
        );
        assert_eq!(request.field("accept-encoding"), "gzip, br, zstd");
        assert!(request.field("accept").starts_with("application/atom+xml, application/rss+xml"));
    }
}

#[tokio::test]
async fn five_redirects_are_followed_and_a_sixth_is_not() {
    let server = Server::start();
    for hop in 0..6 {
        server.on(&format!("/{hop}"), [Reply::redirect(302, &format!("/{}", hop + 1))]);
    }
    server.on("/6", [Reply::feed("A")]);
    let client = Client::new(&settings()).unwrap();
    let answer = client.get(&get(&server.url("/1"))).await.unwrap();
    assert_eq!((answer.hops, answer.final_url), (5, server.url("/6")));
    let error = client.get(&get(&server.url("/0"))).await.unwrap_err();
    assert!(matches!(error, HttpError::TooManyRedirects { limit: 5, .. }), "{error}");
}

#[tokio::test]
async fn a_move_is_permanent_only_if_every_hop_is() {
    let server = Server::start();
    server.on("/end", [Reply::feed("A")]);
    for (statuses, permanent) in [
        (vec![], false),
        (vec![301], true),
        (vec![301, 308], true),
        (vec![301, 302], false),
        (vec![307, 301], false),
        (vec![303], false),
    ] {
        for (hop, status) in statuses.iter().enumerate() {
            let last = hop + 1 == statuses.len();
            let to = if last { "/end".to_owned() } else { format!("/hop{}", hop + 1) };
            server.on(&format!("/hop{hop}"), [Reply::redirect(*status, &to)]);
        }
        let start = server.url(if statuses.is_empty() { "/end" } else { "/hop0" });
        let answer = Client::new(&settings()).unwrap().get(&get(&start)).await.unwrap();
        assert_eq!(answer.permanent, permanent, "{statuses:?}");
    }
}

#[tokio::test]
async fn credentials_stay_with_their_host() {
    let (first, second) = (Server::start(), Server::start());
    let there = second.url("/feed").to_string().replace("http://", "http://x:y@");
    first.on("/start", [Reply::redirect(302, "/same")]);
    first.on("/same", [Reply::redirect(302, &there)]);
    second.on("/feed", [Reply::feed("A")]);
    let mut url = first.url("/start");
    url.set_username("reader").unwrap();
    url.set_password(Some("secret")).unwrap();
    Client::new(&settings()).unwrap().get(&get(&url)).await.unwrap();
    assert!(first.requests().iter().all(|request| request.has("authorization")));
    assert!(!second.requests()[0].has("authorization"));
}

#[tokio::test]
async fn redirects_lead_only_to_web_addresses() {
    let server = Server::start();
    let client = Client::new(&settings()).unwrap();
    for to in ["file:///etc/passwd", "gopher://a.test/", "http://", "mailto:a@b.test"] {
        server.on("/feed", [Reply::redirect(302, to)]);
        let error = client.get(&get(&server.url("/feed"))).await.unwrap_err();
        assert!(matches!(error, HttpError::BadRedirect { .. }), "{to}: {error}");
    }
}

#[tokio::test]
async fn t25_addresses_that_are_not_public_are_refused_by_number_and_by_name() {
    let server = Server::start();
    server.on("/feed", [Reply::feed("A")]);
    let guarded = dealwatch::http::Settings { allow_private_addresses: false, ..settings() };
    let here = server.url("/feed");
    let by_name = here.as_str().replace("127.0.0.1", "localhost").parse().unwrap();
    for url in [here, by_name] {
        let mut poller = Poller::with(&url, &guarded);
        let words = poller.failure().await.words();
        assert!(words.contains("is not a public address"), "{words}");
        assert!(words.contains("`allow_private = true`"), "{words}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn t25_one_source_may_be_in_the_private_network_and_no_other_gains_by_it() {
    let server = Server::start();
    server.on("/feed", [Reply::feed("A")]);
    server.on("/moved", [Reply::redirect(302, "/feed")]);
    let guarded = dealwatch::http::Settings { allow_private_addresses: false, ..settings() };
    let by_name =
        |path| server.url(path).as_str().replace("127.0.0.1", "localhost").parse().unwrap();
    let mut poller = Poller::with(&by_name("/moved"), &guarded);
    poller.source.allow_private = true;
    assert!(poller.poll().await.document.is_some());
    // The same name and the same client, a moment later.
    poller.source.allow_private = false;
    let words = poller.failure().await.words();
    assert!(words.contains("is not a public address"), "{words}");
    assert_eq!(poller.state.cause, Some(dealwatch::domain::PollCause::PrivateAddress));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_post_returns_the_status_and_the_beginning_of_the_answer() {
    let server = Server::start();
    server.on("/hook", [Reply::new(429, "slow ".repeat(1_000)).field("Retry-After", "7")]);
    server.on("/moved", [Reply::redirect(307, "/hook")]);
    let client = Client::new(&settings()).unwrap();
    let headers = [("content-type", "application/json"), ("webhook-id", "msg_1")];
    let posted = client.post(&server.url("/hook"), &headers, b"{}".to_vec()).await.unwrap();
    assert_eq!((posted.status.as_u16(), posted.retry_after.as_deref()), (429, Some("7")));
    assert_eq!(posted.excerpt.len(), 500);
    let request = &server.requests()[0];
    assert_eq!((request.method.as_str(), request.body.as_slice()), ("POST", b"{}".as_slice()));
    assert_eq!(request.field("webhook-id"), "msg_1");
    let moved = client.post(&server.url("/moved"), &headers, Vec::new()).await.unwrap();
    assert_eq!(moved.status.as_u16(), 307);
    assert_eq!(server.requests().len(), 2);
    let error = client.post(&server.url("/hook"), &[("a b", "c")], Vec::new()).await.unwrap_err();
    assert!(matches!(error, HttpError::Header { .. }), "{error}");
}

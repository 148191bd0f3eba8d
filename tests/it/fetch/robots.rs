//! T27 and article pages: robots.txt is read first, once a day, and obeyed.

use dealwatch::domain::ArticleId;
use dealwatch::domain::Purpose;
use dealwatch::domain::SourceKind;
use dealwatch::fetch::FetchError;

use super::Poller;
use crate::server::Reply;
use crate::server::Server;

const PAGE: &str = "<html><body><p>A page.</p></body></html>";

async fn page(robots: Reply) -> Result<(), FetchError> {
    let server = Server::start();
    server.on("/robots.txt", [robots]).on("/story", [Reply::new(200, PAGE)]);
    let poller = Poller::new(&server.url("/feed"));
    let article = ArticleId(7);
    let document = poller.fetcher.page(&"a".into(), article, &server.url("/story"), false).await?;
    assert_eq!(document.purpose, Purpose::Page(article));
    assert_eq!(document.body, PAGE.as_bytes());
    Ok(())
}

#[tokio::test]
async fn t27_no_robots_txt_allows_and_an_unreadable_one_does_not() {
    assert!(page(Reply::new(404, "")).await.is_ok());
    assert!(page(Reply::new(403, "")).await.is_ok());
    assert!(page(Reply::redirect(302, "/robots.txt")).await.is_ok(), "a loop counts as absent");
    for status in [500, 503, 429] {
        let error = page(Reply::new(status, "")).await.unwrap_err();
        assert!(matches!(error, FetchError::RobotsUnreachable { .. }), "{error}");
    }
}

#[tokio::test]
async fn t27_of_600_kib_the_first_500_count() {
    let filler = "# nothing of interest here\n".repeat(600 * 1024 / 27);
    let first = format!("User-agent: *\nDisallow: /story\n{filler}");
    assert!(matches!(page(Reply::new(200, first)).await, Err(FetchError::Robots { .. })));
    let last = format!("{filler}\nUser-agent: *\nDisallow: /story\n");
    assert!(page(Reply::new(200, last)).await.is_ok());
}

#[tokio::test]
async fn a_list_page_is_polled_within_robots_txt_which_is_read_once_a_day() {
    let server = Server::start();
    server.on("/list", [Reply::new(200, PAGE)]);
    let closed = "User-agent: dealwatch\nDisallow: /list\n";
    server.on("/robots.txt", [Reply::new(200, closed), Reply::new(404, "")]);
    let mut poller = Poller::new(&server.url("/list"));
    poller.source.kind = SourceKind::Page;
    for _ in 0..2 {
        assert!(matches!(poller.failure().await, FetchError::Robots { .. }));
    }
    assert_eq!((poller.state.counts.requests, poller.state.failures), (0, 2));
    poller.pass(24 * 3_600);
    assert!(poller.poll().await.document.is_some());
    let targets: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/robots.txt", "/robots.txt", "/list"]);
    let request = &server.requests()[2];
    assert!(request.field("accept").starts_with("text/html"));
}

#[tokio::test]
async fn the_feed_itself_needs_no_robots_txt() {
    let server = Server::start();
    server.on("/feed", [Reply::feed("A")]);
    server.on("/robots.txt", [Reply::new(200, "User-agent: *\nDisallow: /\n")]);
    let mut poller = Poller::new(&server.url("/feed"));
    assert!(poller.poll().await.document.is_some());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_page_that_asks_to_slow_down_pauses_its_host() {
    let server = Server::start();
    server.on("/story", [Reply::new(429, "").field("Retry-After", "600")]);
    let poller = Poller::new(&server.url("/feed"));
    let url = server.url("/story");
    let id = "a".into();
    let error = poller.fetcher.page(&id, ArticleId(1), &url, false).await.unwrap_err();
    assert!(matches!(error, FetchError::RateLimited { wait_secs: Some(600), .. }), "{error}");
    let error = poller.fetcher.page(&id, ArticleId(1), &url, false).await.unwrap_err();
    assert!(matches!(error, FetchError::HostPaused { .. }), "{error}");
}

#[tokio::test]
async fn t27_a_page_that_leads_to_another_site_needs_that_sites_leave_too() {
    let (first, second) = (Server::start(), Server::start());
    first.on("/story", [Reply::redirect(302, second.url("/full").as_str())]);
    second.on("/robots.txt", [Reply::new(200, "User-agent: *\nDisallow: /full\n")]);
    second.on("/full", [Reply::new(200, PAGE)]);
    let poller = Poller::new(&first.url("/feed"));
    let url = first.url("/story");
    let error = poller.fetcher.page(&"a".into(), ArticleId(1), &url, false).await.unwrap_err();
    assert!(matches!(error, FetchError::Robots { .. }), "{error}");
    let asked: Vec<_> = second.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(asked, ["/robots.txt"]);
}

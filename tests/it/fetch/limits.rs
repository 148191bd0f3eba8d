//! Slow, large, packed and broken answers.

use std::io::Write;

use dealwatch::domain::PollCause;
use dealwatch::fetch::FetchError;
use dealwatch::http::HttpError;
use dealwatch::http::Settings;
use dealwatch::http::Stage;

use super::Poller;
use super::settings;
use crate::server::Reply;
use crate::server::Server;

const FEED: &str = "<rss version=\"2.0\"><channel><title>甲乙丙</title></channel></rss>";

fn pack(encoding: &str, data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    match encoding {
        "gzip" => {
            let mut packer = flate2::write::GzEncoder::new(&mut out, flate2::Compression::best());
            packer.write_all(data).unwrap();
            packer.finish().unwrap();
        }
        "br" => brotli::CompressorWriter::new(&mut out, 4096, 9, 22).write_all(data).unwrap(),
        "zstd" => out = zstd::stream::encode_all(data, 9).unwrap(),
        _ => out = data.to_vec(),
    }
    out
}

async fn failure(reply: Reply, settings: &Settings) -> FetchError {
    let server = Server::start();
    server.on("/feed", [reply]);
    Poller::with(&server.url("/feed"), settings).failure().await
}

#[tokio::test]
async fn t22_gzip_br_and_zstd_are_read_and_their_bombs_refused() {
    for encoding in ["gzip", "br", "zstd"] {
        let server = Server::start();
        let packed = pack(encoding, FEED.as_bytes());
        let sent = packed.len() as u64;
        server.on("/feed", [Reply::new(200, packed).field("Content-Encoding", encoding)]);
        let mut poller = Poller::new(&server.url("/feed"));
        let document = poller.poll().await.document.expect(encoding);
        assert_eq!(document.body, FEED.as_bytes());
        assert_eq!(poller.state.counts.bytes, sent);

        let bomb = pack(encoding, &vec![b' '; 20_000_000]);
        assert!(bomb.len() < 100_000, "{encoding}");
        let reply = Reply::new(200, bomb).field("Content-Encoding", encoding);
        let error = failure(reply, &settings()).await;
        assert!(matches!(error, FetchError::Http(HttpError::TooLarge { .. })), "{error}");
    }
}

#[tokio::test]
async fn what_is_not_packed_as_declared_is_named() {
    for (encoding, words) in [
        ("gzip", "damaged gzip data"),
        ("zstd", "damaged zstd data"),
        ("deflate", "unknown content encoding `deflate`"),
    ] {
        let reply = Reply::new(200, FEED).field("Content-Encoding", encoding);
        let error = failure(reply, &settings()).await.words();
        assert!(error.contains(words), "{error}");
    }
}

#[tokio::test]
async fn a_body_of_10_mb_is_refused_whether_its_length_is_declared_or_not() {
    let large = vec![b'x'; 10_000_000];
    for reply in [Reply::new(200, large.clone()), Reply::new(200, large).unsized_body()] {
        let error = failure(reply, &settings()).await;
        let FetchError::Http(HttpError::TooLarge { limit_bytes, .. }) = error else {
            panic!("{error}");
        };
        assert_eq!(limit_bytes, 8 * 1024 * 1024);
    }
}

#[tokio::test]
async fn a_server_that_is_silent_or_stalls_is_left_in_time() {
    let quick = Settings { connect_timeout_ms: 100, first_byte_timeout_ms: 100, ..settings() };
    let error = failure(Reply::feed("A").never(), &quick).await;
    let FetchError::Http(HttpError::Timeout { stage, .. }) = error else { panic!("{error}") };
    assert_eq!(stage, Stage::FirstByte);
    let quick = Settings { total_timeout_ms: 300, ..settings() };
    let error = failure(Reply::feed("A").stalled(), &quick).await;
    let FetchError::Http(HttpError::Timeout { stage, .. }) = error else { panic!("{error}") };
    assert_eq!(stage, Stage::Body);
}

#[tokio::test]
async fn a_closed_port_is_refused_and_the_source_tried_again_soon() {
    // A port of our own that was closed could be another test's by now; nobody listens on port 1.
    let url = "http://127.0.0.1:1/feed".parse().unwrap();
    let mut poller = Poller::new(&url);
    let words = poller.failure().await.words();
    assert!(words.contains("refuses connections"), "{words}");
    assert_eq!((poller.state.failures, poller.wait()), (1, 900));
}

#[tokio::test]
async fn an_empty_body_is_a_failure_in_words() {
    for body in ["", "  \r\n"] {
        let error = failure(Reply::new(200, body), &settings()).await;
        assert!(matches!(error, FetchError::EmptyBody { .. }), "{error}");
    }
}

#[tokio::test]
async fn t28_pages_for_people_are_no_feeds_and_change_nothing() {
    let wall = "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>";
    let page = "<?xml version=\"1.0\"?>\n<!DOCTYPE html><html><body>Back soon</body></html>";
    for (status, body, words) in [
        (200, wall, "check for browsers"),
        (403, wall, "check for browsers"),
        (503, wall, "check for browsers"),
        (200, page, "a web page, not a feed"),
        (403, page, "refuses this client"),
    ] {
        let server = Server::start();
        let good = Reply::feed("A").field("ETag", "\"1\"");
        server.on("/feed", [good.clone(), Reply::new(status, body).field("ETag", "\"wall\"")]);
        let mut poller = Poller::new(&server.url("/feed"));
        let before = poller.poll().await.state;
        let error = poller.failure().await.words();
        assert!(error.contains(words), "{status}: {error}");
        assert_eq!(poller.state.validators, before.validators);
        assert_eq!(poller.state.succeeded_at, before.succeeded_at);
        assert_eq!(poller.wait(), 3_600);
    }
    let reply = Reply::new(403, "no").field("cf-mitigated", "challenge");
    assert!(matches!(failure(reply, &settings()).await, FetchError::BotWall { .. }));
}

#[tokio::test]
async fn t22_bombs_in_bombs_and_layers_without_end_are_refused() {
    let zeros = vec![b' '; 20_000_000];
    let twice = pack("gzip", &pack("gzip", &zeros));
    assert!(twice.len() < 2_000);
    let reply = Reply::new(200, twice.clone()).field("Content-Encoding", "gzip, gzip");
    let error = failure(reply, &settings()).await;
    assert!(matches!(error, FetchError::Http(HttpError::TooLarge { .. })), "{error}");
    let mixed = pack("br", &pack("zstd", &zeros));
    let reply =
        Reply::new(200, mixed).field("Content-Encoding", "zstd").field("Content-Encoding", "br");
    let error = failure(reply, &settings()).await;
    assert!(matches!(error, FetchError::Http(HttpError::TooLarge { .. })), "{error}");
    let reply = Reply::new(200, twice).field("Content-Encoding", "gzip, gzip, gzip");
    let error = failure(reply, &settings()).await.words();
    assert!(error.contains("more than 2 content encodings"), "{error}");
}

#[tokio::test]
async fn a_body_that_trickles_ends_with_the_time_for_the_whole() {
    let quick = Settings { total_timeout_ms: 400, ..settings() };
    let start = std::time::Instant::now();
    let error = failure(Reply::new(200, vec![b'x'; 100_000]).dripping(), &quick).await;
    let FetchError::Http(HttpError::Timeout { stage, .. }) = error else { panic!("{error}") };
    assert_eq!(stage, Stage::Body);
    // It would have dripped for half an hour.
    assert!(start.elapsed().as_secs() < 10);
}

#[tokio::test]
async fn whatever_is_refused_has_a_name_and_is_counted() {
    let quick = Settings { total_timeout_ms: 400, ..settings() };
    let bomb = pack("gzip", &vec![b' '; 20_000_000]);
    for (reply, cause) in [
        (Reply::new(200, bomb).field("Content-Encoding", "gzip"), PollCause::TooLarge),
        (Reply::new(200, FEED).field("Content-Encoding", "lzma"), PollCause::Encoding),
        (Reply::feed("A").stalled(), PollCause::Timeout),
        (Reply::redirect(302, "/feed"), PollCause::Redirect),
        (Reply::redirect(302, "file:///etc/passwd"), PollCause::Redirect),
        (Reply::redirect(302, "//127.0.0.1:1/"), PollCause::Connection),
        (Reply::feed("A").field("X-Filler", &"0".repeat(2_000_000)), PollCause::Protocol),
        (Reply::new(429, ""), PollCause::RateLimited),
        (Reply::new(503, ""), PollCause::Unavailable),
        (Reply::new(502, ""), PollCause::ServerError),
        (Reply::new(403, ""), PollCause::Forbidden),
        (Reply::new(404, ""), PollCause::NotFound),
        (Reply::new(410, ""), PollCause::Gone),
        (Reply::new(418, ""), PollCause::Status),
        (Reply::new(200, " "), PollCause::Empty),
        (Reply::new(200, "<html><body>Hello</body></html>"), PollCause::NotAFeed),
        (Reply::new(403, "").field("cf-mitigated", "challenge"), PollCause::BotWall),
        (Reply::new(304, ""), PollCause::Request),
    ] {
        let server = Server::start();
        server.on("/feed", [reply]);
        let mut poller = Poller::with(&server.url("/feed"), &quick);
        let words = poller.failure().await.words();
        assert_eq!(poller.state.cause, Some(cause), "{words}");
        assert_eq!((poller.state.counts.errors, poller.state.failures), (1, 1), "{words}");
        assert_eq!(poller.state.last_error, Some(words));
    }
}

#[tokio::test]
async fn a_chain_of_redirects_without_end_is_left_after_five() {
    let (first, second) = (Server::start(), Server::start());
    first.on("/feed", [Reply::redirect(302, second.url("/feed").as_str())]);
    second.on("/feed", [Reply::redirect(302, first.url("/feed").as_str())]);
    let mut poller = Poller::new(&first.url("/feed"));
    let words = poller.failure().await.words();
    assert!(words.contains("redirects more than 5 times"), "{words}");
    assert_eq!(first.requests().len() + second.requests().len(), 6);
    assert_eq!(poller.state.cause, Some(PollCause::Redirect));
}

//! The newsroom as a server: what goes over the wire, the sink, the counts, the stop.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::Begin;
use super::Newsroom;
use super::Pace;
use super::Settings;
use super::cast;
use crate::newsroom::Arrival;

/// A newsroom that runs, after a minute.
struct Running {
    address: String,
    stop: CancellationToken,
    tasks: JoinSet<std::io::Result<()>>,
}

impl Running {
    async fn start() -> Running {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let settings = Settings {
            pace: Pace::ONE_MINUTE,
            begin: Begin::AtStart,
            base_url: format!("http://{address}"),
            started: "2026-11-24T08:00:00Z".parse().unwrap(),
        };
        let room = Arc::new(Newsroom::new(cast(), settings, || Duration::from_mins(1)));
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        tasks.spawn(room.serve(listener, stop.clone()));
        Running { address, stop, tasks }
    }

    /// Sends a request as it stands and returns head and body.
    async fn send(&self, first: &str, headers: &str, body: &str) -> (String, String) {
        exchange(&self.address, first, headers, body).await
    }

    async fn log(&self) -> Vec<Arrival> {
        serde_json::from_str(&self.send("GET /hook/log", "", "").await.1).unwrap()
    }
}

async fn exchange(address: &str, first: &str, headers: &str, body: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let request = format!(
        "{first} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
         content-length: {length}\r\n{headers}\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

#[tokio::test]
async fn a_feed_goes_out_with_both_validators_and_comes_back_as_304() {
    let room = Running::start().await;
    let (head, body) = room.send("GET /foundry-post/feed.xml", "", "").await;
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert_eq!(header(&head, "content-type"), Some("application/atom+xml; charset=utf-8"));
    assert_eq!(header(&head, "last-modified"), Some("Tue, 24 Nov 2026 08:00:55 GMT"));
    assert!(body.contains("</feed>"));
    let tag = header(&head, "etag").unwrap();
    let (head, body) =
        room.send("GET /foundry-post/feed.xml", &format!("if-none-match: {tag}\r\n"), "").await;
    assert!(head.starts_with("HTTP/1.1 304"), "{head}");
    assert_eq!(body, "");
    let (head, _) = room.send("POST /foundry-post/feed.xml", "", "").await;
    assert!(head.starts_with("HTTP/1.1 405"), "{head}");
}

#[tokio::test]
async fn gzip_is_named_in_the_head() {
    let room = Running::start().await;
    let accept = |value: &str| format!("accept-encoding: {value}\r\n");
    let feed = "GET /tidal/feed.xml";
    let (head, _) = room.send(feed, &accept("br, gzip;q=0.8"), "").await;
    assert_eq!(header(&head, "content-encoding"), Some("gzip"));
    let (head, _) = room.send(feed, &accept("gzip;q=0, br"), "").await;
    assert_eq!(header(&head, "content-encoding"), None);
}

#[tokio::test]
async fn deliveries_are_remembered_with_their_headers() {
    let room = Running::start().await;
    let signed =
        "webhook-id: msg_1\r\nwebhook-timestamp: 1790000000\r\nwebhook-signature: v1,abc\r\n";
    let (head, _) = room.send("POST /hook", signed, r#"{"deal":1}"#).await;
    assert!(head.starts_with("HTTP/1.1 204"), "{head}");
    room.send("POST /hook", "", "bare").await;
    let expected = [
        Arrival {
            number: 1,
            id: Some("msg_1".into()),
            timestamp: Some("1790000000".into()),
            signature: Some("v1,abc".into()),
            body: r#"{"deal":1}"#.into(),
            answered: true,
        },
        Arrival {
            number: 2,
            id: None,
            timestamp: None,
            signature: None,
            body: "bare".into(),
            answered: true,
        },
    ];
    assert_eq!(room.log().await, expected);
}

#[tokio::test]
async fn the_held_delivery_is_answered_only_after_the_release() {
    let room = Running::start().await;
    room.send("GET /hook/hold?after=2", "", "").await;
    room.send("POST /hook", "", "one").await;
    let mut waiting = JoinSet::new();
    let address = room.address.clone();
    waiting.spawn(async move { exchange(&address, "POST /hook", "", "two").await });
    while room.log().await.len() < 2 {
        tokio::task::yield_now().await;
    }
    // Later deliveries are not waiting.
    room.send("POST /hook", "", "three").await;
    let answered: Vec<bool> = room.log().await.iter().map(|arrival| arrival.answered).collect();
    assert_eq!(answered, [true, false, true]);
    assert!(waiting.try_join_next().is_none());
    room.send("POST /hook/release", "", "").await;
    let (head, _) = waiting.join_next().await.unwrap().unwrap();
    assert!(head.starts_with("HTTP/1.1 204"), "{head}");
    assert!(room.log().await.iter().all(|arrival| arrival.answered));
}

#[tokio::test]
async fn requests_are_counted_by_path_and_progress_is_told() {
    let room = Running::start().await;
    room.send("GET /robots.txt", "", "").await;
    room.send("GET /tidal/feed.xml?x=1", "", "").await;
    room.send("GET /tidal/feed.xml", "", "").await;
    room.send("GET /nowhere", "", "").await;
    let counts: BTreeMap<String, u64> =
        serde_json::from_str(&room.send("GET /count", "", "").await.1).unwrap();
    let (_, progress) = room.send("GET /progress", "", "").await;
    let all = cast().articles.len();
    assert_eq!(progress, format!(r#"{{"released":{all},"articles":{all}}}"#));
    let expected = [("/nowhere", 1), ("/robots.txt", 1), ("/tidal/feed.xml", 2)];
    assert_eq!(counts, expected.map(|(path, count)| (path.to_owned(), count)).into());
}

#[tokio::test]
async fn it_stops_though_a_delivery_is_held() {
    let mut room = Running::start().await;
    room.send("GET /hook/hold?after=1", "", "").await;
    let mut waiting = JoinSet::new();
    let address = room.address.clone();
    waiting.spawn(async move { exchange(&address, "POST /hook", "", "one").await });
    while room.log().await.is_empty() {
        tokio::task::yield_now().await;
    }
    room.stop.cancel();
    room.tasks.join_next().await.unwrap().unwrap().unwrap();
    let (head, _) = waiting.join_next().await.unwrap().unwrap();
    assert!(head.starts_with("HTTP/1.1 503"), "{head}");
}

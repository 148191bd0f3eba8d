//! The web as a browser and a program meet it: real HTTP on loopback over a small log.

use std::net::SocketAddr;
use std::sync::Arc;

use dealwatch::store::Store;
use dealwatch::web;
use serde_json::Value;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

mod api;
pub(crate) mod log;
mod pages;
mod rules;

/// A site that is being served; it stops when this is dropped.
struct Served {
    address: SocketAddr,
    stop: CancellationToken,
    tasks: JoinSet<std::io::Result<()>>,
    _folder: tempfile::TempDir,
}

/// An answer, read to its end.
#[derive(Debug)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    #[track_caller]
    fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), Some("application/json; charset=utf-8"));
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// A log, made outside the runtime, as its blocking calls demand.
async fn made(make: fn() -> (tempfile::TempDir, Store)) -> (tempfile::TempDir, Store) {
    tokio::task::spawn_blocking(make).await.unwrap()
}

async fn serve_with(
    make: fn() -> (tempfile::TempDir, Store),
    change: impl FnOnce(&mut web::Site),
) -> Served {
    let (folder, store) = made(make).await;
    let mut site = web::Site::new(store, Arc::new(log::rates()), log::fold, log::now);
    change(&mut site);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let mut tasks = JoinSet::new();
    tasks.spawn(web::serve(listener, site, stop.clone()));
    Served { address, stop, tasks, _folder: folder }
}

async fn serve() -> Served {
    serve_with(log::log, |_| {}).await
}

impl Served {
    async fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &[]).await
    }

    async fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
        let own = self.address.to_string();
        let named = headers.iter().any(|(name, _)| *name == "host");
        let host = if named { None } else { Some(("host", own.as_str())) };
        let lines: String = headers
            .iter()
            .copied()
            .chain(host)
            .flat_map(|(name, value)| [name, ": ", value, "\r\n"])
            .collect();
        let head = format!("{method} {target} HTTP/1.1\r\nconnection: close\r\n{lines}\r\n");
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        answer(&String::from_utf8(bytes).unwrap())
    }
}

fn answer(text: &str) -> Answer {
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let header = |line: &str| {
        let (name, value) = line.split_once(':').unwrap();
        (name.to_ascii_lowercase(), value.trim().to_owned())
    };
    Answer { status, headers: lines.map(header).collect(), body: body.to_owned() }
}

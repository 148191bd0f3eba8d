//! What needs a look inside the client: hops out of the public internet, and broken servers.

use std::io::Read;
use std::io::Write;
use std::net::TcpListener;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;

use reqwest::dns::Addrs;
use reqwest::dns::Name;
use reqwest::dns::Resolve;
use reqwest::dns::Resolving;

use super::*;

/// Answers every connection with the same bytes; returns its port.
fn answers(bytes: impl Into<Vec<u8>>) -> u16 {
    let bytes = bytes.into();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            let _read = stream.read(&mut request).unwrap();
            // A client that turns away before the end is part of the test.
            drop(stream.write_all(&bytes));
        }
    });
    port
}

/// Takes loopback for a public address, but only under the name `public.test`.
struct Pretend(address::Guard);

impl Resolve for Pretend {
    fn resolve(&self, name: Name) -> Resolving {
        if name.as_str() == "public.test" {
            let loopback = std::iter::once((std::net::Ipv4Addr::LOCALHOST, 0_u16).into());
            return Box::pin(async { Ok(Box::new(loopback) as Addrs) });
        }
        self.0.resolve(name)
    }
}

fn open() -> Client {
    let settings = Settings { allow_private_addresses: true, ..Settings::default() };
    Client::new(&settings).unwrap()
}

async fn fails(client: &Client, url: &str) -> HttpError {
    let url = url.parse().unwrap();
    let get = Get {
        url: &url,
        accept: Accept::Feed,
        conditional: None,
        limit: Limit::Settings,
        allow_private: false,
    };
    client.get(&get).await.unwrap_err()
}

#[tokio::test]
async fn t25_a_public_host_cannot_lead_to_this_machine() {
    let settings = Settings::default();
    let mut client = Client::new(&settings).unwrap();
    let pretend = builder(&settings).unwrap().dns_resolver(Pretend(settings.guard()));
    client.inner = pretend.build().unwrap();
    for target in ["http://127.0.0.1:1/", "http://localhost:1/", "http://[::ffff:7f00:1]:1/"] {
        let moved =
            format!("HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n");
        let error = fails(&client, &format!("http://public.test:{}/", answers(moved))).await;
        assert!(matches!(error, HttpError::PrivateAddress { .. }), "{target}: {error}");
    }
}

/// A name that has a public address when it is first asked for, and this machine's after that.
struct Rebind(address::Guard, AtomicUsize);

impl Resolve for Rebind {
    fn resolve(&self, name: Name) -> Resolving {
        let loopback = vec![(std::net::Ipv4Addr::LOCALHOST, 0_u16).into()];
        let found = match self.1.fetch_add(1, Ordering::SeqCst) {
            0 => Ok(loopback),
            _ => self.0.pass(name.as_str(), loopback),
        };
        let found = found.map(|found| Box::new(found.into_iter()) as Addrs);
        Box::pin(async { found.map_err(Into::into) })
    }
}

#[tokio::test]
async fn t25_a_name_that_changes_its_address_between_two_connections_gains_nothing() {
    let settings = Settings::default();
    let mut client = Client::new(&settings).unwrap();
    let rebind = Rebind(settings.guard(), AtomicUsize::new(0));
    client.inner = builder(&settings).unwrap().dns_resolver(rebind).build().unwrap();
    let port = answers(
        "HTTP/1.1 302 Found\r\nLocation: /next\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
    );
    let error = fails(&client, &format!("http://rebind.test:{port}/")).await;
    let HttpError::PrivateAddress { host, address } = error else { panic!("{error}") };
    assert_eq!((host.as_str(), address.to_string().as_str()), ("rebind.test", "127.0.0.1"));
}

#[test]
fn https_never_becomes_http() {
    let from = "https://a.test/feed?token=secret".parse().unwrap();
    let error = next_hop(&from, b"http://a.test/feed?token=secret").unwrap_err().to_string();
    assert!(error.contains("from https to http://a.test/feed,"), "{error}");
    assert!(!error.contains("secret"), "{error}");
    let plain = "http://a.test/feed".parse().unwrap();
    assert_eq!(next_hop(&plain, b"https://a.test/x").unwrap().as_str(), "https://a.test/x");
    assert_eq!(next_hop(&from, b"../y").unwrap().as_str(), "https://a.test/y");
    assert!(matches!(next_hop(&from, b"\xff"), Err(HttpError::BadRedirect { .. })));
}

#[tokio::test]
async fn servers_that_speak_something_else_are_named() {
    let port = answers("220 mail.test ESMTP ready\r\n");
    let error = fails(&open(), &format!("http://127.0.0.1:{port}/")).await;
    assert!(matches!(error, HttpError::Protocol { .. }), "{error:?}");
    let error = fails(&open(), &format!("https://127.0.0.1:{port}/")).await;
    assert!(matches!(error, HttpError::Tls { .. }), "{error:?}");
    let port = answers("");
    let error = fails(&open(), &format!("http://127.0.0.1:{port}/")).await;
    assert!(matches!(error, HttpError::Protocol { .. }), "{error:?}");
}

#[tokio::test]
async fn a_flood_of_header_fields_is_refused() {
    let flood = "X-Filler: 0\r\n".repeat(100_000);
    let port = answers(format!("HTTP/1.1 200 OK\r\n{flood}\r\n<rss/>"));
    let error = fails(&open(), &format!("http://127.0.0.1:{port}/")).await;
    assert!(matches!(error, HttpError::Protocol { .. }), "{error:?}");
}

#[tokio::test]
async fn a_body_that_ends_early_is_no_document() {
    let port = answers("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<rss>");
    let error = fails(&open(), &format!("http://127.0.0.1:{port}/")).await;
    assert!(matches!(error, HttpError::Protocol { .. }), "{error:?}");
}

#[tokio::test]
async fn messages_show_no_query_and_no_credentials() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://reader:hunter2@127.0.0.1:{port}/feed?token=hunter2");
    let error = fails(&open(), &url).await;
    assert!(matches!(error, HttpError::Refused { .. }), "{error:?}");
    assert!(!format!("{error:?} {error}").contains("hunter2"), "{error:?}");
}

//! What holds for every request and every answer: methods, hosts, sizes, loads, headers.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::Request;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::Method;
use axum::http::StatusCode;
use axum::http::header;
use axum::middleware::Next;
use axum::response::IntoResponse as _;
use axum::response::Response;
use tokio::sync::Semaphore;
use url::Url;

use super::answer::Trouble;

/// Answers worked on at once; further requests are asked to come back. Each may hold a reader.
pub(super) const MAX_AT_ONCE: usize = 64;

/// Longest path and query taken; a filter of 2,000 Chinese characters is below it.
const MAX_TARGET_BYTES: usize = 20_000;

/// No script, no frame, nothing from elsewhere; forms lead back here.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// On every answer, errors included.
const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("x-robots-tag", "noindex, nofollow"),
];

/// Puts the headers on an answer.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(*name, HeaderValue::from_static(value));
    }
    response
}

/// Names by which a request may call the site.
///
/// A page elsewhere can point a name of its own at a loopback address and then read what is
/// answered there (DNS rebinding). So a site on loopback answers to loopback names and to its
/// public one only; one that listens to the network is meant to be asked by any name.
#[derive(Debug, Clone)]
pub(super) struct Hosts {
    loopback_only: bool,
    public: Option<Arc<str>>,
}

impl Hosts {
    pub(super) fn new(listen: SocketAddr, public_url: Option<&Url>) -> Hosts {
        let public = public_url.and_then(Url::host_str).map(str::to_ascii_lowercase);
        Hosts { loopback_only: listen.ip().is_loopback(), public: public.map(Arc::from) }
    }

    fn admit(&self, headers: &HeaderMap) -> bool {
        // HTTP/1.0 has no Host, and no browser speaks it.
        let Some(host) = headers.get(header::HOST) else { return true };
        let host = host.to_str().unwrap_or("").to_ascii_lowercase();
        let name = without_port(&host);
        !self.loopback_only
            || matches!(name, "localhost" | "127.0.0.1" | "[::1]")
            || self.public.as_deref().is_some_and(|public| public == name)
    }
}

/// `[::1]:80` → `[::1]`, `host:80` → `host`.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Refuses what no handler should see.
pub(super) async fn admit(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let trouble = Trouble::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "read_only",
            "only GET and HEAD are answered",
            "decisions are made on the command line: `dealwatch deal --help`",
        );
        return ([(header::ALLOW, "GET, HEAD")], trouble.for_path(&path)).into_response();
    }
    if !hosts.admit(request.headers()) {
        let trouble = Trouble::new(
            StatusCode::MISDIRECTED_REQUEST,
            "unknown_host",
            "this site does not answer to that name",
            "ask for localhost, or set web.public_url in the configuration to the name in use",
        );
        return trouble.for_path(&path);
    }
    let target = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    if target > MAX_TARGET_BYTES {
        let hint = format!("at most {MAX_TARGET_BYTES} bytes");
        let trouble =
            Trouble::new(StatusCode::URI_TOO_LONG, "long_address", "the address is too long", hint);
        return trouble.for_path(&path);
    }
    next.run(request).await
}

/// Keeps a crowd from taking the machine: beyond [`MAX_AT_ONCE`] requests are put off.
pub(super) async fn crowd(
    State(seats): State<Arc<Semaphore>>,
    request: Request,
    next: Next,
) -> Response {
    let Ok(_seat) = seats.try_acquire() else {
        let trouble = Trouble::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            "too many requests are being answered",
            "ask again in a second",
        );
        let response = trouble.for_path(request.uri().path());
        return ([(header::RETRY_AFTER, "1")], response).into_response();
    };
    next.run(request).await
}

/// The words for an answer that took too long, whose body is empty.
pub(super) async fn late(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    if response.status() != StatusCode::GATEWAY_TIMEOUT {
        return response;
    }
    let hint = "ask for less: a narrower filter, a smaller limit";
    Trouble::new(StatusCode::GATEWAY_TIMEOUT, "too_slow", "the answer took too long", hint)
        .for_path(&path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(listen: &str, public: Option<&str>, host: &str, admitted: bool) {
        let public = public.map(|url| url.parse().unwrap());
        let hosts = Hosts::new(listen.parse().unwrap(), public.as_ref());
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        assert_eq!(hosts.admit(&headers), admitted, "{host} at {listen}");
    }

    #[test]
    fn on_loopback_only_its_own_names_are_answered() {
        check("127.0.0.1:8650", None, "127.0.0.1:8650", true);
        check("127.0.0.1:8650", None, "LOCALHOST:8650", true);
        check("[::1]:8650", None, "[::1]:8650", true);
        check("[::1]:8650", None, "[::1]", true);
        check("127.0.0.1:8650", None, "rebound.test:8650", false);
        check("127.0.0.1:8650", None, "127.0.0.1.rebound.test", false);
        check("127.0.0.1:8650", None, "", false);
        check("127.0.0.1:8650", Some("https://deals.test/"), "deals.test", true);
        check("127.0.0.1:8650", Some("https://deals.test/"), "other.test", false);
    }

    #[test]
    fn on_the_network_any_name_will_do() {
        check("0.0.0.0:8650", None, "deals.test", true);
    }
}

//! The files that never change while the program runs: style, icon, robots.txt.

use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse as _;
use axum::response::Response;
use sha2::Digest as _;
use sha2::Sha256;

const STYLE: &str = include_str!("assets/style.css");
const ICON: &str = include_str!("assets/favicon.svg");

/// The log may name companies that nobody announced yet: no crawler is welcome.
const ROBOTS: &str = "User-agent: *\nDisallow: /\n";

/// Short, so that a new version's style is there an hour later; the tag makes asking cheap.
const CACHED: &str = "public, max-age=3600";

pub(super) async fn style(headers: HeaderMap) -> Response {
    file(&headers, "text/css; charset=utf-8", STYLE)
}

pub(super) async fn icon(headers: HeaderMap) -> Response {
    file(&headers, "image/svg+xml", ICON)
}

pub(super) async fn robots(headers: HeaderMap) -> Response {
    file(&headers, "text/plain; charset=utf-8", ROBOTS)
}

fn file(headers: &HeaderMap, kind: &'static str, text: &'static str) -> Response {
    let tag = tag(text);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let same = |known: &str| known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag);
    let kept = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, CACHED.to_owned())];
    if known.is_some_and(same) {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    (kept, [(header::CONTENT_TYPE, kind)], text).into_response()
}

/// The same for the same text, also after a restart.
fn tag(text: &str) -> String {
    let digest = Sha256::digest(text);
    let start = digest.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
    format!("\"{start:016x}\"")
}

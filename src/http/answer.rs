//! What a server answered, reduced to what is used.

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use url::Url;

use crate::domain::Validator;
use crate::domain::Validators;

/// The answer to a [`super::Get`], whatever its status.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Of the last hop.
    pub status: StatusCode,
    /// Of the last hop.
    pub fields: Fields,
    /// The URL that answered.
    pub final_url: Url,
    /// Redirects that were followed.
    pub hops: usize,
    /// There was at least one redirect, and every one was 301 or 308.
    pub permanent: bool,
    /// The redirects in their order: the status, and where it led.
    pub redirects: Vec<(StatusCode, Url)>,
    /// Decompressed. Of an answer that is no success, only its beginning, or nothing.
    pub body: Vec<u8>,
    /// Bytes of the body as transferred.
    pub transferred: u64,
}

/// The header fields that are used. Names are those of RFC 9110 and 9111.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    /// `ETag` and `Last-Modified`, byte for byte.
    pub validators: Validators,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Cache-Control`, several lines joined by commas.
    pub cache_control: Option<String>,
    /// `Age`.
    pub age: Option<String>,
    /// `Expires`.
    pub expires: Option<String>,
    /// `Date`.
    pub date: Option<String>,
    /// `Retry-After`.
    pub retry_after: Option<String>,
    /// `Content-Encoding`.
    pub encoding: Option<String>,
    /// `Link`, several lines joined by commas (RFC 8288).
    pub link: Option<String>,
    /// `cf-mitigated: challenge`: the answer is a bot wall, whatever its status.
    pub challenge: bool,
}

impl Fields {
    pub(super) fn of(headers: &HeaderMap) -> Fields {
        let bytes =
            |name: &str| headers.get(name).map(|value| Validator(value.as_bytes().to_vec()));
        let text = |name: &str| {
            let lines: Vec<_> = headers
                .get_all(name)
                .iter()
                .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
                .collect();
            (!lines.is_empty()).then(|| lines.join(", "))
        };
        Fields {
            validators: Validators { etag: bytes("etag"), last_modified: bytes("last-modified") },
            content_type: text("content-type"),
            cache_control: text("cache-control"),
            age: text("age"),
            expires: text("expires"),
            date: text("date"),
            retry_after: text("retry-after"),
            encoding: text("content-encoding"),
            link: text("link"),
            challenge: text("cf-mitigated").is_some_and(|value| value.contains("challenge")),
        }
    }
}

/// The answer to a [`super::Client::post`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The receiver's verdict.
    pub status: StatusCode,
    /// `Retry-After`, as sent.
    pub retry_after: Option<String>,
    /// `Date`, as sent: the server's clock, to read `retry_after` by.
    pub date: Option<String>,
    /// The first 500 bytes of the body; foreign text.
    pub excerpt: String,
}

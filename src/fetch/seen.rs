//! What an answer looked like, for the person who tests a source.

use serde::Serialize;

use crate::http::Answer;
use crate::http::error::shown;

/// An answer without its body. Addresses are shown without query and credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// Of the last hop.
    pub status: u16,
    /// The redirects: the status, and where it led.
    pub redirects: Vec<(u16, String)>,
    /// Every redirect was 301 or 308.
    pub permanent: bool,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Content-Encoding`.
    pub encoding: Option<String>,
    /// Bytes of the body as transferred.
    pub transferred: u64,
    /// Bytes of the body after decompression.
    pub decoded: u64,
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
    /// `Cache-Control`.
    pub cache_control: Option<String>,
    /// `Expires`.
    pub expires: Option<String>,
    /// `Retry-After`.
    pub retry_after: Option<String>,
    /// For how many seconds the server says that it stays fresh.
    pub fresh_secs: Option<u64>,
}

impl Seen {
    pub(super) fn of(answer: &Answer, fresh_secs: Option<u64>) -> Seen {
        let fields = &answer.fields;
        let text = |validator: &Option<crate::domain::Validator>| {
            validator.as_ref().map(|value| String::from_utf8_lossy(&value.0).into_owned())
        };
        let redirects = answer.redirects.iter();
        Seen {
            status: answer.status.as_u16(),
            redirects: redirects.map(|(status, to)| (status.as_u16(), shown(to))).collect(),
            permanent: answer.permanent,
            content_type: fields.content_type.clone(),
            encoding: fields.encoding.clone(),
            transferred: answer.transferred,
            decoded: answer.body.len() as u64,
            etag: text(&fields.validators.etag),
            last_modified: text(&fields.validators.last_modified),
            cache_control: fields.cache_control.clone(),
            expires: fields.expires.clone(),
            retry_after: fields.retry_after.clone(),
            fresh_secs,
        }
    }
}

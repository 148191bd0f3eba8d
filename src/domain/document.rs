//! Bytes as fetched, self-contained.

use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use url::Url;

use super::ArticleId;
use super::SourceId;

/// An opaque validator exactly as the server sent it: never parsed, trimmed or unquoted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Validator(pub Vec<u8>);

/// What a server gave to ask again conditionally (RFC 9110 §8.8).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Validators {
    /// The `ETag` field.
    pub etag: Option<Validator>,
    /// The `Last-Modified` field.
    pub last_modified: Option<Validator>,
}

/// Why a document was fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A poll of the source.
    Poll,
    /// The page of an article whose feed has a stub.
    Page(ArticleId),
}

/// Bytes fetched, decompressed, with all that later steps need to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The source it belongs to.
    pub source: SourceId,
    /// Why it was fetched.
    pub purpose: Purpose,
    /// The URL that was asked for.
    pub url: Url,
    /// The URL that answered, after redirects.
    pub final_url: Url,
    /// The `Content-Type` field.
    pub content_type: Option<String>,
    /// The validators of this answer.
    pub validators: Validators,
    /// When the answer came.
    pub fetched_at: Timestamp,
    /// The decompressed body.
    pub body: Vec<u8>,
}

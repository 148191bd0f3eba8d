//! Answers to requests, as values: paths, validators, encodings.

use std::io::Write;
use std::time::Duration;

use jiff::Timestamp;
use sha2::Digest;
use sha2::Sha256;

use super::Article;
use super::Format;
use super::Newsroom;
use super::Outlet;
use super::SHOWN;
use super::feeds;
use super::html::joined;
use super::moment;
use super::pages;

/// What of a request an answer depends on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    /// Without the query.
    pub path: String,
    /// The header's whole value.
    pub if_none_match: Option<String>,
    /// The header's whole value.
    pub if_modified_since: Option<String>,
    /// Whether `Accept-Encoding` names gzip.
    pub gzip: bool,
}

/// An answer of an outlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// 200, 304 or 404.
    pub status: u16,
    /// The header's value.
    pub content_type: &'static str,
    /// The header's value, with quotes.
    pub etag: Option<String>,
    /// The header's value.
    pub last_modified: Option<String>,
    /// Whether `body` is compressed.
    pub gzip: bool,
    /// In the outlet's encoding.
    pub body: Vec<u8>,
}

/// A body before the request's own wishes are looked at.
struct Resource {
    content_type: &'static str,
    /// With its quotes, and with `W/` where the same tag may stand for other bytes.
    etag: String,
    modified: Timestamp,
    body: Vec<u8>,
}

impl Newsroom {
    /// Answers a request as of now, and counts it as a read of the outlet.
    pub fn reply(&self, ask: &Ask) -> Reply {
        let reply = self.reply_at(ask, self.clock.told());
        if let Some(outlet) = self.cast.outlets.iter().find(|one| Self::list_path(one) == ask.path)
        {
            self.clock.read(&outlet.id);
        }
        reply
    }

    /// Answers a request as it would be answered so long after the beginning.
    pub fn reply_at(&self, ask: &Ask, told: Duration) -> Reply {
        self.resource(&ask.path, told).map_or_else(Reply::missing, |found| found.reply(ask))
    }

    fn resource(&self, path: &str, told: Duration) -> Option<Resource> {
        if path == "/robots.txt" {
            let body = pages::ROBOTS.as_bytes().to_vec();
            return Some(Resource::fixed("text/plain; charset=utf-8", body, self.settings.started));
        }
        let (id, file) = path.strip_prefix('/')?.split_once('/')?;
        let outlet = self.cast.outlets.iter().find(|outlet| outlet.id == id)?;
        if Self::list_path(outlet) == path {
            return Some(self.list(outlet, told));
        }
        let slug = file.strip_suffix(".html")?;
        let article = self
            .released(told)
            .find(|article| article.outlet == outlet.id && article.slug == slug)?;
        let body = encoded(outlet, pages::article(self, outlet, article));
        Some(Resource::fixed(page_type(outlet), body, self.modified(article)))
    }

    /// When an article was put out; the backlog was there from the start.
    fn modified(&self, article: &Article) -> Timestamp {
        if article.at == 0 {
            return self.settings.started;
        }
        self.moment(self.release_of(article))
    }

    /// The feed or list page of an outlet. Its validators say which articles are out.
    fn list(&self, outlet: &Outlet, told: Duration) -> Resource {
        let mut articles: Vec<&Article> =
            self.released(told).filter(|article| article.outlet == outlet.id).collect();
        articles.reverse();
        let modified = articles.first().map_or(self.settings.started, |one| self.modified(one));
        let state = format!("{}/{}/{}", self.settings.started, outlet.id, articles.len());
        let tag = digest(state.as_bytes());
        articles.truncate(SHOWN);
        let (body, content_type) = match outlet.format {
            Format::Rss2 => {
                (feeds::rss2(self, outlet, &articles), "application/rss+xml; charset=utf-8")
            }
            Format::Rss1 => (feeds::rss1(self, outlet, &articles), "application/rdf+xml"),
            Format::Atom => (
                feeds::atom(self, outlet, &articles, modified),
                "application/atom+xml; charset=utf-8",
            ),
            Format::Json => (feeds::json(self, outlet, &articles), "application/feed+json"),
            Format::Rss2Gb18030 => (feeds::rss2_gb(self, outlet, &articles), "text/xml"),
            Format::List => (
                pages::list(self, outlet, &articles, self.moment(told)),
                "text/html; charset=utf-8",
            ),
        };
        // The list page's relative dates move while its news stands still.
        let weak = if outlet.format == Format::List { "W/" } else { "" };
        Resource {
            content_type,
            etag: format!("{weak}\"{tag}\""),
            modified,
            body: encoded(outlet, body),
        }
    }
}

impl Resource {
    /// For a body that never changes.
    fn fixed(content_type: &'static str, body: Vec<u8>, modified: Timestamp) -> Resource {
        Resource { content_type, etag: format!("\"{}\"", digest(&body)), modified, body }
    }

    fn reply(self, ask: &Ask) -> Reply {
        let etag = if ask.gzip { gzip_variant(&self.etag) } else { self.etag };
        let last_modified = moment::rfc822(self.modified);
        // The tag decides where one is sent, as RFC 9110 has it; both are compared exactly, so
        // that a client that mends what it was given is found out.
        let fresh = match &ask.if_none_match {
            Some(tag) => *tag == etag,
            None => ask.if_modified_since.as_ref() == Some(&last_modified),
        };
        let (status, body) = match (fresh, ask.gzip) {
            (true, _) => (304, Vec::new()),
            (false, true) => (200, gzip(&self.body)),
            (false, false) => (200, self.body),
        };
        Reply {
            status,
            content_type: self.content_type,
            etag: Some(etag),
            last_modified: Some(last_modified),
            gzip: ask.gzip && !fresh,
            body,
        }
    }
}

impl Reply {
    fn missing() -> Reply {
        Reply {
            status: 404,
            content_type: "text/plain; charset=utf-8",
            etag: None,
            last_modified: None,
            gzip: false,
            body: b"no such page\n".to_vec(),
        }
    }
}

/// The bytes of a text in the outlet's encoding.
fn encoded(outlet: &Outlet, text: String) -> Vec<u8> {
    match outlet.format {
        Format::Rss2Gb18030 => encoding_rs::GB18030.encode(&text).0.into_owned(),
        Format::Rss2 | Format::Rss1 | Format::Atom | Format::Json | Format::List => {
            text.into_bytes()
        }
    }
}

/// The GB18030 outlet leaves the charset to the document, as its like do.
fn page_type(outlet: &Outlet) -> &'static str {
    match outlet.format {
        Format::Rss2Gb18030 => "text/html",
        Format::Rss2 | Format::Rss1 | Format::Atom | Format::Json | Format::List => {
            "text/html; charset=utf-8"
        }
    }
}

/// The tag of the compressed form: other bytes, so another tag.
fn gzip_variant(etag: &str) -> String {
    etag.strip_suffix('"').map_or_else(|| etag.into(), |open| format!("{open}-gzip\""))
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder
        .write_all(body)
        .and_then(|()| encoder.finish())
        .expect("writing to memory does not fail")
}

/// Sixteen hexadecimal digits of SHA-256.
fn digest(bytes: &[u8]) -> String {
    joined(Sha256::digest(bytes).iter().take(8), |byte| format!("{byte:02x}"))
}

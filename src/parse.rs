//! Turns a fetched document into entries and articles.
//!
//! # Invariants
//!
//! - Nothing from outside panics, recurses or runs for ever: every size has a named limit, every
//!   reader that is not ours runs behind [`guard`].
//! - One bad entry never loses the others. What was repaired or lost is a named [`Warning`].
//! - An entry's key is stable from poll to poll, whichever reader read it.
//! - No clock: `now` is [`Document::fetched_at`].
//!
//! # Not here
//!
//! Whether an article is news, and of what, is decided in `extract`.

pub mod article;
pub mod charset;
pub mod date;
pub mod discover;
mod entry;
mod error;
mod feed;
pub mod guard;
mod hints;
mod json;
mod lenient;
pub mod opml;
mod page;
mod repair;
mod tags;
pub mod text;
pub mod url;

use crate::domain::Document;
use crate::domain::Entry;
use crate::domain::Source;
use crate::domain::SourceKind;

pub use article::PageText;
pub use article::article;
pub use article::main_text;
pub use error::ParseError;
pub use error::Warning;
pub use hints::Hints;

/// The most entries one document gives.
///
/// Windows of news feeds hold 10 to 100; the longest archives published as one feed hold a few
/// hundred. More is a mistake or an attack.
pub const MAX_ENTRIES: usize = 1_000;

/// What a poll's document says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed {
    /// The feed's or page's own title.
    pub title: Option<String>,
    /// In the document's order.
    pub entries: Vec<Entry>,
    /// What was repaired, lost or left out.
    pub warnings: Vec<Warning>,
    /// What the publisher says about when to poll.
    pub hints: Hints,
}

/// Reads the entries of a polled document, as its source's kind asks.
pub fn entries(doc: &Document, source: &Source) -> Result<Parsed, ParseError> {
    if doc.body.iter().all(u8::is_ascii_whitespace) {
        return Err(ParseError::empty(doc));
    }
    match source.kind {
        SourceKind::Feed => feed::read(doc, source),
        SourceKind::Page => page::read(doc, source),
        SourceKind::Sitemap | SourceKind::Json | SourceKind::Edgar => {
            Err(ParseError::Unsupported { id: source.id.clone(), kind: source.kind })
        }
    }
}

#[cfg(test)]
mod tests;

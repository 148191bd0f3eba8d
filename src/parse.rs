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

mod api;
pub mod article;
pub mod charset;
pub mod date;
pub mod discover;
mod edgar;
mod entry;
mod error;
mod feed;
pub mod guard;
mod hints;
mod json;
mod lenient;
mod markup;
pub mod opml;
mod outlet;
mod page;
mod publisher;
mod repair;
mod sitemap;
mod strict;
mod tags;
#[doc(hidden)]
pub mod targets;
pub mod text;
pub mod url;
pub mod wrapped;
pub mod written;

use ::url::Url;
use jiff::SignedDuration;
use jiff::Timestamp;

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
    /// Documents in which the source goes on, the newest first: of an index of sitemaps.
    pub further: Vec<Further>,
}

/// A document in which a source goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Further {
    /// Absolute.
    pub url: Url,
    /// When it last changed, as the index has it.
    pub modified: Option<String>,
}

/// Reads the entries of a polled document, as its source's kind asks.
pub fn entries(doc: &Document, source: &Source) -> Result<Parsed, ParseError> {
    if doc.body.iter().all(u8::is_ascii_whitespace) {
        return Err(ParseError::empty(doc));
    }
    let mut parsed = match source.kind {
        SourceKind::Feed => feed::read(doc, source),
        SourceKind::Page => page::read(doc, source),
        SourceKind::Sitemap => sitemap::read(doc, source),
        SourceKind::Json => api::read(doc, source),
        SourceKind::Edgar => edgar::read(doc, source),
    }?;
    outlet::strip(&mut parsed, doc, source);
    let is_opaque = |entry: &&Entry| entry.link.as_deref().is_some_and(wrapped::is_opaque);
    let links = parsed.entries.iter().filter(is_opaque).count();
    if links > 0 {
        parsed.warnings.push(Warning::Opaque { links });
    }
    if let Some(days) = source.recipe.max_age_days {
        let oldest = oldest(doc.fetched_at, days);
        parsed
            .entries
            .retain(|entry| entry.published.or(entry.updated).is_none_or(|date| date >= oldest));
    }
    Ok(parsed)
}

/// What is older at `now` than so many days.
fn oldest(now: Timestamp, days: u16) -> Timestamp {
    let age = SignedDuration::from_hours(24 * i64::from(days));
    now.saturating_sub(age).unwrap_or(Timestamp::MIN)
}

/// Reads a feed as it is written, with markup and every link.
pub fn written(doc: &Document, source: &Source) -> Result<written::Written, ParseError> {
    if doc.body.iter().all(u8::is_ascii_whitespace) {
        return Err(ParseError::empty(doc));
    }
    feed::written(doc, source)
}

#[cfg(test)]
mod tests;

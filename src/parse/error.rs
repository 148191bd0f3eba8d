//! What can be wrong with a document, in words that say what to do.

use std::fmt;

use crate::domain::Document;
use crate::domain::SourceId;

use super::guard::Refusal;
use super::text;

/// Why a document gave nothing. URLs are shown without their query, which may hold a token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// No body, or white space alone.
    #[error("{place} answered with an empty body; if it stays so, look for the feed's new address")]
    Empty {
        /// Where it came from.
        place: String,
    },
    /// Over the limit of its kind.
    #[error(
        "{place} sent {bytes} bytes, over the limit of {limit_bytes}; look for a shorter feed of \
         the publisher"
    )]
    TooLarge {
        /// Where it came from.
        place: String,
        /// Its size.
        bytes: usize,
        /// The limit.
        limit_bytes: usize,
    },
    /// A web page where a feed was expected.
    #[error(
        "{place} is a web page{}, not a feed; give the feed's own address{}, or read it with \
         kind = \"page\" and selectors",
        title.as_deref().map(|title| format!(" (`{title}`)")).unwrap_or_default(),
        feed.as_deref().map(|feed| format!(" (the page names {feed})")).unwrap_or_default()
    )]
    WebPage {
        /// Where it came from.
        place: String,
        /// The page's title.
        title: Option<String>,
        /// The feed that the page names.
        feed: Option<String>,
    },
    /// A page that asks whether a person reads it.
    #[error(
        "{place} asks for proof that a person reads it (`{sign}`); the publisher blocks programs \
         here: ask for access or use another source"
    )]
    BotWall {
        /// Where it came from.
        place: String,
        /// The words that show it.
        sign: &'static str,
    },
    /// A page that stands where an article should.
    #[error(
        "{place} shows no article (`{sign}`); its feed's text is kept, and nothing goes around the \
         wall"
    )]
    Walled {
        /// Where it came from.
        place: String,
        /// What shows it.
        sign: &'static str,
    },
    /// None of the formats.
    #[error("{place} is neither RSS, Atom nor JSON Feed; it starts with `{start}`")]
    NoFeed {
        /// Where it came from.
        place: String,
        /// The first characters.
        start: String,
    },
    /// A feed of which no entry can be read.
    #[error("{place} is a broken feed: {reason}; no entry could be read")]
    Malformed {
        /// Where it came from.
        place: String,
        /// What the readers said.
        reason: String,
    },
    /// Something else than a sitemap.
    #[error("{place} is no sitemap; it starts with `{start}`")]
    NoSitemap {
        /// Where it came from.
        place: String,
        /// The first characters.
        start: String,
    },
    /// An API's source without paths.
    #[error("source `{id}` has kind `json` and no paths; add `json.items` and `json.title`")]
    NoPaths {
        /// The source.
        id: SourceId,
    },
    /// Not a path.
    #[error("source `{id}`: {reason}")]
    BadPath {
        /// The source.
        id: SourceId,
        /// Which, and what is wrong with it.
        reason: String,
    },
    /// An API's answer that is no JSON.
    #[error(
        "{place} answered with something else than JSON ({reason}); it starts with `{start}`: \
         read what it says, and check address and request"
    )]
    NotJson {
        /// Where it came from.
        place: String,
        /// What the reader said.
        reason: String,
        /// The first characters.
        start: String,
    },
    /// A path that leads nowhere.
    #[error(
        "{place}: path `{path}` for {part} matched nothing; it is an error, or the API was \
         changed: the answer starts with `{start}`"
    )]
    NothingAt {
        /// Where it came from.
        place: String,
        /// The key of the path.
        part: &'static str,
        /// As configured.
        path: String,
        /// The first characters.
        start: String,
    },
    /// A page source without selectors.
    #[error("source `{id}` has kind `page` and no selectors; add at least `selectors.item`")]
    NoSelectors {
        /// The source.
        id: SourceId,
    },
    /// Not a CSS selector.
    #[error("source `{id}`: `{selector}` is no CSS selector: {reason}")]
    BadSelector {
        /// The source.
        id: SourceId,
        /// As configured.
        selector: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A selector that finds nothing.
    #[error(
        "{place}: selector `{selector}` for {part} matched nothing; the page was rebuilt, or it \
         is filled by script"
    )]
    NothingMatched {
        /// Where it came from.
        place: String,
        /// The key of the selector.
        part: &'static str,
        /// As configured.
        selector: String,
    },
    /// Refused before an HTML parser saw it.
    #[error("{place} was not parsed: {refusal}")]
    Refused {
        /// Where it came from.
        place: String,
        /// Which guard refused it.
        refusal: Refusal,
    },
    /// A page without a main text.
    #[error("{place} has no main text; the page may be filled by script or be a list")]
    NoText {
        /// Where it came from.
        place: String,
    },
}

impl ParseError {
    pub(super) fn empty(doc: &Document) -> ParseError {
        ParseError::Empty { place: place(&doc.final_url) }
    }

    pub(super) fn refused(doc: &Document, refusal: Refusal) -> ParseError {
        ParseError::Refused { place: place(&doc.final_url), refusal }
    }
}

pub(super) use crate::domain::place;

/// The first words of a text, for messages.
pub(super) fn start(text: &str) -> String {
    /// Enough for the words of an error.
    const CHARS: usize = 120;
    let head: String = text.chars().take(4 * CHARS).collect();
    let head =
        if head.trim_start().starts_with('<') { text::line(&head) } else { text::clean(&head) };
    head.replace('\n', " ").chars().take(CHARS).collect()
}

/// What was repaired, lost or left out of a document that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// The text was no XML and was made so.
    Repaired {
        /// What was repaired.
        what: &'static str,
    },
    /// Our own reader read it.
    Lenient {
        /// Why the strict one did not.
        reason: String,
    },
    /// The document ends in the middle of an entry, which is left out until it is whole.
    Truncated,
    /// Entries that the document has and no reader could read.
    Lost {
        /// In the document.
        found: usize,
        /// Read.
        kept: usize,
        /// Which are not, in words.
        why: String,
    },
    /// Entries whose dates are refused.
    Undated {
        /// How many.
        entries: usize,
        /// The first of them, as printed.
        date: String,
        /// Why it is refused.
        reason: &'static str,
    },
    /// More than [`super::MAX_ENTRIES`].
    TooMany {
        /// In the document.
        found: usize,
        /// Read.
        kept: usize,
    },
    /// Byte sequences that are no text in the document's encoding.
    Undecodable {
        /// How many.
        sequences: usize,
        /// What it was read as.
        encoding: &'static str,
    },
    /// Links through somebody who alone knows where they lead.
    Opaque {
        /// How many.
        links: usize,
    },
    /// Items of a list without title or link.
    Skipped {
        /// How many.
        items: usize,
    },
    /// A feed without entries.
    NoEntries,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repaired { what } => write!(f, "repaired: {what}"),
            Self::Lenient { reason } => write!(f, "read by the lenient reader: {reason}"),
            Self::Truncated => {
                f.write_str("cut off in the middle of an entry, which waits for the next poll")
            }
            Self::Lost { found, kept, why } => {
                write!(f, "{kept} of {found} entries could be read: {why}")
            }
            Self::Undated { entries, date, reason } => write!(
                f,
                "the date of {} is not read: `{date}` {reason}",
                crate::domain::measure::count(*entries, "entry").replace("entrys", "entries")
            ),
            Self::TooMany { found, kept } => {
                write!(f, "{found} entries, of which the first {kept} are read")
            }
            Self::Undecodable { sequences, encoding } => {
                write!(f, "{sequences} byte sequences are no text in {encoding}")
            }
            Self::Opaque { links } => {
                write!(f, "{links} links lead through a search engine and cannot be followed")
            }
            Self::Skipped { items } => {
                write!(f, "{items} items without title or link are left out")
            }
            Self::NoEntries => f.write_str(
                "a feed without entries; if it stays so, look for the feed's new address",
            ),
        }
    }
}

//! What a feed delivers, and the normalised article made of it.

use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;

use super::SourceId;
use super::kind::words;

words!(
    /// The language of a text.
    Lang, "language" {
        /// English.
        En = "en",
        /// Chinese, simplified or traditional.
        Zh = "zh",
    }
);

words!(
    /// How much of the article the text is.
    TextKind, "kind of text" {
        /// A title, or a title and a sentence or two.
        Stub = "stub",
        /// The main text.
        Full = "full",
    }
);

/// Whose news an article repeats: the outlet that an aggregator names, and the agency or outlet
/// that the text itself names before that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publisher {
    /// An agency in one spelling, others as printed.
    pub name: String,
    /// The host of the outlet that an aggregator repeats, without `www.` and the like.
    pub site: Option<String>,
}

impl Publisher {
    /// The publisher of a text that says it is `origin`'s, delivered as `outlet`'s.
    pub fn of(outlet: Option<Publisher>, origin: Option<String>) -> Option<Publisher> {
        match origin {
            Some(name) => Some(Publisher { name, site: outlet.and_then(|outlet| outlet.site) }),
            None => outlet,
        }
    }
}

/// One entry as a feed or list page delivers it; texts are plain, URLs absolute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Stable inside the source: guid as given, else the canonical link, else a hash of title and
    /// date. Never random.
    pub key: String,
    /// The article's page.
    pub link: Option<String>,
    /// Plain text.
    pub title: String,
    /// Plain text; the longest the entry has.
    pub text: String,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
    /// As printed.
    pub author: Option<String>,
    /// Whose news it is, if the source repeats somebody else.
    pub publisher: Option<Publisher>,
}

/// A normalised news article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The source.
    pub source: SourceId,
    /// Stable inside the source; see [`Entry::key`].
    pub key: String,
    /// As delivered, absolute.
    pub url: Option<String>,
    /// Without tracking parameters and the like: the same page has the same one.
    pub canonical_url: Option<String>,
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub text: String,
    /// How much of the article the text is.
    pub text_kind: TextKind,
    /// The text's language.
    pub lang: Lang,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// As printed.
    pub author: Option<String>,
    /// Whose news it is, if the source repeats somebody else.
    pub publisher: Option<Publisher>,
}

impl Article {
    /// What evidence spans count in: title, a line feed, the text.
    pub fn full_text(&self) -> String {
        format!("{}\n{}", self.title, self.text)
    }
}

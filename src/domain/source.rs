//! A configured source.

use serde::Deserialize;
use serde::Serialize;
use url::Url;

use super::Lang;
use super::Recipe;
use super::SourceId;
use super::kind::words;

words!(
    /// How a source is read.
    SourceKind, "kind of source" {
        /// RSS, Atom or JSON Feed.
        Feed = "feed",
        /// A list page, by CSS selectors.
        Page = "page",
        /// A news sitemap.
        Sitemap = "sitemap",
        /// A JSON API.
        Json = "json",
        /// SEC filings.
        Edgar = "edgar",
    }
);

words!(
    /// Who speaks; the order is the order of trust.
    SourceClass, "class of source" {
        /// A regulator's or exchange's filing.
        Filing = "filing",
        /// The company itself.
        Company = "company",
        /// A news agency or press-release wire.
        Wire = "wire",
        /// A newsroom.
        Media = "media",
        /// Somebody who repeats others.
        Aggregator = "aggregator",
    }
);

/// Where the parts of an item stand on a list page, as CSS selectors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selectors {
    /// One item.
    pub item: String,
    /// Inside the item; the item itself when absent.
    pub title: Option<String>,
    /// Inside the item, the element with `href`; the title's when absent.
    pub link: Option<String>,
    /// Inside the item.
    pub date: Option<String>,
    /// Inside the item.
    pub summary: Option<String>,
}

impl Selectors {
    /// The CSS selector of a part, and the attribute that is read instead of the text:
    /// `a.more@href`.
    pub fn split(part: &str) -> (&str, Option<&str>) {
        let is_name = |name: &str| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        match part.rsplit_once('@') {
            Some((css, name)) if is_name(name) => (css, Some(name)),
            _ => (part, None),
        }
    }
}

/// A source that is polled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Unique.
    pub id: SourceId,
    /// For people.
    pub name: String,
    /// How it is read.
    pub kind: SourceKind,
    /// What is asked for.
    pub url: Url,
    /// Its main language.
    pub language: Option<Lang>,
    /// ISO 3166 alpha-2.
    pub country: Option<String>,
    /// Who speaks.
    pub class: SourceClass,
    /// Our own default between two polls; a server's wishes can only lengthen it.
    pub every_secs: u32,
    /// Not polled when false.
    pub enabled: bool,
    /// For dates without a zone: minutes east of Greenwich. `None` refuses such dates.
    pub utc_offset_minutes: Option<i16>,
    /// It is on this machine or in the operator's own network: addresses that are not public are
    /// asked for it.
    pub allow_private: bool,
    /// For `page`.
    pub selectors: Option<Selectors>,
    /// For people: quirks, access.
    pub notes: Option<String>,
    /// How it is asked and read, beyond the ordinary.
    pub recipe: Recipe,
}

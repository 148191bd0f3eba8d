//! A feed as its publisher wrote it: markup, every link, every text.
//!
//! The product keeps less ([`crate::domain::Entry`]); this is what the readers agree on before,
//! and what a reader is measured by.

use std::borrow::Cow;
use std::sync::Arc;

use ::url::Url;
use jiff::Timestamp;

use crate::domain::Publisher;

use super::Hints;
use super::Warning;
use super::entry::Found;
use super::markup;

/// A text, with the address that its relative links are relative to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// HTML, or plain text.
    pub markup: String,
    /// From `xml:base`, else the document's address.
    pub base: Arc<Url>,
}

impl Text {
    /// The markup with every address made absolute.
    pub fn absolute(&self) -> Cow<'_, str> {
        markup::absolute(&self.markup, &self.base)
    }
}

/// An address that a feed or entry names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// `alternate` if nothing is said.
    pub rel: String,
    /// Absolute.
    pub href: String,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// guid, `atom:id` or `rdf:about`, as given.
    pub id: Option<String>,
    /// The publisher says that the id is no address of a page.
    pub id_is_no_page: bool,
    /// In the document's order.
    pub links: Vec<Link>,
    /// The title.
    pub title: Option<Text>,
    /// Summary or description.
    pub summary: Option<Text>,
    /// The whole text, where the entry has one beside its summary.
    pub content: Option<Text>,
    /// Other texts: of media, of podcasts.
    pub others: Vec<Text>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
    /// As printed.
    pub author: Option<String>,
    /// The outlet that an aggregator names.
    pub publisher: Option<Publisher>,
    /// A date as printed, where none could be read.
    pub refused: Option<String>,
}

/// The feed itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Channel {
    /// Its id.
    pub id: Option<String>,
    /// In the document's order.
    pub links: Vec<Link>,
    /// Its title.
    pub title: Option<Text>,
    /// Its subtitle or description.
    pub summary: Option<Text>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
}

/// A whole feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// The feed itself.
    pub channel: Channel,
    /// In the document's order.
    pub items: Vec<Item>,
    /// How many the document has; those over [`super::MAX_ENTRIES`] are not read.
    pub count: usize,
    /// What was repaired or lost.
    pub warnings: Vec<Warning>,
    /// What the publisher says about when to poll.
    pub hints: Hints,
}

/// The first link to the page itself.
pub(super) fn alternate(links: &[Link]) -> Option<&str> {
    links.iter().find(|link| link.rel == "alternate").map(|link| link.href.as_str())
}

impl Item {
    /// The entry's page: the first alternate link, else the id if it is an address.
    pub fn link(&self) -> Option<&str> {
        let id = self.id.as_deref().filter(|_| !self.id_is_no_page).map(str::trim);
        alternate(&self.links)
            .or_else(|| id.filter(|id| id.starts_with("http://") || id.starts_with("https://")))
    }
}

impl Channel {
    /// The feed's page.
    pub fn link(&self) -> Option<&str> {
        alternate(&self.links)
    }
}

impl From<Item> for Found {
    fn from(item: Item) -> Found {
        let link = item.link().map(str::to_owned);
        let texts = [item.summary, item.content].into_iter().flatten().chain(item.others);
        Found {
            id: item.id,
            link,
            title: item.title.map(|title| title.markup).unwrap_or_default(),
            bodies: texts.map(|text| text.markup).collect(),
            published: item.published,
            updated: item.updated,
            author: item.author,
            publisher: item.publisher,
            refused: item.refused,
        }
    }
}

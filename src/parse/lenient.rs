//! Our own reader of feeds: takes every complete entry out of a text that may be no XML.
//!
//! It works on slices between tags, not on a tree: a wrong end tag spoils one field of one entry.
//! It also reads the dialects that the strict reader loses: RSS 1.0 by `rdf:about`, Atom 0.3,
//! markup that stands unescaped in a text.

mod channel;
mod fields;
mod item;
mod scope;
mod texts;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::domain::Document;
use crate::domain::Source;

use super::MAX_ENTRIES;
use super::tags::Kind;
use super::tags::local;
use super::tags::next_tag;
use super::written::Channel;
use super::written::Item;

/// Where the entries of a document stand.
#[derive(Debug, Default)]
pub(super) struct Items {
    /// From the start tag's `<` to before the end tag.
    pub entries: Vec<Range<usize>>,
    /// Where the entry starts that the text ends inside of.
    pub unfinished: Option<usize>,
    /// How deep elements are nested, or more: a missing end tag counts.
    pub depth: usize,
    /// The root element ends, so that nothing is missing.
    pub closed: bool,
}

/// The deepest nesting that the strict reader, which may recurse, is given. Feeds have under 20.
const MAX_NESTING: usize = 256;

const ENTRIES: &[&str] = &["item", "entry"];
const ROOTS: &[&str] = &["channel", "rss", "feed", "RDF"];

/// Why a document is better read here than by the strict reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A dialect that the strict reader reads wrongly.
    Dialect,
    /// Damage that it silently loses text over.
    Damage(&'static str),
}

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("a constant pattern"));
    };
}

pattern!(
    DIALECT,
    r#"^<(?:[\w.-]+:)?RDF|^<feed\s[^>]*(?:purl\.org/atom/ns#|version\s*=\s*["']0)|^<\w+:"#
);
pattern!(INLINE_MARKUP, r"<(?:description|title)>[^<]*<[A-Za-z]");

/// Whether this reader is to read before the strict one; `text` starts with its root element.
pub(super) fn wanted(text: &str, head: &str, items: &Items) -> Option<Wanted> {
    if items.depth > MAX_NESTING {
        return Some(Wanted::Damage("elements are nested too deep"));
    }
    if DIALECT.is_match(head) {
        return Some(Wanted::Dialect);
    }
    let rss = text.starts_with("<rss");
    (rss && INLINE_MARKUP.is_match(text))
        .then_some(Wanted::Damage("markup stands unescaped in a text"))
}

/// Finds the entries. One that is still open where the next begins ends there.
pub(super) fn items(text: &str) -> Items {
    let mut items = Items::default();
    let mut open: Option<usize> = None;
    let mut at = 0;
    let mut depth = 0_usize;
    while let Some(tag) = next_tag(text, at) {
        let name = local(tag.name);
        at = tag.end;
        let is = |names: &[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
        match tag.kind {
            Kind::Start => depth += 1,
            Kind::End => depth = depth.saturating_sub(1),
            Kind::Empty => {}
        }
        items.depth = items.depth.max(depth);
        match tag.kind {
            Kind::Start if is(ENTRIES) => {
                items.entries.extend(open.replace(tag.start).map(|start| start..tag.start));
            }
            Kind::Empty if is(ENTRIES) => items.entries.push(tag.start..tag.end),
            Kind::End if is(ENTRIES) => {
                items.entries.extend(open.take().map(|start| start..tag.start));
            }
            Kind::End if is(ROOTS) => items.closed = true,
            Kind::Start | Kind::Empty | Kind::End => {}
        }
    }
    items.closed |= ends_in_end_tag(text);
    match open {
        Some(start) if items.closed => items.entries.push(start..text.len()),
        unfinished => items.unfinished = unfinished,
    }
    items
}

/// Whether the text was cut off inside the last end tag of all.
fn ends_in_end_tag(text: &str) -> bool {
    let tail = text.trim_end().rsplit("</").next().unwrap_or_default();
    tail.len() < text.trim_end().len() && ROOTS.iter().any(|root| root.eq_ignore_ascii_case(tail))
}

/// Reads the feed and every entry of `items`.
pub(super) fn read(
    text: &str,
    items: &Items,
    doc: &Document,
    source: &Source,
) -> (Channel, Vec<Item>) {
    let offset = source.utc_offset_minutes;
    let (channel, scope) = channel::read(text, items, &doc.final_url, offset);
    let slices = items.entries.iter().take(MAX_ENTRIES);
    let slices = slices.filter_map(|range| text.get(range.clone()));
    let items = slices.map(|slice| item::read(slice, &scope, offset)).collect();
    (channel, items)
}

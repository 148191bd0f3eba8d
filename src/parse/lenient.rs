//! Our own reader of feeds: takes every complete entry out of a text that may be no XML.
//!
//! It works on slices between tags, not on a tree: a wrong end tag spoils one field of one entry.
//! It also reads the dialects that the strict reader loses: RSS 1.0 by `rdf:about`, Atom 0.3,
//! markup that stands unescaped in a text.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use ::url::Url;
use regex::Regex;

use crate::domain::Document;
use crate::domain::Source;

use super::MAX_ENTRIES;
use super::date;
use super::entry::Found;
use super::feed::Read;
use super::tags::Kind;
use super::tags::Tag;
use super::tags::attribute;
use super::tags::content;
use super::tags::local;
use super::tags::next_tag;
use super::tags::prefix;
use super::text;
use super::url;

/// Elements of one entry that are looked at; real entries have under 40. Bounds the work on an
/// entry whose elements never end.
const MAX_FIELDS: usize = 100;

/// After so many elements without end tag in one entry no more are searched for: each search
/// reads the whole entry.
const MAX_UNCLOSED: usize = 8;

/// Where the entries of a document stand.
#[derive(Debug, Default)]
pub(super) struct Items {
    /// From the start tag's `<` to before the end tag.
    pub entries: Vec<Range<usize>>,
    /// The text ends inside an entry.
    pub truncated: bool,
}

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
pattern!(HEAD_TITLE, r"(?s)<(?:\w+:)?title(?:\s[^>]*)?>(.*?)</(?:\w+:)?title");

/// Whether this reader is to read before the strict one; `text` starts with its root element.
pub(super) fn wanted(text: &str, head: &str) -> Option<Wanted> {
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
    let mut root_closed = false;
    let mut at = 0;
    while let Some(tag) = next_tag(text, at) {
        let name = local(tag.name);
        at = tag.end;
        match (tag.kind, name) {
            (Kind::Start, "item" | "entry") => {
                items.entries.extend(open.replace(tag.start).map(|start| start..tag.start));
            }
            (Kind::Empty, "item" | "entry") => items.entries.push(tag.start..tag.end),
            (Kind::End, "item" | "entry") => {
                items.entries.extend(open.take().map(|start| start..tag.start));
            }
            (Kind::End, "channel" | "rss" | "feed" | "RDF") => root_closed = true,
            _ => {}
        }
    }
    match open {
        Some(start) if root_closed => items.entries.push(start..text.len()),
        Some(_) => items.truncated = true,
        None => {}
    }
    items
}

/// Reads every entry of `items`; `head` is the text before the first.
pub(super) fn read(text: &str, items: &Items, head: &str, doc: &Document, source: &Source) -> Read {
    let title = HEAD_TITLE.captures(head).and_then(|found| found.get(1));
    let base = next_tag(head, 0)
        .and_then(|root| attribute(root.attributes, "xml:base"))
        .and_then(|base| url::absolute(&doc.final_url, &base))
        .unwrap_or_else(|| doc.final_url.clone());
    let slices = items.entries.iter().take(MAX_ENTRIES);
    let found = slices
        .filter_map(|range| text.get(range.clone()))
        .map(|slice| entry(slice, &base, source.utc_offset_minutes))
        .collect();
    Read { title: title.map(|title| content(title.as_str())), found }
}

/// Fills the fields that the strict reader left empty: it knows neither a link of Atom inside RSS
/// nor some names of dates and texts.
pub(super) fn completed(
    mut strict: Read,
    text: &str,
    items: &Items,
    head: &str,
    doc: &Document,
    source: &Source,
) -> Read {
    let same = strict.found.len() == items.entries.len();
    let is_lacking = |found: &Found| {
        found.link.is_none()
            || found.title.is_empty()
            || found.bodies.is_empty()
            || found.published.or(found.updated).is_none()
    };
    if !same || !strict.found.iter().any(is_lacking) {
        return strict;
    }
    let ours = read(text, items, head, doc, source);
    for (found, ours) in strict.found.iter_mut().zip(ours.found) {
        fill(found, ours);
    }
    strict
}

fn fill(found: &mut Found, ours: Found) {
    found.link = found.link.take().or(ours.link);
    found.author = found.author.take().or(ours.author);
    if found.title.is_empty() {
        found.title = ours.title;
    }
    if found.bodies.is_empty() {
        found.bodies = ours.bodies;
    }
    if found.published.or(found.updated).is_none() {
        (found.published, found.updated) = (ours.published, ours.updated);
    }
}

fn entry(slice: &str, base: &Url, offset_minutes: Option<i16>) -> Found {
    let Some(start) = next_tag(slice, 0) else {
        return Found::default();
    };
    let base = attribute(start.attributes, "xml:base")
        .and_then(|own| url::absolute(base, &own))
        .unwrap_or_else(|| base.clone());
    let inside = slice.get(start.end..).unwrap_or_default();
    let mut found = Found::default();
    let about = attribute(start.attributes, "rdf:about").map(Cow::into_owned);
    for field in fields(inside) {
        take(&mut found, &field, &base, offset_minutes);
    }
    found.id = found.id.or(about);
    found
}

/// Puts a field where it belongs. The first of a kind wins, except that bodies are all kept.
fn take(found: &mut Found, field: &Field<'_>, base: &Url, offset_minutes: Option<i16>) {
    let value = || content(field.value);
    let date = || date::parse(&text::line(&value()), offset_minutes);
    match (prefix(field.name), local(field.name)) {
        ("media" | "itunes", "title") | ("", "header") if found.title.is_empty() => {
            found.title = value();
        }
        ("media", "group") => {
            for inner in fields(field.value).filter(|inner| local(inner.name) != "group") {
                take(found, &inner, base, offset_minutes);
            }
        }
        ("media", "description") | ("itunes", "summary") => found.bodies.push(value()),
        ("itunes", "author") if found.author.is_none() => found.author = Some(value()),
        ("media" | "itunes" | "podcast" | "source" | "georss" | "thr" | "slash" | "wfw", _) => {}
        (_, "title") if found.title.is_empty() => found.title = value(),
        (_, "link") if found.link.is_none() => found.link = link(field, base),
        (_, "guid" | "id" | "identifier") if found.id.is_none() => found.id = Some(value()),
        (_, "description" | "summary" | "encoded" | "content" | "body" | "fullitem") => {
            found.bodies.push(value());
        }
        (_, "pubDate" | "pubdate" | "published" | "issued" | "date" | "created" | "available") => {
            found.published = found.published.or_else(date);
        }
        (_, "updated" | "modified") => found.updated = found.updated.or_else(date),
        (_, "author" | "creator") if found.author.is_none() => {
            found.author = Some(author(field));
        }
        _ => {}
    }
}

/// The address of a `link`: its text, or its `href` if it leads to the page itself.
fn link(field: &Field<'_>, base: &Url) -> Option<String> {
    let inside = text::line(&content(field.value));
    if !inside.is_empty() {
        return url::absolute(base, &inside).map(String::from);
    }
    let rel = attribute(field.attributes, "rel");
    if rel.is_some_and(|rel| rel != "alternate") {
        return None;
    }
    let href = attribute(field.attributes, "href")?;
    url::absolute(base, &href).map(String::from)
}

/// Atom's `name` inside the author, else its text.
fn author(field: &Field<'_>) -> String {
    let named = fields(field.value).find(|inner| local(inner.name) == "name");
    content(named.map_or(field.value, |name| name.value))
}

/// An element inside an entry.
struct Field<'a> {
    name: &'a str,
    attributes: &'a str,
    /// What stands between its tags, as it stands.
    value: &'a str,
}

/// The elements of `inside`, one level deep. One without end tag ends at the next tag.
fn fields(inside: &str) -> impl Iterator<Item = Field<'_>> {
    let mut at = 0;
    let mut unclosed = 0;
    std::iter::from_fn(move || {
        loop {
            let tag = next_tag(inside, at)?;
            at = tag.end;
            let value = match tag.kind {
                Kind::End => continue,
                Kind::Empty => "",
                Kind::Start => {
                    let found = if unclosed < MAX_UNCLOSED { close(inside, &tag) } else { None };
                    unclosed += usize::from(found.is_none());
                    let (end, after) = found.unwrap_or_else(|| {
                        let next = next_tag(inside, tag.end).map_or(inside.len(), |tag| tag.start);
                        (next, next)
                    });
                    at = after;
                    inside.get(tag.end..end).unwrap_or_default()
                }
            };
            return Some(Field { name: tag.name, attributes: tag.attributes, value });
        }
    })
    .take(MAX_FIELDS)
}

/// Where the element that `start` opens ends, and where the text goes on behind it.
/// `None` if its end tag is missing.
fn close(text: &str, start: &Tag<'_>) -> Option<(usize, usize)> {
    let mut depth = 0_usize;
    let mut at = start.end;
    while let Some(tag) = next_tag(text, at) {
        at = tag.end;
        if tag.name != start.name {
            continue;
        }
        match tag.kind {
            Kind::Start => depth += 1,
            Kind::End if depth == 0 => return Some((tag.start, tag.end)),
            Kind::End => depth -= 1,
            Kind::Empty => {}
        }
    }
    None
}

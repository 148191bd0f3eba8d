//! Feeds: which reader reads them, and what is said of a document that is none.
//!
//! feed-rs ([`super::strict`]) reads text that is decoded and repaired here. It loses a whole feed
//! over one odd element and drops fields silently, so [`super::lenient`] reads the same text: what
//! the one lacks, the other has.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::Document;
use crate::domain::Source;

use super::MAX_ENTRIES;
use super::ParseError;
use super::Parsed;
use super::Warning;
use super::charset;
use super::charset::Markup;
use super::date;
use super::entry;
use super::entry::Found;
use super::error::place;
use super::hints;
use super::json;
use super::lenient;
use super::publisher;
use super::repair;
use super::strict;
use super::tags;
use super::text;
use super::written::Written;

/// The largest feed. Of real ones 90 % are under 70 KB; whole archives reach 2 MB.
pub(super) const MAX_FEED_BYTES: usize = 8 * 1024 * 1024;

/// A document's entries before they are finished.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub title: Option<String>,
    pub found: Vec<Found>,
}

/// Reads a feed and makes its entries.
pub(super) fn read(doc: &Document, source: &Source) -> Result<Parsed, ParseError> {
    let Written { channel, items, count, warnings, hints } = written(doc, source)?;
    let title = channel.title.map(|title| title.markup);
    let found = items.into_iter().map(Found::from).collect();
    let mut parsed =
        parsed(Read { title, found }, count, hints, warnings, doc, source.utc_offset_minutes);
    if parsed.entries.is_empty() {
        parsed.warnings.push(Warning::NoEntries);
    }
    Ok(parsed)
}

/// Finishes what a reader found; `count` is how many entries the document has.
pub(super) fn parsed(
    mut read: Read,
    count: usize,
    hints: hints::Hints,
    mut warnings: Vec<Warning>,
    doc: &Document,
    offset_minutes: Option<i16>,
) -> Parsed {
    read.found.truncate(MAX_ENTRIES);
    warnings.extend(undated(&read.found, offset_minutes));
    let (entries, lost) = entry::finish(read.found, doc);
    let kept = entries.len();
    if count > MAX_ENTRIES {
        warnings.push(Warning::TooMany { found: count, kept: MAX_ENTRIES });
    } else if kept < count {
        warnings.push(Warning::Lost { found: count, kept, why: why(&lost) });
    }
    let title = read.title.map(|title| text::line(&title)).filter(|title| !title.is_empty());
    Parsed { title, entries, warnings, hints, further: Vec::new() }
}

/// Why entries are left out: of the first few.
fn why(lost: &[String]) -> String {
    const TOLD: usize = 3;
    let mut words = lost.iter().take(TOLD).cloned().collect::<Vec<_>>();
    words
        .extend(lost.len().checked_sub(TOLD).filter(|more| *more > 0).map(|n| format!("{n} more")));
    if words.is_empty() { "the others are damaged".to_owned() } else { words.join(", ") }
}

/// The entries whose dates could not be read, and why that of the first.
fn undated(found: &[Found], offset_minutes: Option<i16>) -> Option<Warning> {
    let has_none = |found: &&Found| found.published.is_none() && found.updated.is_none();
    let mut refused = found.iter().filter(has_none).filter_map(|found| found.refused.as_ref());
    let first = refused.next()?;
    let reason = date::refusal(first, offset_minutes);
    let date: String = first.chars().take(60).collect();
    Some(Warning::Undated { entries: 1 + refused.count(), date, reason })
}

/// The date that an entry of a feed prints.
fn printed(slice: &str) -> Option<String> {
    const NAMES: [&str; 7] =
        ["pubDate", "published", "date", "issued", "updated", "modified", "created"];
    let mut at = 0;
    while let Some(tag) = tags::next_tag(slice, at) {
        at = tag.end;
        let is_date = NAMES.iter().any(|name| tags::local(tag.name).eq_ignore_ascii_case(name));
        if tag.kind == tags::Kind::Start && is_date {
            let end = tags::next_tag(slice, tag.end).map_or(slice.len(), |next| next.start);
            let date = tags::content(slice.get(tag.end..end).unwrap_or_default());
            return Some(text::line(&date)).filter(|date| !date.is_empty());
        }
    }
    None
}

/// Reads a feed as it is written.
pub(super) fn written(doc: &Document, source: &Source) -> Result<Written, ParseError> {
    let bytes = doc.body.len();
    if bytes > MAX_FEED_BYTES {
        let place = place(&doc.final_url);
        return Err(ParseError::TooLarge { place, bytes, limit_bytes: MAX_FEED_BYTES });
    }
    let host = doc.final_url.host_str();
    let decoded = charset::decode(&doc.body, doc.content_type.as_deref(), Markup::Xml, host);
    let mut written = match shape(&decoded.text) {
        Shape::Json => json::read(&decoded.text, doc, source)?,
        Shape::Xml => xml(&decoded.text, doc, source)?,
        Shape::Html => return Err(web_page(&decoded.text, doc)),
        Shape::Other => return Err(no_feed(&decoded.text, doc)),
    };
    if decoded.replaced > 0 {
        let (sequences, encoding) = (decoded.replaced, decoded.encoding);
        written.warnings.push(Warning::Undecodable { sequences, encoding });
    }
    if decoded.twice {
        written.warnings.push(Warning::Repaired { what: "UTF-8 that was encoded twice" });
    }
    Ok(written)
}

static DOCTYPE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^\s*<!doctype\s+html").expect("constant"));

enum Shape {
    Xml,
    Json,
    Html,
    Other,
}

static HTML: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)<(?:html|head|body)[\s>]").expect("constant"));

fn shape(text: &str) -> Shape {
    let html = HTML.find(text).map(|html| html.start());
    match repair::root(text) {
        _ if json::body(text).starts_with('{') => Shape::Json,
        Some(root) if html.is_none_or(|html| root < html) => Shape::Xml,
        _ if html.is_some() || DOCTYPE.is_match(text) => Shape::Html,
        _ => Shape::Other,
    }
}

/// Both readers read; what ours found leads, so that an entry's id, link and texts are the same
/// whether or not the strict reader accepts the document at this poll.
fn xml(text: &str, doc: &Document, source: &Source) -> Result<Written, ParseError> {
    let repaired = repair::repair(text);
    let items = lenient::items(&repaired.text);
    let head_end = items.entries.first().map_or(repaired.text.len(), |item| item.start);
    let head = repaired.text.get(..head_end).unwrap_or_default();
    let mut warnings: Vec<_> =
        repaired.done.iter().map(|what| Warning::Repaired { what }).collect();
    if items.unfinished.is_some() {
        warnings.push(Warning::Truncated);
    }
    let (channel, ours) = lenient::read(&repaired.text, &items, doc, source);
    let strict = match lenient::wanted(&repaired.text, head, &items) {
        // Old dialects are no fault of the publisher: no warning.
        Some(lenient::Wanted::Dialect) => Err(None),
        Some(lenient::Wanted::Damage(reason)) => Err(Some(reason.to_owned())),
        None => strict::read(&repaired.text, doc, source).map_err(Some),
    };
    let items_found = items.entries.len();
    let (mut read, reason) = match strict {
        Ok(strict) => strict::completed(ours, strict),
        Err(reason) => (ours, reason),
    };
    if read.is_empty()
        && let Some(reason) = hopeless(&items)
    {
        return Err(ParseError::Malformed { place: place(&doc.final_url), reason });
    }
    warnings.extend(reason.map(|reason| Warning::Lenient { reason }));
    publisher::note(&mut read, &repaired.text, &items.entries);
    if read.len() == items.entries.len() {
        let undated = read.iter_mut().zip(&items.entries);
        for (item, range) in undated.filter(|(item, _)| item.published.or(item.updated).is_none()) {
            item.refused = repaired.text.get(range.clone()).and_then(printed);
        }
    }
    let count = items_found.max(read.len());
    Ok(Written { channel, items: read, count, warnings, hints: hints::read(head) })
}

/// Why a document without any entry is broken, and not only empty.
fn hopeless(items: &lenient::Items) -> Option<String> {
    let place = match (items.unfinished, items.closed) {
        (Some(_), _) => "the end of its first entry",
        (None, false) => "its first entry",
        (None, true) => return None,
    };
    Some(format!("it is cut off before {place}"))
}

/// Signs of a page that asks whether a person reads it, in lower case.
pub(super) const BOT_SIGNS: &[&str] = &[
    "just a moment...",
    "cf-browser-verification",
    "challenge-platform",
    "verify you are human",
    "verifying you are human",
    "are you a robot",
    "enable javascript and cookies",
    "unusual traffic",
    "captcha-delivery",
    "_incapsula_",
    "ddos-guard",
    "access denied",
    "undeclared automated tool",
    "安全验证",
    "人机验证",
    "滑动验证",
    "请完成验证",
    "访问过于频繁",
    "acw_sc__v2",
];

/// How far into a page the signs are looked for.
const SIGNS_CHARS: usize = 40_000;

/// The sign of a bot wall in a page, if it has one.
pub(super) fn bot_sign(text: &str) -> Option<&'static str> {
    let head: String = text.chars().take(SIGNS_CHARS).flat_map(char::to_lowercase).collect();
    BOT_SIGNS.iter().copied().find(|sign| head.contains(sign))
}

static TITLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?is)<title[^>]*>(.*?)</title").expect("constant"));
static ALTERNATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)<link\s[^>]*application/(?:rss\+xml|atom\+xml|feed\+json)[^>]*>")
        .expect("constant")
});
static HREF: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(?i)\shref\s*=\s*["']?([^"'\s>]+)"#).expect("constant"));

/// Refuses what is no feed in XML.
pub(super) fn xml_only(text: &str, doc: &Document) -> Result<(), ParseError> {
    match shape(text) {
        Shape::Xml => Ok(()),
        Shape::Html => Err(web_page(text, doc)),
        Shape::Json | Shape::Other => Err(no_feed(text, doc)),
    }
}

fn web_page(html: &str, doc: &Document) -> ParseError {
    let place = place(&doc.final_url);
    let feed = ALTERNATE
        .find(html)
        .and_then(|link| HREF.captures(link.as_str())?.get(1))
        .and_then(|href| super::url::absolute(&doc.final_url, &text::entities(href.as_str())));
    // A page that names its feed is a real one, whatever words it holds.
    if let (None, Some(sign)) = (&feed, bot_sign(html)) {
        return ParseError::BotWall { place, sign };
    }
    let title = TITLE.captures(html).and_then(|found| found.get(1));
    let title = title.map(|title| text::line(title.as_str()).chars().take(80).collect::<String>());
    ParseError::WebPage {
        place,
        title: title.filter(|title| !title.is_empty()),
        feed: feed.map(String::from),
    }
}

fn no_feed(text: &str, doc: &Document) -> ParseError {
    let start = text::line(&text.chars().take(200).collect::<String>());
    ParseError::NoFeed { place: place(&doc.final_url), start: start.chars().take(60).collect() }
}

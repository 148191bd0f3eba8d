//! Feeds: which reader reads them, and what the strict one says.
//!
//! feed-rs reads first, on text that is decoded and repaired here. It loses a whole feed over one
//! odd element, so where it fails, panics, or returns fewer entries than the text has,
//! [`super::lenient`] reads instead; dialects that it reads wrongly go there at once.

use std::sync::LazyLock;
use std::time::SystemTime;

use feed_rs::model;
use feed_rs::parser::Builder;
use jiff::Timestamp;
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
use super::guard;
use super::hints;
use super::json;
use super::lenient;
use super::publisher;
use super::repair;
use super::text;

/// The largest feed. Of real ones 90 % are under 70 KB; whole archives reach 2 MB.
pub(super) const MAX_FEED_BYTES: usize = 8 * 1024 * 1024;

/// A feed's entries before they are finished.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub title: Option<String>,
    pub found: Vec<Found>,
}

pub(super) fn read(doc: &Document, source: &Source) -> Result<Parsed, ParseError> {
    let bytes = doc.body.len();
    if bytes > MAX_FEED_BYTES {
        let place = place(&doc.final_url);
        return Err(ParseError::TooLarge { place, bytes, limit_bytes: MAX_FEED_BYTES });
    }
    let host = doc.final_url.host_str();
    let decoded = charset::decode(&doc.body, doc.content_type.as_deref(), Markup::Xml, host);
    let mut parsed = match shape(&decoded.text) {
        Shape::Json => json::read(&decoded.text, doc, source)?,
        Shape::Xml => xml(&decoded.text, doc, source)?,
        Shape::Html => return Err(web_page(&decoded.text, doc)),
        Shape::Other => return Err(no_feed(&decoded.text, doc)),
    };
    if decoded.replaced > 0 {
        let (sequences, encoding) = (decoded.replaced, decoded.encoding);
        parsed.warnings.push(Warning::Undecodable { sequences, encoding });
    }
    if parsed.entries.is_empty() {
        parsed.warnings.push(Warning::NoEntries);
    }
    Ok(parsed)
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
        _ if text.trim_start().starts_with('{') => Shape::Json,
        Some(root) if html.is_none_or(|html| root < html) => Shape::Xml,
        _ if html.is_some() || DOCTYPE.is_match(text) => Shape::Html,
        _ => Shape::Other,
    }
}

fn xml(text: &str, doc: &Document, source: &Source) -> Result<Parsed, ParseError> {
    let repaired = repair::repair(text);
    let items = lenient::items(&repaired.text);
    let head_end = items.entries.first().map_or(repaired.text.len(), |item| item.start);
    let head = repaired.text.get(..head_end).unwrap_or_default();
    let mut warnings: Vec<_> =
        repaired.done.iter().map(|what| Warning::Repaired { what }).collect();
    if items.truncated {
        warnings.push(Warning::Truncated);
    }
    let strict = match lenient::wanted(&repaired.text, head) {
        // Old dialects are no fault of the publisher: no warning.
        Some(lenient::Wanted::Dialect) => Err(None),
        Some(lenient::Wanted::Damage(reason)) => Err(Some(reason.to_owned())),
        None => strict(&repaired.text, doc, source).map_err(Some),
    };
    let read = match strict {
        Ok(read) if read.found.len() >= items.entries.len() => {
            lenient::completed(read, &repaired.text, &items, head, doc, source)
        }
        other => {
            let reason = match other {
                Ok(read) => Some(format!(
                    "the strict reader returned {} of {} entries",
                    read.found.len(),
                    items.entries.len()
                )),
                Err(reason) => reason,
            };
            let read = lenient::read(&repaired.text, &items, head, doc, source);
            if read.found.is_empty()
                && let Some(reason) = hopeless(items.truncated, reason.as_deref())
            {
                return Err(ParseError::Malformed { place: place(&doc.final_url), reason });
            }
            warnings.extend(reason.map(|reason| Warning::Lenient { reason }));
            read
        }
    };
    let mut read = read;
    publisher::note(&mut read.found, &repaired.text, &items.entries);
    Ok(parsed(read, items.entries.len(), hints::read(head), warnings, doc))
}

/// Why a document without any entry is broken, and not only empty.
fn hopeless(truncated: bool, reason: Option<&str>) -> Option<String> {
    if truncated {
        return Some("it is cut off before the end of its first entry".to_owned());
    }
    reason.map(str::to_owned)
}

/// Finishes what a reader found; `count` is how many entries the document has.
pub(super) fn parsed(
    mut read: Read,
    count: usize,
    hints: hints::Hints,
    mut warnings: Vec<Warning>,
    doc: &Document,
) -> Parsed {
    read.found.truncate(MAX_ENTRIES);
    let entries = entry::finish(read.found, doc);
    let kept = entries.len();
    if count > MAX_ENTRIES {
        warnings.push(Warning::TooMany { found: count, kept: MAX_ENTRIES });
    } else if kept < count {
        warnings.push(Warning::Lost { found: count, kept });
    }
    let title = read.title.map(|title| text::line(&title)).filter(|title| !title.is_empty());
    Parsed { title, entries, warnings, hints, further: Vec::new() }
}

/// Reads with feed-rs; an error in its words.
fn strict(text: &str, doc: &Document, source: &Source) -> Result<Read, String> {
    let offset = source.utc_offset_minutes;
    let base = doc.final_url.to_string();
    let outcome = guard::catch(|| {
        Builder::new()
            .base_uri(Some(base))
            .sanitize_content(false)
            // Ids are ours, see `entry`: none is better than one that changes with the title.
            .id_generator(|_, _, _| String::new())
            .timestamp_parser(move |text| {
                date::parse(text, offset)
                    .and_then(|date| SystemTime::try_from(date).ok().map(Into::into))
            })
            .build()
            .parse(text.as_bytes())
    });
    match outcome {
        Ok(Ok(feed)) => Ok(mapped(feed)),
        Ok(Err(error)) => Err(error.to_string()),
        Err(refusal) => Err(refusal.to_string()),
    }
}

fn mapped(feed: model::Feed) -> Read {
    let title = feed.title.map(|title| title.content);
    Read { title, found: feed.entries.into_iter().map(mapped_entry).collect() }
}

fn mapped_entry(entry: model::Entry) -> Found {
    let alternate = |link: &&model::Link| {
        link.target.is_none() && link.rel.as_deref().is_none_or(|rel| rel == "alternate")
    };
    let link = entry.links.iter().find(alternate).map(|link| link.href.clone());
    let described = entry.media.iter().filter_map(|media| media.description.as_ref());
    let bodies = entry.content.iter().filter_map(|content| content.body.clone());
    let bodies = bodies.chain(entry.summary.iter().map(|summary| summary.content.clone()));
    let bodies = bodies.chain(described.map(|text| text.content.clone())).collect();
    Found {
        id: Some(entry.id).filter(|id| !id.is_empty()),
        link,
        title: entry.title.map(|title| title.content).unwrap_or_default(),
        bodies,
        published: entry.published.and_then(|date| stamp(date.into())),
        updated: entry.updated.and_then(|date| stamp(date.into())),
        author: entry.authors.into_iter().find_map(|person| person.name.or(person.email)),
        publisher: None,
    }
}

fn stamp(time: SystemTime) -> Option<Timestamp> {
    Timestamp::try_from(time).ok()
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

//! Sitemaps: of news, of pages, and indexes of further ones; packed or plain.
//!
//! Read as a run of tags, not as a tree: a wrong end tag spoils one field. A page that has no
//! title here gets the words of its address as one.

use std::io::Read as _;

use flate2::read::MultiGzDecoder;
use jiff::Timestamp;

use ::url::Url;

use crate::domain::Document;
use crate::domain::Source;

use super::Further;
use super::MAX_ENTRIES;
use super::ParseError;
use super::Parsed;
use super::Warning;
use super::charset;
use super::charset::Markup;
use super::date;
use super::entry::Found;
use super::error::place;
use super::error::start;
use super::feed;
use super::feed::MAX_FEED_BYTES;
use super::feed::Read;
use super::hints::Hints;
use super::tags;
use super::tags::Kind;
use super::text;
use super::url;

/// Pages that are older are no news; what a news sitemap holds is two days old at most.
const MAX_AGE_DAYS: u16 = 14;
/// An address of fewer words says nothing.
const MIN_SLUG_WORDS: usize = 3;
/// Of an index, the newest are followed; a publisher that writes more than two at once is unheard
/// of.
const MAX_FURTHER: usize = 3;

pub(super) fn read(doc: &Document, source: &Source) -> Result<Parsed, ParseError> {
    let too_large = |bytes| ParseError::TooLarge {
        place: place(&doc.final_url),
        bytes,
        limit_bytes: MAX_FEED_BYTES,
    };
    if doc.body.len() > MAX_FEED_BYTES {
        return Err(too_large(doc.body.len()));
    }
    let (body, whole) = unpacked(&doc.body).ok_or_else(|| too_large(MAX_FEED_BYTES + 1))?;
    let host = doc.final_url.host_str();
    let text = charset::decode(&body, doc.content_type.as_deref(), Markup::Xml, host).text;
    let mut warnings = Vec::new();
    if !whole {
        warnings.push(Warning::Truncated);
    }
    match shape(&text) {
        Some("rss" | "feed" | "RDF") => {
            let unpacked = Document { body, ..doc.clone() };
            feed::read(&unpacked, source)
        }
        Some("sitemapindex") => Ok(index(&text, doc, warnings)),
        Some("urlset") => Ok(pages(&text, doc, source, warnings)),
        _ => Err(no_sitemap(&text, doc)),
    }
}

/// The body as it was before gzip, and whether it is all of it; `None` if it is too large.
fn unpacked(body: &[u8]) -> Option<(Vec<u8>, bool)> {
    if !body.starts_with(&[0x1f, 0x8b]) {
        return Some((body.to_vec(), true));
    }
    let mut out = Vec::new();
    let limit = MAX_FEED_BYTES as u64 + 1;
    // What was unpacked before an error is kept in `out`.
    let whole = MultiGzDecoder::new(body).take(limit).read_to_end(&mut out).is_ok();
    (out.len() <= MAX_FEED_BYTES).then_some((out, whole))
}

/// The root element's name.
fn shape(text: &str) -> Option<&str> {
    let mut at = 0;
    // Something may stand before the root, but no whole page.
    for _ in 0..8 {
        let tag = tags::next_tag(text, at)?;
        let name = tags::local(tag.name);
        if matches!(name, "sitemapindex" | "urlset" | "rss" | "feed" | "RDF") {
            return Some(name);
        }
        at = tag.end;
    }
    None
}

fn no_sitemap(text: &str, doc: &Document) -> ParseError {
    match feed::bot_sign(text).filter(|_| text.contains('<')) {
        Some(sign) => ParseError::BotWall { place: place(&doc.final_url), sign },
        None => ParseError::NoSitemap { place: place(&doc.final_url), start: start(text) },
    }
}

/// What stands in one `url` or `sitemap`.
#[derive(Debug, Default)]
struct Row {
    loc: String,
    modified: String,
    title: String,
    published: String,
    keywords: String,
}

/// Every row that is whole.
fn rows(text: &str, row_name: &str) -> (Vec<Row>, bool) {
    let mut rows = Vec::new();
    let mut open: Option<Row> = None;
    let mut at = 0;
    while let Some(tag) = tags::next_tag(text, at) {
        at = tag.end;
        let (prefix, name) = (tags::prefix(tag.name), tags::local(tag.name));
        if matches!(prefix, "image" | "video" | "xhtml") {
            continue;
        }
        match (tag.kind, name) {
            // One without end tag ends where the next begins.
            (Kind::Start, name) if name == row_name => rows.extend(open.replace(Row::default())),
            (Kind::End, name) if name == row_name => rows.extend(open.take()),
            (Kind::Start, _) => {
                let Some(row) = &mut open else { continue };
                let field = match name {
                    "loc" => &mut row.loc,
                    "lastmod" => &mut row.modified,
                    "title" => &mut row.title,
                    "publication_date" => &mut row.published,
                    "keywords" => &mut row.keywords,
                    _ => continue,
                };
                if field.is_empty() {
                    let end = tags::next_tag(text, tag.end).map_or(text.len(), |next| next.start);
                    *field = tags::content(text.get(tag.end..end).unwrap_or_default());
                }
            }
            (Kind::End | Kind::Empty, _) => {}
        }
    }
    let cut = open.is_some();
    rows.retain(|row| !row.loc.trim().is_empty());
    (rows, cut)
}

fn index(text: &str, doc: &Document, mut warnings: Vec<Warning>) -> Parsed {
    let (rows, cut) = rows(text, "sitemap");
    if cut && !warnings.contains(&Warning::Truncated) {
        warnings.push(Warning::Truncated);
    }
    let mut further: Vec<(Option<Timestamp>, usize, Further)> = rows
        .iter()
        .enumerate()
        .filter_map(|(at, row)| {
            let address = url::absolute(&doc.final_url, &text::line(&row.loc))?;
            let modified = date::parse(&row.modified, Some(0));
            let told = Some(row.modified.trim().to_owned()).filter(|told| !told.is_empty());
            Some((modified, at, Further { url: address, modified: told }))
        })
        .collect();
    // The newest first; without dates the last ones, where publishers append, and the first.
    let dated = further.iter().any(|(modified, ..)| modified.is_some());
    if dated {
        further.sort_by_key(|(modified, at, _)| (std::cmp::Reverse(*modified), *at));
    } else if further.len() > MAX_FURTHER {
        let last = further.len() - 1;
        further.swap(1, last);
    }
    let found = further.len();
    let further: Vec<_> = further.into_iter().take(MAX_FURTHER).map(|(.., one)| one).collect();
    if found == 0 {
        warnings.push(Warning::NoEntries);
    }
    Parsed { warnings, further, ..Parsed::default() }
}

fn pages(text: &str, doc: &Document, source: &Source, mut warnings: Vec<Warning>) -> Parsed {
    let (rows, cut) = rows(text, "url");
    if cut && !warnings.contains(&Warning::Truncated) {
        warnings.push(Warning::Truncated);
    }
    if rows.is_empty() {
        warnings.push(Warning::NoEntries);
    }
    let days = source.recipe.max_age_days.unwrap_or(MAX_AGE_DAYS);
    let oldest = super::oldest(doc.fetched_at, days);
    let offset = source.utc_offset_minutes.or(Some(0));
    let mut recent: Vec<Found> = rows
        .iter()
        .map(|row| entry(row, offset))
        .filter(|found| found.published.or(found.updated).is_none_or(|date| date >= oldest))
        .collect();
    recent.sort_by_key(|found| std::cmp::Reverse(found.published.or(found.updated)));
    let count = recent.len();
    if count > MAX_ENTRIES {
        warnings.push(Warning::TooMany { found: count, kept: MAX_ENTRIES });
        recent.truncate(MAX_ENTRIES);
    }
    let told: Vec<_> = recent.into_iter().filter(|found| !found.title.is_empty()).collect();
    let read = Read { title: None, found: told };
    let count = read.found.len();
    feed::parsed(read, count, Hints::default(), warnings, doc, source.utc_offset_minutes)
}

fn entry(row: &Row, offset: Option<i16>) -> Found {
    let loc = text::line(&row.loc);
    let title =
        if row.title.trim().is_empty() { slug_title(&loc) } else { Some(row.title.clone()) };
    Found {
        id: None,
        title: title.unwrap_or_default(),
        bodies: Some(row.keywords.clone()).filter(|words| !words.is_empty()).into_iter().collect(),
        published: date::parse(&row.published, offset),
        updated: date::parse(&row.modified, offset),
        link: Some(loc),
        refused: [&row.published, &row.modified].into_iter().find(|d| !d.is_empty()).cloned(),
        ..Found::default()
    }
}

/// The words of an address: `…/acme-raises-190-million-in-series-b/` says what its page is about.
fn slug_title(loc: &str) -> Option<String> {
    let address = Url::parse(loc).ok()?;
    let last = address.path_segments()?.rfind(|part| !part.is_empty())?.to_owned();
    let slug = last.rsplit_once('.').map_or(last.as_str(), |(slug, _)| slug);
    let mut words: Vec<&str> = slug.split(['-', '_']).filter(|word| !word.is_empty()).collect();
    // An article's number stands before or behind its words.
    let is_number = |word: &&str| word.len() >= 5 && word.bytes().all(|b| b.is_ascii_digit());
    if words.last().is_some_and(is_number) {
        words.pop();
    }
    if words.first().is_some_and(is_number) {
        words.remove(0);
    }
    let letters = |word: &&&str| word.bytes().all(|b| b.is_ascii_alphabetic());
    if words.iter().filter(letters).count() < MIN_SLUG_WORDS {
        return None;
    }
    let capital = |word: &&str| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>())
    };
    Some(words.iter().filter_map(capital).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests;

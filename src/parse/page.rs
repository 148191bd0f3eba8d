//! List pages: a page of headlines read by CSS selectors.
//!
//! A selector may end in `@attribute` (`a.more@href`): then the attribute is read instead of the
//! text; with nothing before it (`@data-url`) it is the item's own. Without a selector for its
//! part, the title is the item's text, the link the first one of title or item, and the date a
//! `time` element.

use scraper::ElementRef;
use scraper::Html;
use scraper::Selector;

use crate::domain::Document;
use crate::domain::Selectors;
use crate::domain::Source;

use super::MAX_ENTRIES;
use super::ParseError;
use super::Parsed;
use super::Warning;
use super::charset;
use super::charset::Markup;
use super::date;
use super::entry::Found;
use super::error::place;
use super::feed;
use super::feed::Read;
use super::guard;
use super::hints::Hints;
use super::text;

/// Attributes in which pages keep a date for programs, before the text that people see.
const DATE_ATTRIBUTES: &[&str] = &["datetime", "data-time", "data-timestamp", "content"];

pub(super) fn read(doc: &Document, source: &Source) -> Result<Parsed, ParseError> {
    let selectors = source
        .selectors
        .as_ref()
        .ok_or_else(|| ParseError::NoSelectors { id: source.id.clone() })?;
    let parts = Parts::compile(selectors, source)?;
    let host = doc.final_url.host_str();
    let decoded = charset::decode(&doc.body, doc.content_type.as_deref(), Markup::Html, host);
    let refused = |refusal| ParseError::refused(doc, refusal);
    let page = guard::page(&decoded.text).map_err(refused)?;
    let (read, count) = guard::catch(|| list(&page, &parts, doc, source)).map_err(refused)?;
    let wanted = |part, selector: &str| {
        let place = place(&doc.final_url);
        match feed::bot_sign(&decoded.text) {
            Some(sign) => ParseError::BotWall { place, sign },
            None => ParseError::NothingMatched { place, part, selector: selector.to_owned() },
        }
    };
    if count == 0 {
        return Err(wanted("item", &selectors.item));
    }
    if read.found.iter().all(|found| found.title.is_empty()) {
        return Err(wanted("title", selectors.title.as_deref().unwrap_or(&selectors.item)));
    }
    if read.found.iter().all(|found| found.link.is_none()) {
        return Err(wanted("link", selectors.link.as_deref().unwrap_or("a[href]")));
    }
    // Advertisements stand between the items, and pictures link to what a title links to.
    let Read { title, found } = read;
    let all = found.len();
    let found: Vec<_> =
        found.into_iter().filter(|found| !found.title.is_empty() && found.link.is_some()).collect();
    let mut warnings = Vec::new();
    if found.len() < all {
        warnings.push(Warning::Skipped { items: all - found.len() });
    }
    // Two items for one page are no loss: only what is over the limit is told.
    let count = if count > MAX_ENTRIES { count } else { 0 };
    let mut parsed = feed::parsed(
        Read { title, found },
        count,
        Hints::default(),
        warnings,
        doc,
        source.utc_offset_minutes,
    );
    if decoded.replaced > 0 {
        let (sequences, encoding) = (decoded.replaced, decoded.encoding);
        parsed.warnings.push(Warning::Undecodable { sequences, encoding });
    }
    Ok(parsed)
}

/// A compiled selector, and the attribute to read instead of the text.
struct Part {
    /// `None` is the item itself.
    selector: Option<Selector>,
    attribute: Option<String>,
}

impl Part {
    fn first<'a>(&self, item: ElementRef<'a>) -> Option<ElementRef<'a>> {
        match &self.selector {
            Some(selector) => item.select(selector).next(),
            None => Some(item),
        }
    }
}

struct Parts {
    item: Selector,
    title: Option<Part>,
    link: Option<Part>,
    date: Option<Part>,
    summary: Option<Part>,
    anchor: Selector,
    time: Selector,
}

impl Parts {
    fn compile(selectors: &Selectors, source: &Source) -> Result<Parts, ParseError> {
        let one = |text: &String| part(text, source);
        Ok(Parts {
            item: css(&selectors.item, source)?,
            title: selectors.title.as_ref().map(one).transpose()?,
            link: selectors.link.as_ref().map(one).transpose()?,
            date: selectors.date.as_ref().map(one).transpose()?,
            summary: selectors.summary.as_ref().map(one).transpose()?,
            anchor: css("a[href]", source)?,
            time: css("time", source)?,
        })
    }
}

fn part(text: &str, source: &Source) -> Result<Part, ParseError> {
    let (css_text, attribute) = Selectors::split(text);
    let selector = if css_text.trim().is_empty() { None } else { Some(css(css_text, source)?) };
    Ok(Part { selector, attribute: attribute.map(str::to_owned) })
}

fn css(text: &str, source: &Source) -> Result<Selector, ParseError> {
    // The error borrows the text, and its words are what is kept.
    Selector::parse(text).map_err(|error| ParseError::BadSelector {
        id: source.id.clone(),
        selector: text.to_owned(),
        reason: error.to_string(),
    })
}

/// The items, and how many there are.
fn list(page: &Html, parts: &Parts, doc: &Document, source: &Source) -> (Read, usize) {
    let items: Vec<_> = page.select(&parts.item).collect();
    let found =
        items.iter().take(MAX_ENTRIES).map(|item| entry(*item, parts, doc, source)).collect();
    let title = Selector::parse("title").ok();
    let title = title.and_then(|title| page.select(&title).next().map(words));
    (Read { title, found }, items.len())
}

fn entry(item: ElementRef<'_>, parts: &Parts, doc: &Document, source: &Source) -> Found {
    let title = parts.title.as_ref().map_or(Some(item), |part| part.first(item));
    let read = |part: &Part| value(part.first(item)?, part);
    let date_at = match &parts.date {
        Some(part) => part.first(item),
        None => item.select(&parts.time).next(),
    };
    let title_text = match &parts.title {
        Some(part) if part.attribute.is_some() => read(part),
        _ => title.map(|title| words_beside(title, date_at)),
    };
    let link = match &parts.link {
        Some(part) => part.first(item).and_then(|element| match &part.attribute {
            Some(name) => element.attr(name).map(str::to_owned),
            None => href(element, parts),
        }),
        None => title.and_then(|title| href(title, parts)).or_else(|| href(item, parts)),
    };
    let date_attribute = parts.date.as_ref().and_then(|part| part.attribute.as_deref());
    let date = date_at.map(|element| dates(element, date_attribute));
    let (offset, now) = (source.utc_offset_minutes, doc.fetched_at);
    Found {
        id: None,
        link,
        // Plain text by now, and later read as markup: its signs are escaped.
        title: text::escaped(&title_text.unwrap_or_default()),
        bodies: parts.summary.iter().filter_map(|part| Some(text::escaped(&read(part)?))).collect(),
        published: date.iter().flatten().find_map(|text| date::parse_at(text, offset, now)),
        refused: date.iter().flatten().find(|text| !text.trim().is_empty()).cloned(),
        ..Found::default()
    }
}

fn value(element: ElementRef<'_>, part: &Part) -> Option<String> {
    match &part.attribute {
        Some(name) => element.attr(name).map(str::to_owned),
        None => Some(words(element)),
    }
}

/// The element's `href`, or that of the link inside or around it.
fn href(element: ElementRef<'_>, parts: &Parts) -> Option<String> {
    let own = element.attr("href").map(str::to_owned);
    let inside = || element.select(&parts.anchor).next()?.attr("href").map(str::to_owned);
    let around = || {
        let mut above = element.ancestors().filter_map(ElementRef::wrap);
        above.find(|above| above.value().name() == "a")?.attr("href").map(str::to_owned)
    };
    own.or_else(inside).or_else(around)
}

/// What may be the element's date, the surest first.
fn dates(element: ElementRef<'_>, attribute: Option<&str>) -> Vec<String> {
    if let Some(name) = attribute {
        return element.attr(name).map(str::to_owned).into_iter().collect();
    }
    let attributes = DATE_ATTRIBUTES.iter().filter_map(|name| element.attr(name));
    let mut dates: Vec<_> = attributes.map(str::to_owned).collect();
    dates.push(words(element));
    dates
}

/// The words of a title, without those of a date that stands inside it.
fn words_beside(title: ElementRef<'_>, date: Option<ElementRef<'_>>) -> String {
    let Some(date) = date.filter(|date| *date != title) else { return words(title) };
    let texts = title.descendants().filter(|node| {
        node.value().is_text() && !node.ancestors().any(|above| above.id() == date.id())
    });
    let texts = texts.filter_map(|node| Some(node.value().as_text()?.to_string()));
    text::clean(&texts.collect::<Vec<_>>().join(" ")).replace('\n', " ")
}

fn words(element: ElementRef<'_>) -> String {
    text::clean(&element.text().collect::<Vec<_>>().join(" ")).replace('\n', " ")
}

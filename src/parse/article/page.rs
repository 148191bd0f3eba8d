//! The main text of an article's page, and what the page says about it.

use dom_smoothie::Config;
use dom_smoothie::Readability;
use dom_smoothie::TextMode;
use jiff::Timestamp;
use url::Url;

use super::language;
use super::stated;
use super::stated::Data;
use super::wall;
use crate::domain::Document;
use crate::domain::Lang;

use super::super::ParseError;
use super::super::charset;
use super::super::charset::Markup;
use super::super::error::place;
use super::super::guard;
use super::super::text;

/// Characters that the extractor wants before it is content (best of 20 variants measured).
const CHAR_THRESHOLD: usize = 200;

/// Lines before the title in which a date or a source may stand.
const ABOVE: usize = 3;

/// Lines between a title and its text: date, source, author, buttons.
const BETWEEN: usize = 25;

/// Lines at the text's end, and behind it, that may name author and source.
const BELOW: usize = 4;

/// The main text of an article's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageText {
    /// Plain text, without the site's name where it can be told.
    pub title: String,
    /// Plain text, paragraphs separated by a blank line.
    pub text: String,
    /// As the page states it; where it states only a day, that day's first moment.
    pub published: Option<Timestamp>,
    /// As printed.
    pub author: Option<String>,
    /// The address that the page names as its own on its own site, in the form that is compared.
    pub canonical: Option<String>,
    /// Of the text.
    pub lang: Lang,
    /// Whose text it is, if it is a copy: an agency in one spelling, others as printed.
    pub origin: Option<String>,
}

/// Extracts the main text of an article's page.
pub fn main_text(doc: &Document) -> Result<PageText, ParseError> {
    if doc.body.iter().all(u8::is_ascii_whitespace) {
        return Err(ParseError::empty(doc));
    }
    let host = doc.final_url.host_str();
    let html = charset::decode(&doc.body, doc.content_type.as_deref(), Markup::Html, host).text;
    let refused = |refusal| ParseError::refused(doc, refusal);
    guard::check(html.as_bytes()).map_err(refused)?;
    let (data, article) = guard::catch(|| extract(&html, &doc.final_url)).map_err(refused)?;
    let (title, text) = match &article {
        Some(article) => (text::line(&article.title), paragraphs(&article.text_content)),
        None => Default::default(),
    };
    let shown = text::plain(&html);
    wall::check(doc, &html, &shown, &text)?;
    if text.is_empty() {
        return Err(ParseError::NoText { place: place(&doc.final_url) });
    }
    let lines: Vec<&str> = shown.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let (head, foot) = (above(&lines, &title, &text), below(&lines, &text));
    let around = [head.clone(), foot].concat();
    let lang = language(&title, &text, data.lang());
    Ok(PageText {
        published: data.published(&head, &doc.final_url, lang, doc.fetched_at),
        author: data.author(&around),
        canonical: data.canonical(&doc.final_url),
        origin: data.origin(&text, &around),
        lang,
        title,
        text,
    })
}

fn extract(html: &str, url: &Url) -> (Data, Option<dom_smoothie::Article>) {
    let config = Config {
        text_mode: TextMode::Formatted,
        char_threshold: CHAR_THRESHOLD,
        max_elements_to_parse: guard::MAX_ELEMENTS,
        ..Config::default()
    };
    let Ok(mut page) = Readability::new(html, Some(url.as_str()), Some(config)) else {
        return Default::default();
    };
    let data = stated::data(&page, html);
    reveal(&page);
    (data, page.parse().ok())
}

/// Account pages hold their text invisible until a script has run; the extractor would leave it
/// out. What is not displayed at all stays so.
fn reveal(page: &Readability) {
    for node in &page.doc.select("[style*='visibility']") {
        if node.text().chars().count() >= CHAR_THRESHOLD {
            node.remove_attr("style");
        }
    }
}

/// Clean lines, each its own paragraph.
fn paragraphs(text: &str) -> String {
    let clean = text::clean(text);
    let lines = clean.lines().map(str::trim).filter(|line| !line.is_empty());
    text::capped(lines.collect::<Vec<_>>().join("\n\n"))
}

/// The lines from a little before the title to the first of the text.
fn above<'a>(lines: &[&'a str], title: &str, text: &str) -> Vec<&'a str> {
    let start = beginning(text);
    let body = lines.iter().position(|line| line.starts_with(&start)).unwrap_or(0);
    let before = lines.get(..=body).unwrap_or_default();
    let is_title = |line: &&&str| line.chars().count() >= 6 && title.contains(**line);
    let from_end = before.iter().rev().skip(1).take(BETWEEN).position(|line| is_title(&line));
    let first = from_end.map_or(body.saturating_sub(BELOW), |at| body - 1 - at);
    lines.get(first.saturating_sub(ABOVE)..=body).unwrap_or_default().to_vec()
}

/// The last lines of the text, and what follows it.
fn below<'a>(lines: &[&'a str], text: &str) -> Vec<&'a str> {
    let last = text.lines().rev().find(|line| !line.is_empty()).unwrap_or_default();
    let start = beginning(last);
    let Some(end) = lines.iter().rposition(|line| line.starts_with(&start)) else {
        return Vec::new();
    };
    let until = (end + 1 + BELOW).min(lines.len());
    lines.get((end + 1).saturating_sub(BELOW)..until).unwrap_or_default().to_vec()
}

/// Enough of a line to find it again.
fn beginning(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(16).collect()
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod zh_tests;

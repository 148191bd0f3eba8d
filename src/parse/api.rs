//! JSON APIs: a list of items in somebody's own JSON, read by the paths of the source.
//!
//! Not JSON Feed, which [`super::json`] reads as a feed.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::fmt::strtime;
use jiff::tz::Offset;
use regex::Regex;
use serde_json::Value;

use crate::domain::Document;
use crate::domain::JsonPaths;
use crate::domain::Source;
use crate::domain::json_path::JsonPath;

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
use super::json;

/// What stands before the JSON where it is handed to a script: a call, an assignment, or a line
/// that keeps it from being run.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?s:/\*.*?\*/)?\s*(?:\)\]\}',?|(?:while|for)\s*\([^)]*\);|(?:var\s+|window\.)?[\w$.]{1,100}\s*[(=])\s*")
        .expect("a constant pattern")
});

pub(super) fn read(doc: &Document, source: &Source) -> Result<Parsed, ParseError> {
    let paths = source.recipe.json.as_ref();
    let paths = paths.ok_or_else(|| ParseError::NoPaths { id: source.id.clone() })?;
    let compiled = Paths::compile(paths, source)?;
    let bytes = doc.body.len();
    if bytes > MAX_FEED_BYTES {
        let place = place(&doc.final_url);
        return Err(ParseError::TooLarge { place, bytes, limit_bytes: MAX_FEED_BYTES });
    }
    let markup = if paths.after.is_some() { Markup::Html } else { Markup::Xml };
    let host = doc.final_url.host_str();
    let text = charset::decode(&doc.body, doc.content_type.as_deref(), markup, host).text;
    let mut warnings = Vec::new();
    let root = root(&text, paths.after.as_deref(), doc, &mut warnings)?;
    let Some(items) = items(&compiled.items, &root) else {
        return Err(nothing("items", &paths.items, &text, doc));
    };
    let found: Vec<Found> =
        items.iter().take(MAX_ENTRIES).map(|item| compiled.entry(item, doc, source)).collect();
    let told: Vec<_> = found.into_iter().filter(|found| !found.title.is_empty()).collect();
    if told.is_empty() && !items.is_empty() {
        return Err(nothing("title", &paths.title, &text, doc));
    }
    if items.is_empty() {
        warnings.push(Warning::NoEntries);
    }
    let read = Read { title: None, found: told };
    Ok(feed::parsed(read, items.len(), Hints::default(), warnings, doc, source.utc_offset_minutes))
}

fn nothing(part: &'static str, path: &str, text: &str, doc: &Document) -> ParseError {
    let place = place(&doc.final_url);
    ParseError::NothingAt { place, part, path: path.to_owned(), start: start(text) }
}

/// The paths of a source, ready to be walked.
struct Paths {
    items: JsonPath,
    id: Option<JsonPath>,
    title: JsonPath,
    link: Option<JsonPath>,
    date: Option<JsonPath>,
    date_format: Option<String>,
    summary: Option<JsonPath>,
    author: Option<JsonPath>,
}

impl Paths {
    fn compile(paths: &JsonPaths, source: &Source) -> Result<Paths, ParseError> {
        let one = |path: &String| {
            let bad = |error: crate::domain::json_path::BadPath| ParseError::BadPath {
                id: source.id.clone(),
                reason: error.to_string(),
            };
            path.parse::<JsonPath>().map_err(bad)
        };
        let JsonPaths { after: _, items, id, title, link, date, date_format, summary, author } =
            paths;
        Ok(Paths {
            items: one(items)?,
            id: id.as_ref().map(one).transpose()?,
            title: one(title)?,
            link: link.as_ref().map(one).transpose()?,
            date: date.as_ref().map(one).transpose()?,
            date_format: date_format.clone(),
            summary: summary.as_ref().map(one).transpose()?,
            author: author.as_ref().map(one).transpose()?,
        })
    }

    fn entry(&self, item: &Value, doc: &Document, source: &Source) -> Found {
        let text = |path: &Option<JsonPath>| path.as_ref()?.text(item);
        let date = text(&self.date);
        Found {
            id: text(&self.id),
            link: text(&self.link),
            title: self.title.text(item).unwrap_or_default(),
            bodies: text(&self.summary).into_iter().collect(),
            published: date
                .as_deref()
                .and_then(|date| moment(date, self.date_format.as_deref(), doc, source)),
            author: text(&self.author),
            refused: date.filter(|date| !date.trim().is_empty()),
            ..Found::default()
        }
    }
}

fn moment(date: &str, format: Option<&str>, doc: &Document, source: &Source) -> Option<Timestamp> {
    if let Some(format) = format {
        let read = strtime::parse(format, date).ok()?;
        let day = || read.to_date().ok().map(|date| date.at(0, 0, 0, 0));
        return read.to_timestamp().ok().or_else(|| {
            let offset = Offset::from_seconds(i32::from(source.utc_offset_minutes?) * 60).ok()?;
            offset.to_timestamp(read.to_datetime().ok().or_else(day)?).ok()
        });
    }
    // `1732435200.0`
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let date = match date.split_once('.') {
        Some((whole, part)) if !whole.is_empty() && digits(whole) && digits(part) => whole,
        _ => date,
    };
    date::parse_at(date, source.utc_offset_minutes, doc.fetched_at)
}

/// The elements of every list that the path leads to; `None` if it leads nowhere.
fn items(path: &JsonPath, root: &Value) -> Option<Vec<Value>> {
    let values = path.values(root);
    if values.is_empty() {
        // How some say that nothing was found.
        let nothing = matches!(root, Value::Object(map) if map.is_empty())
            || matches!(root, Value::Array(list) if list.is_empty());
        return nothing.then(Vec::new);
    }
    let mut items = Vec::new();
    for value in values {
        let value = match value.as_str() {
            Some(text) => serde_json::from_str(text).ok()?,
            None => value.into_owned(),
        };
        match value {
            Value::Array(list) => items.extend(list),
            Value::Object(_) => items.push(value),
            Value::Null => {}
            Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
        }
    }
    Some(items)
}

/// The JSON of an answer, whatever stands around it.
fn root(
    text: &str,
    after: Option<&str>,
    doc: &Document,
    warnings: &mut Vec<Warning>,
) -> Result<Value, ParseError> {
    let other = |reason: &str| match feed::bot_sign(text).filter(|_| text.contains('<')) {
        Some(sign) => ParseError::BotWall { place: place(&doc.final_url), sign },
        None => ParseError::NotJson {
            place: place(&doc.final_url),
            reason: reason.to_owned(),
            start: start(text),
        },
    };
    let json = match after {
        Some(mark) => {
            let behind = text.split_once(mark).map(|(_, behind)| behind);
            let behind = behind.ok_or_else(|| nothing("after", mark, text, doc))?;
            behind.find(['{', '[']).and_then(|at| behind.get(at..))
        }
        None => bare(text),
    };
    let json = json.ok_or_else(|| other("no JSON begins there"))?;
    match first_value(json) {
        Ok(value) => Ok(value),
        Err(error) => {
            let repaired = first_value(&repaired(&json::plain(json))).map_err(|_| other(&error))?;
            warnings.push(Warning::Repaired { what: "signs that may not stand in JSON" });
            Ok(repaired)
        }
    }
}

/// The text from where the JSON begins.
fn bare(text: &str) -> Option<&str> {
    let text = json::body(text);
    if text.starts_with(['{', '[']) {
        return Some(text);
    }
    let lead = LEAD.find(text)?;
    text.get(lead.end()..).filter(|rest| rest.starts_with(['{', '[']))
}

/// The first value; what follows is the end of a call, or script.
fn first_value(json: &str) -> Result<Value, String> {
    let mut values = serde_json::Deserializer::from_str(json).into_iter::<Value>();
    values
        .next()
        .unwrap_or_else(|| serde_json::from_str(json))
        .map_err(|error| format!("no JSON: {error}"))
}

/// Control characters in strings, and backslashes that escape nothing.
fn repaired(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut in_string = false;
    let mut chars = json.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                in_string = !in_string;
                out.push(c);
            }
            '\\' if in_string => match chars.next() {
                Some(escaped @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => {
                    out.extend(['\\', escaped]);
                }
                Some(other) if other.is_control() => out.push(' '),
                Some(other) => out.push(other),
                None => {}
            },
            c if in_string && c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;

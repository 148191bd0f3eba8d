//! JSON Feed, with forgiving types: numbers as ids, no titles, one author or many.

use serde_json::Value;

use crate::domain::Document;
use crate::domain::Source;

use super::MAX_ENTRIES;
use super::ParseError;
use super::Parsed;
use super::date;
use super::entry::Found;
use super::error::place;
use super::feed;
use super::feed::Read;
use super::hints::Hints;

pub(super) fn read(text: &str, doc: &Document, source: &Source) -> Result<Parsed, ParseError> {
    let malformed = |reason: String| ParseError::Malformed { place: place(&doc.final_url), reason };
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}').trim())
        .map_err(|error| malformed(format!("no JSON ({error})")))?;
    let Some(items) = value.get("items").and_then(Value::as_array) else {
        return Err(malformed("JSON without `items`, so no JSON Feed".to_owned()));
    };
    let offset = source.utc_offset_minutes;
    let found = items.iter().take(MAX_ENTRIES).map(|item| entry(item, offset)).collect();
    let read = Read { title: string(&value, &["title"]), found };
    Ok(feed::parsed(read, items.len(), Hints::default(), Vec::new(), doc))
}

fn entry(item: &Value, offset_minutes: Option<i16>) -> Found {
    let date = |keys: &[&str]| {
        keys.iter().find_map(|key| date::parse(&scalar(item.get(*key)?)?, offset_minutes))
    };
    let texts = ["content_html", "content_text", "summary", "content", "description"];
    Found {
        id: string(item, &["id", "guid"]),
        link: string(item, &["url", "external_url", "link"]),
        title: string(item, &["title"]).unwrap_or_default(),
        bodies: texts.iter().filter_map(|key| string(item, &[key])).collect(),
        published: date(&["date_published", "published"]),
        updated: date(&["date_modified", "updated"]),
        author: author(item),
        publisher: None,
    }
}

fn author(item: &Value) -> Option<String> {
    let first = item.get("authors").and_then(|authors| authors.get(0));
    let author = first.or_else(|| item.get("author"))?;
    scalar(author).or_else(|| string(author, &["name"]))
}

fn string(value: &Value, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| scalar(value.get(*key)?)).filter(|text| !text.trim().is_empty())
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

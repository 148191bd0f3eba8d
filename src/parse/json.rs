//! JSON Feed, with forgiving types: numbers as ids, no titles, one author or many.

use std::sync::Arc;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;
use serde_json::json;

use crate::domain::Document;
use crate::domain::Source;

use super::MAX_ENTRIES;
use super::ParseError;
use super::Warning;
use super::date;
use super::error::place;
use super::url;
use super::written::Channel;
use super::written::Item;
use super::written::Link;
use super::written::Text;
use super::written::Written;

pub(super) fn read(text: &str, doc: &Document, source: &Source) -> Result<Written, ParseError> {
    let malformed = |reason: String| ParseError::Malformed { place: place(&doc.final_url), reason };
    let text = text.trim_start_matches('\u{feff}').trim();
    let (value, warnings) = match serde_json::from_str::<Value>(text) {
        Ok(value) => (value, Vec::new()),
        Err(error) => {
            let salvaged = salvaged(text).ok_or_else(|| malformed(format!("no JSON ({error})")))?;
            (salvaged, vec![Warning::Lenient { reason: format!("broken JSON ({error})") }])
        }
    };
    let Some(items) = value.get("items").and_then(Value::as_array) else {
        return Err(malformed("JSON without `items`, so no JSON Feed".to_owned()));
    };
    let reader =
        Reader { base: Arc::new(doc.final_url.clone()), offset_minutes: source.utc_offset_minutes };
    let home = string(&value, &["home_page_url"]).and_then(|href| reader.link("alternate", &href));
    let own = string(&value, &["feed_url"]).and_then(|href| reader.link("self", &href));
    let channel = Channel {
        id: string(&value, &["feed_url"]),
        links: home.into_iter().chain(own).collect(),
        title: string(&value, &["title"]).map(|title| reader.html(title)),
        summary: string(&value, &["description"]).map(|text| reader.html(text)),
        published: None,
        updated: None,
    };
    let read = items.iter().take(MAX_ENTRIES).map(|item| reader.item(item)).collect();
    Ok(Written { channel, items: read, count: items.len(), warnings, ..Written::default() })
}

static ITEMS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#""items"\s*:\s*\["#).expect("a constant pattern"));

/// The items that are whole in a broken document, and what stands before them.
///
/// A cut or one wrong sign spoils the item it stands in and those behind it, not those before. Raw
/// control characters inside strings, which JSON forbids, become spaces.
fn salvaged(text: &str) -> Option<Value> {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if let Ok(value) = serde_json::from_str(&text) {
        return Some(value);
    }
    let start = ITEMS.find(&text)?;
    let head = text.get(..start.start())?.trim_end().trim_end_matches(',');
    let mut value: Value = serde_json::from_str(&format!("{head}}}")).unwrap_or_else(|_| json!({}));
    let mut rest = text.get(start.end()..)?;
    let mut items = Vec::new();
    while items.len() < MAX_ENTRIES {
        rest = rest.trim_start_matches([',', ' ']);
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        let Some(Ok(item)) = stream.next() else { break };
        rest = rest.get(stream.byte_offset()..)?;
        items.push(item);
    }
    if items.is_empty() {
        return None;
    }
    value.as_object_mut()?.insert("items".to_owned(), Value::Array(items));
    Some(value)
}

struct Reader {
    base: Arc<::url::Url>,
    offset_minutes: Option<i16>,
}

impl Reader {
    fn item(&self, item: &Value) -> Item {
        let date = |keys: &[&str]| {
            keys.iter().find_map(|key| date::parse(&scalar(item.get(*key)?)?, self.offset_minutes))
        };
        let html = |keys: &[&str]| string(item, keys).map(|markup| self.html(markup));
        let content = html(&["content_html", "content", "content_encoded"]);
        let plain = string(item, &["content_text"]).map(|text| self.html(text));
        let (content, other) = match content {
            Some(content) => (Some(content), plain),
            None => (plain, None),
        };
        let links = ["url", "external_url", "link"].iter();
        let links = links.filter_map(|key| string(item, &[key]));
        Item {
            id: string(item, &["id", "guid"]),
            links: links.filter_map(|href| self.link("alternate", &href)).collect(),
            title: string(item, &["title"]).map(|title| self.html(title)),
            summary: html(&["summary", "description"]),
            content,
            others: other.into_iter().collect(),
            published: date(&["date_published", "published", "pubDate"]),
            updated: date(&["date_modified", "updated"]),
            author: author(item),
            ..Item::default()
        }
    }

    fn html(&self, markup: String) -> Text {
        Text { markup, base: Arc::clone(&self.base) }
    }

    fn link(&self, rel: &str, href: &str) -> Option<Link> {
        let href = url::absolute(&self.base, href)?;
        Some(Link { rel: rel.to_owned(), href: href.into() })
    }
}

fn author(item: &Value) -> Option<String> {
    let first = item.get("authors").and_then(|authors| match authors {
        Value::Array(authors) => authors.first(),
        one => Some(one),
    });
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

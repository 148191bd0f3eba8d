//! JSON Feed, forgiving: numbers as ids, no titles, one author or many; comments, commas too many.

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
    let text = body(text);
    let (value, warnings) = match serde_json::from_str::<Value>(text) {
        Ok(value) => (value, Vec::new()),
        Err(error) => {
            let plain = plain(text);
            if let Ok(value) = serde_json::from_str(&plain) {
                let what = "comments, commas or signs that JSON does not have";
                (value, vec![Warning::Repaired { what }])
            } else {
                let salvaged = salvaged(&plain);
                let salvaged = salvaged.ok_or_else(|| malformed(format!("no JSON ({error})")))?;
                (salvaged, vec![Warning::Lenient { reason: format!("broken JSON ({error})") }])
            }
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

/// What follows marks, blanks and comments.
pub(super) fn body(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
        let after = if let Some(line) = rest.strip_prefix("//") {
            line.split_once('\n').map_or("", |(_, after)| after)
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.split_once("*/").map_or("", |(_, after)| after)
        } else {
            return rest.trim_end();
        };
        rest = after;
    }
}

/// The text as JSON has it: without comments and the commas before a closing bracket. Raw control
/// characters, which it forbids in strings, become spaces.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut in_string, mut comma) = (false, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if in_string {
            in_string = c != '"';
            out.push(if c.is_control() { ' ' } else { c });
            if c == '\\' {
                out.extend(chars.next());
            }
            continue;
        }
        match (c, chars.peek()) {
            ('/', Some('/')) => while chars.next().is_some_and(|c| c != '\n') {},
            ('/', Some('*')) => {
                chars.next();
                let mut before = ' ';
                while chars
                    .next()
                    .is_some_and(|c| std::mem::replace(&mut before, c) != '*' || c != '/')
                {
                }
            }
            (',', _) => comma = true,
            (c, _) if c.is_whitespace() || c.is_control() || c == '\u{feff}' => out.push(' '),
            (c, _) => {
                if std::mem::take(&mut comma) && !matches!(c, '}' | ']') {
                    out.push(',');
                }
                in_string = c == '"';
                out.push(c);
            }
        }
    }
    out
}

/// The items that are whole in a broken document, and what stands before them.
///
/// A cut or one wrong sign spoils the item it stands in and those behind it, not those before.
fn salvaged(text: &str) -> Option<Value> {
    let start = ITEMS.find(text)?;
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

/// Members that hold an item's date.
const DATES: [&str; 3] = ["date_published", "published", "pubDate"];

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
            published: date(&DATES),
            refused: string(item, &DATES),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let read = |text: &str| serde_json::from_str::<Value>(text).ok();
        assert_eq!(read(&plain(body(text))), read(expected), "in: {text}");
    }

    #[test]
    fn what_json_does_not_have_is_left_out() {
        check("\u{feff}\u{feff} {\"a\": [1, 2,], }", r#"{"a": [1, 2]}"#);
        check(
            "// mine\n/* two\nlines */ {\"a\": 1 // one\n, /**/ \"b\": 2}",
            r#"{"a": 1, "b": 2}"#,
        );
        check("{\"a\": \"// no, /* none */ ,]\"}", r#"{"a": "// no, /* none */ ,]"}"#);
        check("{\"a\": \"a \\\" ,} b\"}", r#"{"a": "a \" ,} b"}"#);
        check("{\"a\": \"one\ntwo\"}", r#"{"a": "one two"}"#);
        check("{\"a\": 1 /* never ends", "");
    }

    #[test]
    fn a_feed_of_comments_costs_little() {
        assert!(plain(&"/*".repeat(500_000)).len() < 1_000_000);
        assert_eq!(body(&"/**/".repeat(500_000)), "");
        assert_eq!(plain(&",".repeat(500_000)), "");
    }
}

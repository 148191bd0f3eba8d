//! How a source is asked and read, beyond its address and its kind.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use serde::Deserialize;
use serde::Serialize;
use serde::Serializer;

use super::kind::words;

/// What a catalogue says about a source beyond the ordinary; empty for a plain feed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Recipe {
    /// How it is asked, where a plain GET is not enough.
    pub request: Option<Ask>,
    /// For `json`.
    pub json: Option<JsonPaths>,
    /// For `edgar`.
    pub edgar: Option<EdgarFilter>,
    /// Entries that are older when they are fetched are left out; undated ones stay.
    pub max_age_days: Option<u16>,
    /// At least so many seconds between two requests to its host, whatever the configuration says.
    pub gap_secs: Option<u32>,
}

words!(
    /// How a request is made.
    Method, "method" {
        /// Without a body.
        Get = "GET",
        /// With one.
        Post = "POST",
    }
);

/// A request in detail. In the address, in `form` and in `json` the words `{date}`, `{yyyymmdd}`,
/// `{unix}` and `{unix_ms}` stand for the time of the request, as in `{date-7d}` for an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Ask {
    /// POST when there is a body, else GET.
    pub method: Option<Method>,
    /// Beside those that every request has.
    pub headers: BTreeMap<String, HeaderValue>,
    /// The body as `application/x-www-form-urlencoded`.
    pub form: BTreeMap<String, String>,
    /// The body as JSON.
    pub json: Option<serde_json::Value>,
}

impl Ask {
    /// As it is sent.
    pub fn method(&self) -> Method {
        let body = !self.form.is_empty() || self.json.is_some();
        self.method.unwrap_or(if body { Method::Post } else { Method::Get })
    }
}

/// The value of a header: it may be a secret, so it is never printed.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum HeaderValue {
    /// As it is sent.
    Text(String),
    /// In an environment variable; its name begins with `DEALWATCH_`.
    Variable {
        /// The name.
        env: String,
        /// What it holds, once the configuration is read.
        #[serde(skip)]
        value: Option<String>,
    },
    /// The first line of a file.
    File {
        /// The path.
        file: PathBuf,
        /// What it holds, once the configuration is read.
        #[serde(skip)]
        value: Option<String>,
    },
}

impl HeaderValue {
    /// As it is sent; `None` if it was not read.
    pub fn reveal(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Variable { value, .. } | Self::File { value, .. } => value.as_deref(),
        }
    }

    /// Where its value should stand, in words.
    pub fn place(&self) -> String {
        match self {
            Self::Text(_) => "the catalogue".to_owned(),
            Self::Variable { env, .. } => format!("the environment variable {env}"),
            Self::File { file, .. } => format!("the file {}", file.display()),
        }
    }
}

impl fmt::Debug for HeaderValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => f.write_str("***"),
            Self::Variable { env, .. } => write!(f, "env {env}"),
            Self::File { file, .. } => write!(f, "file {}", file.display()),
        }
    }
}

impl Serialize for HeaderValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Where a secret is kept is none of a reader's business either.
        serializer.serialize_str("***")
    }
}

/// Where the parts of an item stand in the answer of a JSON API.
///
/// A path goes down by name, `a.b[0].c`; `[*]` means every element of a list or value of an
/// object. `a | b` takes the first that has a value. A text with braces is a template whose braces
/// hold paths: `https://news.example.org/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JsonPaths {
    /// The answer is a page, and the JSON stands in it behind this text: `__NEXT_DATA__`.
    pub after: Option<String>,
    /// The items; a path to a list means its elements.
    pub items: String,
    /// Of an item: what names it from poll to poll; its link when absent.
    pub id: Option<String>,
    /// Of an item.
    pub title: String,
    /// Of an item.
    pub link: Option<String>,
    /// Of an item: Unix seconds or milliseconds, or any date that feeds have.
    pub date: Option<String>,
    /// How `date` is written where it could mean two days, as `%d/%m/%Y %H:%M`.
    pub date_format: Option<String>,
    /// Of an item.
    pub summary: Option<String>,
    /// Of an item.
    pub author: Option<String>,
}

/// Which of the SEC's filings are news.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EdgarFilter {
    /// Form types as `8-K` or `D`, each with its amendments (`/A`); all when empty.
    pub forms: Vec<String>,
    /// Of an 8-K, the items of which it must have one, as `1.01`; all when empty.
    pub items: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_never_printed() {
        let ask: Ask = serde_json::from_str(
            r#"{"headers": {"X-Key": "hush", "X-Env": {"env": "DEALWATCH_KEY"}}}"#,
        )
        .unwrap();
        for shown in [serde_json::to_string(&ask).unwrap(), format!("{ask:?}")] {
            assert!(!shown.contains("hush"), "{shown}");
        }
        assert_eq!(ask.method(), Method::Get);
    }

    #[test]
    fn a_body_is_posted() {
        let ask = Ask { json: Some(serde_json::json!({"page": 1})), ..Ask::default() };
        assert_eq!(ask.method(), Method::Post);
    }
}

//! A person's own catalogue as text: sources are added at its end, so that every comment stays.
//!
//! # Invariants
//!
//! - What is returned is accepted by [`catalogue::parse`], and holds what was there before.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::catalogue;
use super::catalogue::CatalogueError;
use crate::domain::Ask;
use crate::domain::EdgarFilter;
use crate::domain::HeaderValue;
use crate::domain::JsonPaths;
use crate::domain::Lang;
use crate::domain::Method;
use crate::domain::Recipe;
use crate::domain::Selectors;
use crate::domain::Source;
use crate::domain::SourceClass;
use crate::domain::SourceKind;

/// What a new catalogue opens with.
const HEADING: &str = "# Your own sources. `dealwatch sources add` writes here; change what you \
                       like, then `dealwatch reload`.\n";

#[derive(Serialize)]
struct File<'a> {
    source: Vec<Row<'a>>,
}

/// A source in the keys of a catalogue, what is plain first.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    name: &'a str,
    kind: SourceKind,
    url: &'a str,
    language: Option<Lang>,
    country: Option<&'a str>,
    class: SourceClass,
    every_secs: u32,
    enabled: bool,
    utc_offset_minutes: Option<i16>,
    /// Written only where it says something.
    allow_private: Option<bool>,
    max_age_days: Option<u16>,
    gap_secs: Option<u32>,
    notes: Option<&'a str>,
    selectors: Option<&'a Selectors>,
    request: Option<Request<'a>>,
    json: Option<&'a JsonPaths>,
    edgar: Option<&'a EdgarFilter>,
}

#[derive(Serialize)]
struct Request<'a> {
    method: Option<Method>,
    headers: BTreeMap<&'a str, Header<'a>>,
    form: &'a BTreeMap<String, String>,
    json: Option<&'a serde_json::Value>,
}

/// Elsewhere a header's value is never written; in a person's own file it has to be. Of a secret
/// the place is written.
#[derive(Serialize)]
#[serde(untagged)]
enum Header<'a> {
    Text(&'a str),
    Variable { env: &'a str },
    File { file: &'a Path },
}

fn header(value: &HeaderValue) -> Header<'_> {
    match value {
        HeaderValue::Text(text) => Header::Text(text),
        HeaderValue::Variable { env, .. } => Header::Variable { env },
        HeaderValue::File { file, .. } => Header::File { file },
    }
}

fn asked(ask: &Ask) -> Request<'_> {
    let headers = ask.headers.iter().map(|(name, value)| (name.as_str(), header(value)));
    let (method, form, json) = (ask.method, &ask.form, ask.json.as_ref());
    Request { method, headers: headers.collect(), form, json }
}

fn row(source: &Source) -> Row<'_> {
    let Recipe { request, json, edgar, max_age_days, gap_secs } = &source.recipe;
    Row {
        id: source.id.as_str(),
        name: &source.name,
        kind: source.kind,
        url: source.url.as_str(),
        language: source.language,
        country: source.country.as_deref(),
        class: source.class,
        every_secs: source.every_secs,
        enabled: source.enabled,
        utc_offset_minutes: source.utc_offset_minutes,
        allow_private: source.allow_private.then_some(true),
        max_age_days: *max_age_days,
        gap_secs: *gap_secs,
        notes: source.notes.as_deref(),
        selectors: source.selectors.as_ref(),
        request: request.as_ref().map(asked),
        json: json.as_ref(),
        edgar: edgar.as_ref(),
    }
}

/// The sources as `[[source]]` tables, every value as it is; words in addresses are filled in.
pub fn tables(sources: &[Source]) -> String {
    if sources.is_empty() {
        return String::new();
    }
    // Texts, numbers and a table of texts: nothing of a source is beyond TOML.
    toml::to_string(&File { source: sources.iter().map(row).collect() }).unwrap_or_default()
}

/// The catalogue `text` with `new` at its end; the error says why the result would be refused.
/// `path` is for messages only.
pub fn added(path: &Path, text: &str, new: &[Source]) -> Result<String, CatalogueError> {
    let before = catalogue::parse(path, text)?;
    let mut whole = if text.trim().is_empty() { HEADING.to_owned() } else { text.to_owned() };
    for source in new {
        if !whole.ends_with('\n') {
            whole.push('\n');
        }
        whole.push('\n');
        whole.push_str(&tables(std::slice::from_ref(source)));
    }
    let after = catalogue::parse(path, &whole)?;
    debug_assert_eq!(after.len(), before.len() + new.len());
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Vec<Source> {
        catalogue::parse(Path::new("own.toml"), text).unwrap()
    }

    #[test]
    fn the_shipped_catalogue_comes_back_from_its_tables() {
        let shipped = parse(catalogue::SHIPPED);
        assert_eq!(parse(&tables(&shipped)), shipped);
    }

    #[test]
    fn a_source_is_added_and_every_comment_stays() {
        let text = "# mine\n[[source]]\nid = 'a' # first\nkind = 'page'\nurl = 'https://a.test/f'\n\
                    [source.selectors]\nitem = 'li'";
        let new = parse(
            "[[source]]\nid = 'b'\nname = '港湾 \"B\"'\nurl = 'https://b.test/f?x=1'\n\
             notes = \"two\\nallow_private = false\\nlines\"\n",
        );
        let whole = added(Path::new("own.toml"), text, &new).unwrap();
        assert!(whole.starts_with(text), "{whole}");
        let parsed = parse(&whole);
        assert_eq!((parsed.len(), &parsed[1]), (2, &new[0]));
        let first = added(Path::new("own.toml"), "", &new).unwrap();
        assert!(first.starts_with("# Your own"), "{first}");
    }

    #[test]
    fn what_would_not_parse_is_refused() {
        let new = parse("[[source]]\nid = 'a'\nurl = 'https://b.test/f'\n");
        let refused = |text: &str| added(Path::new("own.toml"), text, &new).is_err();
        assert!(refused("[[source]]\nid = 'a'\nurl = 'https://a.test/f'\n"), "the id twice");
        assert!(refused("source = [{ id = 'b', url = 'https://a.test/f' }]\n"), "one array");
        assert!(refused("[[source]\n"), "no TOML");
    }
}

//! The catalogue: `[[source]]` tables in TOML, checked as a whole.
//!
//! Every mistake is listed at once, with its key. What TOML itself refuses (syntax, an unknown
//! key, a number where a word belongs) is shown with its line, one at a time.

mod recipe;

use std::collections::BTreeMap;
use std::collections::HashSet;
use std::fmt;
use std::path::Path;
use std::path::PathBuf;
use std::str::FromStr;

use serde::Deserialize;
use url::Url;

use super::template;
use crate::domain::Ask;
use crate::domain::EdgarFilter;
use crate::domain::JsonPaths;
use crate::domain::Recipe;
use crate::domain::Selectors;
use crate::domain::Source;
use crate::domain::SourceClass;
use crate::domain::SourceKind;

pub use recipe::VARIABLE_PREFIX;

/// The catalogue that is part of the program.
pub const SHIPPED: &str = include_str!("../../config/sources.toml");

/// A source that does not say how often it is polled.
const DEFAULT_EVERY_SECS: u32 = 1_800;
/// Below this no publisher would call us polite.
pub const MIN_EVERY_SECS: u32 = 60;
/// Longer than a week between two polls is a mistake in the unit.
const MAX_EVERY_SECS: u32 = 7 * 24 * 3_600;
/// The zones in use go from -12:00 to +14:00.
const MAX_OFFSET_MINUTES: i16 = 14 * 60;
/// An id stands in file names, filters and URLs.
const MAX_ID_CHARS: usize = 64;

/// Why a catalogue is refused.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// TOML says no.
    #[error("cannot parse {}", path.display())]
    Toml {
        /// The file.
        path: PathBuf,
        /// With the line.
        source: Box<toml::de::Error>,
    },
    /// The values are wrong.
    #[error("{}: {} to fix{}", path.display(), problems.len(), list(problems))]
    Problems {
        /// The file.
        path: PathBuf,
        /// All of them.
        problems: Vec<Problem>,
    },
}

/// One thing to fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, as `source.ID.KEY`.
    pub key: String,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.message)
    }
}

fn list(problems: &[Problem]) -> String {
    let mut list = String::new();
    for problem in problems {
        list.push_str("\n  - ");
        list.push_str(&problem.to_string());
    }
    list
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    source: Vec<Row>,
}

/// A source as written. Words are texts here, so that a wrong one is listed among the others.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    name: Option<String>,
    kind: Option<String>,
    url: String,
    language: Option<String>,
    country: Option<String>,
    class: Option<String>,
    every_secs: Option<u32>,
    enabled: Option<bool>,
    utc_offset_minutes: Option<i16>,
    allow_private: Option<bool>,
    selectors: Option<Selectors>,
    notes: Option<String>,
    /// For `{query}` in the address.
    query: Option<String>,
    /// For any other word in braces there.
    params: Option<BTreeMap<String, String>>,
    request: Option<Ask>,
    json: Option<JsonPaths>,
    edgar: Option<EdgarFilter>,
    max_age_days: Option<u16>,
    gap_secs: Option<u32>,
}

/// Reads a catalogue; `path` is for messages only.
pub fn parse(path: &Path, text: &str) -> Result<Vec<Source>, CatalogueError> {
    let file: File = toml::from_str(text).map_err(|source| CatalogueError::Toml {
        path: path.to_owned(),
        source: Box::new(source),
    })?;
    let mut problems = Vec::new();
    let mut seen = HashSet::new();
    let mut sources = Vec::new();
    for (index, row) in file.source.into_iter().enumerate() {
        let mut check = Check::of(&row, index, &mut problems);
        if !seen.insert(row.id.clone()) {
            check.problem("", "the id is used twice");
        }
        sources.extend(check.source(row));
    }
    if problems.is_empty() {
        Ok(sources)
    } else {
        Err(CatalogueError::Problems { path: path.to_owned(), problems })
    }
}

/// Collects what is wrong with one source.
struct Check<'a> {
    key: String,
    problems: &'a mut Vec<Problem>,
}

impl Check<'_> {
    fn of<'a>(row: &Row, index: usize, problems: &'a mut Vec<Problem>) -> Check<'a> {
        let key = match row.id.as_str() {
            "" => format!("source (number {})", index + 1),
            id => format!("source.{}", id.escape_debug()),
        };
        Check { key, problems }
    }

    fn problem(&mut self, field: &str, message: impl Into<String>) {
        let key = match field {
            "" => self.key.clone(),
            field => format!("{}.{field}", self.key),
        };
        self.problems.push(Problem { key, message: message.into() });
    }

    /// The source, if every value is right.
    fn source(mut self, row: Row) -> Option<Source> {
        self.id(&row.id);
        let url = self.url(&row);
        let kind = self.word("kind", row.kind.as_deref()).unwrap_or(SourceKind::Feed);
        let class = self.word("class", row.class.as_deref()).unwrap_or(SourceClass::Media);
        let language = self.word("language", row.language.as_deref());
        self.numbers(&row);
        self.recipe(kind, &row);
        Some(Source {
            name: row.name.unwrap_or_else(|| row.id.clone()),
            id: row.id.as_str().into(),
            kind,
            url: url?,
            language,
            country: row.country,
            class,
            every_secs: row.every_secs.unwrap_or(DEFAULT_EVERY_SECS),
            enabled: row.enabled.unwrap_or(true),
            utc_offset_minutes: row.utc_offset_minutes,
            allow_private: row.allow_private.unwrap_or(false),
            selectors: row.selectors,
            notes: row.notes,
            recipe: Recipe {
                request: row.request,
                json: row.json,
                edgar: row.edgar,
                max_age_days: row.max_age_days,
                gap_secs: row.gap_secs,
            },
        })
    }

    fn id(&mut self, id: &str) {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
        if id.is_empty() || id.len() > MAX_ID_CHARS || !id.chars().all(plain) {
            self.problem(
                "id",
                format!("use 1 to {MAX_ID_CHARS} of the letters a to z, digits and `-_.`"),
            );
        }
    }

    fn url(&mut self, row: &Row) -> Option<Url> {
        let (address, missing) = template::fill(&row.url, &recipe::values(row));
        let url = match Url::parse(&address) {
            Ok(url) => url,
            Err(error) => {
                self.problem("url", format!("{error}: give the whole address with https://"));
                return None;
            }
        };
        if !matches!(url.scheme(), "http" | "https") {
            self.problem("url", format!("`{}` is not polled: use http or https", url.scheme()));
        }
        if row.enabled.unwrap_or(true) {
            for name in missing {
                let key = match name.as_str() {
                    "query" => "query".to_owned(),
                    name => format!("params.{name}"),
                };
                let message =
                    format!("`{{{name}}}` has no value: give `{key}`, or set `enabled = false`");
                self.problem("url", message);
            }
        }
        Some(url)
    }

    fn word<T: FromStr<Err: fmt::Display>>(&mut self, key: &str, word: Option<&str>) -> Option<T> {
        match word?.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.problem(key, error.to_string());
                None
            }
        }
    }

    fn numbers(&mut self, row: &Row) {
        let every = row.every_secs.unwrap_or(DEFAULT_EVERY_SECS);
        if every < MIN_EVERY_SECS {
            self.problem("every_secs", format!("{every} is below the minimum of {MIN_EVERY_SECS}"));
        }
        if every > MAX_EVERY_SECS {
            self.problem("every_secs", format!("{every} is over a week ({MAX_EVERY_SECS})"));
        }
        if let Some(minutes) = row.utc_offset_minutes
            && !(-MAX_OFFSET_MINUTES..=MAX_OFFSET_MINUTES).contains(&minutes)
        {
            let message = format!("{minutes} is no time zone: +08:00 is 480");
            self.problem("utc_offset_minutes", message);
        }
        if let Some(country) = &row.country
            && !(country.len() == 2 && country.chars().all(|c| c.is_ascii_uppercase()))
        {
            self.problem("country", "use two capital letters, as CN or US");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Registry;

    /// What the operator sees: the chain, as `main` prints it.
    fn refusal(text: &str) -> String {
        let error = parse(Path::new("sources.toml"), text).unwrap_err();
        format!("{:#}", anyhow::Error::from(error))
    }

    #[test]
    fn a_source_needs_only_an_id_and_a_url() {
        let text = "[[source]]\nid = 'a'\nurl = 'https://a.test/feed'\n";
        let sources = parse(Path::new("sources.toml"), text).unwrap();
        let [source] = sources.as_slice() else { panic!("{sources:?}") };
        assert_eq!((source.kind, source.class), (SourceKind::Feed, SourceClass::Media));
        assert_eq!((source.every_secs, source.enabled), (1_800, true));
        assert_eq!(source.name, "a");
    }

    #[test]
    fn a_misspelt_key_is_pointed_at() {
        let text = "[[source]]\nid = 'a'\nurl = 'https://a.test/feed'\nevery_sec = 600\n";
        insta::assert_snapshot!(refusal(text), @"
        cannot parse sources.toml: TOML parse error at line 4, column 1
          |
        4 | every_sec = 600
          | ^^^^^^^^^
        unknown field `every_sec`, expected one of `id`, `name`, `kind`, `url`, `language`, `country`, `class`, `every_secs`, `enabled`, `utc_offset_minutes`, `allow_private`, `selectors`, `notes`, `query`, `params`, `request`, `json`, `edgar`, `max_age_days`, `gap_secs`
        ");
    }

    #[test]
    fn all_problems_are_listed_at_once() {
        let text = "
            [[source]]
            id = 'a'
            url = 'https://a.test/feed'
            every_secs = 5
            [[source]]
            id = 'a'
            url = 'a.test/feed'
            kind = 'fed'
            utc_offset_minutes = 900
            [[source]]
            id = 'List 1'
            url = 'ftp://b.test/'
            kind = 'page'
            country = 'China'
            [[source]]
            id = ''
            url = 'https://c.test/{query}'
            kind = 'json'
            every_secs = 4000000
        ";
        insta::assert_snapshot!(refusal(text), @"
        sources.toml: 13 to fix
          - source.a.every_secs: 5 is below the minimum of 60
          - source.a: the id is used twice
          - source.a.url: relative URL without a base: give the whole address with https://
          - source.a.kind: `fed` is no kind of source: use one of feed, page, sitemap, json, edgar
          - source.a.utc_offset_minutes: 900 is no time zone: +08:00 is 480
          - source.List 1.id: use 1 to 64 of the letters a to z, digits and `-_.`
          - source.List 1.url: `ftp` is not polled: use http or https
          - source.List 1.country: use two capital letters, as CN or US
          - source.List 1.selectors: a page needs at least `item`: give it, or set `enabled = false`
          - source (number 4).id: use 1 to 64 of the letters a to z, digits and `-_.`
          - source (number 4).url: `{query}` has no value: give `query`, or set `enabled = false`
          - source (number 4).every_secs: 4000000 is over a week (604800)
          - source (number 4).json: an API needs the paths `items` and `title`: give them, or set `enabled = false`
        ");
    }

    #[test]
    fn all_problems_of_a_recipe_are_listed_at_once() {
        let text = "
            [[source]]
            id = 'api'
            kind = 'json'
            url = 'https://a.test/{route}?q={query}'
            query = 'x'
            params = { language = 'en' }
            max_age_days = 0
            gap_secs = 5000
            [source.json]
            items = '{list}'
            title = 'a[b]'
            date_format = '%d/%&'
            [source.request]
            method = 'GET'
            form = { a = '1' }
            [source.request.headers]
            'User-Agent' = 'another'
            'X-Key' = { env = 'HOME' }
            'X Key' = '融资'
            [[source]]
            id = 'page'
            kind = 'page'
            url = 'https://a.test/'
            selectors = { item = 'li[', date = '@datetime' }
            [[source]]
            id = 'sec'
            kind = 'edgar'
            url = 'https://a.test/'
            edgar = { items = ['1.1'] }
            [[source]]
            id = 'feed'
            url = 'https://a.test/'
            selectors = { item = 'li' }
        ";
        insta::assert_snapshot!(refusal(text), @"
        sources.toml: 15 to fix
          - source.api.url: `{route}` has no value: give `params.route`, or set `enabled = false`
          - source.api.request.method: GET has no body: use POST, or drop `form` and `json`
          - source.api.request.headers.User-Agent: is set by dealwatch itself, the same for every server
          - source.api.request.headers.X Key: is no name of a header
          - source.api.request.headers.X Key: is not plain ASCII in one line
          - source.api.request.headers.X-Key: `HOME`: the variable's name begins with DEALWATCH_
          - source.api.max_age_days: 0 leaves nothing: leave the key out
          - source.api.gap_secs: 5000 is over 300
          - source.api.params.language: the url has no `{language}` to put it into
          - source.api.json.date_format: strftime formatting failed: found unrecognized specifier directive `&`: use as `%d/%m/%Y %H:%M`
          - source.api.json.items: is a path, not a template with braces
          - source.api.json.title: `a[b]` is no path: in brackets stands a number, `*`, or a name in quotes
          - source.page.selectors.item: `li[` is no CSS selector: Unexpected EOL
          - source.sec.edgar.items: `1.1` is no item of an 8-K: use as `1.01`
          - source.feed.selectors: is only read for kind `page`, and this one is `feed`
        ");
    }

    #[test]
    fn the_shipped_catalogue_is_right() {
        let sources = parse(Path::new("config/sources.toml"), SHIPPED).unwrap();
        let registry = Registry::new(sources.clone());
        assert_eq!(registry.all().len(), sources.len(), "every id once");
        let enabled = registry.enabled().count();
        assert!(enabled >= 50, "{enabled} enabled");
        assert!(sources.len() >= 120, "{} sources", sources.len());
    }

    #[test]
    fn every_address_of_the_shipped_catalogue_is_sent_as_it_is_written() {
        for line in SHIPPED.lines() {
            let Some(url) = line.strip_prefix("url = \"").and_then(|rest| rest.strip_suffix('"'))
            else {
                continue;
            };
            // Braces are filled in before such a source can be enabled.
            if !url.contains('{') {
                assert_eq!(Url::parse(url).unwrap().as_str(), url);
            }
        }
    }
}

//! The catalogue: `[[source]]` tables in TOML, checked as a whole.
//!
//! Every mistake is listed at once, with its key. What TOML itself refuses (syntax, an unknown
//! key, a number where a word belongs) is shown with its line, one at a time.

use std::collections::HashSet;
use std::fmt;
use std::path::Path;
use std::path::PathBuf;
use std::str::FromStr;

use serde::Deserialize;
use url::Url;

use crate::domain::Selectors;
use crate::domain::Source;
use crate::domain::SourceClass;
use crate::domain::SourceKind;

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
        self.reading(kind, &row);
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
        let url = match Url::parse(&row.url) {
            Ok(url) => url,
            Err(error) => {
                self.problem("url", format!("{error}: give the whole address with https://"));
                return None;
            }
        };
        if !matches!(url.scheme(), "http" | "https") {
            self.problem("url", format!("`{}` is not polled: use http or https", url.scheme()));
        }
        if row.enabled.unwrap_or(true) && row.url.contains('{') {
            self.problem("url", "fill in the words in braces, or set `enabled = false`");
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

    /// Whether the source can be read as it is described.
    fn reading(&mut self, kind: SourceKind, row: &Row) {
        if !row.enabled.unwrap_or(true) {
            return;
        }
        match kind {
            SourceKind::Feed => {}
            SourceKind::Page => {
                if row.selectors.is_none() {
                    self.problem(
                        "selectors",
                        "a page needs at least `item`: give it, or set `enabled = false`",
                    );
                }
            }
            SourceKind::Sitemap | SourceKind::Json | SourceKind::Edgar => {
                let message = format!("`{kind}` is not polled yet: set `enabled = false`");
                self.problem("kind", message);
            }
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
        unknown field `every_sec`, expected one of `id`, `name`, `kind`, `url`, `language`, `country`, `class`, `every_secs`, `enabled`, `utc_offset_minutes`, `allow_private`, `selectors`, `notes`
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
          - source (number 4).url: fill in the words in braces, or set `enabled = false`
          - source (number 4).every_secs: 4000000 is over a week (604800)
          - source (number 4).kind: `json` is not polled yet: set `enabled = false`
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

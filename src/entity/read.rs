//! Entity files: TOML text → rows with their lines.
//!
//! The format is described in `config/entities/README.md`.

use serde::Deserialize;
use toml::Spanned;

use super::problem::Problem;
use super::table::EntityKind;

/// One `[[entity]]` as written; what is absent is left to the table to decide.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub(super) id: Spanned<String>,
    pub(super) kind: Option<EntityKind>,
    pub(super) ai: Option<bool>,
    pub(super) country: Option<Spanned<String>>,
    pub(super) en: Option<Spanned<String>>,
    pub(super) zh: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) aliases: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) cased: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) ambiguous: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) former: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) except: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) domains: Vec<String>,
    pub(super) parent: Option<Spanned<String>>,
}

/// A file's rows, and what it takes to say where they stand.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    pub(super) rows: Vec<Row>,
    /// Byte offset of each line's start.
    lines: Vec<usize>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    entity: Vec<Row>,
}

impl<'a> Source<'a> {
    /// Reads one file.
    pub(super) fn read(file: &'a str, text: &str) -> Result<Source<'a>, Problem> {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        let mut source = Source { file, rows: Vec::new(), lines };
        match toml::from_str::<File>(text) {
            Ok(read) => {
                source.rows = read.entity;
                Ok(source)
            }
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                Err(source.problem(at, error.message().replace('\n', "; ")))
            }
        }
    }

    /// A problem at this byte of the file.
    pub(super) fn problem(&self, at: usize, message: String) -> Problem {
        let line = self.lines.partition_point(|start| *start <= at);
        Problem { file: self.file.to_owned(), line, message }
    }
}

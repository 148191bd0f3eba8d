//! Feeds with one defect each: `tests/fixtures/feeds/corpus.toml`.

use std::fmt::Write;

use serde::Deserialize;

use super::*;
use crate::domain::Entry;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corpus {
    defect: Vec<Defect>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Defect {
    name: String,
    document: String,
    reads: Vec<String>,
    #[serde(default)]
    warnings: Vec<String>,
}

fn corpus() -> Vec<Defect> {
    toml::from_str::<Corpus>(&fixture("feeds/corpus.toml")).unwrap().defect
}

/// The documents, as seeds of damage.
pub(super) fn documents() -> Vec<Vec<u8>> {
    corpus().into_iter().map(|defect| defect.document.into_bytes()).collect()
}

fn line(entry: &Entry) -> String {
    let or_none =
        |text: Option<&str>| text.filter(|text| !text.is_empty()).unwrap_or("-").to_owned();
    let date = entry.published.or(entry.updated).map(|date| date.to_string());
    let parts = [
        entry.key.clone(),
        or_none(Some(&entry.title)),
        or_none(entry.link.as_deref()),
        or_none(date.as_deref()),
        or_none(Some(&entry.text.replace('\n', "/"))),
        or_none(entry.author.as_deref()),
    ];
    parts.join(" | ")
}

#[test]
fn every_defect_is_read_as_the_corpus_says() {
    let mut wrong = String::new();
    for defect in corpus() {
        let (reads, warnings) = match entries(&document(&defect.document, None), &source()) {
            Ok(parsed) => (
                parsed.entries.iter().map(line).collect::<Vec<_>>(),
                parsed.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ),
            Err(error) => (Vec::new(), vec![error.to_string()]),
        };
        if (&reads, &warnings) != (&defect.reads, &defect.warnings) {
            let name = defect.name;
            writeln!(wrong, "{name}\n  reads = {reads:#?}\n  warnings = {warnings:#?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

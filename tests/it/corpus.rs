//! The sentences that specify extraction: `tests/corpus/{en,zh,negative}/*.toml`.
//!
//! Each case gives a text, what is read from it, and what the case teaches. A mention reads as
//! `main ai funding announced X; round b; exact CNY 300000000..300000000; backed by *A, B`, where
//! a star marks who leads; a text that states no deal reads as nothing. How many cases there are
//! at least is pinned in `tests/corpus/floors.toml`; each rule of extraction is used by one of them.

mod rules;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use dealwatch::domain::Amount;
use dealwatch::domain::Basis;
use dealwatch::domain::Mention;
use dealwatch::domain::Qualifier;
use dealwatch::entity::EntityTable;
use dealwatch::extract::Input;
use dealwatch::extract::extract;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The headline, if the case has one.
    #[serde(default)]
    title: String,
    /// A sentence or a short text.
    #[serde(default)]
    text: String,
    /// Every mention, in order.
    reads: Vec<String>,
    /// What the case teaches.
    why: String,
}

/// Every case of a folder, with its file.
fn cases(folder: &str) -> Vec<(String, Case)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let mut paths: Vec<_> =
        fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let name = path.display().to_string();
        let file: File = toml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        all.extend(file.case.into_iter().map(|case| (name.clone(), case)));
    }
    all
}

/// The fewest cases of each folder; what is learnt is not forgotten.
fn floor(folder: &str) -> usize {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/floors.toml");
    let floors: BTreeMap<String, usize> =
        toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    floors[folder]
}

/// Runs every case of a folder; all that differ are reported at once.
#[track_caller]
fn check(folder: &str) {
    let cases = cases(folder);
    let (count, floor) = (cases.len(), floor(folder));
    assert!(count >= floor, "{folder}: {count} cases, and there were {floor}");
    let mut wrong = String::new();
    for (file, case) in cases {
        assert!(!case.why.is_empty(), "{file}: {} teaches nothing", case.text);
        let found = read(&case.title, &case.text);
        if folder == "negative" {
            let alerts = found.iter().any(|mention| mention.starts_with("main ai"));
            assert!(!alerts, "{file}: {} {}", case.title, case.text);
        }
        if found != case.reads {
            writeln!(
                wrong,
                "{} {}\n  reads {found:#?}\n  wanted {:#?}",
                case.title, case.text, case.reads
            )
            .unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn read(title: &str, text: &str) -> Vec<String> {
    let input = Input { title, text, lang: None, published: None };
    extract(&input, EntityTable::shipped()).mentions.iter().map(line).collect()
}

fn line(mention: &Mention) -> String {
    let place = if mention.main { "main" } else { "background" };
    let trade = if mention.ai { "ai" } else { "other" };
    let mut line =
        format!("{place} {trade} {} {} {}", mention.kind, mention.status, mention.target);
    let mut part = |label: &str, words: &str| {
        if !words.is_empty() {
            write!(line, "; {label}{words}").unwrap();
        }
    };
    part("by ", &mention.acquirers.join(", "));
    part("from ", &mention.sellers.join(", "));
    part("round ", &mention.round.map(|round| round.to_string()).unwrap_or_default());
    part("", &mention.amount.as_ref().map(sum).unwrap_or_default());
    if let Some(valuation) = &mention.valuation {
        let basis = match valuation.basis {
            Basis::Pre => " pre",
            Basis::Post => " post",
            Basis::Unspecified => "",
        };
        part("worth ", &format!("{}{basis}", sum(&valuation.amount())));
    }
    part("in total ", &mention.cumulative.as_ref().map(sum).unwrap_or_default());
    if let Some(share) = mention.stake_pct {
        part("share ", &format!("{}%", f64::from(share.0) / 100.0));
    }
    let backers: Vec<String> = mention
        .investors
        .iter()
        .map(|backer| format!("{}{}", if backer.lead { "*" } else { "" }, backer.name))
        .collect();
    part("backed by ", &backers.join(", "));
    line
}

fn sum(amount: &Amount) -> String {
    if amount.qualifier == Qualifier::Undisclosed {
        return "undisclosed".to_owned();
    }
    let bound = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    let qualifier = serde_json::to_value(amount.qualifier).unwrap();
    format!(
        "{} {} {}..{}",
        qualifier.as_str().unwrap(),
        amount.currency.map(|currency| currency.to_string()).unwrap_or_default(),
        bound(amount.min),
        bound(amount.max)
    )
}

#[test]
fn english_sentences_read_as_the_corpus_says() {
    check("en");
}

#[test]
fn chinese_sentences_read_as_the_corpus_says() {
    check("zh");
}

#[test]
fn what_is_no_deal_stays_silent() {
    check("negative");
}

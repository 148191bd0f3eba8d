//! Every rule of extraction is used by at least one line of the corpus: a rule that none uses is
//! untested, or can never be used.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use dealwatch::entity::EntityTable;
use dealwatch::extract::Input;
use dealwatch::extract::explain;
use dealwatch::extract::extract;

/// What rules are about; the first word of every rule's name.
const DIMENSIONS: &[&str] =
    &["ai", "asset", "date", "frame", "money", "nodeal", "party", "percent", "round", "status"];

/// The rules that the sources name: `dimension.language.what`.
fn named() -> BTreeSet<String> {
    let mut rules = BTreeSet::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract"), &mut rules);
    rules
}

fn collect(folder: &Path, rules: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, rules);
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") {
            let source = fs::read_to_string(&path).unwrap();
            let shipped = source.split("#[cfg(test)]").next().unwrap_or_default();
            rules.extend(shipped.split('"').filter(|word| is_rule(word)).map(str::to_owned));
        }
    }
}

fn is_rule(word: &str) -> bool {
    let mut parts = word.split('.');
    parts.next().is_some_and(|dimension| DIMENSIONS.contains(&dimension))
        && matches!(parts.next(), Some("en" | "zh"))
        && parts.next().is_some_and(|what| !what.is_empty())
        && word.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c == '.')
}

/// The rules that a case uses: on the way, for a value of a deal, or against one.
fn used(title: &str, text: &str) -> BTreeSet<String> {
    let input = Input { title, text, lang: None, published: None };
    let table = EntityTable::shipped();
    let mut rules: BTreeSet<String> =
        explain::words(&input, table).into_iter().map(|step| step.rule).collect();
    let extraction = extract(&input, table);
    for step in extraction.trace.steps() {
        rules.insert(step.rule.clone());
        rules.extend(step.note.split(' ').filter(|word| is_rule(word)).map(str::to_owned));
    }
    let evidence = extraction.mentions.iter().flat_map(|mention| &mention.evidence);
    rules.extend(evidence.map(|evidence| evidence.rule.clone()));
    rules
}

#[test]
fn each_rule_is_used_by_the_corpus() {
    let cases = ["en", "zh", "negative"].into_iter().flat_map(super::cases);
    let used: BTreeSet<String> =
        cases.flat_map(|(_, case)| used(&case.title, &case.text)).collect();
    let unused: Vec<_> = named().into_iter().filter(|rule| !used.contains(rule)).collect();
    assert!(unused.is_empty(), "no line of the corpus uses {unused:#?}");
}

//! Holds the rules about files that no lint holds: who may import whom, who may read the clock.
//!
//! # Invariants
//!
//! - Code behind `#[cfg(test)]`, in a file or in a whole test file, may import and read what it
//!   likes: it sets up scenes and ships in no binary.
//! - Comments and string literals are no code.
//! - A failure names file, line, what it found and what is allowed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

mod code;

use code::Code;

/// Module → modules it may import. `ALL` stands for every module.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("entity", &["domain"]),
    ("source", &["domain"]),
    ("http", &["domain"]),
    ("parse", &["domain"]),
    ("store", &["domain"]),
    ("newsroom", &["domain"]),
    ("extract", &["domain", "entity"]),
    ("resolve", &["domain", "entity"]),
    ("fetch", &["domain", "source", "http"]),
    (
        "pipeline",
        &["domain", "entity", "source", "http", "parse", "store", "extract", "resolve", "fetch"],
    ),
    ("query", &["domain", "entity", "store"]),
    ("decide", &["domain", "entity", "store"]),
    ("alert", &["domain", "store", "query", "http"]),
    ("web", &["domain", "query", "decide"]),
    // Settings live beside the code that reads them, and `config` composes them.
    (
        "config",
        &[
            "domain", "entity", "source", "http", "parse", "store", "newsroom", "extract",
            "resolve", "fetch", "pipeline", "query", "decide", "alert", "web",
        ],
    ),
    ("daemon", ALL),
    ("cli", ALL),
    ("main", ALL),
];

/// Any module at all; for those on top.
const ALL: &[&str] = &["*"];

/// The modules that may read the clock and the environment.
const MAY_READ_THE_WORLD: &[&str] = &["daemon", "cli"];

/// What reading the clock or the environment looks like.
const WORLD: &[&str] =
    &["Timestamp::now", "Zoned::now", "SystemTime::now", "std::env", "env::var", "env::args"];

/// A file under `src`, and whether all of it is test code.
struct Source {
    /// Relative to `src`.
    path: PathBuf,
    code: Code,
    text: String,
    is_test: bool,
}

impl Source {
    /// The top module the file belongs to: `extract` for `extract/money/en.rs`.
    fn module(&self) -> String {
        let first = self.path.iter().next().unwrap_or_default();
        Path::new(first).with_extension("").to_string_lossy().into_owned()
    }

    /// How deep the file's module is below the crate: 1 for `extract.rs`.
    fn depth(&self) -> usize {
        self.path.iter().count()
    }
}

/// Every `.rs` file under `src`, sorted by path.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources: Vec<Source> = rust_files(&root)
        .into_iter()
        .map(|file| {
            let text = fs::read_to_string(&file).unwrap();
            let path = file.strip_prefix(&root).unwrap().to_owned();
            Source { path, code: Code::of(&text), text, is_test: false }
        })
        .collect();
    let tests = test_modules(&sources);
    for source in &mut sources {
        source.is_test = source.path.ancestors().any(|dir| tests.contains(&dir.with_extension("")));
    }
    sources
}

/// The files (without extension) that a `#[cfg(test)] mod name;` declares.
fn test_modules(sources: &[Source]) -> BTreeSet<PathBuf> {
    let below = |source: &Source| match source.path.to_str() {
        Some("lib.rs" | "main.rs") => PathBuf::new(),
        _ => source.path.with_extension(""),
    };
    let declared = |source: &Source| {
        let dir = below(source);
        source.code.test_modules().iter().map(move |name| dir.join(name)).collect::<Vec<_>>()
    };
    sources.iter().flat_map(declared).collect()
}

fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[track_caller]
fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "{} to fix\n  {}\n", problems.len(), problems.join("\n  "));
}

fn allowed(module: &str) -> Option<&'static [&'static str]> {
    MAY_IMPORT.iter().find(|(name, _)| *name == module).map(|(_, allowed)| *allowed)
}

/// Why `module` may not import `imported`, or nothing if it may.
fn objection(module: &str, imported: &str) -> Option<String> {
    let Some(allowed) = allowed(module) else {
        return Some(format!("`{module}` has no line in MAY_IMPORT"));
    };
    if imported.is_empty() {
        return Some("imports through `crate::{…}` or `crate::*`: name one module a line".into());
    }
    if imported == module || allowed == ALL || allowed.contains(&imported) {
        return None;
    }
    let list = if allowed.is_empty() { "nothing".to_owned() } else { allowed.join(", ") };
    Some(format!("imports `{imported}`, but `{module}` may import {list}"))
}

#[test]
fn modules_import_only_what_their_layer_may() {
    let mut problems = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test) {
        if source.path == Path::new("lib.rs") {
            continue;
        }
        for import in source.code.imports(source.depth()) {
            if let Some(why) = objection(&source.module(), &import.module) {
                problems.push(format!("src/{}:{}: {why}", source.path.display(), import.line));
            }
        }
    }
    assert_none(&problems);
}

#[test]
fn every_module_has_its_line_and_every_line_its_module() {
    let present: BTreeSet<String> = sources()
        .iter()
        .map(Source::module)
        .filter(|module| module != "lib" && module != "main")
        .collect();
    let listed: BTreeSet<String> = MAY_IMPORT
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .filter(|name| name != "main")
        .collect();
    assert_eq!(present, listed, "left: modules under src, right: lines of MAY_IMPORT");
}

#[test]
fn no_two_layers_import_each_other() {
    let reaches = |from: &str, to: &str| allowed(from).is_some_and(|list| list.contains(&to));
    for (a, _) in MAY_IMPORT {
        for (b, _) in MAY_IMPORT {
            let both = a != b && reaches(a, b) && reaches(b, a);
            assert!(!both, "`{a}` and `{b}` may import each other");
        }
    }
}

#[test]
fn only_daemon_and_cli_read_the_clock_and_the_environment() {
    let mut problems = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test) {
        if MAY_READ_THE_WORLD.contains(&source.module().as_str()) {
            continue;
        }
        for (line, word) in source.code.mentions(WORLD) {
            let path = source.path.display();
            problems.push(format!("src/{path}:{line}: `{word}`; take it as an argument"));
        }
    }
    assert_none(&problems);
}

#[test]
fn every_file_opens_with_its_subject() {
    let silent = |source: &Source| !source.text.starts_with("//! ");
    let problems: Vec<String> = sources()
        .iter()
        .filter(|source| silent(source))
        .map(|source| format!("src/{}: line 1 is no `//!` sentence", source.path.display()))
        .collect();
    assert_none(&problems);
}

#[test]
fn no_module_hides_in_a_mod_file() {
    let problems: Vec<String> = sources()
        .iter()
        .filter(|source| source.path.ends_with("mod.rs"))
        .map(|source| format!("src/{}: name it after its module", source.path.display()))
        .collect();
    assert_none(&problems);
}

#[test]
fn an_objection_says_what_is_allowed() {
    let check = |module: &str, imported: &str, expected: Option<&str>| {
        assert_eq!(objection(module, imported).as_deref(), expected, "{module} → {imported}");
    };
    check("extract", "entity", None);
    check("extract", "extract", None);
    check("cli", "store", None);
    check("extract", "store", Some("imports `store`, but `extract` may import domain, entity"));
    check("domain", "store", Some("imports `store`, but `domain` may import nothing"));
    check("novel", "domain", Some("`novel` has no line in MAY_IMPORT"));
}

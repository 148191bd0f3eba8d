//! Runs every reader on damaged documents: `mutate COUNT [FILE..]`.
//!
//! The files are what is damaged; without any, the project's own fixtures. A panic ends it.

use std::io::Write;
use std::time::Instant;

use dealwatch::parse::targets;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().ok_or("mutate COUNT [FILE..]")?.parse()?;
    let mut files: Vec<_> = arguments.map(std::path::PathBuf::from).collect();
    if files.is_empty() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        for folder in ["feeds", "pages"] {
            for file in std::fs::read_dir(root.join(folder))? {
                files.push(file?.path());
            }
        }
    }
    files.sort();
    let mut seeds = Vec::new();
    for file in &files {
        if file.extension().is_some_and(|extension| extension == "toml") {
            let table: toml::Table = std::fs::read_to_string(file)?.parse()?;
            let documents =
                table.get("defect").and_then(toml::Value::as_array).into_iter().flatten();
            let documents = documents.filter_map(|defect| defect.get("document")?.as_str());
            seeds.extend(documents.map(|document| document.as_bytes().to_vec()));
        } else {
            seeds.push(std::fs::read(file)?);
        }
    }
    let mut out = std::io::stdout().lock();
    let started = Instant::now();
    for (number, (name, target)) in (1..).zip(targets::ALL) {
        // Feeds are what arrives most; the rest share what is left.
        let share = if *name == "feed_repair" { count * 6 / 10 } else { count / 10 };
        let before = Instant::now();
        for input in targets::Mutations::new(&seeds, number).take(share) {
            target(&input);
        }
        writeln!(out, "{name:15} {share:8} inputs in {:.1?}", before.elapsed())?;
    }
    writeln!(out, "no panic in {:.1?}", started.elapsed())?;
    Ok(())
}

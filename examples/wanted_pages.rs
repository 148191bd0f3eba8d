//! Which of a file's documents would have their page asked for: `wanted_pages FILE.jsonl`.
//!
//! Reads documents as JSON lines (`title`, `text`, optional `relevant`); prints the share of the
//! relevant and of the other ones, and the relevant ones that would be left.

use std::io::Write;

use dealwatch::daemon::ingest;
use dealwatch::entity::EntityTable;
use dealwatch::extract::batch::Line;
use dealwatch::pipeline::Reading;
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: wanted_pages FILE.jsonl")?;
    let mut out = std::io::stdout();
    let mut counts = [[0_usize; 2]; 2];
    for line in std::fs::read_to_string(path)?.lines().filter(|line| !line.trim().is_empty()) {
        let relevant = serde_json::from_str::<Value>(line)?["relevant"] == true;
        let article = ingest::article(serde_json::from_str::<Line>(line)?);
        let reading = Reading::new(article, EntityTable::shipped());
        let wanted = reading.deserves_page();
        counts[usize::from(relevant)][usize::from(wanted)] += 1;
        if wanted != relevant {
            let what = if relevant { "left" } else { "asked for" };
            writeln!(out, "{what}: {}", reading.article.title)?;
        }
    }
    for (name, [left, asked]) in [("other", counts[0]), ("relevant", counts[1])] {
        writeln!(out, "{name}: {asked} of {} asked for", left + asked)?;
    }
    Ok(())
}

//! Reads documents as JSON lines on stdin and writes their deals to stdout.

use std::io::BufRead;
use std::io::Write;

use dealwatch::entity::EntityTable;
use dealwatch::extract::batch::json_line;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if !line.trim().is_empty() {
            writeln!(out, "{}", json_line(&line, EntityTable::shipped())?)?;
        }
    }
    Ok(())
}

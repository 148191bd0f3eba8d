//! `dealwatch stats`: who was first, and who was right.

use super::context::Context;
use super::context::Refusal;
use super::context::now;
use super::printer::Printer;
use super::table::Table;
use crate::domain::filter::Moment;
use crate::domain::one_line;
use crate::query;
use crate::query::Stats;

/// Arguments of `dealwatch stats`.
#[derive(Debug, clap::Args)]
#[command(after_help = "FIRST: of the deals that others tell too (SHARED), those it told before \
    them. LEAD: the median time until the next source.\nRIGHT: of the shared deals that are \
    settled, those in which it contradicted no value of the record and told nothing that was \
    denied.")]
pub struct Args {
    /// Of deals first seen since then: 90d, 2026-03-09.
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value = "table")]
    format: super::Format,
}

/// Runs the command.
pub fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    let since = args.since.as_deref().map(|text| {
        let words = || format!("--since {}: write 90d, 4w or 2026-03-09", one_line(text));
        Moment::parse(text).map(|moment| moment.start(now())).ok_or_else(|| Refusal(words()))
    });
    let since = since.transpose()?;
    let (_, log) = context.log()?;
    let stats = log.read_blocking(|conn| query::stats(conn, since))?;
    match args.format {
        super::Format::Json => printer.line(&serde_json::to_string_pretty(&stats)?)?,
        super::Format::Jsonl => {
            for source in &stats.sources {
                printer.line(&serde_json::to_string(source)?)?;
            }
        }
        super::Format::Csv => printer.table(&sources(&stats), true)?,
        super::Format::Table => {
            if !stats.sources.is_empty() {
                printer.table(&sources(&stats), false)?;
                printer.line("")?;
                printer.table(&languages(&stats), false)?;
            }
        }
    }
    if stats.sources.is_empty() {
        printer.say("no deal is told by any source yet")?;
        return Ok(super::EXIT_NOTHING);
    }
    printer.say(&format!("{} deals, {} told by several sources", stats.deals, stats.shared))?;
    Ok(super::EXIT_DONE)
}

fn sources(stats: &Stats) -> Table {
    let mut table = Table::new(&["SOURCE", "DEALS", "SHARED", "FIRST", "LEAD", "CHECKED", "RIGHT"]);
    for source in &stats.sources {
        table.row([
            source.source.to_string(),
            source.deals.to_string(),
            source.shared.to_string(),
            part(source.first, source.shared),
            lead(source.lead_minutes),
            source.checked.to_string(),
            part(source.right, source.checked),
        ]);
    }
    table
}

fn languages(stats: &Stats) -> Table {
    let mut table = Table::new(&["LANGUAGE", "DEALS", "IN BOTH", "FIRST", "LEAD"]);
    for language in &stats.languages {
        table.row([
            language.lang.to_string(),
            language.deals.to_string(),
            language.shared.to_string(),
            part(language.first, language.shared),
            lead(language.lead_minutes),
        ]);
    }
    table
}

/// `3 (60%)`; nothing of nothing is nothing.
fn part(part: u64, of: u64) -> String {
    match (part * 100).checked_div(of) {
        Some(share) => format!("{part} ({share}%)"),
        None => String::new(),
    }
}

/// `35 min`, `4 h`, `3 days`.
fn lead(minutes: Option<i64>) -> String {
    match minutes {
        None => String::new(),
        Some(minutes) if minutes < 120 => format!("{minutes} min"),
        Some(minutes) if minutes < 48 * 60 => format!("{} h", minutes / 60),
        Some(minutes) => format!("{} days", minutes / (24 * 60)),
    }
}

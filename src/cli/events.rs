//! `dealwatch events`: every change of the log after a cursor, in order.

use std::time::Duration;

use super::context::Context;
use super::deals::local;
use super::deals::words;
use super::printer::Printer;
use crate::domain::one_line;
use crate::query;
use crate::query::EventView;

/// Read at once.
const BATCH: u32 = 500;
/// How often a follower looks; reading nothing costs next to nothing.
const LOOK: Duration = Duration::from_millis(500);

/// Arguments of `dealwatch events`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The cursor: what comes after it is printed; 0 is the beginning.
    #[arg(long, default_value_t = 0)]
    after: i64,
    /// Wait for more, until interrupted.
    #[arg(long)]
    follow: bool,
    /// How to print them.
    #[arg(long, value_enum, default_value = "table")]
    format: super::Format,
}

/// Runs the command.
pub fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    let (_, log) = context.log()?;
    let mut after = args.after;
    loop {
        let events = log.read_blocking(|conn| query::events(conn, after, BATCH))?;
        for event in &events {
            print(event, args.format, printer)?;
            after = event.seq;
        }
        printer.flush()?;
        if events.len() < BATCH as usize {
            if !args.follow {
                return Ok(super::EXIT_DONE);
            }
            std::thread::sleep(LOOK);
        }
    }
}

fn print(event: &EventView, format: super::Format, printer: &mut Printer) -> anyhow::Result<()> {
    if format != super::Format::Table {
        return Ok(printer.line(&serde_json::to_string(event)?)?);
    }
    let target = event.record.as_ref().map_or("", |record| record.target.as_str());
    let changed: Vec<String> =
        event.changes.iter().map(|change| words(change.field.as_str())).collect();
    let line = format!(
        "{:>6}  {}  deal {}  {} ({})  {}  {}",
        event.seq,
        local(event.at),
        event.deal,
        words(event.event.as_str()),
        event.cause,
        target,
        changed.join(", ")
    );
    Ok(printer.line(&one_line(&line))?)
}

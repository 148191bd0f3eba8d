//! `dealwatch events`: every change of the log after a cursor, in order.

use std::time::Duration;

use super::context::Context;
use super::deals::local;
use super::deals::words;
use super::printer::Printer;
use crate::domain::one_line;
use crate::query;
use crate::query::EventView;
use crate::query::export;

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
    let mut writer = Writer::begin(args.format, printer)?;
    loop {
        let events = log.read_blocking(|conn| query::events(conn, after, BATCH))?;
        for event in &events {
            writer.event(event, printer)?;
            after = event.seq;
        }
        printer.flush()?;
        if events.len() < BATCH as usize {
            if !args.follow {
                writer.end(printer)?;
                return Ok(super::EXIT_DONE);
            }
            std::thread::sleep(LOOK);
        }
    }
}

/// Writes events one by one, so that a follower sees each as it comes.
struct Writer {
    format: super::Format,
    empty: bool,
}

impl Writer {
    fn begin(format: super::Format, printer: &mut Printer) -> anyhow::Result<Writer> {
        if format == super::Format::Csv {
            let head = ["seq", "at", "deal", "event", "cause", "target", "changed"];
            export::csv_row(printer.out(), head)?;
        }
        Ok(Writer { format, empty: true })
    }

    fn event(&mut self, event: &EventView, printer: &mut Printer) -> anyhow::Result<()> {
        match self.format {
            super::Format::Json => {
                printer.line(if self.empty { "[" } else { "," })?;
                printer.line(&serde_json::to_string(event)?)?;
            }
            super::Format::Jsonl => export::jsonl(printer.out(), event)?,
            super::Format::Csv => {
                let [target, changed] = summary(event);
                let seq = event.seq.to_string();
                let (at, deal) = (event.at.to_string(), event.deal.to_string());
                let cells = [&*seq, &*at, &*deal, event.event.as_str(), event.cause.as_str()];
                let words = [&*target, &*changed];
                export::csv_row(printer.out(), cells.iter().chain(&words))?;
            }
            super::Format::Table => {
                let [target, changed] = summary(event);
                let (at, what) = (local(event.at), words(event.event.as_str()));
                let (seq, deal, cause) = (event.seq, event.deal, event.cause);
                let line =
                    format!("{seq:>6}  {at}  deal {deal}  {what} ({cause})  {target}  {changed}");
                printer.line(&one_line(&line))?;
            }
        }
        self.empty = false;
        Ok(())
    }

    fn end(&self, printer: &mut Printer) -> anyhow::Result<()> {
        if self.format == super::Format::Json {
            printer.line(if self.empty { "[]" } else { "]" })?;
        }
        Ok(())
    }
}

/// The company, and the names of the fields that changed.
fn summary(event: &EventView) -> [String; 2] {
    let target = event.record.as_ref().map(|record| record.target.clone()).unwrap_or_default();
    let changed: Vec<String> =
        event.changes.iter().map(|change| words(change.field.as_str())).collect();
    [target, changed.join(", ")]
}

//! `dealwatch alerts`: what was sent to whom, and what came of it.

use serde_json::json;

use super::Format;
use super::context::Context;
use super::deals::local;
use super::deals::words;
use super::printer::Printer;
use super::table::Table;
use crate::query::export;
use crate::store;
use crate::store::outbox::Delivered;

/// Arguments of `dealwatch alerts`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Every attempt to deliver a message, the latest first, with the receiver's answer
    Log {
        /// How to print them
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
        /// At most so many
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
}

/// Runs the command.
pub fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    let Command::Log { format, limit } = args.command;
    let (_, log) = context.log()?;
    let deliveries = log.read_blocking(|conn| store::outbox::deliveries(conn, limit))?;
    let documents = deliveries.iter().map(document);
    match format {
        Format::Json => export::json(printer.out(), documents)?,
        Format::Jsonl => {
            for document in documents {
                export::jsonl(printer.out(), &document)?;
            }
        }
        Format::Table | Format::Csv => printer.table(&table(&deliveries), format == Format::Csv)?,
    }
    if deliveries.is_empty() {
        printer.say("nothing was sent yet; `dealwatch config check` lists receivers and routes")?;
        return Ok(super::EXIT_NOTHING);
    }
    Ok(super::EXIT_DONE)
}

fn table(deliveries: &[Delivered]) -> Table {
    let head =
        ["AT", "RECEIVER", "ROUTE", "DEAL", "REASON", "TRY", "OUTCOME", "MS", "KEY", "WORDS"];
    let mut table = Table::new(&head);
    for delivery in deliveries {
        let message = &delivery.message;
        let answer = delivery.error.as_ref().or(delivery.response.as_ref());
        table.row([
            local(delivery.at),
            message.receiver.clone(),
            message.route.clone(),
            message.deal.map(|deal| deal.to_string()).unwrap_or_default(),
            words(message.reason.as_str()),
            delivery.attempt.to_string(),
            outcome(delivery),
            delivery.latency_ms.to_string(),
            message.idempotency_key.clone(),
            answer.cloned().unwrap_or_default(),
        ]);
    }
    table
}

/// `sent 200`, `again 503`, `given up 404`.
fn outcome(delivery: &Delivered) -> String {
    let word = match (delivery.ok, delivery.retry) {
        (true, _) => "sent",
        (false, true) => "again",
        (false, false) => "given up",
    };
    let status = delivery.status.map(|status| format!(" {status}")).unwrap_or_default();
    format!("{word}{status}")
}

fn document(delivery: &Delivered) -> serde_json::Value {
    let message = &delivery.message;
    json!({
        "at": delivery.at,
        "receiver": message.receiver,
        "route": message.route,
        "deal": message.deal,
        "reason": message.reason,
        "revision": message.revision,
        "key": message.idempotency_key,
        "attempt": delivery.attempt,
        "ok": delivery.ok,
        "retry": delivery.retry,
        "status": delivery.status,
        "latency_ms": delivery.latency_ms,
        "response": delivery.response,
        "error": delivery.error,
    })
}

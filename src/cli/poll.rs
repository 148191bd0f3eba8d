//! `dealwatch poll`: polls sources once, now, through the daemon if it runs.

use anyhow::Context as _;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::context::Context;
use super::context::Refusal;
use super::printer::Printer;
use super::table::Table;
use crate::config::Loaded;
use crate::daemon;
use crate::daemon::Options;
use crate::daemon::control;
use crate::daemon::control::Request;

/// Arguments of `dealwatch poll`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Ids of sources; all enabled ones when none is given.
    sources: Vec<String>,
    /// How to print what came of it.
    #[arg(long, value_enum, default_value = "table")]
    format: super::Format,
}

/// Runs the command.
pub fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    let reply = send(Request::Poll { sources: args.sources.clone() }, context)?;
    show(&reply, args.format, printer)
}

/// Has the poller do something, that of the daemon if it runs; returns what it answers.
pub fn send(request: Request, context: &Context) -> anyhow::Result<Value> {
    let loaded = context.load()?;
    let data_dir = loaded.data_dir.path.clone();
    let asked = control::ask(&data_dir, &request)
        .with_context(|| format!("cannot ask the daemon of {}", data_dir.display()))?;
    let reply = match asked {
        Some(reply) => reply,
        None => alone(loaded, request)?,
    };
    match reply.error {
        Some(error) => Err(Refusal(error).into()),
        None => Ok(reply.data),
    }
}

/// Prints what polls came to; one that failed gives exit code 1.
pub fn show(reply: &Value, format: super::Format, printer: &mut Printer) -> anyhow::Result<u8> {
    let reports = reply.as_array().cloned().unwrap_or_default();
    print(&reports, format, printer)?;
    let failed = reports.iter().any(|report| report["outcome"] == "failed");
    Ok(if failed { super::EXIT_FAILED } else { super::EXIT_DONE })
}

/// Starts the daemon's parts for as long as the poll takes.
fn alone(mut loaded: Loaded, request: Request) -> anyhow::Result<control::Reply> {
    loaded.config.web.enabled = false;
    let stop = CancellationToken::new();
    let (ready, shared) = tokio::sync::oneshot::channel();
    super::run::block_on(async {
        let daemon = daemon::run(loaded, Options::default(), stop.clone(), |shared| {
            // The receiver waits just below.
            drop(ready.send(std::sync::Arc::clone(shared)));
        });
        let ask = async {
            let answer = match shared.await {
                Ok(shared) => shared.obey(request, None).await,
                Err(_) => Err(anyhow::anyhow!("the daemon's parts did not start")),
            };
            stop.cancel();
            answer
        };
        let (ran, answer) = tokio::join!(daemon, ask);
        ran?;
        Ok(match answer {
            Ok(data) => control::Reply { error: None, data },
            Err(error) => control::Reply { error: Some(format!("{error:#}")), data: Value::Null },
        })
    })?
}

fn print(reports: &[Value], format: super::Format, printer: &mut Printer) -> anyhow::Result<()> {
    match format {
        super::Format::Json => printer.line(&serde_json::to_string_pretty(reports)?)?,
        super::Format::Jsonl => {
            for report in reports {
                printer.line(&report.to_string())?;
            }
        }
        super::Format::Table | super::Format::Csv => {
            let head = ["SOURCE", "OUTCOME", "ARTICLES", "DEALS", "REVISED", "WORDS"];
            let mut table = Table::new(&head);
            for report in reports {
                let words: Vec<&str> = report["words"]
                    .as_array()
                    .map(|words| words.iter().filter_map(Value::as_str).collect())
                    .unwrap_or_default();
                table.row([
                    text(&report["source"]),
                    text(&report["outcome"]),
                    report["new_articles"].to_string(),
                    report["new_deals"].to_string(),
                    report["revised_deals"].to_string(),
                    words.join("; "),
                ]);
            }
            printer.table(&table, format == super::Format::Csv)?;
        }
    }
    Ok(())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

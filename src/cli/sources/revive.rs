//! `dealwatch sources revive`: a source that was given up, or is held back, is asked again.

use crate::cli::context::Context;
use crate::cli::poll;
use crate::cli::printer::Printer;
use crate::daemon::control::Request;

/// Arguments of `dealwatch sources revive`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The source's id.
    #[arg(value_name = "ID")]
    source: String,
    /// How to print what came of it.
    #[arg(long, value_enum, default_value = "table")]
    format: crate::cli::Format,
}

/// Runs the command: revives and asks once, through the daemon if it runs.
pub(super) fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    let sources = vec![args.source.clone()];
    poll::send(Request::Revive { sources: sources.clone() }, context)?;
    let reply = poll::send(Request::Poll { sources }, context)?;
    poll::show(&reply, args.format, printer)
}

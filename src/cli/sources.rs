//! `dealwatch sources`: what is polled, how it does, and how more is found.

mod add;
mod asker;
mod export;
mod import;
mod list;
mod own;
mod pause;
pub(super) mod report;
mod revive;
mod test;

use super::context::Context;
use super::printer::Printer;

/// Arguments of `dealwatch sources`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the sources and how each is doing.
    List(list::Args),
    /// Find the feed of a site and add it to your own catalogue.
    Add(add::Args),
    /// Ask sources once and show every step; nothing is stored.
    Test(test::Args),
    /// Say how each source does, what to do, and how politely it was asked.
    Report(report::Args),
    /// Ask a source again that was given up or is held back.
    Revive(revive::Args),
    /// Add every feed of an OPML file, or of a list of addresses.
    Import(import::Args),
    /// Print the sources for another program, or as a catalogue.
    Export(export::Args),
}

/// Runs the command.
pub fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    match &args.command {
        Command::List(args) => list::run(args, context, printer),
        Command::Add(args) => add::run(args, context, printer),
        Command::Test(args) => test::run(args, context, printer),
        Command::Report(args) => report::run(args, context, printer),
        Command::Revive(args) => revive::run(args, context, printer),
        Command::Import(args) => import::run(args, context, printer),
        Command::Export(args) => export::run(args, context, printer),
    }
}

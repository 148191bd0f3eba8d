//! The command line: one file per subcommand.
//!
//! Data goes to standard output, talk to standard error. Exit codes: 0 done, 1 failed, 2 wrong
//! use or wrong configuration, 3 nothing found.

pub mod alerts;
pub mod completions;
pub mod configuration;
pub mod context;
pub mod deal;
pub mod deals;
pub mod demo;
pub mod doctor;
pub mod entities;
pub mod events;
pub mod extract;
pub mod ingest;
pub mod poll;
pub mod printer;
pub mod reload;
pub mod replay;
pub mod run;
pub mod search;
pub mod service;
pub mod sources;
pub mod stats;
pub mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;

use context::Context;
use printer::Printer;

/// Done.
const EXIT_DONE: u8 = 0;
/// Failed.
const EXIT_FAILED: u8 = 1;
/// Wrong use or wrong configuration.
const EXIT_REFUSED: u8 = 2;
/// Nothing found.
const EXIT_NOTHING: u8 = 3;

/// Watches news in English and Chinese for AI companies being funded or bought.
#[derive(Debug, Parser)]
#[command(name = "dealwatch", version, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 done, 1 failed, 2 wrong use or configuration, 3 nothing found."
)]
pub struct Cli {
    /// The configuration file [default: /etc/dealwatch/dealwatch.toml if readable, else XDG].
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where the database is [default: the configuration's `data_dir`, else XDG].
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Without colours; also by the variable `NO_COLOR`.
    #[arg(long, global = true)]
    no_color: bool,
    #[command(subcommand)]
    command: Command,
}

/// How records are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Table,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values, safe to open in a spreadsheet.
    Csv,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show the main job in a minute: a made-up newsroom, polled by the ordinary daemon.
    Demo(demo::Args),
    /// Run the daemon.
    Run(run::Args),
    /// Poll sources once, now.
    Poll(poll::Args),
    /// List deals that match a filter.
    Deals(deals::Args),
    /// Show one deal, its proof or its history; decide about it.
    Deal(deal::Args),
    /// Search articles and deals for words, Chinese ones too.
    Search(search::Args),
    /// Who was first, and who was right, among the sources.
    Stats(stats::Args),
    /// Print what changed, in order.
    Events(events::Args),
    /// Print what a text says of deals.
    Extract(extract::Args),
    /// Run documents from a file through the whole path.
    Ingest(ingest::Args),
    /// Read stored articles again, and show or write what that changes.
    Replay(replay::Args),
    /// Companies and investors: their names, and what people say of them.
    Entities(entities::Args),
    /// Sources and how they are doing.
    Sources(sources::Args),
    /// What was sent to whom, and what came of it.
    Alerts(alerts::Args),
    /// Check the configuration, or print one to start from.
    Config(configuration::Args),
    /// Say what is there, what works and what to do.
    Doctor(doctor::Args),
    /// Install as a systemd service, or show how it is doing.
    Service(service::ServiceArgs),
    /// Make the daemon read its configuration again.
    Reload,
    /// Print completions for a shell.
    Completions(completions::Args),
    /// Print the manual page.
    Man,
}

/// Parses the arguments, runs the command and maps its outcome to an exit code.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { EXIT_REFUSED } else { EXIT_DONE };
            // Nothing is left to tell when even the help cannot be printed.
            drop(error.print());
            return ExitCode::from(code);
        }
    };
    let no_color = cli.no_color || std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let mut printer = Printer::standard(no_color);
    let outcome = run(cli, &mut printer).and_then(|code| Ok(printer.flush().map(|()| code)?));
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(error) if is_broken_pipe(&error) => ExitCode::from(EXIT_DONE),
        Err(error) => {
            drop(printer.say(&format!("dealwatch: {error:#}")));
            let refused = error.downcast_ref::<crate::config::problems::ConfigError>().is_some()
                || error.downcast_ref::<context::Refusal>().is_some()
                || error.downcast_ref::<crate::decide::Refused>().is_some();
            ExitCode::from(if refused { EXIT_REFUSED } else { EXIT_FAILED })
        }
    }
}

fn run(cli: Cli, printer: &mut Printer) -> anyhow::Result<u8> {
    let context = Context::new(cli.config, cli.data_dir);
    match cli.command {
        Command::Demo(args) => demo::run(&args, printer),
        Command::Run(args) => run::run(&args, &context),
        Command::Poll(args) => poll::run(&args, &context, printer),
        Command::Deals(args) => deals::run(&args, &context, printer),
        Command::Deal(args) => deal::run(&args, &context, printer),
        Command::Search(args) => search::run(&args, &context, printer),
        Command::Stats(args) => stats::run(&args, &context, printer),
        Command::Events(args) => events::run(&args, &context, printer),
        Command::Extract(args) => extract::run(&args, &context, printer),
        Command::Ingest(args) => ingest::run(&args, &context, printer),
        Command::Replay(args) => replay::run(&args, &context, printer),
        Command::Entities(args) => entities::run(&args, &context, printer),
        Command::Sources(args) => sources::run(&args, &context, printer),
        Command::Alerts(args) => alerts::run(&args, &context, printer),
        Command::Config(args) => configuration::run(&args, &context, printer),
        Command::Doctor(args) => doctor::run(&args, &context, printer),
        Command::Service(args) => service(&args, printer),
        Command::Reload => reload::run(&context, printer),
        Command::Completions(args) => completions::run(&args, printer),
        Command::Man => completions::man(printer),
    }
}

/// Puts the service's files in place, or says how they stand.
fn service(args: &service::ServiceArgs, printer: &mut Printer) -> anyhow::Result<u8> {
    let binary = std::env::current_exe()?;
    match &args.command {
        service::ServiceCommand::Install(args) => {
            service::install(args, &binary, printer.out())?;
            Ok(EXIT_DONE)
        }
        service::ServiceCommand::Status(args) => {
            let in_place = service::status(args, &binary, printer.out())?;
            Ok(if in_place { EXIT_DONE } else { EXIT_FAILED })
        }
    }
}

/// Whoever read our output has seen enough: `dealwatch deals | head`.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}

//! `dealwatch completions` and `dealwatch man`: made from the arguments themselves.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::Cli;
use super::printer::Printer;

/// Arguments of `dealwatch completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// For which shell.
    shell: Shell,
}

/// Prints a completion script.
pub fn run(args: &Args, printer: &mut Printer) -> anyhow::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "dealwatch", &mut script);
    printer.out().write_all(&script)?;
    Ok(super::EXIT_DONE)
}

/// Prints the manual page in roff.
pub fn man(printer: &mut Printer) -> anyhow::Result<u8> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    printer.out().write_all(&page)?;
    Ok(super::EXIT_DONE)
}

//! `dealwatch config`: checks the configuration, or prints one to start from.

use super::context::Context;
use super::printer::Printer;
use crate::config;

/// Arguments of `dealwatch config`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Say whether the daemon would start with it, and where everything is
    Check,
    /// Print a configuration with every key, commented, at its default
    Init,
}

/// Runs the command.
pub fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    match args.command {
        Command::Init => printer.line(config::EXAMPLE.trim_end())?,
        Command::Check => check(context, printer)?,
    }
    Ok(super::EXIT_DONE)
}

/// Runs the code of start-up; what it refuses is the command's error.
fn check(context: &Context, printer: &mut Printer) -> anyhow::Result<()> {
    let loaded = context.load()?;
    let alerts = loaded.config.alerts();
    printer.line(&format!("configuration  {}", loaded.config_words()))?;
    printer.line(&format!("data           {}", loaded.data_words()))?;
    let enabled = loaded.registry.enabled().count();
    let all = loaded.registry.all().len();
    printer.line(&format!("sources        {enabled} enabled of {all}"))?;
    printer.line(&format!("entities       {}", loaded.entities.entities().len()))?;
    for (name, channel) in alerts.receivers.names() {
        printer.line(&format!("receiver       {name} ({channel})"))?;
    }
    for route in &alerts.routes {
        let receivers = route.receivers.join(", ");
        let deals = route.filter.iter().cloned();
        let what: Vec<String> = deals.chain(route.sources.then(|| "sources".to_owned())).collect();
        let what = what.join(", and ");
        printer.line(&format!("route          {}: {what} → {receivers}", route.name))?;
    }
    for warning in &loaded.warnings {
        printer.say(&format!("warning: {warning}"))?;
    }
    Ok(())
}

//! `dealwatch reload`: makes the daemon read its configuration again.

use super::context::Context;
use super::context::Refusal;
use super::printer::Printer;
use crate::daemon::control;
use crate::daemon::control::Request;

/// Runs the command; a configuration that the daemon refuses is the command's error.
pub fn run(context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    // A wrong configuration is refused here already, with every problem listed.
    let loaded = context.load()?;
    let data_dir = &loaded.data_dir.path;
    let Some(reply) = control::ask(data_dir, &Request::Reload)? else {
        return Err(Refusal(format!("no daemon runs on {}", data_dir.display())).into());
    };
    if let Some(error) = reply.error {
        return Err(Refusal(error).into());
    }
    printer.say(&format!("reloaded: {} sources", reply.data["sources"]))?;
    Ok(super::EXIT_DONE)
}

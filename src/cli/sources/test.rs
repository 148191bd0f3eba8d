//! `dealwatch sources test`: one request to each source, and every step of what came of it.

mod many;
mod show;
pub(super) mod trial;
mod verdict;

use std::sync::Arc;

use super::asker;
use crate::cli;
use crate::cli::Format;
use crate::cli::context::Context;
use crate::cli::context::Refusal;
use crate::cli::printer::Printer;
use crate::config::Loaded;
use crate::domain::Source;
use crate::domain::SourceClass;
use crate::domain::SourceId;
use crate::domain::SourceKind;
use crate::domain::shown_text;
use trial::Trial;
use verdict::Verdict;

/// Arguments of `dealwatch sources test`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Ids of sources, or addresses of feeds.
    #[arg(value_name = "ID|URL", required_unless_present_any = ["all", "disabled"])]
    sources: Vec<String>,
    /// Every source that is switched on.
    #[arg(long, conflicts_with = "sources")]
    all: bool,
    /// Every source that is switched off; with `--all`, both.
    #[arg(long, conflicts_with = "sources")]
    disabled: bool,
    /// Requests under way at once; one host never has two [default: `fetch.parallel`].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    jobs: Option<u16>,
    /// Items that are shown, newest first; those with a deal are shown all the same.
    #[arg(long, value_name = "N", default_value = "5")]
    items: usize,
    /// They are on this machine or in your own network.
    #[arg(long)]
    allow_private: bool,
    /// How to print what was seen.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// Runs the command; a source that is not well gives exit code 1.
pub(super) fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    let loaded = context.load()?;
    let mut sources = wanted(args, &loaded)?;
    for source in &mut sources {
        source.allow_private |= args.allow_private;
    }
    if sources.is_empty() {
        let which = match (args.all, args.disabled) {
            (true, true) => "there is no source",
            (_, true) => "no source is switched off",
            _ => "no source is switched on",
        };
        printer.say(&format!("{which}; `dealwatch sources list --all` lists all"))?;
        return Ok(cli::EXIT_NOTHING);
    }
    let fetcher = asker::fetcher(&loaded)?;
    let jobs = usize::from(args.jobs.unwrap_or(loaded.config.fetch.parallel));
    let one = sources.len() == 1 && !args.all && !args.disabled;
    let table = Arc::new(loaded.entities.clone());
    let trials = cli::run::block_on(async {
        many::run(Arc::new(fetcher), sources, table, jobs, |done, all, trial| {
            if !one {
                printer.say(&many::progress(done, all, trial))?;
            }
            Ok(())
        })
        .await
    })??;
    match (args.format, trials.as_slice()) {
        (Format::Table, [trial]) if one => show::one(trial, args.items, printer)?,
        (format, trials) => many::print(trials, format, printer)?,
    }
    if !one {
        printer.say(&many::summary(&trials))?;
    }
    let well = trials.iter().all(|trial| trial.verdict == Verdict::Ok);
    Ok(if well { cli::EXIT_DONE } else { cli::EXIT_FAILED })
}

fn wanted(args: &Args, loaded: &Loaded) -> anyhow::Result<Vec<Source>> {
    if args.sources.is_empty() {
        let all = loaded.registry.all().iter();
        let wanted = |source: &&Source| if source.enabled { args.all } else { args.disabled };
        return Ok(all.filter(wanted).cloned().collect());
    }
    args.sources.iter().map(|word| named(word, loaded)).collect()
}

/// A source by its id, or a feed that is in no catalogue by its address.
fn named(word: &str, loaded: &Loaded) -> anyhow::Result<Source> {
    if let Some(source) = loaded.registry.get(&SourceId::from(word)) {
        return Ok(source.clone());
    }
    if !word.contains(['.', ':']) {
        let hint = "`dealwatch sources list --all` lists them, and an address has a host's name";
        return Err(Refusal(format!("there is no source `{word}`: {hint}")).into());
    }
    let typed = crate::parse::url::typed(word);
    let url = typed.map_err(|reason| Refusal(format!("`{}` {reason}", shown_text(word))))?;
    if let Some(known) = super::own::known(loaded, &url) {
        return Ok(known.clone());
    }
    Ok(super::add::candidate::draft(url, SourceKind::Feed, SourceClass::Media))
}

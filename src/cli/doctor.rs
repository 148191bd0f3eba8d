//! `dealwatch doctor`: what is there, what works, and what to do.

use std::collections::BTreeMap;

use jiff::ToSpan as _;

use super::context::Context;
use super::context::now;
use super::deals::local;
use super::printer::Printer;
use super::sources::report;
use crate::config::Loaded;
use crate::daemon::control;
use crate::daemon::control::Request;
use crate::domain::one_line;
use crate::query;
use crate::query::SourceHealth;
use crate::query::SourceReport;
use crate::store::Store;

/// The stages in the order an article takes, with what each counts.
const STAGES: &[(&str, &str)] = &[
    ("fetched", "documents fetched"),
    ("parsed", "entries read"),
    ("articles", "new articles"),
    ("pages", "article pages read"),
    ("relevant", "articles about a deal of an AI company"),
    ("mentions", "deals as articles state them"),
    ("deals", "new deals"),
    ("revisions", "changes of deals"),
    ("owed", "messages owed"),
    ("sent", "messages sent"),
];
/// Sources that are named; `sources report` has them all.
const NAMED: usize = 10;

/// Arguments of `dealwatch doctor`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command; something that needs a hand gives exit code 1.
pub fn run(_args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    let loaded = context.load()?;
    printer.line(&format!("configuration  {}", loaded.config_words()))?;
    printer.line(&format!("data           {}", loaded.data_words()))?;
    let mut trouble: Vec<String> = loaded.warnings.clone();
    daemon(&loaded, printer, &mut trouble)?;
    let database = loaded.database();
    if database.exists() {
        log(&loaded, printer, &mut trouble)?;
    } else {
        printer.line("log            none yet: `dealwatch run` makes one")?;
    }
    for words in &trouble {
        printer.line(&format!("! {}", one_line(words)))?;
    }
    if trouble.is_empty() {
        printer.line("nothing needs a hand")?;
    }
    Ok(if trouble.is_empty() { super::EXIT_DONE } else { super::EXIT_FAILED })
}

fn daemon(loaded: &Loaded, printer: &mut Printer, trouble: &mut Vec<String>) -> anyhow::Result<()> {
    let words = match control::ask(&loaded.data_dir.path, &Request::Ping) {
        Ok(Some(reply)) => {
            let web = reply.data["web"].as_str().map(|a| format!(", pages on http://{a}/"));
            format!("running, process {}{}", reply.data["pid"], web.unwrap_or_default())
        }
        Ok(None) => "not running".to_owned(),
        Err(error) => {
            trouble.push(format!("the daemon cannot be asked: {error}"));
            "unknown".to_owned()
        }
    };
    printer.line(&format!("daemon         {words}"))?;
    Ok(())
}

fn log(loaded: &Loaded, printer: &mut Printer, trouble: &mut Vec<String>) -> anyhow::Result<()> {
    let store = Store::open_read_only(loaded.database())?;
    let sources = store.read_blocking(query::sources)?;
    let count = |health: SourceHealth| sources.iter().filter(|s| s.health == health).count();
    printer.line(&format!(
        "sources        {} ok, {} failing, {} not asked yet, {} stopped, {} off",
        count(SourceHealth::Ok),
        count(SourceHealth::Failing),
        count(SourceHealth::New),
        count(SourceHealth::Stopped),
        count(SourceHealth::Off)
    ))?;
    sick(loaded, trouble)?;
    let week = now() - (24 * 7).hours();
    let stages = store.read_blocking(|conn| query::stages(conn, week))?;
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for count in &stages {
        *sums.entry(count.stage.as_str()).or_default() += count.n;
    }
    printer.line(&format!("since {}:", local(week)))?;
    for (stage, words) in STAGES {
        let n = sums.get(stage).copied().unwrap_or_default();
        printer.line(&format!("  {n:>8}  {words}"))?;
    }
    let failed = sums.iter().filter_map(|(stage, n)| Some((stage.strip_prefix("failed: ")?, *n)));
    let mut failed: Vec<(&str, u64)> = failed.collect();
    failed.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    for (cause, n) in failed {
        printer.line(&format!("  {n:>8}  polls that failed: {}", cause.replace('_', " ")))?;
    }
    Ok(())
}

/// Sources that need a hand, those that have never worked in one line: a catalogue that was never
/// tried has many.
fn sick(loaded: &Loaded, trouble: &mut Vec<String>) -> anyhow::Result<()> {
    let enabled: Vec<_> = loaded.registry.enabled().cloned().collect();
    let reports = report::all(loaded, &enabled)?;
    let (never, sick): (Vec<_>, Vec<_>) = reports
        .iter()
        .filter(|report| report.is_sick())
        .partition(|report| report.never_worked() && report.view.health == SourceHealth::Failing);
    for report in sick.iter().take(NAMED) {
        let remedy = report.state.remedy.as_deref().map(|remedy| format!("; {remedy}"));
        let remedy = remedy.unwrap_or_default();
        trouble.push(format!("source {} {}{remedy}", report.view.id, report.state.words));
    }
    if let Some(more) = sick.len().checked_sub(NAMED).filter(|more| *more > 0) {
        trouble.push(format!("and {more} more; see `dealwatch sources report --sick`"));
    }
    match never.as_slice() {
        [] => {}
        [one] => {
            let (id, words) = (&one.view.id, &one.state.words);
            trouble.push(format!("source {id} {words}; see `dealwatch sources test {id}`"));
        }
        many => {
            let name = |report: &&SourceReport| report.view.id.to_string();
            let names: Vec<String> = many.iter().take(NAMED).map(name).collect();
            let more = many.len().checked_sub(NAMED).filter(|more| *more > 0);
            let more = more.map(|more| format!(" and {more} more")).unwrap_or_default();
            trouble.push(format!(
                "{} sources have never worked: {}{more}; `dealwatch sources test --all` tries \
                 every source and says what to do",
                many.len(),
                names.join(", ")
            ));
        }
    }
    Ok(())
}

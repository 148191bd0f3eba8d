//! `dealwatch replay`: stored articles read again by this version, and what that would change.
//!
//! Without `--apply` everything happens in a copy of the log that is thrown away: the answer is
//! what would come out, whole, and neither the log nor the daemon is touched.

use std::fs::File;
use std::path::Path;

use anyhow::Context as _;
use serde_json::json;
use tempfile::TempDir;

use super::context::Context;
use super::context::Refusal;
use super::context::now;
use super::deals::local;
use super::deals::words;
use super::ingest;
use super::printer::Printer;
use crate::daemon::control;
use crate::daemon::control::Request;
use crate::daemon::lock;
use crate::domain::filter::Moment;
use crate::domain::one_line;
use crate::pipeline::Pipeline;
use crate::query;
use crate::query::Outcome;
use crate::query::Replayed;
use crate::query::Tally;
use crate::query::export;
use crate::store::Store;
use crate::store::replay::Asked;
use crate::store::replay::Run;

/// What the directory of a copy begins with; the number of its process follows.
const COPY: &str = "replay-";
/// Progress is told after so many articles.
const STEP: u64 = 1_000;

/// Arguments of `dealwatch replay`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Without --apply nothing is changed: the log is copied, the copy is \
    replayed and thrown away. With it, an interrupted run goes on where it was when the same is \
    asked again. Nobody is alerted.")]
pub struct Args {
    /// Articles first seen since then: 90d, 4w, 2026-03-09.
    #[arg(long, value_name = "TIME")]
    since: String,
    /// Of this source only.
    #[arg(long, value_name = "ID")]
    source: Option<String>,
    /// Also articles that this version has read already.
    #[arg(long)]
    all: bool,
    /// Write what changes into the log, as revisions with the cause `replay`.
    #[arg(long)]
    apply: bool,
    /// How to print what changes.
    #[arg(long, value_enum, default_value = "table")]
    format: super::Format,
}

/// Runs the command.
pub fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    if Moment::parse(&args.since).is_none() {
        let words = format!("--since {}: write 90d, 4w or 2026-03-09", one_line(&args.since));
        return Err(Refusal(words).into());
    }
    let asked = Asked { since: args.since.clone(), source: args.source.clone(), all: args.all };
    let way = if args.apply { Way::log(context)? } else { Way::copy(context, printer)? };
    let run = follow(&way, &asked, printer)?;
    let store = way.store()?;
    let tally = print(&store, &run, args.format, printer)?;
    summary(&run, tally, args.apply, printer)?;
    Ok(super::EXIT_DONE)
}

/// What is replayed, and by whom.
enum Way {
    /// The daemon writes into its log.
    Daemon { data_dir: std::path::PathBuf, database: std::path::PathBuf },
    /// We write: into the log, or into a copy of it.
    Own { pipeline: Box<Pipeline>, _lock: Option<File>, _copy: Option<TempDir> },
}

impl Way {
    fn log(context: &Context) -> anyhow::Result<Way> {
        let loaded = context.load()?;
        let (data_dir, database) = (loaded.data_dir.path.clone(), loaded.database());
        if control::ask(&data_dir, &Request::Ping)?.is_some() {
            return Ok(Way::Daemon { data_dir, database });
        }
        let lock = lock::take(&data_dir)?;
        let store = Store::open(&database, now())?;
        let pipeline = Box::new(ingest::pipeline(store, loaded, true)?);
        Ok(Way::Own { pipeline, _lock: Some(lock), _copy: None })
    }

    fn copy(context: &Context, printer: &mut Printer) -> anyhow::Result<Way> {
        let (loaded, log) = context.log()?;
        let data_dir = &loaded.data_dir.path;
        sweep(data_dir);
        let folder = tempfile::Builder::new()
            .prefix(&format!("{COPY}{}-", std::process::id()))
            .tempdir_in(data_dir)
            .or_else(|_| tempfile::tempdir())
            .context("cannot make a directory for the copy of the log")?;
        let copy = folder.path().join("copy.db");
        printer.say("copying the log, which stays as it is …")?;
        log.copy_to(&copy).with_context(|| {
            format!("cannot copy the log to {}; is there room?", copy.display())
        })?;
        let store = Store::open(&copy, now())?;
        let pipeline = Box::new(ingest::pipeline(store, loaded, true)?);
        Ok(Way::Own { pipeline, _lock: None, _copy: Some(folder) })
    }

    /// The next piece.
    fn step(&self, asked: &Asked) -> anyhow::Result<Run> {
        match self {
            Way::Own { pipeline, .. } => pipeline
                .replay_blocking(asked, now())?
                .context("the time of --since cannot be read"),
            Way::Daemon { data_dir, .. } => {
                let reply = control::ask(data_dir, &Request::Replay { asked: asked.clone() })?
                    .context("the daemon stopped; the same command goes on where it was")?;
                match reply.error {
                    Some(error) => Err(Refusal(error).into()),
                    None => Ok(serde_json::from_value(reply.data)?),
                }
            }
        }
    }

    fn store(&self) -> anyhow::Result<Store> {
        Ok(match self {
            Way::Own { pipeline, .. } => pipeline.store().clone(),
            Way::Daemon { database, .. } => Store::open_read_only(database)?,
        })
    }
}

/// Removes copies of processes that were killed.
fn sweep(data_dir: &Path) {
    let entries = std::fs::read_dir(data_dir).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(COPY)) else { continue };
        let pid = rest.split('-').next().and_then(|pid| pid.parse().ok());
        let Some(pid) = pid.and_then(rustix::process::Pid::from_raw) else { continue };
        if rustix::process::test_kill_process(pid) == Err(rustix::io::Errno::SRCH) {
            // What cannot be removed is in nobody's way but the disk's.
            drop(std::fs::remove_dir_all(entry.path()));
        }
    }
}

/// Piece after piece to the end, with progress on standard error.
fn follow(way: &Way, asked: &Asked, printer: &mut Printer) -> anyhow::Result<Run> {
    let mut told: Option<u64> = None;
    loop {
        let run = way.step(asked)?;
        if run.finished_at.is_some() {
            return Ok(run);
        }
        if told.is_none_or(|told| run.done >= told + STEP) {
            printer.say(&format!("{} of {} articles", run.done, run.total))?;
            told = Some(run.done);
        }
    }
}

fn print(
    store: &Store,
    run: &Run,
    format: super::Format,
    printer: &mut Printer,
) -> anyhow::Result<Tally> {
    use super::Format;
    if format == Format::Csv {
        let head = ["deal", "target", "outcome", "other", "field", "from", "to", "article"];
        export::csv_row(printer.out(), head)?;
    }
    let mut list = Vec::new();
    let mut failed = None;
    let tally = store.read_blocking(|conn| {
        query::replayed(conn, run.from_seq, &run.splits, |deal| {
            let written = match format {
                Format::Json => {
                    list.push(deal);
                    Ok(())
                }
                Format::Jsonl => serde_json::to_string(&deal)
                    .map_err(anyhow::Error::from)
                    .and_then(|line| Ok(printer.line(&line)?)),
                Format::Csv => csv(&deal, printer),
                Format::Table => lines(&deal)
                    .iter()
                    .try_for_each(|line| printer.line(&one_line(line)))
                    .map_err(anyhow::Error::from),
            };
            failed = failed.take().or(written.err());
            Ok::<(), crate::store::StoreError>(())
        })
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    if format == Format::Json {
        let whole = json!({ "run": run, "tally": tally, "deals": list });
        printer.line(&serde_json::to_string_pretty(&whole)?)?;
    }
    Ok(tally)
}

fn csv(deal: &Replayed, printer: &mut Printer) -> anyhow::Result<()> {
    let (id, other) = (deal.deal.to_string(), deal.other.map(|other| other.to_string()));
    let start = [id.as_str(), &deal.target, outcome(deal.outcome), other.as_deref().unwrap_or("")];
    if deal.changes.is_empty() {
        return Ok(export::csv_row(printer.out(), start.iter().chain(&["", "", "", ""]))?);
    }
    for change in &deal.changes {
        let article = change.article.map(|article| article.to_string()).unwrap_or_default();
        let from = query::plain::value(change.field, &change.from);
        let to = query::plain::value(change.field, &change.to);
        let rest = [change.field.as_str(), &from, &to, &article];
        export::csv_row(printer.out(), start.iter().chain(&rest))?;
    }
    Ok(())
}

/// A deal as a person reads it: what became of it, the values, the articles.
fn lines(deal: &Replayed) -> Vec<String> {
    let other = deal.other.map(|other| other.to_string()).unwrap_or_default();
    let what = match deal.outcome {
        Outcome::New => "new".to_owned(),
        Outcome::Split => format!("split from deal {other}"),
        Outcome::Merged => format!("merged into deal {other}"),
        Outcome::Gone => "gone: no article tells it any more".to_owned(),
        Outcome::Back => "back: articles tell it again".to_owned(),
        Outcome::Changed => "changed".to_owned(),
    };
    let mut lines = vec![format!("deal {}  {}  {what}", deal.deal, deal.target)];
    for change in &deal.changes {
        lines.push(format!("    {:15} {}", words(change.field.as_str()), change.words));
    }
    for article in &deal.articles {
        let (at, name, title) = (local(article.at), &article.name, &article.title);
        lines.push(format!("    read again: {at}  {name}: {title}"));
    }
    lines
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::New => "new",
        Outcome::Split => "split",
        Outcome::Merged => "merged",
        Outcome::Gone => "gone",
        Outcome::Back => "back",
        Outcome::Changed => "changed",
    }
}

fn summary(run: &Run, tally: Tally, applied: bool, printer: &mut Printer) -> anyhow::Result<()> {
    let Tally { new, split, merged, gone, back, changed } = tally;
    printer.say(&format!(
        "{} articles read again, {} had been read by this version; deals: {new} new, {split} \
         split, {merged} merged, {gone} gone, {back} back, {changed} changed",
        run.done, run.skipped
    ))?;
    let nothing = tally == Tally::default();
    if !applied && !nothing {
        printer.say("nothing is written yet: the same with --apply does it")?;
    }
    Ok(())
}

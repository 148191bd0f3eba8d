//! `dealwatch ingest`: documents from a file through the whole path.

use std::fs::File;
use std::io::BufRead as _;
use std::io::BufReader;
use std::io::Seek as _;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use serde_json::Value;

use super::context::Context;
use super::context::Refusal;
use super::context::now;
use super::printer::Printer;
use crate::config;
use crate::config::Loaded;
use crate::daemon::control;
use crate::daemon::control::Request;
use crate::daemon::ingest;
use crate::daemon::lock;
use crate::pipeline::Knowledge;
use crate::pipeline::Pipeline;
use crate::store::Store;

/// Documents in one transaction, and in one request to the daemon.
const CHUNK: usize = 100;

/// Arguments of `dealwatch ingest`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// One JSON document `{"id","title","text"}` a line; `url`, `published`, `source` and `lang`
    /// are used if they are there.
    file: PathBuf,
    /// Into this database instead of the log.
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    /// Write for each document what was read, with a `deal_id` on each deal.
    #[arg(long, value_name = "FILE")]
    assignments: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    let loaded = context.load()?;
    let mut sink = Sink::open(args)?;
    let mut way = Way::find(args, loaded)?;
    let file =
        File::open(&args.file).with_context(|| format!("cannot read {}", args.file.display()))?;
    let read = settle(&mut BufReader::new(file), &mut way, &mut sink);
    // What was settled before a line that is wrong is in the log, and so are its answers in the file.
    sink.close(&way.database())?;
    let documents = read?;
    printer.say(&format!("{documents} documents, {} deals told", sink.told))?;
    Ok(super::EXIT_DONE)
}

/// Settles the documents of a file, a chunk at a time; how many there were.
fn settle(input: &mut BufReader<File>, way: &mut Way, sink: &mut Sink) -> anyhow::Result<usize> {
    let mut chunk: Vec<Value> = Vec::with_capacity(CHUNK);
    let mut documents = 0_usize;
    for number in 1_usize.. {
        let line = super::extract::next_line(input, number)?;
        let end = line.is_none();
        if let Some(line) = line.filter(|line| !line.trim().is_empty()) {
            let document =
                serde_json::from_str(&line).with_context(|| format!("line {number} is no JSON"))?;
            chunk.push(document);
            documents += 1;
        }
        if chunk.len() == CHUNK || (end && !chunk.is_empty()) {
            sink.take(way.settle(std::mem::take(&mut chunk))?)?;
        }
        if end {
            break;
        }
    }
    Ok(documents)
}

/// How documents get into a log: through the daemon, or into a database of our own.
enum Way {
    Daemon { data_dir: PathBuf, database: PathBuf },
    Own { pipeline: Pipeline, database: PathBuf, _lock: Option<File> },
}

impl Way {
    fn find(args: &Args, loaded: Loaded) -> anyhow::Result<Way> {
        if let Some(db) = &args.db {
            let store = Store::open(db, now())?;
            let pipeline = pipeline(store, loaded, false)?;
            return Ok(Way::Own { pipeline, database: db.clone(), _lock: None });
        }
        let data_dir = loaded.data_dir.path.clone();
        if control::ask(&data_dir, &Request::Ping)?.is_some() {
            return Ok(Way::Daemon { data_dir, database: loaded.database() });
        }
        let lock = lock::take(&data_dir)?;
        let database = loaded.database();
        let store = Store::open(&database, now())?;
        Ok(Way::Own { pipeline: pipeline(store, loaded, true)?, database, _lock: Some(lock) })
    }

    /// Where the documents went.
    fn database(&self) -> PathBuf {
        match self {
            Way::Daemon { database, .. } | Way::Own { database, .. } => database.clone(),
        }
    }

    fn settle(&mut self, documents: Vec<Value>) -> anyhow::Result<Vec<Value>> {
        match self {
            Way::Own { pipeline, .. } => ingest::settle(pipeline, documents, now()),
            Way::Daemon { data_dir, .. } => {
                let reply = control::ask(data_dir, &Request::Ingest { documents })?
                    .context("the daemon stopped while documents were read; run this again")?;
                match reply.error {
                    Some(error) => Err(Refusal(error).into()),
                    None => Ok(reply.data.as_array().cloned().unwrap_or_default()),
                }
            }
        }
    }
}

pub(super) fn pipeline(store: Store, loaded: Loaded, alerts: bool) -> anyhow::Result<Pipeline> {
    let routes = if alerts { loaded.config.alerts().routes() } else { Vec::new() };
    let watchers = Vec::new();
    let rates = config::rates()?;
    let silence = loaded.config.deals.silence();
    let knowledge = Knowledge { table: loaded.entities, rates, routes, watchers, silence };
    Ok(Pipeline::new(store, Arc::new(knowledge)))
}

/// Where the assignments go: to a file without a name first, because a later document may move an
/// earlier one's deals, and at the end to the path, which may as well be a pipe or a device.
struct Sink {
    files: Option<(std::io::BufWriter<File>, File)>,
    path: PathBuf,
    told: usize,
}

impl Sink {
    /// # Errors
    /// The path cannot be written: said before the first document is read.
    fn open(args: &Args) -> anyhow::Result<Sink> {
        let path = args.assignments.clone().unwrap_or_default();
        let files = match &args.assignments {
            Some(path) => {
                let file = File::create(path)
                    .with_context(|| format!("cannot write {}", path.display()))?;
                let spool = tempfile::tempfile().context("cannot make a temporary file")?;
                Some((std::io::BufWriter::new(spool), file))
            }
            None => None,
        };
        Ok(Sink { files, path, told: 0 })
    }

    fn take(&mut self, answers: Vec<Value>) -> anyhow::Result<()> {
        for answer in answers {
            self.told += answer["deals"].as_array().map_or(0, Vec::len);
            if let Some((spool, _)) = &mut self.files {
                writeln!(spool, "{answer}").context("cannot write a temporary file")?;
            }
        }
        Ok(())
    }

    /// Writes the deals as they are now that everything is told.
    fn close(&mut self, database: &Path) -> anyhow::Result<()> {
        let Some((spool, file)) = self.files.take() else { return Ok(()) };
        let path = self.path.display().to_string();
        let mut spool = spool.into_inner().context("cannot write a temporary file")?;
        spool.rewind()?;
        let mut out = std::io::BufWriter::new(file);
        let store = Store::open_read_only(database)?;
        for line in BufReader::new(spool).lines() {
            let mut answer: Value = serde_json::from_str(&line?)?;
            store.read_blocking(|conn| ingest::reassign(conn, &mut answer))?;
            writeln!(out, "{answer}").with_context(|| format!("cannot write {path}"))?;
        }
        out.flush().with_context(|| format!("cannot write {path}"))
    }
}

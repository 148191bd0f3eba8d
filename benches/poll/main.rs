//! What it costs to poll 1,000 feeds of 30 KB: cold, all answering 304, and with one new item each.
//!
//! The feeds are made on the fly and served on loopback by a process of its own. The daemon polls
//! them with a bench profile (no gap, no daily budget, private addresses allowed), as the whole
//! that it is. Beside it stands the floor: the same requests by a plain client, the same parses,
//! extraction of the new texts, and bare inserts, without any courtesy or record.
//!
//! `cargo bench --bench poll`; `DEALWATCH_BENCH_SOURCES` names another number of feeds,
//! `DEALWATCH_BENCH_DEAL_IN` which share of the stories are deals (one in 20 unless told).

mod feeds;
mod floor;
mod serve;
mod usage;

use std::io::Write;
use std::path::Path;
use std::process::Child;
use std::sync::Arc;

use dealwatch::config::Config;
use dealwatch::config::Loaded;
use dealwatch::config::locate::Place;
use dealwatch::daemon;
use dealwatch::daemon::Shared;
use dealwatch::daemon::control;
use dealwatch::daemon::control::Request;
use dealwatch::domain::Source;
use dealwatch::entity::EntityTable;
use dealwatch::source::Registry;
use tokio_util::sync::CancellationToken;

use usage::Usage;

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Feeds that are polled.
const SOURCES: usize = 1_000;
/// Requests under way at once, for the daemon as for the floor.
const PARALLEL: u16 = 64;

fn main() -> Outcome<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    if std::env::args().any(|argument| argument == "--serve") {
        return runtime.block_on(serve::run());
    }
    let count = std::env::var("DEALWATCH_BENCH_SOURCES").ok().and_then(|n| n.parse().ok());
    let (server, port) = serve::start()?;
    let server = Server(server, port);
    let sources = feeds::sources(count.unwrap_or(SOURCES), port);
    // The server makes each feed when it is first asked for; nobody pays for that here.
    runtime.block_on(floor::warm(&sources))?;
    // The daemon first: its memory is not to be what the floor left behind.
    let folder = tempfile::tempdir()?;
    let ours = measure_daemon(&server, &sources, folder.path())?;
    let floor = runtime.block_on(measure_floor(&server, &sources))?;
    report(&floor, &ours, sources.len())
}

/// Ends with the bench.
struct Server(Child, u16);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        self.0.kill().unwrap_or_default();
        self.0.wait().map(drop).unwrap_or_default();
    }
}

const PASSES: [&str; 3] = ["cold", "all 304", "one new"];

async fn measure_floor(server: &Server, sources: &[Source]) -> Outcome<Vec<Usage>> {
    let folder = tempfile::tempdir()?;
    let mut floor = floor::Floor::new(&folder.path().join("floor.db"))?;
    let mut usages = Vec::new();
    for pass in 0..PASSES.len() {
        serve::revision(server.1, usize::from(pass == 2))?;
        let start = Usage::start()?;
        let (changed, new) = floor.pass(sources).await?;
        usages.push(start.end(changed, new)?);
    }
    serve::revision(server.1, 0)?;
    Ok(usages)
}

fn measure_daemon(server: &Server, sources: &[Source], folder: &Path) -> Outcome<Vec<Usage>> {
    let mut config = Config::default();
    config.http.allow_private_addresses = true;
    "bench@dealwatch.invalid".clone_into(&mut config.http.contact);
    config.fetch.host_gap_ms = 0;
    config.fetch.host_daily_budget = 0;
    config.fetch.parallel = PARALLEL;
    config.web.enabled = false;
    let place = Place { path: folder.to_owned(), by: "the bench".to_owned() };
    let loaded = Loaded {
        config,
        place: None,
        data_dir: place,
        registry: Registry::new(sources.to_vec()),
        entities: EntityTable::shipped().clone(),
        warnings: Vec::new(),
        catalogues: Vec::new(),
    };
    let runtime = tokio::runtime::Runtime::new()?;
    let stop = CancellationToken::new();
    let (tell, told) = std::sync::mpsc::channel();
    let ready = move |_: &Arc<Shared>| tell.send(()).unwrap_or_default();
    let run = daemon::run(loaded, daemon::Options::default(), stop.clone(), ready);
    let task = std::thread::spawn(move || runtime.block_on(run));
    told.recv()?;
    let mut usages = Vec::new();
    for pass in 0..PASSES.len() {
        serve::revision(server.1, usize::from(pass == 2))?;
        let start = Usage::start()?;
        let (changed, new) = poll_all(folder)?;
        usages.push(start.end(changed, new)?);
    }
    stop.cancel();
    task.join().map_err(|_| "the daemon panicked")??;
    Ok(usages)
}

/// Polls every source once; how many had changed, and how many articles are new.
fn poll_all(folder: &Path) -> Outcome<(usize, usize)> {
    let reply = control::ask(folder, &Request::Poll { sources: Vec::new() })?;
    let reply = reply.ok_or("no daemon listens")?;
    if let Some(error) = reply.error {
        return Err(error.into());
    }
    let reports = reply.data.as_array().cloned().unwrap_or_default();
    let failed = reports.iter().find(|report| report["outcome"] == "failed");
    if let Some(report) = failed {
        return Err(format!("a poll failed: {report}").into());
    }
    let changed = reports.iter().filter(|report| report["outcome"] == "new").count();
    let new = reports.iter().filter_map(|report| report["new_articles"].as_u64()).sum::<u64>();
    Ok((changed, usize::try_from(new)?))
}

#[expect(clippy::cast_precision_loss, reason = "sources are counted in thousands")]
fn report(floor: &[Usage], ours: &[Usage], sources: usize) -> Outcome<()> {
    let mut out = std::io::stdout();
    writeln!(
        out,
        "{sources} feeds\n{:8} {:>7} {:>8} {:>8} {:>9} {:>8} {:>6} {:>6}",
        "pass", "who", "changed", "new", "wall s", "CPU ms*", "ratio", "MB"
    )?;
    for ((pass, floor), ours) in PASSES.iter().zip(floor).zip(ours) {
        for (who, usage) in [("floor", floor), ("daemon", ours)] {
            writeln!(
                out,
                "{pass:8} {who:>7} {:>8} {:>8} {:>9.2} {:>8.3} {:>6.2} {:>6.0}",
                usage.changed,
                usage.new,
                usage.wall_secs,
                usage.cpu_secs * 1_000.0 / sources as f64,
                usage.cpu_secs / floor.cpu_secs,
                usage.peak_mb,
            )?;
        }
    }
    writeln!(out, "* per source; the ratio is of CPU time, daemon to floor")?;
    Ok(())
}

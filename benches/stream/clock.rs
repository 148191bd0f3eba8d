//! Processor time of the process, of a thread, and inside the resolver's span.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::time::Instant;

use tracing::span;

use super::Outcome;
use super::report::Row;

/// Sums the time inside every span called `resolve`; everything else is switched off.
#[derive(Debug, Clone, Default)]
pub struct Spans {
    micros: Arc<AtomicU64>,
    entered: Arc<std::sync::Mutex<Option<Instant>>>,
}

impl Spans {
    pub fn install() -> Outcome<Spans> {
        let spans = Spans::default();
        tracing::subscriber::set_global_default(spans.clone())?;
        Ok(spans)
    }

    fn secs(&self) -> f64 {
        std::time::Duration::from_micros(self.micros.load(Ordering::Relaxed)).as_secs_f64()
    }
}

impl tracing::Subscriber for Spans {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.is_span() && metadata.name() == "resolve"
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, _: &tracing::Event<'_>) {}

    fn enter(&self, _: &span::Id) {
        if let Ok(mut entered) = self.entered.lock() {
            *entered = Some(Instant::now());
        }
    }

    fn exit(&self, _: &span::Id) {
        if let Some(entered) = self.entered.lock().ok().and_then(|mut entered| entered.take()) {
            let micros = u64::try_from(entered.elapsed().as_micros()).unwrap_or(u64::MAX);
            self.micros.fetch_add(micros, Ordering::Relaxed);
        }
    }
}

/// What a row is measured against.
pub struct Clock {
    spans: Spans,
    cpu_secs: f64,
    resolve_secs: f64,
    at: Instant,
}

impl Clock {
    pub fn start(spans: &Spans) -> Outcome<Clock> {
        let (cpu_secs, resolve_secs) = (process_secs()?, spans.secs());
        Ok(Clock { spans: spans.clone(), cpu_secs, resolve_secs, at: Instant::now() })
    }

    pub fn row(&self, articles: usize, count: usize, read_secs: f64, path: &Path) -> Outcome<Row> {
        let mut bytes = 0;
        for suffix in ["", "-wal"] {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            bytes += fs::metadata(name).map_or(0, |file| file.len());
        }
        Ok(Row {
            articles,
            count,
            cpu_secs: process_secs()? - self.cpu_secs,
            wall_secs: self.at.elapsed().as_secs_f64(),
            read_secs,
            resolve_secs: self.spans.secs() - self.resolve_secs,
            rss_mb: rss_mb()?,
            file_mb: bytes / 1_000_000,
        })
    }
}

/// User and system time of all threads.
fn process_secs() -> Outcome<f64> {
    secs_of("/proc/self/stat")
}

/// User and system time of this thread.
pub fn thread_secs() -> f64 {
    // In nanoseconds, which `stat` is not.
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos: f64 = text.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0.0);
    nanos / 1e9
}

fn secs_of(path: &str) -> Outcome<f64> {
    let stat = fs::read_to_string(path)?;
    // The name before it may hold anything but ends with the last bracket.
    let fields = stat.rsplit_once(") ").ok_or("no stat")?.1.split(' ');
    let ticks: f64 = fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    Ok(ticks / 100.0)
}

fn rss_mb() -> Outcome<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1_000.0)
}

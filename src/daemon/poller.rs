//! Polls what is due, as many at once as the configuration allows, one at a time per host.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use jiff::Timestamp;
use serde::Serialize;
use tokio::sync::mpsc;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use super::now;
use super::shared::Shared;
use crate::domain::Document;
use crate::domain::Source;
use crate::domain::SourceId;
use crate::domain::SourceState;
use crate::fetch::PollOutcome;
use crate::fetch::Polled;
use crate::pipeline::Outcome;
use crate::source;
use crate::source::States;
use crate::store;

/// The poller looks again after this time even if nothing is due: a clock may have jumped.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);
/// After the log could not be written.
const AGAIN: SignedDuration = SignedDuration::from_mins(1);
/// When only busy hosts are in the way.
const SHORTEST_SLEEP: Duration = Duration::from_millis(5);

/// A request to poll now.
pub struct Order {
    /// Ids; all enabled ones when empty.
    pub sources: Vec<String>,
    /// Where the result goes.
    pub reply: oneshot::Sender<anyhow::Result<Vec<Report>>>,
}

/// What one poll came to, in words.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The source.
    pub source: SourceId,
    /// `new`, `unchanged`, `not modified`, `waiting` or `failed`.
    pub outcome: &'static str,
    /// Why it failed and what to do; or what was odd.
    pub words: Vec<String>,
    /// Articles that were not known.
    pub new_articles: usize,
    /// Deals that are new.
    pub new_deals: usize,
    /// Deals that got a revision.
    pub revised_deals: usize,
}

/// A poll that is over.
struct Landed {
    id: SourceId,
    state: SourceState,
    report: Report,
}

/// An order whose polls are under way.
struct Waiting {
    missing: Vec<SourceId>,
    reports: Vec<Report>,
    reply: oneshot::Sender<anyhow::Result<Vec<Report>>>,
}

struct Poller {
    shared: Arc<Shared>,
    states: States,
    flights: JoinSet<Landed>,
    /// Sources that are being asked, with their host.
    in_flight: BTreeMap<SourceId, String>,
    /// Which source a task asks.
    tasks: HashMap<tokio::task::Id, SourceId>,
    waiting: Vec<Waiting>,
}

/// Runs until stopped.
pub async fn run(
    shared: Arc<Shared>,
    mut orders: mpsc::Receiver<Order>,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let mut states: States =
        shared.store.read(store::source::load_states).await?.into_iter().collect();
    source::mend(&mut states, now());
    source::spread(&shared.active().registry, &mut states, now());
    let mut poller = Poller {
        shared,
        states,
        flights: JoinSet::new(),
        in_flight: BTreeMap::new(),
        tasks: HashMap::new(),
        waiting: Vec::new(),
    };
    loop {
        let sleep = poller.launch();
        tokio::select! {
            () = stop.cancelled() => break,
            Some(landed) = poller.flights.join_next_with_id() => poller.land(landed),
            Some(order) = orders.recv() => poller.take(order),
            () = poller.shared.sources_changed.notified() => {}
            () = poller.shared.page_done.notified() => {}
            () = tokio::time::sleep(sleep) => {}
        }
    }
    poller.flights.shutdown().await;
    Ok(())
}

impl Poller {
    /// Starts what is due; returns how long to sleep if nothing happens.
    fn launch(&mut self) -> Duration {
        let active = self.shared.active();
        let now = now();
        let mut hosts = self.shared.fetcher.hosts().snapshot();
        // A poll that was started may not have taken its turn yet.
        self.in_flight.values().for_each(|host| hosts.begin(host));
        let free = active.parallel.saturating_sub(self.flights.len());
        for id in source::due(&active.registry, &self.states, &hosts, now).into_iter().take(free) {
            let Some(source) = active.registry.get(&id) else { continue };
            let host = source::host_key(&source.url);
            hosts.begin(&host);
            self.in_flight.insert(id, host);
            self.start(source.clone());
        }
        match source::next_due(&active.registry, &self.states, &hosts, now) {
            Some(at) => wait(at, now),
            None => LONGEST_SLEEP,
        }
    }

    fn start(&mut self, source: Source) {
        let state = self.states.get(&source.id).cloned().unwrap_or_default();
        let span = tracing::info_span!("poll", source.id = %source.id);
        let id = source.id.clone();
        let task =
            self.flights.spawn(poll(Arc::clone(&self.shared), source, state).instrument(span));
        self.tasks.insert(task.id(), id);
    }

    fn land(&mut self, landed: Result<(tokio::task::Id, Landed), tokio::task::JoinError>) {
        let landed = match landed {
            Ok((task, landed)) => {
                self.tasks.remove(&task);
                landed
            }
            // `poll` contains every panic of reading; what is left is a bug in the daemon itself.
            Err(error) => {
                tracing::error!("A poll was lost: {error}");
                if let Some(id) = self.tasks.remove(&error.id()) {
                    self.in_flight.remove(&id);
                    let state = self.states.entry(id).or_default();
                    state.next_poll_at = now().saturating_add(AGAIN).ok();
                }
                return;
            }
        };
        self.in_flight.remove(&landed.id);
        self.states.insert(landed.id.clone(), landed.state);
        for waiting in &mut self.waiting {
            if waiting.missing.contains(&landed.id) {
                waiting.missing.retain(|id| *id != landed.id);
                waiting.reports.push(landed.report.clone());
            }
        }
        let (done, waiting) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|w: &Waiting| w.missing.is_empty());
        self.waiting = waiting;
        for order in done {
            // Whoever asked may have gone.
            drop(order.reply.send(Ok(order.reports)));
        }
    }

    /// Makes the wanted sources due now; their hosts' pauses and turns are kept.
    fn take(&mut self, order: Order) {
        let active = self.shared.active();
        let mut missing = Vec::new();
        for id in &order.sources {
            match active.registry.get(&SourceId::from(id.as_str())) {
                Some(source) if source.enabled => missing.push(source.id.clone()),
                Some(_) => {
                    let error = anyhow::anyhow!("source `{id}` is disabled: enable it first");
                    drop(order.reply.send(Err(error)));
                    return;
                }
                None => {
                    drop(order.reply.send(Err(anyhow::anyhow!("there is no source `{id}`"))));
                    return;
                }
            }
        }
        if order.sources.is_empty() {
            missing = active.registry.enabled().map(|source| source.id.clone()).collect();
        }
        if missing.is_empty() {
            drop(order.reply.send(Ok(Vec::new())));
            return;
        }
        for id in &missing {
            self.states.entry(id.clone()).or_default().next_poll_at = Some(Timestamp::MIN);
        }
        self.waiting.push(Waiting { missing, reports: Vec::new(), reply: order.reply });
    }
}

fn wait(at: Timestamp, now: Timestamp) -> Duration {
    let wait = Duration::try_from(at.duration_since(now)).unwrap_or_default();
    wait.clamp(SHORTEST_SLEEP, LONGEST_SLEEP)
}

/// One poll from request to transaction. Whatever goes wrong ends in the source's state.
async fn poll(shared: Arc<Shared>, source: Source, before: SourceState) -> Landed {
    let jitter = fastrand::f64() * 2.0 - 1.0;
    let mut polled = shared.fetcher.poll(&source, &before, jitter).await;
    let host_pause = polled.host_pause.map(|until| (source::host_key(&source.url), until));
    let mut report = report(&source, &polled);
    let (state, outcome) = match polled.document.take() {
        Some(document) => {
            let live = before.seeded || shared.options.alert_backlog;
            read_and_settle(&shared, &source, document, polled, &before, live).await
        }
        None => {
            let state = polled.state;
            let stored = save(&shared, &source, &state).await;
            (state, stored.map(|()| Outcome::default()))
        }
    };
    match outcome {
        Ok(outcome) => {
            report.new_articles = outcome.new_articles;
            report.new_deals = outcome.new_deals;
            report.revised_deals = outcome.revised_deals;
            if outcome.owed > 0 {
                shared.messages_owed.notify_one();
            }
            if outcome.wanted > 0 {
                shared.pages_wanted.notify_one();
            }
            report.words.extend(outcome.warnings);
        }
        Err(words) => {
            report.outcome = "failed";
            report.words.push(words);
        }
    }
    if let Some((host, not_before)) = host_pause {
        let reason = report.words.join("; ");
        let kept = shared
            .store
            .write(move |tx| store::source::save_pause(tx, &host, not_before, &reason))
            .await;
        if let Err(error) = kept {
            tracing::error!("Cannot keep the pause of a host: {error}");
        }
    }
    log(&source, &report);
    Landed { id: source.id, state, report }
}

fn report(source: &Source, polled: &Polled) -> Report {
    let (outcome, words) = match &polled.outcome {
        PollOutcome::Changed => ("new", Vec::new()),
        PollOutcome::Unchanged => ("unchanged", Vec::new()),
        PollOutcome::NotModified => ("not modified", Vec::new()),
        PollOutcome::Waiting(error) => ("waiting", vec![error.words()]),
        PollOutcome::Failed(error) => ("failed", vec![error.words()]),
    };
    Report {
        source: source.id.clone(),
        outcome,
        words,
        new_articles: 0,
        new_deals: 0,
        revised_deals: 0,
    }
}

/// Reads a new document and settles it with the source's new state; a document that cannot be read
/// leaves the old validators, so that the next poll gets it again.
async fn read_and_settle(
    shared: &Arc<Shared>,
    source: &Source,
    document: Document,
    polled: Polled,
    before: &SourceState,
    live: bool,
) -> (SourceState, Result<Outcome, String>) {
    let pipeline = shared.active().pipeline.clone();
    let (reader, of) = (pipeline.clone(), source.clone());
    let read = tokio::task::spawn_blocking(move || reader.read(&document, &of)).await;
    let readings = match read {
        Ok(Ok(readings)) => readings,
        Ok(Err(error)) => return failed(shared, source, polled, error.to_string()).await,
        Err(_panic) => {
            let words = "reading it panicked; this is a bug, please report the document";
            return failed(shared, source, polled, words.to_owned()).await;
        }
    };
    let mut state = polled.parsed(readings.hints);
    state.seeded = true;
    match pipeline.settle_poll(source, state.clone(), readings, live, now()).await {
        Ok(outcome) => (state, Ok(outcome)),
        // Nothing of it is in the log, so the old state holds; the next poll tries again.
        Err(error) => {
            let next_poll_at = now().saturating_add(AGAIN).ok();
            (SourceState { next_poll_at, ..before.clone() }, Err(error.to_string()))
        }
    }
}

async fn failed(
    shared: &Arc<Shared>,
    source: &Source,
    polled: Polled,
    words: String,
) -> (SourceState, Result<Outcome, String>) {
    let state = polled.failed_parse(words.clone());
    let stored = save(shared, source, &state).await;
    (state, stored.and(Err(words)))
}

async fn save(shared: &Arc<Shared>, source: &Source, state: &SourceState) -> Result<(), String> {
    let (id, state) = (source.id.clone(), state.clone());
    shared
        .store
        .write(move |tx| store::source::save_state(tx, &id, &state))
        .await
        .map_err(|error| error.to_string())
}

/// One line per outcome.
fn log(source: &Source, report: &Report) {
    let words = report.words.join("; ");
    match report.outcome {
        "failed" => tracing::warn!("Polling `{}` failed: {words}", source.id),
        "new" => tracing::info!(
            articles = report.new_articles,
            deals = report.new_deals,
            revised = report.revised_deals,
            "Polled `{}`{}{words}",
            source.id,
            if words.is_empty() { "" } else { ", oddly: " }
        ),
        outcome => tracing::debug!("Polled `{}`: {outcome} {words}", source.id),
    }
}

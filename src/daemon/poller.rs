//! Polls what is due, as many at once as the configuration allows, one at a time per host.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

use jiff::SignedDuration;
use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use super::flight;
use super::flight::Landed;
use super::now;
use super::shared::Shared;
use crate::domain::Source;
use crate::domain::SourceId;
use crate::domain::SourceState;
use crate::domain::measure;
use crate::source;
use crate::source::Registry;
use crate::source::States;
use crate::store;

pub use super::flight::Report;

/// The poller looks again after this time even if nothing is due: a clock may have jumped.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);
/// A clock that has moved on further than this since the last look was set, or the machine slept.
const JUMP: SignedDuration = SignedDuration::from_mins(10);
/// After a poll that was lost to a bug.
const AGAIN: SignedDuration = SignedDuration::from_mins(1);
/// A look at what is due costs the more the more sources there are: of the time between two looks
/// it takes one part in so many, and polls that end in between wait for the next.
const REST: u32 = 10;
/// But nothing waits longer than this for the next look.
const LONGEST_REST: Duration = Duration::from_millis(50);
/// Whoever polls by hand waits this long for a host that asked for a pause.
const PATIENCE: SignedDuration = SignedDuration::from_mins(1);
/// When only busy hosts are in the way.
const SHORTEST_SLEEP: Duration = Duration::from_millis(5);

/// What a person asks of the poller.
pub enum Order {
    /// To poll now.
    Poll {
        /// Ids; all enabled ones when empty.
        sources: Vec<String>,
        /// Where the result goes.
        reply: oneshot::Sender<anyhow::Result<Vec<Report>>>,
    },
    /// To ask sources again that have stopped.
    Revive {
        /// Ids.
        sources: Vec<String>,
        /// Done, or why not.
        reply: oneshot::Sender<anyhow::Result<()>>,
    },
}

/// An order whose polls are under way.
struct Waiting {
    missing: BTreeSet<SourceId>,
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
    /// When the clock was last looked at.
    looked_at: Timestamp,
    /// Before this there is no other look at what is due.
    rests_until: Instant,
}

type Join = Result<(tokio::task::Id, Landed), tokio::task::JoinError>;

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
        looked_at: now(),
        rests_until: Instant::now(),
    };
    loop {
        let sleep = poller.launch();
        tokio::select! {
            () = stop.cancelled() => break,
            Some(landed) = poller.flights.join_next_with_id() => poller.land(landed).await,
            Some(order) = orders.recv() => poller.take(order).await,
            () = poller.shared.sources_changed.notified() => {}
            () = poller.shared.page_done.notified() => {}
            () = tokio::time::sleep(sleep) => {}
        }
    }
    // What is over is kept; what is not is as if it had never been asked.
    if let Some(landed) = poller.flights.try_join_next_with_id() {
        poller.land(landed).await;
    }
    poller.flights.shutdown().await;
    Ok(())
}

impl Poller {
    /// Starts what is due; returns how long to sleep if nothing happens.
    fn launch(&mut self) -> Duration {
        let start = Instant::now();
        if let Some(rest) = self.rests_until.checked_duration_since(start).filter(|r| !r.is_zero())
        {
            return rest;
        }
        let sleep = self.look();
        self.rests_until = Instant::now() + (start.elapsed() * REST).min(LONGEST_REST);
        sleep
    }

    fn look(&mut self) -> Duration {
        let active = self.shared.active();
        let now = now();
        self.watch_clock(&active.registry, now);
        let mut hosts = self.shared.fetcher.hosts().snapshot();
        // A poll that was started may not have taken its turn yet.
        self.in_flight.values().for_each(|host| hosts.begin(host));
        let free = active.parallel.saturating_sub(self.flights.len());
        for id in source::due(&active.registry, &self.states, &hosts, now).into_iter().take(free) {
            let Some(source) = active.registry.get(&id) else { continue };
            let host = source::host_key(self.state(&id).address(source));
            hosts.begin(&host);
            self.in_flight.insert(id, host);
            self.start(source.clone());
        }
        match source::next_due(&active.registry, &self.states, &hosts, now) {
            Some(at) => wait(at, now),
            None => LONGEST_SLEEP,
        }
    }

    /// Keeps every wait as it was when the clock is turned back, and the load even when it is put
    /// forward or the machine has slept.
    fn watch_clock(&mut self, registry: &Registry, now: Timestamp) {
        let moved = now.duration_since(self.looked_at);
        if moved < -SignedDuration::from_secs(1) {
            tracing::warn!(secs = moved.as_secs(), "The clock has been turned back");
            source::mend(&mut self.states, now);
            self.shared.fetcher.hosts().update(|hosts| hosts.mend(-moved));
        } else if moved > JUMP {
            tracing::info!(secs = moved.as_secs(), "The clock has been put forward");
            source::spread(registry, &mut self.states, now);
        }
        self.looked_at = now;
    }

    fn state(&self, id: &SourceId) -> SourceState {
        self.states.get(id).cloned().unwrap_or_default()
    }

    fn start(&mut self, source: Source) {
        let state = self.state(&source.id);
        let span = tracing::info_span!("poll", source.id = %source.id);
        let id = source.id.clone();
        let poll = flight::poll(Arc::clone(&self.shared), source, state);
        let task = self.flights.spawn(poll.instrument(span));
        self.tasks.insert(task.id(), id);
    }

    /// Takes in every poll that is over, and stores what they leave in one transaction: polls that
    /// end while it is written wait for the next.
    async fn land(&mut self, first: Join) {
        let mut landed: Vec<Landed> = self.ended(first).into_iter().collect();
        while let Some(join) = self.flights.try_join_next_with_id() {
            landed.extend(self.ended(join));
        }
        let failure = flight::keep(&self.shared, &landed).await.err();
        for mut landed in landed {
            if let Some(words) = failure.as_ref().filter(|_| landed.unsaved) {
                landed.report.fail(format!("its state could not be kept: {words}"));
            }
            flight::log(&landed.report);
            self.in_flight.remove(&landed.id);
            for waiting in &mut self.waiting {
                if waiting.missing.remove(&landed.id) {
                    waiting.reports.push(landed.report.clone());
                }
            }
            self.states.insert(landed.id, landed.state);
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

    fn ended(&mut self, join: Join) -> Option<Landed> {
        match join {
            Ok((task, landed)) => {
                self.tasks.remove(&task);
                Some(landed)
            }
            // `poll` contains every panic of reading; what is left is a bug in the daemon itself.
            Err(error) => {
                tracing::error!("A poll was lost: {error}");
                let id = self.tasks.remove(&error.id())?;
                self.in_flight.remove(&id);
                let mut state = self.state(&id);
                state.next_poll_at = now().saturating_add(AGAIN).ok();
                let mut report = Report::of(&id, "failed");
                report.fail("it was lost to a bug in the daemon, please report it".to_owned());
                Some(Landed::lost(id, state, report))
            }
        }
    }

    async fn take(&mut self, order: Order) {
        // Whoever asked may have gone, and then nobody reads the answer.
        match order {
            Order::Poll { sources, reply } => match self.wanted(&sources) {
                Ok(missing) if missing.is_empty() => drop(reply.send(Ok(Vec::new()))),
                Ok(missing) => self.hurry(missing, reply),
                Err(error) => drop(reply.send(Err(error))),
            },
            Order::Revive { sources, reply } => drop(reply.send(self.revive(&sources).await)),
        }
    }

    fn wanted(&self, ids: &[String]) -> anyhow::Result<BTreeSet<SourceId>> {
        let active = self.shared.active();
        if ids.is_empty() {
            return Ok(active.registry.enabled().map(|source| source.id.clone()).collect());
        }
        ids.iter()
            .map(|id| match active.registry.get(&SourceId::from(id.as_str())) {
                Some(source) if source.enabled => Ok(source.id.clone()),
                Some(_) => anyhow::bail!("source `{id}` is disabled: enable it first"),
                None => anyhow::bail!("there is no source `{id}`"),
            })
            .collect()
    }

    /// Makes the wanted sources due now; their hosts' pauses and turns are kept.
    fn hurry(
        &mut self,
        mut missing: BTreeSet<SourceId>,
        reply: oneshot::Sender<anyhow::Result<Vec<Report>>>,
    ) {
        let mut reports = Vec::new();
        let (hosts, active, now) =
            (self.shared.fetcher.hosts().snapshot(), self.shared.active(), now());
        for id in std::mem::take(&mut missing) {
            let state = self.states.entry(id.clone()).or_default();
            let paused = active.registry.get(&id).and_then(|source| {
                let host = source::host_key(state.address(source));
                let until = hosts.get(&host).not_before?;
                (until > now.saturating_add(PATIENCE).ok()?).then_some((host, until))
            });
            // Whoever asks by hand would wait as long, and hear nothing.
            if let Some((host, until)) = paused {
                let at = measure::moment(until);
                let words = format!("`{host}` asked us to wait until {at}: nothing is asked of it");
                reports.push(Report { words: vec![words], ..Report::of(&id, "waiting") });
                continue;
            }
            match &state.stopped {
                // It is never due, and whoever asks would wait for ever.
                Some(why) => {
                    let mut report = Report::of(&id, "failed");
                    report.fail(format!("it has stopped: {why}"));
                    reports.push(report);
                }
                None => {
                    state.next_poll_at = Some(Timestamp::MIN);
                    missing.insert(id);
                }
            }
        }
        if missing.is_empty() {
            drop(reply.send(Ok(reports)));
        } else {
            self.waiting.push(Waiting { missing, reports, reply });
        }
    }

    /// Lets stopped sources be asked again, now and after a restart.
    async fn revive(&mut self, ids: &[String]) -> anyhow::Result<()> {
        let mut revived = Vec::new();
        for id in self.wanted(ids)? {
            let mut state = self.state(&id);
            state.revive();
            revived.push((id, state));
        }
        let kept = revived.clone();
        let keep = move |tx: &store::rusqlite::Transaction<'_>| {
            kept.iter().try_for_each(|(id, state)| store::source::save_state(tx, id, state))
        };
        self.shared.store.write(keep).await?;
        self.states.extend(revived);
        Ok(())
    }
}

fn wait(at: Timestamp, now: Timestamp) -> Duration {
    let wait = Duration::try_from(at.duration_since(now)).unwrap_or_default();
    wait.clamp(SHORTEST_SLEEP, LONGEST_SLEEP)
}

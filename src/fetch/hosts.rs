//! Turns: whoever wants to ask a host waits for its turn.
//!
//! In memory, with [`crate::source::Hosts`] as the value that is kept over a restart.

use std::fmt;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

use jiff::SignedDuration;
use jiff::Timestamp;
use tokio::sync::Notify;

use super::FetchError;
use crate::source;

/// Where the time comes from: the daemon's clock, or a test's.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A turn that is further away than this is not waited for: the caller comes back later.
const MAX_WAIT: SignedDuration = SignedDuration::from_secs(30);

/// The hosts, shared by everything that asks; cheap to clone.
#[derive(Clone)]
pub struct Hosts {
    shared: Arc<Shared>,
}

struct Shared {
    states: Mutex<source::Hosts>,
    freed: Notify,
    budget: source::Budget,
    clock: Clock,
}

impl Hosts {
    /// Goes on from what was kept.
    pub fn new(kept: source::Hosts, budget: source::Budget, clock: Clock) -> Hosts {
        let states = Mutex::new(kept);
        Hosts { shared: Arc::new(Shared { states, freed: Notify::new(), budget, clock }) }
    }

    /// A copy: to choose what is due, or to be kept.
    pub fn snapshot(&self) -> source::Hosts {
        self.update(|states| states.clone())
    }

    /// Waits until the host is free and takes it; dropping the turn ends it.
    ///
    /// Fails at once if the host is paused for longer than a moment.
    pub async fn turn(&self, key: &str) -> Result<Turn, FetchError> {
        loop {
            // Made before looking: a turn that ends in between still wakes us.
            let freed = self.shared.freed.notified();
            let now = self.now();
            let free_at = self.update(|states| {
                let free_at = states.get(key).free_at(now);
                if free_at.is_some_and(|at| at <= now) {
                    states.begin(key);
                }
                free_at
            });
            match free_at.map(|at| (at, at.duration_since(now))) {
                None => freed.await,
                Some((_, wait)) if !wait.is_positive() => {
                    return Ok(Turn { hosts: self.clone(), key: key.to_owned(), requests: 1 });
                }
                Some((until, wait)) if wait > MAX_WAIT => {
                    return Err(FetchError::HostPaused { host: key.to_owned(), until });
                }
                Some((_, wait)) => {
                    let wait = Duration::try_from(wait).unwrap_or_default();
                    tokio::time::sleep(wait).await;
                }
            }
        }
    }

    /// The time, as everything here sees it.
    pub fn now(&self) -> Timestamp {
        (self.shared.clock)()
    }

    /// Looks at the states or changes them; `change` must not wait.
    pub fn update<T>(&self, change: impl FnOnce(&mut source::Hosts) -> T) -> T {
        change(&mut self.shared.states.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for Hosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hosts").field("budget", &self.shared.budget).finish_non_exhaustive()
    }
}

/// The right to ask one host, until dropped.
#[derive(Debug)]
pub struct Turn {
    hosts: Hosts,
    key: String,
    requests: u32,
}

impl Turn {
    /// Whose turn it is.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// One more request in the same turn, after the gap: a redirect inside the host.
    pub(super) async fn again(&mut self) {
        self.requests += 1;
        let gap = Duration::try_from(self.hosts.shared.budget.gap).unwrap_or_default();
        tokio::time::sleep(gap).await;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let now = self.hosts.now();
        let budget = self.hosts.shared.budget;
        self.hosts.update(|states| states.end(&self.key, now, budget, self.requests));
        self.hosts.shared.freed.notify_waiters();
    }
}

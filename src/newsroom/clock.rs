//! The time of the stories: the caller's time, from the moment the minute begins.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::OnceLock;
use std::sync::PoisonError;
use std::time::Duration;

/// When the minute of releases begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// With the newsroom.
    AtStart,
    /// When every outlet's feed or list has been asked for once. However slowly a reader starts,
    /// its first poll finds the backlog and nothing else.
    AfterFirstReads,
}

pub(super) struct Clock {
    /// The caller's time since the newsroom's start.
    elapsed: Box<dyn Fn() -> Duration + Send + Sync>,
    /// The caller's time when the minute began.
    offset: OnceLock<Duration>,
    /// The outlets that nobody has asked for yet.
    unread: Mutex<BTreeSet<String>>,
}

impl Clock {
    pub(super) fn new(
        begin: Begin,
        outlets: impl Iterator<Item = String>,
        elapsed: impl Fn() -> Duration + Send + Sync + 'static,
    ) -> Clock {
        let offset = match begin {
            Begin::AtStart => OnceLock::from(Duration::ZERO),
            Begin::AfterFirstReads => OnceLock::new(),
        };
        Clock { elapsed: Box::new(elapsed), offset, unread: Mutex::new(outlets.collect()) }
    }

    /// The time since the minute began, zero until it does.
    pub(super) fn told(&self) -> Duration {
        let offset = self.offset.get().copied();
        offset.map_or(Duration::ZERO, |offset| (self.elapsed)().saturating_sub(offset))
    }

    /// The time from the newsroom's start to the beginning, zero until that is known.
    pub(super) fn offset(&self) -> Duration {
        self.offset.get().copied().unwrap_or_default()
    }

    /// Somebody has asked for the outlet's news.
    pub(super) fn read(&self, outlet: &str) {
        let mut unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        unread.remove(outlet);
        if unread.is_empty() {
            self.offset.get_or_init(|| (self.elapsed)());
        }
    }
}

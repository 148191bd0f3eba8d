//! How a source is polled, request by request; T-numbers are those of the conformance list.

mod conditional;
mod desk;
mod floods;
mod killed;
mod limits;
mod manners;
mod moves;
mod pauses;
mod reread;
mod robots;
mod secrets;

use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::sync::atomic::Ordering;

use dealwatch::domain::Source;
use dealwatch::domain::SourceClass;
use dealwatch::domain::SourceKind;
use dealwatch::domain::SourceState;
use dealwatch::fetch::FetchError;
use dealwatch::fetch::Fetcher;
use dealwatch::fetch::Hosts;
use dealwatch::fetch::PollOutcome;
use dealwatch::fetch::Polled;
use dealwatch::http;
use dealwatch::source;
use jiff::SignedDuration;
use jiff::Timestamp;
use url::Url;

/// A Saturday; the clock of every test starts here and moves only when told.
const START: &str = "2026-03-07T12:00:00Z";

/// Timeouts short enough for tests, loopback open.
fn settings() -> http::Settings {
    http::Settings {
        contact: "ops@deals.test".to_owned(),
        allow_private_addresses: true,
        connect_timeout_ms: 2_000,
        first_byte_timeout_ms: 5_000,
        total_timeout_ms: 10_000,
        ..http::Settings::default()
    }
}

fn source(url: &Url) -> Source {
    Source {
        id: "a".into(),
        name: "A".to_owned(),
        kind: SourceKind::Feed,
        url: url.clone(),
        language: None,
        country: None,
        class: SourceClass::Media,
        every_secs: 900,
        enabled: true,
        utc_offset_minutes: None,
        allow_private: false,
        selectors: None,
        notes: None,
        recipe: dealwatch::domain::Recipe::default(),
    }
}

/// A daemon in small: it polls one source and stores the state in a variable.
struct Poller {
    fetcher: Fetcher,
    clock: Arc<AtomicI64>,
    source: Source,
    state: SourceState,
}

impl Poller {
    fn new(url: &Url) -> Poller {
        Poller::with(url, &settings())
    }

    fn with(url: &Url, settings: &http::Settings) -> Poller {
        let start: Timestamp = START.parse().unwrap();
        let clock = Arc::new(AtomicI64::new(start.as_second()));
        let seconds = Arc::clone(&clock);
        let hosts = Hosts::new(
            source::Hosts::default(),
            source::Budget { gap: SignedDuration::ZERO, daily: 0 },
            Arc::new(move || Timestamp::from_second(seconds.load(Ordering::SeqCst)).unwrap()),
        );
        let fetcher = Fetcher::new(http::Client::new(settings).unwrap(), hosts);
        Poller { fetcher, clock, source: source(url), state: SourceState::default() }
    }

    /// Polls, and takes the document as read and stored.
    async fn poll(&mut self) -> Polled {
        let polled = self.fetcher.poll(&self.source, &self.state, 0.0).await;
        self.state = polled.state.clone();
        polled
    }

    /// Polls, where only the state matters.
    async fn step(&mut self) {
        drop(self.poll().await);
    }

    async fn failure(&mut self) -> FetchError {
        match self.poll().await.outcome {
            PollOutcome::Failed(error) | PollOutcome::Waiting(error) => error,
            other => panic!("not a failure: {other:?}"),
        }
    }

    fn registry(&self) -> source::Registry {
        source::Registry::new([self.source.clone()])
    }

    fn pass(&self, secs: i64) {
        self.clock.fetch_add(secs, Ordering::SeqCst);
    }

    /// Seconds from now to the next poll.
    fn wait(&self) -> i64 {
        let now = self.clock.load(Ordering::SeqCst);
        self.state.next_poll_at.unwrap().as_second() - now
    }
}

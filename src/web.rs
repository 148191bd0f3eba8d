//! HTTP API and pages: reads the log, changes nothing.
//!
//! # Invariants
//!
//! - Text from outside reaches a page only through `show::Text` or a template's own escaping.
//! - Every answer carries the headers of `guard`, errors included.
//! - No cookie is set, no script is sent, no other host is asked for anything.
//! - Only GET and HEAD are answered.
//!
//! # Not here
//!
//! What is asked of the log is in [`crate::query`]; its `DealView` is the JSON of the API.

use std::net::SocketAddr;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::domain::AsOf;
use crate::domain::Rates;
use crate::query::Connection;
use crate::query::Context;
use crate::query::Store;
use crate::query::StoreError;

mod answer;
mod api;
mod assets;
mod deal;
mod door;
mod guard;
mod health;
mod list;
mod params;
mod router;
mod show;

/// The section `web` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Whether there is a web server.
    pub enabled: bool,
    /// Where it listens. There is no login: keep it on loopback, or behind something that has one.
    pub listen: SocketAddr,
    /// The address people reach it by, for links in messages; from `listen` when absent.
    pub public_url: Option<Url>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            enabled: true,
            // Not registered with IANA, and above the ports that need a privilege.
            listen: SocketAddr::from(([127, 0, 0, 1], 8650)),
            public_url: None,
        }
    }
}

/// Reasons why the service is not ready yet, one sentence each; empty when it is.
pub type Readiness = Arc<dyn Fn() -> Vec<String> + Send + Sync>;

/// What the pages are made of.
#[derive(Clone)]
pub struct Site {
    /// The log.
    pub store: Store,
    /// For filters that name sums.
    pub rates: Arc<Rates>,
    /// Folds a text for matching; see [`Context::fold`].
    pub fold: fn(&str) -> String,
    /// The clock.
    pub now: fn() -> Timestamp,
    /// Its host is let in beside loopback names; see [`Settings::public_url`].
    pub public_url: Option<Url>,
    /// What `/readyz` tells beside the state of the database.
    pub readiness: Readiness,
}

impl Site {
    /// A site that is ready as soon as its log answers, and is reached by its own address only.
    pub fn new(
        store: Store,
        rates: Arc<Rates>,
        fold: fn(&str) -> String,
        now: fn() -> Timestamp,
    ) -> Site {
        Site { store, rates, fold, now, public_url: None, readiness: Arc::new(Vec::new) }
    }

    /// Asks the log, in one state of it, at the present time.
    async fn ask<T, F>(&self, question: F) -> Result<T, StoreError>
    where
        F: FnOnce(&Connection, &Context<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let (rates, fold, now) = (Arc::clone(&self.rates), self.fold, (self.now)());
        self.store.read(move |conn| question(conn, &Context { now, rates: &rates, fold })).await
    }

    /// Asks the log as it is, or as it was at an earlier time.
    async fn ask_at<T, F>(&self, as_of: Option<AsOf>, question: F) -> Result<T, StoreError>
    where
        F: FnOnce(&Connection, &Context<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let Some(as_of) = as_of else { return self.ask(question).await };
        let (rates, fold, now) = (Arc::clone(&self.rates), self.fold, as_of.at((self.now)()));
        let store = self.store.clone();
        let work = move || {
            let context = Context { now, rates: &rates, fold };
            store.read_past_blocking(&context, |conn| question(conn, &context))
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Panicked)?
    }
}

/// Answers until `stop` is cancelled; then finishes what is being answered.
pub async fn serve(
    listener: TcpListener,
    site: Site,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let hosts = guard::Hosts::new(listener.local_addr()?, site.public_url.as_ref());
    let router = router::router(site, hosts);
    let door = door::Door::new(listener, door::MAX_CONNECTIONS, door::MAX_SILENCE);
    axum::serve(door, router).with_graceful_shutdown(stop.cancelled_owned()).await
}

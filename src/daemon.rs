//! Wires the parts together and runs them.
//!
//! # Invariants
//!
//! - One process writes a log: it holds the lock of the data directory as long as it lives.
//! - No task ends by itself: the first to end takes the daemon down, and systemd restarts it.
//! - A stop is bounded: tasks get [`GRACE`], then the process ends. A crash between any two lines
//!   loses nothing and repeats at most the one delivery in flight per receiver.

pub mod alerts;
mod children;
mod clock;
pub mod control;
pub mod decisions;
mod flight;
pub mod ingest;
pub mod lock;
mod lost;
pub mod notify;
pub mod pages;
pub mod poller;
pub mod reading;
pub mod server;
pub mod shared;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::config::Loaded;
use crate::store::Store;
use crate::web;

pub use shared::Options;
pub use shared::Shared;

/// How long tasks may take to stop; the unit's own time-out is longer.
pub const GRACE: Duration = Duration::from_secs(10);
/// Orders from the control socket that wait for the poller.
const ORDERS: usize = 16;

/// A task's name and how it ended.
type Exit = (&'static str, anyhow::Result<()>);

/// The time. Everything below the daemon and the commands gets it as an argument.
#[allow(clippy::disallowed_methods, reason = "the daemon is where the clock is read")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Runs until `stop`, or until a task fails. `ready` is called once everything listens.
pub async fn run(
    loaded: Loaded,
    options: Options,
    stop: CancellationToken,
    ready: impl FnOnce(&Arc<Shared>) + Send,
) -> anyhow::Result<()> {
    let lock = lock::take(&loaded.data_dir.path)?;
    let database = loaded.database();
    let store = tokio::task::spawn_blocking(move || Store::open(&database, now())).await??;
    let listener = listen(&loaded.config.web).await?;
    let socket = server::bind(&loaded.data_dir.path)?;
    let (orders, queue) = mpsc::channel(ORDERS);
    let address = listener.as_ref().and_then(|listener| listener.local_addr().ok());
    let shared = Shared::new(loaded, options, store, orders, address).await?;

    let mut tasks: JoinSet<Exit> = JoinSet::new();
    let task = |name, run: std::pin::Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send>>| async move {
        (name, run.await)
    };
    let parts = || (Arc::clone(&shared), stop.clone());
    let (part, token) = parts();
    tasks.spawn(task("poller", Box::pin(poller::run(part, queue, token))));
    let (part, token) = parts();
    tasks.spawn(task("pages", Box::pin(pages::run(part, token))));
    let (part, token) = parts();
    tasks.spawn(task("alerts", Box::pin(alerts::run(part, token))));
    let (part, token) = parts();
    tasks.spawn(task("clock", Box::pin(clock::run(part, token))));
    let (part, token) = parts();
    tasks.spawn(task("control socket", Box::pin(server::run(socket, part, token))));
    let (part, token) = parts();
    tasks.spawn(task("watchdog", Box::pin(notify::watchdog(part.store.clone(), token))));
    if let Some(listener) = listener {
        let site = shared.site();
        tasks.spawn(task("web", Box::pin(serve_web(listener, site, stop.clone()))));
    }
    let sources = shared.active().registry.enabled().count();
    notify::ready(&format!("watching {sources} sources"));
    tracing::info!(sources, "Ready");
    ready(&shared);

    let outcome = tokio::select! {
        // A task that ends because of the stop may be seen first: the stop counts.
        biased;
        () = stop.cancelled() => Ok(()),
        Some(exit) = tasks.join_next() => exit.map_err(Into::into).and_then(fatal),
    };
    notify::stopping();
    stop.cancel();
    let drained = timeout(GRACE, async { while tasks.join_next().await.is_some() {} }).await;
    if drained.is_err() {
        tracing::warn!(grace_secs = GRACE.as_secs(), "Some tasks did not stop in time");
    }
    drop(lock);
    outcome
}

/// No task ends by itself, so the first to end takes the daemon down.
fn fatal((name, result): Exit) -> anyhow::Result<()> {
    result.with_context(|| format!("{name} failed"))?;
    anyhow::bail!("{name} stopped")
}

async fn listen(settings: &web::Settings) -> anyhow::Result<Option<TcpListener>> {
    if !settings.enabled {
        return Ok(None);
    }
    let listener = TcpListener::bind(settings.listen).await.with_context(|| {
        format!("cannot listen on {} (web.listen); is it in use?", settings.listen)
    })?;
    Ok(Some(listener))
}

async fn serve_web(
    listener: TcpListener,
    site: web::Site,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    web::serve(listener, site, stop).await.context("the web server stopped")
}

//! Tells systemd how it goes: ready, stopping, still alive.

use std::time::Duration;

use anyhow::Context;
use sd_notify::NotifyState;
use tokio_util::sync::CancellationToken;

use crate::store::Store;

/// Says that the daemon is ready; nothing happens outside systemd.
pub fn ready(words: &str) {
    say(&[NotifyState::Ready, NotifyState::Status(words)]);
}

/// Says that the daemon is stopping.
pub fn stopping() {
    say(&[NotifyState::Stopping]);
}

fn say(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::warn!("Cannot notify systemd: {error}");
    }
}

/// Feeds the watchdog, if systemd asks for it, each time the database has answered a ping.
///
/// A database that does not answer starves the watchdog, and systemd restarts the daemon.
pub async fn watchdog(store: Store, stop: CancellationToken) -> anyhow::Result<()> {
    let Some(limit) = sd_notify::watchdog_enabled() else {
        stop.cancelled().await;
        return Ok(());
    };
    // systemd recommends half of the limit; a third leaves room for a slow disk.
    let pause = (limit / 3).max(Duration::from_millis(100));
    loop {
        store.ping().await.context("the database does not answer")?;
        say(&[NotifyState::Watchdog]);
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            () = tokio::time::sleep(pause) => {}
        }
    }
}

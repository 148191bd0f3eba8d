//! Asking sources from a command: a client of its own that keeps the pauses the log knows.

use std::sync::Arc;

use crate::cli::context::now;
use crate::config::Loaded;
use crate::fetch;
use crate::fetch::Fetcher;
use crate::http;
use crate::source;
use crate::store;
use crate::store::Store;

/// A fetcher as the daemon's, over the same configuration.
///
/// A running daemon has turns of its own, so a host may see two requests within its gap; its
/// pauses (429, 503) and what it has asked today are kept in the log and hold here too.
pub(super) fn fetcher(loaded: &Loaded) -> anyhow::Result<Fetcher> {
    let client = http::Client::new(&loaded.config.http)?;
    let database = loaded.database();
    let kept = if database.exists() {
        Store::open_read_only(&database)?.read_blocking(store::source::load_hosts)?
    } else {
        Vec::new()
    };
    let paused = kept.iter().map(|host| (host.host.clone(), host.not_before));
    let mut hosts = source::Hosts::paused(paused, now());
    for host in &kept {
        hosts.set_spent(&host.host, host.day, host.requests);
    }
    let budget = loaded.config.fetch.budget();
    Ok(Fetcher::new(client, fetch::Hosts::new(hosts, budget, Arc::new(now))))
}

//! Hosts that are left alone for a time, as the log has them: what is not asked at its host's wish
//! is told with its source.

use std::collections::BTreeMap;

use url::Url;

use crate::cli::context::now;
use crate::cli::deals::local;
use crate::config::Loaded;
use crate::query::HostPause;
use crate::source::host_key;
use crate::store;
use crate::store::Store;

/// The pauses that have not ended.
pub(super) struct Pauses(BTreeMap<String, HostPause>);

impl Pauses {
    /// None before the first start.
    pub(super) fn load(loaded: &Loaded) -> anyhow::Result<Pauses> {
        let database = loaded.database();
        if !database.exists() {
            return Ok(Pauses(BTreeMap::new()));
        }
        let hosts = Store::open_read_only(&database)?.read_blocking(store::source::load_hosts)?;
        let now = now();
        let open = hosts.into_iter().filter(|host| host.not_before > now).map(|host| {
            let pause =
                HostPause { host: host.host.clone(), until: host.not_before, reason: host.reason };
            (host.host, pause)
        });
        Ok(Pauses(open.collect()))
    }

    /// The pause of the address's host.
    pub(super) fn of(&self, url: &Url) -> Option<&HostPause> {
        self.0.get(&host_key(url))
    }
}

/// `its host q.test is left alone until 2026-11-24 12:00`
pub(super) fn words(pause: &HostPause) -> String {
    format!("its host {} is left alone until {}", pause.host, local(pause.until))
}

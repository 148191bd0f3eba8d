//! HTTP API and pages.

use std::net::SocketAddr;

use serde::Deserialize;
use serde::Serialize;
use url::Url;

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

/// What the pages are made of.
pub struct Site {
    /// The log.
    pub store: crate::store::Store,
}

/// Serves until stopped.
pub async fn serve(
    listener: tokio::net::TcpListener,
    site: Site,
    stop: tokio_util::sync::CancellationToken,
) -> std::io::Result<()> {
    drop((listener, site));
    stop.cancelled().await;
    Ok(())
}

//! Loads, composes and checks the configuration.
//!
//! # Invariants
//!
//! - Start-up, reload and `config check` run the same code; nothing is accepted that one of them
//!   would refuse.
//! - Every problem is listed at once, each with its key and its remedy.
//! - An unknown key is refused with the known ones.

mod headers;
pub mod load;
pub mod locate;
pub mod problems;

use std::path::PathBuf;

use jiff::SignedDuration;
use serde::Deserialize;
use serde::Serialize;

use crate::alert;
use crate::alert::settings::Receivers;
use crate::alert::settings::RouteSettings;
use crate::domain::Rates;
use crate::domain::rates::BadRates;
use crate::fetch;
use crate::http;
use crate::web;

pub use load::Loaded;
pub use load::load;

/// The shipped configuration: every key, commented, at its default.
pub const EXAMPLE: &str = include_str!("../config/dealwatch.toml");
/// Yearly exchange rates, shipped.
const RATES: &str = include_str!("../config/fx-yearly.csv");

/// The shipped exchange rates.
pub fn rates() -> Result<Rates, BadRates> {
    Rates::parse(RATES)
}

/// The configuration file.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where the database and the control socket are.
    pub data_dir: Option<PathBuf>,
    /// What is logged, and how.
    pub log: Log,
    /// The HTTP client.
    pub http: http::Settings,
    /// Polling.
    pub fetch: fetch::Settings,
    /// Which sources.
    pub sources: Sources,
    /// A person's own entities.
    pub entities: Entities,
    /// What becomes of deals.
    pub deals: Deals,
    /// The web server.
    pub web: web::Settings,
    /// Who is told.
    pub receiver: Receivers,
    /// What is told to whom.
    pub route: Vec<RouteSettings>,
}

/// What is logged, and how.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// `error`, `warn`, `info`, `debug`, `trace`, or a filter such as `info,dealwatch::fetch=debug`.
    pub level: String,
    /// How a line looks.
    pub format: LogFormat,
}

/// How a log line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: one JSON object a line.
    Json,
}

impl Default for Log {
    fn default() -> Self {
        Log { level: "info".to_owned(), format: LogFormat::Text }
    }
}

/// Which sources are polled.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sources {
    /// Whether the shipped catalogue is used.
    pub shipped: bool,
    /// Ids of shipped sources to poll although they ship disabled.
    pub enable: Vec<String>,
    /// Ids of sources not to poll.
    pub disable: Vec<String>,
    /// Files with `[[source]]` tables; relative to the configuration file.
    pub files: Vec<PathBuf>,
}

impl Default for Sources {
    fn default() -> Self {
        Sources { shipped: true, enable: Vec::new(), disable: Vec::new(), files: Vec::new() }
    }
}

/// A person's own entities, laid over the shipped ones.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Entities {
    /// Files with `[[entity]]` tables; relative to the configuration file.
    pub files: Vec<PathBuf>,
}

/// What becomes of deals.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Deals {
    /// Days after which a rumour that nothing followed is expired; 0 keeps it for ever.
    pub expire_days: u16,
}

impl Default for Deals {
    fn default() -> Self {
        Deals { expire_days: 180 }
    }
}

impl Deals {
    /// How long a rumour lives; `None` for ever.
    pub fn silence(&self) -> Option<SignedDuration> {
        let hours = i64::from(self.expire_days) * 24;
        (hours > 0).then(|| SignedDuration::from_hours(hours))
    }
}

impl Config {
    /// Receivers and routes. With neither, every AI deal is printed to the journal.
    pub fn alerts(&self) -> alert::Settings {
        let mut settings =
            alert::Settings { receivers: self.receiver.clone(), routes: self.route.clone() };
        if settings.receivers.names().is_empty() && settings.routes.is_empty() {
            settings.receivers.terminal.push(alert::notifier::terminal::Settings {
                name: DEFAULT_RECEIVER.to_owned(),
                stream: alert::notifier::terminal::Stream::Stdout,
            });
            settings.routes.push(RouteSettings {
                name: "ai-deals".to_owned(),
                filter: Some("ai:true".to_owned()),
                sources: true,
                receivers: vec![DEFAULT_RECEIVER.to_owned()],
                wait_secs: alert::settings::WAIT_SECS,
            });
        }
        settings
    }
}

/// The receiver that exists when none is configured.
const DEFAULT_RECEIVER: &str = "journal";

#[cfg(test)]
mod tests;

//! The configuration's receivers and routes.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::Deserialize;
use serde::Serialize;

use super::notifier::slack;
use super::notifier::terminal;
use super::notifier::webhook;
use crate::domain::Filter;
use crate::domain::Route;
use crate::domain::Watcher;

/// How long to collect before the first message of a deal, in seconds, unless a route says
/// otherwise: copies of one wire story come within minutes of each other.
pub const WAIT_SECS: u32 = 300;
/// A route may not wait longer than a day.
const LONGEST_WAIT_SECS: u32 = 86_400;

/// Receivers by channel.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Receivers {
    /// Lines on standard output; the journal when run as a service.
    pub terminal: Vec<terminal::Settings>,
    /// Signed JSON.
    pub webhook: Vec<webhook::Settings>,
    /// Slack, and what takes the same messages (Mattermost, Rocket.Chat).
    pub slack: Vec<slack::Settings>,
}

/// What goes to whom.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RouteSettings {
    /// Unique.
    pub name: String,
    /// Which deals, in the filter language; without it only sources are told of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// Tells of sources that need a hand.
    #[serde(default)]
    pub sources: bool,
    /// Names of receivers.
    pub receivers: Vec<String>,
    /// How long to collect before the first message of a deal.
    #[serde(default = "wait_secs")]
    pub wait_secs: u32,
}

fn wait_secs() -> u32 {
    WAIT_SECS
}

/// Receivers and routes together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settings {
    /// By channel.
    pub receivers: Receivers,
    /// In the order of the configuration.
    pub routes: Vec<RouteSettings>,
}

impl Receivers {
    /// Every name, with its channel, in the order of the configuration.
    pub fn names(&self) -> Vec<(&str, &'static str)> {
        let terminal = self.terminal.iter().map(|r| (r.name.as_str(), "terminal"));
        let webhook = self.webhook.iter().map(|r| (r.name.as_str(), "webhook"));
        let slack = self.slack.iter().map(|r| (r.name.as_str(), "slack"));
        terminal.chain(webhook).chain(slack).collect()
    }
}

impl Settings {
    /// What is wrong, each with its key; empty when nothing is.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut names = BTreeSet::new();
        for (name, channel) in self.receivers.names() {
            if name.is_empty() {
                problems.push(format!("receiver.{channel}: a receiver needs a name"));
            }
            if !names.insert(name) {
                problems.push(format!("receiver.{channel}.{name}: the name is used twice"));
            }
        }
        for webhook in &self.receivers.webhook {
            problems.extend(webhook.problems());
        }
        for slack in &self.receivers.slack {
            problems.extend(slack.problems());
        }
        let mut routes = BTreeSet::new();
        for route in &self.routes {
            let name = &route.name;
            if !routes.insert(name) {
                problems.push(format!("route.{name}: the name is used twice"));
            }
            match &route.filter {
                Some(filter) => {
                    if let Err(error) = filter.parse::<Filter>() {
                        problems.push(format!("route.{name}.filter: {error}"));
                    }
                }
                None if route.sources => {}
                None => problems.push(format!(
                    "route.{name}.filter: says which deals; or set `sources = true` for a route \
                     that tells of sources"
                )),
            }
            if route.receivers.is_empty() {
                problems.push(format!("route.{name}.receivers: names no receiver"));
            }
            for receiver in route.receivers.iter().filter(|r| !names.contains(r.as_str())) {
                let known = names.iter().copied().collect::<Vec<_>>().join(", ");
                problems.push(format!(
                    "route.{name}.receivers: there is no receiver `{receiver}`; known: {known}"
                ));
            }
            if route.wait_secs > LONGEST_WAIT_SECS {
                problems.push(format!(
                    "route.{name}.wait_secs: {} is above the maximum of {LONGEST_WAIT_SECS}",
                    route.wait_secs
                ));
            }
        }
        problems
    }

    /// The routes as values; those that [`Settings::problems`] names are left out.
    pub fn routes(&self) -> Vec<Route> {
        self.routes
            .iter()
            .filter_map(|route| {
                Some(Route {
                    name: route.name.clone(),
                    filter: route.filter.as_deref()?.parse().ok()?,
                    receivers: route.receivers.clone(),
                    wait: Duration::from_secs(u64::from(route.wait_secs)),
                })
            })
            .collect()
    }

    /// Who is told of sources that need a hand: the routes that say so. If none does, every
    /// terminal, which is where the operator looks; customers on other channels are not bothered.
    pub fn watchers(&self) -> Vec<Watcher> {
        let routes = self.routes.iter().filter(|route| route.sources);
        let watchers: Vec<Watcher> = routes
            .map(|route| Watcher { route: route.name.clone(), receivers: route.receivers.clone() })
            .collect();
        if !watchers.is_empty() || self.receivers.terminal.is_empty() {
            return watchers;
        }
        let receivers = self.receivers.terminal.iter().map(|r| r.name.clone()).collect();
        vec![Watcher { route: String::new(), receivers }]
    }
}

//! Which deals are told to whom, and who is told of the sources.

use std::time::Duration;

use super::filter::Filter;

/// A rule: deals that match the filter are owed to the receivers.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Unique, for the delivery log.
    pub name: String,
    /// In the filter language.
    pub filter: Filter,
    /// Names of receivers.
    pub receivers: Vec<String>,
    /// How long to collect before the first message.
    pub wait: Duration,
}

/// Who is told when a source needs a hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watcher {
    /// The route's name, for the delivery log.
    pub route: String,
    /// Names of receivers.
    pub receivers: Vec<String>,
}

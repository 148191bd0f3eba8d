//! How well the deals of a log are the deals of the stream.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Counts over clusters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Deals of the stream that were found.
    pub told: usize,
    /// Deals of the log that hold their mentions.
    pub found: usize,
    /// Deals of the log that hold more than one of the stream.
    pub wrong_merges: usize,
    /// Deals of the log beyond the first for one of the stream.
    pub duplicates: usize,
}

impl Score {
    /// Of mentions, each with the deal of the log and that of the stream.
    pub fn of(mentions: &[(i64, usize)]) -> Score {
        let mut told: BTreeMap<usize, BTreeSet<i64>> = BTreeMap::new();
        let mut found: BTreeMap<i64, BTreeSet<usize>> = BTreeMap::new();
        for (log, stream) in mentions {
            told.entry(*stream).or_default().insert(*log);
            found.entry(*log).or_default().insert(*stream);
        }
        Score {
            told: told.len(),
            found: found.len(),
            wrong_merges: found.values().filter(|stream| stream.len() > 1).count(),
            duplicates: told.values().map(|log| log.len() - 1).sum(),
        }
    }
}

//! Every change of the log after a cursor, so that a mirror never drifts.

use jiff::Timestamp;
use serde::Serialize;

use super::DealView;
use super::view::Origins;
use crate::domain::Cause;
use crate::domain::DealId;
use crate::domain::FieldChange;
use crate::store;
use crate::store::StoreError;
use crate::store::deal::Entry;
use crate::store::deal::Event;
use crate::store::rusqlite::Connection;

/// A change of one deal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventView {
    /// The cursor: ask for what comes after it.
    pub seq: i64,
    /// When the log learnt it.
    pub at: Timestamp,
    /// What it is; for `merged`, `removed` and `dismissed` a mirror drops the deal.
    pub event: Event,
    /// The deal.
    pub deal: DealId,
    /// The number of the revision in the deal.
    pub revision: i64,
    /// What made it.
    pub cause: Cause,
    /// For a merge, the survivor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<DealId>,
    /// What changed.
    pub changes: Vec<FieldChange>,
    /// The deal as it was after this change, with the sources of today.
    pub record: Option<DealView>,
}

/// What happened after a cursor (0 for the beginning), oldest first.
pub fn events(conn: &Connection, after: i64, limit: u32) -> Result<Vec<EventView>, StoreError> {
    let entries = store::deal::events(conn, after, limit)?;
    entries.into_iter().map(|entry| view(conn, entry)).collect()
}

/// The cursor behind all that has happened: `events --follow` begins there.
pub fn last_seq(conn: &Connection) -> Result<i64, StoreError> {
    store::deal::last_seq(conn)
}

fn view(conn: &Connection, entry: Entry) -> Result<EventView, StoreError> {
    let Entry { revision, event, merged_into } = entry;
    let record = store::deal::load(conn, revision.deal)?;
    let origins = Origins::load(conn, revision.deal)?;
    // Dollars are of today's record only if the sums are.
    let record = record.map(|record| {
        let same_sum = record.facts.amount == revision.facts.amount;
        let same_value = record.facts.valuation == revision.facts.valuation;
        store::deal::Record {
            amount_usd: record.amount_usd.filter(|_| same_sum),
            valuation_usd: record.valuation_usd.filter(|_| same_value),
            facts: revision.facts,
            revision: revision.number,
            updated_at: revision.at,
            ..record
        }
    });
    Ok(EventView {
        seq: revision.seq,
        at: revision.at,
        event,
        deal: revision.deal,
        revision: revision.number,
        cause: revision.cause,
        merged_into,
        changes: revision.changes,
        record: record.map(|record| DealView::new(record, &origins)),
    })
}

//! How much came to each stage, per day: what `doctor` shows.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::Connection;
use rusqlite::Transaction;
use rusqlite::named_params;
use serde::Serialize;

use super::StoreError;

/// A stage's count of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The stage: fetched, parsed, relevant, extracted, …
    pub stage: String,
    /// The day in UTC, `2026-03-09`.
    pub day: String,
    /// How many.
    pub n: u64,
}

/// Adds to today's count of a stage; nothing is not written down.
pub fn bump(tx: &Transaction<'_>, stage: &str, n: u64, now: Timestamp) -> Result<(), StoreError> {
    if n == 0 {
        return Ok(());
    }
    tx.prepare_cached(include_str!("sql/counter_bump.sql"))?.execute(named_params! {
        ":stage": stage,
        ":day": day(now),
        ":n": i64::try_from(n).unwrap_or(i64::MAX),
    })?;
    Ok(())
}

/// The counts since a day, that day included, oldest first.
pub fn since(conn: &Connection, since: Timestamp) -> Result<Vec<Count>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/counter_since.sql"))?;
    let rows = statement.query_map(named_params! { ":day": day(since) }, |row| {
        let n: i64 = row.get("n")?;
        Ok(Count { stage: row.get("stage")?, day: row.get("day")?, n: n.unsigned_abs() })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn day(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::UTC).date().to_string()
}

//! Pages of deals that satisfy a filter, in an order, after a cursor.

use rusqlite::Connection;
use rusqlite::params_from_iter;

use super::Condition;
use super::Scope;
use crate::domain::Filter;
use crate::domain::kind::words;
use crate::store::Context;
use crate::store::StoreError;
use crate::store::deal;
use crate::store::deal::Record;

words!(
    /// What deals are ordered by, the newest or largest first.
    Sort, "order" {
        /// When the first article told it.
        Reported = "reported",
        /// When the log first knew it.
        Seen = "seen",
        /// When a fact last changed.
        Updated = "updated",
        /// The sum in dollars; without one, last.
        Amount = "amount",
        /// The valuation in dollars; without one, last.
        Valuation = "valuation",
    }
);

/// The place of a deal in an order: the next page begins after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// What it is ordered by.
    pub key: i64,
    /// Its number, for deals with the same key.
    pub id: i64,
}

/// Deals in an order, each with its place.
pub fn deals(
    conn: &Connection,
    filter: &Filter,
    sort: Sort,
    after: Option<Place>,
    limit: u32,
    context: &Context<'_>,
) -> Result<Vec<(Place, Record)>, StoreError> {
    let key = key(sort);
    let mut condition = Condition::of(conn, filter, context, Scope::Page)?;
    if let Some(Place { key: value, id }) = after {
        condition.bind(&format!(" AND ({key}, d.id) < (?, "), value);
        condition.bind("?)", id);
    }
    let sql = format!(
        "SELECT d.*, r.facts, r.reasons, {key} AS place \
         FROM deal AS d CROSS JOIN deal_record AS r ON r.deal_id = d.id WHERE {} \
         ORDER BY {key} DESC, d.id DESC LIMIT ?",
        condition.sql
    );
    condition.params.push(i64::from(limit).into());
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(condition.params), |row| {
        let place = Place { key: row.get("place")?, id: row.get("id")? };
        Ok((place, deal::record(row)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many deals satisfy a filter.
pub fn count(conn: &Connection, filter: &Filter, context: &Context<'_>) -> Result<u64, StoreError> {
    let condition = Condition::of(conn, filter, context, Scope::All)?;
    let sql = format!("SELECT count(*) FROM deal AS d WHERE {}", condition.sql);
    let count: i64 = conn
        .prepare_cached(&sql)?
        .query_row(params_from_iter(condition.params), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// The expression behind an order; times have an index with the number.
fn key(sort: Sort) -> &'static str {
    match sort {
        Sort::Reported => "d.first_reported_at",
        Sort::Seen => "d.first_seen_at",
        Sort::Updated => "d.updated_at",
        Sort::Amount => "d.amount_place",
        Sort::Valuation => "d.valuation_place",
    }
}

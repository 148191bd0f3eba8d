//! What people decided. Later clusterings honour it; it can be undone, never forgotten.

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::Row;
use rusqlite::Transaction;
use rusqlite::named_params;
use serde_json::Value;

use super::StoreError;
use super::value::At;
use super::value::Json;
use super::value::Word;
use super::value::time;
use crate::domain::kind::words;

words!(
    /// What a decision is about.
    DecisionKind, "kind of decision" {
        /// Two deals are one.
        Merge = "merge",
        /// Some articles tell another deal.
        Split = "split",
        /// A field has this value.
        Set = "set",
        /// It is no deal.
        Dismiss = "dismiss",
        /// No messages about it.
        Silence = "silence",
        /// About the entity table.
        Entity = "entity",
    }
);

/// A decision as it is kept; the shape of `payload` belongs to `decide`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its row.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who, as the socket or the shell knows them.
    pub who: String,
    /// About what.
    pub kind: DecisionKind,
    /// The rest.
    pub payload: Value,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
}

/// Keeps a decision; returns its number.
pub fn add(
    tx: &Transaction<'_>,
    who: &str,
    kind: DecisionKind,
    payload: &Value,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let params = named_params! {
        ":at": At(now), ":who": who, ":kind": Word(kind), ":payload": Json(payload),
    };
    Ok(tx
        .prepare_cached(include_str!("sql/decision_add.sql"))?
        .query_row(params, |row| row.get(0))?)
}

/// Every decision, oldest first, those that were taken back included.
pub fn list(conn: &Connection) -> Result<Vec<Decision>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/decision_list.sql"))?;
    let rows = statement.query_map([], decision)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes a decision back; returns whether it stood.
pub fn undo(tx: &Transaction<'_>, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    let params = named_params! { ":id": id, ":now": At(now) };
    Ok(tx.prepare_cached(include_str!("sql/decision_undo.sql"))?.execute(params)? > 0)
}

fn decision(row: &Row<'_>) -> rusqlite::Result<Decision> {
    Ok(Decision {
        id: row.get("id")?,
        at: row.get::<_, At>("at")?.0,
        who: row.get("who")?,
        kind: row.get::<_, Word<_>>("kind")?.0,
        payload: row.get::<_, Json<_>>("payload")?.0,
        undone_at: time(row.get("undone_at")?),
    })
}

//! The delivery log: one row per attempt.

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::Transaction;
use rusqlite::named_params;

use super::Owed;
use super::State;
use crate::store::StoreError;
use crate::store::value::At;
use crate::store::value::Word;

/// What an attempt came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver has it.
    Sent,
    /// To be tried again then.
    RetryAt(Timestamp),
    /// Given up.
    Failed,
}

/// One attempt to deliver one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The message's row.
    pub outbox: i64,
    /// When it ended.
    pub at: Timestamp,
    /// How long it took.
    pub latency_ms: u64,
    /// What it came to.
    pub outcome: Outcome,
    /// The receiver's status code, if it has such.
    pub status: Option<u16>,
    /// The beginning of the receiver's answer.
    pub response: Option<String>,
    /// What went wrong.
    pub error: Option<String>,
}

/// A row of the delivery log with its message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// The message.
    pub message: Owed,
    /// 1, 2, 3 …
    pub attempt: u32,
    /// When it ended.
    pub at: Timestamp,
    /// How long it took.
    pub latency_ms: u64,
    /// The receiver took it.
    pub ok: bool,
    /// It was to be tried again.
    pub retry: bool,
    /// The receiver's status code.
    pub status: Option<u16>,
    /// The beginning of the receiver's answer.
    pub response: Option<String>,
    /// What went wrong.
    pub error: Option<String>,
}

/// Logs an attempt and moves its message on.
pub fn record_attempt(tx: &Transaction<'_>, attempt: &Attempt) -> Result<(), StoreError> {
    let (state, due_at) = match attempt.outcome {
        Outcome::Sent => (State::Sent, None),
        Outcome::RetryAt(at) => (State::Owed, Some(At(at))),
        Outcome::Failed => (State::Failed, None),
    };
    let moved = tx.prepare_cached(include_str!("../sql/outbox_move.sql"))?.execute(
        named_params! { ":id": attempt.outbox, ":state": Word(state), ":due_at": due_at,
        ":at": At(attempt.at) },
    )?;
    if moved == 0 {
        let id = attempt.outbox.to_string();
        return Err(StoreError::NotFound { what: "message", id });
    }
    tx.prepare_cached(include_str!("../sql/delivery_add.sql"))?.execute(named_params! {
        ":outbox_id": attempt.outbox,
        ":at": At(attempt.at),
        ":latency_ms": i64::try_from(attempt.latency_ms).unwrap_or(i64::MAX),
        ":ok": attempt.outcome == Outcome::Sent,
        ":retry": matches!(attempt.outcome, Outcome::RetryAt(_)),
        ":status": attempt.status,
        ":response": attempt.response,
        ":error": attempt.error,
    })?;
    Ok(())
}

/// The last attempts, newest first.
pub fn deliveries(conn: &Connection, limit: u32) -> Result<Vec<Delivered>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("../sql/delivery_list.sql"))?;
    let rows = statement.query_map(named_params! { ":limit": limit }, |row| {
        Ok(Delivered {
            message: super::owed(row)?,
            attempt: row.get("attempt")?,
            at: row.get::<_, At>("at")?.0,
            latency_ms: row.get::<_, i64>("latency_ms")?.unsigned_abs(),
            ok: row.get("ok")?,
            retry: row.get("retry")?,
            status: row.get("status")?,
            response: row.get("response")?,
            error: row.get("error")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many messages there are in each state.
pub fn states(conn: &Connection) -> Result<Vec<(State, u64)>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("../sql/outbox_states.sql"))?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, Word<State>>(0)?.0, row.get::<_, i64>(1)?.unsigned_abs()))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

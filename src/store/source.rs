//! What is remembered of sources and hosts between polls.

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::OptionalExtension as _;
use rusqlite::Row;
use rusqlite::Transaction;
use rusqlite::named_params;
use serde::de::DeserializeOwned;

use super::StoreError;
use super::outbox;
use super::value::At;
use super::value::Json;
use super::value::Word;
use super::value::time;
use crate::domain::Lang;
use crate::domain::Source;
use crate::domain::SourceClass;
use crate::domain::SourceId;
use crate::domain::SourceKind;
use crate::domain::SourceNote;
use crate::domain::SourceState;
use crate::domain::Validator;
use crate::domain::Validators;
use crate::domain::Watcher;
use crate::domain::health;

/// A source that the log knows, configured today or once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSource {
    /// Unique.
    pub id: SourceId,
    /// For people.
    pub name: String,
    /// What is asked for.
    pub url: String,
    /// How it is read.
    pub kind: SourceKind,
    /// Who speaks.
    pub class: SourceClass,
    /// Its main language.
    pub lang: Option<Lang>,
    /// ISO 3166 alpha-2.
    pub country: Option<String>,
    /// Polled at present.
    pub enabled: bool,
    /// What is remembered of its polls.
    pub state: SourceState,
    /// How many articles of it the log holds.
    pub articles: u64,
}

/// Until when a host is left alone, and how often it was asked today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostState {
    /// Its name, with a port if it is not the usual one.
    pub host: String,
    /// No request before; in the past for a host that is only counted.
    pub not_before: Timestamp,
    /// Why, in words.
    pub reason: String,
    /// The day of `requests`, counted from 1970 in UTC.
    pub day: i64,
    /// Requests on that day.
    pub requests: u32,
}

/// Takes over the configured sources. Those that left the configuration stay known, disabled,
/// because articles name them.
pub fn sync(tx: &Transaction<'_>, sources: &[Source]) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/source_disable_all.sql"))?.execute([])?;
    let mut put = tx.prepare_cached(include_str!("sql/source_put.sql"))?;
    for source in sources {
        put.execute(named_params! {
            ":id": source.id.0,
            ":name": source.name,
            ":url": source.url.as_str(),
            ":kind": Word(source.kind),
            ":class": Word(source.class),
            ":lang": source.language.map(Word),
            ":country": source.country,
            ":enabled": source.enabled,
        })?;
    }
    Ok(())
}

/// Every known source with its state, by id.
pub fn list(conn: &Connection) -> Result<Vec<KnownSource>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/source_list.sql"))?;
    let rows = statement.query_map([], |row| {
        Ok(KnownSource {
            id: SourceId(row.get("id")?),
            name: row.get("name")?,
            url: row.get("url")?,
            kind: row.get::<_, Word<_>>("kind")?.0,
            class: row.get::<_, Word<_>>("class")?.0,
            lang: row.get::<_, Option<Word<_>>>("lang")?.map(|Word(lang)| lang),
            country: row.get("country")?,
            enabled: row.get("enabled")?,
            state: if row.get::<_, Option<String>>("source")?.is_some() {
                state(row)?
            } else {
                SourceState::default()
            },
            articles: row.get::<_, i64>("articles")?.unsigned_abs(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What is remembered of one source; nothing yet is the default.
pub fn load_state(conn: &Connection, source: &SourceId) -> Result<SourceState, StoreError> {
    let state = conn
        .prepare_cached(include_str!("sql/source_state_load.sql"))?
        .query_row(named_params! { ":source": source.0 }, state)
        .optional()?;
    Ok(state.unwrap_or_default())
}

/// What is remembered of every source.
pub fn load_states(conn: &Connection) -> Result<Vec<(SourceId, SourceState)>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/source_state_list.sql"))?;
    let rows = statement.query_map([], |row| Ok((SourceId(row.get("source")?), state(row)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps what is remembered of one source.
pub fn save_state(
    tx: &Transaction<'_>,
    source: &SourceId,
    state: &SourceState,
) -> Result<(), StoreError> {
    let bytes = |validator: &Option<Validator>| validator.as_ref().map(|v| v.0.clone());
    tx.prepare_cached(include_str!("sql/source_state_save.sql"))?.execute(named_params! {
        ":source": source.0,
        ":etag": bytes(&state.validators.etag),
        ":last_modified": bytes(&state.validators.last_modified),
        ":validators_url": state.validators_url,
        ":next_poll_at": state.next_poll_at.map(At),
        ":polled_at": state.polled_at.map(At),
        ":succeeded_at": state.succeeded_at.map(At),
        ":changed_at": state.changed_at.map(At),
        ":failures": state.failures,
        ":last_error": state.last_error,
        ":cause": state.cause.map(Word),
        ":reader": state.reader,
        ":stopped": state.stopped,
        ":seeded": state.seeded,
        ":body_hash": state.body_hash,
        ":hints": Json(state.hints),
        ":rhythm": Json(state.rhythm),
        ":redirect": state.redirect.as_ref().map(Json),
        ":rewritten": state.rewritten.as_ref().map(Json),
        ":flood": state.flood.map(Json),
        ":counts": Json(state.counts),
        ":raised": state.raised.map(Json),
        ":odd": Json(&state.odd),
    })?;
    Ok(())
}

/// Keeps what is remembered of one source after a poll, and owes the watchers a note if there is
/// news of its health. Returns the note, and how many messages are owed.
///
/// What was told before is what the log says; `state.raised` is not asked.
pub fn save_polled(
    tx: &Transaction<'_>,
    source: &Source,
    state: &SourceState,
    watchers: &[Watcher],
    now: Timestamp,
) -> Result<(Option<SourceNote>, usize), StoreError> {
    let told = tx
        .prepare_cached(include_str!("sql/source_raised.sql"))?
        .query_row(named_params! { ":source": source.id.0 }, |row| maybe_json(row, "raised"))
        .optional()?
        .flatten();
    let (note, raised) = health::news(source, state, told, now);
    save_state(tx, &source.id, &SourceState { raised, ..state.clone() })?;
    let mut owed = 0;
    if let Some(note) = &note {
        let payload = note.freeze();
        let told = watchers.iter().flat_map(|w| w.receivers.iter().map(move |r| (&w.route, r)));
        for (route, receiver) in told {
            // One note for each receiver, by whatever routes it comes to it.
            let key =
                format!("source:{}:{}:{}:{receiver}", source.id, note.word(), now.as_second());
            let new = outbox::owe_note(tx, receiver, route, &key, &payload, now)?;
            owed += usize::from(new);
        }
    }
    Ok((note, owed))
}

/// Every host that is to be left alone.
pub fn load_hosts(conn: &Connection) -> Result<Vec<HostState>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/host_state_list.sql"))?;
    let rows = statement.query_map([], |row| {
        Ok(HostState {
            host: row.get("host")?,
            not_before: row.get::<_, At>("not_before")?.0,
            reason: row.get("reason")?,
            day: row.get("day")?,
            requests: row.get("requests")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps until when a host is left alone, and why.
pub fn save_pause(
    tx: &Transaction<'_>,
    host: &str,
    not_before: Timestamp,
    reason: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/host_state_save.sql"))?.execute(named_params! {
        ":host": host,
        ":not_before": At(not_before),
        ":reason": reason,
    })?;
    Ok(())
}

/// Keeps how often a host was asked on a day (counted from 1970 in UTC).
pub fn save_spent(
    tx: &Transaction<'_>,
    host: &str,
    day: i64,
    requests: u32,
) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/host_spent_save.sql"))?.execute(named_params! {
        ":host": host,
        ":day": day,
        ":requests": requests,
        ":now": At(Timestamp::UNIX_EPOCH),
    })?;
    Ok(())
}

/// Lets a stopped source be asked again; false if there is nothing remembered of it.
///
/// For a log without a daemon; a running daemon has the states in memory and is asked to do it.
pub fn revive(tx: &Transaction<'_>, source: &SourceId) -> Result<bool, StoreError> {
    let mut state = load_state(tx, source)?;
    if state == SourceState::default() {
        return Ok(false);
    }
    state.revive();
    save_state(tx, source, &state)?;
    Ok(true)
}

fn state(row: &Row<'_>) -> rusqlite::Result<SourceState> {
    let validator =
        |column: &str| Ok::<_, rusqlite::Error>(row.get::<_, Option<_>>(column)?.map(Validator));
    Ok(SourceState {
        validators: Validators {
            etag: validator("etag")?,
            last_modified: validator("last_modified")?,
        },
        validators_url: row.get("validators_url")?,
        next_poll_at: time(row.get("next_poll_at")?),
        polled_at: time(row.get("polled_at")?),
        succeeded_at: time(row.get("succeeded_at")?),
        changed_at: time(row.get("changed_at")?),
        failures: row.get("failures")?,
        last_error: row.get("last_error")?,
        cause: row.get::<_, Option<Word<_>>>("cause")?.map(|Word(cause)| cause),
        reader: row.get("reader")?,
        stopped: row.get("stopped")?,
        seeded: row.get("seeded")?,
        body_hash: row.get("body_hash")?,
        hints: json(row, "hints")?,
        rhythm: json(row, "rhythm")?,
        redirect: maybe_json(row, "redirect")?,
        rewritten: maybe_json(row, "rewritten")?,
        flood: maybe_json(row, "flood")?,
        counts: json(row, "counts")?,
        raised: maybe_json(row, "raised")?,
        odd: json(row, "odd")?,
    })
}

fn json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    row.get::<_, Json<T>>(column).map(|Json(value)| value)
}

fn maybe_json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>> {
    Ok(row.get::<_, Option<Json<T>>>(column)?.map(|Json(value)| value))
}

#[cfg(test)]
mod tests;

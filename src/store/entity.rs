//! Entities that the shipped table lacks: met in the news, or added by a person.

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::Transaction;
use rusqlite::named_params;

use super::StoreError;
use super::value::At;
use super::value::Json;
use super::value::Word;
use crate::domain::EntityId;
use crate::domain::kind::words;

words!(
    /// How the log came to know an entity.
    Origin, "origin" {
        /// Met in the news.
        Provisional = "provisional",
        /// Added by a person.
        Person = "person",
    }
);

/// An entity of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntity {
    /// `name:…` for a provisional one.
    pub id: EntityId,
    /// As first printed.
    pub name: String,
    /// How it came here.
    pub origin: Origin,
    /// Whether it is an AI company, if that is known.
    pub ai: Option<bool>,
    /// Every name it was printed with.
    pub names: Vec<String>,
}

/// Keeps an entity; a person's word is not overwritten by the news.
pub fn put(tx: &Transaction<'_>, entity: &StoredEntity, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/entity_put.sql"))?.execute(named_params! {
        ":id": entity.id.0,
        ":name": entity.name,
        ":origin": Word(entity.origin),
        ":ai": entity.ai,
        ":names": Json(&entity.names),
        ":now": At(now),
    })?;
    Ok(())
}

/// Every entity of the log, by id.
pub fn list(conn: &Connection) -> Result<Vec<StoredEntity>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/entity_list.sql"))?;
    let rows = statement.query_map([], |row| {
        Ok(StoredEntity {
            id: EntityId(row.get("id")?),
            name: row.get("name")?,
            origin: row.get::<_, Word<_>>("origin")?.0,
            ai: row.get("ai")?,
            names: row.get::<_, Json<_>>("names")?.0,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

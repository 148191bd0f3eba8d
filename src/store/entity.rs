//! Entities that the shipped table lacks: met in the news, or added by a person.

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::OptionalExtension as _;
use rusqlite::Transaction;
use rusqlite::named_params;

use super::StoreError;
use super::mention::Block;
use super::value::At;
use super::value::Json;
use super::value::Word;
use crate::domain::EntityId;
use crate::domain::kind::words;

mod word;

pub use word::*;

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

/// The entity that a folded name was found to mean.
pub fn named(conn: &Connection, folded: &str) -> Result<Option<EntityId>, StoreError> {
    let id = conn
        .prepare_cached(include_str!("sql/entity_name_find.sql"))?
        .query_row(named_params! { ":folded": folded }, |row| row.get(0))
        .optional()?;
    Ok(id.map(EntityId))
}

/// Every folded name of an entity.
pub fn folded_names(conn: &Connection, id: &EntityId) -> Result<Vec<String>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/entity_name_of.sql"))?;
    let rows = statement.query_map(named_params! { ":entity_id": id.0 }, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Gives an entity a name; one that another entity has stays with it.
pub fn add_name(
    tx: &Transaction<'_>,
    id: &EntityId,
    name: &str,
    folded: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/entity_name_add.sql"))?.execute(named_params! {
        ":folded": folded,
        ":entity_id": id.0,
        ":name": name,
        ":now": At(now),
    })?;
    Ok(())
}

/// Keeps how a name of the entity is spelt by its sound.
pub fn add_sounds(
    tx: &Transaction<'_>,
    id: &EntityId,
    sounds: impl IntoIterator<Item = String>,
) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(include_str!("sql/entity_sound_add.sql"))?;
    for sound in sounds {
        statement.execute(named_params! { ":sound": sound, ":entity_id": id.0 })?;
    }
    Ok(())
}

/// The entities with a name that is spelt by its sound in one of these ways, each once.
pub fn sounding(
    conn: &Connection,
    sounds: impl IntoIterator<Item = String>,
) -> Result<Vec<EntityId>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/entity_sound_find.sql"))?;
    let mut found = Vec::new();
    for sound in sounds {
        let ids = statement.query_map(named_params! { ":sound": sound }, |row| row.get(0))?;
        for id in ids {
            let id = EntityId(id?);
            if !found.contains(&id) {
                found.push(id);
            }
        }
    }
    Ok(found)
}

/// Two entities turned out to be one: names and mentions of `from` become those of `into`.
/// Returns the blocks of `into` that got mentions and have to be resolved again.
pub fn join(
    tx: &Transaction<'_>,
    from: &EntityId,
    into: &EntityId,
) -> Result<Vec<Block>, StoreError> {
    let both = named_params! { ":from": from.0, ":into": into.0 };
    tx.prepare_cached(include_str!("sql/entity_join_names.sql"))?.execute(both)?;
    tx.prepare_cached(include_str!("sql/entity_join_sounds.sql"))?.execute(both)?;
    tx.prepare_cached(include_str!("sql/entity_join_words.sql"))?.execute(both)?;
    let mut statement = tx.prepare_cached(include_str!("sql/entity_join_blocks.sql"))?;
    let groups = statement
        .query_map(named_params! { ":from": from.0 }, |row| row.get::<_, Word<_>>("kind_group"))?
        .collect::<Result<Vec<_>, _>>()?;
    tx.prepare_cached(include_str!("sql/entity_join_mentions.sql"))?.execute(both)?;
    super::reach::open(tx, into)?;
    let block = |Word(group)| Block { target: into.clone(), group };
    Ok(groups.into_iter().map(block).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::at;
    use crate::store::tests::store;

    #[test]
    fn names_of_two_entities_that_are_one_lead_to_one() {
        let (_dir, store) = store();
        let named = store
            .write_blocking(|tx| {
                let (zh, en) =
                    (EntityId::from("name:星野智能"), EntityId::from("name:starfieldai"));
                add_name(tx, &zh, "星野智能", "星野智能", at(0))?;
                add_name(tx, &en, "Starfield AI", "starfieldai", at(1))?;
                // A name that is taken stays where it is.
                add_name(tx, &zh, "Starfield AI", "starfieldai", at(2))?;
                assert_eq!(super::named(tx, "starfieldai")?, Some(en.clone()));
                join(tx, &en, &zh)?;
                super::named(tx, "starfieldai")
            })
            .unwrap();
        assert_eq!(named, Some(EntityId::from("name:星野智能")));
    }
}

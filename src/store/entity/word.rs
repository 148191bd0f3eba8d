//! What people said about entities: what a name means, who is one, who is two.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::OptionalExtension as _;
use rusqlite::Transaction;
use rusqlite::named_params;

use super::named;
use crate::domain::ArticleId;
use crate::domain::DealId;
use crate::domain::EntityId;
use crate::domain::Mention;
use crate::domain::MentionId;
use crate::store::StoreError;
use crate::store::mention::Block;
use crate::store::value::At;
use crate::store::value::Json;
use crate::store::value::Word;
use crate::store::value::time;

/// Merges that lead through more entities than this are a ring, which cannot be made.
const LONGEST_WAY: usize = 16;

/// A name of an entity that the news or a person gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownName {
    /// As first printed, or as the person wrote it.
    pub name: String,
    /// Its key.
    pub folded: String,
    /// When the news first gave it.
    pub added_at: Option<Timestamp>,
    /// The decision that gave it.
    pub decision: Option<i64>,
}

/// A person says what a name means.
pub fn say_name(
    tx: &Transaction<'_>,
    decision: i64,
    folded: &str,
    name: &str,
    id: &EntityId,
) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("../sql/entity_word_add.sql"))?.execute(named_params! {
        ":folded": folded, ":decision_id": decision, ":entity_id": id.0, ":name": name,
    })?;
    Ok(())
}

/// A person says that two entities are one; `from` becomes part of `into`.
pub fn say_one(
    tx: &Transaction<'_>,
    decision: i64,
    from: &EntityId,
    into: &EntityId,
) -> Result<(), StoreError> {
    let params = named_params! { ":from": from.0, ":decision_id": decision, ":into": into.0 };
    tx.prepare_cached(include_str!("../sql/entity_link_add.sql"))?.execute(params)?;
    Ok(())
}

/// A person says that two entities are two.
pub fn say_two(
    tx: &Transaction<'_>,
    decision: i64,
    one: &EntityId,
    other: &EntityId,
) -> Result<(), StoreError> {
    let params = named_params! { ":one": one.0, ":other": other.0, ":decision_id": decision };
    tx.prepare_cached(include_str!("../sql/entity_apart_add.sql"))?.execute(params)?;
    Ok(())
}

/// What a decision said is said no more.
pub fn unsay(tx: &Transaction<'_>, decision: i64) -> Result<(), StoreError> {
    let params = named_params! { ":decision_id": decision };
    tx.prepare_cached(include_str!("../sql/entity_word_clear.sql"))?.execute(params)?;
    tx.prepare_cached(include_str!("../sql/entity_link_clear.sql"))?.execute(params)?;
    tx.prepare_cached(include_str!("../sql/entity_apart_clear.sql"))?.execute(params)?;
    Ok(())
}

/// The entity that a person says a folded name means, through merges.
pub fn said(conn: &Connection, folded: &str) -> Result<Option<EntityId>, StoreError> {
    let id: Option<String> = conn
        .prepare_cached(include_str!("../sql/entity_word_find.sql"))?
        .query_row(named_params! { ":folded": folded }, |row| row.get(0))
        .optional()?;
    id.map(|id| follow(conn, &EntityId(id))).transpose()
}

/// The entity that a folded name means, by a person's word or else by the news, through merges.
pub fn meant(conn: &Connection, folded: &str) -> Result<Option<EntityId>, StoreError> {
    match said(conn, folded)? {
        Some(id) => Ok(Some(id)),
        None => named(conn, folded)?.map(|id| follow(conn, &id)).transpose(),
    }
}

/// The entity that an entity is part of by a person's word; itself if of none.
pub fn follow(conn: &Connection, id: &EntityId) -> Result<EntityId, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("../sql/entity_link_find.sql"))?;
    let mut id = id.clone();
    for _ in 0..LONGEST_WAY {
        let into: Option<String> =
            statement.query_row(named_params! { ":from": id.0 }, |row| row.get(0)).optional()?;
        match into {
            Some(into) => id = EntityId(into),
            None => break,
        }
    }
    Ok(id)
}

/// The entities that are part of one by a person's word, and itself.
pub fn parts(conn: &Connection, id: &EntityId) -> Result<Vec<EntityId>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("../sql/entity_link_to.sql"))?;
    let mut all = vec![id.clone()];
    let mut at = 0;
    while let Some(next) = all.get(at).cloned() {
        let parts = statement.query_map(named_params! { ":into": next.0 }, |row| row.get(0))?;
        for part in parts {
            let part = EntityId(part?);
            if !all.contains(&part) {
                all.push(part);
            }
        }
        at += 1;
    }
    Ok(all)
}

/// Whether people told two entities apart.
pub fn apart(conn: &Connection, one: &EntityId, other: &EntityId) -> Result<bool, StoreError> {
    let params = named_params! { ":one": one.0, ":other": other.0 };
    Ok(conn
        .prepare_cached(include_str!("../sql/entity_apart_find.sql"))?
        .query_row(params, |row| row.get(0))?)
}

/// Gives the mentions of an entity to whoever their printed names mean now; returns the blocks
/// that have to be resolved again.
///
/// A deal keeps its number where most of it stays: mentions that leave a deal of which others stay
/// are in none until they are resolved.
pub fn retarget(
    tx: &Transaction<'_>,
    id: &EntityId,
    fold: fn(&str) -> String,
) -> Result<BTreeSet<Block>, StoreError> {
    let mut statement = tx.prepare_cached(include_str!("../sql/entity_mentions.sql"))?;
    let rows = statement.query_map(named_params! { ":target_key": id.0 }, |row| {
        let mention: Json<Mention> = row.get("facts")?;
        let deal: Option<i64> = row.get("deal_id")?;
        let Word(group) = row.get("kind_group")?;
        Ok((MentionId(row.get("id")?), group, deal.map(DealId), mention.0))
    })?;
    let mentions: Vec<_> = rows.collect::<Result<_, _>>()?;
    let mut blocks = BTreeSet::new();
    let mut left: Vec<(MentionId, DealId)> = Vec::new();
    for (mention, group, deal, facts) in mentions {
        let own = match (said(tx, &fold(&facts.target))?, &facts.target_id) {
            (Some(id), _) => id,
            (None, Some(id)) => follow(tx, id)?,
            (None, None) => meant(tx, &fold(&facts.target))?.unwrap_or_else(|| id.clone()),
        };
        blocks.insert(Block { target: id.clone(), group });
        if own == *id {
            continue;
        }
        let params = named_params! { ":id": mention.0, ":target_key": own.0 };
        tx.prepare_cached(include_str!("../sql/mention_retarget.sql"))?.execute(params)?;
        left.extend(deal.map(|deal| (mention, deal)));
        crate::store::reach::open(tx, &own)?;
        blocks.insert(Block { target: own, group });
    }
    for (mention, deal) in &left {
        let told = crate::store::mention::current_of_deal(tx, *deal)?;
        if told.iter().any(|told| !left.iter().any(|(left, _)| *left == told.id)) {
            tx.prepare_cached(include_str!("../sql/mention_unassign.sql"))?
                .execute(named_params! { ":id": mention.0 })?;
        }
    }
    Ok(blocks)
}

/// The mentions of an entity, as their articles are read today, that are in a deal.
pub fn told(conn: &Connection, id: &EntityId) -> Result<Vec<(MentionId, DealId)>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("../sql/entity_told.sql"))?;
    let rows = statement.query_map(named_params! { ":target_key": id.0 }, |row| {
        Ok((MentionId(row.get("id")?), DealId(row.get("deal_id")?)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The names of an entity that the news or people gave it.
pub fn names(conn: &Connection, id: &EntityId) -> Result<Vec<KnownName>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("../sql/entity_names.sql"))?;
    let rows = statement.query_map(named_params! { ":entity_id": id.0 }, |row| {
        Ok(KnownName {
            name: row.get("name")?,
            folded: row.get("folded")?,
            added_at: time(row.get::<_, Option<At>>("added_at")?),
            decision: row.get("decision_id")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The deals of a company, the newest first.
pub fn deals(conn: &Connection, id: &EntityId) -> Result<Vec<DealId>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("../sql/entity_deals.sql"))?;
    let rows =
        statement.query_map(named_params! { ":target_key": id.0 }, |row| row.get(0).map(DealId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The first few articles that name a company, with their titles.
pub fn articles(conn: &Connection, id: &EntityId) -> Result<Vec<(ArticleId, String)>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("../sql/entity_articles.sql"))?;
    let rows = statement.query_map(named_params! { ":target_key": id.0 }, |row| {
        Ok((ArticleId(row.get("id")?), row.get("title")?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The entities of the news with a name that holds a folded text, at most 500.
pub fn search(conn: &Connection, folded: &str) -> Result<Vec<EntityId>, StoreError> {
    let plain = folded.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let mut statement = conn.prepare_cached(include_str!("../sql/entity_search.sql"))?;
    let rows = statement.query_map(named_params! { ":like": format!("%{plain}%") }, |row| {
        row.get(0).map(EntityId)
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

//! How far each deal reaches in each block of mentions.

use rusqlite::Connection;
use rusqlite::Transaction;
use rusqlite::named_params;

use super::StoreError;
use super::mention::Block;
use super::value::Json;
use super::value::Word;
use crate::domain::DealId;
use crate::domain::EntityId;
use crate::domain::Reach;

/// Keeps how far a deal reaches in the blocks that its mentions are in, and in no other.
pub fn put<'a>(
    tx: &Transaction<'_>,
    deal: DealId,
    blocks: impl IntoIterator<Item = &'a Block>,
    reach: &Reach,
) -> Result<(), StoreError> {
    clear(tx, deal)?;
    let mut statement = tx.prepare_cached(include_str!("sql/reach_put.sql"))?;
    for block in blocks {
        statement.execute(named_params! {
            ":target_key": block.target.0,
            ":kind_group": Word(block.group),
            ":deal_id": deal.0,
            ":reach": Json(reach),
        })?;
    }
    Ok(())
}

/// Mentions of other companies became those of this one: their deals reach everything in its
/// blocks until they are resolved.
pub fn open(tx: &Transaction<'_>, target: &EntityId) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/reach_open.sql"))?
        .execute(named_params! { ":target_key": target.0 })?;
    Ok(())
}

/// A deal has no mentions any more.
pub fn clear(tx: &Transaction<'_>, deal: DealId) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/reach_clear.sql"))?
        .execute(named_params! { ":deal_id": deal.0 })?;
    Ok(())
}

/// The deals of a block; of one that nobody looked at yet it is not known how far it reaches.
pub fn of_block(
    conn: &Connection,
    block: &Block,
) -> Result<Vec<(DealId, Option<Reach>)>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/reach_of_block.sql"))?;
    let params = named_params! { ":target_key": block.target.0, ":kind_group": Word(block.group) };
    let rows = statement.query_map(params, |row| {
        let reach = row.get::<_, Option<Json<Reach>>>("reach")?;
        Ok((DealId(row.get("deal_id")?), reach.map(|Json(reach)| reach)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

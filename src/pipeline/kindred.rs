//! One deal that is told from its other side, or as another kind.
//!
//! Of two companies that merge either may be named first, and who buys most of a company takes a
//! stake in it as well. Such a telling goes into the block that holds the other tellings already,
//! whichever came first, so that the block's clustering decides whether they are one deal.

use super::Knowledge;
use super::identity;
use super::step;
use crate::domain::DealKind;
use crate::domain::EntityId;
use crate::domain::Field;
use crate::domain::KindGroup;
use crate::domain::Mention;
use crate::domain::Told;
use crate::resolve;
use crate::store;
use crate::store::StoreError;
use crate::store::rusqlite::Transaction;

/// A mention, its company and its group, as they are blocked.
pub(super) struct Placed {
    pub(super) mention: Mention,
    pub(super) target: EntityId,
    pub(super) group: KindGroup,
}

/// Where a telling belongs; by its own words unless others tell the same in another way.
pub(super) fn place(
    tx: &Transaction<'_>,
    knowledge: &Knowledge,
    told: Told,
    target: EntityId,
) -> Result<Placed, StoreError> {
    let own = told.mention.kind.group();
    if told.mention.kind == DealKind::Merger
        && let Some(partner) = other_side(tx, knowledge, &told.mention, &target)?
    {
        let mention = turned(told.mention, &knowledge.table);
        return Ok(Placed { mention, target: partner, group: own });
    }
    let group = match (told.mention.main, told.mention.kind, own) {
        (true, DealKind::InvestmentStake, _) => {
            let bought = store::mention::block(tx, &target, KindGroup::Control)?;
            let kin = any_kin(tx, knowledge, &told, &bought);
            if kin { KindGroup::Control } else { own }
        }
        (true, _, KindGroup::Control) if !told.mention.acquirers.is_empty() => {
            let stakes = store::mention::stakes(tx, &target)?;
            let kin = any_kin(tx, knowledge, &told, &stakes)
                && !any_kin(tx, knowledge, &told, &store::mention::block(tx, &target, own)?);
            if kin { KindGroup::Funding } else { own }
        }
        _ => own,
    };
    Ok(Placed { mention: told.mention, target, group })
}

fn any_kin(tx: &Transaction<'_>, knowledge: &Knowledge, told: &Told, others: &[Told]) -> bool {
    !others.is_empty()
        && step::with_resolver(tx, knowledge, told.at, |resolver| {
            others.iter().any(|other| resolve::told_as_another_kind(told, other, resolver))
        })
}

/// The partner of a merger, if others tell it as the one that is merged into this company, and
/// nobody tells it as here.
fn other_side(
    tx: &Transaction<'_>,
    knowledge: &Knowledge,
    mention: &Mention,
    target: &EntityId,
) -> Result<Option<EntityId>, StoreError> {
    let table = &knowledge.table;
    let [name] = mention.acquirers.as_slice() else { return Ok(None) };
    let Some(partner) = identity::known(tx, table, name)?.filter(|partner| partner != target)
    else {
        return Ok(None);
    };
    let tells = |of: &EntityId, with: &EntityId| -> Result<bool, StoreError> {
        for told in store::mention::block(tx, of, KindGroup::Control)? {
            for name in &told.mention.acquirers {
                if identity::known(tx, table, name)?.as_ref() == Some(with) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    };
    Ok((!tells(target, &partner)? && tells(&partner, target)?).then_some(partner))
}

/// The merger as its partner's: each word is the proof of the other side.
fn turned(mut mention: Mention, table: &crate::entity::EntityTable) -> Mention {
    let Some(partner) = mention.acquirers.first_mut() else { return mention };
    std::mem::swap(partner, &mut mention.target);
    mention.target_id = table.lookup(&mention.target).map(|entity| entity.id.clone());
    for evidence in &mut mention.evidence {
        evidence.field = match evidence.field {
            Field::Target => Field::Acquirers,
            Field::Acquirers => Field::Target,
            other => other,
        };
    }
    mention
}

#[cfg(test)]
mod tests;

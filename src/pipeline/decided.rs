//! What people decided, where clustering and the record have to honour it.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::domain::ArticleId;
use crate::domain::DealFacts;
use crate::domain::DealId;
use crate::domain::MentionId;
use crate::domain::Told;
use crate::resolve;
use crate::resolve::Bond;
use crate::resolve::BondKind;
use crate::resolve::Decided;
use crate::resolve::Resolved;
use crate::store;
use crate::store::StoreError;
use crate::store::decision::Decision;
use crate::store::decision::DecisionKind;
use crate::store::decision::Side;
use crate::store::mention::Block;
use crate::store::rusqlite::Transaction;

/// A block with everything that decisions bind to it.
pub(super) struct Surroundings {
    /// The block itself first, then those that merges bind to it.
    pub(super) parts: Vec<(Block, Vec<Told>)>,
    /// What was decided about their mentions.
    pub(super) decided: Decided,
}

/// Reads a block, the decisions that bind mentions of it, and the blocks those lead to.
pub(super) fn surroundings(
    tx: &Transaction<'_>,
    block: &Block,
    numbers: &BTreeMap<MentionId, DealId>,
) -> Result<Surroundings, StoreError> {
    let told = store::mention::block(tx, &block.target, block.group)?;
    around(tx, block, told, numbers)
}

/// As [`surroundings`], with what is at hand of the block itself.
pub(super) fn around(
    tx: &Transaction<'_>,
    block: &Block,
    told: Vec<Told>,
    numbers: &BTreeMap<MentionId, DealId>,
) -> Result<Surroundings, StoreError> {
    let mut first = Some(told);
    let mut parts: Vec<(Block, Vec<Told>)> = Vec::new();
    let mut bonds: BTreeMap<i64, Bond> = BTreeMap::new();
    let mut asked: BTreeSet<ArticleId> = BTreeSet::new();
    let mut waiting = vec![block.clone()];
    let any = store::decision::any_bound(tx)?;
    while let Some(block) = waiting.pop() {
        if parts.iter().any(|(known, _)| *known == block) {
            continue;
        }
        let told = match first.take() {
            Some(told) => told,
            None => store::mention::block(tx, &block.target, block.group)?,
        };
        for article in told.iter().map(|told| told.article) {
            if !any || !asked.insert(article) {
                continue;
            }
            for decision in store::decision::of_article(tx, article)? {
                if bonds.contains_key(&decision.id) {
                    continue;
                }
                let (bond, blocks) = bond(tx, &decision)?;
                bonds.insert(decision.id, bond);
                waiting.extend(blocks);
            }
        }
        parts.push((block, told));
    }
    let bonds = bonds.into_values().collect();
    Ok(Surroundings { parts, decided: Decided { bonds, numbers: numbers.clone() } })
}

/// A merge or a split, and the blocks its mentions are in today.
fn bond(tx: &Transaction<'_>, decision: &Decision) -> Result<(Bond, BTreeSet<Block>), StoreError> {
    let mut bond = Bond {
        kind: match decision.kind {
            DecisionKind::Split => BondKind::Apart,
            _ => BondKind::Together,
        },
        one: Vec::new(),
        other: Vec::new(),
        words: decision.words(),
    };
    let mut blocks = BTreeSet::new();
    for bound in store::decision::bound(tx, decision.id)? {
        match bound.side {
            Side::One => bond.one.push(bound.mention),
            Side::Other => bond.other.push(bound.mention),
        }
        blocks.insert(bound.block);
    }
    Ok((bond, blocks))
}

/// The record with the values that people gave it, or gave the deals that become part of it.
pub(super) fn with_sets(
    tx: &Transaction<'_>,
    deal: DealId,
    resolved: &Resolved,
) -> Result<DealFacts, StoreError> {
    let mut decisions: BTreeMap<i64, Decision> = BTreeMap::new();
    for deal in resolved.absorbs.iter().chain([&deal]) {
        for decision in store::decision::of_deal(tx, *deal)? {
            decisions.insert(decision.id, decision);
        }
    }
    let mut facts = resolved.facts.clone();
    for said in decisions.values().filter_map(Decision::set) {
        resolve::set(&mut facts, said);
    }
    Ok(facts)
}

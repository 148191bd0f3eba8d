//! Decides which mentions are one deal, and what the deal's record says.
//!
//! A block is every mention of one company in one group of kinds. The whole block is clustered
//! again whenever a mention of it comes, changes or goes, always in the same order (publication,
//! then content), so that late and shuffled articles end in the same place. Clusters are mapped
//! to existing deals by their oldest mention.
//!
//! # Invariants
//!
//! - Pure: the same block gives the same clusters and the same records.
//! - Identity comes from facts (who, kind, round or counterparty, sum, time), never from the
//!   likeness of titles.
//! - A deal number is never given to two clusters; a deal that lost all its mentions to another
//!   is named in [`Resolved::absorbs`], so that it can leave a tombstone. Where whole deals become
//!   one, the oldest number stays.
//! - What people decided holds in every clustering ([`Decided`]).
//!
//! # Not here
//!
//! Which company a name means is decided in [`crate::entity`]; what is stored, in the store.

mod bond;
mod cluster;
mod facts;
mod party;
mod policy;
mod score;
mod set;
mod status;
mod translation;

pub use bond::Bond;
pub use bond::BondKind;
pub use bond::Decided;
pub use set::set;
pub use status::Clock;
pub use translation::told_in_both_scripts;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::domain::Currency;
use crate::domain::DealFacts;
use crate::domain::DealId;
use crate::domain::EntityId;
use crate::domain::MentionId;
use crate::domain::Told;
use crate::entity::EntityTable;

/// What the resolver needs to know beside the block.
pub struct Knowledge<'a> {
    /// Names of buyers and investors in two scripts are one party through it.
    pub table: &'a EntityTable,
    /// A party that the table lacks and the log knows by more than one name, by a folded name.
    pub known: &'a dyn Fn(&str) -> Option<EntityId>,
    /// A sum in US dollars: value, currency, year of the rate.
    pub usd: &'a dyn Fn(i64, Currency, i16) -> Option<i64>,
    /// When it is, and how long a rumour lives.
    pub clock: Clock,
}

/// Why a mention is where it is, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The mention.
    pub mention: MentionId,
    /// "same round a; sums agree; 3 days apart".
    pub words: String,
}

/// One deal of a block.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// The existing deal it is; `None` for a new one.
    pub deal: Option<DealId>,
    /// Existing deals that are found to be this one.
    pub absorbs: Vec<DealId>,
    /// Its mentions, oldest first.
    pub mentions: Vec<MentionId>,
    /// Its record.
    pub facts: DealFacts,
    /// Why each mention belongs here.
    pub reasons: Vec<Reason>,
}

/// The mentions of one company in one group of kinds.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// The company.
    pub target: &'a EntityId,
    /// Its mentions, in any order.
    pub told: &'a [Told],
}

/// Resolves one block: the mentions of `target` in one group of kinds, in any order.
pub fn resolve(told: &[Told], target: &EntityId, knowledge: &Knowledge<'_>) -> Vec<Resolved> {
    resolve_bound(&[Part { target, told }], &Decided::default(), knowledge)
}

/// Resolves a block under what people decided about it; with the blocks that a decision binds to
/// it, where a person merged deals of two companies or of two groups of kinds.
pub fn resolve_bound(
    parts: &[Part<'_>],
    decided: &Decided,
    knowledge: &Knowledge<'_>,
) -> Vec<Resolved> {
    let block = facts::block(parts, knowledge);
    let clusters = cluster::cluster(&block, bond::Bonds::of(&block, decided));
    let members: Vec<Vec<&facts::Facts<'_>>> = clusters
        .iter()
        .map(|cluster| cluster.members.iter().map(|&place| &block[place]).collect())
        .collect();
    let (owners, mut taken) = owners(&members, decided);
    let mut resolved: Vec<Resolved> = Vec::with_capacity(clusters.len());
    for ((cluster, members), deal) in clusters.iter().zip(&members).zip(owners) {
        let lost: BTreeSet<DealId> = members.iter().filter_map(|member| member.told.deal).collect();
        // Clusters come in order of their oldest mention: the first that holds one of a lost
        // deal's mentions absorbs it.
        let absorbs = lost.into_iter().filter(|deal| taken.insert(*deal)).collect();
        let Some(target) = members.first().and_then(|first| parts.get(first.part)) else {
            continue;
        };
        resolved.push(Resolved {
            deal,
            absorbs,
            mentions: members.iter().map(|member| member.told.id).collect(),
            facts: policy::merge(members, target.target, knowledge.clock),
            reasons: members
                .iter()
                .zip(&cluster.reasons)
                .map(|(member, words)| Reason { mention: member.told.id, words: words.clone() })
                .collect(),
        });
    }
    resolved
}

/// For each cluster the existing deal it is, and the deals that are given out.
///
/// The number that people gave a mention comes first; then, where a cluster holds whole deals, the
/// oldest number; then that of the oldest mention.
fn owners(
    clusters: &[Vec<&facts::Facts<'_>>],
    decided: &Decided,
) -> (Vec<Option<DealId>>, BTreeSet<DealId>) {
    let mut taken: BTreeSet<DealId> = BTreeSet::new();
    let given = |members: &Vec<&facts::Facts<'_>>| {
        members.iter().filter_map(|member| decided.numbers.get(&member.told.id)).copied().min()
    };
    let mut owners: Vec<Option<DealId>> =
        clusters.iter().map(|members| given(members).filter(|deal| taken.insert(*deal))).collect();
    let mut holders: BTreeMap<DealId, BTreeSet<usize>> = BTreeMap::new();
    for (cluster, members) in clusters.iter().enumerate() {
        for deal in members.iter().filter_map(|member| member.told.deal) {
            holders.entry(deal).or_default().insert(cluster);
        }
    }
    let shared = |deal: &DealId| holders.get(deal).is_some_and(|holders| holders.len() > 1);
    for (members, owner) in clusters.iter().zip(&mut owners).filter(|(_, owner)| owner.is_none()) {
        let mut deals: Vec<DealId> = members.iter().filter_map(|member| member.told.deal).collect();
        if !deals.iter().any(shared) {
            deals.sort_unstable();
        }
        *owner = deals.into_iter().find(|deal| taken.insert(*deal));
    }
    (owners, taken)
}

#[cfg(test)]
mod tests;

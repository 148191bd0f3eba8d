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
//!   is named in [`Resolved::absorbs`], so that it can leave a tombstone.
//!
//! # Not here
//!
//! Which company a name means is decided in [`crate::entity`]; what is stored, in the store.

mod cluster;
mod facts;
mod party;
mod policy;
mod score;
mod status;
mod translation;

pub use translation::told_in_both_scripts;

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

/// Resolves one block: the mentions of `target` in one group of kinds, in any order.
pub fn resolve(told: &[Told], target: &EntityId, knowledge: &Knowledge<'_>) -> Vec<Resolved> {
    let block = facts::block(told, knowledge);
    let clusters = cluster::cluster(&block);
    let mut taken: BTreeSet<DealId> = BTreeSet::new();
    let owners: Vec<Option<DealId>> = clusters
        .iter()
        .map(|cluster| {
            let deals = cluster.members.iter().filter_map(|&member| block[member].told.deal);
            deals.into_iter().find(|deal| taken.insert(*deal))
        })
        .collect();
    let mut resolved: Vec<Resolved> = Vec::with_capacity(clusters.len());
    for (cluster, deal) in clusters.iter().zip(&owners) {
        let members: Vec<&facts::Facts<'_>> = cluster.members.iter().map(|&m| &block[m]).collect();
        let lost: BTreeSet<DealId> = members.iter().filter_map(|member| member.told.deal).collect();
        // Clusters come in order of their oldest mention: the first that holds one of a lost
        // deal's mentions absorbs it.
        let absorbs = lost.into_iter().filter(|deal| taken.insert(*deal)).collect();
        resolved.push(Resolved {
            deal: *deal,
            absorbs,
            mentions: members.iter().map(|member| member.told.id).collect(),
            facts: policy::merge(&members, target),
            reasons: cluster
                .members
                .iter()
                .zip(&cluster.reasons)
                .map(|(&member, words)| Reason {
                    mention: block[member].told.id,
                    words: words.clone(),
                })
                .collect(),
        });
    }
    resolved
}

#[cfg(test)]
mod tests;

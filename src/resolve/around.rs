//! The part of a block that a new article can change.
//!
//! What was not allowed to be one deal before is not allowed now, unless one of the two changed. So
//! only the deals are looked at again that a new mention fits, or speaks so little against that two
//! groups may join for it, and those of which this is true for a deal which came apart or took in
//! another; all others stand. The deals are those that the whole block gives.
//!
//! What an article tells beside its news bears on where the news belongs: it is asked, wherever it
//! is itself ([`super::cluster`]).

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::cluster;
use super::copies::Tellings;
use crate::domain::DealId;
use crate::domain::MentionId;

/// What changed in a block since it was resolved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Mentions that are new.
    pub mentions: BTreeSet<MentionId>,
    /// Deals that lost a mention.
    pub deals: BTreeSet<DealId>,
}

/// The deals of a block before it is resolved, by the places of their tellings.
pub(super) struct Around {
    /// Of each telling the deals that its prints are in; of one that is new, none.
    deals: Vec<BTreeSet<DealId>>,
    /// Of each deal its tellings.
    tellings: BTreeMap<DealId, BTreeSet<usize>>,
    /// Tellings that are looked at.
    pub(super) inside: BTreeSet<usize>,
    /// Deals that are looked at because they lost a mention.
    lost: BTreeSet<DealId>,
}

impl Around {
    /// The tellings that are new, their deals and the deals that they fit.
    pub(super) fn of(block: &Tellings<'_>, changes: &Changes) -> Around {
        let mut around = Around {
            deals: Vec::with_capacity(block.first.len()),
            tellings: BTreeMap::new(),
            inside: BTreeSet::new(),
            lost: changes.deals.clone(),
        };
        let mut fresh: BTreeSet<usize> = BTreeSet::new();
        for (place, (first, copies)) in block.first.iter().zip(&block.copies).enumerate() {
            let prints = || std::iter::once(first).chain(copies);
            let deals: BTreeSet<DealId> = prints().filter_map(|print| print.told.deal).collect();
            for deal in &deals {
                around.tellings.entry(*deal).or_default().insert(place);
            }
            // A print before the first so far moves the telling in time.
            if changes.mentions.contains(&first.told.id) || deals.is_empty() {
                fresh.insert(place);
            } else if prints().any(|print| changes.mentions.contains(&print.told.id)) {
                around.inside.insert(place);
            }
            around.deals.push(deals);
        }
        let lost: Vec<usize> = changes
            .deals
            .iter()
            .filter_map(|deal| around.tellings.get(deal))
            .flatten()
            .copied()
            .collect();
        around.inside.extend(&fresh);
        around.inside.extend(&lost);
        around.close();
        fresh.extend(lost);
        around.reach(block, &fresh);
        around
    }

    /// The tellings inside whose deals are others than before, by more than what is new.
    ///
    /// `clusters` are sets of places in the block.
    pub(super) fn changed(&self, clusters: &[Vec<usize>]) -> BTreeSet<usize> {
        let mut changed: BTreeSet<usize> = BTreeSet::new();
        for cluster in clusters {
            let deals: BTreeSet<DealId> =
                cluster.iter().flat_map(|place| &self.deals[*place]).copied().collect();
            let whole = |deal: &DealId| {
                let of = self.tellings.get(deal);
                of.is_some_and(|of| of.iter().all(|place| cluster.contains(place)))
            };
            // As it was, but for what is new: the common case.
            let stands = match deals.first() {
                None => true,
                Some(deal) => deals.len() == 1 && whole(deal) && !self.lost.contains(deal),
            };
            if !stands {
                changed.extend(cluster);
            }
        }
        changed
    }

    /// Takes in the deals that fit one of these tellings; says whether there were any.
    pub(super) fn reach(&mut self, block: &Tellings<'_>, from: &BTreeSet<usize>) -> bool {
        let mut found: BTreeSet<usize> = BTreeSet::new();
        for place in (0..block.first.len()).filter(|place| !self.inside.contains(place)) {
            // One that is of a deal which is found already comes with it.
            if self.deals[place].iter().any(|deal| {
                self.tellings.get(deal).and_then(|of| of.first()).is_some_and(|f| found.contains(f))
            }) {
                continue;
            }
            let other = &block.first[place];
            let fits = |one: &usize| {
                let one = &block.first[*one];
                one.part == other.part
                    && cluster::fit(one, other).points > cluster::LEAST_ON_AVERAGE
            };
            if from.iter().any(fits) {
                found.extend(
                    self.deals[place].iter().filter_map(|deal| self.tellings.get(deal)).flatten(),
                );
            }
        }
        let any = !found.is_empty();
        self.inside.extend(found);
        self.close();
        any
    }

    /// Takes in whole deals only.
    fn close(&mut self) {
        loop {
            let deals: BTreeSet<DealId> =
                self.inside.iter().flat_map(|place| &self.deals[*place]).copied().collect();
            let before = self.inside.len();
            for deal in deals {
                self.inside.extend(self.tellings.get(&deal).into_iter().flatten());
            }
            if self.inside.len() == before {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests;

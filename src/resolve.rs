//! Decides which mentions are one deal, and what the deal's record says.
//!
//! A block is every mention of one company in one group of kinds. It is clustered as a whole, in
//! one order (publication, then content), so that late and shuffled articles end in the same place;
//! when a mention comes, changes or goes, only the deals that it can change are looked at again
//! ([`resolve_changed`]), which gives the same. Clusters are mapped to existing deals by their
//! oldest mention.
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

mod around;
mod bond;
mod cluster;
mod copies;
mod facts;
mod kindred;
mod party;
mod policy;
mod score;
mod set;
mod status;
mod tranche;
mod translation;
mod when;

pub use around::Changes;
pub use bond::Bond;
pub use bond::BondKind;
pub use bond::Decided;
pub use kindred::told_as_another_kind;
pub use set::set;
pub use status::Clock;
pub use translation::InOneScript;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::domain::ArticleId;
use crate::domain::Currency;
use crate::domain::DealFacts;
use crate::domain::DealId;
use crate::domain::EntityId;
use crate::domain::MentionId;
use crate::domain::Reach;
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
    /// How far its mentions reach.
    pub reach: Reach,
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
    let tellings = copies::fold(facts::block(parts, knowledge), &[], decided);
    let all: BTreeSet<usize> = (0..tellings.first.len()).collect();
    let clusters = clusters(&tellings, &all, &[], decided);
    deals(&tellings, &clusters, parts, decided, knowledge)
}

/// How much of a block is at hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Extent<'a> {
    /// All of it.
    Whole,
    /// The deals that the changes meet ([`reach`]).
    Met {
        /// What the articles of these deals tell of others.
        beside: &'a [Told],
    },
}

/// Resolves what changes in a block can have changed: only deals that may be others than before
/// are returned. What people decided about a block binds all of it, so it is resolved whole then.
///
/// `None` if more of the block is needed: deals come together or apart.
pub fn resolve_changed(
    parts: &[Part<'_>],
    extent: Extent<'_>,
    decided: &Decided,
    changes: &Changes,
    knowledge: &Knowledge<'_>,
) -> Option<Vec<Resolved>> {
    if *decided != Decided::default() {
        return (extent == Extent::Whole).then(|| resolve_bound(parts, decided, knowledge));
    }
    let beside: Vec<facts::Facts<'_>> = match extent {
        Extent::Whole => Vec::new(),
        Extent::Met { beside } => beside.iter().map(|told| facts::facts(told, knowledge)).collect(),
    };
    let tellings = copies::fold(facts::block(parts, knowledge), &beside, decided);
    let mut around = around::Around::of(&tellings, changes);
    loop {
        let found = clusters(&tellings, &around.inside, &beside, decided);
        let members: Vec<Vec<usize>> = found.iter().map(|found| found.members.clone()).collect();
        let changed = around.changed(&members);
        if !changed.is_empty() && extent != Extent::Whole {
            return None;
        }
        if !around.reach(&tellings, &changed) {
            return Some(deals(&tellings, &found, parts, decided, knowledge));
        }
    }
}

/// How far a mention reaches: the deals that meet it are those that it can change.
pub fn reach(told: &Told, knowledge: &Knowledge<'_>) -> Reach {
    facts::facts(told, knowledge).reach
}

/// The deals of some tellings of a block; members are places in the block.
fn clusters(
    tellings: &copies::Tellings<'_>,
    places: &BTreeSet<usize>,
    beside: &[facts::Facts<'_>],
    decided: &Decided,
) -> Vec<cluster::Cluster> {
    let (places, others): (Vec<usize>, Vec<usize>) =
        (0..tellings.first.len()).partition(|place| places.contains(place));
    let block: Vec<&facts::Facts<'_>> =
        places.iter().map(|place| &tellings.first[*place]).collect();
    let articles: BTreeSet<ArticleId> = block.iter().map(|facts| facts.told.article).collect();
    let beside: Vec<&facts::Facts<'_>> = others
        .iter()
        .map(|place| &tellings.first[*place])
        .chain(beside)
        .filter(|facts| articles.contains(&facts.told.article))
        .collect();
    let mut clusters = cluster::cluster(&block, &beside, bond::Bonds::of(&block, decided));
    for cluster in &mut clusters {
        for member in &mut cluster.members {
            *member = places[*member];
        }
    }
    clusters
}

/// A mention and why it is where it is.
type Member<'a, 'b> = (&'a facts::Facts<'b>, String);

/// The prints of a cluster's tellings in canonical order.
fn prints<'a, 'b>(
    tellings: &'a copies::Tellings<'b>,
    cluster: &cluster::Cluster,
) -> Vec<Member<'a, 'b>> {
    let mut prints = Vec::new();
    for (&place, words) in cluster.members.iter().zip(&cluster.reasons) {
        let first = &tellings.first[place];
        prints.push((first, words.clone()));
        let words = || format!("tells the same on the same day as mention {}", first.told.id);
        prints.extend(tellings.copies[place].iter().map(|copy| (copy, words())));
    }
    prints.sort_by(|(a, _), (b, _)| facts::order(a.told).cmp(&facts::order(b.told)));
    prints
}

/// The deals of clusters, with their numbers and records.
fn deals(
    tellings: &copies::Tellings<'_>,
    clusters: &[cluster::Cluster],
    parts: &[Part<'_>],
    decided: &Decided,
    knowledge: &Knowledge<'_>,
) -> Vec<Resolved> {
    let prints: Vec<Vec<Member<'_, '_>>> =
        clusters.iter().map(|cluster| prints(tellings, cluster)).collect();
    let members: Vec<Vec<&facts::Facts<'_>>> =
        prints.iter().map(|prints| prints.iter().map(|(facts, _)| *facts).collect()).collect();
    let (owners, mut taken) = owners(&members, decided);
    let mut resolved: Vec<Resolved> = Vec::with_capacity(clusters.len());
    for ((prints, members), deal) in prints.into_iter().zip(&members).zip(owners) {
        let lost: BTreeSet<DealId> = members.iter().filter_map(|member| member.told.deal).collect();
        // Clusters come in order of their oldest mention: the first that holds one of a lost
        // deal's mentions absorbs it.
        let absorbs = lost.into_iter().filter(|deal| taken.insert(*deal)).collect();
        let Some((first, target)) =
            members.first().and_then(|first| Some((first, parts.get(first.part)?)))
        else {
            continue;
        };
        let mut reach = first.reach.clone();
        for member in members {
            reach.widen(&member.reach);
        }
        resolved.push(Resolved {
            deal,
            absorbs,
            mentions: members.iter().map(|member| member.told.id).collect(),
            facts: policy::merge(members, target.target, knowledge.clock),
            reasons: prints
                .into_iter()
                .map(|(member, words)| Reason { mention: member.told.id, words })
                .collect(),
            reach,
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

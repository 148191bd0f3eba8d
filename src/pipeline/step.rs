//! A block of mentions resolved, and what came of it written: deals, revisions, owed messages.
//! Runs inside a transaction.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;

use jiff::Timestamp;

use super::Knowledge;
use super::decided;
use super::decided::Surroundings;
use super::settle::Settled;
use crate::domain::Amount;
use crate::domain::ArticleId;
use crate::domain::Cause;
use crate::domain::Currency;
use crate::domain::DealId;
use crate::domain::EntityId;
use crate::domain::MentionId;
use crate::domain::Qualifier;
use crate::domain::Reach;
use crate::domain::Told;
use crate::entity;
use crate::resolve;
use crate::resolve::Changes;
use crate::resolve::Clock;
use crate::resolve::Extent;
use crate::resolve::Part;
use crate::resolve::Resolved;
use crate::store;
use crate::store::Context;
use crate::store::StoreError;
use crate::store::deal::Withdrawal;
use crate::store::mention::Block;
use crate::store::mention::PartOfBlock;
use crate::store::rusqlite::Transaction;

/// Calls with what `resolve` may know: the table, the log's names, the rates.
pub(super) fn with_resolver<T>(
    tx: &Transaction<'_>,
    knowledge: &Knowledge,
    now: Timestamp,
    call: impl FnOnce(&resolve::Knowledge<'_>) -> T,
) -> T {
    let rates = &knowledge.rates;
    let usd = |value: i64, currency: Currency, year: i16| {
        rates.usd(&Amount::new("", value, currency, Qualifier::Exact), year)?.min
    };
    // A name that cannot be looked up stands for itself. One block names few parties many times.
    let asked: RefCell<HashMap<String, Option<EntityId>>> = RefCell::default();
    let known = |folded: &str| {
        if let Some(id) = asked.borrow().get(folded) {
            return id.clone();
        }
        let id = store::entity::meant(tx, folded).ok().flatten();
        asked.borrow_mut().insert(folded.to_owned(), id.clone());
        id
    };
    let clock = Clock { now, silence: knowledge.silence };
    call(&resolve::Knowledge { table: &knowledge.table, known: &known, usd: &usd, clock })
}

fn reasons(resolved: &Resolved) -> Vec<String> {
    let words = |reason: &resolve::Reason| format!("mention {}: {}", reason.mention, reason.words);
    resolved.reasons.iter().map(words).collect()
}

/// What every step of one article's settling shares.
pub(super) struct Step<'a> {
    pub(super) tx: &'a Transaction<'a>,
    pub(super) knowledge: &'a Knowledge,
    pub(super) cause: Cause,
    /// The article that is the cause.
    pub(super) article: Option<ArticleId>,
    pub(super) live: bool,
    pub(super) now: Timestamp,
}

impl Step<'_> {
    /// Clusters a block again, with what people bound to it, and writes what came of it.
    pub(super) fn resolve(
        &self,
        block: &Block,
        numbers: &BTreeMap<MentionId, DealId>,
        settled: &mut Settled,
    ) -> Result<(), StoreError> {
        let around = decided::surroundings(self.tx, block, numbers)?;
        let resolved = self.with_parts(&around, |parts, resolver| {
            resolve::resolve_bound(parts, &around.decided, resolver)
        });
        self.keep(&around, resolved, settled)
    }

    /// As [`Step::resolve`], of what these changes can have changed.
    pub(super) fn resolve_changed(
        &self,
        block: &Block,
        changes: &Changes,
        settled: &mut Settled,
    ) -> Result<(), StoreError> {
        let met = store::mention::part_of_block(
            self.tx,
            block,
            &self.met(block, changes)?,
            self.article,
        )?;
        let PartOfBlock { told, beside } = met;
        let around = decided::around(self.tx, block, told, &BTreeMap::new())?;
        let resolved = self.with_parts(&around, |parts, resolver| {
            let extent = Extent::Met { beside: &beside };
            resolve::resolve_changed(parts, extent, &around.decided, changes, resolver)
        });
        if let Some(resolved) = resolved {
            return self.keep(&around, resolved, settled);
        }
        let around = decided::surroundings(self.tx, block, &BTreeMap::new())?;
        let resolved = self.with_parts(&around, |parts, resolver| {
            resolve::resolve_changed(parts, Extent::Whole, &around.decided, changes, resolver)
        });
        self.keep(&around, resolved.unwrap_or_default(), settled)
    }

    /// The deals of a block that its new mentions meet, and those that lost one.
    fn met(&self, block: &Block, changes: &Changes) -> Result<BTreeSet<DealId>, StoreError> {
        let new = match self.article {
            Some(article) => store::mention::of_article_in(self.tx, article, block)?,
            None => Vec::new(),
        };
        let reach: Vec<Reach> = with_resolver(self.tx, self.knowledge, self.now, |resolver| {
            new.iter().map(|told| resolve::reach(told, resolver)).collect()
        });
        let mut met = changes.deals.clone();
        met.extend(new.iter().filter_map(|told| told.deal));
        for (deal, of_deal) in store::reach::of_block(self.tx, block)? {
            if of_deal.is_none_or(|of_deal| reach.iter().any(|reach| reach.meets(&of_deal))) {
                met.insert(deal);
            }
        }
        Ok(met)
    }

    fn with_parts<T>(
        &self,
        around: &Surroundings,
        call: impl FnOnce(&[Part<'_>], &resolve::Knowledge<'_>) -> T,
    ) -> T {
        let parts: Vec<Part<'_>> =
            around.parts.iter().map(|(block, told)| Part { target: &block.target, told }).collect();
        with_resolver(self.tx, self.knowledge, self.now, |resolver| {
            // Its time is measured by `benches/stream`.
            tracing::trace_span!("resolve").in_scope(|| call(&parts, resolver))
        })
    }

    /// Writes what came of a block.
    fn keep(
        &self,
        around: &Surroundings,
        resolved: Vec<Resolved>,
        settled: &mut Settled,
    ) -> Result<(), StoreError> {
        let told: BTreeMap<MentionId, (&Block, &Told)> = around
            .parts
            .iter()
            .flat_map(|(block, told)| told.iter().map(move |told| (told.id, (block, told))))
            .collect();
        let mut had: BTreeMap<DealId, usize> = BTreeMap::new();
        for deal in told.values().filter_map(|(_, told)| told.deal) {
            *had.entry(deal).or_default() += 1;
        }
        for mut deal in resolved {
            self.keep_told_elsewhere(&mut deal, &told)?;
            let size = deal.deal.and_then(|id| had.get(&id)).copied().unwrap_or(0);
            self.write(&deal, &told, size, settled)?;
        }
        Ok(())
    }

    /// A deal that is still told in blocks that were not looked at is not absorbed: until a merge
    /// was taken back it had mentions of several.
    fn keep_told_elsewhere(
        &self,
        resolved: &mut Resolved,
        here: &BTreeMap<MentionId, (&Block, &Told)>,
    ) -> Result<(), StoreError> {
        let mut gone = Vec::with_capacity(resolved.absorbs.len());
        for deal in resolved.absorbs.drain(..) {
            let mentions = store::mention::current_of_deal(self.tx, deal)?;
            if mentions.iter().all(|mention| here.contains_key(&mention.id)) {
                gone.push(deal);
            }
        }
        resolved.absorbs = gone;
        Ok(())
    }

    /// Writes what a deal is now, if it is not what it was; `had` is how many of the mentions that
    /// were looked at it had.
    fn write(
        &self,
        resolved: &Resolved,
        told: &BTreeMap<MentionId, (&Block, &Told)>,
        had: usize,
        settled: &mut Settled,
    ) -> Result<(), StoreError> {
        let tx = self.tx;
        let id = match resolved.deal {
            Some(id) => id,
            None => store::deal::create(tx, self.now)?,
        };
        let members = || resolved.mentions.iter().filter_map(|mention| Some(told.get(mention)?.1));
        let moved: Vec<MentionId> =
            members().filter(|told| told.deal != Some(id)).map(|told| told.id).collect();
        let facts = decided::with_sets(tx, id, resolved)?;
        let reasons = reasons(resolved);
        // Most deals of a company in the news are as they were: nothing came, nothing went, and
        // this article, whose own class and language count as well, does not tell them.
        let untouched = moved.is_empty()
            && had == resolved.mentions.len()
            && resolved.absorbs.is_empty()
            && members().all(|told| Some(told.article) != self.article);
        if untouched && store::deal::says(tx, id, &facts, &reasons)? {
            return Ok(());
        }
        for mention in moved {
            store::mention::assign(tx, mention, id)?;
        }
        let context = Context { now: self.now, rates: &self.knowledge.rates, fold: entity::fold };
        let revision = store::deal::save(tx, id, &facts, self.cause, self.article, &context)?;
        for absorbed in &resolved.absorbs {
            store::deal::tombstone(tx, *absorbed, id, self.cause, self.now)?;
        }
        store::deal::set_reasons(tx, id, &reasons)?;
        let blocks: BTreeSet<&Block> =
            resolved.mentions.iter().filter_map(|mention| Some(told.get(mention)?.0)).collect();
        store::reach::put(tx, id, blocks, &resolved.reach)?;
        if let Some(revision) = revision {
            settled.new_deals += usize::from(revision.number == 1);
            settled.revised_deals += usize::from(revision.number > 1);
            let routes = &self.knowledge.routes;
            // Time passing is no news: nobody is told, and nobody counts as told.
            if self.cause != Cause::Clock {
                settled.owed += store::outbox::owe(tx, routes, &revision, self.live, &context)?;
            }
        }
        Ok(())
    }

    /// A deal that only an earlier reading of this article told is no deal any more.
    pub(super) fn withdraw_orphans(&self, before: &[Told]) -> Result<(), StoreError> {
        let deals: BTreeSet<DealId> = before.iter().filter_map(|told| told.deal).collect();
        for deal in deals {
            // What became part of another deal is told by that one's articles.
            if store::deal::survivor(self.tx, deal)? != Some(deal) {
                continue;
            }
            let told = store::mention::of_deal(self.tx, deal)?;
            if !told.iter().any(|quoted| quoted.current && quoted.told.deal == Some(deal)) {
                let (event, cause) = (Withdrawal::Removed, self.cause);
                store::deal::withdraw(self.tx, deal, event, cause, self.article, self.now)?;
            }
        }
        Ok(())
    }
}

//! Stored articles, read again by the present version, a piece at a time.
//!
//! # Invariants
//!
//! - A piece is one transaction, with how far the run is: a kill leaves it done or not done, and
//!   the next call goes on.
//! - Texts are read before the transaction, and an article that changed since is left alone: it
//!   was read by the present version when it changed.
//! - Nobody is told, and nothing is fetched.
//!
//! Of one piece all articles are read before any deal is resolved, so that a company which the
//! present version names otherwise takes its deals along.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Knowledge;
use super::Pipeline;
use super::PipelineError;
use super::Reading;
use super::settle;
use super::settle::Settled;
use super::step::Step;
use crate::domain::ArticleId;
use crate::domain::Cause;
use crate::domain::DealId;
use crate::domain::MentionId;
use crate::domain::Told;
use crate::domain::filter::Moment;
use crate::extract;
use crate::store;
use crate::store::StoreError;
use crate::store::article::Stored;
use crate::store::mention::Block;
use crate::store::mention::Versions;
use crate::store::replay::Asked;
use crate::store::replay::Run;
use crate::store::rusqlite::Transaction;

/// Articles in one transaction: a few tens of milliseconds in which other writers wait.
const PIECE: u32 = 50;

impl Pipeline {
    /// Reads the next piece of a replay, and returns how far it is; [`Run::finished_at`] is set
    /// when nothing is left. A run that was interrupted is taken up by the same question.
    ///
    /// A `since` that is no time is answered with `None`. Blocks the thread.
    pub fn replay_blocking(
        &self,
        asked: &Asked,
        now: Timestamp,
    ) -> Result<Option<Run>, PipelineError> {
        let Some(since) = Moment::parse(&asked.since) else { return Ok(None) };
        let (begun, knowledge) = (asked.clone(), std::sync::Arc::clone(&self.knowledge));
        let run = self.store.write_blocking(move |tx| {
            let versions = versions(&knowledge);
            store::replay::begin(tx, &begun, since.start(now), versions, now)
        })?;
        let stored = self.store.read_blocking(|conn| store::replay::next(conn, &run, PIECE))?;
        let piece: Vec<(Stored, Reading)> = stored
            .into_iter()
            .map(|stored| {
                let reading = Reading::new(stored.article.clone(), &self.knowledge.table);
                (stored, reading)
            })
            .collect();
        let knowledge = std::sync::Arc::clone(&self.knowledge);
        let run = self.store.write_blocking(move |tx| {
            let run = advance(tx, &knowledge, run, &piece, now)?;
            store::replay::save(tx, &run)?;
            Ok(run)
        })?;
        Ok(Some(run))
    }
}

fn versions(knowledge: &Knowledge) -> Versions<'_> {
    Versions { extractor: extract::VERSION, entities: knowledge.table.version() }
}

fn advance(
    tx: &Transaction<'_>,
    knowledge: &Knowledge,
    mut run: Run,
    piece: &[(Stored, Reading)],
    now: Timestamp,
) -> Result<Run, StoreError> {
    run.splits.extend(settle_piece(tx, knowledge, piece, now)?);
    run.done += piece.len() as u64;
    match piece.last() {
        Some((stored, _)) => run.after = stored.id,
        None => run.finished_at = Some(now),
    }
    Ok(run)
}

/// What a new reading of one article replaced.
struct Replaced {
    article: ArticleId,
    before: Vec<Told>,
}

/// Settles a piece; returns the deals that came out of others.
fn settle_piece(
    tx: &Transaction<'_>,
    knowledge: &Knowledge,
    piece: &[(Stored, Reading)],
    now: Timestamp,
) -> Result<Vec<(DealId, DealId)>, StoreError> {
    let mut replaced: Vec<Replaced> = Vec::with_capacity(piece.len());
    let mut heirs = Vec::with_capacity(piece.len());
    // Each block with the article that is named as the cause: the first that reads otherwise.
    let mut blocks: BTreeMap<Block, (bool, ArticleId)> = BTreeMap::new();
    for (stored, reading) in piece {
        let present = store::article::load(tx, stored.id)?;
        if present.revision != stored.revision {
            continue;
        }
        let before = store::mention::of_article(tx, stored.id)?;
        let (mentions, mut touched) = settle::new_mentions(tx, knowledge, reading, now)?;
        let revision = stored.revision;
        let versions = versions(knowledge);
        let done = store::mention::replace(tx, stored.id, revision, versions, &mentions)?;
        store::replay::mark(tx, stored.id, versions)?;
        touched.extend(done.blocks);
        let changed = !before.iter().map(|told| told.id).eq(done.ids.iter().copied());
        for block in touched {
            let cause = blocks.entry(block).or_insert((changed, stored.id));
            if changed && !cause.0 {
                *cause = (true, stored.id);
            }
        }
        if changed {
            heirs.push((replaced.len(), mentions, done.ids));
        }
        replaced.push(Replaced { article: stored.id, before });
    }
    for (index, mentions, ids) in &heirs {
        settle::inherit(tx, &replaced[*index].before, mentions, ids)?;
    }
    let step = |article| {
        let cause = Cause::Replay;
        Step { tx, knowledge, cause, article: Some(article), live: false, now }
    };
    let mut splits = Vec::new();
    for (block, (_, article)) in &blocks {
        let told = told(tx, block)?;
        step(*article).resolve(block, &BTreeMap::new(), &mut Settled::nothing(*article))?;
        splits.extend(split(tx, &told, &self::told(tx, block)?)?);
    }
    for Replaced { article, before } in &replaced {
        step(*article).withdraw_orphans(before)?;
    }
    store::counter::bump(tx, "replayed", piece.len() as u64, now)?;
    Ok(splits)
}

/// The deals that a block's mentions tell.
fn told(tx: &Transaction<'_>, block: &Block) -> Result<BTreeMap<MentionId, DealId>, StoreError> {
    let told = store::mention::block(tx, &block.target, block.group)?;
    Ok(told.iter().filter_map(|told| Some((told.id, told.deal?))).collect())
}

/// Deals that were not there before, and hold mentions of one that still is.
fn split(
    tx: &Transaction<'_>,
    before: &BTreeMap<MentionId, DealId>,
    after: &BTreeMap<MentionId, DealId>,
) -> Result<BTreeSet<(DealId, DealId)>, StoreError> {
    let mut found = BTreeSet::new();
    for (mention, deal) in after {
        let Some(from) = before.get(mention).filter(|from| *from != deal) else { continue };
        let is_new = store::deal::load(tx, *deal)?.is_some_and(|record| record.revision == 1);
        if is_new && store::deal::survivor(tx, *from)? == Some(*from) {
            found.insert((*deal, *from));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests;

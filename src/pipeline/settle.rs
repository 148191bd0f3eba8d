//! One article into the log: mentions, deals, revisions, owed messages. Runs inside a transaction.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Delivered;
use super::Knowledge;
use super::Reading;
use super::identity;
use super::kindred;
use super::step::Step;
use super::translation;
use crate::domain::ArticleId;
use crate::domain::Cause;
use crate::domain::DealId;
use crate::domain::MentionId;
use crate::domain::TextKind;
use crate::domain::Told;
use crate::extract;
use crate::parse;
use crate::resolve::Changes;
use crate::store;
use crate::store::StoreError;
use crate::store::article::Upserted;
use crate::store::decision::Redo;
use crate::store::mention::Block;
use crate::store::mention::NewMention;
use crate::store::mention::Versions;
use crate::store::rusqlite::Transaction;
use crate::store::wanted::Want;

/// Where a mention is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its row.
    pub mention: MentionId,
    /// The deal it tells.
    pub deal: Option<DealId>,
}

/// What one article changed.
#[expect(clippy::struct_excessive_bools, reason = "each answers a question of its own")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Its row.
    pub article: ArticleId,
    /// It was not known.
    pub is_new: bool,
    /// Its text is new, or changed.
    pub changed: bool,
    /// Its new text tells a deal as its news.
    pub relevant: bool,
    /// Mentions in its new text.
    pub mentions: usize,
    /// Deals that are new.
    pub new_deals: usize,
    /// Deals that got a revision.
    pub revised_deals: usize,
    /// Messages that are owed now.
    pub owed: usize,
    /// Its page is wanted.
    pub wanted: bool,
}

/// What settling an article leads to beside what is stored.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    /// Routes are told of its deals.
    pub(super) live: bool,
    /// Its page is asked for if it is a stub that looks like a deal.
    pub(super) page: bool,
    /// Now.
    pub(super) now: Timestamp,
}

/// Settles an article of a polled document, and says whether its text had to be read.
///
/// An article that the log held when the document was read and does not hold any more, because
/// another source or its page was settled in between, is read now: rarely, and better late than
/// lost.
pub(super) fn delivered(
    tx: &Transaction<'_>,
    knowledge: &Knowledge,
    delivered: &Delivered,
    how: How,
) -> Result<(Settled, bool), StoreError> {
    match delivered {
        Delivered::Read(reading) => Ok((article(tx, knowledge, reading, how)?, true)),
        Delivered::Held(unread) => {
            let (article, hash) = (&unread.article, &unread.content_hash);
            let upserted = store::article::upsert(tx, article, hash, how.now)?;
            if !upserted.changed {
                return Ok((Settled::of(&upserted), false));
            }
            let reading = unread.clone().read(&knowledge.table);
            Ok((changed(tx, knowledge, &upserted, &reading, how)?, true))
        }
    }
}

/// Stores an article, resolves the blocks its mentions touch, and owes the messages.
pub(super) fn article(
    tx: &Transaction<'_>,
    knowledge: &Knowledge,
    reading: &Reading,
    how: How,
) -> Result<Settled, StoreError> {
    let (article, hash) = (&reading.article, &reading.content_hash);
    let upserted = store::article::upsert(tx, article, hash, how.now)?;
    if !upserted.changed {
        return Ok(Settled::of(&upserted));
    }
    changed(tx, knowledge, &upserted, reading, how)
}

/// What a new text of an article changes.
fn changed(
    tx: &Transaction<'_>,
    knowledge: &Knowledge,
    upserted: &Upserted,
    reading: &Reading,
    how: How,
) -> Result<Settled, StoreError> {
    let How { live, page, now } = how;
    let mut settled = Settled::of(upserted);
    settled.relevant = reading.relevant;
    settled.mentions = reading.mentions.len();
    store::search::index_article(tx, upserted.id, &reading.folded)?;
    let before =
        if upserted.is_new { Vec::new() } else { store::mention::of_article(tx, upserted.id)? };
    let (mentions, joined) = new_mentions(tx, knowledge, reading, now)?;
    let versions = Versions { extractor: extract::VERSION, entities: knowledge.table.version() };
    let replaced =
        store::mention::replace(tx, upserted.id, upserted.revision, versions, &mentions)?;
    inherit(tx, &before, &mentions, &replaced.ids)?;
    store::replay::mark(tx, upserted.id, versions)?;
    let cause = Cause::Article;
    let step = Step { tx, knowledge, cause, article: Some(upserted.id), live, now };
    for block in &joined {
        step.resolve(block, &BTreeMap::new(), &mut settled)?;
    }
    let changes = Changes {
        mentions: replaced.ids.iter().copied().collect(),
        // What says the same still has its row, and no deal lost it.
        deals: before
            .iter()
            .filter(|told| !replaced.ids.contains(&told.id))
            .filter_map(|told| told.deal)
            .collect(),
    };
    for block in replaced.blocks.difference(&joined) {
        step.resolve_changed(block, &changes, &mut settled)?;
    }
    step.withdraw_orphans(&before)?;
    settled.wanted = page && want_page(&step, upserted.id, reading)?;
    Ok(settled)
}

/// Resolves what a decision touches, in the transaction that keeps it.
pub(super) fn redo(
    tx: &Transaction<'_>,
    knowledge: &Knowledge,
    redo: &Redo,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut settled = Settled::nothing(ArticleId(0));
    let step = Step { tx, knowledge, cause: Cause::Person, article: None, live: true, now };
    for block in &redo.blocks {
        step.resolve(block, &redo.numbers, &mut settled)?;
    }
    for (deal, from) in &redo.told {
        store::outbox::hush(tx, *deal, *from)?;
        store::outbox::correct(tx, *from, now)?;
    }
    let numbers: BTreeSet<DealId> = redo.numbers.values().copied().collect();
    for deal in numbers {
        store::outbox::give_way(tx, deal)?;
    }
    store::counter::bump(tx, "revisions", settled.revised_deals as u64, now)?;
    store::counter::bump(tx, "owed", settled.owed as u64, now)
}

/// The mentions of an article as they are kept, in their order, each with its deal.
pub(super) fn places(tx: &Transaction<'_>, article: ArticleId) -> Result<Vec<Place>, StoreError> {
    let told = store::mention::of_article(tx, article)?;
    Ok(told.iter().map(|told| Place { mention: told.id, deal: told.deal }).collect())
}

impl Settled {
    /// Before anything but the article itself is written.
    fn of(upserted: &Upserted) -> Settled {
        let (is_new, changed) = (upserted.is_new, upserted.changed);
        Settled { is_new, changed, ..Settled::nothing(upserted.id) }
    }

    /// Before anything is settled.
    pub(super) fn nothing(article: ArticleId) -> Settled {
        Settled {
            article,
            is_new: false,
            changed: false,
            relevant: false,
            mentions: 0,
            new_deals: 0,
            revised_deals: 0,
            owed: 0,
            wanted: false,
        }
    }
}

/// The mentions with the company each is about, and blocks that a newly known second name joined.
pub(super) fn new_mentions(
    tx: &Transaction<'_>,
    knowledge: &Knowledge,
    reading: &Reading,
    now: Timestamp,
) -> Result<(Vec<NewMention>, BTreeSet<Block>), StoreError> {
    let full = reading.article.full_text();
    let mut blocks = BTreeSet::new();
    let mut mentions = Vec::with_capacity(reading.mentions.len());
    for mention in &reading.mentions {
        let told = translation::told(reading, mention);
        let (mut target, joined) = identity::target(tx, &knowledge.table, mention, &full, now)?;
        blocks.extend(joined);
        if let Some(other) = translation::find(tx, knowledge, reading, &told, &target)? {
            let known = knowledge.table.get(target.as_str()).is_some();
            let (from, into) = if known { (other, target) } else { (target, other) };
            blocks.extend(store::entity::join(tx, &from, &into)?);
            target = into;
        }
        identity::learn_parties(tx, &knowledge.table, mention, &full, now)?;
        let kindred::Placed { mention: placed, target, group } =
            kindred::place(tx, knowledge, told, target)?;
        let sentences = reading.sentences(mention);
        mentions.push(NewMention { mention: placed, target, group, sentences });
    }
    Ok((mentions, blocks))
}

/// A page often names the company better than its stub did. Where both tell one deal of a group as
/// news, and nobody else tells the stub's, it is the same deal.
pub(super) fn inherit(
    tx: &Transaction<'_>,
    before: &[Told],
    mentions: &[NewMention],
    ids: &[MentionId],
) -> Result<(), StoreError> {
    for old in before.iter().filter(|old| old.mention.main) {
        let group = old.mention.kind.group();
        let only = before.iter().filter(|o| o.mention.main && o.mention.kind.group() == group);
        let mut heirs = mentions
            .iter()
            .zip(ids)
            .filter(|(new, _)| new.mention.main && new.mention.kind.group() == group);
        let (Some(deal), Some((_, heir)), None, 1) =
            (old.deal, heirs.next(), heirs.next(), only.count())
        else {
            continue;
        };
        let told_elsewhere = store::mention::of_deal(tx, deal)?
            .iter()
            .any(|quoted| quoted.current && quoted.told.article != old.article);
        if !told_elsewhere {
            store::mention::assign(tx, *heir, deal)?;
        }
    }
    Ok(())
}

/// A stub that looks like a deal is worth its page; the rest is left in peace.
fn want_page(step: &Step<'_>, id: ArticleId, reading: &Reading) -> Result<bool, StoreError> {
    let article = &reading.article;
    let Some(url) = article.url.as_ref().filter(|_| article.text_kind == TextKind::Stub) else {
        return Ok(false);
    };
    if parse::wrapped::is_opaque(url) || !reading.deserves_page() {
        return Ok(false);
    }
    let (source, due_at, live) = (&article.source, step.now, step.live);
    let want = Want { article: id, url, source, due_at, live };
    store::wanted::add(step.tx, want)?;
    Ok(true)
}

#[cfg(test)]
mod tests;

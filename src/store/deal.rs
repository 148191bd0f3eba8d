//! Deals: the present record, and every revision that led to it.
//!
//! # Invariants
//!
//! - A revision is appended in the transaction that changes the record, and never changed.
//! - A deal keeps its number for ever; a merged one is a tombstone that forwards.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::Connection;
use rusqlite::OptionalExtension as _;
use rusqlite::Transaction;
use rusqlite::named_params;

use super::Context;
use super::StoreError;
use super::diff;
use super::value::At;
use super::value::Json;
use super::value::Word;
use crate::domain::Amount;
use crate::domain::ArticleId;
use crate::domain::Cause;
use crate::domain::DealFacts;
use crate::domain::DealId;
use crate::domain::FieldChange;
use crate::domain::Revision;
use crate::domain::UsdRange;
use crate::domain::kind::words;

mod party;
mod read;

pub use party::Role;
pub(super) use party::write as write_parties;
pub use read::*;

words!(
    /// What a revision is to those who mirror the log.
    Event, "event" {
        /// Facts changed; number 1 is a new deal.
        Revised = "revised",
        /// It became part of another deal.
        Merged = "merged",
        /// No article tells it any more.
        Removed = "removed",
        /// A person said that it is no deal.
        Dismissed = "dismissed",
        /// It is back.
        Restored = "restored",
    }
);

/// A new deal, without facts until [`save`] in the same transaction.
pub fn create(tx: &Transaction<'_>, now: Timestamp) -> Result<DealId, StoreError> {
    let id = tx
        .prepare_cached(include_str!("sql/deal_create.sql"))?
        .query_row(named_params! { ":now": At(now) }, |row| row.get(0))?;
    Ok(DealId(id))
}

/// Writes a deal's record, and a revision if a fact changed.
///
/// Mentions are to be assigned before: the deal's sources are read from them. When nothing but
/// bookkeeping changed the record is still written, and `None` is returned. A deal that had been
/// removed is restored.
pub fn save(
    tx: &Transaction<'_>,
    deal: DealId,
    facts: &DealFacts,
    cause: Cause,
    article: Option<ArticleId>,
    context: &Context<'_>,
) -> Result<Option<Revision>, StoreError> {
    let before = head(tx, deal)?;
    let changes = diff::changes(before.facts.as_ref(), facts);
    let event = if before.removed { Event::Restored } else { Event::Revised };
    let revision = if changes.is_empty() && event == Event::Revised {
        None
    } else {
        Some(Append { deal, event, cause, article, into: None, changes }.run(
            tx,
            facts,
            context.now,
        )?)
    };
    write_record(tx, deal, facts, context)?;
    party::write(tx, deal, facts, context)?;
    tx.prepare_cached(include_str!("sql/deal_source_clear.sql"))?
        .execute(named_params! { ":deal_id": deal.0 })?;
    tx.prepare_cached(include_str!("sql/deal_source_fill.sql"))?
        .execute(named_params! { ":deal_id": deal.0 })?;
    Ok(revision)
}

/// Makes `from` forward to `into`, for ever; also what forwarded to `from` before.
///
/// What was told of `from` counts as told of `into`; see [`super::outbox::merged`].
pub fn tombstone(
    tx: &Transaction<'_>,
    from: DealId,
    into: DealId,
    cause: Cause,
    now: Timestamp,
) -> Result<(), StoreError> {
    let before = head(tx, from)?;
    if let Some(facts) = &before.facts {
        let append = Append {
            deal: from,
            event: Event::Merged,
            cause,
            article: None,
            into: Some(into),
            changes: Vec::new(),
        };
        append.run(tx, facts, now)?;
    }
    let params = named_params! { ":from": from.0, ":into": into.0, ":now": At(now) };
    tx.prepare_cached(include_str!("sql/deal_tombstone.sql"))?.execute(params)?;
    super::reach::clear(tx, from)?;
    match cause {
        Cause::Replay => super::outbox::merged_quietly(tx, from, into),
        Cause::Article | Cause::Person | Cause::Clock => super::outbox::merged(tx, from, into, now),
    }
}

/// Makes a tombstone a deal again, because a person took the merge back; also what had become part
/// of it before forwards to it again. Does nothing for a deal that is none.
pub fn revive(tx: &Transaction<'_>, deal: DealId, now: Timestamp) -> Result<(), StoreError> {
    let Some(into) = survivor(tx, deal)?.filter(|into| *into != deal) else { return Ok(()) };
    if let Some(facts) = head(tx, deal)?.facts {
        let (event, cause) = (Event::Restored, Cause::Person);
        let append = Append { deal, event, cause, article: None, into: None, changes: Vec::new() };
        append.run(tx, &facts, now)?;
    }
    let params = named_params! { ":id": deal.0, ":into": into.0, ":now": At(now) };
    tx.prepare_cached(include_str!("sql/deal_revive.sql"))?.execute(params)?;
    Ok(())
}

/// Takes a deal out of the listings because no article tells it any more, or because a person
/// dismissed it; owed messages are cancelled. Does nothing if it is so already.
pub fn withdraw(
    tx: &Transaction<'_>,
    deal: DealId,
    event: Withdrawal,
    cause: Cause,
    article: Option<ArticleId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let before = head(tx, deal)?;
    let done = match event {
        Withdrawal::Removed => before.removed,
        Withdrawal::Dismissed => before.dismissed,
        Withdrawal::Restored => !before.dismissed,
    };
    let Some(facts) = before.facts.filter(|_| !done) else { return Ok(()) };
    let (event, removed, dismissed) = match event {
        Withdrawal::Removed => (Event::Removed, true, before.dismissed),
        Withdrawal::Dismissed => (Event::Dismissed, before.removed, true),
        Withdrawal::Restored => (Event::Restored, before.removed, false),
    };
    // What was merged or removed meanwhile does not come back with a dismissal that is taken back.
    let gone = before.removed || survivor(tx, deal)? != Some(deal);
    if event != Event::Restored || !gone {
        let append = Append { deal, event, cause, article, into: None, changes: Vec::new() };
        append.run(tx, &facts, now)?;
    }
    tx.prepare_cached(include_str!("sql/deal_withdraw.sql"))?.execute(named_params! {
        ":id": deal.0,
        ":removed": removed,
        ":dismissed": dismissed,
    })?;
    if event != Event::Restored {
        super::outbox::cancel(tx, deal)?;
    }
    Ok(())
}

/// How a deal leaves the listings, or comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withdrawal {
    /// No article tells it any more; [`save`] brings it back.
    Removed,
    /// A person said that it is no deal.
    Dismissed,
    /// A person took that back.
    Restored,
}

/// Keeps the reasons of the last decision that this is one deal; to be called after [`save`].
pub fn set_reasons(
    tx: &Transaction<'_>,
    deal: DealId,
    reasons: &[String],
) -> Result<(), StoreError> {
    let params = named_params! { ":id": deal.0, ":reasons": Json(reasons) };
    tx.prepare_cached(include_str!("sql/deal_set_reasons.sql"))?.execute(params)?;
    Ok(())
}

/// Whether the record of a deal that was not removed is this, for these reasons.
pub fn says(
    conn: &Connection,
    deal: DealId,
    facts: &DealFacts,
    reasons: &[String],
) -> Result<bool, StoreError> {
    let kept = conn
        .prepare_cached(include_str!("sql/deal_said.sql"))?
        .query_row(named_params! { ":id": deal.0 }, |row| {
            let Json(facts): Json<DealFacts> = row.get("facts")?;
            let why: Option<Json<Vec<String>>> = row.get("reasons")?;
            Ok((facts, why.map(|Json(why)| why).unwrap_or_default()))
        })
        .optional()?;
    Ok(kept.is_some_and(|(kept, why)| kept == *facts && why == reasons))
}

/// The state that decides what a change is.
struct Head {
    facts: Option<DealFacts>,
    removed: bool,
    dismissed: bool,
}

fn head(tx: &Transaction<'_>, deal: DealId) -> Result<Head, StoreError> {
    tx.prepare_cached(include_str!("sql/deal_head.sql"))?
        .query_row(named_params! { ":id": deal.0 }, |row| {
            Ok(Head {
                facts: row.get::<_, Option<Json<DealFacts>>>("facts")?.map(|Json(facts)| facts),
                removed: row.get("removed")?,
                dismissed: row.get("dismissed")?,
            })
        })
        .optional()?
        .ok_or_else(|| StoreError::NotFound { what: "deal", id: deal.to_string() })
}

/// A row of the history.
struct Append {
    deal: DealId,
    event: Event,
    cause: Cause,
    article: Option<ArticleId>,
    into: Option<DealId>,
    changes: Vec<FieldChange>,
}

impl Append {
    fn run(
        self,
        tx: &Transaction<'_>,
        facts: &DealFacts,
        now: Timestamp,
    ) -> Result<Revision, StoreError> {
        let params = named_params! {
            ":deal_id": self.deal.0,
            ":at": At(now),
            ":event": Word(self.event),
            ":cause": Word(self.cause),
            ":article_id": self.article.map(|id| id.0),
            ":merged_into": self.into.map(|id| id.0),
            ":changes": Json(&self.changes),
            ":facts": Json(facts),
        };
        let (seq, number) = tx
            .prepare_cached(include_str!("sql/revision_add.sql"))?
            .query_row(params, |row| Ok((row.get("seq")?, row.get("number")?)))?;
        tx.prepare_cached(include_str!("sql/deal_set_revision.sql"))?.execute(named_params! {
            ":id": self.deal.0,
            ":revision": number,
            ":now": At(now),
        })?;
        Ok(Revision {
            seq,
            deal: self.deal,
            number,
            at: now,
            cause: self.cause,
            article: self.article,
            changes: self.changes,
            facts: facts.clone(),
        })
    }
}

pub(super) fn write_record(
    tx: &Transaction<'_>,
    deal: DealId,
    facts: &DealFacts,
    context: &Context<'_>,
) -> Result<(), StoreError> {
    let valuation = facts.valuation.as_ref().map(crate::domain::Valuation::amount);
    let (amount, amount_usd) = bounds(facts.amount.as_ref(), facts, context);
    let (valuation, valuation_usd) = bounds(valuation.as_ref(), facts, context);
    let announced = facts.announced_on.map(crate::domain::PartialDate::bounds);
    tx.prepare_cached(include_str!("sql/deal_save.sql"))?.execute(named_params! {
        ":id": deal.0,
        ":target": facts.target,
        ":target_key": facts.target_id.0,
        ":kind": Word(facts.kind),
        ":status": Word(facts.status),
        ":ai": facts.ai,
        ":main": facts.main,
        ":round": facts.round.map(Word),
        ":round_rank": facts.round.and_then(crate::domain::RoundCode::rank),
        ":amount_min": amount.and_then(|sum| sum.min),
        ":amount_max": amount.and_then(|sum| sum.max),
        ":amount_currency": amount.and_then(|sum| sum.currency).map(Word),
        ":amount_usd_min": amount_usd.and_then(|usd| usd.min),
        ":amount_usd_max": amount_usd.and_then(|usd| usd.max),
        ":amount_rate_year": amount_usd.map(|usd| usd.rate_year),
        ":valuation_min": valuation.and_then(|sum| sum.min),
        ":valuation_max": valuation.and_then(|sum| sum.max),
        ":valuation_currency": valuation.and_then(|sum| sum.currency).map(Word),
        ":valuation_usd_min": valuation_usd.and_then(|usd| usd.min),
        ":valuation_usd_max": valuation_usd.and_then(|usd| usd.max),
        ":valuation_rate_year": valuation_usd.map(|usd| usd.rate_year),
        ":announced_from": announced.map(|(first, _)| first.to_string()),
        ":announced_to": announced.map(|(_, last)| last.to_string()),
        ":first_reported_at": At(facts.first_reported_at),
        ":confidence": facts.confidence,
        ":sources": facts.sources,
    })?;
    tx.prepare_cached(include_str!("sql/deal_record_save.sql"))?
        .execute(named_params! { ":deal_id": deal.0, ":facts": Json(facts) })?;
    Ok(())
}

/// A sum, and the same in dollars at the rate of the deal's year.
fn bounds<'a>(
    amount: Option<&'a Amount>,
    facts: &DealFacts,
    context: &Context<'_>,
) -> (Option<&'a Amount>, Option<UsdRange>) {
    let usd = amount.and_then(|amount| context.rates.usd(amount, rate_year(facts)));
    (amount, usd)
}

/// The year whose rate a deal's sums are converted at: of its announcement, else of its first
/// report.
fn rate_year(facts: &DealFacts) -> i16 {
    match facts.announced_on {
        Some(date) => date.bounds().0.year(),
        None => facts.first_reported_at.to_zoned_datetime(TimeZone::UTC).year(),
    }
}

#[cfg(test)]
mod tests;

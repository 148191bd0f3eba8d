//! The log as it was at an earlier time, out of the revisions.
//!
//! A connection of its own on which the tables of deals are hidden behind temporary ones of the
//! same names and columns, filled with each deal's last revision of that time. Every question that
//! can be asked of the log can so be asked of its past, in the same words.
//!
//! # Invariants
//!
//! - The log itself is opened read-only; what is made here is SQLite's temporary database.
//! - A deal is there if its first revision was; its listing (merged, removed, dismissed) is that of
//!   its last revision then.
//!
//! # Not here
//!
//! What no revision keeps is that of today, for articles known then: texts that words are looked
//! for in, and which articles beside those that a revision quotes tell a deal.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::Transaction;
use rusqlite::named_params;

use super::Context;
use super::StoreError;
use super::deal;
use super::deal::Event;
use super::value::At;
use super::value::Word;
use crate::domain::Cause;
use crate::domain::DealFacts;
use crate::domain::DealId;
use crate::domain::MentionId;

/// Tables of the present that the past hides.
const HIDDEN: &[&str] = &["deal", "deal_record", "deal_party", "deal_source", "deal_index"];

/// A built past, kept for the next page of the same question.
#[derive(Debug)]
pub(super) struct Past {
    at: Timestamp,
    seq: i64,
    conn: Connection,
}

/// A deal's listing at one time.
#[derive(Debug, Clone, Copy, Default)]
struct Standing {
    merged_into: Option<i64>,
    removed: bool,
    dismissed: bool,
}

impl Standing {
    /// What a revision makes of it.
    fn after(self, event: Event, cause: Cause, merged_into: Option<i64>) -> Standing {
        match event {
            Event::Revised => self,
            Event::Merged => Standing { merged_into, ..self },
            Event::Removed => Standing { removed: true, ..self },
            Event::Dismissed => Standing { dismissed: true, ..self },
            // A person takes back what a person said; anything else brings back what was removed.
            Event::Restored if self.dismissed && cause == Cause::Person => {
                Standing { dismissed: false, ..self }
            }
            Event::Restored => Standing { merged_into: None, removed: false, ..self },
        }
    }
}

/// A deal's last revision so far, while its history is walked.
struct Last {
    deal: i64,
    first_seen_at: i64,
    at: i64,
    number: i64,
    facts: String,
    standing: Standing,
}

impl Past {
    /// Builds the log of `context.now`.
    pub(super) fn build(path: &Path, context: &Context<'_>) -> Result<Past, StoreError> {
        let conn = super::open_reader(path)?;
        // A deal may forward to one that is written after it.
        conn.pragma_update(None, "foreign_keys", false)?;
        let tx = conn.unchecked_transaction()?;
        let seq = deal::last_seq(&tx)?;
        hide(&tx)?;
        fill(&tx, context)?;
        tx.execute_batch(include_str!("sql/past/mentions.sql"))?;
        tx.prepare(include_str!("sql/past/mention_fill.sql"))?
            .execute(named_params! { ":at": At(context.now) })?;
        tx.execute_batch(include_str!("sql/past/source_fill.sql"))?;
        tx.commit()?;
        Ok(Past { at: context.now, seq, conn })
    }

    /// Whether this is the past of that time, and nothing was appended since it was built.
    pub(super) fn is(&self, at: Timestamp) -> Result<bool, StoreError> {
        Ok(self.at == at && deal::last_seq(&self.conn)? == self.seq)
    }

    /// Asks it, in one state of the log.
    pub(super) fn ask<T>(
        &self,
        ask: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let tx = self.conn.unchecked_transaction()?;
        ask(&tx)
    }
}

/// Makes the temporary tables by the words that made the present ones.
fn hide(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let mut statement = tx.prepare(include_str!("sql/past/schema.sql"))?;
    for table in HIDDEN {
        let sql: String =
            statement.query_row(named_params! { ":name": table }, |row| row.get(0))?;
        let (plain, virtual_) = (format!("TABLE {table}"), format!("TABLE temp.{table}"));
        tx.execute_batch(&sql.replacen(&plain, &virtual_, 1))?;
    }
    Ok(tx.execute_batch(include_str!("sql/past/tables.sql"))?)
}

/// Walks all histories up to the time, deal after deal.
fn fill(tx: &Transaction<'_>, context: &Context<'_>) -> Result<(), StoreError> {
    let mut statement = tx.prepare(include_str!("sql/past/revisions.sql"))?;
    let mut rows = statement.query(named_params! { ":at": At(context.now) })?;
    let mut last: Option<Last> = None;
    while let Some(row) = rows.next()? {
        let deal = row.get("deal_id")?;
        if let Some(done) = last.take_if(|last| last.deal != deal) {
            write(tx, &done, context)?;
        }
        let standing = last.map_or_else(Standing::default, |last| last.standing);
        last = Some(Last {
            deal,
            first_seen_at: row.get("first_seen_at")?,
            at: row.get("at")?,
            number: row.get("number")?,
            facts: row.get("facts")?,
            standing: standing.after(
                row.get::<_, Word<Event>>("event")?.0,
                row.get::<_, Word<Cause>>("cause")?.0,
                row.get("merged_into")?,
            ),
        });
    }
    match last {
        Some(done) => write(tx, &done, context),
        None => Ok(()),
    }
}

fn write(tx: &Transaction<'_>, last: &Last, context: &Context<'_>) -> Result<(), StoreError> {
    let facts: DealFacts = serde_json::from_str(&last.facts).map_err(unreadable)?;
    tx.prepare_cached(include_str!("sql/past/deal_add.sql"))?.execute(named_params! {
        ":id": last.deal,
        ":first_seen_at": last.first_seen_at,
        ":updated_at": last.at,
        ":revision": last.number,
    })?;
    let deal = DealId(last.deal);
    deal::write_record(tx, deal, &facts, context)?;
    deal::write_parties(tx, deal, &facts, context)?;
    tx.prepare_cached(include_str!("sql/past/deal_standing.sql"))?.execute(named_params! {
        ":id": last.deal,
        ":merged_into": last.standing.merged_into,
        ":removed": last.standing.removed,
        ":dismissed": last.standing.dismissed,
    })?;
    let mut quote = tx.prepare_cached(include_str!("sql/past/quote_add.sql"))?;
    for mention in quoted(&facts) {
        quote.execute(named_params! { ":mention_id": mention.0, ":deal_id": last.deal })?;
    }
    Ok(())
}

fn unreadable(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
}

/// The mentions that a revision names: they told the deal then, wherever they are now.
fn quoted(facts: &DealFacts) -> impl Iterator<Item = MentionId> {
    let steps = facts.steps.iter().filter_map(|step| step.mention);
    let conflicts = facts.conflicts.iter().flat_map(|conflict| conflict.mentions.iter().copied());
    facts.proof.values().copied().chain(steps).chain(conflicts)
}

//! What a replay changed, deal by deal: the difference before and after, not every step.

use serde::Serialize;
use serde_json::Value;

use super::SourceRef;
use super::history::words;
use super::view::Origins;
use crate::domain::ArticleId;
use crate::domain::DealId;
use crate::domain::Field;
use crate::domain::FieldChange;
use crate::store;
use crate::store::StoreError;
use crate::store::deal::Entry;
use crate::store::deal::Event;
use crate::store::rusqlite::Connection;

/// What became of a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was not there before.
    New,
    /// It came out of another deal.
    Split,
    /// It became part of another deal.
    Merged,
    /// No article tells it any more.
    Gone,
    /// Articles tell it again.
    Back,
    /// Values changed.
    Changed,
}

/// What a replay did to one deal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Replayed {
    /// The deal.
    pub deal: DealId,
    /// The company.
    pub target: String,
    /// What became of it.
    pub outcome: Outcome,
    /// For a merge the survivor, for a split the deal it came out of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<DealId>,
    /// The articles that were read otherwise.
    pub articles: Vec<SourceRef>,
    /// Each value before and after.
    pub changes: Vec<Moved>,
}

/// A value that changed, and the article that did it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    /// Which.
    pub field: Field,
    /// Before; `null` when there was none.
    pub from: Value,
    /// After; `null` when it is gone.
    pub to: Value,
    /// Before and after in words.
    pub words: String,
    /// The article that was read otherwise.
    pub article: Option<ArticleId>,
}

/// How much a replay changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    /// Deals that were not there before.
    pub new: u64,
    /// Deals that came out of others.
    pub split: u64,
    /// Deals that became part of others.
    pub merged: u64,
    /// Deals that no article tells any more.
    pub gone: u64,
    /// Deals that articles tell again.
    pub back: u64,
    /// Deals whose values changed.
    pub changed: u64,
}

impl Tally {
    fn count(&mut self, outcome: Outcome) {
        *match outcome {
            Outcome::New => &mut self.new,
            Outcome::Split => &mut self.split,
            Outcome::Merged => &mut self.merged,
            Outcome::Gone => &mut self.gone,
            Outcome::Back => &mut self.back,
            Outcome::Changed => &mut self.changed,
        } += 1;
    }
}

/// Calls `each` with every deal that replays changed after a cursor; keeps one deal at a time.
///
/// `splits` are the pairs (new, out of) that the run noted.
pub fn replayed<E: From<StoreError>>(
    conn: &Connection,
    from_seq: i64,
    splits: &[(DealId, DealId)],
    mut each: impl FnMut(Replayed) -> Result<(), E>,
) -> Result<Tally, E> {
    let mut tally = Tally::default();
    let mut entries: Vec<Entry> = Vec::new();
    let mut close = |entries: Vec<Entry>| -> Result<(), E> {
        let Some(replayed) = summary(conn, &entries, splits)? else { return Ok(()) };
        tally.count(replayed.outcome);
        each(replayed)
    };
    store::deal::replayed::<E>(conn, from_seq, |entry| {
        if entries.last().is_some_and(|last| last.revision.deal != entry.revision.deal) {
            close(std::mem::take(&mut entries))?;
        }
        entries.push(entry);
        Ok(())
    })?;
    close(entries)?;
    Ok(tally)
}

/// The difference that a replay's revisions of one deal make; `None` when they cancel out.
fn summary(
    conn: &Connection,
    entries: &[Entry],
    splits: &[(DealId, DealId)],
) -> Result<Option<Replayed>, StoreError> {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(None) };
    let deal = last.revision.deal;
    let is_new = first.revision.number == 1;
    let was_gone = first.event == Event::Restored;
    let out_of = splits.iter().find(|(new, _)| *new == deal).map(|(_, from)| *from);
    let changes = moved(entries);
    let (outcome, other) = match last.event {
        Event::Merged | Event::Removed if is_new || was_gone => return Ok(None),
        Event::Merged => (Outcome::Merged, last.merged_into),
        Event::Removed => (Outcome::Gone, None),
        _ if is_new && out_of.is_some() => (Outcome::Split, out_of),
        _ if is_new => (Outcome::New, None),
        _ if was_gone => (Outcome::Back, None),
        _ if changes.is_empty() => return Ok(None),
        _ => (Outcome::Changed, None),
    };
    let origins = Origins::load(conn, deal)?;
    let mut ids: Vec<ArticleId> =
        entries.iter().filter_map(|entry| entry.revision.article).collect();
    ids.sort_unstable();
    ids.dedup();
    let articles = ids
        .into_iter()
        .map(|id| match origins.article(id) {
            Some(known) => Ok(known),
            None => store::deal::origin_of(conn, id).map(|origin| super::view::reference(&origin)),
        })
        .collect::<Result<_, _>>()?;
    let gone = matches!(outcome, Outcome::Merged | Outcome::Gone);
    Ok(Some(Replayed {
        deal,
        target: last.revision.facts.target.clone(),
        outcome,
        other,
        articles,
        changes: if gone { Vec::new() } else { changes },
    }))
}

/// Each field's first value before and last value after, where they differ.
fn moved(entries: &[Entry]) -> Vec<Moved> {
    let mut moved: Vec<Moved> = Vec::new();
    for entry in entries {
        let article = entry.revision.article;
        for FieldChange { field, from, to } in &entry.revision.changes {
            let from = match moved.iter().position(|known| known.field == *field) {
                Some(index) => moved.remove(index).from,
                None => from.clone(),
            };
            let (field, to, words) = (*field, to.clone(), words(*field, &from, to));
            moved.push(Moved { field, from, to, words, article });
        }
    }
    moved.retain(|moved| bare(&moved.from) != bare(&moved.to));
    moved.sort_by_key(|moved| moved.field);
    moved
}

/// A sum without its words, which are not the sum.
fn bare(value: &Value) -> Value {
    let mut value = value.clone();
    if let Some(sum) = value.as_object_mut() {
        sum.remove("raw");
    }
    value
}

//! A deal's revisions as a story: when, what changed, who said so, in which words.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::DecisionView;
use super::SourceRef;
use super::plain;
use super::story;
use super::story::Absorbed;
use super::story::LifeStep;
use super::story::Price;
use super::story::Saying;
use super::story::Telling;
use super::view::Origins;
use crate::domain::Cause;
use crate::domain::DealFacts;
use crate::domain::DealId;
use crate::domain::DealStatus;
use crate::domain::Field;
use crate::domain::FieldChange;
use crate::domain::StatusStep;
use crate::store;
use crate::store::StoreError;
use crate::store::deal::Entry;
use crate::store::deal::Event;
use crate::store::rusqlite::Connection;

/// The story of a deal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct History {
    /// The deal.
    pub deal: DealId,
    /// The number that was asked for, when that deal became part of this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forwarded_from: Option<DealId>,
    /// The company.
    pub target: String,
    /// Who told it first.
    pub broken_by: Option<SourceRef>,
    /// How it was told first.
    pub first: Option<Saying>,
    /// The steps of its status, each with who says so.
    pub life: Vec<LifeStep>,
    /// Every sum that was told, by who told it first.
    pub sums: Vec<Price>,
    /// Every valuation that was told, by who told it first.
    pub valuations: Vec<Price>,
    /// Who denied it.
    pub denials: Vec<Saying>,
    /// Deals that became part of this one.
    pub absorbed: Vec<Absorbed>,
    /// Whole days from the first report to the announcement, if it was announced.
    pub days_to_announcement: Option<i64>,
    /// Whole days from the first report to the closing, if it closed.
    pub days_to_close: Option<i64>,
    /// What happened, oldest first.
    pub episodes: Vec<Episode>,
    /// What people decided about it and about what became part of it, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<DecisionView>,
}

/// One revision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Episode {
    /// 1, 2, 3 …
    pub revision: i64,
    /// When the log learnt it.
    pub at: Timestamp,
    /// What it is.
    pub event: Event,
    /// What made it.
    pub cause: Cause,
    /// For a merge, the survivor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<DealId>,
    /// The article that made it.
    pub source: Option<SourceRef>,
    /// The person's decision that made it, or that was taken back then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionView>,
    /// What changed.
    pub changes: Vec<ChangeView>,
}

/// One value that changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeView {
    /// Which.
    pub field: Field,
    /// Before; `null` when there was none.
    pub from: Value,
    /// After; `null` when it is gone.
    pub to: Value,
    /// Before and after in words.
    pub words: String,
    /// The sentence that says so.
    pub sentence: Option<String>,
}

/// The story of a deal; of a merged one, that of the deal it became part of.
pub fn history(conn: &Connection, id: DealId) -> Result<Option<History>, StoreError> {
    let Some(deal) = store::deal::survivor(conn, id)? else { return Ok(None) };
    let Some(record) = store::deal::load(conn, deal)? else { return Ok(None) };
    let origins = Origins::load(conn, deal)?;
    let decisions = super::decisions(conn, Some(deal))?;
    let telling = Telling::load(conn, deal, &origins)?;
    let episodes = store::deal::history(conn, deal)?
        .into_iter()
        .map(|entry| episode(conn, &origins, &decisions, entry))
        .collect::<Result<_, _>>()?;
    Ok(Some(History {
        deal,
        forwarded_from: (deal != id).then_some(id),
        broken_by: origins.sources().into_iter().next(),
        first: telling.first(),
        life: telling.life(conn, &record.facts)?,
        sums: telling.sums(),
        valuations: telling.valuations(),
        denials: telling.denials(),
        absorbed: story::absorbed(conn, deal)?,
        days_to_announcement: days_to(&record.facts.steps, DealStatus::Announced),
        days_to_close: days_to(&record.facts.steps, DealStatus::Completed),
        target: record.facts.target,
        episodes,
        decisions,
    }))
}

/// What is different now from what an earlier revision said, each with the sentence that says so:
/// what an update tells somebody who knows that revision.
pub fn changes_since(
    conn: &Connection,
    deal: DealId,
    revision: i64,
) -> Result<Vec<ChangeView>, StoreError> {
    let Some(record) = store::deal::load(conn, deal)? else { return Ok(Vec::new()) };
    let origins = Origins::load(conn, deal)?;
    let changes = store::deal::changes_since(conn, deal, revision)?;
    views(conn, &origins, &record.facts, changes)
}

fn views(
    conn: &Connection,
    origins: &Origins,
    facts: &DealFacts,
    changes: Vec<FieldChange>,
) -> Result<Vec<ChangeView>, StoreError> {
    let view = |change: FieldChange| {
        let quote = match facts.proof.get(&change.field) {
            Some(mention) => origins.quote(conn, change.field, *mention)?,
            None => None,
        };
        Ok(ChangeView {
            field: change.field,
            words: words(change.field, &change.from, &change.to),
            from: change.from,
            to: change.to,
            sentence: quote.and_then(|quote| quote.sentence),
        })
    };
    changes.into_iter().map(view).collect()
}

fn episode(
    conn: &Connection,
    origins: &Origins,
    decisions: &[DecisionView],
    entry: Entry,
) -> Result<Episode, StoreError> {
    let Entry { revision, event, merged_into } = entry;
    // A decision and what it changes are written at one time.
    let of = |decision: &&DecisionView| {
        decision.at == revision.at || decision.undone_at == Some(revision.at)
    };
    let decision = decisions.iter().rev().find(of).filter(|_| revision.cause == Cause::Person);
    Ok(Episode {
        revision: revision.number,
        at: revision.at,
        event,
        cause: revision.cause,
        merged_into,
        source: revision.article.and_then(|article| origins.article(article)),
        decision: decision.cloned(),
        changes: views(conn, origins, &revision.facts, revision.changes)?,
    })
}

pub(super) fn words(field: Field, from: &Value, to: &Value) -> String {
    let to = plain::value(field, to);
    if from.is_null() { to } else { format!("{} → {to}", plain::value(field, from)) }
}

fn days_to(steps: &[StatusStep], status: DealStatus) -> Option<i64> {
    let first = steps.first()?;
    let reached = steps.iter().find(|step| step.status == status)?;
    Some(story::days(first.at, reached.at))
}

//! Why the log believes what it says of a deal.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::ConflictView;
use super::DealView;
use super::Quote;
use super::plain;
use super::view::Origins;
use crate::domain::ArticleId;
use crate::domain::DealId;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Doubt;
use crate::domain::Field;
use crate::domain::MentionId;
use crate::domain::SourceId;
use crate::store;
use crate::store::StoreError;
use crate::store::mention::Quoted;
use crate::store::rusqlite::Connection;

/// The proof of a deal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Why {
    /// The deal.
    pub deal: DealId,
    /// The number that was asked for, when that deal became part of this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forwarded_from: Option<DealId>,
    /// The company.
    pub target: String,
    /// 0 to 1.
    pub confidence: f64,
    /// Named reasons to be careful.
    pub doubts: Vec<Doubt>,
    /// How many independent sources tell it.
    pub source_count: u32,
    /// Each shown value with its proof.
    pub fields: Vec<Reason>,
    /// Values that are not shown.
    pub conflicts: Vec<ConflictView>,
    /// The mentions that make the deal, oldest first.
    pub mentions: Vec<MentionView>,
    /// Why they are one deal, in the words of the last decision.
    pub reasons: Vec<String>,
}

/// A value and its proof.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// Which.
    pub field: Field,
    /// What the record shows.
    pub value: Value,
    /// That in words.
    pub words: String,
    /// The words behind it.
    pub quote: Quote,
}

/// One deal as one article states it, in short.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MentionView {
    /// Its number.
    pub id: MentionId,
    /// The article.
    pub article: ArticleId,
    /// The article's source.
    pub source: SourceId,
    /// The article's title.
    pub title: String,
    /// The article's page.
    pub url: Option<String>,
    /// Published, else first seen.
    pub at: Timestamp,
    /// The company as printed.
    pub target: String,
    /// What it says happens.
    pub kind: DealKind,
    /// How far it says it is.
    pub status: DealStatus,
    /// The sum as printed.
    pub amount: Option<String>,
    /// The deal is what the article is about.
    pub main: bool,
    /// The article is read in this way today.
    pub current: bool,
}

/// The proof of a deal; of a merged one, that of the deal it became part of.
pub fn why(conn: &Connection, id: DealId) -> Result<Option<Why>, StoreError> {
    let Some(deal) = store::deal::survivor(conn, id)? else { return Ok(None) };
    let Some(record) = store::deal::load(conn, deal)? else { return Ok(None) };
    let origins = Origins::load(conn, deal)?;
    let quotes = origins.quotes(conn, &record.facts)?;
    let shown = serde_json::to_value(&record.facts).unwrap_or_default();
    let fields = quotes.into_iter().map(|(field, quote)| {
        let value = shown.get(field.as_str()).cloned().unwrap_or_default();
        Reason { field, words: plain::value(field, &value), value, quote }
    });
    let fields = fields.collect();
    let reasons = record.reasons.clone();
    let mentions = store::mention::of_deal(conn, deal)?.into_iter().map(mention).collect();
    let view = DealView::new(record, &origins);
    Ok(Some(Why {
        deal,
        forwarded_from: (deal != id).then_some(id),
        target: view.target,
        confidence: view.confidence,
        doubts: view.doubts,
        source_count: view.source_count,
        fields,
        conflicts: view.conflicts,
        mentions,
        reasons,
    }))
}

fn mention(quoted: Quoted) -> MentionView {
    let told = quoted.told;
    MentionView {
        id: told.id,
        article: told.article,
        source: told.source,
        title: quoted.title,
        url: quoted.url,
        at: told.at,
        target: told.mention.target,
        kind: told.mention.kind,
        status: told.mention.status,
        amount: told.mention.amount.map(|amount| amount.raw),
        main: told.mention.main,
        current: quoted.current,
    }
}

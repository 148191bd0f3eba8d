//! The public shape of a deal.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use serde_json::Value;

use crate::domain::Amount;
use crate::domain::ArticleId;
use crate::domain::DealFacts;
use crate::domain::DealId;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Doubt;
use crate::domain::EntityId;
use crate::domain::Field;
use crate::domain::Investor;
use crate::domain::Lang;
use crate::domain::MentionId;
use crate::domain::PartialDate;
use crate::domain::Percent;
use crate::domain::RoundCode;
use crate::domain::Said;
use crate::domain::SourceClass;
use crate::domain::SourceId;
use crate::domain::Terms;
use crate::domain::UsdRange;
use crate::domain::Valuation;
use crate::store::StoreError;
use crate::store::deal::Origin;
use crate::store::deal::Record;
use crate::store::mention;
use crate::store::rusqlite::Connection;

/// A deal as everybody sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DealView {
    /// Its number, for ever.
    pub id: DealId,
    /// The number that was asked for, when that deal became part of this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forwarded_from: Option<DealId>,
    /// The company, by the most usual of its printed names.
    pub target: String,
    /// The company in the entity table; `name:…` when it is not there.
    pub target_id: EntityId,
    /// Every printed name of the company.
    pub target_names: Vec<String>,
    /// What happens.
    pub kind: DealKind,
    /// How far it is.
    pub status: DealStatus,
    /// Whether it concerns an AI company.
    pub ai: bool,
    /// Some article's news is this deal; otherwise it is only known in passing.
    pub main: bool,
    /// Who buys.
    pub acquirers: Vec<String>,
    /// Who sells.
    pub sellers: Vec<String>,
    /// Who advises.
    pub advisers: Vec<String>,
    /// What is bought, if not the company.
    pub asset: Option<String>,
    /// The round's code.
    pub round: Option<RoundCode>,
    /// The round as printed.
    pub round_raw: Option<String>,
    /// The sum.
    pub amount: Option<Amount>,
    /// The sum in dollars, and the year of the rate.
    pub amount_usd: Option<UsdRange>,
    /// The sum that is sought.
    pub target_amount: Option<Amount>,
    /// The total raised to date.
    pub cumulative: Option<Amount>,
    /// What the company is worth.
    pub valuation: Option<Valuation>,
    /// That in dollars, and the year of the rate.
    pub valuation_usd: Option<UsdRange>,
    /// Who puts money in.
    pub investors: Vec<Investor>,
    /// The share that changes hands, in per cent.
    pub stake_pct: Option<Percent>,
    /// How it is paid.
    pub terms: Option<Terms>,
    /// When it was announced.
    pub announced_on: Option<PartialDate>,
    /// When it closed.
    pub closed_on: Option<PartialDate>,
    /// When it should close.
    pub expected_close: Option<PartialDate>,
    /// When the earliest article that tells it was published.
    pub first_reported_at: Timestamp,
    /// When the log first knew it.
    pub first_seen_at: Timestamp,
    /// When a fact last changed.
    pub updated_at: Timestamp,
    /// The number of its last revision.
    pub revision: i64,
    /// 0 to 1.
    pub confidence: f64,
    /// Named reasons to be careful.
    pub doubts: Vec<Doubt>,
    /// Values that some sources give and the record does not show.
    pub conflicts: Vec<ConflictView>,
    /// The life of the deal, oldest first.
    pub status_history: Vec<StatusView>,
    /// How many independent sources tell it.
    pub source_count: u32,
    /// The articles that tell it, oldest first.
    pub sources: Vec<SourceRef>,
    /// For each shown value the words behind it; only when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<BTreeMap<Field, Quote>>,
    /// Why it is not listed any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// Why a deal is not listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withdrawn {
    /// A person said that it is no deal.
    Dismissed,
    /// No article tells it any more.
    Removed,
}

/// An article, as a reference to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRef {
    /// The article's number in the log.
    pub article: ArticleId,
    /// Its source.
    pub source: SourceId,
    /// The source's name for people.
    pub name: String,
    /// The class of the source.
    pub class: SourceClass,
    /// The article's language.
    pub lang: Lang,
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: Option<String>,
    /// Published, else first seen.
    pub at: Timestamp,
    /// The deal is what the article is about.
    pub main: bool,
}

/// A step in the life of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusView {
    /// The status from here on.
    pub status: DealStatus,
    /// When the article that says so was published, or when it was decided.
    pub at: Timestamp,
    /// Who says so; `null` for a step of the clock or of a person.
    pub source: Option<SourceId>,
    /// Where.
    pub url: Option<String>,
}

/// A value that some sources give and the record does not show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictView {
    /// Of which field.
    pub field: Field,
    /// The other value.
    pub value: Value,
    /// Who gives it.
    pub sources: Vec<SourceId>,
}

/// The words behind a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The rule that read them; `entity:…` for what the table knew.
    pub rule: String,
    /// The words; `null` when no words were read.
    pub text: Option<String>,
    /// The sentence around them.
    pub sentence: Option<String>,
    /// The source; `null` when the mention has left the deal since.
    pub source: Option<SourceRef>,
    /// Who gave the value and why, if a person did; the rule is `person` then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Said>,
}

impl Quote {
    /// A person's word as the proof.
    fn of_person(said: &Said) -> Quote {
        let said = Some(said.clone());
        Quote { rule: "person".to_owned(), text: None, sentence: None, source: None, said }
    }

    /// Who gave the value and why, in words, if a person did.
    pub fn person(&self) -> Option<String> {
        let said = self.said.as_ref()?;
        let because = said.because.as_ref().map(|why| format!(", because {why}"));
        Some(format!("a person, {}{}", said.who, because.unwrap_or_default()))
    }
}

impl DealView {
    /// The view of a record, with its sources and, if asked for, the words behind each value.
    pub(super) fn load(
        conn: &Connection,
        record: Record,
        evidence: bool,
    ) -> Result<DealView, StoreError> {
        let origins = Origins::load(conn, record.id)?;
        let quotes = if evidence { Some(origins.quotes(conn, &record.facts)?) } else { None };
        Ok(DealView { evidence: quotes, ..DealView::new(record, &origins) })
    }

    /// The view of a record whose mentions stand at `origins`.
    pub(super) fn new(record: Record, origins: &Origins) -> DealView {
        let withdrawn = withdrawn(&record);
        let facts = record.facts;
        DealView {
            id: record.id,
            forwarded_from: None,
            target: facts.target,
            target_id: facts.target_id,
            target_names: facts.target_names,
            kind: facts.kind,
            status: facts.status,
            ai: facts.ai,
            main: facts.main,
            acquirers: facts.acquirers,
            sellers: facts.sellers,
            advisers: facts.advisers,
            asset: facts.asset,
            round: facts.round,
            round_raw: facts.round_raw,
            amount: facts.amount,
            amount_usd: record.amount_usd,
            target_amount: facts.target_amount,
            cumulative: facts.cumulative,
            valuation: facts.valuation,
            valuation_usd: record.valuation_usd,
            investors: facts.investors,
            stake_pct: facts.stake_pct,
            terms: facts.terms,
            announced_on: facts.announced_on,
            closed_on: facts.closed_on,
            expected_close: facts.expected_close,
            first_reported_at: facts.first_reported_at,
            first_seen_at: record.first_seen_at,
            updated_at: record.updated_at,
            revision: record.revision,
            confidence: facts.confidence,
            doubts: facts.doubts,
            conflicts: facts.conflicts.into_iter().map(|c| origins.conflict(c)).collect(),
            status_history: facts.steps.iter().map(|step| origins.step(step)).collect(),
            source_count: facts.sources,
            sources: origins.sources(),
            evidence: None,
            withdrawn,
        }
    }
}

/// Where the mentions of one deal stand, past readings included.
#[derive(Debug, Default)]
pub(super) struct Origins(BTreeMap<MentionId, Origin>);

impl Origins {
    pub(super) fn load(conn: &Connection, deal: DealId) -> Result<Origins, StoreError> {
        let origins = crate::store::deal::origins(conn, deal)?;
        Ok(Origins(origins.into_iter().map(|origin| (origin.mention, origin)).collect()))
    }

    /// The article a mention stands in.
    pub(super) fn reference(&self, mention: MentionId) -> Option<SourceRef> {
        self.0.get(&mention).map(reference)
    }

    /// The article by its number.
    pub(super) fn article(&self, article: ArticleId) -> Option<SourceRef> {
        self.0.values().find(|origin| origin.article == article).map(reference)
    }

    /// Each article that tells the deal today, once, oldest first.
    pub(super) fn sources(&self) -> Vec<SourceRef> {
        let mut sources: Vec<SourceRef> = Vec::new();
        for origin in self.0.values().filter(|origin| origin.current) {
            match sources.iter_mut().find(|source| source.article == origin.article) {
                Some(source) => source.main |= origin.main,
                None => sources.push(reference(origin)),
            }
        }
        sources.sort_by_key(|source| (source.at, source.article));
        sources
    }

    /// The words behind each shown value.
    pub(super) fn quotes(
        &self,
        conn: &Connection,
        facts: &DealFacts,
    ) -> Result<BTreeMap<Field, Quote>, StoreError> {
        let mut quotes = BTreeMap::new();
        for (field, mention) in &facts.proof {
            if let Some(quote) = self.quote(conn, *field, *mention)? {
                quotes.insert(*field, quote);
            }
        }
        quotes.extend(facts.decided.iter().map(|(field, said)| (*field, Quote::of_person(said))));
        Ok(quotes)
    }

    /// The words behind one value of one mention.
    pub(super) fn quote(
        &self,
        conn: &Connection,
        field: Field,
        mention: MentionId,
    ) -> Result<Option<Quote>, StoreError> {
        let proofs = mention::proofs(conn, mention)?;
        let proof = proofs.into_iter().find(|proof| proof.evidence.field == field);
        Ok(proof.map(|proof| Quote {
            rule: proof.evidence.rule,
            text: proof.evidence.text,
            sentence: proof.sentence,
            source: self.reference(mention),
            said: None,
        }))
    }

    fn step(&self, step: &crate::domain::StatusStep) -> StatusView {
        let origin = step.mention.and_then(|mention| self.0.get(&mention));
        StatusView {
            status: step.status,
            at: step.at,
            source: origin.map(|origin| origin.source.clone()),
            url: origin.and_then(|origin| origin.url.clone()),
        }
    }

    fn conflict(&self, conflict: crate::domain::Conflict) -> ConflictView {
        let origins = conflict.mentions.iter().filter_map(|mention| self.0.get(mention));
        let mut sources: Vec<SourceId> = origins.map(|origin| origin.source.clone()).collect();
        sources.sort();
        sources.dedup();
        ConflictView { field: conflict.field, value: conflict.value, sources }
    }
}

pub(super) fn reference(origin: &Origin) -> SourceRef {
    SourceRef {
        article: origin.article,
        source: origin.source.clone(),
        name: origin.name.clone(),
        class: origin.class,
        lang: origin.lang,
        title: origin.title.clone(),
        url: origin.url.clone(),
        at: origin.at,
        main: origin.main,
    }
}

fn withdrawn(record: &Record) -> Option<Withdrawn> {
    match (record.dismissed, record.removed) {
        (true, _) => Some(Withdrawn::Dismissed),
        (false, true) => Some(Withdrawn::Removed),
        (false, false) => None,
    }
}

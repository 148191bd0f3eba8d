//! The merge of a deal's mentions, and its append-only history.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use serde_json::Value;

use super::Amount;
use super::ArticleId;
use super::DealId;
use super::DealKind;
use super::DealStatus;
use super::Doubt;
use super::EntityId;
use super::Field;
use super::Investor;
use super::MentionId;
use super::PartialDate;
use super::Percent;
use super::RoundCode;
use super::Terms;
use super::Valuation;
use super::kind::words;

/// A step in the life of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusStep {
    /// The status from here on.
    pub status: DealStatus,
    /// When the article that says so was published.
    pub at: Timestamp,
    /// The mention that says so; `None` for a step of the clock or of a person.
    pub mention: Option<MentionId>,
}

/// A value that some mentions give and the record does not show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Of which field.
    pub field: Field,
    /// The other value, as JSON.
    pub value: Value,
    /// Who says so.
    pub mentions: Vec<MentionId>,
}

/// A value that a person gave a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The number of the decision.
    pub decision: i64,
    /// Of which field.
    pub field: Field,
    /// The value, as the record's JSON has it; `null` for none.
    pub value: Value,
    /// The words the person gave it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// Who.
    pub who: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// What the log knows of a deal: one value per field, chosen by the merge policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DealFacts {
    /// The company, by the most usual of its printed names.
    pub target: String,
    /// The company in the entity table, or a provisional entity.
    pub target_id: EntityId,
    /// Every printed name of the company.
    #[serde(default)]
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
    #[serde(default)]
    pub acquirers: Vec<String>,
    /// Who sells.
    #[serde(default)]
    pub sellers: Vec<String>,
    /// Who advises.
    #[serde(default)]
    pub advisers: Vec<String>,
    /// What is bought, if not the company.
    pub asset: Option<String>,
    /// The round's code.
    pub round: Option<RoundCode>,
    /// The round as printed.
    pub round_raw: Option<String>,
    /// The sum.
    pub amount: Option<Amount>,
    /// The sum that is sought.
    pub target_amount: Option<Amount>,
    /// The total raised to date.
    pub cumulative: Option<Amount>,
    /// What the company is worth.
    pub valuation: Option<Valuation>,
    /// Who puts money in.
    #[serde(default)]
    pub investors: Vec<Investor>,
    /// The share that changes hands.
    pub stake_pct: Option<Percent>,
    /// How it is paid.
    pub terms: Option<Terms>,
    /// When it was announced.
    pub announced_on: Option<PartialDate>,
    /// When it closed.
    pub closed_on: Option<PartialDate>,
    /// When it should close.
    pub expected_close: Option<PartialDate>,
    /// Publication of the earliest article that tells it.
    pub first_reported_at: Timestamp,
    /// 0 to 1.
    pub confidence: f64,
    /// Named reasons to be careful.
    #[serde(default)]
    pub doubts: Vec<Doubt>,
    /// How many independent sources tell it.
    pub sources: u32,
    /// Values that are not shown.
    #[serde(default)]
    pub conflicts: Vec<Conflict>,
    /// The life of the deal, oldest first.
    #[serde(default)]
    pub steps: Vec<StatusStep>,
    /// For each shown value the mention that supplied it.
    #[serde(default)]
    pub proof: BTreeMap<Field, MentionId>,
    /// For each value that a person gave, who and why; no mention is the proof of those.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub decided: BTreeMap<Field, Said>,
}

impl DealFacts {
    /// A deal of which only the company, the kind, the status and the time of the first report
    /// are known. It has no proof yet, and one source.
    pub fn new(
        target: &str,
        target_id: EntityId,
        kind: DealKind,
        status: DealStatus,
        first_reported_at: Timestamp,
    ) -> DealFacts {
        DealFacts {
            target: target.to_owned(),
            target_id,
            target_names: Vec::new(),
            kind,
            status,
            ai: false,
            main: true,
            acquirers: Vec::new(),
            sellers: Vec::new(),
            advisers: Vec::new(),
            asset: None,
            round: None,
            round_raw: None,
            amount: None,
            target_amount: None,
            cumulative: None,
            valuation: None,
            investors: Vec::new(),
            stake_pct: None,
            terms: None,
            announced_on: None,
            closed_on: None,
            expected_close: None,
            first_reported_at,
            confidence: 0.5,
            doubts: Vec::new(),
            sources: 1,
            conflicts: Vec::new(),
            steps: Vec::new(),
            proof: BTreeMap::new(),
            decided: BTreeMap::new(),
        }
    }

    /// A field's value as JSON: `null` for none, of the round its code.
    pub fn value(&self, field: Field) -> Value {
        let mut whole = serde_json::to_value(self).unwrap_or_default();
        whole.get_mut(field.as_str()).map(Value::take).unwrap_or_default()
    }

    /// Gives a field a value from JSON; `raw` are the words of a round.
    ///
    /// # Errors
    ///
    /// The field cannot hold the value; nothing is changed then.
    pub fn set(
        &mut self,
        field: Field,
        value: &Value,
        raw: Option<&str>,
    ) -> Result<(), serde_json::Error> {
        let mut whole = serde_json::to_value(&*self)?;
        if let Some(place) = whole.get_mut(field.as_str()) {
            *place = value.clone();
        }
        if field == Field::Round {
            whole["round_raw"] = raw.filter(|_| !value.is_null()).into();
        }
        *self = serde_json::from_value(whole)?;
        Ok(())
    }
}

/// One value that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Which.
    pub field: Field,
    /// Before; `null` when there was none.
    pub from: Value,
    /// After; `null` when it is gone.
    pub to: Value,
}

words!(
    /// What made a revision.
    Cause, "cause" {
        /// An article came in or changed.
        Article = "article",
        /// A person decided.
        Person = "person",
        /// Stored articles were read again.
        Replay = "replay",
        /// Time passed.
        Clock = "clock",
    }
);

/// One entry of a deal's append-only history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    /// Place among all revisions of the log: the cursor of `events`.
    pub seq: i64,
    /// The deal.
    pub deal: DealId,
    /// 1, 2, 3 … inside the deal.
    pub number: i64,
    /// When the log learnt it.
    pub at: Timestamp,
    /// What made it.
    pub cause: Cause,
    /// The article that made it.
    pub article: Option<ArticleId>,
    /// What changed.
    pub changes: Vec<FieldChange>,
    /// The record after it.
    pub facts: DealFacts,
}

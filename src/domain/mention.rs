//! One deal as one article states it, with its proof.

use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;

use super::Amount;
use super::ArticleId;
use super::DealId;
use super::DealKind;
use super::DealStatus;
use super::Doubt;
use super::EntityId;
use super::Field;
use super::Lang;
use super::MentionId;
use super::PartialDate;
use super::Percent;
use super::RoundCode;
use super::SourceClass;
use super::SourceId;
use super::Terms;
use super::Valuation;

/// The words, and the rule, behind one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Which value.
    pub field: Field,
    /// First Unicode scalar of `title + "\n" + text`; `None` when no words were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    /// The scalar after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<u32>,
    /// Exactly what stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The rule's name; `entity:ID` for what the table knew, `default.…` for a default.
    pub rule: String,
}

/// Who puts money in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Investor {
    /// As printed.
    pub name: String,
    /// Said to lead.
    #[serde(default)]
    pub lead: bool,
}

/// One deal as one article states it.
///
/// The JSON form is the one of `extract --jsonl`. Names are as printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The article's news is this deal; otherwise it is background.
    pub main: bool,
    /// The target, or the buyer, is an AI company.
    pub ai: bool,
    /// What happens.
    pub kind: DealKind,
    /// How far it is, by the text's own claim.
    pub status: DealStatus,
    /// The company.
    pub target: String,
    /// The company in the entity table.
    #[serde(default)]
    pub target_id: Option<EntityId>,
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
    #[serde(default)]
    pub asset: Option<String>,
    /// The round's code.
    #[serde(default)]
    pub round: Option<RoundCode>,
    /// The round as printed.
    #[serde(default)]
    pub round_raw: Option<String>,
    /// The sum of this deal.
    #[serde(default)]
    pub amount: Option<Amount>,
    /// The sum that is sought.
    #[serde(default)]
    pub target_amount: Option<Amount>,
    /// The total raised to date; never the round.
    #[serde(default)]
    pub cumulative: Option<Amount>,
    /// What the company is worth.
    #[serde(default)]
    pub valuation: Option<Valuation>,
    /// Who puts money in.
    #[serde(default)]
    pub investors: Vec<Investor>,
    /// The share that changes hands.
    #[serde(default)]
    pub stake_pct: Option<Percent>,
    /// How it is paid.
    #[serde(default)]
    pub terms: Option<Terms>,
    /// When it was announced.
    #[serde(default)]
    pub announced_on: Option<PartialDate>,
    /// When it closed.
    #[serde(default)]
    pub closed_on: Option<PartialDate>,
    /// When it should close.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_close: Option<PartialDate>,
    /// The dates that belong to it, as printed.
    #[serde(default)]
    pub dates_raw: Vec<String>,
    /// 0 to 1: how likely the deal is there, with that target, group of kinds and amount.
    pub confidence: f64,
    /// Named reasons to be careful.
    #[serde(default)]
    pub doubts: Vec<Doubt>,
    /// At least one for every value.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

impl Mention {
    /// A mention of which only the company, the kind and the status are known.
    pub fn new(target: &str, kind: DealKind, status: DealStatus) -> Mention {
        Mention {
            main: true,
            ai: false,
            kind,
            status,
            target: target.to_owned(),
            target_id: None,
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
            dates_raw: Vec::new(),
            confidence: 0.5,
            doubts: Vec::new(),
            evidence: Vec::new(),
        }
    }
}

/// A mention in the log: who told it, when, and which deal it belongs to so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// The mention's row.
    pub id: MentionId,
    /// The article that tells it.
    pub article: ArticleId,
    /// The article's source.
    pub source: SourceId,
    /// Whose report it is: the agency or outlet that the article repeats, else its source, as
    /// [`crate::domain::wire::voice`] compares them.
    pub voice: String,
    /// The class of that source.
    pub class: SourceClass,
    /// The article's language.
    pub lang: Lang,
    /// Published, or first seen if the article has no date.
    pub at: Timestamp,
    /// Whether `at` is the article's own date: when it was first seen says little of one that
    /// gives none.
    pub dated: bool,
    /// When we first saw the article.
    pub seen_at: Timestamp,
    /// Hash of the article's text, hexadecimal: breaks ties of `at` in a canonical order.
    pub content_hash: String,
    /// The deal it belongs to, once resolved.
    pub deal: Option<DealId>,
    /// What it says.
    pub mention: Mention,
}

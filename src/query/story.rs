//! How a deal came about, out of what its articles say: its life, its sums, its denials.
//!
//! Told in the order of publication; what the log learnt when is in the revisions.

use jiff::Timestamp;
use serde::Serialize;

use super::SourceRef;
use super::plain;
use super::view::Origins;
use crate::domain::Amount;
use crate::domain::Currency;
use crate::domain::DealFacts;
use crate::domain::DealId;
use crate::domain::DealStatus;
use crate::domain::Field;
use crate::domain::Valuation;
use crate::store;
use crate::store::StoreError;
use crate::store::mention::Quoted;
use crate::store::rusqlite::Connection;

/// A step in the life of a deal, with who says so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LifeStep {
    /// The status from here on.
    pub status: DealStatus,
    /// When the article that says so was published, or when silence had lasted long enough.
    pub at: Timestamp,
    /// Whole days since the first report.
    pub day: i64,
    /// Who says so; `null` for a step of the clock or of a person.
    pub source: Option<SourceRef>,
    /// The sentence.
    pub sentence: Option<String>,
}

/// A sum that had not been told before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Price {
    /// When.
    pub at: Timestamp,
    /// In our words: `about $50M`.
    pub words: String,
    /// As printed: `约5000万美元`.
    pub raw: String,
    /// Who told it first.
    pub source: Option<SourceRef>,
    /// The sentence.
    pub sentence: Option<String>,
}

/// What an article says of the deal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Saying {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub source: Option<SourceRef>,
    /// The sentence.
    pub sentence: Option<String>,
}

/// A deal that became part of this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Absorbed {
    /// Its number.
    pub deal: DealId,
    /// When the two were found to be one.
    pub at: Timestamp,
}

/// What the articles of a deal say, in order.
pub(super) struct Telling<'a> {
    origins: &'a Origins,
    quoted: Vec<Quoted>,
}

impl<'a> Telling<'a> {
    /// The news of a deal; what is told in passing only where there is no other.
    pub(super) fn load(
        conn: &Connection,
        deal: DealId,
        origins: &'a Origins,
    ) -> Result<Telling<'a>, StoreError> {
        let mut quoted = store::mention::of_deal(conn, deal)?;
        quoted.retain(|quoted| quoted.current);
        let any_main = quoted.iter().any(|quoted| quoted.told.mention.main);
        quoted.retain(|quoted| quoted.told.mention.main || !any_main);
        quoted.sort_by_key(|quoted| (quoted.told.at, quoted.told.id));
        Ok(Telling { origins, quoted })
    }

    /// The steps of its status.
    pub(super) fn life(
        &self,
        conn: &Connection,
        facts: &DealFacts,
    ) -> Result<Vec<LifeStep>, StoreError> {
        let first = facts.steps.first().map_or(facts.first_reported_at, |step| step.at);
        let step = |step: &crate::domain::StatusStep| {
            let quote = match step.mention {
                Some(mention) => self.origins.quote(conn, Field::Status, mention)?,
                None => None,
            };
            Ok(LifeStep {
                status: step.status,
                at: step.at,
                day: days(first, step.at),
                source: step.mention.and_then(|mention| self.origins.reference(mention)),
                sentence: quote.and_then(|quote| quote.sentence),
            })
        };
        facts.steps.iter().map(step).collect()
    }

    /// Every sum by who told it first.
    pub(super) fn sums(&self) -> Vec<Price> {
        self.prices(Field::Amount, |quoted| quoted.told.mention.amount.clone(), plain::sum)
    }

    /// Every valuation by who told it first.
    pub(super) fn valuations(&self) -> Vec<Price> {
        let amount =
            |quoted: &Quoted| quoted.told.mention.valuation.as_ref().map(Valuation::amount);
        self.prices(Field::Valuation, amount, plain::sum)
    }

    fn prices(
        &self,
        field: Field,
        amount: impl Fn(&Quoted) -> Option<Amount>,
        words: impl Fn(&Amount) -> String,
    ) -> Vec<Price> {
        let mut prices: Vec<Price> = Vec::new();
        // "About $500M" moves nothing where $500M is known.
        let mut known: Vec<(Option<i64>, Option<i64>, Option<Currency>)> = Vec::new();
        for quoted in &self.quoted {
            let Some(amount) = amount(quoted) else { continue };
            let told = words(&amount);
            let nothing = amount.min.is_none() && amount.max.is_none();
            let range = (amount.min, amount.max, amount.currency);
            if nothing || known.contains(&range) || prices.iter().any(|p| p.words == told) {
                continue;
            }
            known.push(range);
            prices.push(Price {
                at: quoted.told.at,
                words: told,
                raw: amount.raw,
                source: self.origins.reference(quoted.told.id),
                sentence: sentence(quoted, field),
            });
        }
        prices
    }

    /// Who denied it.
    pub(super) fn denials(&self) -> Vec<Saying> {
        let denials = self.quoted.iter().filter(|q| q.told.mention.status == DealStatus::Denied);
        denials.map(|quoted| self.saying(quoted)).collect()
    }

    /// Who told it first, and how.
    pub(super) fn first(&self) -> Option<Saying> {
        self.quoted.first().map(|quoted| self.saying(quoted))
    }

    fn saying(&self, quoted: &Quoted) -> Saying {
        Saying {
            at: quoted.told.at,
            source: self.origins.reference(quoted.told.id),
            sentence: sentence(quoted, Field::Status).or_else(|| sentence(quoted, Field::Target)),
        }
    }
}

/// The deals that became part of one.
pub(super) fn absorbed(conn: &Connection, deal: DealId) -> Result<Vec<Absorbed>, StoreError> {
    let merged = store::deal::merged_into(conn, deal)?;
    Ok(merged.into_iter().map(|(deal, at)| Absorbed { deal, at }).collect())
}

/// Whole days from one time to another.
pub(super) fn days(from: Timestamp, to: Timestamp) -> i64 {
    to.duration_since(from).as_hours() / 24
}

fn sentence(quoted: &Quoted, field: Field) -> Option<String> {
    let proof = quoted.proofs.iter().find(|proof| proof.evidence.field == field);
    proof.and_then(|proof| proof.sentence.clone())
}

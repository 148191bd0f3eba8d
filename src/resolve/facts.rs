//! What clustering looks at, computed once for each mention of a block.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use jiff::tz::Offset;

use super::Knowledge;
use crate::domain::Amount;
use crate::domain::Told;
use crate::domain::Valuation;
use crate::entity::fold_name;

/// A sum in US dollars, as wide as the words make it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Usd {
    /// The least.
    pub(super) low: f64,
    /// The most.
    pub(super) high: f64,
}

/// One mention with its comparable facts.
pub(super) struct Facts<'a> {
    /// The mention.
    pub(super) told: &'a Told,
    /// The sum.
    pub(super) amount: Option<Usd>,
    /// The valuation.
    pub(super) valuation: Option<Usd>,
    /// Who buys, by entity or folded name.
    pub(super) acquirers: BTreeSet<String>,
    /// Who invests, by entity or folded name.
    pub(super) investors: BTreeSet<String>,
    /// The key of each printed name.
    keys: BTreeMap<&'a str, String>,
}

/// The block in its canonical order: publication, then content, then place in the article.
pub(super) fn block<'a>(told: &'a [Told], knowledge: &Knowledge<'_>) -> Vec<Facts<'a>> {
    let mut block: Vec<Facts<'a>> = told.iter().map(|told| facts(told, knowledge)).collect();
    block.sort_by(|a, b| {
        (a.told.at, &a.told.content_hash, a.told.id).cmp(&(
            b.told.at,
            &b.told.content_hash,
            b.told.id,
        ))
    });
    block
}

fn facts<'a>(told: &'a Told, knowledge: &Knowledge<'_>) -> Facts<'a> {
    let mention = &told.mention;
    let investors = mention.investors.iter().map(|investor| &investor.name);
    let names = mention.acquirers.iter().chain(&mention.sellers).chain(&mention.advisers);
    let keys: BTreeMap<&str, String> =
        names.chain(investors).map(|name| (name.as_str(), party_key(name, knowledge))).collect();
    let key = |name: &String| keys.get(name.as_str()).cloned().unwrap_or_default();
    Facts {
        told,
        amount: mention.amount.as_ref().and_then(|amount| usd(amount, told, knowledge)),
        valuation: mention
            .valuation
            .as_ref()
            .map(Valuation::amount)
            .and_then(|amount| usd(&amount, told, knowledge)),
        acquirers: mention.acquirers.iter().map(key).collect(),
        investors: mention.investors.iter().map(|investor| key(&investor.name)).collect(),
        keys,
    }
}

impl Facts<'_> {
    /// What a printed name of this mention stands for: the same for every name of one party.
    pub(super) fn key(&self, name: &str) -> String {
        self.keys.get(name).cloned().unwrap_or_else(|| fold_name(name))
    }
}

/// The same party has the same key in both languages if the table or the log knows it.
fn party_key(name: &str, knowledge: &Knowledge<'_>) -> String {
    if let Some(entity) = knowledge.table.lookup(name) {
        return entity.id.to_string();
    }
    let folded = fold_name(name);
    (knowledge.known)(&folded).map_or(folded, |id| id.to_string())
}

/// Bounds that are missing are taken as far as the words reasonably mean: "over" to twice, "up to"
/// down to half.
#[allow(clippy::cast_precision_loss, reason = "compared with a tolerance of per cents")]
fn usd(amount: &Amount, told: &Told, knowledge: &Knowledge<'_>) -> Option<Usd> {
    let currency = amount.currency?;
    let year = Offset::UTC.to_datetime(told.at).year();
    let convert = |value: i64| (knowledge.usd)(value, currency, year).map(|usd| usd as f64);
    let low = amount.min.and_then(convert);
    let high = amount.max.and_then(convert);
    match (low, high) {
        (Some(low), Some(high)) => Some(Usd { low, high }),
        (Some(low), None) => Some(Usd { low, high: low * 2.0 }),
        (None, Some(high)) => Some(Usd { low: high / 2.0, high }),
        (None, None) => None,
    }
}

//! What clustering looks at, computed once for each mention of a block.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::Offset;

use super::Knowledge;
use super::Part;
use super::party::Party;
use super::tranche::Tranche;
use super::when::When;
use crate::domain::Amount;
use crate::domain::MentionId;
use crate::domain::Reach;
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
    /// Which part of a bound block it is of; see [`super::resolve_bound`].
    pub(super) part: usize,
    /// When it happened, as far as time tells.
    pub(super) when: When,
    /// Which part of its round.
    pub(super) tranche: Option<Tranche>,
    /// The sum.
    pub(super) amount: Option<Usd>,
    /// The valuation.
    pub(super) valuation: Option<Usd>,
    /// Who buys.
    pub(super) acquirers: Vec<Party>,
    /// Who invests.
    pub(super) investors: Vec<Party>,
    /// What it can be the same as from far away.
    pub(super) reach: Reach,
    /// The key of each printed name.
    keys: BTreeMap<&'a str, String>,
}

/// The block in its canonical order: publication, then content, then place in the article. What
/// has no date comes last: when it was first seen is an accident of arrival.
pub(super) fn block<'a>(parts: &[Part<'a>], knowledge: &Knowledge<'_>) -> Vec<Facts<'a>> {
    let mut block: Vec<Facts<'a>> = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        let of_part = |told| Facts { part: place, ..facts(told, knowledge) };
        block.extend(part.told.iter().map(of_part));
    }
    block.sort_by(|a, b| order(a.told).cmp(&order(b.told)));
    block
}

/// Where a mention stands in the canonical order.
pub(super) fn order(told: &Told) -> (bool, Option<Timestamp>, &str, MentionId) {
    (!told.dated, told.dated.then_some(told.at), &told.content_hash, told.id)
}

/// One mention's facts.
pub(super) fn facts<'a>(told: &'a Told, knowledge: &Knowledge<'_>) -> Facts<'a> {
    let mention = &told.mention;
    let party = |name: &'a String| Party::of(name, knowledge);
    let acquirers: Vec<Party> = mention.acquirers.iter().map(party).collect();
    let investors: Vec<Party> =
        mention.investors.iter().map(|investor| party(&investor.name)).collect();
    let others = mention.sellers.iter().chain(&mention.advisers);
    let mut keys: BTreeMap<&str, String> =
        others.map(|name| (name.as_str(), Party::of(name, knowledge).key)).collect();
    for party in acquirers.iter().chain(&investors) {
        let names = mention.acquirers.iter().chain(mention.investors.iter().map(|i| &i.name));
        for name in names.filter(|name| **name == party.name) {
            keys.insert(name, party.key.clone());
        }
    }
    let amount = mention.amount.as_ref().and_then(|amount| usd(amount, told, knowledge));
    // No company is worth less than what is put into it: that is another figure of the text.
    let valuation = mention
        .valuation
        .as_ref()
        .map(Valuation::amount)
        .and_then(|valuation| usd(&valuation, told, knowledge))
        .filter(|worth| amount.is_none_or(|amount| worth.high >= amount.low));
    Facts {
        told,
        part: 0,
        when: When::of(told),
        tranche: mention.round_raw.as_deref().and_then(Tranche::of),
        amount,
        valuation,
        reach: reach(told, amount, valuation),
        acquirers,
        investors,
        keys,
    }
}

impl Facts<'_> {
    /// What a printed name of this mention stands for: the same for every name of one party.
    pub(super) fn key(&self, name: &str) -> String {
        self.keys.get(name).cloned().unwrap_or_else(|| fold_name(name))
    }
}

/// How far a mention reaches.
#[expect(clippy::cast_possible_truncation, reason = "sums come from whole numbers of this size")]
fn reach(told: &Told, amount: Option<Usd>, valuation: Option<Usd>) -> Reach {
    let mention = &told.mention;
    let whole = |sum: Usd| (sum.low.floor() as i64, sum.high.ceil() as i64);
    let round = mention.round.filter(|round| round.rank().is_some());
    let since = When::of(told).since().unwrap_or(told.at);
    Reach {
        told: told.dated.then_some((since.min(told.at), told.at)),
        rounds: round.map(|round| round.to_string()).into_iter().collect(),
        amount: amount.map(whole),
        worth: valuation.map(whole),
        buyer: !mention.acquirers.is_empty(),
    }
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

//! Copies: mentions that tell the same facts on the same day, under one telling.
//!
//! Hundreds of outlets print what an agency writes. Clustering compares tellings, not prints: a
//! copy goes where the first print of its telling goes, and does not outvote another telling by its
//! number. Which print is the first is a matter of the canonical order, not of arrival.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use jiff::tz::Offset;

use super::Decided;
use super::facts::Facts;
use crate::domain::Amount;
use crate::domain::ArticleId;
use crate::domain::Mention;
use crate::domain::MentionId;
use crate::domain::Valuation;

/// A telling and its further prints, each in canonical order.
pub(super) struct Tellings<'a> {
    /// The first print of each.
    pub(super) first: Vec<Facts<'a>>,
    /// Of each the others.
    pub(super) copies: Vec<Vec<Facts<'a>>>,
}

/// Folds a block, which is in canonical order.
///
/// A mention stands for itself if it has no date, if its article tells more than one deal of the
/// block, or another one `beside` it, or if people decided about it.
pub(super) fn fold<'a>(
    block: Vec<Facts<'a>>,
    beside: &[Facts<'_>],
    decided: &Decided,
) -> Tellings<'a> {
    let alone = alone(&block, beside, decided);
    let mut tellings = Tellings { first: Vec::new(), copies: Vec::new() };
    let mut of_day: BTreeMap<(usize, jiff::civil::Date), Vec<usize>> = BTreeMap::new();
    for facts in block {
        let told = facts.told;
        let place = tellings.first.len();
        if told.dated && !alone.contains(&told.id) {
            let day = Offset::UTC.to_datetime(told.at).date();
            let known = of_day.entry((facts.part, day)).or_default();
            let same = |place: &&usize| {
                let first = tellings.first[**place].told;
                first.lang == told.lang && is_copy(&first.mention, &told.mention)
            };
            if let Some(&first) = known.iter().find(same) {
                tellings.copies[first].push(facts);
                continue;
            }
            known.push(place);
        }
        tellings.first.push(facts);
        tellings.copies.push(Vec::new());
    }
    tellings
}

/// Mentions that are never folded.
fn alone(block: &[Facts<'_>], beside: &[Facts<'_>], decided: &Decided) -> BTreeSet<MentionId> {
    let mut alone: BTreeSet<MentionId> = decided.numbers.keys().copied().collect();
    for bond in &decided.bonds {
        alone.extend(bond.one.iter().chain(&bond.other));
    }
    let mut of_article: BTreeMap<ArticleId, usize> = BTreeMap::new();
    for facts in block.iter().chain(beside) {
        *of_article.entry(facts.told.article).or_default() += 1;
    }
    let several = |facts: &&Facts<'_>| of_article.get(&facts.told.article).is_some_and(|n| *n > 1);
    alone.extend(block.iter().filter(several).map(|facts| facts.told.id));
    alone
}

/// Whether two mentions of one day say the same, in whatever words.
fn is_copy(a: &Mention, b: &Mention) -> bool {
    let sum = |sum: &Option<Amount>| sum.as_ref().map(|s| (s.min, s.max, s.currency));
    let worth = |worth: &Option<Valuation>| worth.as_ref().map(|v| (v.min, v.max, v.currency));
    let list = |investors: &Mention| {
        investors.investors.iter().map(|investor| investor.name.clone()).collect::<Vec<_>>()
    };
    (a.main, a.kind, a.status, a.round, a.stake_pct)
        == (b.main, b.kind, b.status, b.round, b.stake_pct)
        && (&a.target, &a.target_id) == (&b.target, &b.target_id)
        && (&a.acquirers, &a.sellers, &a.round_raw) == (&b.acquirers, &b.sellers, &b.round_raw)
        && (a.announced_on, a.closed_on, a.expected_close)
            == (b.announced_on, b.closed_on, b.expected_close)
        && sum(&a.amount) == sum(&b.amount)
        && sum(&a.target_amount) == sum(&b.target_amount)
        && worth(&a.valuation) == worth(&b.valuation)
        && list(a) == list(b)
}

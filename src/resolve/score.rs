//! How well two mentions of one company fit as one deal, in points with reasons.
//!
//! The points are ordinal: what matters is which facts outweigh which. A named round or an equal
//! sum outweighs weeks of distance; two different named rounds or two different buyers are a veto.

use super::facts::Facts;
use super::facts::Usd;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::RoundBase;

/// Two mentions that name one company and nothing else are one deal if they are close in time.
const SAME_COMPANY: f64 = 1.0;
/// Sums within this ratio are the same sum: rounding and yearly rates move them this far.
const SAME_SUM: f64 = 1.12;
/// A price that is still negotiated moves this far (30 → 60 亿).
const DRIFT: f64 = 2.6;

/// Points for being one deal, and why.
pub(super) struct Fit {
    /// Above zero is a join.
    pub(super) points: f64,
    /// In words, strongest first.
    pub(super) words: Vec<String>,
}

/// Facts of which both mentions give one and which exclude each other.
pub(super) fn veto(a: &Facts<'_>, b: &Facts<'_>) -> Option<String> {
    let (one, other) = (&a.told.mention, &b.told.mention);
    if (one.kind == DealKind::Debt) != (other.kind == DealKind::Debt) {
        return Some("a loan is not a round".to_owned());
    }
    if (one.kind == DealKind::Secondary) != (other.kind == DealKind::Secondary) {
        return Some("a sale of shares is not a round".to_owned());
    }
    if let (Some(x), Some(y)) = (one.round, other.round)
        && let (Some(rank_x), Some(rank_y)) = (x.rank(), y.rank())
        && rank_x != rank_y
        && !(x.base == y.base && sums(a.amount, b.amount) == Sums::Equal)
        && x.base != RoundBase::Growth
        && y.base != RoundBase::Growth
    {
        return Some(format!("round {x} is not round {y}"));
    }
    if !a.acquirers.is_empty() && !b.acquirers.is_empty() && a.acquirers.is_disjoint(&b.acquirers) {
        return Some("another buyer".to_owned());
    }
    None
}

/// How well the two fit, when nothing excludes it.
pub(super) fn fit(a: &Facts<'_>, b: &Facts<'_>) -> Fit {
    let mut fit = Fit { points: SAME_COMPANY, words: Vec::new() };
    let mut add = |points: f64, words: String| {
        fit.points += points;
        fit.words.push(words);
    };
    let (one, other) = (&a.told.mention, &b.told.mention);
    match (one.round, other.round) {
        (Some(x), Some(y)) if x == y && x.rank().is_some() => add(3.0, format!("same round {x}")),
        (Some(x), Some(y)) if x == y => add(1.0, format!("same round {x}")),
        (Some(x), Some(y)) if x.base == y.base => add(1.0, format!("rounds {x} and {y}")),
        (Some(x), Some(y)) => add(-1.5, format!("rounds {x} and {y}")),
        _ => {}
    }
    let open = is_open(one.status) || is_open(other.status);
    match sums(a.amount, b.amount) {
        Sums::Equal => add(3.0, "sums agree".to_owned()),
        Sums::Overlap => add(1.5, "sums are compatible".to_owned()),
        Sums::Near if open => add(0.3, "the sum drifted while it was negotiated".to_owned()),
        Sums::Near => add(-2.5, "sums differ".to_owned()),
        Sums::Far if open => add(-1.5, "sums are far apart".to_owned()),
        Sums::Far => add(-4.0, "sums are far apart".to_owned()),
        Sums::Unknown => {}
    }
    match sums(a.valuation, b.valuation) {
        Sums::Equal => add(1.5, "valuations agree".to_owned()),
        Sums::Overlap => add(0.5, "valuations are compatible".to_owned()),
        Sums::Near | Sums::Unknown => {}
        Sums::Far => add(-1.0, "valuations are far apart".to_owned()),
    }
    if a.acquirers.intersection(&b.acquirers).next().is_some() {
        add(2.5, "same buyer".to_owned());
    }
    let shared = a.investors.intersection(&b.investors).count();
    match shared {
        0 if a.investors.len() > 1 && b.investors.len() > 1 => {
            add(-1.0, "no investor in common".to_owned());
        }
        0 => {}
        1 => add(1.0, "an investor in common".to_owned()),
        n => add(2.0, format!("{n} investors in common")),
    }
    time(a, b, &mut add);
    fit
}

/// Distance in time, and the order of the statuses in it.
fn time(a: &Facts<'_>, b: &Facts<'_>, add: &mut impl FnMut(f64, String)) {
    let (first, second) = if a.told.at <= b.told.at { (a, b) } else { (b, a) };
    let days = second.told.at.duration_since(first.told.at).as_hours() / 24;
    let words = format!("{days} days apart");
    match days {
        0..=14 => add(1.0, words),
        15..=60 => {}
        61..=150 => add(-0.7, words),
        151..=300 => add(-1.5, words),
        _ => add(-3.0, words),
    }
    // What is settled is not rumoured again: a rumour after it is the next attempt. A background
    // mention only looks back, whatever it says.
    let settled = matches!(
        first.told.mention.status,
        DealStatus::Completed | DealStatus::Announced | DealStatus::Terminated
    );
    if settled && is_open(second.told.mention.status) && second.told.mention.main && days > 3 {
        add(-2.5, "a new attempt after a settled one".to_owned());
    }
}

/// Not settled yet: terms still move.
fn is_open(status: DealStatus) -> bool {
    match status {
        DealStatus::Seeking | DealStatus::Rumoured | DealStatus::InTalks | DealStatus::Denied => {
            true
        }
        DealStatus::Announced
        | DealStatus::Completed
        | DealStatus::Terminated
        | DealStatus::Expired => false,
    }
}

/// How two sums compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sums {
    /// The same, but for rounding and rates.
    Equal,
    /// A vague one holds the other.
    Overlap,
    /// Different by less than a negotiated price moves.
    Near,
    /// Different.
    Far,
    /// One is not told.
    Unknown,
}

/// Compares two sums in US dollars.
pub(super) fn sums(a: Option<Usd>, b: Option<Usd>) -> Sums {
    let (Some(a), Some(b)) = (a, b) else { return Sums::Unknown };
    let ratio = |x: f64, y: f64| (x.max(y) + 1.0) / (x.min(y) + 1.0);
    if ratio(a.low, b.low) <= SAME_SUM && ratio(a.high, b.high) <= SAME_SUM {
        return Sums::Equal;
    }
    if a.low <= b.high * SAME_SUM && b.low <= a.high * SAME_SUM {
        return Sums::Overlap;
    }
    let gap = if a.low > b.high { ratio(a.low, b.high) } else { ratio(b.low, a.high) };
    if gap <= DRIFT { Sums::Near } else { Sums::Far }
}

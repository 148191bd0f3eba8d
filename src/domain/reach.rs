//! How far a telling, or all tellings of a deal, reach: what is told far away in time is the same
//! only by a fact that both name.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;

/// Tellings that are this far apart, in days, have to name a fact in common.
const FAR_DAYS: i64 = 300;
/// Sums within this ratio, in parts of a hundred, can be the same: wider than rounding and yearly
/// rates move them.
const SAME_SUM: i128 = 115;

/// Time and facts of tellings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// When the first and the last was told; `None` if one has no date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<(Timestamp, Timestamp)>,
    /// Rounds that have a place in the order of rounds.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub rounds: BTreeSet<String>,
    /// The least and the most that is named as the sum, in US dollars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<(i64, i64)>,
    /// The same of the valuation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worth: Option<(i64, i64)>,
    /// A buyer is named.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub buyer: bool,
}

impl Reach {
    /// Takes in what another reaches.
    pub fn widen(&mut self, other: &Reach) {
        let outer = |(a, b): (i64, i64), (c, d): (i64, i64)| (a.min(c), b.max(d));
        let wider = |one: Option<(i64, i64)>, other: Option<(i64, i64)>| match (one, other) {
            (Some(one), Some(other)) => Some(outer(one, other)),
            (one, other) => one.or(other),
        };
        self.told = self.told.zip(other.told).map(|((a, b), (c, d))| (a.min(c), b.max(d)));
        self.rounds.extend(other.rounds.iter().cloned());
        self.amount = wider(self.amount, other.amount);
        self.worth = wider(self.worth, other.worth);
        self.buyer |= other.buyer;
    }

    /// Whether some telling of the one can be the same as some of the other. What does not meet
    /// does not meet in any part either.
    pub fn meets(&self, other: &Reach) -> bool {
        self.is_near(other)
            || (self.buyer && other.buyer)
            || overlap(self.amount, other.amount)
            || overlap(self.worth, other.worth)
            || self.rounds.iter().any(|round| other.rounds.contains(round))
    }

    fn is_near(&self, other: &Reach) -> bool {
        let Some(((a, b), (c, d))) = self.told.zip(other.told) else { return true };
        let gap = if b < c { c.duration_since(b) } else { a.duration_since(d) };
        gap.as_hours() <= FAR_DAYS * 24
    }
}

fn overlap(one: Option<(i64, i64)>, other: Option<(i64, i64)>) -> bool {
    let below = |low: i64, high: i64| i128::from(low) * 100 <= i128::from(high) * SAME_SUM;
    one.zip(other).is_some_and(|((a, b), (c, d))| below(a, d) && below(c, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(day: i64, round: &str, sum: i64) -> Reach {
        let at = Timestamp::from_second(day * 86_400).unwrap();
        let rounds = (!round.is_empty()).then(|| round.to_owned()).into_iter().collect();
        let amount = (sum > 0).then_some((sum, sum));
        Reach { told: Some((at, at)), rounds, amount, worth: None, buyer: false }
    }

    #[track_caller]
    fn check(one: &Reach, other: &Reach, expected: bool) {
        assert_eq!(one.meets(other), expected, "{one:?} {other:?}");
        assert_eq!(other.meets(one), expected, "the order plays no part");
    }

    #[test]
    fn what_is_told_far_away_meets_by_a_fact_alone() {
        check(&reach(0, "", 0), &reach(300, "b", 50), true);
        check(&reach(0, "", 0), &reach(301, "b", 50), false);
        check(&reach(0, "a", 50), &reach(900, "b", 100), false);
        check(&reach(0, "b", 50), &reach(900, "b", 100), true);
        check(&reach(0, "a", 100), &reach(900, "", 110), true);
        check(&reach(0, "a", 100), &reach(900, "", 120), false);
        let undated = Reach { told: None, ..reach(0, "a", 50) };
        check(&undated, &reach(900, "b", 100), true);
    }

    #[test]
    fn a_deal_reaches_wherever_one_of_its_tellings_does() {
        let parts = [reach(0, "a", 50), reach(100, "", 70), reach(400, "b", 0)];
        let mut whole = parts[0].clone();
        for part in &parts {
            whole.widen(part);
        }
        for day in [0, 350, 690, 2_000] {
            for (round, sum) in [("", 0), ("a", 0), ("", 60), ("c", 900)] {
                let other = reach(day, round, sum);
                if parts.iter().any(|part| part.meets(&other)) {
                    check(&whole, &other, true);
                }
            }
        }
        check(&whole, &reach(2_000, "c", 900), false);
    }
}

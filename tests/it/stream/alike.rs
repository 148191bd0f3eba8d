//! How alike two ways of sorting articles into deals are.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// How alike two ways of sorting the same articles into deals are: B-cubed F1, 1 for the same.
///
/// Each way says of a key which deals tell it; keys that only one of the two has count as wrong.
#[expect(clippy::cast_precision_loss, reason = "a few thousand")]
pub fn b_cubed(one: &[(String, i64)], other: &[(String, i64)]) -> f64 {
    let (one, other) = (Sorted::of(one), Sorted::of(other));
    let half = |a: &Sorted<'_>, b: &Sorted<'_>| {
        let right: f64 = a
            .deals_of
            .iter()
            .map(|(key, deals)| {
                let mates: BTreeSet<&str> = a.mates(deals);
                let theirs: BTreeSet<&str> =
                    b.deals_of.get(key).map(|deals| b.mates(deals)).unwrap_or_default();
                mates.intersection(&theirs).count() as f64 / mates.len() as f64
            })
            .sum();
        right / a.deals_of.len().max(1) as f64
    };
    let (precision, recall) = (half(&one, &other), half(&other, &one));
    2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
}

/// Keys by deal and deals by key.
struct Sorted<'a> {
    deals_of: BTreeMap<&'a str, BTreeSet<i64>>,
    keys_of: BTreeMap<i64, BTreeSet<&'a str>>,
}

impl<'a> Sorted<'a> {
    fn of(told: &'a [(String, i64)]) -> Sorted<'a> {
        let mut sorted = Sorted { deals_of: BTreeMap::new(), keys_of: BTreeMap::new() };
        for (key, deal) in told {
            sorted.deals_of.entry(key).or_default().insert(*deal);
            sorted.keys_of.entry(*deal).or_default().insert(key);
        }
        sorted
    }

    /// All that share a deal.
    fn mates(&self, deals: &BTreeSet<i64>) -> BTreeSet<&'a str> {
        deals.iter().filter_map(|deal| self.keys_of.get(deal)).flatten().copied().collect()
    }
}

#[test]
fn two_ways_of_sorting_are_alike_by_the_articles_that_share_a_deal() {
    let sorted = |deals: &[(&str, i64)]| -> Vec<(String, i64)> {
        deals.iter().map(|(key, deal)| ((*key).to_owned(), *deal)).collect()
    };
    let whole = sorted(&[("a", 1), ("b", 1), ("c", 2), ("d", 2)]);
    for (other, expected) in [
        // Numbers mean nothing.
        (sorted(&[("a", 7), ("b", 7), ("c", 3), ("d", 3)]), 1.0),
        // Half of all articles have lost their mate: precision 1, recall 3/4.
        (sorted(&[("a", 1), ("b", 1), ("c", 2), ("d", 3)]), 6.0 / 7.0),
        (sorted(&[("a", 1), ("b", 1), ("c", 1), ("d", 1)]), 2.0 / 3.0),
    ] {
        for alike in [b_cubed(&whole, &other), b_cubed(&other, &whole)] {
            assert!((alike - expected).abs() < 1e-9, "{alike} is not {expected}");
        }
    }
}

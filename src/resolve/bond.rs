//! What people decided about mentions, as clustering honours it.
//!
//! The facts group the mentions first, as if nobody had decided anything; then groups that people
//! put together are one deal, and no two groups join that people told apart. So a later article
//! lands by its facts with either side of a merge, and with the better side of a split.
//!
//! Where two decisions contradict each other the newer one counts.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::facts::Facts;
use crate::domain::DealId;
use crate::domain::MentionId;

/// What people decided about some mentions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decided {
    /// Oldest first.
    pub bonds: Vec<Bond>,
    /// Which deals' numbers mentions are to keep, whatever their oldest mention would say: a split
    /// or the end of a merge must not give the old number to the new deal.
    pub numbers: BTreeMap<MentionId, DealId>,
}

/// One decision about two sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bond {
    /// What is decided.
    pub kind: BondKind,
    /// One side.
    pub one: Vec<MentionId>,
    /// The other.
    pub other: Vec<MentionId>,
    /// Who decided it and why, in words.
    pub words: String,
}

/// What is decided about two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BondKind {
    /// They are one deal.
    Together,
    /// The first is one deal, and none of the second is part of it.
    Apart,
}

/// The decisions on the places of one block.
pub(super) struct Bonds {
    /// For each place the deal it is in so far, as its least place.
    deal: Vec<usize>,
    apart: Vec<(BTreeSet<usize>, BTreeSet<usize>)>,
    /// Words of the decision that put a place where it is.
    words: BTreeMap<usize, String>,
}

impl Bonds {
    pub(super) fn of(block: &[&Facts<'_>], decided: &Decided) -> Bonds {
        let mut bonds =
            Bonds { deal: (0..block.len()).collect(), apart: Vec::new(), words: BTreeMap::new() };
        let place: BTreeMap<MentionId, usize> =
            block.iter().enumerate().map(|(place, facts)| (facts.told.id, place)).collect();
        for bond in decided.bonds.iter().rev() {
            let places = |side: &[MentionId]| -> BTreeSet<usize> {
                side.iter().filter_map(|mention| place.get(mention).copied()).collect()
            };
            let (one, other) = (places(&bond.one), places(&bond.other));
            let together: BTreeSet<usize> = match bond.kind {
                BondKind::Together => one.union(&other).copied().collect(),
                BondKind::Apart => one.clone(),
            };
            for pair in together.iter().zip(together.iter().skip(1)) {
                bonds.unite(*pair.0, *pair.1);
            }
            for place in together {
                bonds.words.entry(place).or_insert_with(|| bond.words.clone());
            }
            if bond.kind == BondKind::Apart {
                bonds.apart.push((one, other));
            }
        }
        bonds
    }

    /// The deal a place is in so far.
    pub(super) fn deal(&self, place: usize) -> usize {
        self.deal[place]
    }

    /// Makes the deals of two places one, unless people told them apart. Returns whether they are
    /// one now.
    pub(super) fn unite(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.deal[a], self.deal[b]);
        if a == b {
            return true;
        }
        if self.apart.iter().any(|(one, other)| {
            (self.holds(a, one) && self.holds(b, other))
                || (self.holds(b, one) && self.holds(a, other))
        }) {
            return false;
        }
        let (into, from) = (a.min(b), a.max(b));
        for deal in self.deal.iter_mut().filter(|deal| **deal == from) {
            *deal = into;
        }
        true
    }

    /// What people said about a place.
    pub(super) fn words(&self, place: usize) -> Option<&String> {
        self.words.get(&place)
    }

    fn holds(&self, deal: usize, places: &BTreeSet<usize>) -> bool {
        places.iter().any(|place| self.deal[*place] == deal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Amount;
    use crate::domain::Currency;
    use crate::domain::EntityId;
    use crate::domain::Qualifier;
    use crate::domain::Told;
    use crate::resolve::Part;
    use crate::resolve::resolve_bound;
    use crate::resolve::tests::told;
    use crate::resolve::tests::with_knowledge;

    /// A round of so many million dollars, in a deal already.
    fn round(id: i64, day: i64, millions: i64, deal: i64) -> Told {
        let sum = Amount::new("", millions * 1_000_000, Currency::USD, Qualifier::Exact);
        let mut told = told(id, day, &format!("s{id}"), |mention| mention.amount = Some(sum));
        told.deal = Some(DealId(deal));
        told
    }

    fn bond(kind: BondKind, one: &[i64], other: &[i64]) -> Bond {
        let side = |ids: &[i64]| ids.iter().copied().map(MentionId).collect();
        Bond { kind, one: side(one), other: side(other), words: "lena decided so".to_owned() }
    }

    /// Asserts which mentions are which deal, in every order, in one block and in several.
    #[track_caller]
    fn check(parts: &[Vec<Told>], bonds: Vec<Bond>, expected: &[(Option<i64>, &[i64])]) {
        let decided = Decided { bonds, ..Decided::default() };
        let targets: Vec<EntityId> =
            (0..parts.len()).map(|n| EntityId(format!("name:{n}"))).collect();
        for turned in [false, true] {
            let mut parts = parts.to_vec();
            if turned {
                for part in &mut parts {
                    part.reverse();
                }
            }
            let parts: Vec<Part<'_>> =
                parts.iter().zip(&targets).map(|(told, target)| Part { target, told }).collect();
            let deals = with_knowledge(|knowledge| resolve_bound(&parts, &decided, knowledge));
            let deals: Vec<(Option<i64>, Vec<i64>)> = deals
                .into_iter()
                .map(|deal| {
                    let mentions = deal.mentions.into_iter().map(|id| id.0).collect();
                    (deal.deal.map(|deal| deal.0), mentions)
                })
                .collect();
            let expected: Vec<(Option<i64>, Vec<i64>)> =
                expected.iter().map(|(deal, ids)| (*deal, ids.to_vec())).collect();
            assert_eq!(deals, expected);
        }
    }

    #[test]
    fn merged_deals_take_what_fits_either_and_keep_the_older_number() {
        // 100 and 900 million are two deals; the later ones fit one side each.
        let block = || {
            vec![round(1, 0, 100, 7), round(2, 1, 900, 3), round(3, 2, 100, 7), round(4, 3, 900, 3)]
        };
        check(&[block()], vec![], &[(Some(7), &[1, 3]), (Some(3), &[2, 4])]);
        let together = bond(BondKind::Together, &[1], &[2]);
        check(&[block()], vec![together], &[(Some(3), &[1, 2, 3, 4])]);
    }

    #[test]
    fn deals_of_two_companies_meet_only_where_a_person_says_so() {
        let parts =
            || [vec![round(1, 0, 100, 1)], vec![round(2, 1, 100, 2), round(3, 200, 900, 3)]];
        check(&parts(), vec![], &[(Some(1), &[1]), (Some(2), &[2]), (Some(3), &[3])]);
        let together = bond(BondKind::Together, &[1], &[2]);
        check(&parts(), vec![together], &[(Some(1), &[1, 2]), (Some(3), &[3])]);
    }

    #[test]
    fn what_was_told_apart_never_meets_over_a_third() {
        let block = || vec![round(1, 0, 100, 1), round(2, 1, 100, 2), round(3, 2, 100, 1)];
        let apart = bond(BondKind::Apart, &[2], &[1]);
        check(&[block()], vec![apart], &[(Some(1), &[1, 3]), (Some(2), &[2])]);
    }

    #[test]
    fn of_two_decisions_the_newer_counts() {
        let block = || vec![round(1, 0, 100, 1), round(2, 1, 100, 2)];
        let apart = || bond(BondKind::Apart, &[2], &[1]);
        let together = || bond(BondKind::Together, &[1], &[2]);
        check(&[block()], vec![apart(), together()], &[(Some(1), &[1, 2])]);
        check(&[block()], vec![together(), apart()], &[(Some(1), &[1]), (Some(2), &[2])]);
    }

    #[test]
    fn a_number_that_is_given_wins_over_the_oldest_mention() {
        let block = vec![round(1, 0, 100, 1), round(2, 1, 900, 1)];
        let decided = Decided {
            bonds: Vec::new(),
            numbers: [(MentionId(1), DealId(2)), (MentionId(2), DealId(1))].into(),
        };
        let target = EntityId::from("name:0");
        let parts = [Part { target: &target, told: &block }];
        let deals = with_knowledge(|knowledge| resolve_bound(&parts, &decided, knowledge));
        let numbers: Vec<_> = deals.iter().map(|deal| deal.deal).collect();
        assert_eq!(numbers, [Some(DealId(2)), Some(DealId(1))]);
    }
}

//! What an English sum is the sum of, by the words beside it.

mod after;
mod basis;
mod before;
mod words;

use std::ops::Range;

use super::Found;
use super::Reader;
use super::Role;
use super::Sum;
use crate::domain::Basis;
use crate::domain::Qualifier;

/// How far words before a sum can govern it, in tokens.
const REACH: usize = 12;

/// No company that raises money is worth less, in whole units of any currency.
const LEAST_WORTH: i64 = 500_000;

/// The rule of a sum that is the whole of a round of which another sum is a part.
pub(in crate::extract) const WHOLE: &str = "money.en.whole";

/// Gives every sum its role.
pub(super) fn assign(reader: &Reader<'_>, sums: &mut [(Range<usize>, Found<Sum>)]) {
    for index in 0..sums.len() {
        let floor = index.checked_sub(1).map_or(0, |before| sums[before].0.end);
        let (range, sum) = &sums[index];
        let role = if sum.value.conversion {
            sums[index - 1].1.value.role
        } else if sum.value.amount.qualifier == Qualifier::Undisclosed {
            Role::Plain
        } else {
            let window = Window { reader, floor, start: range.start, end: range.end };
            match window.role(index > 0, sum.value.amount.headline().unwrap_or(0)) {
                Role::Valuation(Basis::Unspecified) => Role::Valuation(window.basis_after()),
                role => role,
            }
        };
        let window = Window { reader, floor, start: range.start, end: range.end };
        let whole = match role {
            Role::Cumulative => window.is_whole_round(),
            Role::Plain => index > 0 && window.is_of_part(),
            Role::Valuation(_) | Role::Other => false,
        };
        sums[index].1.value.role = if whole { Role::Plain } else { role };
        if whole {
            sums[index].1.rule = WHOLE;
        }
    }
}

/// A sum among its neighbours.
struct Window<'a> {
    reader: &'a Reader<'a>,
    /// Words before this belong to the sum before.
    floor: usize,
    start: usize,
    end: usize,
}

impl Window<'_> {
    fn role(&self, second: bool, value: i64) -> Role {
        if self.back(1) == "at" && value >= LEAST_WORTH && self.puts_at() {
            return Role::Valuation(self.basis(1));
        }
        if self.is_to_date() {
            return Role::Cumulative;
        }
        if self.counts_new_money() {
            return Role::Valuation(Basis::Unspecified);
        }
        if let Some(role) = self.after() {
            return role;
        }
        if let Some(role) = self.before() {
            return role;
        }
        // `a $6.6bn round at $150bn`
        if self.back(1) == "at"
            && (second || self.earlier_word(&["round", "raise", "funding", "investment"]))
        {
            return Role::Valuation(Basis::Unspecified);
        }
        // A price, not a deal.
        if value < 10_000 { Role::Other } else { Role::Plain }
    }

    fn word(&self, at: usize) -> &str {
        self.reader.word(at)
    }

    /// The nth token before the sum.
    fn back(&self, n: usize) -> &str {
        self.start.checked_sub(n).filter(|at| *at >= self.floor).map_or("", |at| self.word(at))
    }

    /// `brings the round to $30 million`, `takes its Series B to`: not the total since founding.
    fn is_whole_round(&self) -> bool {
        // `a total of $50 million in two rounds`: the sum of what is told.
        let parts = (self.end..self.end + 4).find(|at| {
            matches!(self.word(*at), "in" | "across" | "over" | "through" | "via" | "between")
        });
        if let Some(parts) = parts
            && matches!(self.word(parts + 1), "two" | "three" | "2" | "3")
            && (parts + 2..parts + 5).any(|at| {
                matches!(self.word(at), "rounds" | "tranches" | "closings" | "closes" | "steps")
            })
        {
            return true;
        }
        let to = self.back(1) == "to";
        let named = |word: &str| {
            matches!(
                word,
                "round" | "series" | "financing" | "seed" | "raise" | "tranche" | "extension"
            )
        };
        let verb = (2..10).find(|n| {
            let word = self.back(*n);
            [
                "bring", "tak", "took", "lift", "push", "brought", "swell", "expand", "increas",
                "grow",
            ]
            .iter()
            .any(|stem| word.starts_with(stem))
        });
        let Some(verb) = verb.filter(|_| to) else { return false };
        let words = || (2..verb).map(|n| self.back(n));
        words().any(named)
            && !words().any(|word| {
                matches!(
                    word,
                    "funding" | "funds" | "raised" | "capital" | "overall" | "far" | "date"
                )
            })
    }

    /// `the first $80 million tranche of its $200 million Series C`: what the part is a part of.
    fn is_of_part(&self) -> bool {
        let of = (1..4).find(|n| self.back(*n) == "of");
        of.is_some_and(|of| {
            matches!(
                self.back(of + 1),
                "tranche" | "close" | "closing" | "instalment" | "installment" | "portion"
            )
        })
    }

    /// `puts the company at`, `prices it at`, `a listing at`: what stands after `at` is a worth.
    fn puts_at(&self) -> bool {
        (2..10).map(|n| self.back(n)).take_while(|word| !matches!(*word, "." | ";")).any(|word| {
            matches!(
                word,
                "puts"
                    | "put"
                    | "putting"
                    | "pegs"
                    | "pegged"
                    | "pegging"
                    | "values"
                    | "valued"
                    | "valuing"
                    | "prices"
                    | "pricing"
                    | "marks"
                    | "marked"
                    | "listing"
                    | "ipo"
                    | "flotation"
                    | "deemed"
            )
        })
    }

    /// `To date X has raised`, `has now raised`: the total so far.
    fn is_to_date(&self) -> bool {
        let raised = (1..4).find(|n| self.back(*n) == "raised");
        let Some(raised) = raised else { return false };
        (raised + 1..raised + 8).any(|n| {
            (self.back(n) == "date" && self.back(n + 1) == "to")
                || (self.back(n) == "far" && self.back(n + 1) == "so")
        }) || self.back(raised + 1) == "now"
    }

    /// `at $4 billion before the new money`, `$310 million after the investment`.
    fn counts_new_money(&self) -> bool {
        matches!(self.word(self.end), "before" | "after" | "including" | "excluding")
            && matches!(self.back(1), "at" | "to" | "of" | "is" | "worth")
            && (self.end + 1..self.end + 6).any(|at| {
                matches!(self.word(at), "money" | "cash" | "investment" | "funding" | "capital")
            })
    }

    fn earlier_word(&self, words: &[&str]) -> bool {
        (self.floor..self.start).rev().take(REACH).any(|at| words.contains(&self.word(at)))
    }
}

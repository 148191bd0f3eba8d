//! Before or after the new money: what the words say of the basis of a valuation.

use super::Window;
use crate::domain::Basis;

impl Window<'_> {
    /// `$4 billion including the new money`, `before the investment`: what the words after say.
    pub(super) fn basis_after(&self) -> Basis {
        let new_money = |from: usize| {
            (from..from + 4).any(|at| {
                matches!(
                    self.word(at),
                    "money" | "cash" | "investment" | "funding" | "capital" | "funds" | "financing"
                )
            })
        };
        for at in self.end..self.end + 6 {
            match self.word(at) {
                "." | ";" => break,
                "pre" | "premoney" | "pre-money" => return Basis::Pre,
                "post" | "postmoney" | "post-money" => return Basis::Post,
                "before" | "excluding" if new_money(at + 1) => return Basis::Pre,
                "including" | "counting" | "after" if new_money(at + 1) => return Basis::Post,
                "included" if new_money(at.saturating_sub(2)) => return Basis::Post,
                _ => {}
            }
        }
        Basis::Unspecified
    }

    /// `at a pre-money valuation of`: what the words before say of the basis.
    pub(super) fn basis(&self, n: usize) -> Basis {
        for n in 1..n + 5 {
            match self.back(n) {
                "pre" | "premoney" => return Basis::Pre,
                "post" | "postmoney" => return Basis::Post,
                _ => {}
            }
        }
        Basis::Unspecified
    }
}

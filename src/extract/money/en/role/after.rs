//! What the words after a sum say of it: `$40M valuation`, `$5M in revenue`, `$64M to date`.

use super::Window;
use super::words;
use crate::domain::Basis;
use crate::extract::money::Role;

impl Window<'_> {
    /// By the words right after it, past an inserted conversion.
    pub(super) fn after(&self) -> Option<Role> {
        let mut at = self.end;
        if self.word(at) == "(" {
            at = (at..at + 8).find(|at| self.word(*at) == ")")? + 1;
        }
        if self.word(at) == "-" {
            at += 1;
        }
        let pair = (self.word(at), self.word(at + 1));
        match pair {
            ("valuation" | "valuations" | "unicorn", _)
            | (
                "enterprise" | "equity" | "implied" | "private" | "company" | "paper",
                "value" | "valuation",
            )
            | ("market", "cap" | "capitalization" | "capitalisation" | "value" | "valuation")
            | ("price", "tag") => {
                return Some(Role::Valuation(Basis::Unspecified));
            }
            ("pre", "-") if self.word(at + 2) == "money" => {
                return Some(Role::Valuation(Basis::Pre));
            }
            ("post", "-") if self.word(at + 2) == "money" => {
                return Some(Role::Valuation(Basis::Post));
            }
            ("premoney", _) | ("pre", "money") => return Some(Role::Valuation(Basis::Pre)),
            ("postmoney", _) | ("post", "money") => return Some(Role::Valuation(Basis::Post)),
            ("in", "cash")
                if (1..9).any(|n| {
                    matches!(self.back(n), "creates" | "has" | "holds" | "holding" | "had" | "sits")
                }) =>
            {
                return Some(Role::Other);
            }
            ("in", "a") if self.word(at + 2) == "year" => return Some(Role::Other),
            ("per" | "/" | "apiece" | "each" | "annually" | "yearly" | "monthly", _)
            | (
                "a",
                "share" | "month" | "year" | "day" | "head" | "seat" | "user" | "week" | "barrel"
                | "piece",
            )
            | ("an", "hour") => {
                return Some(Role::Other);
            }
            ("to", "date") | ("so", "far") | ("altogether" | "overall" | "cumulatively", _) => {
                return Some(Role::Cumulative);
            }
            _ => {}
        }
        self.after_noun(at)
    }

    /// `$5M in annual revenue`, `a $200 million growth fund`, `$64M in funding to date`.
    fn after_noun(&self, at: usize) -> Option<Role> {
        let mut preposition = false;
        for at in at..at + 7 {
            match self.word(at) {
                "to" if self.word(at + 1) == "date" => return Some(Role::Cumulative),
                "so" if self.word(at + 1) == "far" => return Some(Role::Cumulative),
                "since"
                    if matches!(
                        self.word(at + 1),
                        "its" | "it" | "being" | "launching" | "inception" | "founding" | "launch"
                    ) =>
                {
                    return Some(Role::Cumulative);
                }
                "total"
                    if preposition
                        || matches!(self.word(at + 1), "funding" | "capital" | "financing") =>
                {
                    return Some(Role::Cumulative);
                }
                "valuation" => return Some(Role::Valuation(Basis::Unspecified)),
                word if words::is_no_deal(word) => return Some(Role::Other),
                "fund" if !matches!(self.word(at + 1), "raise" | "-" | "raising") => {
                    return Some(Role::Other);
                }
                "data"
                    if matches!(self.word(at + 1), "center" | "centers" | "centre" | "centres") =>
                {
                    return Some(Role::Other);
                }
                "in" | "of" | "worth" => preposition = true,
                "," | ";" | "." | "and" | "for" | "from" | "by" | "led" | "that" | "which"
                | "with" | "at" | "to" | "on" | "as" | ")" | "round" | "deal" | "investment"
                | "financing" | "stake" => return None,
                _ => {}
            }
        }
        None
    }
}

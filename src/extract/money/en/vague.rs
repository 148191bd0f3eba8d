//! Sums without digits: `half a billion dollars`, `nine-figure`, `terms were not disclosed`.

use super::Read;
use super::Reader;
use super::Value;
use crate::domain::Qualifier;

impl Reader<'_> {
    /// `a billion dollars`, `half a billion dollars`, `two million euros`.
    pub(super) fn spelt(&self, at: usize, floor: usize) -> Option<Read> {
        let (tenths, next) = if self.is(at, &["half", "a"]) {
            (5, at + 2)
        } else {
            let count = match self.word(at) {
                "a" | "one" => 1,
                "two" => 2,
                "three" => 3,
                "four" => 4,
                "five" => 5,
                "six" => 6,
                "seven" => 7,
                "eight" => 8,
                "nine" => 9,
                "ten" => 10,
                "twenty" => 20,
                "fifty" => 50,
                _ => return None,
            };
            (count * 10, at + 1)
        };
        let (power, end) = self.magnitude(next);
        let power = power.checked_sub(1)?;
        let (currency, end) = self.currency_after(end)?;
        let value = Value::One(tenths * 10_i64.checked_pow(power)?);
        let (start, end, qualifier) = self.qualified(at, end, floor);
        Some(Read {
            start,
            end,
            value,
            currency: Some(currency),
            qualifier,
            rule: "money.en.spelt",
        })
    }

    /// `tens of millions of dollars`, `nine-figure`, `a multibillion-dollar deal`.
    pub(super) fn order(&self, at: usize) -> Option<Read> {
        let tens = match self.word(at) {
            "tens" => 1,
            "hundreds" => 2,
            "several" | "multiple" | "millions" | "billions" => 0,
            _ => return self.figures(at),
        };
        let (power, end) = match self.word(at) {
            "millions" => (6, at + 1),
            "billions" => (9, at + 1),
            _ => {
                let next = if self.word(at + 1) == "of" { at + 2 } else { at + 1 };
                let (power, end) = match self.word(next) {
                    "thousands" => (3, next + 1),
                    "millions" | "million" => (6, next + 1),
                    "billions" | "billion" => (9, next + 1),
                    _ => return None,
                };
                (power + tens, end)
            }
        };
        let next = if self.word(end) == "of" { end + 1 } else { end };
        let (currency, end) = self.currency_after(next)?;
        let value = Value::One(10_i64.checked_pow(power)?);
        let rule = "money.en.order";
        Some(Read {
            start: at,
            end,
            value,
            currency: Some(currency),
            qualifier: Qualifier::Order,
            rule,
        })
    }

    /// `nine-figure sum`, `eight figures`.
    fn figures(&self, at: usize) -> Option<Read> {
        let digits: u32 = match self.word(at) {
            "six" => 6,
            "seven" => 7,
            "eight" => 8,
            "nine" => 9,
            "ten" | "10" => 10,
            "eleven" => 11,
            _ => return None,
        };
        let next = if self.word(at + 1) == "-" { at + 2 } else { at + 1 };
        if !matches!(self.word(next), "figure" | "figures") {
            return None;
        }
        Some(Read {
            start: at,
            end: next + 1,
            value: Value::One(10_i64.checked_pow(digits - 1)?),
            currency: None,
            qualifier: Qualifier::Order,
            rule: "money.en.figures",
        })
    }

    /// `an undisclosed sum`, `terms were not disclosed`.
    pub(super) fn undisclosed(&self, at: usize) -> Option<Read> {
        let sum = |at| {
            matches!(
                self.word(at),
                "sum"
                    | "amount"
                    | "price"
                    | "funding"
                    | "investment"
                    | "terms"
                    | "round"
                    | "figure"
            )
        };
        let told = |at| {
            matches!(
                self.word(at),
                "disclosed"
                    | "revealed"
                    | "announced"
                    | "released"
                    | "given"
                    | "made"
                    | "shared"
                    | "published"
            )
        };
        let end = if self.word(at) == "undisclosed" && sum(at + 1) {
            at + 2
        } else if matches!(self.word(at), "terms" | "price" | "amount" | "size") {
            let not = (at + 1..at + 7).find(|at| {
                matches!(
                    self.word(*at),
                    "not"
                        | "undisclosed"
                        | "n't"
                        | "weren't"
                        | "wasn't"
                        | "haven't"
                        | "hasn't"
                        | "aren't"
                        | "isn't"
                        | "never"
                )
            })?;
            match (self.word(not), told(not + 1), self.is(not + 1, &["been"]) && told(not + 2)) {
                ("undisclosed", _, _) => not + 1,
                (_, true, _) => not + 2,
                (_, _, true) => not + 3,
                _ => return None,
            }
        } else {
            return None;
        };
        Some(Read {
            start: at,
            end,
            value: Value::None,
            currency: None,
            qualifier: Qualifier::Undisclosed,
            rule: "money.en.undisclosed",
        })
    }
}

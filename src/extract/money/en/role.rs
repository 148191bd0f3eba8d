//! What an English sum is the sum of, by the words beside it.

#![allow(
    clippy::match_same_arms,
    clippy::too_many_lines,
    reason = "lists of words: each arm is one way of saying what a sum is"
)]

use std::ops::Range;

use super::Found;
use super::Reader;
use super::Role;
use super::Sum;
use crate::domain::Basis;
use crate::domain::Qualifier;

/// How far words before a sum can govern it, in tokens.
const REACH: usize = 12;

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
        let whole = role == Role::Cumulative
            && Window { reader, floor, start: range.start, end: range.end }.is_whole_round();
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
        if self.back(1) == "at" && value >= 10_000 && self.puts_at() {
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

    /// By the words right after it, past an inserted conversion.
    fn after(&self) -> Option<Role> {
        let mut at = self.end;
        if self.word(at) == "(" {
            at = (at..at + 8).find(|at| self.word(*at) == ")")? + 1;
        }
        if self.word(at) == "-" {
            at += 1;
        }
        let pair = (self.word(at), self.word(at + 1));
        match pair {
            ("valuation" | "valuations" | "unicorn", _) => {
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
            (
                "enterprise" | "equity" | "implied" | "private" | "company" | "paper",
                "value" | "valuation",
            )
            | ("market", "cap" | "capitalization" | "capitalisation" | "value" | "valuation") => {
                return Some(Role::Valuation(Basis::Unspecified));
            }
            ("price", "tag") => return Some(Role::Valuation(Basis::Unspecified)),
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
            ("in" | "of" | "total" | "," | "across" | "from" | "over" | "since", _) => {}
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
                "revenue" | "revenues" | "arr" | "sales" | "profit" | "profits" | "loss"
                | "losses" | "turnover" | "bookings" | "earnings" | "ebitda" | "income"
                | "costs" | "cost" | "assets" | "grant" | "grants" | "contract" | "contracts"
                | "order" | "orders" | "fine" | "penalty" | "damages" | "settlement" | "prize"
                | "market" | "industry" | "capex" | "subsidies" | "budget" | "backlog"
                | "credits" | "salary" | "salaries" | "compensation" | "bonus" | "bonuses"
                | "buyback" | "buybacks" | "dividend" | "tax" | "savings" | "donation"
                | "donations" | "opportunity" | "spending" | "recurring" | "annualized"
                | "annualised" | "factory" | "plant" | "campus" | "bill" | "endowment"
                | "pledge" => {
                    return Some(Role::Other);
                }
                "spend" | "expenditure" | "expenditures" | "outlay" => return Some(Role::Other),
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

    /// By the words that lead up to it.
    fn before(&self) -> Option<Role> {
        let mut at_or_to = false;
        for n in 1..=REACH {
            let word = self.back(n);
            let next = self.back(n + 1);
            match word {
                "" | ";" | ":" => return None,
                "at" | "to" | "of" | "from" => at_or_to |= n == 1,
                "valuation" | "valuations" if self.only_glue(n) => {
                    return Some(Role::Valuation(self.basis(n)));
                }
                "valued" | "values" | "valuing" | "value" | "priced" | "pegs" | "pegged"
                | "appraised"
                    if at_or_to || n == 1 =>
                {
                    return Some(
                        if word == "value"
                            && matches!(next, "order" | "contract" | "deal" | "transaction")
                            && n <= 2
                        {
                            Role::Plain
                        } else {
                            Role::Valuation(self.basis(n))
                        },
                    );
                }
                "worth" if n == 1 => {
                    let deal = (n + 1..n + 5).any(|n| {
                        matches!(
                            self.back(n),
                            "deal"
                                | "transaction"
                                | "round"
                                | "series"
                                | "financing"
                                | "funding"
                                | "raise"
                                | "contract"
                                | "acquisition"
                                | "investment"
                                | "agreement"
                                | "stake"
                        )
                    });
                    let other = (n + 1..n + 5).any(|n| {
                        matches!(
                            self.back(n),
                            "contract"
                                | "contracts"
                                | "order"
                                | "orders"
                                | "chips"
                                | "market"
                                | "servers"
                                | "gpus"
                        )
                    });
                    return Some(if other {
                        Role::Other
                    } else if deal {
                        Role::Plain
                    } else {
                        Role::Valuation(Basis::Unspecified)
                    });
                }
                "capitalization" | "capitalisation" | "cap" if self.only_glue(n) => {
                    return Some(Role::Valuation(Basis::Unspecified));
                }
                "tag" if next == "price" && self.only_glue(n) => {
                    return Some(Role::Valuation(Basis::Unspecified));
                }
                "total" | "altogether" if n <= 6 || at_or_to => return Some(Role::Cumulative),
                "raised"
                    if at_or_to
                        && (n + 1..n + 12).any(|n| {
                            matches!(
                                self.back(n),
                                "brings"
                                    | "bringing"
                                    | "takes"
                                    | "taking"
                                    | "lifts"
                                    | "lifting"
                                    | "pushes"
                                    | "pushing"
                                    | "brought"
                            )
                        }) =>
                {
                    return Some(Role::Cumulative);
                }
                "round" if self.back(1) == "to" && self.takes(n) => return Some(Role::Cumulative),
                _ if n == 2 && self.is_whole_round() => return Some(Role::Cumulative),
                "funding" | "financing" | "capital"
                    if at_or_to
                        && (n + 1..n + 6).any(|n| {
                            matches!(
                                self.back(n),
                                "brings"
                                    | "bringing"
                                    | "takes"
                                    | "taking"
                                    | "lifts"
                                    | "lifting"
                                    | "total"
                                    | "pushes"
                                    | "pushing"
                                    | "cumulative"
                                    | "brought"
                            )
                        }) =>
                {
                    return Some(Role::Cumulative);
                }
                "revenue" | "revenues" | "arr" | "sales" | "rate" | "profit" | "loss"
                | "income" | "spend" | "spending" | "cost" | "costs" | "capex" | "market"
                | "budget" | "expenditure" | "expenditures" | "earnings" | "turnover"
                | "backlog" | "assets" | "fine" | "fined"
                    if self.only_glue(n) =>
                {
                    return Some(Role::Other);
                }
                "fund" if self.only_glue(n) && matches!(self.back(1), "of" | "at") => {
                    return Some(Role::Other);
                }
                "spend" | "spent" | "spends" | "earn" | "earned" | "earns" | "saves" | "save"
                | "paying"
                    if n == 1 && word != "paying" =>
                {
                    return (word.starts_with("earn") || word.starts_with("save"))
                        .then_some(Role::Other);
                }
                _ => {}
            }
        }
        None
    }

    /// `takes the round to`, `bringing the financing to`.
    fn takes(&self, n: usize) -> bool {
        (n + 1..n + 4).any(|n| {
            matches!(self.back(n), "takes" | "taking" | "brings" | "bringing" | "took" | "brought")
        })
    }

    /// Whether only small words stand between the nth token before the sum and the sum.
    fn only_glue(&self, n: usize) -> bool {
        (1..n).all(|n| {
            matches!(
                self.back(n),
                "works"
                    | "out"
                    | "comes"
                    | "amounts"
                    | "sits"
                    | "stays"
                    | "equates"
                    | "currently"
                    | "of"
                    | "at"
                    | "to"
                    | "from"
                    | "by"
                    | "a"
                    | "an"
                    | "the"
                    | "is"
                    | "was"
                    | "be"
                    | "has"
                    | "have"
                    | "been"
                    | "could"
                    | "would"
                    | "may"
                    | "might"
                    | "will"
                    | "reach"
                    | "reached"
                    | "reaching"
                    | "rose"
                    | "rise"
                    | "rising"
                    | "jumped"
                    | "hit"
                    | "hits"
                    | "up"
                    | "down"
                    | "high"
                    | "as"
                    | "much"
                    | "more"
                    | "than"
                    | "its"
                    | "grew"
                    | "climbed"
                    | "now"
                    | "stood"
                    | "stands"
                    | "doubled"
                    | "tripled"
                    | "doubling"
                    | "tripling"
                    | "soar"
                    | "soared"
                    | "approach"
                    | "approaching"
                    | "exceed"
                    | "exceeding"
                    | "total"
                    | "totaled"
                    | "totalled"
                    | "came"
                    | "run"
                    | "hitting"
                    | "topped"
                    | "topping"
                    | "above"
                    | "around"
                    | "just"
                    | "that"
                    | "it"
                    | "somewhere"
                    | "near"
                    | "between"
                    | "pushing"
                    | "nearly"
                    | "over"
                    | "about"
                    | "worth"
                    | "on"
                    | "in"
                    | "value"
                    | "post"
                    | "pre"
                    | "money"
                    | "-"
                    | "passed"
                    | "reaches"
                    | "totaling"
                    | "totalling"
            )
        })
    }

    /// `$4 billion including the new money`, `before the investment`: what the words after say.
    fn basis_after(&self) -> Basis {
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
    fn basis(&self, n: usize) -> Basis {
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

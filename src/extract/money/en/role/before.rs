//! What the words that lead up to a sum say of it: `valued at`, `a total of`, `revenue of`.

use super::REACH;
use super::Window;
use super::words;
use crate::domain::Basis;
use crate::extract::money::Role;

impl Window<'_> {
    /// By the words that lead up to it.
    pub(super) fn before(&self) -> Option<Role> {
        let governed = matches!(self.back(1), "at" | "to" | "of" | "from");
        for n in 1..=REACH {
            let word = self.back(n);
            if matches!(word, "" | ";" | ":") || (n == 1 && is_spent(word)) {
                return None;
            }
            let role = self
                .worth(n, governed)
                .or_else(|| self.total(n, governed))
                .or_else(|| self.no_deal(n));
            if role.is_some() {
                return role;
            }
        }
        None
    }

    /// The nth word before the sum makes it what a company is worth.
    fn worth(&self, n: usize, governed: bool) -> Option<Role> {
        let (word, next) = (self.back(n), self.back(n + 1));
        let unsaid = Some(Role::Valuation(Basis::Unspecified));
        match word {
            "valuation" | "valuations" if self.only_glue(n) => Some(Role::Valuation(self.basis(n))),
            "valued" | "values" | "valuing" | "value" | "priced" | "pegs" | "pegged"
            | "appraised"
                if governed || n == 1 =>
            {
                let of_deal = word == "value"
                    && matches!(next, "order" | "contract" | "deal" | "transaction")
                    && n <= 2;
                Some(if of_deal { Role::Plain } else { Role::Valuation(self.basis(n)) })
            }
            "worth" if n == 1 => Some(self.what_is_worth()),
            "capitalization" | "capitalisation" | "cap" if self.only_glue(n) => unsaid,
            "tag" if next == "price" && self.only_glue(n) => unsaid,
            _ => None,
        }
    }

    /// `a deal worth`, `chips worth`, `a company worth`.
    fn what_is_worth(&self) -> Role {
        let near = |list: &[&str]| (2..6).any(|n| list.contains(&self.back(n)));
        // `an agreement that A reported is worth $20bn`
        let told = matches!(self.back(2), "is" | "was" | "be" | "are" | "were")
            && (3..9).any(|n| {
                matches!(self.back(n), "that" | "which")
                    && matches!(self.back(n + 1), "agreement" | "deal" | "transaction")
            });
        if told {
            return Role::Plain;
        }
        if near(&["contract", "contracts", "order", "orders", "chips", "market", "servers", "gpus"])
        {
            Role::Other
        } else if near(&[
            "deal",
            "transaction",
            "round",
            "series",
            "financing",
            "funding",
            "raise",
            "acquisition",
            "investment",
            "agreement",
            "stake",
            "takeover",
            "bid",
            "offer",
            "approach",
            "purchase",
            "buyout",
            "facility",
            "loan",
            "tranche",
            "sale",
            "placement",
            "tender",
            "offering",
            "shares",
            "stock",
            "notes",
            "bonds",
            "injection",
            "cheque",
            "package",
        ]) {
            Role::Plain
        } else {
            Role::Valuation(Basis::Unspecified)
        }
    }

    /// The nth word before the sum makes it a total to date.
    fn total(&self, n: usize, governed: bool) -> Option<Role> {
        let word = self.back(n);
        let brings = |reach: usize| (n + 1..n + reach).any(|n| is_bringing(self.back(n)));
        let total = match word {
            "total" | "altogether" => (n <= 6 || governed) && !self.is_price(n),
            "raised" => governed && brings(12),
            "round" => self.back(1) == "to" && self.takes(n),
            "funding" | "financing" | "capital" => {
                governed
                    && (brings(6)
                        || (n + 1..n + 6).any(|n| matches!(self.back(n), "total" | "cumulative")))
            }
            _ => false,
        };
        (total || (n == 2 && self.is_whole_round())).then_some(Role::Cumulative)
    }

    /// `total consideration of`, `acquired for a total of`: the whole of one price.
    fn is_price(&self, n: usize) -> bool {
        let of_price = (1..n).any(|n| {
            matches!(
                self.back(n),
                "consideration"
                    | "price"
                    | "cost"
                    | "value"
                    | "proceeds"
                    | "commitment"
                    | "commitments"
                    | "size"
                    | "transaction"
                    | "purchase"
                    | "subscription"
            )
        });
        let paid = (n + 1..n + 4).any(|n| self.back(n) == "for")
            || (n + 1..n + 14).any(|n| {
                matches!(self.back(n), "acquire" | "acquired" | "buy" | "bought" | "paid" | "pay")
            });
        of_price || paid
    }

    /// The nth word before the sum makes it no deal's: revenue, a fund, a fine.
    fn no_deal(&self, n: usize) -> Option<Role> {
        let other = match self.back(n) {
            "revenue" | "revenues" | "arr" | "sales" | "rate" | "profit" | "loss" | "income"
            | "spend" | "spending" | "cost" | "costs" | "capex" | "market" | "budget"
            | "expenditure" | "expenditures" | "earnings" | "turnover" | "backlog" | "assets"
            | "fine" | "fined" | "bookings" | "ebitda" | "losses" | "profits" | "fee"
            | "salary" => self.only_glue(n),
            "fund" => self.only_glue(n) && matches!(self.back(1), "of" | "at"),
            "earn" | "earned" | "earns" | "saves" | "save" => n == 1,
            _ => false,
        };
        other.then_some(Role::Other)
    }

    /// `takes the round to`, `bringing the financing to`.
    fn takes(&self, n: usize) -> bool {
        (n + 1..n + 4).any(|n| {
            matches!(self.back(n), "takes" | "taking" | "brings" | "bringing" | "took" | "brought")
        })
    }

    /// Whether only small words stand between the nth token before the sum and the sum.
    fn only_glue(&self, n: usize) -> bool {
        (1..n).all(|n| words::is_glue(self.back(n)))
    }
}

/// `will spend $5 billion`: on what, the words after say.
fn is_spent(word: &str) -> bool {
    matches!(word, "spend" | "spent" | "spends")
}

fn is_bringing(word: &str) -> bool {
    matches!(
        word,
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
}

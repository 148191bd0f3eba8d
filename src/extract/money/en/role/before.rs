//! What the words that lead up to a sum say of it: `valued at`, `a total of`, `revenue of`.

use super::REACH;
use super::Window;
use super::words;
use crate::domain::Basis;
use crate::extract::money::Role;

impl Window<'_> {
    /// By the words that lead up to it.
    pub(super) fn before(&self) -> Option<Role> {
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
        (1..n).all(|n| words::is_glue(self.back(n)))
    }
}

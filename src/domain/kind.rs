//! The closed lists: kinds, statuses, doubts, terms, fields.

/// A word that is not on a closed list.
#[derive(Debug, thiserror::Error)]
#[error("`{word}` is no {list}: use one of {known}")]
pub struct UnknownWord {
    word: String,
    list: &'static str,
    known: String,
}

impl UnknownWord {
    /// The error for `word`, with the words that are known.
    pub(crate) fn new(
        word: &str,
        list: &'static str,
        known: impl Iterator<Item = &'static str>,
    ) -> UnknownWord {
        let known = known.collect::<Vec<_>>().join(", ");
        UnknownWord { word: word.to_owned(), list, known }
    }
}

/// An enum whose variants are words of the interface, the same in code, SQL, JSON and messages.
macro_rules! words {
    (
        $(#[$doc:meta])* $name:ident, $list:literal {
            $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)?
        }
    ) => {
        $(#[$doc])*
        #[derive(
            Debug,
            Clone,
            Copy,
            PartialEq,
            Eq,
            PartialOrd,
            Ord,
            Hash,
            ::serde::Serialize,
            ::serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The word of the interface.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::domain::kind::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|known| known.as_str() == word).ok_or_else(|| {
                    $crate::domain::kind::UnknownWord::new(
                        word,
                        $list,
                        Self::ALL.iter().map(|k| k.as_str()),
                    )
                })
            }
        }
    };
}
pub(crate) use words;

words!(
    /// What happens to the company.
    DealKind, "kind of deal" {
        /// New money for new shares, also from one strategic investor.
        Funding = "funding",
        /// A named company or state takes a stake.
        InvestmentStake = "investment_stake",
        /// Loans and facilities.
        Debt = "debt",
        /// Sale of existing shares, a tender.
        Secondary = "secondary",
        /// The company is bought.
        Acquisition = "acquisition",
        /// Two become one; the smaller is the target.
        Merger = "merger",
        /// People and a licence without the shares.
        Acquihire = "acquihire",
        /// Some of its assets are bought.
        AssetPurchase = "asset_purchase",
        /// A unit is sold by its parent.
        Divestiture = "divestiture",
        /// Shares are listed.
        Ipo = "ipo",
    }
);

words!(
    /// Kinds that can be one deal told differently.
    KindGroup, "group of kinds" {
        /// Money into the company.
        Funding = "funding",
        /// The company, or a part of it, changes hands.
        Control = "control",
        /// Shares are listed.
        Ipo = "ipo",
    }
);

impl DealKind {
    /// The group inside which mentions may be one deal.
    pub const fn group(self) -> KindGroup {
        match self {
            Self::Funding | Self::InvestmentStake | Self::Debt | Self::Secondary => {
                KindGroup::Funding
            }
            Self::Acquisition
            | Self::Merger
            | Self::Acquihire
            | Self::AssetPurchase
            | Self::Divestiture => KindGroup::Control,
            Self::Ipo => KindGroup::Ipo,
        }
    }
}

words!(
    /// How far the deal is. A mention never says `expired`.
    DealStatus, "status" {
        /// Looks for money or a buyer.
        Seeking = "seeking",
        /// Unnamed sources say it happened.
        Rumoured = "rumoured",
        /// Negotiating, planned, 拟.
        InTalks = "in_talks",
        /// Announced.
        Announced = "announced",
        /// Closed, delivered, traded.
        Completed = "completed",
        /// Broken off.
        Terminated = "terminated",
        /// The company says it is not so.
        Denied = "denied",
        /// A rumour that nothing followed.
        Expired = "expired",
    }
);

words!(
    /// How a purchase is paid.
    Terms, "kind of payment" {
        /// Cash.
        Cash = "cash",
        /// Shares.
        Stock = "stock",
        /// Cash and shares.
        Mixed = "mixed",
        /// Part of it depends on later results.
        EarnOut = "earn_out",
    }
);

words!(
    /// A named reason to be careful.
    Doubt, "doubt" {
        /// One independent source so far.
        SingleSource = "single_source",
        /// Only unnamed sources so far.
        RumourOnly = "rumour_only",
        /// Sources give different sums.
        AmountConflict = "amount_conflict",
        /// The name can mean more than one company.
        EntityAmbiguous = "entity_ambiguous",
        /// The currency is not printed.
        CurrencyInferred = "currency_inferred",
        /// The date is not printed.
        DateInferred = "date_inferred",
    }
);

words!(
    /// A field of a mention or a deal, as its JSON key.
    Field, "field" {
        /// The company.
        Target = "target",
        /// What happens.
        Kind = "kind",
        /// How far it is.
        Status = "status",
        /// Who buys.
        Acquirers = "acquirers",
        /// Who sells.
        Sellers = "sellers",
        /// Who advises.
        Advisers = "advisers",
        /// What is bought, if not the company.
        Asset = "asset",
        /// The round.
        Round = "round",
        /// The sum of this deal.
        Amount = "amount",
        /// The sum that is sought.
        TargetAmount = "target_amount",
        /// The total raised to date.
        Cumulative = "cumulative",
        /// What the company is worth.
        Valuation = "valuation",
        /// Who puts money in.
        Investors = "investors",
        /// The share that changes hands.
        StakePct = "stake_pct",
        /// How it is paid.
        Terms = "terms",
        /// When it was announced.
        AnnouncedOn = "announced_on",
        /// When it closed.
        ClosedOn = "closed_on",
        /// When it should close.
        ExpectedClose = "expected_close",
        /// Whether it concerns an AI company.
        Ai = "ai",
        /// Whether it is the news of the text.
        Main = "main",
    }
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_prints_as_it_was_read() {
        for kind in DealKind::ALL {
            assert_eq!(kind.as_str().parse::<DealKind>().unwrap(), *kind);
            assert_eq!(serde_json::to_string(kind).unwrap(), format!("\"{kind}\""));
        }
    }

    #[test]
    fn an_unknown_word_is_answered_with_the_known_ones() {
        let error = "grant".parse::<DealKind>().unwrap_err().to_string();
        assert!(error.starts_with("`grant` is no kind of deal: use one of funding,"), "{error}");
    }
}

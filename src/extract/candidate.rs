//! One reading of an event in one sentence, before the article as a whole is weighed.

use super::Found;
use super::date::When;
use super::party::Party;
use crate::domain::Amount;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Percent;
use crate::domain::RoundCode;
use crate::domain::Span;
use crate::domain::Terms;
use crate::domain::Valuation;

/// Who puts money in, and whether the words say that they lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Backer {
    /// The name.
    pub party: Found<Party>,
    /// Said to lead.
    pub lead: bool,
}

/// An event frame with its slots.
///
/// A frame fills what its own words say and leaves the rest empty; [`super::assembly`] resolves
/// references, merges candidates on one deal and supplies defaults.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The sentence's number.
    pub sentence: usize,
    /// The words that set the frame off, and the rule's name.
    pub trigger: Found<DealKind>,
    /// The kind is only what the words fit (a stake or a round); another candidate on the same
    /// deal may know better.
    pub kind_is_weak: bool,
    /// How far it is; `None` leaves it to the default of the assembly (announced).
    pub status: Option<Found<DealStatus>>,
    /// The company. `None`: the words speak of a deal known from before ("the round").
    pub target: Option<Found<Party>>,
    /// Who buys.
    pub acquirers: Vec<Found<Party>>,
    /// Who sells.
    pub sellers: Vec<Found<Party>>,
    /// Who advises.
    pub advisers: Vec<Found<Party>>,
    /// Who puts money in.
    pub investors: Vec<Backer>,
    /// What is bought, if not the company.
    pub asset: Option<Found<String>>,
    /// The round.
    pub round: Option<Found<RoundCode>>,
    /// The sum of this deal.
    pub amount: Option<Found<Amount>>,
    /// The sum that is sought.
    pub target_amount: Option<Found<Amount>>,
    /// The total to date.
    pub cumulative: Option<Found<Amount>>,
    /// What the company is worth.
    pub valuation: Option<Found<Valuation>>,
    /// The share.
    pub stake: Option<Found<Percent>>,
    /// How it is paid.
    pub terms: Option<Found<Terms>>,
    /// The date the words give the event.
    pub when: Option<Found<When>>,
    /// Told as something that was before the news: `previously`, `last year`, 此前.
    pub past: bool,
    /// This does not make a deal by itself; it adds to one that other words state.
    pub supports_only: bool,
}

impl Candidate {
    /// A frame of which only the trigger is known.
    pub fn new(sentence: usize, kind: DealKind, span: Span, rule: &'static str) -> Candidate {
        Candidate {
            sentence,
            trigger: Found { value: kind, span, rule },
            kind_is_weak: false,
            status: None,
            target: None,
            acquirers: Vec::new(),
            sellers: Vec::new(),
            advisers: Vec::new(),
            investors: Vec::new(),
            asset: None,
            round: None,
            amount: None,
            target_amount: None,
            cumulative: None,
            valuation: None,
            stake: None,
            terms: None,
            when: None,
            past: false,
            supports_only: false,
        }
    }

    /// What happens.
    pub fn kind(&self) -> DealKind {
        self.trigger.value
    }
}

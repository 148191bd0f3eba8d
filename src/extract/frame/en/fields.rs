//! Key facts of a list: `Amount: $300 million`, `Lead investor: A`, `Valuation: $2 billion`. They
//! add to a deal that other words state.

use super::backers;
use super::line::Line;
use crate::domain::DealKind;
use crate::domain::Valuation;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::money::Role;

/// The longest label, in words.
const LONGEST: usize = 4;

/// What such a line adds.
pub(super) fn read(line: &Line<'_>) -> Option<Candidate> {
    if line.in_title() {
        return None;
    }
    let from = (0..2).find(|at| line.word(*at).chars().any(char::is_alphabetic))?;
    let colon = (from + 1..=from + LONGEST).find(|at| line.word(*at) == ":")?;
    let label = |words: &[&str]| (from..colon).any(|at| words.contains(&line.word(at)));
    let span = line.span(from, colon)?;
    let mut candidate =
        Candidate::new(line.sentence.index, DealKind::Funding, span, "frame.en.field");
    candidate.supports_only = true;
    candidate.kind_is_weak = true;
    let sum = line.sum(colon + 1).or_else(|| line.sum(colon + 2));
    if label(&["valuation", "valued", "value", "worth"]) {
        let sum = sum?;
        let basis = match sum.value.role {
            Role::Valuation(basis) => basis,
            Role::Plain | Role::Cumulative | Role::Other => crate::domain::Basis::Unspecified,
        };
        let worth = Valuation::new(sum.value.amount.clone(), basis);
        candidate.valuation = Some(Found { value: worth, span: sum.span, rule: sum.rule });
    } else if label(&["amount", "size", "proceeds", "raised", "raise", "sum", "funding", "total"]) {
        let sum = sum.filter(|sum| sum.value.role == Role::Plain)?;
        let amount = sum.value.amount.clone();
        candidate.amount = Some(Found { value: amount, span: sum.span, rule: sum.rule });
    } else if label(&["lead", "leads", "led", "investors", "investor", "backers", "participants"]) {
        let lead = label(&["lead", "leads", "led"]);
        for party in line.list(colon + 1) {
            backers::push(&mut candidate.investors, Backer { party: party.clone(), lead });
        }
        (!candidate.investors.is_empty()).then_some(())?;
    } else {
        return None;
    }
    Some(candidate)
}

//! How likely a mention is right: an honest number, and named doubts.

use crate::domain::DealStatus;
use crate::domain::Doubt;
use crate::domain::Mention;

/// What the assembly knows of a mention beyond its fields.
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own, read by its name")]
#[derive(Debug, Clone, Copy, Default)]
pub struct Support {
    /// How many candidates agree on it.
    pub candidates: usize,
    /// One of them stands in the title.
    pub in_title: bool,
    /// The target came through a reference and not by name.
    pub referred: bool,
    /// Only the second reading of a round-up found it.
    pub loose: bool,
    /// Two sums contradict each other.
    pub amount_conflict: bool,
    /// A currency was taken from around the sum.
    pub currency_inferred: bool,
}

/// Sets `confidence` and `doubts`.
pub fn judge(mention: &mut Mention, support: Support) {
    // The weights are those under which, on labelled articles in both languages, the score of a
    // mention is the share of mentions of that score that are right.
    let mut score: f64 = 0.65;
    score += if support.in_title { 0.15 } else { 0.0 };
    score += if support.candidates > 1 { 0.08 } else { 0.0 };
    score += if mention.amount.is_some() || mention.round.is_some() { 0.08 } else { 0.0 };
    score += if mention.target_id.is_some() { 0.08 } else { 0.0 };
    score -= if support.referred { 0.08 } else { 0.0 };
    score -= if support.loose { 0.15 } else { 0.0 };
    score -= if support.amount_conflict { 0.1 } else { 0.0 };
    score -= if mention.main { 0.0 } else { 0.1 };
    mention.confidence = (score.clamp(0.05, 0.99) * 100.0).round() / 100.0;
    if mention.status == DealStatus::Rumoured {
        mention.doubts.push(Doubt::RumourOnly);
    }
    if support.loose {
        mention.doubts.push(Doubt::EntityAmbiguous);
    }
    if support.amount_conflict {
        mention.doubts.push(Doubt::AmountConflict);
    }
    if support.currency_inferred {
        mention.doubts.push(Doubt::CurrencyInferred);
    }
}

//! What looks like a deal and is none: funds, grants, capital spending, orders, buybacks.

mod en;
mod zh;

use super::candidate::Candidate;
use super::facts::Facts;
use super::text::Sentence;
use super::text::Text;
use crate::domain::Lang;

/// Why a candidate is no deal, if it is none.
///
/// The reason is a rule's name; it is shown by `explain`.
pub fn reason(
    text: &Text,
    sentence: &Sentence,
    facts: &Facts,
    candidate: &Candidate,
) -> Option<&'static str> {
    match sentence.lang {
        Lang::En => en::reason(text, sentence, facts, candidate),
        Lang::Zh => zh::reason(text, sentence, facts, candidate),
    }
}

//! What is no deal, in Chinese.

use crate::extract::candidate::Candidate;
use crate::extract::facts::Facts;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// Why a candidate is no deal.
pub(super) fn reason(
    _text: &Text,
    _sentence: &Sentence,
    _facts: &Facts,
    _candidate: &Candidate,
) -> Option<&'static str> {
    None
}

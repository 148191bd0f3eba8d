//! Event frames in English.

use crate::extract::candidate::Candidate;
use crate::extract::facts::Facts;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// Appends the candidates of a sentence.
pub(super) fn read(
    _text: &Text,
    _sentence: &Sentence,
    _facts: &Facts,
    _candidates: &mut Vec<Candidate>,
) {
}

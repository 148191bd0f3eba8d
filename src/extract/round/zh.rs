//! Rounds in Chinese.

use super::*;

/// The rounds of a sentence.
pub(super) fn find(_text: &Text, _sentence: &Sentence) -> Vec<Found<RoundCode>> {
    Vec::new()
}

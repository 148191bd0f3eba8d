//! Shares of a company in Chinese.

use super::*;

/// The shares of a sentence.
pub(super) fn find(_text: &Text, _sentence: &Sentence) -> Vec<Found<Percent>> {
    Vec::new()
}

//! Chinese words about artificial intelligence.

use super::Term;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// The terms of a sentence.
pub(super) fn find(_text: &Text, _sentence: &Sentence) -> Vec<Term> {
    Vec::new()
}

//! Event frames: what happened, and who stands in which place.

mod en;
mod zh;

use super::candidate::Candidate;
use super::facts::Facts;
use super::text::Text;
use crate::domain::Lang;

/// The candidates of an article, in order of the text.
///
/// `facts` has one entry for each sentence.
pub fn read(text: &Text, facts: &[Facts]) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let of_funding = en::is_of_funding(text, facts);
    for (sentence, facts) in text.sentences().iter().zip(facts) {
        if sentence.debris {
            continue;
        }
        match sentence.lang {
            Lang::En => en::read(text, sentence, facts, of_funding, &mut candidates),
            Lang::Zh => zh::read(text, sentence, facts, &mut candidates),
        }
    }
    candidates
}

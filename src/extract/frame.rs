//! Event frames: what happened, and who stands in which place.

mod en;
mod zh;

pub(in crate::extract) use en::Line;
pub(in crate::extract) use en::Unit;

use super::candidate::Candidate;
use super::facts::Facts;
use super::text::Sentence;
use super::text::Text;
use crate::domain::Lang;

/// Which sentences can open a deal; the others can only add to one.
///
/// `facts` has one entry for each sentence, with its sums, shares and rounds.
pub fn openings(text: &Text, facts: &[Facts]) -> Vec<bool> {
    let sentences = text.sentences().iter().zip(facts);
    let opens = sentences.map(|(sentence, facts)| {
        !sentence.debris
            && match sentence.lang {
                Lang::En => en::can_open(text, sentence, facts),
                Lang::Zh => zh::can_open(text, sentence, facts),
            }
    });
    let mut opens: Vec<bool> = opens.collect();
    for sentence in zh::in_sheets(text) {
        if let Some(opens) = opens.get_mut(sentence) {
            *opens = true;
        }
    }
    opens
}

/// The deals that are told in fields, each on lines or in a row of its own.
pub fn sheets(text: &Text, facts: &[Facts]) -> Vec<Candidate> {
    zh::sheets(text, facts)
}

/// Whether an article speaks of a company's funding anywhere; Chinese sentences do not ask.
pub fn is_of_funding(text: &Text, facts: &[Facts]) -> bool {
    text.sentences().iter().any(|sentence| sentence.lang == Lang::En)
        && en::is_of_funding(text, facts)
}

/// The candidates of the sentences that are `wanted`, in order of the text.
///
/// `facts` has one entry for each sentence; `of_funding` is what [`is_of_funding`] says of it.
pub fn read(
    text: &Text,
    facts: &[Facts],
    of_funding: bool,
    wanted: impl Fn(&Sentence) -> bool,
) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let sheets = zh::in_sheets(text);
    for (sentence, facts) in text.sentences().iter().zip(facts) {
        if sentence.debris || !wanted(sentence) || sheets.binary_search(&sentence.index).is_ok() {
            continue;
        }
        match sentence.lang {
            Lang::En => en::read(text, sentence, facts, of_funding, &mut candidates),
            Lang::Zh => zh::read(text, sentence, facts, &mut candidates),
        }
    }
    candidates
}

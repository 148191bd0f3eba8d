//! Event frames in Chinese: a clause is read from its verb, and the names take their places by
//! what stands before and after them.

mod control;
mod funding;
mod listing;
mod scene;
mod status;

use std::sync::LazyLock;

use crate::extract::candidate::Candidate;
use crate::extract::facts::Facts;
use crate::extract::lexicon::dictionary::Dictionary;
use crate::extract::segment;
use crate::extract::segment::Class;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// Appends the candidates of a sentence.
pub(super) fn read(
    text: &Text,
    sentence: &Sentence,
    facts: &Facts,
    candidates: &mut Vec<Candidate>,
) {
    let tells = can_tell(text, sentence, facts);
    // Where debugging is on, the silence of the rest is checked and not believed.
    if !tells && !cfg!(debug_assertions) {
        return;
    }
    let scene = scene::Scene::new(text, sentence, facts);
    let first = candidates.len();
    control::read(&scene, candidates);
    listing::read(&scene, candidates);
    let taken: Vec<_> =
        candidates.get(first..).unwrap_or_default().iter().map(|c| c.trigger.span).collect();
    funding::read(&scene, &taken, candidates);
    if candidates.len() == first {
        funding::worth(&scene, candidates);
    }
    for candidate in candidates.iter_mut().skip(first) {
        status::settle(&scene, candidate);
    }
    if let Some(own) = candidates.get_mut(first..) {
        own.sort_by_key(|candidate| candidate.trigger.span.start());
    }
    debug_assert!(
        tells || candidates.len() == first,
        "a frame was read where no word of `TELLING` stands: {}",
        text.of(sentence.span)
    );
}

/// The classes of words of which every frame has one, if it has neither a sum nor a round.
const TELLING: &[Class] = &[
    Class::Acquire,
    Class::Sell,
    Class::Merge,
    Class::Hire,
    Class::License,
    Class::List,
    Class::Raise,
    Class::Lead,
    Class::Follow,
    Class::Invest,
    Class::Finish,
    Class::Backers,
    Class::Lend,
    Class::Resale,
];

/// Whether a frame can be read in the sentence at all: most sentences of most articles hold no word
/// that one begins with, and are not looked at any further.
///
/// Sound whatever the names in the sentence are, because the words are looked for as plain text.
fn can_tell(text: &Text, sentence: &Sentence, facts: &Facts) -> bool {
    static WORDS: LazyLock<Dictionary<()>> = LazyLock::new(|| {
        let words = segment::words_of(TELLING).chain([listing::CORNERSTONES]);
        Dictionary::new(words.map(|word| (word, ())))
    });
    !facts.sums.is_empty()
        || !facts.rounds.is_empty()
        || WORDS.find(text.of(sentence.span)).next().is_some()
}

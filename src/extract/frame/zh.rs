//! Event frames in Chinese: a clause is read from its verb, and the names take their places by
//! what stands before and after them.

mod control;
mod funding;
mod listing;
mod scene;
mod status;

use crate::extract::candidate::Candidate;
use crate::extract::facts::Facts;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// Appends the candidates of a sentence.
pub(super) fn read(
    text: &Text,
    sentence: &Sentence,
    facts: &Facts,
    candidates: &mut Vec<Candidate>,
) {
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
}

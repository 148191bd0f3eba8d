//! Event frames in Chinese: a clause is read from its verb, and the names take their places by
//! what stands before and after them.

mod control;
mod funding;
mod listing;
mod scene;
mod sheet;
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
    let tells = told(text, sentence, facts) > Told::Nothing;
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

/// Words of [`TELLING`] that open a deal only beside a sum, a share or a word of [`SHARES`].
///
/// Beside one they may, so `control` and `funding` ask for one there.
const WEAK: &[&str] = control::WEAK;

/// Words that make a purchase of what may be goods one of a company.
const SHARES: &[&str] = control::OF_A_COMPANY;

/// What a sentence can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    /// No word that a frame begins with.
    Nothing,
    /// Something that adds to a deal.
    Addition,
    /// A deal.
    Deal,
}

/// What can be told in the sentence at all: most sentences of most articles hold no word that a
/// frame begins with, and are not looked at any further.
///
/// Sound whatever the names in the sentence are, because the words are looked for as plain text.
fn told(text: &Text, sentence: &Sentence, facts: &Facts) -> Told {
    /// Each word, and whether it opens a deal by itself.
    static WORDS: LazyLock<Dictionary<bool>> = LazyLock::new(|| {
        let of = |class| segment::words_of(class);
        let weak = of(&[Class::Finish]).filter(|word| *word != "吸纳");
        let weak =
            weak.chain(WEAK.iter().copied().filter(|word| !matches!(*word, "并入" | "重组")));
        let strong = of(TELLING).map(|word| (word, true));
        let adding = [(listing::CORNERSTONES, false), (control::CONTROLS, true)];
        Dictionary::new(weak.map(|word| (word, false)).chain(strong).chain(adding))
    });
    let words = text.of(sentence.span);
    let valued = !facts.sums.is_empty() || !facts.percents.is_empty();
    // An item of a list may be a name and a sum.
    if !facts.rounds.is_empty() || sentence.bullet && !facts.sums.is_empty() {
        return Told::Deal;
    }
    let mut told = if facts.sums.is_empty() { Told::Nothing } else { Told::Addition };
    for hit in WORDS.find(words) {
        if hit.label {
            return Told::Deal;
        }
        told = Told::Addition;
        if valued {
            return Told::Deal;
        }
    }
    let shares = told == Told::Addition && SHARES.iter().any(|word| words.contains(word));
    if shares { Told::Deal } else { told }
}

/// The sentences whose fields are read together.
pub(super) fn in_sheets(text: &Text) -> Vec<usize> {
    sheet::sentences(text)
}

/// The deals that are told in fields.
pub(super) fn sheets(text: &Text, facts: &[Facts]) -> Vec<Candidate> {
    sheet::read(text, facts)
}

/// Whether the sentence can open a deal.
pub(super) fn can_open(text: &Text, sentence: &Sentence, facts: &Facts) -> bool {
    told(text, sentence, facts) == Told::Deal
}

//! The word lists of the English frames, matched on the units of a line.

use std::sync::LazyLock;

use super::line::Line;
use crate::extract::lexicon;
use crate::extract::lexicon::hash::Filter;
use crate::extract::lexicon::hash::WordMap;

/// What a list of the lexicon is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    /// Verbs of taking part in a round.
    Joins,
    /// Verbs of giving, if money is the object.
    Funds,
    /// What is given.
    Money,
    /// Phrases that make a backer the lead.
    Leads,
    /// Nouns for those who give.
    Backers,
    /// Verbs of getting money, if money is the object.
    Gets,
    /// What sums are paid for that is no deal.
    Trade,
}

/// What may follow a first word, and the list that the phrase is on.
pub(super) type Phrases = Vec<(Vec<String>, List)>;

/// First word → the rest of each phrase, and its list; longest first.
static PHRASES: LazyLock<WordMap<Phrases>> = LazyLock::new(|| {
    let mut by_first: WordMap<Phrases> = WordMap::default();
    for (key, phrases) in lexicon::read(include_str!("../../lexicon/frame_en.toml")) {
        let list = match key.as_str() {
            "joins" => List::Joins,
            "funds" => List::Funds,
            "money" => List::Money,
            "leads" => List::Leads,
            "backers" => List::Backers,
            "gets" => List::Gets,
            _ => List::Trade,
        };
        for phrase in phrases {
            let mut words = phrase.split_whitespace().map(str::to_owned);
            let Some(first) = words.next() else { continue };
            by_first.entry(first).or_default().push((words.collect(), list));
        }
    }
    for phrases in by_first.values_mut() {
        phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    by_first
});

/// The phrases that begin with a word.
pub(super) fn begun(word: &str) -> Option<&'static Phrases> {
    static FIRSTS: LazyLock<Filter> =
        LazyLock::new(|| Filter::new(PHRASES.keys().map(String::as_str)));
    FIRSTS.may_hold(word).then(|| PHRASES.get(word))?
}

/// How many units a phrase of this list takes here.
pub(super) fn phrase(line: &Line<'_>, at: usize, list: List) -> Option<usize> {
    let phrases = line.begun(at)?;
    phrases.iter().filter(|(_, of)| *of == list).find_map(|(rest, _)| {
        let stands =
            rest.iter().enumerate().all(|(offset, word)| line.word(at + 1 + offset) == word);
        stands.then_some(rest.len() + 1)
    })
}

/// Whether a single word is on this list.
pub(super) fn is(line: &Line<'_>, at: usize, list: List) -> bool {
    phrase(line, at, list) == Some(1)
}

/// A word of a round, wherever it stands in the sentence.
pub(super) fn is_of_round(word: &str) -> bool {
    matches!(
        word,
        "round"
            | "funding"
            | "financing"
            | "raise"
            | "fundraise"
            | "fundraising"
            | "participated"
            | "participation"
            | "oversubscribed"
            | "loan"
            | "facility"
            | "lenders"
    )
}

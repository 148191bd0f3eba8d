//! The word lists that tell English names from their surroundings.

use std::sync::LazyLock;

use crate::extract::lexicon;
use crate::extract::lexicon::hash::WordSet;

#[derive(Debug, Default)]
struct Words {
    hard: WordSet,
    outlet: WordSet,
    place: WordSet,
    title: WordSet,
    fund: WordSet,
    suffix: WordSet,
    given: WordSet,
    head: WordSet,
    other_head: WordSet,
    common: WordSet,
    adjective: WordSet,
    function: WordSet,
    outlet_end: WordSet,
    thing_end: WordSet,
    thing: WordSet,
    magnitude: WordSet,
    unit: WordSet,
    opener: WordSet,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut lists = lexicon::read(include_str!("../../lexicon/party_en.toml"));
    lists.extend(lexicon::read(include_str!("../../lexicon/common_en.toml")));
    let mut take = |key: &str| lists.remove(key).unwrap_or_default().into_iter().collect();
    Words {
        hard: take("hard"),
        outlet: take("outlet"),
        place: take("place"),
        title: take("title"),
        fund: take("fund"),
        suffix: take("suffix"),
        given: take("given"),
        head: take("head"),
        other_head: take("other_head"),
        common: take("common"),
        adjective: take("adjective"),
        function: take("function"),
        outlet_end: take("outlet_end"),
        thing_end: take("thing_end"),
        thing: take("thing"),
        magnitude: take("magnitude"),
        unit: take("unit"),
        opener: take("opener"),
    }
});

/// Never the start of a name.
pub(crate) fn is_hard(word: &str) -> bool {
    WORDS.hard.contains(word)
}

/// A newspaper, agency or data firm.
pub(crate) fn is_outlet(word: &str) -> bool {
    WORDS.outlet.contains(word)
}

/// A country, city or nationality.
pub(crate) fn is_place(word: &str) -> bool {
    WORDS.place.contains(word)
}

/// What stands before a person's name.
pub(crate) fn is_title(word: &str) -> bool {
    WORDS.title.contains(word)
}

/// Part of a fund's name.
pub(crate) fn is_fund(word: &str) -> bool {
    WORDS.fund.contains(word)
}

/// A legal form or the like that may end a name.
pub(crate) fn is_suffix(word: &str) -> bool {
    WORDS.suffix.contains(word)
}

/// A given name.
pub(crate) fn is_given(word: &str) -> bool {
    WORDS.given.contains(word)
}

/// `startup`, `company`, and every maker: `chipmaker`, `truckmaker`.
pub(crate) fn is_head(word: &str) -> bool {
    WORDS.head.contains(word) || word.ends_with("maker")
}

/// `giant`, `acquirer`.
pub(crate) fn is_other_head(word: &str) -> bool {
    WORDS.other_head.contains(word)
}

/// A plain word of sentences and headlines.
pub(crate) fn is_common(word: &str) -> bool {
    WORDS.common.contains(word)
}

/// `backed`, `based`: after a hyphen it makes an adjective of a name.
pub(crate) fn is_adjective(word: &str) -> bool {
    WORDS.adjective.contains(word)
}

/// A word that ends a noun phrase.
pub(crate) fn is_function(word: &str) -> bool {
    WORDS.function.contains(word)
}

/// The last word of a newspaper's name.
pub(crate) fn ends_outlet(word: &str) -> bool {
    WORDS.outlet_end.contains(word)
}

/// The last word of a name that is no party: `Stock Exchange`.
pub(crate) fn ends_thing(word: &str) -> bool {
    WORDS.thing_end.contains(word)
}

/// A single capital that is no party: `Congress`.
pub(crate) fn is_thing(word: &str) -> bool {
    WORDS.thing.contains(word)
}

/// `million`, `%`, `employees`.
pub(crate) fn is_magnitude(word: &str) -> bool {
    WORDS.magnitude.contains(word)
}

/// What makes a count of the number that it is glued to.
pub(crate) fn is_unit(word: &str) -> bool {
    WORDS.unit.contains(word)
}

/// What opens a sentence before a name, and is no part of it: `Alongside`.
pub(crate) fn is_opener(word: &str) -> bool {
    WORDS.opener.contains(word)
}

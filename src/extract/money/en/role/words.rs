//! The word lists that tell what a sum is.

use std::sync::LazyLock;

use crate::extract::lexicon;
use crate::extract::lexicon::hash::WordSet;

#[derive(Debug)]
struct Words {
    no_deal: WordSet,
    glue: WordSet,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut lists = lexicon::read(include_str!("../../../lexicon/money_en.toml"));
    let mut take = |key: &str| lists.remove(key).unwrap_or_default().into_iter().collect();
    Words { no_deal: take("no_deal"), glue: take("glue") }
});

/// What a sum can be of without being a deal: revenue, a contract, a factory.
pub(super) fn is_no_deal(word: &str) -> bool {
    WORDS.no_deal.contains(word)
}

/// What may stand between a noun and the sum that says how much of it there is.
pub(super) fn is_glue(word: &str) -> bool {
    WORDS.glue.contains(word)
}

//! English words about artificial intelligence.

use std::sync::LazyLock;

use super::Strength;
use super::Term;
use crate::extract::lexicon::Phrases;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

static TERMS: LazyLock<Phrases<Strength>> = LazyLock::new(|| {
    Phrases::hyphenated(include_str!("../lexicon/ai_en.toml"), |key| match key {
        "strong" => Strength::Strong,
        _ => Strength::Weak,
    })
});

/// The terms of a sentence.
pub(super) fn find(text: &Text, sentence: &Sentence) -> Vec<Term> {
    let tokens = text.tokens_of(sentence);
    let terms = TERMS.find(text, tokens).into_iter().filter_map(|(range, strength)| {
        let (first, last) = (tokens.get(range.start)?, tokens.get(range.end - 1)?);
        let span = text.span(first.span.start(), last.span.end())?;
        let rule = match strength {
            Strength::Strong => "ai.en.strong",
            Strength::Weak => "ai.en.weak",
        };
        Some(Term { span, strength, rule })
    });
    terms.collect()
}

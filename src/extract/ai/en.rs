//! English words about artificial intelligence.

use std::sync::LazyLock;

use super::Strength;
use super::Term;
use crate::extract::lexicon::Phrases;
use crate::extract::text::Sentence;
use crate::extract::text::Text;
use crate::extract::text::Token;

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
        let strength =
            if is_negated(text, tokens, range.start) { Strength::Denied } else { strength };
        let (first, last) = (tokens.get(range.start)?, tokens.get(range.end - 1)?);
        let span = text.span(first.span.start(), last.span.end())?;
        let rule = match strength {
            Strength::Strong => "ai.en.strong",
            Strength::Weak => "ai.en.weak",
            Strength::Denied => "ai.en.denied",
        };
        Some(Term { span, strength, rule })
    });
    terms.collect()
}

/// `no AI here`, `not an AI company`, `has nothing to do with AI`: what a company is not.
fn is_negated(text: &Text, tokens: &[Token], at: usize) -> bool {
    let back = |n: usize| {
        at.checked_sub(n).and_then(|at| tokens.get(at)).map_or("", |token| text.of(token.span))
    };
    let not = |word: &str| matches!(word, "no" | "not" | "without" | "n't" | "never" | "hardly");
    not(back(1))
        || (not(back(2)) && matches!(back(1), "a" | "an" | "any" | "about"))
        || (matches!(back(1), "with" | "about") && (2..6).any(|n| back(n) == "nothing"))
}

//! English words about artificial intelligence, and of whom they speak.

mod scope;
mod trade;

use std::sync::LazyLock;

use super::Strength;
use super::Term;
use crate::extract::lexicon::Phrases;
use crate::extract::text::Sentence;
use crate::extract::text::Text;
use crate::extract::text::Token;

pub(super) use trade::trade;

/// What a phrase of the lexicon says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// AI by itself.
    Strong,
    /// AI beside something else.
    Weak,
    /// `software`, `networks`: AI where it learns.
    Machine,
}

static TERMS: LazyLock<Phrases<Word>> = LazyLock::new(|| {
    Phrases::hyphenated(include_str!("../lexicon/ai_en.toml"), |key| match key {
        "strong" => Word::Strong,
        "weak" => Word::Weak,
        _ => Word::Machine,
    })
});

/// The terms of a sentence.
pub(super) fn find(text: &Text, sentence: &Sentence) -> Vec<Term> {
    let tokens = text.tokens_of(sentence);
    let words = Words { text, tokens };
    let terms = TERMS.find(text, tokens).into_iter().filter_map(|(range, word)| {
        let strength = match word {
            _ if words.is_negated(range.start) => Strength::Denied,
            Word::Machine if words.learns(range.end) => Strength::Strong,
            Word::Machine => return None,
            Word::Weak if words.acts(&range) => Strength::Strong,
            Word::Weak => Strength::Weak,
            Word::Strong => scope::of(&words, &range)?,
        };
        let (first, last) = (tokens.get(range.start)?, tokens.get(range.end - 1)?);
        let span = text.span(first.span.start(), last.span.end())?;
        let rule = match strength {
            Strength::Strong => "ai.en.strong",
            Strength::Used => "ai.en.used",
            Strength::Weak => "ai.en.weak",
            Strength::Denied => "ai.en.denied",
        };
        Some(Term { span, strength, rule })
    });
    terms.collect()
}

/// The words of a sentence by their number.
struct Words<'t> {
    text: &'t Text,
    tokens: &'t [Token],
}

impl<'t> Words<'t> {
    fn at(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| self.text.of(token.span))
    }

    /// The n-th word before a place.
    fn back(&self, at: usize, n: usize) -> &'t str {
        at.checked_sub(n).map_or("", |at| self.at(at))
    }

    /// Printed with a capital, as a name is.
    fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.capital || token.inner_capital)
    }

    /// `no AI here`, `not an AI company`, `has nothing to do with AI`: what a company is not.
    fn is_negated(&self, at: usize) -> bool {
        let back = |n: usize| self.back(at, n);
        let not =
            |word: &str| matches!(word, "no" | "not" | "without" | "n't" | "never" | "hardly");
        not(back(1))
            || (not(back(2)) && matches!(back(1), "a" | "an" | "any" | "about"))
            || (matches!(back(1), "with" | "about") && (2..6).any(|n| back(n) == "nothing"))
    }

    /// The first word behind a subject that may be what it does: `models [that can] predict`.
    fn verb(&self, after: usize) -> &'t str {
        let skipped = |word: &str| {
            matches!(
                word,
                "that"
                    | "which"
                    | "can"
                    | "to"
                    | "will"
                    | "then"
                    | "also"
                    | "automatically"
                    | "could"
                    | "now"
            )
        };
        (after..after + 4).map(|at| self.at(at)).find(|word| !skipped(word)).unwrap_or_default()
    }

    /// `software that learns new parts`, `networks trained on`.
    fn learns(&self, after: usize) -> bool {
        matches!(
            self.verb(after),
            "learn"
                | "learns"
                | "learned"
                | "reason"
                | "reasons"
                | "teach"
                | "teaches"
                | "understands"
        ) || matches!(self.at(after), "trained" | "taught")
    }

    /// A machine does what a mind does: `whose models predict`, `its agents draft letters`.
    fn acts(&self, range: &std::ops::Range<usize>) -> bool {
        let subject = self.at(range.end.saturating_sub(1));
        let before = self.back(range.start, 1);
        match subject {
            "model" | "models" | "algorithm" | "algorithms" | "assistant" => {
                let trained = matches!(self.at(range.end), "trained" | "tuned" | "fine")
                    && before != "business";
                let of_trade = matches!(
                    before,
                    "business"
                        | "pricing"
                        | "revenue"
                        | "economic"
                        | "operating"
                        | "shop"
                        | "medical"
                );
                trained || (is_of_mind(self.verb(range.end)) && !of_trade)
            }
            "agents" => {
                let human = matches!(
                    before,
                    "estate"
                        | "insurance"
                        | "travel"
                        | "human"
                        | "sales"
                        | "center"
                        | "centre"
                        | "federal"
                        | "customs"
                        | "transfer"
                        | "talent"
                        | "purchasing"
                        | "support"
                        | "service"
                );
                is_of_mind(self.verb(range.end)) && !human
            }
            "robot" | "robots" | "drone" | "drones" => {
                matches!(
                    self.verb(range.end),
                    "learn"
                        | "learns"
                        | "navigate"
                        | "navigates"
                        | "see"
                        | "understand"
                        | "grasp"
                        | "decide"
                )
            }
            _ => false,
        }
    }
}

/// What a mind does.
fn is_of_mind(word: &str) -> bool {
    const VERBS: &[&str] = &[
        "read",
        "spot",
        "detect",
        "flag",
        "predict",
        "forecast",
        "diagnose",
        "recognise",
        "recognize",
        "identify",
        "learn",
        "generate",
        "write",
        "draft",
        "translate",
        "answer",
        "understand",
        "design",
        "plan",
        "reason",
        "tell",
        "log",
        "handle",
        "negotiate",
        "book",
        "call",
        "review",
        "summarise",
        "summarize",
        "compose",
        "decide",
        "navigate",
        "see",
        "act",
        "listen",
        "speak",
        "converse",
        "code",
        "debug",
        "resolve",
        "chase",
        "reconcile",
        "propose",
        "judge",
        "score",
        "interpret",
        "infer",
    ];
    let stem = match word {
        "identifies" => "identify",
        _ => word.strip_suffix('s').unwrap_or(word),
    };
    VERBS.contains(&word) || VERBS.contains(&stem)
}

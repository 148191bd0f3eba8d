//! What is no deal, in English.

use crate::domain::KindGroup;
use crate::domain::Lang;
use crate::extract::candidate::Candidate;
use crate::extract::facts::Facts;
use crate::extract::party::PartyKind;
use crate::extract::text::Kind;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// Why a candidate is no deal.
pub(super) fn reason(
    text: &Text,
    sentence: &Sentence,
    _facts: &Facts,
    candidate: &Candidate,
) -> Option<&'static str> {
    debug_assert_eq!(sentence.lang, Lang::En);
    let words: Vec<&str> = text
        .tokens_of(sentence)
        .iter()
        .filter(|token| token.kind == Kind::Word)
        .map(|token| text.of(token.span))
        .collect();
    let has = |word: &str| words.contains(&word);
    let funding = candidate.kind().group() == KindGroup::Funding;
    let investor = candidate.target.as_ref().is_some_and(|t| t.value.kind == PartyKind::Investor);
    if funding && investor && !has("startup") {
        return Some("nodeal.en.fund");
    }
    let pair = |first: &str, second: &[&str]| {
        words.windows(2).any(|pair| pair[0] == first && second.contains(&pair[1]))
    };
    if funding
        && has("fund")
        && (has("vehicle")
            || has("partners")
            || pair("venture", &["fund"])
            || pair("growth", &["fund"])
            || pair("debut", &["fund"])
            || pair("new", &["fund"]))
        && candidate.round.is_none()
        && candidate.investors.is_empty()
    {
        return Some("nodeal.en.fund");
    }
    if funding
        && candidate.amount.is_some()
        && !candidate.supports_only
        && candidate.round.is_none()
        && raises_a_fund(&words)
    {
        return Some("nodeal.en.fund");
    }
    if funding
        && candidate.round.is_none()
        && candidate.investors.is_empty()
        && is_of_many(text, sentence, candidate)
    {
        return Some("nodeal.en.market");
    }
    if funding && candidate.round.is_none() && is_grant(text, sentence, candidate) {
        return Some("nodeal.en.grant");
    }
    None
}

/// `for its eleventh fund`, `a second fund`, `Fund IV`, `two new pools of capital`: money that a
/// firm gathers to invest in others.
fn raises_a_fund(words: &[&str]) -> bool {
    words.windows(2).any(|pair| match (pair[0], pair[1]) {
        (which, "fund" | "funds" | "vehicle" | "vehicles") => is_which(which),
        ("fund", number) => matches!(number, "i" | "ii" | "iii" | "iv" | "v" | "vi" | "vii"),
        _ => false,
    }) || words.windows(3).any(|three| three == ["pools", "of", "capital"])
        || words.windows(2).any(|pair| pair == ["limited", "partners"])
}

/// Which fund it is: its number, what it is for, or that it is new.
fn is_which(word: &str) -> bool {
    matches!(
        word,
        "first"
            | "second"
            | "third"
            | "fourth"
            | "fifth"
            | "sixth"
            | "seventh"
            | "eighth"
            | "ninth"
            | "tenth"
            | "eleventh"
            | "twelfth"
            | "new"
            | "debut"
            | "inaugural"
            | "maiden"
            | "latest"
            | "flagship"
            | "stage"
            | "growth"
            | "seed"
            | "opportunity"
            | "venture"
            | "early"
            | "continuation"
            | "evergreen"
            | "secondaries"
            | "largest"
            | "two"
            | "three"
    )
}

/// `security startups took $5 billion`: what many raised together is no deal.
fn is_of_many(text: &Text, sentence: &Sentence, candidate: &Candidate) -> bool {
    let tokens = text.tokens_of(sentence);
    let at = tokens.partition_point(|token| token.span.start() < candidate.trigger.span.start());
    (1..3).filter_map(|n| at.checked_sub(n)).filter_map(|at| tokens.get(at)).any(|token| {
        matches!(text.of(token.span), "startups" | "start-ups" | "companies" | "firms")
    })
}

/// Words between a sum and the grant that it is.
const NEAR: usize = 12;

/// A grant beside the sum, or anywhere where no sum is told: `$3m as a grant`. One further on in
/// the sentence, `and the canton a grant of`, is another's.
fn is_grant(text: &Text, sentence: &Sentence, candidate: &Candidate) -> bool {
    let tokens = text.tokens_of(sentence);
    let place = candidate.amount.as_ref().map_or(candidate.trigger.span, |amount| amount.span);
    let own = tokens.partition_point(|token| token.span.start() < place.start());
    tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| matches!(text.of(token.span), "grant" | "grants"))
        .any(|(at, _)| {
            let (from, to) = (own.min(at), own.max(at));
            let apart = tokens
                .get(from..to)
                .unwrap_or_default()
                .iter()
                .any(|token| matches!(text.of(token.span), "," | ";"));
            candidate.amount.is_none() || at.abs_diff(own) <= NEAR && !(apart && at > own)
        })
}

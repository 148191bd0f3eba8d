//! Datelines: the place, and at times the day and the agency, before a paragraph's first sentence.

use super::words;
use crate::extract::text::Kind;
use crate::extract::text::Place;
use crate::extract::text::Sentence;
use crate::extract::text::Text;
use crate::extract::text::Token;

/// The longest dateline, in tokens: `SAN FRANCISCO, Calif., March 3, 2026 /PRNewswire/ -`.
const LONGEST: usize = 24;

/// How many tokens a dateline takes at the start of a sentence; none if there is none.
///
/// A dateline ends in a dash and has a place in capitals, a place that is known, or a day; of other
/// small words it has none: `Acme - the maker of chips - said` has no dateline.
pub(in crate::extract) fn length(text: &Text, sentence: &Sentence, tokens: &[Token]) -> usize {
    let opens = sentence
        .index
        .checked_sub(1)
        .and_then(|before| text.sentences().get(before))
        .is_none_or(|before| before.paragraph != sentence.paragraph);
    if sentence.place != Place::Body || sentence.bullet || !opens {
        return 0;
    }
    let word = |at: usize| tokens.get(at).map_or("", |token| text.of(token.span));
    let apart = |at: usize| tokens.get(at).is_some_and(|token| !token.glued);
    let is_dash = |at: usize| {
        matches!(word(at), "—" | "–" | "--")
            || (word(at) == "-" && (apart(at) || word(at + 1) == "-") && at + 1 < tokens.len())
    };
    let Some(dash) = (1..tokens.len().min(LONGEST)).find(|at| is_dash(*at)) else { return 0 };
    let head = tokens.get(..dash).unwrap_or_default();
    let plain = head.iter().any(|token| {
        token.kind == Kind::Word
            && !token.capital
            && !matches!(text.of(token.span), "and" | "de" | "la")
    });
    let shouted = head.first().is_some_and(|token| {
        let printed = text.printed(token.span);
        printed.len() > 2 && printed.chars().all(char::is_uppercase)
    });
    let dated = head.iter().any(|token| is_month(text.of(token.span)));
    let known = head.first().is_some_and(|token| words::is_place(text.of(token.span)));
    let sentence_follows = tokens.get(dash + 1).is_some_and(|token| {
        token.capital
            || token.inner_capital
            || matches!(token.kind, Kind::Punct | Kind::Number)
            || !words::is_common(text.of(token.span))
    });
    if plain || !sentence_follows || !(shouted || dated || known) {
        return 0;
    }
    // `--` may be two tokens, and the agency may stand between two of them.
    let past = |dash: usize| if word(dash + 1) == "-" { dash + 2 } else { dash + 1 };
    let next = past(dash);
    let agency = (next..next + 6).find(|at| word(*at) == ")").filter(|_| word(next) == "(");
    match agency {
        Some(close) if matches!(word(close + 1), "-" | "--" | "–" | "—") => past(close + 1),
        _ => next,
    }
}

fn is_month(word: &str) -> bool {
    matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "mar"
            | "apr"
            | "jun"
            | "jul"
            | "aug"
            | "sep"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
    )
}

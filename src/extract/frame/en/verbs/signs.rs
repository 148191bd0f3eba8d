//! Words of a line that decide what a verb or noun in it means: markets, first days, people, answers.

use super::super::line::Line;

/// Words of stock markets in the line.
pub(super) fn is_market(line: &Line<'_>, at: usize) -> bool {
    (at.saturating_sub(8)..at + 10).any(|at| {
        matches!(
            line.word(at),
            "trading"
                | "exchange"
                | "shares"
                | "nasdaq"
                | "nyse"
                | "stock"
                | "listing"
                | "market"
                | "hkex"
                | "ipo"
                | "hong"
                | "bourse"
                | "star"
        )
    })
}

/// `leaps 41% on first day in Hong Kong`, `gained 13% in its own debut`.
pub(super) fn first_day(line: &Line<'_>, at: usize) -> bool {
    (at + 1..at + 12).any(|at| {
        line.is(at, &["first", "session"])
            || line.is(at, &["first", "day"])
            || line.is(at, &["opening", "day"])
            || (line.word(at) == "debut"
                && matches!(
                    line.back(at, 1),
                    "own"
                        | "its"
                        | "trading"
                        | "market"
                        | "stock"
                        | "on"
                        | "in"
                        | "kong"
                        | "nasdaq"
                        | "kong's"
                        | "wall"
                        | "street"
                        | "exchange"
                        | "share"
                        | "shares"
                ))
            || (line.in_title()
                && line.word(at) == "debut"
                && matches!(line.back(at, 2), "on" | "in"))
    })
}

pub(in super::super) fn is_people(word: &str) -> bool {
    matches!(
        word,
        "team"
            | "staff"
            | "engineers"
            | "researchers"
            | "founders"
            | "founder"
            | "cofounders"
            | "employees"
            | "scientists"
            | "leadership"
    )
}

/// `rejects A's $1 billion approach`: whose offer it is stands before it, and who answers before that.
pub(super) fn is_answered(line: &Line<'_>, at: usize) -> bool {
    let possessor = (at.saturating_sub(6)..at)
        .any(|at| line.party(at).is_some() && matches!(line.word(at + 1), "'s" | "'"));
    let answered = (0..at).any(|at| {
        matches!(
            line.word(at),
            "rejects"
                | "rejected"
                | "reject"
                | "rebuffs"
                | "rebuffed"
                | "spurns"
                | "spurned"
                | "accepts"
                | "accepted"
                | "backs"
                | "backed"
                | "weighs"
                | "snubs"
                | "dismisses"
        )
    });
    let priced = (at.saturating_sub(4)..at).any(|at| line.sum(at).is_some());
    possessor && answered && (priced || line.in_title())
}

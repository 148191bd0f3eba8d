//! What an announcement announces beside its headline: the new equity with a purchase, the larger
//! facility, the private placement that goes with a merger.

use super::super::draft::Draft;
use super::layout::Layout;
use crate::domain::DealKind;
use crate::domain::Lang;
use crate::extract::text::Place;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// Words before the verb that tie a second deal to the first.
const TIES: usize = 12;

/// Marks the second and third deals of an English announcement.
pub(super) fn mark(text: &Text, layout: &Layout, drafts: &mut [Draft]) {
    if text.lang() != Lang::En || !drafts.iter().any(|draft| draft.main) {
        return;
    }
    let news: Vec<(Vec<String>, Option<DealKind>)> = drafts
        .iter()
        .filter(|draft| draft.main)
        .map(|draft| (names(draft), draft.kind().map(|kind| kind.value)))
        .collect();
    for draft in drafts {
        let own = names(draft);
        let kind = draft.kind().map(|kind| kind.value);
        let other = news
            .iter()
            .any(|(names, first)| *first != kind && names.iter().any(|name| own.contains(name)));
        let told = draft.amount().is_some() && !draft.is_past();
        if other
            && told
            && draft.candidates().any(|candidate| {
                !candidate.supports_only
                    && !candidate.past
                    && !layout.is_aside(candidate.sentence)
                    && text
                        .sentences()
                        .get(candidate.sentence)
                        .is_some_and(|sentence| is_tied(text, sentence))
            })
        {
            draft.main = true;
        }
    }
}

/// The names of those whose deal it is.
fn names(draft: &Draft) -> Vec<String> {
    draft
        .candidates()
        .flat_map(|candidate| candidate.target.iter().chain(&candidate.acquirers))
        .map(|party| party.value.name.clone())
        .collect()
}

/// `Simultaneously with the signing`, `In addition, … have committed`, `To fund the purchase`.
fn is_tied(text: &Text, sentence: &Sentence) -> bool {
    let words: Vec<&str> =
        text.tokens_of(sentence).iter().take(TIES).map(|token| text.of(token.span)).collect();
    let all: Vec<&str> = text.tokens_of(sentence).iter().map(|token| text.of(token.span)).collect();
    let ties = words.iter().any(|word| {
        matches!(
            *word,
            "simultaneously" | "concurrently" | "concurrent" | "alongside" | "separately" | "today"
        )
    }) || words.windows(2).any(|pair| {
        matches!(
            pair,
            ["in", "addition" | "connection" | "conjunction" | "parallel"]
                | ["to", "fund" | "finance" | "support"]
                | ["also", "announced" | "announces" | "secured" | "closed" | "raised" | "has"]
                | ["has", "also"]
        )
    });
    let past = all.windows(2).any(|pair| match pair {
        ["in", year] => year.len() == 4 && year.starts_with("20"),
        ["last", time] => matches!(*time, "year" | "month" | "summer" | "spring" | "autumn"),
        [_, ago] => *ago == "ago",
        _ => false,
    });
    sentence.place == Place::Body && ties && !past
}

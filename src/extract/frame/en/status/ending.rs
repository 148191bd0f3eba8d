//! Sentences that end or deny a deal which other words state.

use super::super::line::Line;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::status::Cue;

/// `rejected a newspaper report that`, `dismisses talk of`: what is told is denied, not ended.
pub(super) fn denied_report(line: &Line<'_>) -> Option<Found<DealStatus>> {
    let verb = (0..line.len()).find(|at| {
        matches!(
            line.word(*at),
            "rejected"
                | "rejects"
                | "dismissed"
                | "dismisses"
                | "disputed"
                | "disputes"
                | "rubbished"
                | "rubbishes"
                | "refuted"
                | "refutes"
        ) && (at + 1..at + 6).any(|at| {
            matches!(
                line.word(at),
                "report"
                    | "reports"
                    | "talk"
                    | "rumours"
                    | "rumors"
                    | "rumour"
                    | "rumor"
                    | "speculation"
                    | "story"
                    | "account"
                    | "claim"
                    | "claims"
                    | "suggestion"
                    | "suggestions"
            )
        })
    })?;
    let span = line.span(verb, verb + 1)?;
    Some(Found { value: DealStatus::Denied, span, rule: "status.en.denied_report" })
}

/// `The deal fell through`, `talks have ended`: ends a deal that other words state.
///
/// `There is no offer`, `the report is wrong`, `that is fiction`: denies it.
pub(in super::super) fn ending(line: &Line<'_>) -> Option<Candidate> {
    if let Some(found) = denied_plainly(line).or_else(|| denied_report(line)) {
        let rule = "frame.en.denies";
        let mut candidate =
            Candidate::new(line.sentence.index, DealKind::Acquisition, found.span, rule);
        candidate.status = Some(found);
        candidate.supports_only = true;
        candidate.kind_is_weak = true;
        return Some(candidate);
    }
    let cue = line.facts.cues.iter().find(|cue| cue.value == Cue::Terminated)?;
    if may_end(line, cue) {
        return None;
    }
    let place = line.unit_at(cue.span.start());
    let named = (place.saturating_sub(8)..place + 6).find(|at| {
        matches!(
            line.word(*at),
            "deal"
                | "acquisition"
                | "merger"
                | "takeover"
                | "talks"
                | "transaction"
                | "negotiations"
                | "buyout"
        )
    })?;
    let span = line.span(named, named + 1)?;
    let mut candidate =
        Candidate::new(line.sentence.index, DealKind::Acquisition, span, "frame.en.ends");
    candidate.status =
        Some(Found { value: DealStatus::Terminated, span: cue.span, rule: cue.rule });
    candidate.supports_only = true;
    candidate.kind_is_weak = true;
    // `dropped its earlier deal with B`: that of B, and of nobody else.
    let other = (named + 1..named + 3)
        .find(|at| matches!(line.word(*at), "with" | "from" | "by"))
        .and_then(|at| line.object_after(at + 1))
        .filter(|party| party.value.is_name());
    candidate.acquirers.extend(other.cloned());
    Some(candidate)
}

/// `could yet fall through`, `unless it is called off`: nothing has ended.
pub(super) fn may_end(line: &Line<'_>, cue: &Found<Cue>) -> bool {
    let at = line.unit_at(cue.span.start());
    (1..5)
        .map(|n| line.back(at, n))
        .take_while(|word| !matches!(*word, "," | ";"))
        .any(|word| matches!(word, "could" | "may" | "might" | "can" | "if" | "unless"))
}

/// Words that deny the deal that the article is about.
pub(super) fn denied_plainly(line: &Line<'_>) -> Option<Found<DealStatus>> {
    let there_is = |at: usize| {
        line.is(at, &["there", "is", "no"])
            || line.is(at, &["there", "was", "no"])
            || line.is(at, &["there", "are", "no"])
            || line.is(at, &["there", "were", "no"])
    };
    let dealing = |word: &str| {
        matches!(
            word,
            "offer" | "deal" | "talks" | "bid" | "negotiations" | "discussions" | "round"
        )
    };
    let place = (0..line.len()).find(|at| {
        (there_is(*at) && (at + 3..at + 6).any(|at| dealing(line.word(at))))
            || line.is(*at, &["is", "not", "for", "sale"])
            || line.is(*at, &["pure", "invention"])
            || (matches!(line.word(*at), "is" | "was" | "are" | "were")
                && (at + 1..at + 4).any(|at| {
                    matches!(
                        line.word(at),
                        "fiction" | "fabricated" | "nonsense" | "wrong" | "false"
                    )
                })
                && (0..*at).any(|at| {
                    matches!(
                        line.word(at),
                        "report" | "reports" | "story" | "account" | "rumour" | "rumor" | "claim"
                    )
                }))
    })?;
    let span = line.span(place, place + 2)?;
    Some(Found { value: DealStatus::Denied, span, rule: "status.en.denied_plainly" })
}

//! Two companies become one, and talks of it that end.

use super::super::funding::start;
use super::super::line::Line;
use super::super::line::Segment;
use super::super::verbs::Trigger;
use super::super::verbs::pair_after;
use super::price::fill_price;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Span;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;

/// `X and Y merge`, `X merges with Y`, `the merger of X and Y`.
pub(in super::super) fn merge(
    line: &Line<'_>,
    trigger: &Trigger,
    segment: Segment,
) -> Option<Candidate> {
    let mut candidate = start(line, trigger, segment, DealKind::Merger, "frame.en.merges")?;
    let after = line.word(trigger.end);
    let pair =
        matches!(after, "of" | "between").then(|| pair_after(line, trigger.end + 1)).flatten();
    let (one, other) = if pair.is_some() {
        pair.unzip()
    } else if matches!(after, "with" | "into") {
        let other = line.list(trigger.end + 1).first().copied();
        (line.subject(trigger.start), other)
    } else {
        let mut pair = line.list_before(trigger.start);
        // `A and B have agreed to merge`: the governing verb is passed over.
        if let Some(place) = line.subject_place(trigger.start).filter(|_| pair.len() < 2) {
            pair = line.list_before(place + 1);
        }
        (pair.first().copied(), pair.get(1).copied())
    };
    let (one, other) = (one?, other?);
    // Who folds or merges into another is the one that goes.
    let (one, other) = if after == "into" { (other, one) } else { (one, other) };
    candidate.target = Some(other.clone());
    candidate.acquirers.push(one.clone());
    fill_price(line, &mut candidate, segment, trigger);
    Some(candidate)
}

/// `A and B have stopped talking`, `A ended talks with B`: a deal that will not be.
pub(in super::super) fn broken_talks(line: &Line<'_>) -> Option<Candidate> {
    if let Some(between) = broken_between(line).or_else(|| spurned(line)) {
        return Some(between);
    }
    let verb = (0..line.len()).find(|at| {
        matches!(
            line.word(*at),
            "stopped" | "ended" | "end" | "broke" | "broken" | "quit" | "abandoned" | "halted"
        ) && (at + 1..at + 4)
            .any(|at| matches!(line.word(at), "talking" | "talks" | "negotiating" | "negotiations"))
    })?;
    let noun = (verb + 1..verb + 4).find(|at| {
        matches!(line.word(*at), "talking" | "talks" | "negotiating" | "negotiations")
    })?;
    let named = |party: &&Found<Party>| party.value.kind == PartyKind::Company;
    let (one, other) = if line.word(noun + 1) == "with" {
        (line.subject(verb)?, line.object_after(noun + 2)?)
    } else {
        let before: Vec<_> = (0..verb).filter_map(|at| line.party(at)).filter(named).collect();
        (before.first().copied()?, before.get(1).copied()?)
    };
    let span = line.span(verb, noun + 1)?;
    (one.value.is_name() && other.value.is_name()).then(|| ended(line, span, one, other))
}

/// `X spurns A`, in a headline: who would have bought it.
fn spurned(line: &Line<'_>) -> Option<Candidate> {
    let verb = (0..line.len()).find(|at| {
        matches!(
            line.word(*at),
            "spurns" | "spurned" | "rebuffs" | "rebuffed" | "snubs" | "snubbed" | "jilts"
        )
    })?;
    let whole = |place: usize| matches!(line.word(place + 1), "" | "," | "." | ":" | "again");
    let place = line.object(verb + 1).filter(|place| line.in_title() && whole(*place))?;
    let (target, buyer) = (line.subject(verb)?, line.party(place)?);
    let company = |party: &Found<Party>| party.value.kind == PartyKind::Company;
    let span = line.span(verb, verb + 1)?;
    (company(target) && company(buyer) && target.span != buyer.span)
        .then(|| ended(line, span, buyer, target))
}

/// The talks of two companies that came to nothing.
fn ended(line: &Line<'_>, span: Span, one: &Found<Party>, other: &Found<Party>) -> Candidate {
    let mut candidate =
        Candidate::new(line.sentence.index, DealKind::Acquisition, span, "frame.en.talks_ended");
    candidate.status =
        Some(Found { value: DealStatus::Terminated, span, rule: "status.en.talks_ended" });
    candidate.kind_is_weak = true;
    candidate.target = Some(other.clone());
    candidate.acquirers.push(one.clone());
    candidate
}

/// `Talks between A and B about a takeover have broken down`.
fn broken_between(line: &Line<'_>) -> Option<Candidate> {
    let noun = (0..line.len()).find(|at| {
        matches!(line.word(*at), "talks" | "negotiations" | "discussions")
            && line.word(at + 1) == "between"
    })?;
    let (one, other) = pair_after(line, noun + 1)?;
    let verb = (noun + 2..line.len()).find(|at| {
        matches!(
            line.word(*at),
            "broken"
                | "broke"
                | "collapsed"
                | "ended"
                | "failed"
                | "stalled"
                | "end"
                | "ends"
                | "collapse"
                | "fail"
                | "stall"
                | "founder"
                | "foundered"
        )
    })?;
    let of_round = (noun..verb).any(|at| {
        matches!(line.word(at), "investment" | "round" | "partnership" | "licence" | "license")
    });
    let span = line.span(verb, verb + 1)?;
    (!of_round).then(|| ended(line, span, one, other))
}

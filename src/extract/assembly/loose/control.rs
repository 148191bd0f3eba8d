//! A company changes hands, in words of ownership: `became the owner of`, `passes to`,
//! `has been gulped down by`.

use super::Line;
use super::money;
use super::words;
use crate::domain::DealKind;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;

/// Units of the words that stand between a company and the verb beside commas and brackets.
const ASIDE: usize = 30;

/// `on 31 December it became the owner of Tamber`.
pub(super) fn owner(line: &Line<'_>) -> Option<Candidate> {
    let at = (0..line.line.len()).find(|at| {
        line.is_owner(*at)
            && line.word(at + 1) == "of"
            && (at.saturating_sub(4)..*at).any(|before| {
                matches!(line.word(before), "became" | "become" | "becomes" | "becoming")
            })
    })?;
    let target = line.party_from(at + 2).filter(|party| can_be_bought(party))?;
    let start = line.line.span(at, at + 1)?.start();
    let same = |party: &Found<Party>| party.value.name == target.value.name;
    let buyer = line.items.subject(line.line.sentence.index, start, same);
    make(line, at, "loose.en.owner", target, buyer)
}

/// `Tamber passes to Alder`, `the court handed Tamber to Alder`.
pub(super) fn passes(line: &Line<'_>) -> Option<Candidate> {
    let priced = (0..line.line.len()).any(|at| line.line.sum(at).is_some())
        || (0..line.line.len())
            .any(|at| matches!(line.word(at), "undisclosed" | "cash" | "price" | "paid" | "terms"));
    (0..line.line.len()).find_map(|at| {
        let to = at + 1 + usize::from(line.word(at + 1) == "over");
        match line.word(at) {
            "passes" | "passed" if line.word(to) == "to" => {
                let target = subject_of(line, at)?;
                let buyer = line.party_from(to + 1)?;
                make(line, at, "loose.en.passes", target, Some(buyer))
            }
            "goes" | "went" | "going" if line.word(to) == "to" && priced => {
                let target = subject_of(line, at)?;
                let buyer = line.party_from(to + 1).filter(|party| can_be_bought(party))?;
                make(line, at, "loose.en.passes", target, Some(buyer))
            }
            "handed" | "hands" | "hand" => {
                let target = line.party_from(at + 1).filter(|party| can_be_bought(party))?;
                let from = at + 2;
                let to = (from..from + ASIDE).find(|to| line.word(*to) == "to")?;
                let bracket = to == from
                    || (matches!(line.word(from), "(" | ",")
                        && matches!(line.word(to.saturating_sub(1)), ")" | ","));
                let buyer = line.party_from(to + 1).filter(|_| bracket)?;
                make(line, at, "loose.en.passes", target, Some(buyer))
            }
            _ => None,
        }
    })
}

/// `Tamber has been gulped down by Alder`.
pub(super) fn taken(line: &Line<'_>) -> Option<Candidate> {
    (0..line.line.len()).find_map(|at| {
        if !words::TAKEN.contains(line.word(at)) {
            return None;
        }
        let by = (at + 1..at + 4).find(|by| line.word(*by) == "by")?;
        let buyer = line.party_from(by + 1)?;
        let mut verb = at;
        while verb > 0
            && matches!(
                line.word(verb - 1),
                "has"
                    | "have"
                    | "been"
                    | "was"
                    | "is"
                    | "were"
                    | "being"
                    | "now"
                    | "just"
                    | "got"
                    | "to"
                    | "be"
                    | "quietly"
                    | "finally"
                    | "duly"
            )
        {
            verb -= 1;
        }
        let target = subject_of(line, verb).filter(|_| verb < at)?;
        make(line, at, "loose.en.taken", target, Some(buyer))
    })
}

/// `Tamber and Alder have agreed to become one`: the one named last joins the first.
pub(super) fn unite(line: &Line<'_>) -> Option<Candidate> {
    let at = (0..line.line.len()).find(|at| {
        matches!(line.word(*at), "become" | "becoming" | "became" | "becomes")
            && (line.word(at + 1) == "one"
                || line.word(at + 1) == "a"
                    && line.word(at + 2) == "single"
                    && matches!(line.word(at + 3), "company" | "group" | "firm"))
    })?;
    let last = (0..at).rev().find(|at| line.party(*at).is_some())?;
    let joined = (last.saturating_sub(4)..last).any(|at| matches!(line.word(at), "and" | "&"));
    let first = (0..last)
        .rev()
        .find(|at| line.party(*at).is_some_and(can_be_bought) && line.word(at + 1) != "'s");
    let target = line.party(last).filter(|party| can_be_bought(party) && joined)?;
    let buyer = line.party(first?);
    let mut candidate = make(line, at, "loose.en.unite", target, buyer)?;
    candidate.trigger.value = DealKind::Merger;
    candidate.amount = None;
    Some(candidate)
}

/// The company right before a verb, or before what stands in commas or brackets between them.
fn subject_of<'a>(line: &Line<'a>, verb: usize) -> Option<&'a Found<Party>> {
    let before = verb.checked_sub(1)?;
    if let Some(party) = line.party(before) {
        return Some(party).filter(|party| can_be_bought(party));
    }
    let opens = match line.word(before) {
        "," => ",",
        ")" => "(",
        _ => return None,
    };
    let from = before.saturating_sub(ASIDE);
    let at = (from..before)
        .rev()
        .find(|at| line.word(*at) == opens && line.party(at.wrapping_sub(1)).is_some())?;
    line.party(at.checked_sub(1)?).filter(|party| can_be_bought(party))
}

fn can_be_bought(party: &Found<Party>) -> bool {
    party.value.kind == PartyKind::Company
}

fn make(
    line: &Line<'_>,
    at: usize,
    rule: &'static str,
    target: &Found<Party>,
    buyer: Option<&Found<Party>>,
) -> Option<Candidate> {
    let buyer = buyer.filter(|buyer| {
        matches!(buyer.value.kind, PartyKind::Company | PartyKind::Investor)
            && buyer.value.name != target.value.name
    })?;
    let span = line.line.span(at, at + 1)?;
    let mut candidate = Candidate::new(line.line.sentence.index, DealKind::Acquisition, span, rule);
    candidate.target = Some(target.clone());
    candidate.acquirers = vec![buyer.clone()];
    candidate.status = line.status();
    candidate.amount = (0..line.line.len())
        .find_map(|at| money::plain_sum(line, at))
        .map(|sum| sum.clone().map(|sum| sum.amount));
    Some(candidate)
}

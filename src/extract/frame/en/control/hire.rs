//! People and a licence without the shares.

use super::super::funding::start;
use super::super::line::Line;
use super::super::line::Segment;
use super::super::verbs::Trigger;
use super::super::verbs::is_people;
use super::price::fill_price;
use crate::domain::DealKind;
use crate::extract::candidate::Candidate;
use crate::extract::party::PartyKind;

/// `X's team joins A`, `the founders of X are moving to A`: people of one company go to another.
pub(in super::super) fn people_join(line: &Line<'_>, at: usize) -> bool {
    let next = match line.word(at) {
        "joins" | "join" | "joining" | "joined" => at + 1,
        "moves" | "move" | "moving" | "moved" | "heads" | "heading" | "head" | "goes" | "going"
        | "go"
            if line.word(at + 1) == "to" =>
        {
            at + 2
        }
        _ => return false,
    };
    let reach = if matches!(line.word(at), "go" | "goes") { 16 } else { 6 };
    let people =
        (line.group_start(at).saturating_sub(reach)..at).any(|at| is_people(line.word(at)));
    people && line.object_after(next).is_some_and(|party| party.value.is_name())
}

/// `A hires the founders of X and licenses its technology`.
pub(in super::super) fn hire(
    line: &Line<'_>,
    trigger: &Trigger,
    segment: Segment,
) -> Option<Candidate> {
    let word = |list: &[&str]| (0..line.len()).any(|at| list.contains(&line.word(at)));
    // `hires most of X`
    let most = (trigger.end..trigger.end + 7).any(|at| {
        matches!(
            line.word(at),
            "most" | "bulk" | "half" | "much" | "majority" | "all" | "whole" | "entire"
        )
    });
    let named = most
        && line.in_title()
        && matches!(
            line.word(trigger.end),
            "most" | "the" | "nearly" | "almost" | "much" | "half" | "all"
        )
        || matches!(line.word(trigger.start), "acquihire" | "acquihires" | "acquihired" | "acqui");
    let license =
        word(&["license", "licence", "licensing", "licenses", "licensed", "licences", "rights"]);
    let people = word(&[
        "founder",
        "founders",
        "team",
        "staff",
        "employees",
        "engineers",
        "researchers",
        "executives",
        "cofounder",
        "cofounders",
        "ceo",
        "leadership",
    ]);
    let hires = word(&[
        "hire", "hires", "hired", "hiring", "join", "joins", "joined", "joining", "recruits",
        "poached", "poaches", "bring", "brings", "brought", "bringing", "takes", "took", "taken",
        "move", "moves", "moving", "moved", "heading", "heads", "goes", "going",
    ]);
    // The licence may be told in the text below the headline.
    let license = license
        || (line.in_title()
            && ["licens", "licence"].iter().any(|word| line.text.str().contains(word)));
    // `X winds down as its team joins A`
    let moved = people_join(line, trigger.start);
    let closes = word(&["winding", "winds", "wind", "closing", "shutting", "shuts", "shut"]);
    if !(named || (license && people && hires) || (moved && closes)) {
        return None;
    }
    let mut candidate = start(line, trigger, segment, DealKind::Acquihire, "frame.en.hires")?;
    let next = trigger.start + if line.word(trigger.start + 1) == "to" { 2 } else { 1 };
    let buyer =
        if moved { line.object_after(next).cloned() } else { line.subject(trigger.start).cloned() };
    // After the trigger first; `X's researchers are joining A, which licensed its models`.
    let places = (trigger.end..line.len()).chain(0..trigger.start);
    let target = places.into_iter().find_map(|at| {
        let party = line.party(at).filter(|party| party.value.kind == PartyKind::Company)?;
        let governed = at > trigger.start
            && (1..4)
                .take_while(|n| at.checked_sub(*n).is_some_and(|at| line.party(at).is_none()))
                .any(|n| matches!(line.back(at, n), "of" | "from" | "at" | "with" | "behind"));
        // `the team behind X is moving to A`
        let fits = governed
            || matches!(line.back(at, 1), "of" | "behind" | "from" | "at")
                && (2..5).any(|n| is_people(line.back(at, n)))
            || matches!(line.back(at, 1), "lab")
                && matches!(line.back(at, 3), "of" | "behind" | "from")
            || matches!(line.back(at, 1), "startup" | "company" | "-" | "up")
            || matches!(line.word(at + 1), "'s" | "'" | "ceo" | "founders" | "founder" | "co");
        (fits && buyer.as_ref().is_none_or(|buyer| buyer.span != party.span)).then(|| party.clone())
    });
    candidate.target = target;
    candidate.acquirers.extend(buyer);
    let whole = Segment { from: 0, to: line.len(), only: true };
    fill_price(line, &mut candidate, whole, trigger);
    (candidate.target.is_some() && !candidate.acquirers.is_empty()).then_some(candidate)
}

//! Shares are sold to the public: `files for an IPO`, `debuts on`, `goes public`.

use super::funding::fill_sums;
use super::funding::start;
use super::line::Line;
use super::line::Segment;
use super::verbs::Form;
use super::verbs::Trigger;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::party::PartyKind;

/// `X files for an IPO`, `X's IPO`, `X went public`.
pub(super) fn ipo(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Option<Candidate> {
    let mut candidate = start(line, trigger, segment, DealKind::Ipo, "frame.en.ipo")?;
    let owner = (segment.from..trigger.start).rev().take(5).find_map(|at| {
        let party = line.party(at)?;
        let owns =
            matches!(line.word(at + 1), "'s" | "'") || matches!(line.text.of(party.span), "its");
        owns.then_some(party)
    });
    // `the Acme float`: of whom, not by whom.
    let owner = owner.or_else(|| {
        let before = trigger.start.checked_sub(1).and_then(|at| line.party(at))?;
        (trigger.form == Form::Noun && before.value.kind == PartyKind::Company).then_some(before)
    });
    let of = matches!(line.word(trigger.end), "of" | "by")
        .then(|| line.object_after(trigger.end + 1))
        .flatten();
    let acts = trigger.form != Form::Noun
        || (segment.from..trigger.start).rev().take(12).any(|at| is_step(line.word(at)));
    let subject = acts.then(|| line.subject(trigger.start)).flatten();
    let company = |party: &&Found<_>| -> bool {
        let party: &Found<crate::extract::party::Party> = party;
        matches!(party.value.kind, PartyKind::Company | PartyKind::Refers(_))
    };
    candidate.target = owner.or(of).or(subject).filter(company).cloned();
    let target = candidate.target.as_ref()?;
    if matches!(target.value.kind, PartyKind::Refers(_)) && trigger.form == Form::Noun && !acts {
        return None;
    }
    let from = trigger.start.saturating_sub(6).max(segment.from);
    fill_sums(line, &mut candidate, from, segment.to);
    candidate.round = None;
    progress(line, trigger, &mut candidate);
    Some(candidate)
}

/// What companies do with an IPO.
fn is_step(word: &str) -> bool {
    matches!(
        word,
        "files"
            | "shelves"
            | "shelved"
            | "scraps"
            | "scrapped"
            | "pulls"
            | "abandons"
            | "cancels"
            | "drops"
            | "submits"
            | "submitted"
            | "lodges"
            | "lodged"
            | "filed"
            | "file"
            | "filing"
            | "plans"
            | "plan"
            | "planning"
            | "prices"
            | "priced"
            | "pricing"
            | "launches"
            | "launched"
            | "seeks"
            | "seeking"
            | "raised"
            | "raises"
            | "raise"
            | "prepares"
            | "preparing"
            | "prepare"
            | "considering"
            | "considers"
            | "eyes"
            | "eyeing"
            | "completes"
            | "completed"
            | "weighs"
            | "weighing"
            | "delays"
            | "thinking"
            | "exploring"
            | "mulls"
            | "targets"
            | "targeting"
            | "pursue"
            | "pursuing"
            | "applied"
            | "applies"
            | "postpones"
            | "postponed"
            | "withdraws"
            | "withdrew"
            | "kicked"
            | "kicks"
            | "picks"
            | "hired"
            | "hires"
            | "working"
            | "readies"
            | "approval"
            | "approved"
            | "for"
            | "an"
            | "held"
            | "holds"
            | "trading"
            | "leaps"
            | "soars"
            | "jumps"
            | "surges"
            | "climbs"
            | "rises"
            | "falls"
            | "slips"
            | "sinks"
            | "pops"
    )
}

/// `starts trading`, `on their first day of trading`: the shares are out.
pub(super) fn traded(line: &Line<'_>) -> Option<Found<DealStatus>> {
    let begins = |at: usize| {
        matches!(line.word(at), "starts" | "started" | "begins" | "began" | "starting")
            && line.word(at + 1) == "trading"
    };
    let place = (0..line.len()).find(|at| {
        begins(*at)
            || line.is(*at, &["day", "of", "trading"])
            || line.is(*at, &["trading", "debut"])
            || line.is(*at, &["first", "day", "in"])
    })?;
    let span = line.span(place, place + 2)?;
    Some(Found { value: DealStatus::Completed, span, rule: "status.en.traded" })
}

/// Trading has begun, a filing is made, or it is planned.
fn progress(line: &Line<'_>, trigger: &Trigger, candidate: &mut Candidate) {
    let find = |list: &[&str]| (0..line.len()).find(|at| list.contains(&line.word(*at)));
    let at = |at: usize, value| {
        line.span(at, at + 1).map(|span| Found { value, span, rule: "status.en.listing" })
    };
    let ended = candidate
        .status
        .as_ref()
        .is_some_and(|s| matches!(s.value, DealStatus::Terminated | DealStatus::Denied));
    if ended {
        return;
    }
    let trades = find(&[
        "jump", "rise", "surge", "soar", "climb", "began", "begins", "debuted", "traded", "soared",
        "jumped", "surged", "rose", "opened", "closed", "soars", "surges", "jumps", "gained",
        "fell", "debuts",
    ]);
    let planned = find(&[
        "plans",
        "plan",
        "planning",
        "considering",
        "considers",
        "preparing",
        "prepare",
        "prepares",
        "weighing",
        "weighs",
        "could",
        "may",
        "might",
        "thinking",
        "exploring",
        "eyeing",
        "seeks",
        "seeking",
        "mulls",
        "working",
        "readies",
        "hopes",
        "expects",
        "potential",
        "possible",
    ]);
    let filed = find(&[
        "files",
        "submits",
        "submitted",
        "lodges",
        "lodged",
        "filed",
        "applied",
        "priced",
        "prices",
        "launched",
        "launches",
        "filing",
        "kicked",
        "submitted",
    ]);
    let status = if let Some(found) = traded(line).filter(|_| planned.is_none()) {
        Some(found)
    } else if let Some(place) = planned {
        at(place, DealStatus::InTalks)
    } else if let Some(place) =
        trades.filter(|_| trigger.form != Form::Noun || line.word(trigger.start) != "ipo")
    {
        at(place, DealStatus::Completed)
    } else if trigger.form == Form::Past {
        at(trigger.start, DealStatus::Completed)
    } else if let Some(place) = filed {
        at(place, DealStatus::Announced)
    } else {
        return;
    };
    candidate.status = status.or_else(|| candidate.status.take());
}

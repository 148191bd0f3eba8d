//! Shares are sold to the public: `files for an IPO`, `debuts on`, `goes public`.

use super::funding::fill_sums;
use super::funding::start;
use super::line::Line;
use super::line::Segment;
use super::verbs::Form;
use super::verbs::Trigger;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Valuation;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::money::Role;
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
            | "pulled"
            | "pull"
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
            || line.is(*at, &["first", "day", "on"])
            || line.is(*at, &["on", "first", "day"])
            || line.is(*at, &["on", "debut"])
            || (line.word(*at) == "debut"
                && (at.saturating_sub(3)..*at).any(|at| matches!(line.word(at), "made" | "makes")))
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
    let ended = find(&[
        "pulls",
        "pulled",
        "postpones",
        "postponed",
        "shelves",
        "shelved",
        "scraps",
        "scrapped",
        "withdraws",
        "withdrew",
        "cancels",
        "cancelled",
        "canceled",
        "abandons",
        "abandoned",
    ]);
    if let Some(place) = ended {
        candidate.status = at(place, DealStatus::Terminated);
        return;
    }
    let trades = find(&[
        "jump", "rise", "surge", "soar", "climb", "began", "begins", "debuted", "traded", "soared",
        "jumped", "surged", "rose", "opened", "closed", "soars", "surges", "jumps", "gained",
        "fell", "debuts", "pops", "popped", "leaps", "leapt", "climbs", "climbed", "rises",
        "falls", "slides", "slid", "sinks", "sank", "drops", "dropped", "doubles", "doubled",
        "rallies", "rallied", "tumbles", "tumbled",
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

/// `sold 30 million shares at $92 for $2.76 billion`, `people close to the offering put its size at
/// about HK$7 billion`: the sum of a listing that other words state.
pub(super) fn proceeds(line: &Line<'_>) -> Option<Candidate> {
    let offered = (0..line.len()).find(|at| {
        matches!(line.word(*at), "offering" | "float" | "flotation" | "listing" | "ipo")
            || (matches!(line.word(*at), "shares" | "stock")
                && (0..*at).any(|at| {
                    matches!(line.word(at), "sold" | "selling" | "sell" | "sells" | "priced")
                }))
    })?;
    let span = line.span(offered, offered + 1)?;
    let mut candidate =
        Candidate::new(line.sentence.index, DealKind::Ipo, span, "frame.en.proceeds");
    candidate.supports_only = true;
    candidate.kind_is_weak = true;
    for sum in &line.facts.sums {
        let amount = Found { value: sum.value.amount.clone(), span: sum.span, rule: sum.rule };
        // `put its size at` is no worth.
        let place = line.unit_at(sum.span.start());
        let size = (place.saturating_sub(4)..place).any(|at| line.word(at) == "size");
        match sum.value.role {
            Role::Plain if candidate.amount.is_none() => candidate.amount = Some(amount),
            Role::Valuation(_) if size => candidate.amount = Some(amount),
            Role::Valuation(basis) if candidate.valuation.is_none() => {
                candidate.valuation = Some(amount.map(|amount| Valuation::new(amount, basis)));
            }
            _ => {}
        }
    }
    candidate.amount.is_some().then_some(candidate)
}

//! Money goes in: raise, round, invest, lead, stake, secondary.

mod beside;
mod invest;
mod stake;

use super::backers;
use super::line::Line;
use super::line::Segment;
use super::line::Unit;
use super::listing;
use super::status;
use super::status::Claim;
use super::verbs::Form;
use super::verbs::Trigger;
use super::verbs::as_investor;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Valuation;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::money::Role;
use crate::extract::money::WHOLE;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;

pub(super) use beside::item;
pub(super) use beside::row;
pub(super) use beside::untold;
pub(super) use beside::worth;
pub(super) use invest::invest;
pub(super) use invest::lead;
pub(super) use stake::HALF;
pub(super) use stake::secondary;
pub(super) use stake::stake;

/// A candidate with status and time; none if the words deny the event.
pub(super) fn start(
    line: &Line<'_>,
    trigger: &Trigger,
    segment: Segment,
    kind: DealKind,
    rule: &'static str,
) -> Option<Candidate> {
    let span = line.span(trigger.start, trigger.end)?;
    let mut candidate = Candidate::new(line.sentence.index, kind, span, rule);
    candidate.status = match status::claimed(line, trigger, segment) {
        Claim::Nothing => return None,
        Claim::Unsaid => None,
        Claim::Is(status) => Some(status),
    };
    candidate.past = status::is_past(line, trigger, segment);
    candidate.when = status::when(line, trigger, segment);
    Some(candidate)
}

/// Reads the sums, the round and the share of a range of units.
pub(super) fn fill_sums(line: &Line<'_>, candidate: &mut Candidate, from: usize, to: usize) {
    for at in from..to {
        match line.unit(at) {
            Some(Unit::Sum(sum)) if !sum.value.conversion => {
                let amount =
                    Found { value: sum.value.amount.clone(), span: sum.span, rule: sum.rule };
                match sum.value.role {
                    // The whole round, and not the part told before it.
                    Role::Plain if candidate.amount.is_none() || sum.rule == WHOLE => {
                        candidate.amount = Some(amount);
                    }
                    Role::Valuation(basis) if candidate.valuation.is_none() => {
                        candidate.valuation =
                            Some(amount.map(|amount| Valuation::new(amount, basis)));
                    }
                    Role::Cumulative if candidate.cumulative.is_none() => {
                        candidate.cumulative = Some(amount);
                    }
                    Role::Plain | Role::Valuation(_) | Role::Cumulative | Role::Other => {}
                }
            }
            Some(Unit::Round(round)) if candidate.round.is_none() => {
                candidate.round = Some(round.clone());
            }
            _ => {}
        }
    }
}

/// The share of the company, if the sentence gives one.
pub(super) fn fill_stake(line: &Line<'_>, candidate: &mut Candidate) {
    if candidate.stake.is_none() {
        candidate.stake = line.facts.percents.first().cloned();
    }
}

/// Borrowed, not sold: the object is a loan or a bond.
fn is_debt(line: &Line<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| {
        matches!(
            line.word(at),
            "loan"
                | "loans"
                | "debt"
                | "bond"
                | "bonds"
                | "notes"
                | "lenders"
                | "borrowing"
                | "borrow"
                | "borrows"
                | "borrowed"
                | "convertible"
                | "convertibles"
                | "debentures"
        ) || (line.word(at) == "facility"
            && matches!(
                line.back(at, 1),
                "credit"
                    | "loan"
                    | "financing"
                    | "debt"
                    | "backed"
                    | "revolving"
                    | "term"
                    | "draw"
                    | "funding"
                    | "acquisition"
                    | "warehouse"
                    | "equipment"
            ))
            || line.is(at, &["credit", "line"])
            || line.is(at, &["line", "of", "credit"])
    }) && !(from..to).any(|at| line.word(at) == "equity" && line.word(at + 1) != "-")
}

/// `X raises $40M in a Series B led by Y`.
pub(super) fn raise(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Option<Candidate> {
    // `raised $500 million by selling notes`
    let how =
        line.word(segment.to).starts_with("sell") || line.word(segment.to).starts_with("issu");
    let end = if how { line.len() } else { segment.to };
    let debt = is_debt(line, trigger.start, end.min(trigger.end + 14));
    let kind = if debt { DealKind::Debt } else { DealKind::Funding };
    // `AI startups raised $40B last quarter`: a statistic.
    let many = line.back(line.group_start(trigger.start), 1);
    if matches!(
        many,
        "startups"
            | "companies"
            | "firms"
            | "ventures"
            | "labs"
            | "unicorns"
            | "founders"
            | "makers"
            | "ups"
    ) && matches!(trigger.form, Form::Past | Form::Present | Form::Bare)
        && line.in_title()
    {
        return None;
    }
    let ipo = (trigger.start.saturating_sub(8)..line.len().min(trigger.end + 14))
        .any(|at| line.word(at) == "ipo" || line.is(at, &["initial", "public"]))
        || (0..line.len())
            .any(|at| matches!(line.word(at), "prospectus" | "flotation" | "listing"));
    let kind = if ipo { DealKind::Ipo } else { kind };
    let rule = if line.in_title() { "frame.en.raises.headline" } else { "frame.en.raises" };
    let mut candidate = start(line, trigger, segment, kind, rule)?;
    if ipo {
        candidate.status = listing::traded(line).or_else(|| candidate.status.take());
    }
    let passive = trigger.form == Form::Passive;
    if passive && line.word(trigger.end) == "by" {
        candidate.target = line.party(trigger.end + 1).cloned();
    } else {
        // `A buys X days after raising $5M`: who acts in the whole sentence raised it.
        let after = trigger.form == Form::Gerund
            && matches!(
                line.back(line.group_start(trigger.start), 1),
                "after" | "before" | "since" | "by" | "while" | "upon" | "despite"
            );
        let whole = || line.first_party_after(0, trigger.start).and_then(|at| line.party(at));
        candidate.target = whole()
            .filter(|party| after && party.value.kind == PartyKind::Company)
            .or_else(|| line.subject(trigger.start))
            .cloned()
            .or_else(|| possessor(line, trigger.end, segment.to))
            .or_else(|| line.main_subject().and_then(|place| line.party(place)).cloned())
            .or_else(|| possessor(line, segment.from, trigger.start))
            .or_else(|| beneficiary(line, trigger.end, segment.to));
    }
    // `Investors raise money for X`: what funds raise is not a company's round.
    if candidate
        .target
        .as_ref()
        .is_some_and(|target| matches!(target.value.kind, PartyKind::Investor | PartyKind::Person))
    {
        let other = possessor(line, trigger.end, segment.to)
            .or_else(|| beneficiary(line, trigger.end, segment.to));
        if other.is_some() {
            candidate.target = other;
        }
    }
    // `A and B closed a $5M facility for X`: who closes lends.
    let borrower = (debt && !passive).then(|| borrower(line, trigger.end, segment.to)).flatten();
    if let Some(borrower) = borrower {
        for party in line.list_before(trigger.start) {
            backers::push(&mut candidate.investors, Backer { party: party.clone(), lead: false });
        }
        candidate.target = Some(borrower.clone());
    }
    fill_sums(line, &mut candidate, trigger.end, segment.to);
    if candidate.amount.is_none() && (passive || segment.only) {
        fill_sums(line, &mut candidate, segment.from, trigger.start);
    }
    if segment.only && (candidate.valuation.is_none() || candidate.round.is_none()) {
        fill_leftovers(line, &mut candidate);
    }
    // `taps A for a loan`, `a facility with A`, `sold new shares to A`
    for party in lenders(line, trigger, segment.to) {
        backers::push(&mut candidate.investors, Backer { party: party.clone(), lead: false });
    }
    let joined = as_investor(line, trigger.start).map(|place| line.list(place));
    for party in joined.unwrap_or_default() {
        backers::push(&mut candidate.investors, Backer { party: party.clone(), lead: false });
    }
    backers::fill(line, &mut candidate, segment);
    let vague = candidate.amount.is_none()
        && candidate.round.is_none()
        && candidate.valuation.is_none()
        && candidate.investors.is_empty();
    if vague && !line.in_title() && !is_sought(&candidate) {
        candidate.supports_only = true;
    }
    if is_sought(&candidate) {
        candidate.target_amount.clone_from(&candidate.amount);
    }
    Some(candidate)
}

fn is_sought(candidate: &Candidate) -> bool {
    candidate
        .status
        .as_ref()
        .is_some_and(|status| matches!(status.value, DealStatus::InTalks | DealStatus::Seeking))
}

/// Valuation, total and round from anywhere in a sentence that tells of one deal.
fn fill_leftovers(line: &Line<'_>, candidate: &mut Candidate) {
    let amount = candidate.amount.take();
    fill_sums(line, candidate, 0, line.len());
    candidate.amount = amount;
}

/// Who lends or buys the new shares, where the verb or a preposition says so.
fn lenders<'a>(line: &Line<'a>, trigger: &Trigger, to: usize) -> Vec<&'a Found<Party>> {
    let verb = line.word(trigger.start);
    if verb.starts_with("tap") {
        return line.list(trigger.end).into_iter().take(1).collect();
    }
    let sells = matches!(verb, "sold" | "sells" | "sell" | "selling" | "placed" | "issued");
    let buyers = (trigger.end..to.min(trigger.end + 14))
        .find(|at| sells && matches!(line.word(*at), "to" | "with"));
    buyers.map(|at| line.list(at + 1)).unwrap_or_default()
}

/// `a $5M facility for X`: for whom somebody else arranges a loan.
fn borrower<'a>(line: &Line<'a>, from: usize, to: usize) -> Option<&'a Found<Party>> {
    let noun = (from..to.min(from + 9)).find(|at| {
        matches!(line.word(*at), "facility" | "loan" | "loans" | "financing" | "debt" | "line")
    })?;
    let given = (noun + 1..noun + 3).find(|at| matches!(line.word(*at), "for"))?;
    line.object_after(given + 1).filter(|party| party.value.is_name())
}

/// `announces X's $40M round`: the possessor of the money.
fn possessor(line: &Line<'_>, from: usize, to: usize) -> Option<Found<Party>> {
    (from..to.min(from + 8)).find_map(|at| {
        let party = line.party(at)?;
        matches!(line.word(at + 1), "'s" | "'").then(|| party.clone())
    })
}

/// `Second round in six months for X`.
fn is_another(line: &Line<'_>, trigger: &Trigger) -> bool {
    (1..4).any(|n| {
        matches!(
            line.back(trigger.start, n),
            "second" | "third" | "fourth" | "new" | "fresh" | "another" | "latest"
        )
    }) && (trigger.end..trigger.end + 6).any(|at| line.word(at) == "for")
}

/// `in the year after a Series B`: rounds in general.
fn is_general(line: &Line<'_>, trigger: &Trigger) -> bool {
    matches!(line.back(trigger.start, 1), "a" | "an" | "any" | "every" | "each")
        && matches!(
            line.back(trigger.start, 2),
            "after" | "before" | "until" | "between" | "during" | "without" | "per"
        )
}

/// Whom a round serves, where no word beside its noun says whose it is.
fn fill_served(line: &Line<'_>, candidate: &mut Candidate, from: usize) {
    let found = benefits(line, from)
        .filter(|party| !candidate.investors.iter().any(|b| b.party.span == party.span))
        .or_else(|| line.main_subject().and_then(|place| line.party(place)))
        .filter(|party| party.value.kind == PartyKind::Company && !backers::is_fund(party));
    if let Some(found) = found {
        candidate.investors.retain(|backer| backer.party.span != found.span);
        candidate.target = Some(found.clone());
    }
}

/// `A $5M round led by A gives X two years`, `puts a price tag on X`: whom the money serves.
fn benefits<'a>(line: &Line<'a>, from: usize) -> Option<&'a Found<Party>> {
    (from..line.len()).find_map(|at| {
        let serves = match line.word(at) {
            "gives" | "give" | "giving" | "gave" | "help" | "helps" | "helping" | "let"
            | "lets" | "allow" | "allows" | "enable" | "enables" | "leaves" | "leaving"
            | "values" | "valuing" | "valued" | "makes" | "turns" | "propels" | "catapults"
            | "vaults" | "puts" | "brings" => true,
            "for" => matches!(line.back(at, 1), "closed" | "completed" | "round" | "funding"),
            "on" => matches!(line.back(at, 1), "tag" | "valuation" | "value" | "figure"),
            _ => false,
        };
        serves.then(|| line.object_after(at + 1)).flatten()
    })
}

/// `$40M for X`, `a round in X`.
fn beneficiary(line: &Line<'_>, from: usize, to: usize) -> Option<Found<Party>> {
    (from..to).find_map(|at| {
        let prepositions = matches!(line.word(at), "for" | "in" | "into" | "at" | "of");
        let party = prepositions.then(|| line.object_after(at + 1)).flatten()?;
        Some(party.clone())
    })
}

/// `the $40M Series B of X was led by Y`, `X's round`, `$5M for X`.
#[allow(clippy::too_many_lines, reason = "one step for each way of saying whose round it is")]
pub(super) fn round(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Option<Candidate> {
    let word = line.word(trigger.start);
    let near = trigger.start.saturating_sub(7).max(segment.from);
    let sum = (near..segment.to.min(trigger.end + 8))
        .any(|at| line.sum(at).is_some_and(|sum| sum.value.role != Role::Other));
    // A headline tells of one deal, wherever its sum stands.
    let sum = sum
        || (line.in_title()
            && segment.only
            && (0..trigger.start)
                .any(|at| line.sum(at).is_some_and(|sum| sum.value.role == Role::Plain)));
    let named = line.is_round(trigger.start);
    let mut candidate = start(line, trigger, segment, DealKind::Funding, "frame.en.round")?;
    if is_debt(line, near, segment.to.min(trigger.end + 4)) {
        candidate.trigger.value = DealKind::Debt;
    }
    fill_sums(line, &mut candidate, near, segment.to);
    if segment.only {
        fill_leftovers(line, &mut candidate);
        if candidate.amount.is_none() {
            fill_sums(line, &mut candidate, 0, line.len());
        }
    }
    // `consists of €468m in equity and €132m in debt`: parts, of which none is the round.
    let parts = (trigger.end..segment.to.min(trigger.end + 6)).any(|at| {
        matches!(
            line.word(at),
            "consists" | "comprises" | "comprising" | "splits" | "split" | "combines"
        )
    });
    if parts {
        candidate.amount = None;
        candidate.trigger.value = DealKind::Funding;
    }
    backers::fill(line, &mut candidate, segment);
    let owner = (segment.from..trigger.start).rev().take(9).find_map(|at| {
        let party = line.party(at)?;
        let owns = matches!(line.word(at + 1), "'s" | "'")
            || (matches!(party.value.kind, PartyKind::Refers(_))
                && matches!(line.text.of(party.span), "its" | "their"));
        owns.then(|| party.clone())
    });
    let backer = |party: &Found<Party>| {
        candidate.investors.iter().any(|backer| backer.party.span == party.span)
    };
    // `the Acme round`, `takes Acme round to $5M`
    let owner = owner.or_else(|| {
        let before = trigger.start.checked_sub(1)?;
        line.party(before).filter(|party| party.value.kind == PartyKind::Company).cloned()
    });
    let later = || {
        let at = (trigger.end..trigger.end + 6).find(|at| line.word(*at) == "for")?;
        is_another(line, trigger).then(|| line.object_after(at + 1)).flatten().cloned()
    };
    let owner = owner.or_else(|| line.in_title().then(later).flatten());
    candidate.target = owner.or_else(|| {
        let after = line.word(trigger.end);
        let prepositions = matches!(after, "for" | "in" | "at" | "of" | "by")
            && candidate.investors.is_empty()
            || matches!(after, "for" | "in" | "at");
        prepositions.then(|| line.object_after(trigger.end + 1).cloned()).flatten()
    });
    // `a Series B of $5M in X`
    if candidate.target.is_none() && line.word(trigger.end) == "of" {
        candidate.target = (trigger.end + 1..trigger.end + 5)
            .find(|at| line.sum(*at).is_some())
            .filter(|at| matches!(line.word(at + 1), "in" | "into" | "at" | "for"))
            .and_then(|at| line.object_after(at + 2))
            .filter(|party| party.value.kind == PartyKind::Company && !backer(party))
            .cloned();
    }
    let calls_off = line.in_title()
        && candidate.status.as_ref().is_some_and(|s| s.value == DealStatus::Terminated);
    if candidate.target.is_none() && (sum || named || calls_off) {
        candidate.target = line
            .subject(trigger.start)
            .filter(|party| {
                party.value.kind == PartyKind::Company && !backer(party) && !backers::is_fund(party)
            })
            .cloned();
    }
    if candidate.target.is_none() {
        // `Funding: $5M for X`, `the round, which values X at $400 million`
        let given =
            (near..segment.to).find(|at| line.sum(*at).is_some() && line.word(at + 1) == "for");
        let valued =
            (0..line.len()).find(|at| matches!(line.word(*at), "values" | "valuing" | "valued"));
        let named = given
            .and_then(|at| line.object_after(at + 2))
            .or_else(|| valued.filter(|_| sum).and_then(|at| line.object_after(at + 1)));
        candidate.target = named.filter(|party| party.value.is_name()).cloned();
    }
    if candidate.target.is_none() && (sum || named) {
        fill_served(line, &mut candidate, trigger.end);
    }
    let general = named && !sum && candidate.investors.is_empty() && is_general(line, trigger);
    let ended = candidate
        .status
        .as_ref()
        .is_some_and(|status| matches!(status.value, DealStatus::Terminated | DealStatus::Denied));
    let told = line.in_title()
        && candidate.target.as_ref().is_some_and(|target| target.value.is_name())
        && (ended || is_another(line, trigger));
    let weighty = (sum || named || told || !candidate.investors.is_empty()) && !general;
    if !weighty || (matches!(word, "loan" | "facility") && !sum) {
        return None;
    }
    if candidate.target.is_none() || !(sum || named || told) {
        candidate.supports_only = true;
        candidate.kind_is_weak = true;
        // `a $40M Series B led by Y`, apart from its verb, still speaks of the deal at hand.
        if candidate.target.as_ref().is_some_and(|t| !t.value.is_name()) {
            candidate.target = None;
        }
    }
    Some(candidate)
}

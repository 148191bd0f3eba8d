//! Shares that exist already: a stake is taken, holders sell.

use super::super::backers;
use super::super::control;
use super::super::line::Line;
use super::super::line::Segment;
use super::super::verbs::Form;
use super::super::verbs::Trigger;
use super::beneficiary;
use super::fill_leftovers;
use super::fill_stake;
use super::fill_sums;
use super::start;
use crate::domain::DealKind;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::party::PartyKind;

/// More than half of a company, in hundredths of a percent: its buyer controls it.
pub(in super::super) const HALF: u32 = 5_000;

/// `A takes a 30% stake in X`.
pub(in super::super) fn stake(
    line: &Line<'_>,
    trigger: &Trigger,
    segment: Segment,
) -> Option<Candidate> {
    let mut candidate = start(line, trigger, segment, DealKind::InvestmentStake, "frame.en.stake")?;
    let from = if trigger.form == Form::Noun { trigger.end + 1 } else { trigger.end };
    let before = trigger
        .start
        .checked_sub(1)
        .filter(|_| trigger.form == Form::Noun && !matches!(line.word(trigger.end), "in" | "of"))
        .and_then(|at| line.party(at));
    candidate.target =
        before.or_else(|| line.object(from).and_then(|place| line.party(place))).cloned();
    let target = candidate.target.as_ref()?.span;
    let gives = matches!(
        line.word(trigger.start),
        "give" | "gives" | "gave" | "giving" | "hands" | "handed"
    );
    let holder = if gives { line.party(trigger.start + 1) } else { line.subject(trigger.start) };
    let subject = holder.filter(|party| party.span != target);
    let verb = trigger.form != Form::Noun
        || (segment.from..trigger.start).any(|at| is_of_holding(line.word(at)));
    let priced =
        (trigger.start.saturating_sub(4)..trigger.end + 2).any(|at| line.sum(at).is_some());
    if !verb && !priced {
        return None;
    }
    let verb_at = if trigger.form == Form::Noun {
        (segment.from..trigger.start)
            .rev()
            .take(5)
            .find(|at| line.word(*at).starts_with("eye") || line.word(*at).starts_with("tak"))
    } else {
        Some(trigger.start)
    };
    let several = verb_at.map(|at| line.list_before(at)).unwrap_or_default();
    for party in several.into_iter().filter(|party| party.span != target && !gives) {
        backers::push(&mut candidate.investors, Backer { party: party.clone(), lead: false });
    }
    if candidate.investors.is_empty() {
        let subject = subject.map(|party| Backer { party: party.clone(), lead: false });
        candidate.investors.extend(subject);
    }
    fill_stake(line, &mut candidate);
    fill_sums(line, &mut candidate, segment.from, segment.to);
    let control = candidate.stake.as_ref().is_some_and(|stake| stake.value.0 > HALF)
        || (trigger.start..trigger.end)
            .chain([trigger.start.saturating_sub(1)])
            .any(|at| matches!(line.word(at), "majority" | "controlling"));
    if control {
        candidate.trigger.value = DealKind::Acquisition;
        candidate.acquirers.extend(candidate.investors.drain(..).map(|backer| backer.party));
        return (!candidate.acquirers.is_empty()).then_some(candidate);
    }
    (!candidate.investors.is_empty()).then_some(candidate)
}

/// `X lets employees sell shares in a tender offer`.
pub(in super::super) fn secondary(
    line: &Line<'_>,
    trigger: &Trigger,
    segment: Segment,
) -> Option<Candidate> {
    let mut candidate = start(line, trigger, segment, DealKind::Secondary, "frame.en.secondary")?;
    if line.word(trigger.start) == "tender" && control::bids_for_all(line, trigger) {
        return control::tender(line, trigger, candidate);
    }
    let owner = (segment.from..trigger.start).rev().find_map(|at| {
        let party = line.party(at).filter(|party| party.value.kind == PartyKind::Company)?;
        Some(party.clone())
    });
    candidate.target = line
        .subject(trigger.start)
        .filter(|p| p.value.kind != PartyKind::Investor)
        .cloned()
        .or(owner)
        .or_else(|| beneficiary(line, trigger.end, segment.to));
    fill_sums(line, &mut candidate, segment.from, segment.to);
    if segment.only {
        fill_leftovers(line, &mut candidate);
    }
    if candidate.target.is_none()
        || (candidate.amount.is_none() && candidate.valuation.is_none() && !line.in_title())
    {
        return None;
    }
    Some(candidate)
}

/// What one does with a stake, or means to.
fn is_of_holding(word: &str) -> bool {
    matches!(
        word,
        "take"
            | "takes"
            | "took"
            | "taking"
            | "buy"
            | "buys"
            | "buying"
            | "bought"
            | "acquire"
            | "acquires"
            | "acquired"
            | "acquiring"
            | "purchase"
            | "purchased"
            | "get"
            | "gets"
            | "invest"
            | "investing"
            | "eye"
            | "eyes"
            | "eyeing"
            | "seek"
            | "seeks"
            | "seeking"
            | "weigh"
            | "weighs"
            | "weighing"
            | "mulls"
            | "considers"
            | "considering"
            | "discuss"
            | "discussing"
            | "up"
            | "ups"
            | "upped"
            | "raise"
            | "raises"
            | "raised"
            | "increase"
            | "increases"
            | "increased"
            | "lifts"
            | "lifted"
            | "boosts"
            | "boosted"
            | "builds"
            | "doubles"
            | "grabs"
            | "snaps"
            | "secures"
            | "secured"
            | "picks"
    )
}

//! Companies that are sold, look for a buyer, or change owners.

use super::super::funding::HALF;
use super::super::funding::fill_stake;
use super::super::funding::start;
use super::super::line::Line;
use super::super::line::Segment;
use super::super::line::Unit;
use super::super::verbs::Form;
use super::super::verbs::Trigger;
use super::asset;
use super::price::fill_price;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::money::Role;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::status::Cue;

/// `X now belongs to A`, `X becomes part of A`.
pub(in super::super) fn join(
    line: &Line<'_>,
    trigger: &Trigger,
    segment: Segment,
) -> Option<Candidate> {
    let mut candidate = start(line, trigger, segment, DealKind::Acquisition, "frame.en.joins")?;
    // `A said X would become part of its cloud business`
    let own = line
        .party(trigger.end)
        .is_some_and(|party| matches!(line.text.of(party.span), "its" | "their"));
    let teller = || line.first_party_after(0, trigger.start).and_then(|place| line.party(place));
    let owner = if own { teller() } else { line.object_after(trigger.end) }?;
    candidate.target =
        line.subject(trigger.start).filter(|party| party.span != owner.span).cloned();
    candidate.acquirers.push(owner.clone());
    fill_price(line, &mut candidate, segment, trigger);
    candidate.target.is_some().then_some(candidate)
}

/// `S sells X to A`, `X was sold to A`.
pub(in super::super) fn sell(
    line: &Line<'_>,
    trigger: &Trigger,
    segment: Segment,
) -> Option<Candidate> {
    let mut candidate = start(line, trigger, segment, DealKind::Acquisition, "frame.en.sells")?;
    let to = (trigger.end..segment.to.min(trigger.end + 16)).find(|at| {
        line.word(*at) == "to"
            && (!line.list(at + 1).is_empty() || line.object_after(at + 1).is_some())
    });
    let buyer =
        to.and_then(|at| line.object_after(at + 1).or_else(|| line.list(at + 1).first().copied()));
    if let Some(shares) = shares_of(line, trigger) {
        candidate.trigger.value = DealKind::Secondary;
        candidate.target = Some(shares.clone());
        candidate.sellers.extend(line.subject(trigger.start).cloned());
        fill_price(line, &mut candidate, segment, trigger);
        return Some(candidate);
    }
    let itself = (trigger.end..trigger.end + 3).any(|at| {
        matches!(line.word(at), "itself" | "itselves" | "themselves")
            || line.is(at, &["the", "company"])
    }) || (trigger.end..=trigger.end).any(|at| {
        line.party(at).is_some_and(|party| {
            matches!(party.value.kind, PartyKind::Refers(_))
                && !matches!(line.text.of(party.span), "its" | "their")
        })
    });
    if trigger.form == Form::Passive {
        candidate.target = line.subject(trigger.start).cloned();
        if line.word(trigger.end) == "by" {
            return None;
        }
        // `changes hands for $5M`: somebody pays, whom another sentence names.
        let priced = line.back(trigger.end, 1) == "hands";
        if buyer.is_none()
            && !priced
            && candidate.status.as_ref().is_none_or(|s| s.value == DealStatus::Announced)
        {
            return None;
        }
    } else if let Some(owned) = sold_by_owners(line, trigger) {
        // `Founders of X are selling up to A`
        candidate.target = Some(owned.clone());
        buyer.filter(|party| party.value.is_name())?;
    } else if itself {
        let refers = || line.party(trigger.end).filter(|party| !party.value.is_name());
        candidate.target = line.subject(trigger.start).or_else(refers).cloned();
    } else if line.word(trigger.end) == "to" && line.in_title() {
        // `X sells to Y` in a headline
        candidate.target = line.subject(trigger.start).cloned();
        buyer.filter(|party| party.value.is_name())?;
    } else {
        let place = line.object(trigger.end)?;
        let object = line.party(place)?;
        asset(line, &mut candidate, place, object)?;
        // Without a buyer a price tells that a company is sold, and not goods.
        let priced = (place..segment.to).any(|at| {
            line.word(at) == "for"
                && (at + 1..at + 4)
                    .any(|at| line.sum(at).is_some_and(|sum| sum.value.role == Role::Plain))
        });
        if buyer.is_none() && !(priced && object.value.is_name()) {
            return None;
        }
        candidate
            .sellers
            .extend(line.subject(trigger.start).filter(|party| party.span != object.span).cloned());
    }
    // `sells 49% of X to A`: a part of the company, which A does not control.
    let part = (trigger.end..trigger.end + 3)
        .any(|at| matches!(line.unit(at), Some(Unit::Share)) && line.word(at + 1) == "of");
    let minor = line.facts.percents.first().is_some_and(|share| share.value.0 <= HALF);
    if part && minor {
        candidate.trigger.value = DealKind::InvestmentStake;
        let backer = |party: &Found<Party>| Backer { party: party.clone(), lead: false };
        candidate.investors.extend(buyer.map(backer));
        fill_stake(line, &mut candidate);
        fill_price(line, &mut candidate, segment, trigger);
        return candidate.target.is_some().then_some(candidate);
    }
    candidate.acquirers.extend(buyer.cloned());
    fill_price(line, &mut candidate, segment, trigger);
    // A price without a buyer is paid by somebody.
    if candidate.amount.is_none() && line.back(trigger.end, 1) != "hands" {
        seek(line, &mut candidate);
    }
    candidate.target.is_some().then_some(candidate)
}

/// `X explores a sale`, `the sale of X to A`, `X seeks a buyer`.
pub(in super::super) fn sale(
    line: &Line<'_>,
    trigger: &Trigger,
    segment: Segment,
) -> Option<Candidate> {
    let mut candidate = start(line, trigger, segment, DealKind::Acquisition, "frame.en.sale")?;
    let buyer_noun = line.word(trigger.start) != "sale";
    let sought = line
        .facts
        .cues
        .iter()
        .any(|cue| matches!(cue.value, Cue::Seeking | Cue::Talks | Cue::Hypothetical));
    // `could not find a buyer`
    let vain = (trigger.start.saturating_sub(6)..trigger.start).any(|at| {
        matches!(line.word(at), "not" | "n't" | "couldn't" | "failed" | "unable" | "without" | "no")
    });
    // `which had been looking for a buyer`: it is not any more.
    let before = (trigger.start.saturating_sub(6)..trigger.start)
        .any(|at| line.word(at) == "had" && line.word(at + 1) == "been");
    if buyer_noun && (!sought || vain || before) {
        return None;
    }
    let of = (line.word(trigger.end) == "of" || (buyer_noun && line.word(trigger.end) == "for"))
        .then(|| line.object_after(trigger.end + 1))
        .flatten();
    if let Some(place) = of.and_then(|_| line.object(trigger.end + 1))
        && matches!(line.word(place + 1), "'s" | "'")
    {
        asset(line, &mut candidate, place, line.party(place)?);
        candidate.target = None;
    }
    // `seeks a buyer for its AI unit`: the text says which.
    let unnamed = buyer_noun
        && line.word(trigger.end) == "for"
        && of.is_none()
        && (trigger.end..trigger.end + 8).any(|at| {
            matches!(
                line.word(at),
                "unit" | "arm" | "division" | "business" | "subsidiary" | "stake" | "operations"
            )
        });
    if unnamed {
        return None;
    }
    let owner = (segment.from..trigger.start)
        .rev()
        .take(4)
        .find_map(|at| line.party(at).filter(|_| matches!(line.word(at + 1), "'s" | "'")));
    let company = |party: &&Found<Party>| {
        matches!(party.value.kind, PartyKind::Company | PartyKind::Refers(_))
    };
    // `X hires a bank to find a buyer`: who hires is for sale.
    let hirer = (0..trigger.start)
        .find(|at| {
            matches!(line.word(*at), "hires" | "hired" | "taps" | "tapped" | "retains" | "retained")
        })
        .and_then(|at| line.subject(at));
    candidate.target =
        of.or(owner).or(hirer).or_else(|| line.subject(trigger.start)).filter(company).cloned();
    let to = (trigger.end..segment.to.min(trigger.end + 18)).find(|at| line.word(*at) == "to");
    // `in talks with A about a sale`
    let with = (0..trigger.start)
        .find(|at| {
            matches!(line.word(*at), "talks" | "discussions" | "negotiations" | "negotiating")
                && line.word(at + 1) == "with"
        })
        .and_then(|at| line.party(at + 2))
        .filter(|party| party.value.is_name());
    let buyer = to.and_then(|at| line.party(at + 1)).filter(|_| !buyer_noun).or(with);
    candidate.acquirers.extend(buyer.cloned());
    if buyer.is_none() && !sought {
        return None;
    }
    seek(line, &mut candidate);
    fill_price(line, &mut candidate, segment, trigger);
    candidate.target.is_some().then_some(candidate)
}

/// `The founders of X are selling to A`, `X's owners sell out to A`: whose company it is.
fn sold_by_owners<'a>(line: &Line<'a>, trigger: &Trigger) -> Option<&'a Found<Party>> {
    let next = trigger.end + usize::from(matches!(line.word(trigger.end), "up" | "out"));
    if line.word(next) != "to" {
        return None;
    }
    let owners = (trigger.start.saturating_sub(12)..trigger.start).rev().find(|at| {
        matches!(
            line.word(*at),
            "founders" | "founder" | "owners" | "owner" | "shareholders" | "investors" | "backers"
        )
    })?;
    let company = |party: &&Found<Party>| party.value.kind == PartyKind::Company;
    let of = matches!(line.word(owners + 1), "of" | "behind")
        .then(|| line.object_after(owners + 2))
        .flatten();
    let before =
        || (owners.saturating_sub(3)..owners).rev().find_map(|at| line.party(at).filter(company));
    of.filter(company).or_else(before)
}

/// A company that looks for a buyer, none being named, seeks.
fn seek(line: &Line<'_>, candidate: &mut Candidate) {
    if !candidate.acquirers.is_empty() {
        return;
    }
    if let Some(status) = candidate.status.as_mut() {
        if matches!(
            status.value,
            DealStatus::InTalks | DealStatus::Rumoured | DealStatus::Announced
        ) {
            status.value = DealStatus::Seeking;
        }
    } else if let Some(cue) = line.facts.cues.first() {
        candidate.status =
            Some(Found { value: DealStatus::Seeking, span: cue.span, rule: cue.rule });
    }
}

/// `The buyer is A.`: of a deal that other words state.
pub(in super::super) fn buyer_is(line: &Line<'_>) -> Option<Candidate> {
    let noun = (0..line.len().min(6)).find(|at| {
        matches!(line.word(*at), "buyer" | "acquirer" | "purchaser")
            || line.party(*at).is_some_and(|party| {
                let words = line.text.of(party.span);
                words.ends_with("buyer") || words.ends_with("acquirer")
            })
    })?;
    let is = (noun + 1..noun + 3).find(|at| matches!(line.word(*at), "is" | "was" | ":"))?;
    let buyers = line.list(is + 1);
    let buyer = buyers.first().filter(|party| party.value.kind != PartyKind::Person)?;
    let span = line.span(noun, is + 1)?;
    let mut candidate =
        Candidate::new(line.sentence.index, DealKind::Acquisition, span, "frame.en.buyer_is");
    candidate.supports_only = true;
    candidate.kind_is_weak = true;
    candidate.acquirers.push((*buyer).clone());
    Some(candidate)
}

/// `offloading $800 million of its X stock`: whose shares change hands.
fn shares_of<'a>(line: &Line<'a>, trigger: &Trigger) -> Option<&'a Found<Party>> {
    let staff =
        (0..trigger.start).find(|at| matches!(line.word(*at), "staff" | "employees" | "workers"));
    let shares = (trigger.end..trigger.end + 5)
        .any(|at| matches!(line.word(at), "shares" | "stock" | "equity" | "holdings"));
    if let (Some(staff), true) = (staff, shares) {
        // `Employees of X sold $5M of stock`, `X staff sell`
        let of = matches!(line.word(staff + 1), "of" | "at")
            .then(|| line.object_after(staff + 2))
            .flatten();
        return of.or_else(|| {
            (staff.saturating_sub(3)..staff)
                .rev()
                .filter_map(|at| line.party(at))
                .find(|party| party.value.kind == PartyKind::Company)
        });
    }
    let sum = (trigger.end..trigger.end + 5).find(|at| line.sum(*at).is_some())?;
    let of = (sum + 1..sum + 3).find(|at| matches!(line.word(*at), "of" | "in" | "worth"))?;
    // `X staff to sell $600m of stock`
    let bare = matches!(line.word(of + 1), "stock" | "shares" | "equity" | "of");
    let holder = (0..trigger.start).find(|at| {
        matches!(
            line.word(*at),
            "staff" | "employees" | "workers" | "insiders" | "holders" | "founders"
        )
    });
    if let (true, Some(holder)) = (bare, holder) {
        // `Employees of X sold $5M of stock`
        let of = matches!(line.word(holder + 1), "of" | "at")
            .then(|| line.object_after(holder + 2))
            .flatten();
        return of.or_else(|| {
            (0..holder)
                .rev()
                .filter_map(|at| line.party(at))
                .find(|party| party.value.kind == PartyKind::Company)
        });
    }
    let place = (of + 1..of + 5)
        .find(|at| line.party(*at).is_some_and(|party| party.value.kind == PartyKind::Company))?;
    let held = matches!(line.word(place + 1), "stock" | "shares" | "stake" | "holding" | "equity");
    line.party(place).filter(|_| held)
}

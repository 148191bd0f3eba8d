//! A purchase told with a verb that no list knows: who, a price, and a company as a whole.
//!
//! Writers find ever new verbs for buying. Where a company is what a sum is `for`, or goes to another
//! `for` a sum, the verb need not be known, unless the words say that something else is sold.

use super::super::headline;
use super::super::line::Line;
use super::super::line::Segment;
use super::super::verbs::Event;
use super::super::verbs::Form;
use super::super::verbs::Trigger;
use super::start;
use crate::domain::DealKind;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::money::Role;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;

use super::price::fill_price;

/// The purchase that such a sentence tells.
pub(in super::super) fn any_verb(line: &Line<'_>) -> Option<Candidate> {
    let sum = (0..line.len())
        .find(|at| line.sum(*at).is_some_and(|sum| sum.value.role == Role::Plain))?;
    if headline::is_of_trade(line, sum) || is_other(line) {
        return None;
    }
    let (verb, buyer, target) = gives_for(line, sum).or_else(|| goes_for(line, sum))?;
    let company = |party: &Found<Party>| {
        matches!(party.value.kind, PartyKind::Company | PartyKind::Refers(_))
    };
    if !company(target) || !company(buyer) || buyer.span == target.span {
        return None;
    }
    let trigger = Trigger { event: Event::Acquire, form: Form::Past, start: verb, end: verb + 1 };
    let segment = Segment { from: 0, to: line.len(), only: true };
    let mut candidate = start(line, &trigger, segment, DealKind::Acquisition, "frame.en.any")?;
    candidate.target = Some(target.clone());
    candidate.acquirers.push(buyer.clone());
    fill_price(line, &mut candidate, segment, &trigger);
    Some(candidate)
}

/// Where the verb stands, who buys, and what.
type Sides<'a> = (usize, &'a Found<Party>, &'a Found<Party>);

/// `A parted with $5M for X`: a sum, and `for` a company as a whole.
fn gives_for<'a>(line: &Line<'a>, sum: usize) -> Option<Sides<'a>> {
    let for_at = (sum + 1..sum + 5).find(|at| line.word(*at) == "for")?;
    let plain = (sum + 1..for_at).all(|at| {
        matches!(line.word(at), "in" | "cash" | "stock" | "and" | "of" | "shares" | "(" | ")")
    });
    let place = line.object(for_at + 1).filter(|place| plain && *place < for_at + 5)?;
    let target = line.party(place).filter(|_| is_whole(line, place))?;
    let buyer = line.subject(sum)?;
    let verb = line.unit_at(buyer.span.end());
    // Something has to happen between the two.
    ((verb..sum).any(|at| !line.word(at).is_empty()) && target.value.is_name())
        .then_some((verb, buyer, target))
}

/// `X has been gulped down by A for $5M`, `X passes to A for $5M`, `hands X to A for $5M`.
fn goes_for<'a>(line: &Line<'a>, sum: usize) -> Option<Sides<'a>> {
    let for_at = sum.checked_sub(1).filter(|at| matches!(line.word(*at), "for" | "at"))?;
    let buyer_at = for_at.checked_sub(1)?;
    let buyer = line.party(buyer_at).filter(|party| party.value.is_name())?;
    let governor = (buyer_at.saturating_sub(4)..buyer_at)
        .rev()
        .find(|at| matches!(line.word(*at), "to" | "by"))?;
    let before = governor.checked_sub(1)?;
    if line.word(governor) == "by" {
        let passive = (before.saturating_sub(4)..before)
            .any(|at| matches!(line.word(at), "been" | "was" | "is" | "being"));
        let target = line.subject(before).filter(|_| passive)?;
        return Some((before, buyer, target));
    }
    // `hands X, insolvent since July, to A`
    let object = if line.word(before) == "," {
        (0..before).rev().find(|at| line.word(*at) == ",").and_then(|comma| comma.checked_sub(1))
    } else {
        Some(before)
    };
    let handed = object.and_then(|at| line.party(at)).filter(|party| party.value.is_name());
    if let Some(target) = handed {
        return Some((governor, buyer, target));
    }
    // `X passes to A`: the verb stands right before `to`.
    let verb = line.word(before);
    let moves = matches!(
        verb,
        "passes" | "passed" | "goes" | "went" | "moves" | "moved" | "falls" | "fell" | "away"
    );
    line.subject(before).filter(|_| moves).map(|target| (before, buyer, target))
}

/// Nothing of the company's is meant.
fn is_whole(line: &Line<'_>, place: usize) -> bool {
    matches!(
        line.word(place + 1),
        "" | "." | "," | ";" | "on" | "in" | "last" | "this" | "and" | "–" | "—" | "to" | "as"
    ) && line.party(place + 1).is_none()
}

/// Words of what else sums change hands for: a round, a debt, a case, a sale of goods.
fn is_other(line: &Line<'_>) -> bool {
    line.is_about_round()
        || (0..line.len()).any(|at| {
            line.is_round(at)
                || matches!(
                    line.word(at),
                    "raised"
                        | "raises"
                        | "raising"
                        | "raise"
                        | "sued"
                        | "sues"
                        | "fined"
                        | "owes"
                        | "owed"
                        | "debt"
                        | "order"
                        | "orders"
                        | "contract"
                        | "revenue"
                        | "sales"
                        | "fund"
                        | "damages"
                        | "settled"
                        | "settle"
                        | "licence"
                        | "license"
                        | "arranged"
                        | "invested"
                        | "invests"
                        | "shares"
                        | "stake"
                        | "machines"
                        | "forecast"
                        | "budget"
                        | "spent"
                        | "grant"
                        | "ipo"
                        | "valued"
                        | "lent"
                        | "borrowed"
                        | "delivered"
                        | "supplied"
                        | "built"
                        | "earned"
                        | "made"
                        | "charged"
                        | "billed"
                        | "customers"
                        | "investors"
                )
        })
}

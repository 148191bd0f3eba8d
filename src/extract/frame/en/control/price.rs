//! What is paid, and how: beside the verb, and in a sentence of its own.

use super::super::line::Line;
use super::super::line::Segment;
use super::super::verbs::Trigger;
use crate::domain::Basis;
use crate::domain::DealKind;
use crate::domain::Terms;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::money::Role;
use crate::extract::party::PartyKind;
use crate::extract::status::Cue;

/// The price, what the company is worth, and how it is paid.
pub(super) fn fill_price(
    line: &Line<'_>,
    candidate: &mut Candidate,
    segment: Segment,
    trigger: &Trigger,
) {
    let (from, to) = if segment.only {
        (0, line.len())
    } else {
        (trigger.start.saturating_sub(6).max(segment.from), segment.to)
    };
    // `A buys X, Y raises $5M`: the sum of the next headline is no price.
    let to = if line.in_title() {
        (trigger.end + 1..to)
            .find(|at| {
                matches!(line.word(*at), "," | ";")
                    && line.party(at + 1).is_some_and(|party| party.value.is_name())
            })
            .unwrap_or(to)
    } else {
        to
    };
    // `raises $300 million and buys X`: the sum of the verb before is no price.
    let own = |at: &usize| {
        segment.only
            || (*at..trigger.start).all(|at| !matches!(line.word(at), "and" | "after" | "then"))
    };
    let places = (trigger.start..to).chain((from..trigger.start).filter(own));
    for sum in places.filter_map(|at| line.sum(at)).filter(|sum| !sum.value.conversion) {
        let amount = Found { value: sum.value.amount.clone(), span: sum.span, rule: sum.rule };
        match sum.value.role {
            Role::Plain if candidate.amount.is_none() => candidate.amount = Some(amount),
            Role::Valuation(basis) if candidate.valuation.is_none() => {
                candidate.valuation =
                    Some(amount.map(|amount| crate::domain::Valuation::new(amount, basis)));
            }
            Role::Plain | Role::Valuation(_) | Role::Cumulative | Role::Other => {}
        }
    }
    // `a deal valuing X at $2 billion` is the price of the whole.
    if candidate.amount.is_none() && candidate.trigger.value == DealKind::Acquisition {
        candidate.amount =
            candidate.valuation.take().map(|worth| worth.map(|worth| worth.amount()));
    }
    candidate.terms = terms(line, from, to);
}

pub(super) fn terms(line: &Line<'_>, from: usize, to: usize) -> Option<Found<Terms>> {
    let word = |list: &[&str]| (from..to).find(|at| list.contains(&line.word(*at)));
    let stock = (from..to).find(|at| {
        line.is(*at, &["all", "-", "stock"])
            || line.is(*at, &["in", "stock"])
            || line.is(*at, &["share", "swap"])
    });
    let earn =
        (from..to).find(|at| line.is(*at, &["earn", "-", "out"]) || line.word(*at) == "earnout");
    let cash = word(&["cash"]);
    let (at, value) = match (earn, cash, stock) {
        (Some(at), _, _) => (at, Terms::EarnOut),
        (None, Some(at), Some(_)) => (at, Terms::Mixed),
        (None, Some(at), None) if matches!(line.word(at + 2), "stock") => (at, Terms::Mixed),
        (None, Some(at), None) if matches!(line.back(at, 1), "in" | "-" | "all") => {
            (at, Terms::Cash)
        }
        (None, None, Some(at)) => (at, Terms::Stock),
        _ => return None,
    };
    Some(Found { value, span: line.span(at, at + 1)?, rule: "terms.en" })
}

/// `The deal is worth more than $2 billion`: the price of a deal that other words state.
pub(in super::super) fn price(line: &Line<'_>) -> Option<Candidate> {
    let sum = line.facts.sums.iter().find(|sum| {
        matches!(sum.value.role, Role::Plain | Role::Valuation(_)) && !sum.value.conversion
    })?;
    let place = line.unit_at(sum.span.start());
    let from = place.saturating_sub(14);
    let deal = (from..place).find(|at| {
        matches!(
            line.word(*at),
            "deal"
                | "transaction"
                | "price"
                | "paid"
                | "pay"
                | "pays"
                | "paying"
                | "consideration"
                | "fetch"
                | "bill"
                | "fetched"
                | "fetching"
                | "acquisition"
                | "takeover"
                | "purchase"
                | "buyout"
                | "tag"
                | "cost"
        )
    });
    // `The $5M deal was announced`
    let deal = deal.or_else(|| {
        (place + 1..place + 4).find(|at| {
            matches!(line.word(*at), "deal" | "acquisition" | "takeover" | "purchase" | "buyout")
                && matches!(line.back(place, 1), "the" | "this")
        })
    })?;
    let past = line.facts.dates.iter().any(|date| date.value.past)
        || line.facts.cues.iter().any(|cue| cue.value == Cue::Past);
    let names = line.facts.parties.iter().filter(|party| party.value.kind == PartyKind::Company);
    if past || names.count() > 3 {
        return None;
    }
    let span = line.span(deal, deal + 1)?;
    let mut candidate =
        Candidate::new(line.sentence.index, DealKind::Acquisition, span, "frame.en.price");
    candidate.supports_only = true;
    candidate.kind_is_weak = true;
    let amount = sum.value.amount.clone();
    candidate.amount = Some(Found { value: amount, span: sum.span, rule: sum.rule });
    Some(candidate)
}

/// `The all-cash transaction values the company at $620 million`: the price of a deal that other
/// words state.
pub(in super::super) fn whole_price(line: &Line<'_>) -> Option<Candidate> {
    let values = (0..line.len()).find(|at| {
        matches!(line.word(*at), "values" | "valued" | "valuing" | "puts" | "put" | "prices")
    })?;
    let priced = (values + 1..values + 4)
        .any(|at| matches!(line.word(at), "deal" | "price" | "purchase" | "takeover"));
    let deal = priced
        || (0..values).any(|at| {
            matches!(
                line.word(at),
                "transaction"
                    | "takeover"
                    | "acquisition"
                    | "merger"
                    | "buyout"
                    | "offer"
                    | "bid"
                    | "terms"
                    | "purchase"
            )
        });
    let round = (0..line.len()).any(|at| {
        line.is_round(at) || matches!(line.word(at), "round" | "funding" | "financing" | "ipo")
    });
    if !deal || round {
        return None;
    }
    // A worth before or after new money is that of a round.
    let worth = Role::Valuation(Basis::Unspecified);
    let sum =
        (values..line.len()).find_map(|at| line.sum(at).filter(|sum| sum.value.role == worth))?;
    let span = line.span(values, values + 1)?;
    let mut candidate =
        Candidate::new(line.sentence.index, DealKind::Acquisition, span, "frame.en.price");
    candidate.supports_only = true;
    candidate.kind_is_weak = true;
    candidate.amount =
        Some(Found { value: sum.value.amount.clone(), span: sum.span, rule: sum.rule });
    Some(candidate)
}

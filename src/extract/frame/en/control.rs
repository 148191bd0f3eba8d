//! Companies change hands: acquire, acquisition, sell, sale, merge, hire and license.

mod acquisition;
mod any;
mod hire;
mod merge;
mod price;
mod sell;
mod tender;

use super::funding::fill_stake;
use super::funding::start;
use super::line::Line;
use super::line::Segment;
use super::line::Unit;
use super::verbs::Form;
use super::verbs::Trigger;
use super::verbs::belongings_of;
use crate::domain::DealKind;
use crate::domain::Span;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;

use price::fill_price;

pub(super) use acquisition::acquisition;
pub(super) use any::any_verb;
pub(super) use hire::hire;
pub(super) use hire::people_join;
pub(super) use merge::broken_talks;
pub(super) use merge::merge;
pub(super) use price::price;
pub(super) use price::whole_price;
pub(super) use sell::buyer_is;
pub(super) use sell::join;
pub(super) use sell::sale;
pub(super) use sell::sell;
pub(super) use tender::bids_for_all;
pub(super) use tender::tender;

/// `A acquires X for $2 billion`, `X is acquired by A`.
pub(super) fn acquire(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> Option<Candidate> {
    let rule = if line.in_title() { "frame.en.acquires.headline" } else { "frame.en.acquires" };
    let mut candidate = start(line, trigger, segment, DealKind::Acquisition, rule)?;
    if trigger.form == Form::Passive {
        candidate.target = line.subject(trigger.start).cloned();
        if line.word(trigger.end) == "by" {
            candidate.acquirers.extend(line.list(trigger.end + 1).into_iter().next().cloned());
        } else if let Some(buyer) = private_with(line, trigger) {
            candidate.acquirers.push(buyer.clone());
        } else if candidate.acquirers.is_empty() && line.word(trigger.end) != "for" {
            return None;
        }
    } else {
        let place = line
            .object(trigger.end)
            .or_else(|| belongings_of(line, trigger.end))
            .or_else(|| antecedent(line, trigger))?;
        let object = line.party(place)?;
        asset(line, &mut candidate, place, object)?;
        belongings(line, &mut candidate, trigger.end, place);
        let mut buyer = line.subject(trigger.start).filter(|party| party.span != object.span);
        if buyer.is_some_and(|party| is_shell(&party.value)) {
            buyer = line
                .first_party_after(0, trigger.start)
                .and_then(|place| line.party(place))
                .filter(|party| party.span != object.span && !is_shell(&party.value))
                .or(buyer);
        }
        // `In buying X, A gets`: who acts in the main clause.
        buyer = buyer.or_else(|| {
            let main = line.main_subject().and_then(|place| line.party(place));
            main.filter(|party| party.span != object.span)
        });
        candidate.acquirers.extend(together(line, trigger, buyer, object.span));
    }
    let target = candidate.target.as_ref()?;
    if matches!(target.value.kind, PartyKind::Person) {
        return None;
    }
    let agreed = trigger.form == Form::Passive && line.word(trigger.end) == "for";
    if candidate.acquirers.is_empty() && !target.value.is_name() && !agreed {
        return None;
    }
    // `swallows X in all-share merger`
    let merger = (trigger.end..segment.to)
        .any(|at| line.word(at) == "merger" && line.word(at + 1) != "with");
    if merger && candidate.trigger.value == DealKind::Acquisition && line.in_title() {
        candidate.trigger.value = DealKind::Merger;
    }
    fill_price(line, &mut candidate, segment, trigger);
    fill_stake(line, &mut candidate);
    Some(candidate)
}

/// `acquires X, Y and Z`: a purchase each, none of which has the price of all.
pub(super) fn acquire_more(
    line: &Line<'_>,
    trigger: &Trigger,
    first: &Candidate,
) -> Vec<Candidate> {
    let Some(target) = first.target.as_ref().filter(|target| target.value.is_name()) else {
        return Vec::new();
    };
    if trigger.form == Form::Passive || first.asset.is_some() {
        return Vec::new();
    }
    let place = line.unit_at(target.span.start());
    let mut more = Vec::new();
    let mut at = place + 1;
    while matches!(line.word(at), "," | "and" | "&" | "plus") && more.len() < MOST_TOGETHER {
        let next = if line.word(at + 1) == "and" { at + 2 } else { at + 1 };
        let named = line.party(next).filter(|party| party.value.kind == PartyKind::Company);
        let Some(party) = named.filter(|_| closes_list(line, next + 1)) else { break };
        let mut other = first.clone();
        other.target = Some(party.clone());
        other.amount = None;
        other.valuation = None;
        more.push(other);
        at = next + 1;
    }
    // `A acquires B, C says`: a list ends with `and`.
    let listed = (place..at).any(|at| matches!(line.word(at), "and" | "&" | "plus"));
    if listed { more } else { Vec::new() }
}

/// What may follow the last of several targets; a verb would make it a subject.
fn closes_list(line: &Line<'_>, at: usize) -> bool {
    matches!(
        line.word(at),
        "," | "and"
            | "&"
            | "plus"
            | "."
            | ";"
            | "for"
            | "in"
            | "to"
            | "as"
            | "from"
            | "–"
            | "—"
            | "-"
            | "with"
            | "after"
    ) || at >= line.len()
}

/// Companies that one sentence says were bought together.
const MOST_TOGETHER: usize = 6;

/// `goes private in a $2 billion deal with A`: who takes it off the market.
fn private_with<'a>(line: &Line<'a>, trigger: &Trigger) -> Option<&'a Found<Party>> {
    if line.back(trigger.end, 1) != "private" {
        return None;
    }
    (trigger.end..line.len().min(trigger.end + 14))
        .find(|at| matches!(line.word(*at), "with" | "by" | "to"))
        .and_then(|at| line.list(at + 1).first().copied())
}

/// `a consortium of A, B and C agreed to buy`: all who buy.
fn together(
    line: &Line<'_>,
    trigger: &Trigger,
    buyer: Option<&Found<Party>>,
    target: Span,
) -> Vec<Found<Party>> {
    let Some(buyer) = buyer else { return Vec::new() };
    let before = line.subject_place(trigger.start).map(|place| line.list_before(place + 1));
    let list: Vec<&Found<Party>> = before.unwrap_or_default();
    // `A clears B to buy` is no list.
    let joined = list.windows(2).all(|pair| match pair {
        [one, other] => (line.unit_at(one.span.start())..line.unit_at(other.span.start()))
            .any(|at| matches!(line.word(at), "," | "and" | "&" | "plus")),
        _ => true,
    });
    let listed = list.len() >= 2
        && joined
        && list.iter().any(|party| party.span == buyer.span)
        && list.iter().all(|party| {
            party.span != target
                && matches!(party.value.kind, PartyKind::Company | PartyKind::Investor)
        });
    if listed { list.into_iter().cloned().collect() } else { vec![buyer.clone()] }
}

/// `X, the designer that A bought on Monday`: what the clause is about.
fn antecedent(line: &Line<'_>, trigger: &Trigger) -> Option<usize> {
    let free = matches!(
        line.word(trigger.end),
        "" | "." | "," | "on" | "in" | "last" | "for" | "this" | "earlier" | "from" | "and"
    ) && line.party(trigger.end).is_none()
        && line.sum(trigger.end).is_none();
    let subject = line.subject_place(trigger.start)?;
    let that = subject.checked_sub(1)?;
    let governed = matches!(
        line.back(that, 1),
        "with" | "by" | "from" | "in" | "on" | "through" | "for" | "under" | "of"
    );
    if !free
        || governed
        || !matches!(line.word(that), "that" | "which" | "whom")
        || subject + 1 != line.group_start(trigger.start)
    {
        return None;
    }
    (that.saturating_sub(12)..that)
        .rev()
        .find(|at| line.party(*at).is_some_and(|party| party.value.kind == PartyKind::Company))
}

/// A company made for one purchase: who stands behind it buys.
fn is_shell(party: &Party) -> bool {
    let name = party.name.to_lowercase();
    [
        "merger sub",
        "acquisition sub",
        "bidco",
        "topco",
        "acquisition corp",
        "acquireco",
        "purchaser sub",
    ]
    .iter()
    .any(|shell| name.contains(shell))
}

/// What is bought: the party itself, or something of its.
fn asset(
    line: &Line<'_>,
    candidate: &mut Candidate,
    place: usize,
    object: &Found<Party>,
) -> Option<()> {
    candidate.target = Some(object.clone());
    let owned = matches!(line.word(place + 1), "'s" | "'");
    let noun_from = if owned { place + 2 } else { place + 1 };
    for at in noun_from..noun_from + 5 {
        match line.unit(at) {
            Some(Unit::Word(word))
                if is_unit(word) && (owned || at == noun_from || at <= noun_from + 2) =>
            {
                let span = line.span(place, at + 1)?;
                candidate.asset = Some(Found {
                    value: line.text.printed(span).to_owned(),
                    span,
                    rule: "asset.en.unit",
                });
                candidate.trigger.value = if matches!(
                    word,
                    "assets"
                        | "technology"
                        | "ip"
                        | "patents"
                        | "portfolio"
                        | "intellectual"
                        | "code"
                ) {
                    DealKind::AssetPurchase
                } else {
                    DealKind::Divestiture
                };
                candidate.sellers.push(object.clone());
                return Some(());
            }
            // `take over X's models and data for $5M`
            Some(Unit::Word("models" | "model" | "data" | "software" | "codebase"))
                if owned && is_taken(line, place) =>
            {
                candidate.trigger.value = DealKind::AssetPurchase;
                candidate.sellers.push(object.clone());
                return Some(());
            }
            // `X's people and a licence`
            Some(Unit::Word(
                "people" | "staff" | "engineers" | "researchers" | "talent" | "team",
            )) if owned => {
                candidate.trigger.value = DealKind::Acquihire;
                return Some(());
            }
            Some(Unit::Word(word)) if is_goods(word) => return None,
            Some(Unit::Word(word)) if !owned && at == noun_from && is_end(word) => return Some(()),
            Some(Unit::Word(word)) if is_end(word) => break,
            Some(Unit::Word(_)) => {}
            _ => break,
        }
    }
    if owned { None } else { Some(()) }
}

/// What is taken is paid for, or comes with people: no service that is bought.
fn is_taken(line: &Line<'_>, place: usize) -> bool {
    let verb = (0..place).any(|at| {
        line.is(at, &["take", "over"])
            || line.is(at, &["taking", "over"])
            || line.word(at).starts_with("acquir")
    });
    let paid = (place..line.len()).any(|at| {
        line.sum(at).is_some() || matches!(line.word(at), "engineers" | "team" | "staff")
    });
    verb && paid
}

/// `the patents and source code of X`, `assets from X`: what stands between the verb and a name
/// that `of` governs is bought, and not the company.
fn belongings(line: &Line<'_>, candidate: &mut Candidate, from: usize, owner: usize) {
    let Some(of) = (from..owner)
        .rev()
        .take(5)
        .find(|at| matches!(line.word(*at), "of" | "from" | "behind" | "at"))
    else {
        return;
    };
    let from = if matches!(line.word(from), "the" | "all" | "some" | "certain" | "its") {
        from + 1
    } else {
        from
    };
    let thing = (from..of).find(|at| {
        matches!(
            line.word(*at),
            "assets"
                | "patents"
                | "patent"
                | "technology"
                | "ip"
                | "intellectual"
                | "code"
                | "remains"
                | "remnants"
                | "pieces"
                | "leftovers"
                | "scraps"
        )
    });
    let people = (from..of)
        .any(|at| matches!(line.word(at), "team" | "staff" | "engineers" | "talent" | "founders"));
    if people {
        candidate.trigger.value = DealKind::Acquihire;
        return;
    }
    let (Some(_), Some(span)) = (thing, line.span(from, of)) else { return };
    candidate.trigger.value = DealKind::AssetPurchase;
    candidate.asset = Some(Found {
        value: line.text.printed(span).to_owned(),
        span,
        rule: "asset.en.belongings",
    });
}

fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "unit"
            | "business"
            | "division"
            | "arm"
            | "assets"
            | "operations"
            | "subsidiary"
            | "technology"
            | "ip"
            | "patents"
            | "portfolio"
            | "segment"
            | "team"
            | "code"
    )
}

fn is_goods(word: &str) -> bool {
    matches!(
        word,
        "chips"
            | "gpus"
            | "shares"
            | "stock"
            | "servers"
            | "hardware"
            | "products"
            | "processors"
            | "capacity"
            | "power"
            | "drones"
            | "vehicles"
            | "computers"
            | "accelerators"
            | "bonds"
            | "debt"
            | "stake"
            | "systems"
            | "credits"
            | "licenses"
            | "licences"
            | "subscriptions"
            | "ads"
            | "rights"
            | "machines"
            | "robots"
            | "devices"
            | "bitcoin"
            | "tokens"
            | "headquarters"
            | "building"
            | "data"
            | "land"
            | "campus"
    )
}

fn is_end(word: &str) -> bool {
    matches!(
        word,
        "," | "."
            | ";"
            | ":"
            | "("
            | ")"
            | "for"
            | "in"
            | "to"
            | "from"
            | "as"
            | "with"
            | "by"
            | "and"
            | "at"
            | "after"
            | "on"
            | "while"
            | "before"
            | "last"
            | "this"
            | "amid"
            | "but"
            | "–"
            | "—"
            | "-"
            | "which"
            | "who"
            | "that"
            | "when"
            | "earlier"
            | "over"
            | "because"
            | "despite"
    )
}

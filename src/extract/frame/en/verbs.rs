//! The words that set an English frame off.

#![allow(
    clippy::match_same_arms,
    clippy::too_many_lines,
    reason = "lists of words: each arm is one way of setting a frame off"
)]

mod buy;
mod listing;
mod money;
mod shares;
mod signs;
mod whole;

use super::line::Line;
use super::line::Unit;
use crate::extract::money::Role;

use buy::acquire;
use buy::becomes_holder;
pub(super) use buy::belongings_of;
use buy::ends_named_deal;
use buy::given_share;
pub(super) use buy::pair_after;
use buy::planned_named;
use buy::priced_named;
use buy::stake_after;
use buy::whole_after;
pub(super) use money::as_investor;
pub(super) use money::given_money;
pub(super) use money::gives_to;
use money::has_money;

use money::plain_money;
use money::raise;
pub(super) use signs::is_people;

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// `raises $40M`.
    Raise,
    /// `a $40M Series B`, `the round`.
    Round,
    /// `invests $5M in X`, `backs X`.
    Invest,
    /// `leads X's round`.
    Lead,
    /// `a 30% stake in X`.
    Stake,
    /// `tender offer`.
    Secondary,
    /// `acquires X`.
    Acquire,
    /// `acquisition of X`.
    Acquisition,
    /// `X now belongs to Y`.
    Join,
    /// `sells X to Y`, `X was sold`.
    Sell,
    /// `explores a sale`.
    Sale,
    /// `X and Y merge`.
    Merge,
    /// `hires the founders of X`.
    Hire,
    /// `X files for an IPO`.
    Ipo,
}

/// How the trigger is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `raised`, `has raised`.
    Past,
    /// `raises`: headlines, and general statements.
    Present,
    /// `to raise`, `raise` after a modal.
    Bare,
    /// `raising`.
    Gerund,
    /// `acquired by`.
    Passive,
    /// A noun.
    Noun,
}

/// A trigger in a line: units `start..end`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trigger {
    pub(super) event: Event,
    pub(super) form: Form,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The triggers of a line, left to right.
pub(super) fn triggers(line: &Line<'_>) -> Vec<Trigger> {
    let mut found: Vec<Trigger> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        match trigger(line, at) {
            Some(trigger) => {
                at = trigger.end.max(at + 1);
                let claimed = matches!(trigger.event, Event::Round | Event::Ipo)
                    && found.last().is_some_and(|last| claims_round(line, last, trigger.start));
                if !claimed {
                    found.push(trigger);
                }
            }
            None => at += 1,
        }
    }
    found
}

/// `raises $40M Series B`, `leads X's round`: the round belongs to the verb before it.
fn claims_round(line: &Line<'_>, verb: &Trigger, round: usize) -> bool {
    let object = (verb.end..round).all(|at| {
        !matches!(
            line.word(at),
            "after"
                | ";"
                | "."
                | "following"
                | "while"
                | "when"
                | "since"
                | "before"
                | "until"
                | "but"
        )
    });
    match verb.event {
        Event::Raise | Event::Lead | Event::Invest | Event::Secondary | Event::Ipo => {
            object && round < verb.end + 30
        }
        Event::Round => object && round < verb.end + 12 && !names_between(line, verb.end, round),
        _ => false,
    }
}

fn names_between(line: &Line<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| {
        line.party(at).is_some_and(|party| party.value.is_name() && line.word(at + 1) == "'s")
    })
}

fn trigger(line: &Line<'_>, at: usize) -> Option<Trigger> {
    let found = from(at);
    if line.is_round(at) {
        return found(Event::Round, Form::Noun, 1);
    }
    let word = line.word(at);
    if word.is_empty() {
        return None;
    }
    // `a $5M raise`: the noun
    let noun = word == "raise"
        && (at.checked_sub(1).is_some_and(|at| line.sum(at).is_some())
            || matches!(
                line.back(at, 1),
                "a" | "the" | "this" | "its" | "latest" | "new" | "capital"
            ));
    if let Some((form, length, strong)) = raise(line, at).filter(|_| !noun)
        && (has_money(line, at + length, strong) || plain_money(line, at, at + length))
    {
        return found(Event::Raise, form, length);
    }
    if matches!(word, "buy" | "buys" | "buying" | "bought")
        && line.word(at + 1) == "into"
        && line.object_after(at + 2).is_some()
    {
        return found(Event::Stake, form_of(word, line, at), 2);
    }
    if matches!(word, "buy" | "bid" | "purchase" | "offer") && planned_named(line, at) {
        return found(Event::Acquisition, Form::Noun, 1);
    }
    if priced_named(line, at) {
        return found(Event::Acquisition, Form::Noun, 1);
    }
    if matches!(word, "deal" | "bid" | "buy" | "purchase") && ends_named_deal(line, at) {
        return found(Event::Acquisition, Form::Noun, 1);
    }
    if let Some(end) = becomes_holder(line, at) {
        // `became the owner of X`: of the whole.
        let whole = line.is(end - 3, &["the", "owner", "of"])
            || line.is(end - 3, &["new", "owner", "of"])
            || line.is(end - 3, &["sole", "owner", "of"]);
        let event = if whole { Event::Acquire } else { Event::Stake };
        return found(event, form_of(word, line, at), end - at);
    }
    if let Some((form, length)) = acquire(line, at) {
        if let Some(whole) = whole_after(line, at + length) {
            return found(Event::Acquire, form, whole - at);
        }
        if let Some(stake) = stake_after(line, at + length) {
            return found(Event::Stake, form, stake - at);
        }
        return found(Event::Acquire, form, length);
    }
    if matches!(word, "give" | "gives" | "gave" | "giving" | "hands" | "handed")
        && let Some(end) = given_share(line, at)
    {
        return found(Event::Stake, form_of(word, line, at), end - at);
    }
    if matches!(word, "take" | "takes" | "took" | "taking" | "taken" | "get" | "gets")
        && let Some(end) = stake_after(line, at + 1)
        && (at + 1..end).any(|at| matches!(line.unit(at), Some(Unit::Share)))
    {
        return found(Event::Stake, form_of(word, line, at), end - at);
    }
    if matches!(word, "own" | "owns" | "hold" | "holds" | "have" | "control" | "owning" | "holding")
        && matches!(line.unit(at + 1), Some(Unit::Share))
        && matches!(line.word(at + 2), "of" | "in")
        && line.object_after(at + 3).is_some_and(|party| party.value.is_name())
        && pays(line)
    {
        return found(Event::Stake, form_of(word, line, at), 3);
    }
    // `A to own a fifth of X`
    if word == "own"
        && line.in_title()
        && matches!(line.back(at, 1), "to" | "will")
        && stake_after(line, at + 1).is_some_and(|end| line.object_after(end).is_some())
    {
        let end = stake_after(line, at + 1)?;
        return found(Event::Stake, Form::Bare, end - at);
    }
    shares::trigger(line, at, word)
        .or_else(|| whole::trigger(line, at, word))
        .or_else(|| listing::trigger(line, at, word))
}

/// Money changes hands somewhere in the line.
fn pays(line: &Line<'_>) -> bool {
    (0..line.len()).any(|at| {
        line.sum(at).is_some_and(|sum| sum.value.role == Role::Plain)
            && (at.saturating_sub(4)..at).any(|at| {
                matches!(
                    line.word(at),
                    "paying"
                        | "pay"
                        | "pays"
                        | "paid"
                        | "spending"
                        | "spent"
                        | "spend"
                        | "for"
                        | "invest"
                        | "investing"
                        | "invested"
                        | "invests"
                        | "putting"
                        | "injecting"
                )
            })
    })
}

/// A trigger of so many units from here.
fn from(at: usize) -> impl Fn(Event, Form, usize) -> Option<Trigger> {
    move |event, form, length| Some(Trigger { event, form, start: at, end: at + length })
}

/// The form of a verb by its ending and the words before it.
fn form_of(verb: &str, line: &Line<'_>, at: usize) -> Form {
    let before = line.back(at, 1);
    let passive = line.word(at + 1) == "by";
    if verb.ends_with("ing") {
        return Form::Gerund;
    }
    let past = verb.ends_with("ed")
        || matches!(
            verb,
            "bought"
                | "sold"
                | "led"
                | "took"
                | "taken"
                | "won"
                | "got"
                | "drew"
                | "brought"
                | "sought"
                | "went"
                | "gone"
                | "put"
        );
    // `to put`, `will cut`: these look the same in the past.
    let bare = matches!(verb, "put" | "cut" | "bet")
        && matches!(before, "to" | "will" | "would" | "could" | "may" | "might" | "should" | "can");
    if bare {
        return Form::Bare;
    }
    if past {
        let is = matches!(
            before,
            "be" | "been" | "being" | "was" | "were" | "is" | "are" | "gets" | "got" | "getting"
        );
        return if passive || is { Form::Passive } else { Form::Past };
    }
    if verb.ends_with('s') { Form::Present } else { Form::Bare }
}

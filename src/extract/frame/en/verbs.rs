//! The words that set an English frame off.

#![allow(
    clippy::match_same_arms,
    clippy::too_many_lines,
    reason = "lists of words: each arm is one way of setting a frame off"
)]

mod buy;
mod money;
mod signs;

use super::control;
use super::line::Line;
use super::line::Unit;
use crate::extract::money::Role;
use crate::extract::party::PartyKind;

use buy::acquire;
use buy::becomes_holder;
use buy::becomes_part;
pub(super) use buy::belongings_of;
use buy::deal_with;
use buy::ends_named_deal;
use buy::given_share;
use buy::joins_whole;
use buy::offer_for;
pub(super) use buy::pair_after;
use buy::planned_named;
use buy::priced_named;
use buy::shares_in;
use buy::stake_after;
use buy::stake_talks;
use buy::talks_over;
use buy::whole_after;
pub(super) use money::as_investor;
pub(super) use money::given_money;
pub(super) use money::gives_to;
use money::has_money;

use money::is_investment_in;
use money::leads;
use money::plain_money;
use money::raise;
use signs::first_day;
use signs::is_answered;
use signs::is_market;
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
    let found =
        |event, form, length: usize| Some(Trigger { event, form, start: at, end: at + length });
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
    match word {
        "build" | "builds" | "built" | "building" | "amassed" | "disclosed" | "accumulated"
            if stake_after(line, at + 1).is_some_and(|end| line.object_after(end).is_some())
                && (at..at + 9).any(|at| matches!(line.unit(at), Some(Unit::Share))) =>
        {
            let end = stake_after(line, at + 1)?;
            found(Event::Stake, form_of(word, line, at), end - at)
        }
        // `subscribe to fresh shares in X`, `paid $5M for new shares in X`
        "subscribe" | "subscribes" | "subscribed" | "subscribing" | "paid" | "pays" | "paying"
        | "pay"
            if shares_in(line, at).is_some() =>
        {
            let end = shares_in(line, at)?;
            found(Event::Stake, form_of(word, line, at), end - at)
        }
        "invest" | "invests" | "invested" | "investing" if !matches!(line.back(at, 1), "fund") => {
            found(Event::Invest, form_of(word, line, at), 1)
        }
        "bets" | "bet" | "pours" | "poured" | "pouring" | "pour" | "pumps" | "pumped"
        | "injects" | "injected" | "inject" | "injecting" | "funnels" | "plows" | "ploughs"
        | "plowed" | "sinks" | "puts" | "put" | "putting" | "commits" | "committed"
            if (at + 1..at + 4)
                .any(|at| line.sum(at).is_some_and(|sum| sum.value.role == Role::Plain)) =>
        {
            found(Event::Invest, form_of(word, line, at), 1)
        }
        "given"
            if matches!(line.back(at, 1), "has" | "have" | "had" | "just")
                && given_money(line, at).is_some() =>
        {
            found(Event::Invest, Form::Past, 1)
        }
        "hand" | "give" | "lend" | "wire" | "advance" | "pay"
            if matches!(line.back(at, 1), "to" | "will" | "would" | "could" | "may")
                && word != "pay"
                && given_money(line, at).is_some() =>
        {
            found(Event::Invest, Form::Bare, 1)
        }
        "adds" | "added" | "adding" | "add" | "hands" | "handed" | "handing" | "gives" | "gave"
        | "giving" | "lends" | "lent" | "lending" | "provides" | "provided" | "providing"
        | "extends" | "extended" | "extending" | "supplies" | "supplied" | "wires" | "wired"
        | "grants" | "granted" | "advanced" | "loans" | "loaned"
            if gives_to(line, at).is_some() || given_money(line, at).is_some() =>
        {
            found(Event::Invest, form_of(word, line, at), 1)
        }
        "cheque" | "check"
            if at.checked_sub(1).is_some_and(|at| line.sum(at).is_some())
                && line.word(at + 1) == "from" =>
        {
            found(Event::Invest, Form::Noun, 1)
        }
        "writes" | "wrote" | "write" | "writing" | "written" | "cut" | "cuts"
            if (at + 1..at + 6).any(|at| matches!(line.word(at), "cheque" | "check"))
                && (at + 1..at + 5).any(|at| line.sum(at).is_some()) =>
        {
            found(Event::Invest, form_of(word, line, at), 1)
        }
        "backs" | "backed" | "back"
            if (word != "back"
                || (line.in_title() && !line.list_before(at).is_empty())
                || matches!(line.back(at, 1), "to" | "will" | "would"))
                && !matches!(line.word(at + 1), "by" | "out" | "away" | "down")
                && line.back(at, 1) != "-"
                && line.object(at + 1).is_some() =>
        {
            found(Event::Invest, form_of(word, line, at), 1)
        }
        "leads" | "lead" | "led" | "leading" | "co" if leads(line, at).is_some() => {
            let (form, length) = leads(line, at)?;
            found(Event::Lead, form, length)
        }
        "investment" | "investments" if is_investment_in(line, at) => {
            found(Event::Invest, Form::Noun, 1)
        }
        // `is talking to X about a minority stake`
        "stake" | "investment"
            if (at.saturating_sub(4)..at).any(|at| matches!(line.word(at), "about" | "over"))
                && stake_talks(line, at).is_some() =>
        {
            let start = stake_talks(line, at)?;
            Some(Trigger { event: Event::Stake, form: Form::Gerund, start: start - 2, end: start })
        }
        // `ups X stake to 30%`
        "stake"
            if line.in_title()
                && at
                    .checked_sub(1)
                    .and_then(|at| line.party(at))
                    .is_some_and(|party| party.value.kind == PartyKind::Company)
                && !matches!(line.word(at + 1), "in" | "of")
                && (0..at).any(|at| {
                    matches!(
                        line.word(at),
                        "raises"
                            | "ups"
                            | "lifts"
                            | "increases"
                            | "boosts"
                            | "buys"
                            | "takes"
                            | "acquires"
                            | "hikes"
                            | "builds"
                    )
                }) =>
        {
            found(Event::Stake, Form::Noun, 1)
        }
        "stake" | "stakes" if matches!(line.word(at + 1), "in" | "of") => {
            found(Event::Stake, Form::Noun, 1)
        }
        "tender" if line.word(at + 1) == "offer" => found(Event::Secondary, Form::Noun, 2),
        "tender"
            if matches!(line.back(at, 1), "a" | "the" | "employee" | "staff" | "new")
                && (0..line.len()).any(|at| {
                    matches!(line.word(at), "stock" | "shares" | "share" | "employees" | "staff")
                }) =>
        {
            found(Event::Secondary, Form::Noun, 1)
        }
        "cash"
            if line.in_title()
                && (line.word(at + 1) == "out"
                    || line.word(at + 1) == "in"
                        && (at + 2..at + 6)
                            .any(|at| matches!(line.word(at), "shares" | "stock" | "equity"))) =>
        {
            found(Event::Secondary, Form::Noun, 2)
        }
        "secondary"
            if matches!(
                line.word(at + 1),
                "sale" | "share" | "transaction" | "offering" | "stock" | "round" | "deal"
            ) =>
        {
            found(Event::Secondary, Form::Noun, 2)
        }
        "share" | "stock" if matches!(line.word(at + 1), "sale" | "sales") => {
            found(Event::Secondary, Form::Noun, 2)
        }
        "acquisition" | "takeover" | "buyout" | "acquisitions" => {
            found(Event::Acquisition, Form::Noun, 1)
        }
        "purchase" if line.word(at + 1) == "of" => found(Event::Acquisition, Form::Noun, 1),
        "approach" | "proposal" | "offer" | "bid" | "overture" | "overtures" | "advances"
            if is_answered(line, at) =>
        {
            found(Event::Acquisition, Form::Noun, 1)
        }
        "buyer" | "bidder" | "suitor" | "owner" | "acquirer"
            if (at.saturating_sub(4)..at).any(|at| line.word(at) == "as")
                && matches!(line.word(at + 1), "of" | "for")
                && line.object_after(at + 2).is_some_and(|party| party.value.is_name()) =>
        {
            found(Event::Acquisition, Form::Noun, 1)
        }
        "part"
            if line.word(at + 1) == "of"
                && ((1..3).any(|n| line.back(at, n) == "now")
                    || line.in_title() && matches!(line.back(at, 1), "is" | "are"))
                && line.object_after(at + 2).is_some_and(|party| party.value.is_name()) =>
        {
            found(Event::Join, Form::Present, 2)
        }
        "approach" | "proposal" | "offer" | "bid" | "overture" | "overtures" | "advances"
            if matches!(line.word(at + 1), "from" | "by")
                && line.object_after(at + 2).is_some_and(|party| party.value.is_name()) =>
        {
            found(Event::Acquisition, Form::Noun, 1)
        }
        "run" | "tilt" | "swoop" | "pounce" | "raid" | "move" | "play"
            if matches!(line.word(at + 1), "at" | "for" | "on")
                && line.in_title()
                && matches!(
                    line.back(at, 1),
                    "a" | "second" | "third" | "new" | "fresh" | "takeover" | "another" | "renewed"
                )
                && line.object_after(at + 2).is_some_and(|party| party.value.is_name())
                && line.sum(at.saturating_sub(1)).is_none() =>
        {
            found(Event::Acquisition, Form::Noun, 1)
        }
        "race" | "battle" | "auction" | "bidding" | "contest" | "pursuit" | "chase" | "war"
            if line.word(at + 1) == "for"
                // `the bidding for a piece of X` is for shares, and the round tells it.
                && !matches!(line.word(at + 3), "piece" | "slice" | "share" | "chunk" | "stake")
                && line.object_after(at + 2).is_some() =>
        {
            found(Event::Acquisition, Form::Noun, 1)
        }
        "talks" | "discussions" | "negotiations" if talks_over(line, at) => {
            found(Event::Acquisition, Form::Noun, 1)
        }
        "deal" if deal_with(line, at) => found(Event::Acquisition, Form::Noun, 1),
        "deal" | "bid" | "offer" if offer_for(line, at).is_some() => {
            let end = offer_for(line, at)?;
            found(Event::Acquisition, Form::Noun, end - at)
        }
        "sold"
            if matches!(line.back(at, 1), "be" | "been" | "was" | "is" | "being" | "were")
                || line.word(at + 1) == "to" =>
        {
            found(Event::Sell, Form::Passive, 1)
        }
        "hand" | "hands" | "handed" | "transfer" | "transfers" | "transferred"
            if line.object(at + 1).is_some_and(|place| line.word(place + 1) == "to")
                && (at..line.len()).any(|at| line.sum(at).is_some()) =>
        {
            found(Event::Sell, form_of(word, line, at), 1)
        }
        "change" | "changes" | "changed" | "changing"
            if line.word(at + 1) == "hands"
                && (at + 2..at + 8).any(|at| line.sum(at).is_some()) =>
        {
            found(Event::Sell, Form::Passive, 2)
        }
        "hive" | "hives" | "hived" | "hiving" | "spin" | "spins" | "spun" | "spinning"
            if line.word(at + 1) == "off"
                && (at + 2..at + 12).any(|at| {
                    line.word(at) == "to"
                        && line.object_after(at + 1).is_some_and(|party| party.value.is_name())
                }) =>
        {
            found(Event::Sell, form_of(word, line, at), 2)
        }
        "part" | "parts" | "parted" | "parting" if line.word(at + 1) == "with" => {
            found(Event::Sell, form_of(word, line, at), 2)
        }
        "dispose" | "disposes" | "disposed" | "disposing" if line.word(at + 1) == "of" => {
            found(Event::Sell, form_of(word, line, at), 2)
        }
        "sell" | "sells" | "selling" | "sold" | "offloading" | "offloaded" | "offload"
        | "offloads" | "divest" | "divests" | "divested" => {
            found(Event::Sell, form_of(word, line, at), 1)
        }
        "sale"
            if !matches!(
                line.back(at, 1),
                "share" | "stock" | "on" | "bond" | "debt" | "equity" | "fire"
            ) =>
        {
            found(Event::Sale, Form::Noun, 1)
        }
        // `on the block`
        "block"
            if line.back(at, 1) == "the" && line.back(at, 2) == "on"
                || line.is(at.saturating_sub(3), &["on", "the", "auction"]) =>
        {
            found(Event::Sale, Form::Noun, 1)
        }
        "buyer" | "buyers" | "suitor" if line.word(at + 1) != "'s" => {
            found(Event::Sale, Form::Noun, 1)
        }
        "goes" | "went" | "falls" | "fell" | "heads" | "passes" | "passed"
            if line.word(at + 1) == "to"
                && line.object_after(at + 2).is_some_and(|party| party.value.is_name())
                && (at + 3..at + 7).any(|at| {
                    line.word(at) == "for"
                        && (line.sum(at + 1).is_some() || line.sum(at + 2).is_some())
                }) =>
        {
            found(Event::Join, form_of(word, line, at), 2)
        }
        "belongs" | "belong"
            if line.word(at + 1) == "to" && (line.in_title() || line.back(at, 1) == "now") =>
        {
            found(Event::Join, Form::Present, 2)
        }
        "becomes" | "became" | "become" | "becoming" if line.is(at + 1, &["part", "of"]) => {
            found(Event::Join, form_of(word, line, at), 3)
        }
        "becomes" | "became" | "become" | "becoming" if becomes_part(line, at).is_some() => {
            let end = becomes_part(line, at)?;
            found(Event::Join, form_of(word, line, at), end - at)
        }
        "find" | "finds" | "found" | "finding"
            if (1..3).any(|n| {
                matches!(line.word(at + n), "home" | "owner" | "buyer")
                    && matches!(line.word(at + n + 1), "at" | "in" | "with" | "inside")
            }) =>
        {
            let noun = matches!(line.word(at + 1), "home" | "owner" | "buyer");
            found(Event::Join, form_of(word, line, at), if noun { 3 } else { 4 })
        }
        // `X exits to A`
        "exits" | "exited"
            if line.in_title()
                && line.word(at + 1) == "to"
                && line.object_after(at + 2).is_some_and(|party| party.value.is_name()) =>
        {
            found(Event::Join, form_of(word, line, at), 2)
        }
        "joins" | "join" | "joining" | "joined" | "moves" | "moving" | "moved" | "goes"
        | "heads" | "head" | "go"
            if control::people_join(line, at) =>
        {
            found(Event::Hire, form_of(word, line, at), 1)
        }
        "joins" | "join" | "joining" if joins_whole(line, at) => {
            found(Event::Join, form_of(word, line, at), 1)
        }
        "merge" | "merges" | "merged" | "merging" | "combine" | "combines" | "combining" => {
            found(Event::Merge, form_of(word, line, at), 1)
        }
        "fold" | "folds" | "folded" | "folding"
            if line.word(at + 1) == "into" && line.object_after(at + 2).is_some() =>
        {
            found(Event::Merge, form_of(word, line, at), 1)
        }
        "unite" | "unites" | "united" | "uniting"
            if line.list_before(at).len() >= 2
                && !matches!(line.word(at + 1), "against" | "behind" | "on") =>
        {
            found(Event::Merge, form_of(word, line, at), 1)
        }
        "joining" | "join"
            if (line.word(at + 1) == "together" || line.is(at + 1, &["under", "the", "name"]))
                && line.list_before(at).len() >= 2 =>
        {
            found(Event::Merge, form_of(word, line, at), 1)
        }
        "combination" | "amalgamation"
            if matches!(line.word(at + 1), "of" | "between")
                && pair_after(line, at + 2).is_some() =>
        {
            found(Event::Merge, Form::Noun, 1)
        }
        "merger" => found(Event::Merge, Form::Noun, 1),
        "tie" | "tying" | "ties" | "tied"
            if line.is(at + 1, &["the", "knot"]) && line.list_before(at).len() >= 2 =>
        {
            found(Event::Merge, form_of(word, line, at), 3)
        }
        "join" | "joins" | "joining" | "joined"
            if line.word(at + 1) == "forces"
                && line.list_before(at).len() >= 2
                && ["merge", "merging", "combined company", "combine"]
                    .iter()
                    .any(|word| line.text.str().contains(word)) =>
        {
            found(Event::Merge, form_of(word, line, at), 2)
        }
        "become" | "becomes" | "becoming" | "became"
            if matches!(line.word(at + 1), "one")
                && matches!(line.word(at + 2), "" | "." | "," | "company" | "in")
                && pair_before(line, at) =>
        {
            found(Event::Merge, form_of(word, line, at), 2)
        }
        // `A and B are discussing a tie-up`
        "tie" if line.is(at + 1, &["-", "up"]) && ties_up(line, at) => {
            found(Event::Merge, Form::Noun, 3)
        }
        "acquihire" | "acquihires" | "acquihired" | "acquihiring" => {
            found(Event::Hire, Form::Noun, 1)
        }
        "acqui" if line.word(at + 1) == "-" => found(Event::Hire, Form::Noun, 3),
        "hire" | "hires" | "hired" | "hiring" | "poach" | "poaches" | "poached" | "recruits"
        | "recruited" => found(Event::Hire, form_of(word, line, at), 1),
        "brought" | "brings" | "bring" | "bringing" | "takes" | "took" | "take" | "taking"
            if matches!(line.word(at + 1), "on" | "aboard" | "over" | "in")
                && (at + 2..at + 9).any(|at| is_people(line.word(at))) =>
        {
            found(Event::Hire, form_of(word, line, at), 2)
        }
        "licensing" | "licenses" | "license" | "licence" | "licensed" => {
            found(Event::Hire, Form::Noun, 1)
        }
        "ipo" => found(Event::Ipo, Form::Noun, 1),
        "initial" if line.is(at, &["initial", "public", "offering"]) => {
            found(Event::Ipo, Form::Noun, 3)
        }
        "go" | "goes" | "going" | "went" | "gone" if line.word(at + 1) == "public" => {
            found(Event::Ipo, form_of(word, line, at), 2)
        }
        "public" if matches!(line.word(at + 1), "listing" | "debut") => {
            found(Event::Ipo, Form::Noun, 2)
        }
        "leaps" | "leapt" | "jumps" | "jumped" | "soars" | "soared" | "surges" | "surged"
        | "climbs" | "climbed" | "rises" | "rose" | "gains" | "gained" | "slips" | "slipped"
        | "falls" | "fell" | "sinks" | "sank" | "drops" | "dropped" | "pops" | "popped"
        | "doubles" | "doubled" | "triples" | "shot" | "opened" | "opens" | "ended"
            if first_day(line, at) =>
        {
            found(Event::Ipo, form_of(word, line, at), 1)
        }
        "float" | "flotation"
            if matches!(line.back(at, 1), "the" | "its" | "a")
                || at.checked_sub(1).is_some_and(|before| line.sum(before).is_some()) =>
        {
            found(Event::Ipo, Form::Noun, 1)
        }
        "prospectus" => found(Event::Ipo, Form::Noun, 1),
        "listing"
            if matches!(
                line.back(at, 1),
                "hong" | "kong" | "market" | "stock" | "nasdaq" | "main" | "proposed" | "planned"
            ) || line.back(at, 1).is_empty()
                && line.party(at.saturating_sub(1)).is_none()
                && is_market(line, at)
                && at > 0 =>
        {
            found(Event::Ipo, Form::Noun, 1)
        }
        // `weighs Dublin listing`, `scraps Dublin float`
        "listing" | "float" | "debut" | "flotation"
            if line.in_title()
                && (0..at).any(|at| {
                    matches!(
                        line.word(at),
                        "weighs"
                            | "scraps"
                            | "scrapped"
                            | "plans"
                            | "eyes"
                            | "shelves"
                            | "delays"
                            | "postpones"
                            | "seeks"
                            | "readies"
                            | "mulls"
                            | "preps"
                            | "prices"
                            | "pulls"
                            | "abandons"
                            | "explores"
                            | "considers"
                            | "targets"
                    )
                })
                && !matches!(line.back(at, 1), "product" | "stage" | "film" | "music") =>
        {
            found(Event::Ipo, Form::Noun, 1)
        }
        // `has filed for a listing`, `put off its $5M listing`
        "listing" | "float" | "flotation"
            if (0..at).any(|at| {
                matches!(
                    line.word(at),
                    "filed"
                        | "files"
                        | "filing"
                        | "postponed"
                        | "postpones"
                        | "delayed"
                        | "shelved"
                        | "withdrew"
                        | "withdraws"
                        | "pulled"
                ) || line.is(at, &["put", "off"])
                    || line.is(at, &["puts", "off"])
            }) && !matches!(line.back(at, 1), "product" | "job") =>
        {
            found(Event::Ipo, Form::Noun, 1)
        }
        "listing"
            if matches!(line.word(at + 1), "in" | "on" | "plans")
                || (0..at).any(|at| {
                    matches!(line.word(at), "banks" | "bankers" | "underwriters" | "advisers")
                }) =>
        {
            found(Event::Ipo, Form::Noun, 1)
        }
        "debut" | "debuts" | "debuted" if is_market(line, at) => {
            found(Event::Ipo, form_of(word, line, at), 1)
        }
        "list" | "lists" | "listed"
            if matches!(line.word(at + 1), "on" | "in") && is_market(line, at) =>
        {
            found(Event::Ipo, form_of(word, line, at), 1)
        }
        "placement" if matches!(line.back(at, 1), "private" | "brokered" | "equity") => {
            found(Event::Round, Form::Noun, 1)
        }
        "increase" if line.back(at, 1) == "capital" => found(Event::Round, Form::Noun, 1),
        "money" | "cash" | "capital"
            if matches!(line.back(at, 1), "new" | "fresh") && line.word(at + 1) == "for" =>
        {
            found(Event::Round, Form::Noun, 1)
        }
        "round" | "raise" | "fundraise" | "fundraising" | "funding" | "financing" | "loan"
        | "facility" => found(Event::Round, Form::Noun, 1),
        _ => None,
    }
}

/// Two companies act: `A and B have agreed to become one`.
fn pair_before(line: &Line<'_>, at: usize) -> bool {
    line.list_before(at).len() >= 2
        || line.subject_place(at).is_some_and(|place| line.list_before(place + 1).len() >= 2)
}

/// Two companies before the noun, or after it: `A and B weigh a tie-up`, `a tie-up of A and B`.
fn ties_up(line: &Line<'_>, at: usize) -> bool {
    let subject =
        || line.subject_place(at).is_some_and(|place| line.list_before(place + 1).len() >= 2);
    (matches!(line.word(at + 3), "of" | "between") && pair_after(line, at + 4).is_some())
        || (!matches!(line.word(at + 3), "with" | "on") && subject())
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

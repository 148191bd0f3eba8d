//! The words that set an English frame off.

#![allow(
    clippy::match_same_arms,
    clippy::too_many_lines,
    reason = "lists of words: each arm is one way of setting a frame off"
)]

use super::headline;
use super::line::Line;
use super::line::Unit;
use super::words;
use super::words::List;
use crate::extract::money::Role;
use crate::extract::party::PartyKind;

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
    if let Some((form, length, strong)) = raise(line, at)
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
    if let Some(end) = becomes_holder(line, at) {
        return found(Event::Stake, form_of(word, line, at), end - at);
    }
    if let Some((form, length)) = acquire(line, at) {
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
    if matches!(word, "take" | "takes" | "took" | "taking" | "get" | "gets")
        && let Some(end) = stake_after(line, at + 1)
        && (at + 1..end).any(|at| matches!(line.unit(at), Some(Unit::Share)))
    {
        return found(Event::Stake, form_of(word, line, at), end - at);
    }
    match word {
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
        "writes" | "wrote" | "write" | "writing" | "cut" | "cuts"
            if (at + 1..at + 6).any(|at| matches!(line.word(at), "cheque" | "check"))
                && (at + 1..at + 5).any(|at| line.sum(at).is_some()) =>
        {
            found(Event::Invest, form_of(word, line, at), 1)
        }
        "backs" | "backed" | "back"
            if (word != "back"
                || (line.in_title() && !line.list_before(at).is_empty())
                || matches!(line.back(at, 1), "to" | "will" | "would"))
                && line.word(at + 1) != "by"
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
        "stake" | "stakes" if matches!(line.word(at + 1), "in" | "of") => {
            found(Event::Stake, Form::Noun, 1)
        }
        "tender" if line.word(at + 1) == "offer" => found(Event::Secondary, Form::Noun, 2),
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
        "deal" | "bid" | "buy" | "purchase" if ends_named_deal(line, at) => {
            found(Event::Acquisition, Form::Noun, 1)
        }
        "approach" | "proposal" | "offer" | "bid" | "overture" | "overtures" | "advances"
            if matches!(line.word(at + 1), "from" | "by")
                && line.object_after(at + 2).is_some_and(|party| party.value.is_name()) =>
        {
            found(Event::Acquisition, Form::Noun, 1)
        }
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
        "sell" | "sells" | "selling" | "sold" | "offload" | "offloads" | "divest" | "divests"
        | "divested" => found(Event::Sell, form_of(word, line, at), 1),
        "sale"
            if !matches!(
                line.back(at, 1),
                "share" | "stock" | "on" | "bond" | "debt" | "equity" | "fire"
            ) =>
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
        "belongs" | "belong" if line.word(at + 1) == "to" => found(Event::Join, Form::Present, 2),
        "becomes" | "became" | "become" | "becoming" if line.is(at + 1, &["part", "of"]) => {
            found(Event::Join, form_of(word, line, at), 3)
        }
        "becomes" | "became" | "become" | "becoming"
            if line.is(at + 1, &["a", "subsidiary", "of"]) =>
        {
            found(Event::Join, form_of(word, line, at), 4)
        }
        "merge" | "merges" | "merged" | "merging" | "combine" | "combines" | "combining" => {
            found(Event::Merge, form_of(word, line, at), 1)
        }
        "fold" | "folds" | "folded" | "folding"
            if line.word(at + 1) == "into" && line.object_after(at + 2).is_some() =>
        {
            found(Event::Merge, form_of(word, line, at), 1)
        }
        "merger" => found(Event::Merge, Form::Noun, 1),
        "acquihire" | "acquihires" | "acquihired" | "acquihiring" => {
            found(Event::Hire, Form::Noun, 1)
        }
        "acqui" if line.word(at + 1) == "-" => found(Event::Hire, Form::Noun, 3),
        "hire" | "hires" | "hired" | "hiring" | "poach" | "poaches" | "poached" | "recruits"
        | "recruited" => found(Event::Hire, form_of(word, line, at), 1),
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
        "listing" if matches!(line.word(at + 1), "in" | "on" | "plans") => {
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
        "increase" if line.back(at, 1) == "capital" => found(Event::Round, Form::Noun, 1),
        "round" | "raise" | "fundraise" | "fundraising" | "funding" | "financing" | "loan"
        | "facility" => found(Event::Round, Form::Noun, 1),
        _ => None,
    }
}

/// Words of stock markets in the line.
fn is_market(line: &Line<'_>, at: usize) -> bool {
    (at.saturating_sub(8)..at + 10).any(|at| {
        matches!(
            line.word(at),
            "trading"
                | "exchange"
                | "shares"
                | "nasdaq"
                | "nyse"
                | "stock"
                | "listing"
                | "market"
                | "hkex"
                | "ipo"
                | "hong"
                | "bourse"
                | "star"
        )
    })
}

/// A verb of raising: its form, how many words, and whether it needs no more than a sum.
fn raise(line: &Line<'_>, at: usize) -> Option<(Form, usize, bool)> {
    let word = line.word(at);
    if let Some(length) = emerges(line, at) {
        return Some((form_of(word, line, at), length, true));
    }
    let strong = matches!(
        word,
        "raise" | "raises" | "raised" | "raising" | "borrow" | "borrows" | "borrowed" | "borrowing"
    );
    let weak = words::is(line, at, List::Gets);
    if !strong && !weak {
        return None;
    }
    let particle = matches!(line.word(at + 1), "in" | "up" | "down" | "on" | "off")
        && (line.sum(at + 2).is_some()
            || matches!(
                line.word(at + 2),
                "a" | "an" | "its" | "over" | "another" | "the" | "between"
            )
            || line.is_round(at + 2));
    let length = if particle { 2 } else { 1 };
    Some((form_of(word, line, at), length, strong))
}

/// `emerges from stealth with`, `launches with`.
fn emerges(line: &Line<'_>, at: usize) -> Option<usize> {
    let with = match line.word(at) {
        "emerge" | "emerges" | "emerged" | "comes" | "came" | "exits" | "exited" | "leaves"
        | "steps" => {
            let stealth = (at + 1..at + 5).find(|at| line.word(*at) == "stealth")?;
            (stealth + 1..stealth + 3).find(|at| line.word(*at) == "with")?
        }
        "launches" | "launched" | "debuts" if line.word(at + 1) == "with" => at + 1,
        "spins" | "spun" | "spinning" | "lifts" | "sets" | "starts" | "kicks"
            if matches!(line.word(at + 1), "out" | "off") && line.word(at + 2) == "with" =>
        {
            at + 2
        }
        "extends" | "extended" | "tops" | "topped" => {
            let round = (at + 1..at + 6).find(|at| line.is_round(*at))?;
            (round + 1..round + 3).find(|at| matches!(line.word(*at), "with" | "by"))?
        }
        _ => return None,
    };
    line.sum(with + 1).or_else(|| line.sum(with + 2))?;
    Some(with + 1 - at)
}

/// `bags $5M`: a sum right after a verb that companies are funded with, in an article on funding.
fn plain_money(line: &Line<'_>, at: usize, from: usize) -> bool {
    let verb = matches!(
        line.word(at),
        "bags"
            | "bagged"
            | "nabs"
            | "nabbed"
            | "snags"
            | "snagged"
            | "lands"
            | "landed"
            | "secures"
            | "secured"
            | "banks"
            | "banked"
            | "pockets"
            | "pocketed"
            | "nets"
            | "netted"
            | "grabs"
            | "scores"
            | "scored"
            | "gets"
            | "got"
            | "closes"
            | "closed"
            | "announces"
            | "announced"
            | "takes"
            | "took"
            | "hauls"
            | "pulls"
            | "brings"
            | "bring"
            | "bringing"
            | "attracts"
            | "clinches"
            | "picks"
            | "picked"
            | "scoops"
            | "receives"
            | "adds"
            | "collects"
            | "obtains"
            | "wins"
            | "draws"
            | "rakes"
            | "reels"
            | "locks"
            | "garners"
            | "brought"
    );
    let place = (from..from + 2).find(|at| line.sum(*at).is_some());
    let sum = place.and_then(|at| line.sum(at));
    let other = place.is_some_and(|sum| headline::is_of_trade(line, sum));
    // Headlines alone: only what companies do with money from investors.
    let plain = line.in_title()
        && !other
        && matches!(
            line.word(at),
            "bags"
                | "bagged"
                | "nabs"
                | "nabbed"
                | "snags"
                | "snagged"
                | "lands"
                | "landed"
                | "secures"
                | "secured"
                | "pockets"
                | "pocketed"
                | "nets"
                | "netted"
                | "grabs"
                | "scores"
                | "scored"
                | "closes"
                | "banks"
                | "hauls"
                | "scoops"
                | "picks"
                | "pulls"
                | "banked"
                | "pulled"
                | "hauled"
                | "raked"
                | "scooped"
                | "picked"
                | "collects"
                | "attracts"
        );
    verb && (line.of_funding || plain)
        && !(other && line.in_title())
        && line.word(from) != "to"
        && sum.is_some_and(|sum| sum.value.role == Role::Plain)
}

/// Whether money is the object: a sum that can be a deal's, or a round, close by.
fn has_money(line: &Line<'_>, from: usize, strong: bool) -> bool {
    let mut sum = false;
    for at in from..from + 14 {
        match line.unit(at) {
            None => break,
            Some(Unit::Sum(found)) => {
                let before = line.back(at, 1);
                if before == "by" || (!strong && before == "to") {
                    return sum;
                }
                if found.value.role == Role::Other || (found.value.role != Role::Plain && !strong) {
                    if matches!(found.value.role, Role::Valuation(_)) && !sum {
                        continue;
                    }
                    return sum;
                }
                if strong {
                    return true;
                }
                sum = true;
            }
            Some(Unit::Round(_)) => return true,
            Some(Unit::Word(word)) if !sum && is_forecast(word) => return false,
            Some(Unit::Word(word)) => match word {
                "increase" if line.back(at, 1) == "capital" => return true,
                "round" | "funding" | "financing" | "investment" | "loan" | "fundraising"
                | "raise" | "facility" | "fundraise"
                    if sum || strong || (at < from + 6 && word != "investment") =>
                {
                    return true;
                }
                // `gets a strategic investment from X`
                "investment"
                    if at < from + 5
                        && line.word(at + 1) == "from"
                        && (line.is_round(at - 1)
                            || matches!(
                                line.back(at, 1),
                                "strategic" | "equity" | "minority" | "venture" | "growth"
                            )) =>
                {
                    return true;
                }
                "loans" | "notes" | "bonds" | "increase" if sum => return true,
                "capital" | "money" | "funds" | "debt" | "credit"
                    if (sum || strong) && line.word(at + 1) != "expenditure" =>
                {
                    return true;
                }
                "from" | "led" if sum => return true,
                "." | ";" | "that" | "which" | "who" | "after" | "as" => return false,
                "to" | "," if sum && line.in_title() => return false,
                _ => {}
            },
            Some(Unit::Party(_) | Unit::Share) => {}
        }
    }
    false
}

/// What companies raise that is no money for them.
fn is_forecast(word: &str) -> bool {
    matches!(
        word,
        "outlook"
            | "forecast"
            | "forecasts"
            | "guidance"
            | "target"
            | "targets"
            | "estimate"
            | "estimates"
            | "price"
            | "prices"
            | "rates"
            | "dividend"
            | "fees"
            | "wages"
            | "limit"
            | "awareness"
            | "questions"
            | "concerns"
            | "expectations"
            | "projection"
            | "bar"
            | "salaries"
            | "pay"
            | "minimum"
    )
}

/// A verb of buying, with the number of its words.
fn acquire(line: &Line<'_>, at: usize) -> Option<(Form, usize)> {
    let word = line.word(at);
    let form = match form_of(word, line, at) {
        Form::Past if line.word(at + 2) == "by" => Form::Passive,
        form => form,
    };
    match word {
        "purchase" if line.word(at + 1) == "of" => None,
        // `takes X private`
        "take" | "takes" | "taking" | "took" if takes_private(line, at) => Some((form, 1)),
        "offers" | "offered" | "pay" | "pays" | "paid" | "paying" => {
            // `pays $300 million in stock for X`
            let sum = (at + 1..at + 3).find(|at| line.sum(*at).is_some())?;
            price_for(line, sum).map(|end| (form, end - at))
        }
        "hand" | "hands" | "handed" if line.word(at + 1) == "over" => {
            let sum = (at + 2..at + 4).find(|at| line.sum(*at).is_some())?;
            price_for(line, sum).map(|end| (form, end - at))
        }
        "buy" | "buys" | "bought" | "buying" if line.word(at + 1) == "out" => {
            let form = if line.word(at + 2) == "by" { Form::Passive } else { form };
            Some((form, 2))
        }
        "eyes" | "eyeing" | "courts" | "courting" | "woos"
            if line.in_title() && is_whole_object(line, at + 1) =>
        {
            Some((Form::Gerund, 1))
        }
        "acquire" | "acquires" | "acquired" | "acquiring" | "buy" | "buys" | "bought"
        | "buying" | "purchase" | "purchases" | "purchased" | "purchasing" => Some((form, 1)),
        "snap" | "snaps" | "snapped" | "scoop" | "scoops" | "scooped" | "gobble" | "gobbles"
        | "gobbled" | "swallow" | "swallows" | "swallowed" | "pick" | "picks" | "picked"
            if line.word(at + 1) == "up" =>
        {
            Some((form, 2))
        }
        "take" | "takes" | "took" | "taking" | "taken" if line.word(at + 1) == "over" => {
            Some((form, 2))
        }
        "absorbs" | "absorbed" | "absorb" | "swallows" | "swallowed" => Some((form, 1)),
        _ => None,
    }
}

/// `$300 million in stock for X`, `for 62% of X`: the place after `for`.
fn price_for(line: &Line<'_>, sum: usize) -> Option<usize> {
    let price = (sum + 1..sum + 5).find(|at| line.word(*at) == "for")?;
    let share = matches!(line.unit(price + 1), Some(Unit::Share)) && line.word(price + 2) == "of";
    (share || line.object_after(price + 1).is_some()).then_some(price + 1)
}

/// `gives X 51% of Y`: the place after `of`.
fn given_share(line: &Line<'_>, at: usize) -> Option<usize> {
    line.party(at + 1)?;
    let of = (at + 2..at + 7).find(|at| matches!(line.word(*at), "of" | "in"))?;
    let share = (at + 2..of).any(|at| matches!(line.unit(at), Some(Unit::Share)));
    share.then_some(of + 1)
}

/// `take X private`, `takes AI startup X private`.
fn takes_private(line: &Line<'_>, at: usize) -> bool {
    line.object(at + 1).is_some_and(|place| {
        line.word(place + 1) == "private"
            || line.is(place + 1, &["off", "the", "hands"])
            || (line.word(place + 1) == "off" && line.word(place + 3) == "'s")
            || (line.word(place + 1) == "over" && line.word(at + 1) != "over")
    })
}

/// `A's planned X buy`, in a headline.
fn planned_named(line: &Line<'_>, at: usize) -> bool {
    line.in_title()
        && at
            .checked_sub(1)
            .and_then(|at| line.party(at))
            .is_some_and(|party| party.value.kind == PartyKind::Company)
        && (at.saturating_sub(3)..at).any(|at| {
            matches!(
                line.word(at),
                "planned"
                    | "proposed"
                    | "'s"
                    | "'"
                    | "plans"
                    | "bid"
                    | "down"
                    | "reject"
                    | "rejects"
                    | "spurn"
                    | "spurns"
                    | "rebuff"
                    | "rebuffs"
                    | "accept"
                    | "accepts"
                    | "approve"
                    | "approves"
                    | "back"
                    | "backs"
            )
        })
}

/// `closes X deal`, `drops X bid`, in a headline: a name stands between the verb and the noun.
fn ends_named_deal(line: &Line<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let named = line.party(before).is_some_and(|p| p.value.kind == PartyKind::Company);
    line.in_title()
        && named
        && (0..before).any(|at| {
            ["clos", "complet", "seal", "finali", "scrap", "abandon", "clear", "approv", "block"]
                .iter()
                .any(|stem| line.word(at).starts_with(stem))
                || matches!(line.word(at), "drops" | "dropped" | "ends" | "cancels" | "kills")
        })
}

/// `an offer worth $9 billion for X`: the place of `for`.
fn offer_for(line: &Line<'_>, at: usize) -> Option<usize> {
    let place = (at + 1..at + 5)
        .take_while(|at| {
            line.sum(*at).is_some() || matches!(line.word(*at), "for" | "worth" | "of" | "," | "in")
        })
        .find(|at| line.word(*at) == "for")?;
    line.object_after(place + 1).map(|_| place)
}

/// `becomes a shareholder in X`: the place after the preposition.
fn becomes_holder(line: &Line<'_>, at: usize) -> Option<usize> {
    if !matches!(line.word(at), "become" | "becomes" | "became" | "becoming") {
        return None;
    }
    let noun = (at + 1..at + 6).find(|at| {
        matches!(line.word(*at), "shareholder" | "stakeholder" | "investor" | "owner")
    })?;
    matches!(line.word(noun + 1), "in" | "of")
        .then_some(noun + 2)
        .filter(|next| line.object_after(*next).is_some())
}

/// A name and then the end, or a preposition: nothing of the name's is meant.
fn is_whole_object(line: &Line<'_>, at: usize) -> bool {
    let Some(at) = line.object(at) else { return false };
    line.party(at).is_some_and(|party| party.value.is_name())
        && matches!(line.word(at + 1), "" | "," | "for" | "in" | "as" | ":" | "after")
        && line.sum(at + 1).is_none()
        && line.party(at + 1).is_none()
}

/// `acquired a 30% stake in`: the place after `in`.
fn stake_after(line: &Line<'_>, from: usize) -> Option<usize> {
    for at in from..from + 8 {
        match line.unit(at)? {
            Unit::Word("stake" | "stakes" | "holding" | "shareholding" | "interest" | "shares") => {
                return matches!(line.word(at + 1), "in" | "of").then_some(at + 2);
            }
            Unit::Word("of") if matches!(line.unit(at.checked_sub(1)?), Some(Unit::Share)) => {
                return Some(at + 1);
            }
            Unit::Word("," | "." | ";" | "for" | "from" | "to" | "by") | Unit::Party(_) => {
                return None;
            }
            _ => {}
        }
    }
    None
}

/// `led X's round`, `co-led the financing`: form and number of words.
fn leads(line: &Line<'_>, at: usize) -> Option<(Form, usize)> {
    let (verb, length) = if line.word(at) == "co" && line.word(at + 1) == "-" {
        (line.word(at + 2), 3)
    } else {
        (line.word(at), 1)
    };
    if !matches!(verb, "leads" | "lead" | "led" | "leading")
        || matches!(line.word(at + length), "by" | "investor" | "investors" | "jointly")
        || line.back(at, 1) == "-"
    {
        return None;
    }
    let from = at + length;
    let funding = (from..from + 9)
        .take_while(|at| !matches!(line.word(*at), "." | ";" | "," | "by" | "to"))
        .any(|at| {
            line.is_round(at)
                || matches!(
                    line.word(at),
                    "round"
                        | "rounds"
                        | "funding"
                        | "financing"
                        | "investment"
                        | "raise"
                        | "fundraise"
                )
        });
    let money = (from..from + 4).any(|at| line.sum(at).is_some());
    (funding || (money && line.word(from) == "with")).then(|| (form_of(verb, line, at), length))
}

/// `investment in X`, `investment of $5M in X`, and a sum nearby or a party before.
fn is_investment_in(line: &Line<'_>, at: usize) -> bool {
    let in_at = (at + 1..at + 4).find(|at| matches!(line.word(*at), "in" | "into"));
    let Some(in_at) = in_at else {
        return line.word(at + 1) == "from" && line.sum(at.saturating_sub(1)).is_some();
    };
    let target = (in_at + 1..in_at + 7).find(|at| line.party(*at).is_some());
    let sum = (at.saturating_sub(4)..in_at)
        .any(|at| line.sum(at).is_some_and(|sum| sum.value.role == Role::Plain));
    target.is_some() && sum
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
    if past {
        let is = matches!(
            before,
            "be" | "been" | "being" | "was" | "were" | "is" | "are" | "gets" | "got" | "getting"
        );
        return if passive || is { Form::Passive } else { Form::Past };
    }
    if verb.ends_with('s') { Form::Present } else { Form::Bare }
}

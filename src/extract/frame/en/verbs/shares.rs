//! Words that tell of money for shares: stakes, investments, who leads, resales.

use super::super::line::Line;
use super::super::line::Unit;
use super::Event;
use super::Form;
use super::Trigger;
use super::buy::shares_in;
use super::buy::stake_after;
use super::buy::stake_talks;
use super::form_of;
use super::from;
use super::money::given_money;
use super::money::gives_to;
use super::money::is_investment_in;
use super::money::leads;
use crate::extract::money::Role;
use crate::extract::party::PartyKind;

/// The trigger at a place, if its word is one of these.
pub(super) fn trigger(line: &Line<'_>, at: usize, word: &str) -> Option<Trigger> {
    let found = from(at);
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
        _ => None,
    }
}

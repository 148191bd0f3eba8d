//! A headline that sets a company beside a sum, above an article on a round.
//!
//! Headlines find ever new verbs for raising money. Where the article tells of a round, the verb
//! need not be known: who stands before the sum got it, unless the words beside the sum say that
//! it is an order, a fund, a market.

use super::backers;
use super::funding;
use super::line::Line;
use super::line::Segment;
use super::line::Unit;
use super::verbs::Event;
use super::verbs::Form;
use super::verbs::Trigger;
use super::words;
use super::words::List;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::money::Role;
use crate::extract::party::PartyKind;
use crate::extract::status::Cue;

/// The raise that such a headline tells.
pub(super) fn plain(line: &Line<'_>) -> Option<Candidate> {
    if !line.in_title() || !(line.of_funding || is_sum_for(line)) {
        return None;
    }
    let sum = (0..line.len()).find(|at| {
        line.sum(*at).is_some_and(|sum| sum.value.role == Role::Plain) || line.is_round(*at)
    })?;
    if buys(line, sum) || is_of_trade(line, sum) {
        return None;
    }
    let company =
        |at: usize| line.party(at).is_some_and(|party| party.value.kind == PartyKind::Company);
    let before = (0..sum).rev().find(|at| {
        company(*at) && !matches!(line.back(*at, 1), "for" | "from" | "of" | "with" | "by" | "at")
    });
    // Something has to happen between the two.
    let before = before
        .filter(|at| (at + 1..sum).any(|at| matches!(line.unit(at), Some(Unit::Word(_)))))
        .filter(|at| !matches!(line.word(at + 1), ":" | ";"));
    // `$60M for X`, `With $18M in hand, X wants`
    let after = || {
        let given = (sum + 1..sum + 3).find(|at| matches!(line.word(*at), "for" | "to"));
        let given = given.and_then(|at| line.object(at + 1)).filter(|at| company(*at));
        let with = (sum == 1 && line.word(0) == "with")
            .then(|| (sum + 1..sum + 8).find(|at| line.word(*at) == ","))
            .flatten()
            .map(|comma| comma + 1);
        given.or(with.filter(|at| company(*at)))
    };
    let place = before.or_else(after)?;
    let start = if place < sum { place + 1 } else { sum };
    let trigger = Trigger { event: Event::Raise, form: Form::Present, start, end: start + 1 };
    let segment = Segment { from: 0, to: line.len(), only: true };
    let rule = "frame.en.headline";
    let mut candidate = funding::start(line, &trigger, segment, DealKind::Funding, rule)?;
    candidate.target = line.party(place).cloned();
    // The verb is not known, so what says how far it is stands beside it.
    let open = line.facts.cues.iter().find(|cue| matches!(cue.value, Cue::Talks | Cue::Seeking));
    if let Some(cue) = open {
        let status = DealStatus::InTalks;
        candidate.status = Some(Found { value: status, span: cue.span, rule: cue.rule });
    }
    funding::fill_sums(line, &mut candidate, 0, line.len());
    backers::fill(line, &mut candidate, segment);
    Some(candidate)
}

/// `$40m for X`, and nothing more but what X does with it.
fn is_sum_for(line: &Line<'_>) -> bool {
    let place = line.object(2).filter(|_| line.sum(0).is_some() && line.word(1) == "for");
    place.is_some_and(|place| {
        line.party(place).is_some_and(|party| party.value.kind == PartyKind::Company)
            && matches!(line.word(place + 1), "" | "to" | "," | "as")
    })
}

/// A verb of buying or selling before the sum: the sum is a price.
fn buys(line: &Line<'_>, sum: usize) -> bool {
    (0..sum).any(|at| {
        matches!(
            line.word(at),
            "buy"
                | "buys"
                | "buying"
                | "bought"
                | "acquire"
                | "acquires"
                | "acquired"
                | "sell"
                | "sells"
                | "sold"
                | "sues"
                | "sued"
                | "pays"
                | "pay"
                | "paid"
                | "spend"
                | "spends"
                | "spent"
                | "invest"
                | "invests"
                | "invested"
                | "worth"
                | "valued"
                | "offers"
                | "bids"
        )
    })
}

/// `a $480m army deal`, `a contract worth $5m`: the words around the sum name a trade.
pub(super) fn is_of_trade(line: &Line<'_>, sum: usize) -> bool {
    let ends = |at: usize| {
        matches!(
            line.word(at),
            "to" | "for" | "from" | "in" | "as" | "at" | "led" | "by" | "," | ";" | ":" | "after"
        )
    };
    let after = (sum + 1..sum + 6)
        .take_while(|at| !ends(*at) && line.unit(*at).is_some())
        .any(|at| words::is(line, at, List::Trade));
    let before = (sum.saturating_sub(4)..sum).any(|at| words::is(line, at, List::Trade));
    after || before || heads_other(line, sum)
}

/// `a $5M army extension`: a noun that has nothing to do with funding follows the sum.
fn heads_other(line: &Line<'_>, sum: usize) -> bool {
    if line.sum(sum).is_none() {
        return false;
    }
    let phrase = (sum + 1..sum + 7).take_while(|at| match line.unit(*at) {
        Some(Unit::Word(word)) => !closes_phrase(word),
        Some(Unit::Party(_)) => true,
        _ => false,
    });
    let last = phrase.last();
    let end = last.map_or(sum + 1, |last| last + 1);
    let round = line.is_round(end);
    last.is_some_and(|last| !round && !is_of_funding(line.word(last)))
}

/// Words that end the phrase of a sum.
fn closes_phrase(word: &str) -> bool {
    !word.chars().any(char::is_alphabetic)
        || matches!(
            word,
            "to" | "for"
                | "from"
                | "in"
                | "as"
                | "at"
                | "led"
                | "by"
                | "after"
                | "amid"
                | "with"
                | "on"
                | "and"
                | "but"
                | "while"
                | "of"
                | "ahead"
                | "before"
                | "into"
                | "via"
                | "through"
                | "more"
                | "plus"
                | "against"
                | "backed"
                | "despite"
                | "just"
                | "valuing"
                | "when"
                | "over"
                | "towards"
                | "toward"
                | "it"
                | "says"
                | "say"
                | "said"
                | "reportedly"
                | "this"
                | "last"
                | "today"
        )
}

fn is_of_funding(word: &str) -> bool {
    matches!(
        word,
        "round"
            | "funding"
            | "financing"
            | "investment"
            | "raise"
            | "seed"
            | "boost"
            | "injection"
            | "infusion"
            | "capital"
            | "equity"
            | "backing"
            | "fundraise"
            | "fundraising"
            | "cash"
            | "loan"
            | "debt"
            | "facility"
            | "credit"
            | "cheque"
            | "check"
            | "tranche"
            | "money"
            | "warchest"
            | "chest"
            | "valuation"
            | "total"
            | "support"
            | "bridge"
            | "shot"
            | "lifeline"
            | "haul"
            | "convertible"
    )
}

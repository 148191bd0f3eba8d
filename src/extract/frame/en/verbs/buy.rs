//! Words of buying: verbs, shares in a company, and the nouns of a headline.

use super::super::line::Line;
use super::super::line::Unit;
use super::super::verbs::Form;
use super::form_of;
use crate::extract::Found;
use crate::extract::money::Role;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;

/// A verb of buying, with the number of its words.
pub(super) fn acquire(line: &Line<'_>, at: usize) -> Option<(Form, usize)> {
    let word = line.word(at);
    let form = match form_of(word, line, at) {
        Form::Past if line.word(at + 2) == "by" => Form::Passive,
        form => form,
    };
    match word {
        "purchase" if line.word(at + 1) == "of" => None,
        "taken" | "take" | "takes" | "took" | "taking" | "going" | "goes" | "go" | "gone"
        | "went"
            if line.word(at + 1) == "private" =>
        {
            Some((Form::Passive, 2))
        }
        "take" | "takes" | "took" | "taking" | "gain" | "gains" | "gained" | "gaining"
        | "seize" | "seizes" | "seized" | "win" | "wins" | "won" | "winning" | "secure"
        | "secures" | "secured" | "assume" | "assumes" | "assumed"
            if line.is(at + 1, &["control", "of"])
                || line.is(at + 1, &["full", "control", "of"])
                || line.is(at + 1, &["ownership", "of"])
                || line.is(at + 1, &["majority", "control", "of"]) =>
        {
            let of = (at + 1..at + 5).find(|at| line.word(*at) == "of")?;
            Some((form, of + 1 - at))
        }
        // `takes X private`
        "take" | "takes" | "taking" | "took" if takes_private(line, at) => Some((form, 1)),
        // `The $5M that A is paying for X`
        "pay" | "pays" | "paid" | "paying"
            if line.word(at + 1) == "for"
                && is_whole_object(line, at + 2)
                && (at.saturating_sub(7)..at).any(|at| {
                    matches!(line.word(at), "that" | "which" | "what")
                        && at.checked_sub(1).is_some_and(|at| {
                            line.sum(at).is_some()
                                || matches!(line.word(at), "consideration" | "price")
                        })
                }) =>
        {
            Some((form, 2))
        }
        // `puts $5M on the table for X`
        "put" | "puts" | "putting" | "lays" | "laid"
            if (at + 2..at + 6).any(|at| line.is(at, &["on", "the", "table", "for"])) =>
        {
            let sum = (at + 1..at + 3).find(|at| line.sum(*at).is_some())?;
            price_for(line, sum).map(|end| (form, end - at))
        }
        // `now owns X`
        "owns" | "own"
            if (line.back(at, 1) == "now" || (1..3).any(|n| line.back(at, n) == "now"))
                && is_whole_object(line, at + 1) =>
        {
            Some((Form::Past, 1))
        }
        // `will own all of X`
        "owns" | "own"
            if matches!(line.back(at, 1), "will" | "would" | "to" | "now")
                && (line.is(at + 1, &["all", "of"])
                    || line.is(at + 1, &["the", "whole", "of"]))
                && line.object_after(at + 3).is_some_and(|party| party.value.is_name()) =>
        {
            Some((form, if line.word(at + 1) == "all" { 3 } else { 4 }))
        }
        // `welcomes X to its family`
        "welcome" | "welcomes" | "welcomed" | "welcoming"
            if line.object(at + 1).is_some_and(|place| {
                line.word(place + 1) == "to"
                    && (place + 2..place + 6).any(|at| {
                        matches!(line.word(at), "family" | "group" | "fold" | "portfolio")
                    })
            }) && ["acqui", "transaction", "terms"]
                .iter()
                .any(|word| line.text.str().contains(word)) =>
        {
            Some((form, 1))
        }
        // `is pleased to welcome to its family X`
        "welcome" | "welcomes" | "welcomed"
            if line.word(at + 1) == "to"
                && matches!(line.word(at + 3), "family" | "group" | "fold" | "portfolio")
                && line.object(at + 4).is_some() =>
        {
            Some((form, 4))
        }
        // `drops $5M on AI startup X`
        "drops" | "dropped" | "drop" | "spends" | "spent" | "spend" | "splurges" | "splurged"
        | "splashes" | "lavishes" | "blows"
            if line.in_title() && spends_on(line, at).is_some() =>
        {
            let on = spends_on(line, at)?;
            Some((form, on + 1 - at))
        }
        "bids" | "bid" | "bidding" | "offers" | "offered" | "pay" | "pays" | "paid" | "paying" => {
            // `pays $300 million in stock for X`
            let sum = (at + 1..at + 3).find(|at| line.sum(*at).is_some())?;
            price_for(line, sum).map(|end| (form, end - at))
        }
        "fork" | "forks" | "forked" | "forking" | "shell" | "shells" | "shelled" | "stump"
        | "stumps" | "stumped" | "splash" | "splashes" | "splashed" | "cough" | "coughs"
            if matches!(line.word(at + 1), "out" | "up") =>
        {
            let sum = (at + 2..at + 4).find(|at| line.sum(*at).is_some())?;
            price_for(line, sum).map(|end| (form, end - at))
        }
        // `For $2.1 billion A gets X`
        "get" | "gets" | "got" | "land" | "lands" | "landed" | "bags" | "nabs" | "wins" | "won"
            if is_priced(line) && is_whole_object(line, at + 1) =>
        {
            Some((form, 1))
        }
        "hand" | "hands" | "handed" if line.word(at + 1) == "over" => {
            let sum = (at + 2..at + 4).find(|at| line.sum(*at).is_some())?;
            price_for(line, sum).map(|end| (form, end - at))
        }
        "buy" | "buys" | "bought" | "buying" if line.word(at + 1) == "out" => {
            // `bought out of administration by`
            let by = (at + 2..at + 7)
                .take_while(|at| line.party(*at).is_none())
                .find(|at| line.word(*at) == "by");
            match by {
                Some(by) => Some((Form::Passive, by - at)),
                None => Some((form, 2)),
            }
        }
        "closing" | "closes" | "homes" | "homing" | "zeroes" | "zeroing" | "hones" | "swoops"
        | "moves" | "pounces"
            if line.in_title()
                && (line.is(at + 1, &["in", "on"])
                    || matches!(line.word(at + 1), "on" | "for"))
                && is_whole_object(
                    line,
                    if line.word(at + 1) == "in" { at + 3 } else { at + 2 },
                )
                && !line.facts.parties.is_empty()
                && !matches!(line.word(at), "closes" | "closing" if line.word(at + 1) != "in") =>
        {
            Some((Form::Gerund, if line.word(at + 1) == "in" { 3 } else { 2 }))
        }
        "eyes" | "eyeing" | "courts" | "courting" | "woos" | "circles" | "circling" | "stalks"
        | "stalking" | "pursues" | "pursuing" | "chases" | "chasing"
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
        // `has won the patents of X for`
        "win" | "wins" | "won" | "winning" | "get" | "gets" | "got" | "take" | "takes" | "took"
        | "secure" | "secures" | "secured" | "land" | "lands" | "landed" | "collect"
        | "collects" | "collected" | "snag" | "snags" | "snagged"
            if belongings_after(line, at + 1) =>
        {
            Some((form, 1))
        }
        "absorbs" | "absorbed" | "absorb" | "swallows" | "swallowed" => Some((form, 1)),
        _ => None,
    }
}

/// `spends $5M on AI startup X`: the place of `on`; what a company that is no startup sells is bought
/// as well.
fn spends_on(line: &Line<'_>, at: usize) -> Option<usize> {
    let sum = (at + 1..at + 3).find(|at| line.sum(*at).is_some())?;
    let on = (sum + 1..sum + 3).find(|at| line.word(*at) == "on")?;
    let place = line.object(on + 1)?;
    let called = matches!(
        line.back(place, 1),
        "startup" | "up" | "lab" | "maker" | "developer" | "firm" | "company" | "unicorn"
    );
    (called && is_whole_object(line, on + 1)).then_some(on)
}

/// `$300 million in stock for X`, `for 62% of X`: the place after `for`.
pub(super) fn price_for(line: &Line<'_>, sum: usize) -> Option<usize> {
    let price = (sum + 1..sum + 9)
        .take_while(|at| !matches!(line.word(*at), "." | ";"))
        .find(|at| line.word(*at) == "for")?;
    let share = matches!(line.unit(price + 1), Some(Unit::Share)) && line.word(price + 2) == "of";
    (share || line.object_after(price + 1).is_some()).then_some(price + 1)
}

/// `gives X 51% of Y`: the place after `of`.
pub(super) fn given_share(line: &Line<'_>, at: usize) -> Option<usize> {
    line.party(at + 1)?;
    let of = (at + 2..at + 7).find(|at| matches!(line.word(*at), "of" | "in"))?;
    let share = (at + 2..of).any(|at| matches!(line.unit(at), Some(Unit::Share)));
    share.then_some(of + 1)
}

/// `take X private`, `takes AI startup X private`.
pub(super) fn takes_private(line: &Line<'_>, at: usize) -> bool {
    line.object(at + 1).is_some_and(|place| {
        let off = (place + 1..place + 10).find(|at| line.word(*at) == "off");
        line.word(place + 1) == "private"
            || off.is_some_and(|off| line.is(off, &["off", "the", "hands"]))
            || (line.word(place + 1) == "off" && line.word(place + 3) == "'s")
            || (line.word(place + 1) == "over" && line.word(at + 1) != "over")
    })
}

/// `A's planned X buy`, in a headline.
pub(super) fn planned_named(line: &Line<'_>, at: usize) -> bool {
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

/// `with €22m X purchase`, in a headline: the sum, whom, and that it is bought.
pub(super) fn priced_named(line: &Line<'_>, at: usize) -> bool {
    let (Some(name), Some(sum)) = (at.checked_sub(1), at.checked_sub(2)) else { return false };
    let noun = matches!(line.word(at), "purchase" | "buyout" | "takeover" | "acquisition" | "buy");
    noun && line.in_title()
        && line.party(name).is_some_and(|party| party.value.kind == PartyKind::Company)
        && line.sum(sum).is_some_and(|sum| sum.value.role == Role::Plain)
}

/// The article speaks of a purchase of a company.
fn speaks_of_purchase(line: &Line<'_>) -> bool {
    ["acqui", "takeover", "bought", "buying", "buyer"]
        .iter()
        .any(|word| line.text.str().contains(word))
}

/// `agrees €22m deal with X`, in a headline above an article on a purchase.
pub(super) fn deal_with(line: &Line<'_>, at: usize) -> bool {
    line.in_title()
        && at.checked_sub(1).is_some_and(|at| line.sum(at).is_some())
        && line.word(at + 1) == "with"
        && line.object_after(at + 2).is_some_and(|party| party.value.is_name())
        && speaks_of_purchase(line)
}

/// `closes X deal`, `drops X bid`, in a headline: a name stands between the verb and the noun.
pub(super) fn ends_named_deal(line: &Line<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let named = line.party(before).is_some_and(|p| p.value.kind == PartyKind::Company);
    line.in_title()
        && named
        && (0..before).any(|at| {
            ["clos", "complet", "seal", "finali", "scrap", "abandon", "clear", "approv", "block"]
                .iter()
                .any(|stem| line.word(at).starts_with(stem))
                || matches!(
                    line.word(at),
                    "drops"
                        | "dropped"
                        | "ends"
                        | "cancels"
                        | "kills"
                        | "walks"
                        | "walked"
                        | "quits"
                        | "exits"
                        | "ditches"
                        | "shelves"
                        | "abandons"
                        | "extends"
                        | "delays"
                        | "ups"
                        | "raises"
                        | "sweetens"
                        | "lifts"
                        | "hikes"
                        | "boosts"
                )
        })
}

/// `an offer worth $9 billion for X`: the place of `for`.
pub(super) fn offer_for(line: &Line<'_>, at: usize) -> Option<usize> {
    let place = (at + 1..at + 9)
        .take_while(|at| {
            line.sum(*at).is_some()
                || matches!(
                    line.word(*at),
                    "for" | "worth" | "of" | "," | "in" | "a" | "per" | "share" | "cash" | "all"
                )
        })
        .find(|at| line.word(*at) == "for")?;
    line.object_after(place + 1).map(|_| place)
}

/// `becomes a shareholder in X`: the place after the preposition.
pub(super) fn becomes_holder(line: &Line<'_>, at: usize) -> Option<usize> {
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
pub(super) fn is_whole_object(line: &Line<'_>, at: usize) -> bool {
    let Some(at) = line.object(at) else { return false };
    line.party(at).is_some_and(|party| party.value.is_name())
        && matches!(
            line.word(at + 1),
            "" | "." | "," | "for" | "in" | "as" | ":" | "after" | "with"
        )
        && line.sum(at + 1).is_none()
        && line.party(at + 1).is_none()
}

/// `acquire all outstanding shares of`, `buys the rest of`: the place after `of`, where the company
/// as a whole stands.
pub(super) fn whole_after(line: &Line<'_>, from: usize) -> Option<usize> {
    let all = (from..from + 5).find(|at| {
        matches!(
            line.word(*at),
            "all" | "remaining" | "rest" | "remainder" | "entire" | "100" | "outstanding" | "whole"
        )
    })?;
    if (from..all).any(|at| line.party(at).is_some() || line.sum(at).is_some()) {
        return None;
    }
    let of = (all + 1..all + 9)
        .take_while(|at| !matches!(line.word(*at), "," | "." | ";" | "for" | "from" | "to" | "by"))
        .filter(|at| line.word(*at) == "of" || line.word(*at) == "in")
        .find(|at| {
            !matches!(
                line.word(at + 1),
                "the" | "its" | "common" | "capital" | "ordinary" | "company" | "issued"
            ) || line.object_after(at + 1).is_some_and(|p| p.value.is_name())
        })?;
    let of = if matches!(line.word(of + 1), "common" | "capital" | "ordinary") {
        (of + 2..of + 5).find(|at| line.word(*at) == "of")?
    } else {
        of
    };
    line.object_after(of + 1).map(|_| of + 1)
}

/// `acquired a 30% stake in`: the place after `in`.
pub(super) fn stake_after(line: &Line<'_>, from: usize) -> Option<usize> {
    for at in from..from + 8 {
        match line.unit(at)? {
            Unit::Word("position") if matches!(line.word(at + 1), "of" | "in") => {
                return (at + 1..at + 5).find(|at| line.word(*at) == "in").map(|at| at + 1);
            }
            Unit::Word("stake" | "stakes" | "holding" | "shareholding" | "interest" | "shares") => {
                return matches!(line.word(at + 1), "in" | "of").then_some(at + 2);
            }
            Unit::Word("of") if matches!(line.unit(at.checked_sub(1)?), Some(Unit::Share)) => {
                return Some(at + 1);
            }
            // `a fifth of X`
            Unit::Word("of") if is_fraction(line.back(at, 1)) => return Some(at + 1),
            Unit::Word("," | "." | ";" | "for" | "from" | "to" | "by") | Unit::Party(_) => {
                return None;
            }
            _ => {}
        }
    }
    None
}

/// `subscribe to fresh shares in X`, `paid $5M for new shares in X`: the place after `in`.
pub(super) fn shares_in(line: &Line<'_>, at: usize) -> Option<usize> {
    let to = (at + 1..at + 5).find(|at| matches!(line.word(*at), "to" | "for"))?;
    let shares = (to + 1..to + 7)
        .take_while(|at| line.party(*at).is_none())
        .find(|at| matches!(line.word(*at), "shares" | "stock" | "equity"))?;
    let new = (to + 1..shares).any(|at| matches!(line.word(at), "new" | "fresh" | "preferred"));
    let within = (new && matches!(line.word(shares + 1), "in" | "of")).then_some(shares + 2)?;
    line.object_after(within).map(|_| within)
}

/// `talking to X about a stake`, `in talks with X over an investment`: the place of X.
pub(super) fn stake_talks(line: &Line<'_>, at: usize) -> Option<usize> {
    let talks = (at.saturating_sub(12)..at).find(|at| {
        matches!(line.word(*at), "talking" | "talks" | "discussions" | "negotiating")
            && matches!(line.word(at + 1), "to" | "with")
    })?;
    line.object_after(talks + 2).filter(|party| party.value.kind == PartyKind::Company)?;
    Some(talks + 2)
}

/// A part of a company that is no more than half.
fn is_fraction(word: &str) -> bool {
    matches!(
        word,
        "third"
            | "quarter"
            | "fifth"
            | "sixth"
            | "seventh"
            | "eighth"
            | "tenth"
            | "slice"
            | "piece"
            | "chunk"
            | "sliver"
    )
}

/// `becomes a wholly owned subsidiary of`: the place after `of`.
pub(super) fn becomes_part(line: &Line<'_>, at: usize) -> Option<usize> {
    let noun = (at + 1..at + 7)
        .take_while(|at| line.party(*at).is_none() && line.sum(*at).is_none())
        .find(|at| matches!(line.word(*at), "subsidiary" | "unit" | "division" | "arm"))?;
    (line.word(noun + 1) == "of").then_some(noun + 2)
}

/// `X is joining Y`: companies both, and the article speaks of a purchase.
pub(super) fn joins_whole(line: &Line<'_>, at: usize) -> bool {
    let company = |party: &&Found<Party>| party.value.kind == PartyKind::Company;
    let into = line.party(at + 1).filter(company);
    let whole =
        matches!(line.word(at + 2), "" | "." | "," | "!" | "to" | "as" | "in" | "for" | ":")
            && line.party(at + 2).is_none()
            && line.sum(at + 2).is_none();
    let text = line.text.str();
    let bought = || {
        [
            "acqui",
            "terms were",
            "terms of the",
            "takeover",
            "bought by",
            "undisclosed sum",
            "purchase price",
            "buying",
            "financial terms",
        ]
        .iter()
        .any(|words| text.contains(words))
    };
    into.is_some() && whole && line.subject(at).as_ref().is_some_and(company) && bought()
}

/// `in exclusive talks over X`, in a headline that has nothing else they could be about.
pub(super) fn talks_over(line: &Line<'_>, at: usize) -> bool {
    // `Talks for A to acquire X`: what they are for has its verb.
    if line.word(at + 1) == "for"
        && (at + 2..at + 6).any(|at| line.party(at).is_some() && line.word(at + 1) == "to")
    {
        return false;
    }
    let named = line.object_after(at + 2).is_some_and(|party| party.value.is_name());
    let other = (0..line.len()).any(|at| {
        line.is_round(at)
            || matches!(
                line.word(at),
                "round"
                    | "funding"
                    | "financing"
                    | "stake"
                    | "stakes"
                    | "investment"
                    | "invest"
                    | "raise"
                    | "partnership"
                    | "licence"
                    | "license"
                    | "licensing"
                    | "contract"
                    | "supply"
                    | "chips"
                    | "chip"
                    | "loan"
                    | "pay"
                    | "strike"
                    | "use"
                    | "wages"
                    | "jobs"
                    | "copyright"
                    | "data"
                    | "power"
                    | "lease"
                    | "regulation"
            )
    });
    line.in_title() && matches!(line.word(at + 1), "over" | "for") && named && !other
}

/// `the patents, the compiler and two chips of X`, with a price.
fn belongings_after(line: &Line<'_>, from: usize) -> bool {
    let priced = (0..line.len()).any(|at| line.sum(at).is_some());
    priced && belongings_of(line, from).is_some()
}

/// Whose things they are.
pub(in super::super) fn belongings_of(line: &Line<'_>, from: usize) -> Option<usize> {
    let thing = (from..from + 4).find(|at| {
        matches!(
            line.word(*at),
            "assets" | "patents" | "patent" | "code" | "technology" | "software" | "intellectual"
        )
    });
    let thing = thing?;
    let of = (thing + 1..thing + 12)
        .take_while(|at| line.party(*at).is_none() && line.sum(*at).is_none())
        .find(|at| matches!(line.word(*at), "of" | "from"))?;
    line.object_after(of + 1).filter(|party| party.value.is_name())?;
    line.object(of + 1)
}

/// `the combination of X (brackets) with Y`: two companies.
pub(in super::super) fn pair_after<'a>(
    line: &Line<'a>,
    from: usize,
) -> Option<(&'a Found<Party>, &'a Found<Party>)> {
    let mut companies = (from..from + 24)
        .take_while(|at| !matches!(line.word(*at), "." | ";"))
        .filter(|at| {
            *at == from || matches!(line.word(at - 1), "of" | "between" | "with" | "and" | "into")
        })
        .filter_map(|at| line.object(at).filter(|place| *place < at + 6))
        .filter_map(|place| line.party(place))
        .filter(|party| party.value.kind == PartyKind::Company);
    let one = companies.next()?;
    let other = companies.find(|other| other.value.name != one.value.name)?;
    Some((one, other))
}

/// `for $2.1 billion`: the line names a price.
fn is_priced(line: &Line<'_>) -> bool {
    (0..line.len()).any(|at| {
        let offer = line.word(at) == "with"
            && (at + 1..at + 5).any(|at| matches!(line.word(at), "offer" | "bid"));
        (line.word(at) == "for" || offer)
            && line
                .sum(at + usize::from(line.sum(at + 1).is_none()) + 1)
                .is_some_and(|sum| sum.value.role == Role::Plain)
    })
}

//! Verbs of getting and giving money: what raises, what leads, and whether money is the object.

use super::super::headline;
use super::super::line::Line;
use super::super::line::Unit;
use super::super::verbs::Form;
use super::super::words;
use super::super::words::List;
use super::form_of;
use crate::extract::money::Role;
use crate::extract::party::PartyKind;
use crate::extract::party::Reference;

/// A verb of raising: its form, how many words, and whether it needs no more than a sum.
pub(super) fn raise(line: &Line<'_>, at: usize) -> Option<(Form, usize, bool)> {
    let word = line.word(at);
    if let Some(length) = emerges(line, at) {
        return Some((form_of(word, line, at), length, true));
    }
    if matches!(
        word,
        "put"
            | "puts"
            | "putting"
            | "pull"
            | "pulls"
            | "pulling"
            | "bring"
            | "bringing"
            | "piece"
            | "piecing"
            | "stitch"
            | "stitching"
    ) && line.word(at + 1) == "together"
        || matches!(word, "assembling" | "arranging" | "syndicating" | "marketing" | "preparing")
            && (at + 1..at + 8).any(|at| {
                line.is_round(at) || matches!(line.word(at), "round" | "fundraising" | "raise")
            })
    {
        let length = if line.word(at + 1) == "together" { 2 } else { 1 };
        return Some((form_of(word, line, at), length, true));
    }
    // `With $5M from A, X takes aim at`
    if word == "with"
        && at <= 1
        && line.sum(at + 1).is_some_and(|sum| sum.value.role == Role::Plain)
        && (line.word(at + 2) == "from"
            || matches!(line.word(at + 2), "in" | "of")
                && matches!(
                    line.word(at + 3),
                    "fresh" | "new" | "hand" | "funding" | "backing" | "seed" | "equity"
                ))
        && line.main_subject().is_some()
    {
        return Some((Form::Past, 1, true));
    }
    // `is out looking for $5M`
    if matches!(word, "looking" | "looks" | "hunting" | "hunts" | "angling" | "fishing" | "asking")
        && line.word(at + 1) == "for"
        && (at + 2..at + 5).any(|at| {
            line.sum(at).is_some_and(|sum| sum.value.role == Role::Plain)
                && !headline::is_of_trade(line, at)
        })
    {
        return Some((Form::Gerund, 2, true));
    }
    // `wants $5M and a $40M valuation`
    if matches!(word, "wants" | "want")
        && (at + 1..at + 3).any(|at| line.sum(at).is_some_and(|sum| sum.value.role == Role::Plain))
        && (at + 1..at + 12).any(|at| {
            line.is_round(at)
                || matches!(line.word(at), "valuation" | "investors")
                || line.sum(at).is_some_and(|sum| matches!(sum.value.role, Role::Valuation(_)))
        })
    {
        return Some((Form::Gerund, 1, true));
    }
    // `has tapped A for a $5M loan`
    if matches!(word, "taps" | "tapped" | "tapping")
        && (at + 1..at + 9).any(|at| line.word(at) == "for")
        && (at + 2..at + 12).any(|at| matches!(line.word(at), "loan" | "loans" | "debt" | "credit"))
    {
        return Some((form_of(word, line, at), 1, true));
    }
    // `has $5M in fresh capital`
    if matches!(word, "has" | "have" | "got")
        && line.sum(at + 1).is_some_and(|sum| sum.value.role == Role::Plain)
        && matches!(line.word(at + 2), "in" | "of")
        && matches!(line.word(at + 3), "fresh" | "new")
        && matches!(
            line.word(at + 4),
            "capital" | "funding" | "money" | "cash" | "equity" | "financing"
        )
    {
        return Some((Form::Past, 1, true));
    }
    let strong = matches!(
        word,
        "raise" | "raises" | "raised" | "raising" | "borrow" | "borrows" | "borrowed" | "borrowing"
    );
    let loan = || (at + 2..at + 9).any(|at| matches!(line.word(at), "loan" | "loans" | "credit"));
    let weak = words::is(line, at, List::Gets)
        || word == "taken" && line.word(at + 1) == "out" && loan()
        || word == "taken"
            && matches!(line.back(at, 1), "has" | "have" | "had" | "just")
            && line.sum(at + 1).is_some();
    // `has been handed $30 million by`
    if matches!(word, "handed" | "given" | "lent" | "promised" | "loaned" | "granted")
        && matches!(line.back(at, 1), "been" | "being" | "be" | "was" | "were" | "just")
        && (at + 1..at + 4).any(|at| line.sum(at).is_some())
        && (at + 1..at + 8).any(|at| line.word(at) == "by")
    {
        return Some((Form::Past, 1, true));
    }
    // `sold $500 million of bonds`
    if matches!(
        word,
        "sold"
            | "sells"
            | "sell"
            | "selling"
            | "placed"
            | "places"
            | "placing"
            | "issued"
            | "issues"
            | "issuing"
            | "issue"
            | "priced"
            | "prices"
    ) && (sells_paper(line, at) || sells_shares(line, at))
    {
        return Some((form_of(word, line, at), 1, true));
    }
    if as_investor(line, at).is_some() {
        return Some((form_of(word, line, at), 1, true));
    }
    if !strong && !weak {
        return None;
    }
    let particle = matches!(line.word(at + 1), "in" | "up" | "down" | "on" | "off" | "out")
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
pub(super) fn emerges(line: &Line<'_>, at: usize) -> Option<usize> {
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
pub(super) fn plain_money(line: &Line<'_>, at: usize, from: usize) -> bool {
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
    // `X seeks $5M`, and nothing more but its worth or its use
    if line.in_title()
        && matches!(line.word(at), "seeks" | "seeking" | "targets" | "eyes" | "wants")
        && place.is_some_and(|sum| {
            line.sum(sum).is_some_and(|sum| sum.value.role == Role::Plain)
                && matches!(line.word(sum + 1), "" | "at" | "," | ":" | "from" | "to")
                && !headline::is_of_trade(line, sum)
        })
    {
        return true;
    }
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
                | "rakes"
                | "reels"
                | "reeled"
                | "gets"
        );
    verb && (line.of_funding || plain)
        && !(other && line.in_title())
        && line.word(from) != "to"
        && sum.is_some_and(|sum| sum.value.role == Role::Plain)
}

/// Whether money is the object: a sum that can be a deal's, or a round, close by.
pub(super) fn has_money(line: &Line<'_>, from: usize, strong: bool) -> bool {
    if from.checked_sub(1).is_some_and(|at| as_investor(line, at).is_some()) {
        return true;
    }
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
                // `took a $2.7 billion charge`
                if words::is(line, at + 1, List::Trade) {
                    return false;
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
                // `gets a strategic investment from X`, `confirms a "significant" investment from X`
                "investment"
                    if at < from + 6
                        && line.word(at + 1) == "from"
                        && (line.is_round(at - 1)
                            || is_of_equity(line, at)
                                && (at + 2..at + 5).any(|at| line.party(at).is_some())) =>
                {
                    return true;
                }
                "loans" | "notes" | "bonds" | "increase" if sum => return true,
                "capital" | "money" | "funds" | "debt" | "credit"
                    if (sum || strong) && line.word(at + 1) != "expenditure" =>
                {
                    return true;
                }
                "takeover" | "buyout" | "offer" | "bid" | "proposal" | "approach" => return false,
                "from"
                    if matches!(
                        line.word(at + 1),
                        "customers"
                            | "clients"
                            | "users"
                            | "subscribers"
                            | "advertisers"
                            | "sales"
                            | "fees"
                            | "royalties"
                            | "taxpayers"
                            | "ads"
                    ) =>
                {
                    return false;
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
pub(super) fn is_forecast(word: &str) -> bool {
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

/// `led X's round`, `co-led the financing`: form and number of words.
pub(super) fn leads(line: &Line<'_>, at: usize) -> Option<(Form, usize)> {
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
                        | "bet"
                        | "injection"
                )
        });
    let money = (from..from + 4).any(|at| line.sum(at).is_some());
    // `A leads $5M bet on X`
    let bet = (from..from + 5).any(|at| matches!(line.word(at), "bet" | "wager"));
    let funding = funding || (bet && money);
    (funding || (money && line.word(from) == "with")).then(|| (form_of(verb, line, at), length))
}

/// `investment in X`, `investment of $5M in X`, and a sum nearby or a party before.
pub(super) fn is_investment_in(line: &Line<'_>, at: usize) -> bool {
    let in_at = (at + 1..at + 4).find(|at| matches!(line.word(*at), "in" | "into"));
    // `makes a strategic investment in X`
    let told = matches!(line.back(at, 1), "strategic" | "minority" | "equity" | "growth")
        && (at.saturating_sub(5)..at).any(|at| {
            matches!(
                line.word(at),
                "makes" | "made" | "make" | "making" | "announces" | "announced" | "takes"
            )
        });
    if told && in_at.is_some_and(|at| line.object_after(at + 1).is_some()) {
        return true;
    }
    let Some(in_at) = in_at else {
        return line.word(at + 1) == "from" && line.sum(at.saturating_sub(1)).is_some();
    };
    let target = (in_at + 1..in_at + 7).find(|at| line.party(*at).is_some());
    let sum = (at.saturating_sub(4)..in_at)
        .any(|at| line.sum(at).is_some_and(|sum| sum.value.role == Role::Plain));
    target.is_some() && sum
}

/// What an investment is called that buys shares, in quotation marks or not.
fn is_of_equity(line: &Line<'_>, at: usize) -> bool {
    let quoted = matches!(line.back(at, 1), "'" | "\"" | "”" | "’");
    matches!(
        line.back(at, if quoted { 2 } else { 1 }),
        "strategic"
            | "equity"
            | "minority"
            | "venture"
            | "growth"
            | "significant"
            | "major"
            | "large"
            | "sizeable"
            | "sizable"
            | "substantial"
            | "fresh"
            | "new"
            | "further"
            | "additional"
            | "undisclosed"
    )
}

/// `adds $7m to X`, `lent $20m to X`: the place after `to`.
pub(in super::super) fn gives_to(line: &Line<'_>, at: usize) -> Option<usize> {
    let sum = (at + 1..at + 4)
        .find(|at| line.sum(*at).is_some_and(|sum| sum.value.role == Role::Plain))?;
    let to = (sum + 1..sum + 5).find(|at| line.word(*at) == "to")?;
    let company =
        line.object_after(to + 1).is_some_and(|party| party.value.kind == PartyKind::Company);
    // `adds $7m to the fund X raised` is no gift to X.
    let direct = (to + 1..to + 5).take_while(|at| line.party(*at).is_none()).all(|at| {
        !matches!(line.word(at), "fund" | "round" | "total" | "budget" | "its" | "their")
    });
    (company && direct).then_some(to + 1)
}

/// `handed X $5M`, `lent X $5M`, `provided X with a $5M facility`: the place of X.
pub(in super::super) fn given_money(line: &Line<'_>, at: usize) -> Option<usize> {
    let place = line.object(at + 1)?;
    let company = line.party(place).is_some_and(|party| {
        matches!(
            party.value.kind,
            PartyKind::Company | PartyKind::Refers(Reference::It | Reference::Company)
        )
    });
    let with = line.word(place + 1) == "with";
    let from = if with { place + 2 } else { place + 1 };
    let sum = (from..from + 3).find(|at| {
        line.sum(*at).is_some_and(|sum| sum.value.role == Role::Plain)
            && (from..*at).all(|at| matches!(line.word(at), "a" | "an" | "another" | "about"))
    })?;
    // `hands X $5bn of it`: a share of an order.
    let part = line.word(sum + 1) == "of" && matches!(line.word(sum + 2), "it" | "the" | "them");
    (company && !part && !headline::is_of_trade(line, sum)).then_some(place)
}

/// `attracts A as strategic investor`: the place of A.
pub(in super::super) fn as_investor(line: &Line<'_>, at: usize) -> Option<usize> {
    if !matches!(
        line.word(at),
        "attract"
            | "attracts"
            | "attracted"
            | "welcome"
            | "welcomes"
            | "welcomed"
            | "welcoming"
            | "adds"
            | "added"
            | "gains"
            | "gained"
            | "wins"
            | "won"
            | "lands"
            | "landed"
            | "secures"
            | "secured"
            | "brings"
            | "brought"
            | "signs"
            | "signed"
            | "takes"
            | "took"
    ) {
        return None;
    }
    let party = (at + 1..at + 4).find(|at| line.party(*at).is_some_and(|p| p.value.is_name()))?;
    let as_at = (party + 1..party + 5).find(|at| line.word(*at) == "as")?;
    (as_at + 1..as_at + 5)
        .any(|at| {
            matches!(
                line.word(at),
                "investor" | "investors" | "shareholder" | "backer" | "backers" | "shareholders"
            )
        })
        .then_some(party)
}

/// `sold $5M of Series B preferred stock`, `placed new shares worth $5M`: a company's own, new ones.
fn sells_shares(line: &Line<'_>, at: usize) -> bool {
    let holders = (0..at).any(|at| {
        matches!(
            line.word(at),
            "staff"
                | "employees"
                | "workers"
                | "founders"
                | "insiders"
                | "holders"
                | "investors"
                | "shareholders"
                | "people"
        )
    });
    let sum = (at + 1..at + 7).any(|at| line.sum(at).is_some());
    let new = (at + 1..at + 8).any(|at| {
        matches!(line.word(at), "new" | "preferred" | "fresh" | "receipts" | "preference")
            || line.is_round(at)
    });
    let paper = (at + 1..at + 9).any(|at| {
        matches!(line.word(at), "shares" | "stock" | "equity" | "receipts" | "units" | "preferred")
    });
    sum && new && paper && !holders
}

/// A sum of bonds or notes right after the verb.
fn sells_paper(line: &Line<'_>, at: usize) -> bool {
    let sum = (at + 1..at + 5).find(|at| line.sum(*at).is_some());
    sum.is_some_and(|sum| {
        (sum + 1..sum + 8)
            .take_while(|at| !matches!(line.word(*at), "," | "." | ";" | "to" | "by"))
            .any(|at| {
                matches!(
                    line.word(at),
                    "convertible"
                        | "debenture"
                        | "bonds"
                        | "notes"
                        | "convertibles"
                        | "debentures"
                        | "bond"
                        | "note"
                )
            })
    })
}

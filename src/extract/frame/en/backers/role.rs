//! What part a group of names has in a round: by what governs it, by what it does.

use super::super::line::Line;
use super::super::line::Unit;
use super::super::line::is_auxiliary;
use super::governor::Left;
use super::governor::governor;
use super::group::Group;
use super::words;
use super::words::Act;
use crate::extract::party::PartyKind;

/// What a group is to the round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Lead,
    Joins,
    /// The words say that it takes no part, or is something else.
    Not,
}

/// The part of a group; none if nothing tells.
///
/// `before` is the part of the group before it in the clause.
pub(super) fn of(line: &Line<'_>, group: &Group<'_>, before: Option<Role>) -> Option<Role> {
    let says = predicate(line, after(line, group));
    let left = governor(line, group, before);
    if says == Some(Role::Not) && !matches!(left, Left::Is(_)) {
        return Some(Role::Not);
    }
    match (left, as_what(line, group.end), says) {
        (_, Some(role), _) | (Left::Is(role), _, _) => Some(role),
        (Left::With, _, None) => doing(line, group).or_else(|| beside(line, group, before)),
        (Left::With | Left::Free, _, role) => role,
        (Left::Governed, ..) => None,
    }
}

/// Whether two clauses meet in a group: `led by A, and B also took part`.
pub(super) fn meets(line: &Line<'_>, group: &Group<'_>, before: Option<Role>) -> bool {
    matches!(governor(line, group, before), Left::Is(_) | Left::Governed)
        && !matches!(line.back(group.first, 1), "including" | "like")
        && !group.aside
        && acts(line, group.end)
}

/// Whether a verb of taking part begins here.
pub(super) fn acts(line: &Line<'_>, at: usize) -> bool {
    matches!(predicate(line, at), Some(Role::Lead | Role::Joins)) && !line.word(at).ends_with("ing")
}

/// What is said of the name at `place` right after it: `A, which led the round`, `A (lead)`, `A, the
/// lead investor`.
pub(super) fn of_clause(line: &Line<'_>, place: usize) -> Option<Role> {
    let next = if line.word(place + 1) == "," { place + 2 } else { place + 1 };
    let marked = line.word(place + 1) == "("
        && matches!(line.word(place + 2), "lead" | "co" | "leading")
        || next == place + 2 && is_the_lead(line, next);
    if marked {
        return Some(Role::Lead);
    }
    let relative = matches!(line.word(next), "which" | "who" | "that");
    // `which led the seed`: another round.
    let other = (next + 1..next + 9)
        .take_while(|at| !matches!(line.word(*at), "," | ";" | "." | "and"))
        .any(|at| {
            matches!(line.word(at), "seed" | "previous" | "earlier" | "last" | "prior" | "first")
        });
    let said = (relative && !other).then(|| predicate(line, next + 1)).flatten();
    said.filter(|role| *role != Role::Not)
}

/// `the lead investor`, which may be read as words that stand for a party.
fn is_the_lead(line: &Line<'_>, at: usize) -> bool {
    let refers = line.party(at).map(|party| line.text.of(party.span));
    // `the round's lead investor`
    let owned = || {
        (at + 1..at + 6)
            .take_while(|at| !matches!(line.word(*at), "," | "." | "and"))
            .any(|at| line.word(at) == "lead" && words::is_investor(line.word(at + 1)))
    };
    refers.is_some_and(|words| words.contains(" lead investor") || words.contains(" lead backer"))
        || (line.word(at) == "the" && owned())
}

/// The unit where the predicate of a group begins.
fn after(line: &Line<'_>, group: &Group<'_>) -> usize {
    let closed = group.aside && line.word(group.end) == ",";
    let end = if closed { group.end + 1 } else { group.end };
    // `A, B and others also joined`
    let rest = if line.word(end) == "," { end + 1 } else { end };
    if matches!(line.word(rest), "and" | "among")
        && matches!(line.word(rest + 1), "others" | "other" | "more" | "several" | "friends")
    {
        let noun = words::is_investor(line.word(rest + 2));
        return if noun { rest + 3 } else { rest + 2 };
    }
    end
}

/// What the verb that starts about here says of its subject.
fn predicate(line: &Line<'_>, from: usize) -> Option<Role> {
    // `had been set to anchor a round`: and did not.
    if line.word(from) == "had" && line.word(from + 1) == "been" {
        return Some(Role::Not).filter(|_| {
            matches!(line.word(from + 2), "set" | "due" | "expected" | "lined" | "slated" | "in")
        });
    }
    for at in from..from + 12 {
        let word = line.word(at);
        if is_negation(word) {
            return Some(Role::Not);
        }
        if let Some((length, act)) = words::act(line, at) {
            let next = at + length;
            let role = match act {
                Act::Part => Some(Role::Joins),
                Act::Join if line.word(next) == "by" => None,
                // `A and B joined C`
                Act::Join if word.starts_with("join") && names_one(line, next) => Some(Role::Joins),
                Act::Join => fits(line, next).then_some(Role::Joins),
                Act::Lead => (fits(line, next) || names_lead(line, at, next)).then_some(Role::Lead),
                Act::Out => Some(Role::Not).filter(|_| at == from || !words::is_between(word)),
                // `are named as investors`
                Act::Names => as_what(line, next),
            };
            if role.is_some() {
                return role;
            }
        }
        if !(words::is_between(word) || is_auxiliary(word)) {
            return None;
        }
    }
    None
}

/// A name stands here: whom somebody joins, in an article on a round.
fn names_one(line: &Line<'_>, at: usize) -> bool {
    line.party(at).is_some_and(|party| party.value.kind == PartyKind::Investor)
}

/// `was the lead`, `came in as lead`: the phrase itself says that it is the round's.
fn names_lead(line: &Line<'_>, at: usize, next: usize) -> bool {
    next > at + 1
        && (at..next).any(|at| matches!(line.word(at), "lead" | "leads"))
        && (words::is_investor(line.word(next)) || matches!(line.word(next), "-" | "of"))
}

fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "n't" | "never" | "neither" | "nor" | "cannot" | "won't")
        || word.ends_with("n't")
}

/// Whether a round, or nothing, follows a verb.
fn fits(line: &Line<'_>, next: usize) -> bool {
    if matches!(
        line.word(next),
        "," | ";"
            | "."
            | ")"
            | "and"
            | "with"
            | "too"
            | "as"
            | "again"
            | "alongside"
            | "jointly"
            | "together"
            | "while"
            | "also"
            | "once"
            | "at"
            | "this"
            | "after"
            | "through"
            | "but"
            | "via"
            | "in"
    ) && line.unit(next + 1).is_none_or(|unit| !names_other(line, next, unit))
    {
        return true;
    }
    if line.unit(next).is_none() {
        return true;
    }
    for at in next..next + 8 {
        match line.unit(at) {
            // `completed its $310 million acquisition`
            Some(Unit::Sum(_)) if is_purchase(line.word(at + 1)) => return false,
            Some(Unit::Round(_) | Unit::Sum(_) | Unit::Share) => return true,
            Some(Unit::Word(word)) => {
                if words::is_round(word) || words::is_investor(word) {
                    return true;
                }
                if matches!(
                    word,
                    "board" | "boards" | "." | "," | ";" | "that" | "who" | "which" | "by"
                ) {
                    return false;
                }
            }
            // Whose it is says nothing: `led its round`, `completed its $310 million acquisition`
            Some(Unit::Party(party)) if matches!(line.text.of(party.span), "its" | "their") => {}
            // `invested in it`, `backed the company`; `led Acme's Series B`
            Some(Unit::Party(party)) if !party.value.is_name() => return true,
            Some(Unit::Party(_)) => {
                return matches!(line.word(at + 1), "'s" | "'")
                    && (at + 2..at + 6)
                        .any(|at| line.is_round(at) || words::is_round(line.word(at)));
            }
            None => return false,
        }
    }
    false
}

/// What a sum is paid for, if not for a part of a round.
fn is_purchase(word: &str) -> bool {
    matches!(word, "acquisition" | "purchase" | "takeover" | "buyout" | "merger" | "buy" | "sale")
}

/// `joined in Paris`, `followed at Acme`: what the preposition brings is no part of a round.
fn names_other(line: &Line<'_>, at: usize, unit: Unit<'_>) -> bool {
    match line.word(at) {
        "in" | "at" | "through" | "via" => match unit {
            Unit::Word(word) => {
                line.word(at) == "in" && !matches!(word, "the" | "this" | "its" | "a" | "too")
                    || line.word(at) == "at"
            }
            Unit::Party(party) => party.value.is_name(),
            Unit::Sum(_) | Unit::Round(_) | Unit::Share => false,
        },
        _ => false,
    }
}

/// `as co-leads`, `as strategic investors` right after a group.
fn as_what(line: &Line<'_>, end: usize) -> Option<Role> {
    if line.word(end) != "as" {
        return None;
    }
    let phrase = || {
        (end + 1..end + 6).map_while(|at| match line.unit(at) {
            Some(Unit::Word(word)) if !matches!(word, "," | "." | "of" | "in" | "for") => {
                Some(word)
            }
            _ => None,
        })
    };
    if phrase().any(|word| matches!(word, "lead" | "leads" | "leaders")) {
        return Some(Role::Lead);
    }
    phrase().any(words::is_investor).then_some(Role::Joins)
}

/// `with A each writing what B calls a cheque`: what who is in the round is doing there.
fn doing(line: &Line<'_>, group: &Group<'_>) -> Option<Role> {
    let at = if matches!(line.word(group.end), "each" | "both" | "also" | "all") {
        group.end + 1
    } else {
        group.end
    };
    let (length, act) = words::act(line, at).filter(|_| line.word(at).ends_with("ing"))?;
    let gives = || {
        matches!(
            line.word(at),
            "writing" | "joining" | "investing" | "contributing" | "following" | "committing"
        ) || fits(line, at + length)
    };
    match act {
        Act::Part => Some(Role::Joins),
        Act::Join => gives().then_some(Role::Joins),
        Act::Lead | Act::Out | Act::Names => None,
    }
}

/// `led by A with B and C`: beside who is in the round, to the end of the clause.
fn beside(line: &Line<'_>, group: &Group<'_>, before: Option<Role>) -> Option<Role> {
    let ends = matches!(line.word(group.end), "." | "," | ";" | ")" | "and")
        || line.unit(group.end).is_none();
    before.filter(|role| *role != Role::Not && ends).map(|_| Role::Joins)
}

//! What part a group of names has in a round: by what governs it, by what it does.

use super::super::line::Line;
use super::super::line::Unit;
use super::super::line::is_auxiliary;
use super::group::Group;
use super::words;
use super::words::Act;
use crate::extract::party::PartyKind;

/// How far before a group its governor may stand, in units.
const REACH: usize = 9;

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
    if closed { group.end + 1 } else { group.end }
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

/// What stands before a group.
enum Left {
    /// It says what the group is.
    Is(Role),
    /// `with`: what follows says it.
    With,
    /// Some other word governs the group.
    Governed,
    /// Nothing: the group may be a subject.
    Free,
}

fn governor(line: &Line<'_>, group: &Group<'_>, before: Option<Role>) -> Left {
    let mut label = Label::default();
    for n in 1..=REACH {
        let Some(at) = group.first.checked_sub(n) else { break };
        let Some(Unit::Word(word)) = line.unit(at) else {
            // `the investment firm A`
            if line.party(at).is_some_and(|party| {
                !party.value.is_name()
                    && !matches!(
                        party.value.kind,
                        PartyKind::Refers(crate::extract::party::Reference::It)
                    )
            }) {
                continue;
            }
            break;
        };
        // `the round brought in A`
        if n == 1
            && let Some(verb) = at.checked_sub(1)
            && matches!(words::act(line, verb), Some((2, Act::Names)))
        {
            return named_by(line, group, verb, true, false);
        }
        match word {
            "by" => return by(line, at),
            "from" => return from(line, at),
            "alongside" => return Left::Is(Role::Joins),
            "with" => {
                let beside = matches!(line.back(at, 1), "together" | "along");
                // `in talks with A and B about a round`
                let talks = matches!(
                    line.back(at, 1),
                    "talks" | "discussions" | "negotiations" | "negotiating" | "talking" | "sheet"
                );
                if talks && about_a_round(line, group) {
                    return Left::Is(Role::Joins);
                }
                return if beside && before.is_some_and(|role| role != Role::Not) {
                    Left::Is(Role::Joins)
                } else {
                    Left::With
                };
            }
            "including" | "notably" | "namely" | "like" => {
                let told = before == Some(Role::Joins) || label.investor || nearby(line, at);
                return if told { Left::Is(Role::Joins) } else { Left::Governed };
            }
            "as" if line.back(at, 1) == "such" => {
                return if nearby(line, at) { Left::Is(Role::Joins) } else { Left::Governed };
            }
            ":" | "-" | "–" | "—" => {
                let labelled = label.investor || labels(line, at);
                return match (labelled, label.lead || leads_label(line, at)) {
                    (true, true) => Left::Is(Role::Lead),
                    (true, false) => Left::Is(Role::Joins),
                    _ if word == ":" && n == 1 && before.is_some_and(|role| role != Role::Not) => {
                        Left::Is(Role::Joins)
                    }
                    _ => Left::Free,
                };
            }
            "are" | "were" | "is" | "was" | "include" | "includes" | "included" | "stand"
            | "stands" | "come" | "comes" | "came" | "sit" | "sits" | "did" => {
                let same = matches!(line.back(at, 1), "as" | "so" | "nor");
                return match before.filter(|_| same) {
                    Some(Role::Not) => Left::Is(Role::Not),
                    _ => told_of(line, at, word),
                };
            }
            "," | ";" | "." | "and" | "while" | "but" => return label.left(),
            "to" if line.back(at, 1) == "next" && before.is_some_and(|role| role != Role::Not) => {
                return Left::Is(Role::Joins);
            }
            "of" if matches!(
                line.back(at, 1),
                "consisting" | "composed" | "up" | "consortium" | "syndicate" | "trio" | "pair"
            ) =>
            {
                return Left::Is(Role::Joins);
            }
            "join" | "joins" | "joined" | "joining"
                if label.investor || n <= 2 && has_fund(group) =>
            {
                return Left::Is(Role::Joins);
            }
            "between" if matches!(line.back(at, 1), "split" | "shared" | "divided") => {
                return Left::Is(Role::Joins);
            }
            // `the founders of A and B, investing personally`
            "of" if is_people(line.back(at, 1)) => return Left::Is(Role::Not),
            "of" if words::is_arm(line.back(at, 1)) => {}
            "of" | "at" | "to" | "in" | "for" | "on" | "into" | "behind" | "against" | "than"
            | "via" | "through" | "over" | "under" | "between" | "without" | "despite"
            | "about" => {
                return Left::Governed;
            }
            _ => {
                if let Some((length, Act::Names)) = words::act(line, at) {
                    return named_by(line, group, at, n == length, label.investor);
                }
                label.take(word);
            }
        }
    }
    label.left()
}

/// What a verb of naming makes of its object: of `the round drew A and B` backers, and of `it named A
/// and B` if they are funds, or are called investors.
fn named_by(line: &Line<'_>, group: &Group<'_>, verb: usize, close: bool, called: bool) -> Left {
    let round = (verb.saturating_sub(5)..verb).any(|at| {
        matches!(
            line.word(at),
            "round" | "financing" | "raise" | "deal" | "syndicate" | "consortium" | "fundraise"
        ) || line.is_round(at)
    });
    if called || (close && (round || has_fund(group))) { Left::Is(Role::Joins) } else { Left::Free }
}

/// Those of a company who act for themselves.
fn is_people(word: &str) -> bool {
    matches!(
        word,
        "founders"
            | "founder"
            | "creators"
            | "executives"
            | "alumni"
            | "veterans"
            | "leaders"
            | "employees"
    )
}

fn has_fund(group: &Group<'_>) -> bool {
    group.names.iter().any(|(_, name)| name.value.kind == PartyKind::Investor)
}

/// Whether what is talked about is a round: by the words after, or by who talks.
fn about_a_round(line: &Line<'_>, group: &Group<'_>) -> bool {
    let stop = |at: &usize| !matches!(line.word(*at), "." | ";");
    has_fund(group)
        || (group.end..group.end + 12).take_while(stop).any(|at| {
            line.is_round(at) || matches!(line.word(at), "round" | "invest" | "funding" | "raise")
        })
}

/// What the words right before a group call it.
#[derive(Default)]
struct Label {
    investor: bool,
    lead: bool,
    other: bool,
}

impl Label {
    fn take(&mut self, word: &str) {
        self.investor |= words::is_investor(word);
        self.lead |= self.investor && matches!(word, "lead" | "co-lead" | "leading");
        self.other |= matches!(
            word,
            "customer"
                | "customers"
                | "client"
                | "clients"
                | "rival"
                | "rivals"
                | "adviser"
                | "advisers"
                | "advisor"
                | "advisors"
                | "former"
                | "ex"
                | "competitor"
                | "competitors"
                | "user"
                | "users"
        );
    }

    fn left(&self) -> Left {
        if self.investor && self.lead && !self.other { Left::Is(Role::Lead) } else { Left::Free }
    }
}

/// `led by`, `joined by`, `the round is backed by`.
fn by(line: &Line<'_>, at: usize) -> Left {
    let back = |n: usize| line.back(at, n);
    // `led jointly by`, `was joined in the round by`
    let verb = (1..6)
        .map(back)
        .take_while(|word| !matches!(*word, "" | "," | ";" | "." | "by" | "with" | "participation"))
        .find(|word| {
            word.ends_with("ed") || matches!(*word, "led" | "put" | "taken" | "made" | "bought")
        })
        .filter(|word| !matches!(*word, "is" | "was"))
        .unwrap_or(back(1));
    let of_round = || {
        (at.saturating_sub(9)..at).any(|at| {
            line.is_round(at)
                || line.sum(at).is_some()
                || (words::is_round(line.word(at)) && !matches!(line.word(at), "it" | "them"))
        })
    };
    match verb {
        "led" | "headed" | "anchored" | "spearheaded" | "fronted" | "helmed"
            if of_round() || line.of_funding =>
        {
            Left::Is(Role::Lead)
        }
        "joined" | "organised" | "organized" | "followed" | "accompanied" | "complemented"
        | "flanked" | "participation" | "investment" | "investments" | "commitment"
        | "commitments" | "contribution" | "contributions" => Left::Is(Role::Joins),
        "backed" | "supported" | "funded" | "financed" | "underwritten" | "subscribed"
        | "provided" | "bankrolled" | "rounded" | "put" | "contributed" | "filled" | "taken"
        | "shared" | "made" | "bought"
            if of_round() =>
        {
            Left::Is(Role::Joins)
        }
        _ => Left::Governed,
    }
}

/// `participation from`, `$5M from`, `with cheques from`.
fn from(line: &Line<'_>, at: usize) -> Left {
    let noun = line.back(at, 1);
    let money = at.checked_sub(1).is_some_and(|before| {
        line.is_round(before)
            || line
                .sum(before)
                .is_some_and(|sum| sum.value.role != crate::extract::money::Role::Other)
    });
    let told = matches!(noun, "is" | "was" | "are" | "were")
        && (at.saturating_sub(4)..at)
            .any(|at| matches!(line.word(at), "money" | "cash" | "capital" | "funds" | "funding"));
    let given = money
        || told
        || matches!(
            noun,
            "participation"
                | "support"
                | "backing"
                | "contributions"
                | "contribution"
                | "involvement"
                | "commitments"
                | "commitment"
                | "investments"
                | "help"
                | "tickets"
                | "coming"
                | "came"
                | "comes"
                | "participations"
                | "sum"
                | "figure"
                | "amount"
                | "injection"
                | "infusion"
                | "boost"
                | "interest"
                | "follow-on"
        )
        || (words::is_round(noun)
            && !matches!(noun, "it" | "them" | "table" | "backers" | "shareholders" | "investors"));
    if given { Left::Is(Role::Joins) } else { Left::Governed }
}

/// `Other investors are`, `Behind it stand`, `Leading the round was`, `as did`.
fn told_of(line: &Line<'_>, at: usize, verb: &str) -> Left {
    if matches!(line.back(at, 1), "as" | "so") {
        return Left::Is(Role::Joins);
    }
    if verb == "did" {
        return Left::Governed;
    }
    let opening = (0..at.min(3)).map(|at| line.word(at));
    for word in opening {
        match word {
            "leading" | "co-leading" => return Left::Is(Role::Lead),
            "joining" | "behind" | "participating" | "following" | "backing" | "supporting"
            | "returning" | "investing" | "aboard" | "board" => return Left::Is(Role::Joins),
            _ => {}
        }
    }
    let mut label = Label::default();
    let mut old = false;
    for n in 1..=REACH {
        let Some(Unit::Word(word)) = at.checked_sub(n).and_then(|at| line.unit(at)) else {
            continue;
        };
        if matches!(word, "," | ";" | "." | ":") {
            break;
        }
        label.take(word);
        // `Existing shareholders include A`: no word of the round.
        old |= matches!(word, "shareholders" | "holders" | "owners")
            && matches!(line.back(at - n, 1), "existing" | "current" | "other" | "its" | "largest");
        old |=
            matches!(word, "earlier" | "previous" | "prior" | "past" | "early" | "former" | "seed");
        let group =
            matches!(word, "round" | "syndicate" | "consortium" | "group" | "names" | "leads")
                && (verb.starts_with("includ") || word != "round" || n == 1);
        label.investor |= group && verb != "did";
        label.lead |= matches!(word, "lead" | "leads") && label.investor;
    }
    match (label.investor && !old && !label.other, label.lead) {
        (true, true) => Left::Is(Role::Lead),
        (true, false) => Left::Is(Role::Joins),
        _ => Left::Governed,
    }
}

/// Words about investors shortly before.
fn nearby(line: &Line<'_>, at: usize) -> bool {
    (at.saturating_sub(10)..at).any(|at| {
        words::is_investor(line.word(at))
            || matches!(line.word(at), "participation" | "backing" | "syndicate" | "consortium")
            || (matches!(line.word(at), "funds" | "firms" | "names" | "group")
                && (at.saturating_sub(8)..at)
                    .any(|at| matches!(line.word(at), "led" | "from" | "by" | "joined")))
    })
}

/// `Investors:`, `The list of backers runs from venture capital to chipmaking:`.
fn labels(line: &Line<'_>, at: usize) -> bool {
    (at.saturating_sub(14)..at).any(|at| {
        words::is_investor(line.word(at)) || matches!(line.word(at), "names" | "participants")
    }) || line.back(at, 1) == "others"
        || (line.back(at, 1) == "round" && matches!(line.back(at, 3), "in" | "of" | "behind"))
}

fn leads_label(line: &Line<'_>, at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|at| matches!(line.word(at), "lead" | "leads"))
}

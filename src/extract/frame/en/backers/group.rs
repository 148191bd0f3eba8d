//! Names that stand together: `A, a fund in Oslo, B (lead), C's venture arm and former D executive E`.

use super::super::line::Line;
use super::super::line::Unit;
use super::super::line::is_auxiliary;
use super::role;
use super::words;
use crate::extract::Found;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::party::Reference;

/// The longest description before a name of a list, in units.
const DESCRIPTION: usize = 8;

/// The longest aside between two commas, in units.
const ASIDE: usize = 18;

/// Names joined by commas and `and`.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// The unit of the first name.
    pub(super) first: usize,
    /// The unit after the last name and what is said of it.
    pub(super) end: usize,
    /// The names with their places; what only describes a name is not among them.
    pub(super) names: Vec<(usize, &'a Found<Party>)>,
    /// The last name was followed by an aside that a comma closed.
    pub(super) aside: bool,
    /// Persons who only act for a fund that is named.
    pub(super) agents: Vec<&'a Found<Party>>,
    /// It stands in an aside on another name.
    pub(super) inner: bool,
    /// What commas enclose between the names: units from, to.
    asides: Vec<(usize, usize)>,
    /// Where among the names the part after the last `, and` begins: it may be another clause.
    last: Option<usize>,
}

impl<'a> Group<'a> {
    /// Cut before the last `and`: `led by A, and B also took part`.
    pub(super) fn cut(mut self) -> (Group<'a>, Option<Group<'a>>) {
        let Some(last) = self.last.filter(|last| *last > 0) else { return (self, None) };
        let names = self.names.split_off(last);
        let Some((first, _)) = names.first() else { return (self, None) };
        let rest = Group {
            first: *first,
            end: self.end,
            names,
            aside: self.aside,
            asides: Vec::new(),
            agents: Vec::new(),
            inner: false,
            last: None,
        };
        self.end = rest.first;
        (self, Some(rest))
    }
}

/// The groups of a line, left to right.
pub(super) fn groups<'a>(line: &Line<'a>, from: usize, to: usize) -> Vec<Group<'a>> {
    let mut found = Vec::new();
    let mut at = from;
    while at < to {
        if name(line, at).is_none() {
            at += 1;
            continue;
        }
        let group = read(line, at, to);
        at = group.end.max(at + 1);
        let asides = group.asides.clone();
        if !group.names.is_empty() {
            found.push(group);
        }
        // `A, who join B, the lead investor`: names inside of an aside are read on their own.
        for (from, to) in asides {
            found.extend(
                groups(line, from, to).into_iter().map(|group| Group { inner: true, ..group }),
            );
        }
    }
    found
}

/// The names of a list that begins here, descriptions aside.
pub(super) fn list<'a>(line: &Line<'a>, from: usize) -> Vec<&'a Found<Party>> {
    let place = first_name(line, from, line.len());
    let group = place.map(|place| read(line, place, line.len())).map(|group| {
        // `led by A, and B also took part`
        if role::acts(line, group.end) { group.cut().0 } else { group }
    });
    group.into_iter().flat_map(|group| group.names).map(|(_, party)| party).collect()
}

fn name<'a>(line: &Line<'a>, at: usize) -> Option<&'a Found<Party>> {
    line.party(at).filter(|party| party.value.is_name())
}

fn read<'a>(line: &Line<'a>, first: usize, to: usize) -> Group<'a> {
    let mut group = Group {
        first,
        end: first,
        names: Vec::new(),
        aside: false,
        asides: Vec::new(),
        agents: Vec::new(),
        inner: false,
        last: None,
    };
    let mut at = first;
    loop {
        let (party, end) = member(line, at);
        group.names.extend(party.map(|party| (end.place, party)));
        group.agents.extend(
            (at + 1..end.next)
                .filter_map(|at| line.party(at))
                .filter(|agent| party != Some(*agent) && agent.value.kind == PartyKind::Person),
        );
        group.asides.extend(end.brackets);
        group.end = end.next;
        group.aside = false;
        if party.is_none() {
            return group;
        }
        let mut next = group.end;
        if line.word(next) == ","
            && let Some(close) = aside(line, next, to)
        {
            group.asides.push((next + 1, close));
            group.end = close;
            group.aside = true;
            next = close;
            if line.word(close) != "," && line.word(close) != "and" {
                return group;
            }
        }
        match next_member(line, next, to).filter(|place| !speaks(line, *place)) {
            Some(place) => {
                let joint = || (next..place).map(|at| line.word(at));
                if joint().any(|word| word == "and") && joint().any(|word| word == ",") {
                    group.last = Some(group.names.len());
                }
                at = place;
            }
            None => return group,
        }
    }
}

/// `co-led by A and B, chief executive Jane Doe said`: who says so is none of them.
fn speaks(line: &Line<'_>, at: usize) -> bool {
    let (_, end) = member(line, at);
    matches!(line.word(end.next), "said" | "says" | "told" | "tells" | "wrote" | "added")
}

/// Where a member stands, and the unit after it.
struct End {
    place: usize,
    next: usize,
    /// What brackets after it enclose: units from, to.
    brackets: Option<(usize, usize)>,
}

/// One name with its branch and brackets; none if the name only owns what follows.
fn member<'a>(line: &Line<'a>, at: usize) -> (Option<&'a Found<Party>>, End) {
    let Some(mut party) = name(line, at) else {
        return (None, End { place: at, next: at + 1, brackets: None });
    };
    let mut place = at;
    let mut next = at + 1;
    if line.word(next) == "'" {
        // A possessor: `s` is a word of its own.
        let owned = if line.word(next + 1) == "s" { next + 2 } else { next + 1 };
        let arm = (owned..owned + 5)
            .take_while(|at| matches!(line.unit(*at), Some(Unit::Word(word)) if word != ","))
            .find(|at| words::is_arm(line.word(*at)));
        let own = (owned..owned + 5)
            .take_while(|at| match line.unit(*at) {
                Some(Unit::Word(word)) => describes(line, *at, word),
                Some(Unit::Party(_)) => true,
                _ => false,
            })
            .find(|at| name(line, *at).is_some());
        if let Some(own) = own {
            // `Nvidia's NVentures`, `Delta's neighbour Oakline`
            let (named, end) = member(line, own);
            // `Oakline's Jane Doe` acts for the fund.
            if party.value.kind == PartyKind::Investor
                && named.is_some_and(|named| named.value.kind == PartyKind::Person)
            {
                return (Some(party), End { place, next: end.next, brackets: end.brackets });
            }
            return (named, end);
        }
        let Some(arm) = arm else { return (None, End { place, next: owned, brackets: None }) };
        next = arm + 1;
    } else if let Some((end, person)) = person_after(line, next)
        && party.value.kind != PartyKind::Person
    {
        // `Google chief scientist Jane Doe`; but `Oakline partner Jane Doe` acts for the fund.
        if party.value.kind != PartyKind::Investor {
            party = person;
            place = end;
        }
        next = end + 1;
    }
    let mut brackets = None;
    while line.word(next) == "("
        && let Some(close) = (next + 1..next + 12).find(|at| line.word(*at) == ")")
    {
        brackets = Some((next + 1, close));
        next = close + 1;
    }
    (Some(party), End { place, next, brackets })
}

/// A person after a post: `chief scientist Jane Doe`.
fn person_after<'a>(line: &Line<'a>, from: usize) -> Option<(usize, &'a Found<Party>)> {
    for at in from..from + 6 {
        match line.unit(at)? {
            Unit::Party(party) => {
                let held = at > from && words::is_post(line.back(at, 1));
                return (held && party.value.is_name()).then_some((at, party));
            }
            Unit::Word(word) if describes(line, at, word) && !word.ends_with("ing") => {}
            _ => return None,
        }
    }
    None
}

/// The unit that closes what a comma at `open` adds to the name before it: a comma, or the end.
fn aside(line: &Line<'_>, open: usize, to: usize) -> Option<usize> {
    let first = open + 1;
    let opens = match line.unit(first)? {
        Unit::Word(word) => matches!(
            word,
            "a" | "an"
                | "the"
                | "which"
                | "who"
                | "whose"
                | "both"
                | "all"
                | "already"
                | "itself"
                | "one"
                | "its"
                | "his"
                | "her"
                | "now"
                | "formerly"
                | "another"
                | "each"
                | "co"
                | "founder"
                | "founding"
                | "partner"
                | "managing"
                | "general"
                | "head"
                | "chief"
                | "ceo"
                | "also"
                | "until"
                | "an-"
                | "long"
                | "owned"
                | "run"
                | "controlled"
                | "based"
                | "better"
                | "once"
        ),
        // `an app maker`; `Nvidia's venture arm`
        Unit::Party(party) => {
            matches!(party.value.kind, PartyKind::Refers(Reference::Unnamed | Reference::Company))
                || (line.word(first + 1) == "'"
                    && party.value.kind != PartyKind::Investor
                    && closes_in_arm(line, first + 2))
        }
        _ => false,
    };
    if !opens {
        return None;
    }
    let limit = to.min(first + ASIDE);
    (first..limit).find(|at| {
        matches!(line.word(*at), "," | ";" | ")" | ":") || (*at + 1 == line.len()) || *at + 1 == to
    })
}

/// `Nvidia's venture capital arm`, and then the clause ends.
fn closes_in_arm(line: &Line<'_>, from: usize) -> bool {
    let end = (from..from + 6)
        .find(|at| matches!(line.word(*at), "," | "." | ";" | "and") || line.unit(*at).is_none());
    end.is_some_and(|end| {
        words::is_arm(line.back(end, 1)) && (from..end).all(|at| line.party(at).is_none())
    })
}

/// The next name of a list, past `, and`, descriptions and the like.
fn next_member(line: &Line<'_>, from: usize, to: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let length = joint(line, at);
        if length == 0 {
            break;
        }
        at += length;
    }
    if at == from { None } else { first_name(line, at, to) }
}

/// The name that descriptions lead up to.
fn first_name(line: &Line<'_>, from: usize, to: usize) -> Option<usize> {
    for place in from..to.min(from + DESCRIPTION) {
        match line.unit(place)? {
            Unit::Party(party) if party.value.is_name() => return Some(place),
            // `a fund called A`, `the investor A`, `the company's backers A`
            Unit::Party(party) => {
                let owner = matches!(line.word(place + 1), "'s" | "'")
                    || matches!(line.text.of(party.span), "its" | "their");
                let described = matches!(
                    party.value.kind,
                    PartyKind::Refers(Reference::Unnamed | Reference::Other)
                        | PartyKind::Outlet
                        | PartyKind::Thing
                );
                if !owner && !described && !words::is_arm(line.word(place + 1)) {
                    return None;
                }
            }
            // `two chains that use the machines, A and B`
            Unit::Word("that" | "which" | "who") if place > from => {
                let comma = (place + 1..place + 9).find(|at| line.word(*at) == ",")?;
                return name(line, comma + 1).is_some().then_some(comma + 1);
            }
            Unit::Word(",") if line.back(place, 1).ends_with("ly") && place == from + 1 => {}
            Unit::Word(word) if describes(line, place, word) => {}
            Unit::Word(_) | Unit::Sum(_) | Unit::Round(_) | Unit::Share => return None,
        }
    }
    None
}

/// How many units join two names of a list here.
fn joint(line: &Line<'_>, at: usize) -> usize {
    match line.word(at) {
        "," | "and" | "&" | "plus" | "or" | "both" | "then" | "/" => 1,
        "along" | "together" if line.word(at + 1) == "with" => 2,
        "as" if line.is(at, &["as", "well", "as"]) => 3,
        _ => 0,
    }
}

/// A word of a description before a name: no verb, and no preposition but inside of one.
fn describes(line: &Line<'_>, at: usize, word: &str) -> bool {
    let inner = match word {
        "of" => words::is_arm(line.back(at, 1)) || line.back(at, 1) == "co",
        "the" | "a" | "an" | "-" | "'s" | "'" | "." | "\"" | "“" | "”" | "new" | "and" => true,
        _ => word.chars().all(|letter| letter.is_alphanumeric() || letter == '.'),
    };
    let verbal = is_auxiliary(word) && !matches!(word, "earlier" | "first" | "later");
    inner && !words::is_stop(word) && !verbal
}

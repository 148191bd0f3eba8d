//! Who puts money in: `led by A`, `with participation from B and C`, `D also invested`.

mod governor;
mod group;
mod role;
mod words;

use super::line::Line;
use super::line::Segment;
use super::line::Unit;
use crate::domain::DealKind;
use crate::domain::Span;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::money::Role as Of;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;

use role::Role;

use super::words as lists;
use super::words::List;

/// The backers that a range of units names, in order.
pub(super) fn within(line: &Line<'_>, from: usize, to: usize) -> Vec<Backer> {
    let (mut backers, others) = grouped(line, from, to, line.in_title());
    for backer in named(line, from, to) {
        if !others.contains(&backer.party.span) {
            push(&mut backers, backer);
        }
    }
    backers.sort_by_key(|backer| backer.party.span.start());
    backers
}

/// The backers that set phrases name.
#[allow(clippy::too_many_lines, reason = "one arm for each way of naming backers")]
fn named(line: &Line<'_>, from: usize, to: usize) -> Vec<Backer> {
    let mut backers = Vec::new();
    for at in from..to {
        let word = line.word(at);
        if word.is_empty() {
            led_by_hyphen(line, at, &mut backers);
            continue;
        }
        match word {
            // `X ($12M seed, A Capital)`
            "(" => {
                let close = (at..at + 14).find(|at| line.word(*at) == ")").unwrap_or(at);
                let told = (at..close).find(|at| line.sum(*at).is_some() || line.is_round(*at));
                let comma = told.and_then(|told| (told..close).find(|at| line.word(*at) == ","));
                let first = comma.filter(|comma| line.party(comma + 1).is_some());
                add(
                    &mut backers,
                    first.map(|at| group::list(line, at + 1)).unwrap_or_default(),
                    false,
                );
            }
            // `founded in 2015 and led by Marta Voss`: the company, not the round.
            "led" | "headed"
                if line.word(at + 1) == "by"
                    && group::list(line, at + 2)
                        .iter()
                        .all(|p| p.value.kind == PartyKind::Person)
                    && (at.saturating_sub(8)..at).any(|at| {
                        matches!(line.word(at), "founded" | "company" | "startup" | "team" | "is")
                            || line.party(at).is_some_and(|party| !party.value.is_name())
                    }) => {}
            "led" | "headed" | "anchored" | "spearheaded" if line.word(at + 1) == "by" => {
                add(&mut backers, group::list(line, at + 2), true);
            }
            "led" if line.is(at + 1, &["jointly", "by"]) => {
                add(&mut backers, group::list(line, at + 3), true);
            }
            "leads" | "led" | "leading" | "lead"
                if is_round_ahead(line, at + 1)
                    || line.word(at + 1) == "the"
                    || matches!(line.word(at + 1), "it" | "." | "," | "with" | "and")
                    || (line.of_funding && matches!(line.word(at + 1), "" | ";" | "while")) =>
            {
                lead_verb(line, at, &mut backers);
            }
            "investor" | "investors" | "backer" | "backers" | "shareholder" | "shareholders" => {
                investor_noun(line, at, &mut backers);
            }
            "participation" | "support" | "backing" | "contributions" | "involvement"
            | "commitments" | "investments" | "money"
                if matches!(line.word(at + 1), "from" | "by" | "of") =>
            {
                add(&mut backers, group::list(line, at + 2), false);
            }
            "including" | "alongside" | "include" | "includes" | "included" => {
                let next = if matches!(line.word(at + 1), "by" | "in") { at + 2 } else { at + 1 };
                if is_about_backers(line, at) || word == "alongside" {
                    add(&mut backers, group::list(line, next), false);
                }
            }
            "among" if line.word(at + 1) == "them" && is_about_backers(line, at) => {
                add(&mut backers, group::list(line, at + 2), false);
            }
            "among"
                if matches!(line.word(at + 1), "those" | "the")
                    && matches!(line.back(at, 1), "are" | "is" | "were" | "was")
                    && is_about_backers(line, 0) =>
            {
                add(&mut backers, line.list_before(at), false);
            }
            "such" if line.word(at + 1) == "as" && is_about_backers(line, at) => {
                add(&mut backers, group::list(line, at + 2), false);
            }
            "from" if is_money_source(line, at) => {
                add(&mut backers, group::list(line, at + 1), false);
                marked(line, at + 1, &mut backers);
            }
            "joined" if line.word(at + 1) == "by" => {
                add(&mut backers, group::list(line, at + 2), false);
            }
            "drew" | "attracted" | "draws" | "attracts"
                if line.is_about_round()
                    && line.party(at + 1).is_some_and(|p| p.value.is_name()) =>
            {
                add(&mut backers, group::list(line, at + 1), false);
            }
            "are" | "were" | "is" if is_lead_noun(line, at + 1) => {
                add(&mut backers, line.list_before(at), true);
            }
            "are" | "were" | "is"
                if matches!(
                    line.back(at, 1),
                    "round" | "investing" | "financing" | "participating"
                ) && line.party(at + 1).is_some() =>
            {
                add(&mut backers, group::list(line, at + 1), false);
            }
            "participants"
                if matches!(line.back(at, 1), "are" | "likely" | "were" | "also" | "other") =>
            {
                let verb =
                    (at.saturating_sub(3)..at).find(|at| matches!(line.word(*at), "are" | "were"));
                if let Some(verb) = verb {
                    add(&mut backers, line.list_before(verb), false);
                }
            }
            _ => {}
        }
    }
    backers
}

/// The groups of names that the words around them make backers, or no backers.
///
/// `told` says that the units tell of a round; without, the article or the sentence has to.
fn grouped(line: &Line<'_>, from: usize, to: usize, told: bool) -> (Vec<Backer>, Vec<Span>) {
    let (mut backers, mut others) = (Vec::new(), Vec::new());
    if !(told || line.of_funding || line.is_about_round()) {
        return (backers, others);
    }
    let mut before = None;
    for group in group::groups(line, from, to) {
        let (group, rest) =
            if role::meets(line, &group, before) { group.cut() } else { (group, None) };
        for group in std::iter::once(group).chain(rest) {
            let role = role::of(line, &group, before);
            others.extend(group.agents.iter().map(|agent| agent.span));
            // `A, the venture arm of B`: B only says what A is.
            let owner = group.inner
                && role.is_none()
                && matches!(line.back(group.first, 1), "of" | "by" | "at" | "from");
            let told = |place| role::of_clause(line, place).is_some();
            let owners = group.names.iter().filter(|(place, _)| owner && !told(*place));
            others.extend(owners.map(|(_, party)| party.span));
            for (place, party) in &group.names {
                let clause = role::of_clause(line, *place).filter(|_| role != Some(Role::Not));
                match clause.or(role) {
                    Some(Role::Not) => others.push(party.span),
                    Some(own) => {
                        let party = (*party).clone();
                        push(&mut backers, Backer { party, lead: own == Role::Lead });
                    }
                    None => {}
                }
            }
            before = role.or(before);
        }
    }
    (backers, others)
}

fn is_be(word: &str) -> bool {
    matches!(word, "is" | "are" | "was" | "were")
}

/// `in the round`, `behind it`, `part of the deal`.
fn is_inside(line: &Line<'_>, at: usize) -> bool {
    let at =
        if matches!(line.word(at), "also" | "all" | "both" | "now" | "too") { at + 1 } else { at };
    let next = match line.word(at) {
        "in" | "behind" | "among" => at + 1,
        "part" if line.word(at + 1) == "of" => at + 2,
        "on" if line.word(at + 1) == "board" => return true,
        _ => return false,
    };
    let noun = if matches!(line.word(next), "the" | "this") { next + 1 } else { next };
    matches!(
        line.word(noun),
        "round"
            | "deal"
            | "syndicate"
            | "consortium"
            | "group"
            | "financing"
            | "raise"
            | "backers"
            | "investors"
    ) || (line.word(at) == "behind" && line.party(next).is_some_and(|p| !p.value.is_name()))
}

/// A sentence that only names backers of a round told elsewhere.
pub(super) fn support(line: &Line<'_>) -> Option<Candidate> {
    let told = line.is_about_round() || is_about_backers(line, 0) || takes_part(line);
    let investors =
        if told { within(line, 0, line.len()) } else { grouped(line, 0, line.len(), false).0 };
    if investors.is_empty() {
        return None;
    }
    let first = investors.first()?.party.span;
    let mut candidate =
        Candidate::new(line.sentence.index, DealKind::Funding, first, "frame.en.backers");
    // `comes from A, which led the seed in 2022`: an aside has a time of its own.
    let aside = (0..line.len())
        .find(|at| matches!(line.word(*at), "which" | "who" | "whose"))
        .map_or(usize::MAX, |at| line.byte(at));
    candidate.past =
        line.facts.dates.iter().any(|date| date.value.past && date.span.start() < aside);
    candidate.kind_is_weak = true;
    candidate.supports_only = true;
    candidate.investors = investors;
    Some(candidate)
}

/// Fills the backers of a candidate from its segment, or the whole sentence if it is alone there.
pub(super) fn fill(line: &Line<'_>, candidate: &mut Candidate, segment: Segment) {
    let (from, to) = if segment.only { (0, line.len()) } else { (segment.from, segment.to) };
    for backer in within(line, from, to) {
        push(&mut candidate.investors, backer);
    }
    let (_, others) = grouped(line, from, to, line.in_title());
    candidate.investors.retain(|backer| !others.contains(&backer.party.span));
}

/// Adds a backer once; a lead stays a lead.
pub(super) fn push(backers: &mut Vec<Backer>, backer: Backer) {
    match backers.iter_mut().find(|known| known.party.span == backer.party.span) {
        Some(known) => known.lead |= backer.lead,
        None => backers.push(backer),
    }
}

fn add(backers: &mut Vec<Backer>, parties: Vec<&Found<Party>>, lead: bool) {
    for party in parties {
        push(backers, Backer { party: party.clone(), lead });
    }
}

/// `from A (lead), B and C`: the brackets say who leads.
fn marked(line: &Line<'_>, from: usize, backers: &mut [Backer]) {
    for at in from..line.len() {
        let lead = line.word(at) == "(" && matches!(line.word(at + 1), "lead" | "co");
        let Some(party) = at.checked_sub(1).filter(|_| lead).and_then(|at| line.party(at)) else {
            continue;
        };
        for backer in backers.iter_mut().filter(|backer| backer.party.span == party.span) {
            backer.lead = true;
        }
    }
}

/// `A led the round`, `with A and B leading`, `A will lead`.
fn lead_verb(line: &Line<'_>, at: usize, backers: &mut Vec<Backer>) {
    let mut parties =
        line.list_before(if line.back(at, 1) == "-" { at.saturating_sub(2) } else { at });
    if parties.is_empty() {
        parties.extend(line.subject(at).filter(|party| party.value.is_name()));
    }
    add(backers, parties, true);
}

/// `an Accel-led round`.
fn led_by_hyphen(line: &Line<'_>, at: usize, backers: &mut Vec<Backer>) {
    if line.word(at + 1) == "-"
        && line.word(at + 2) == "led"
        && let Some(party) = line.party(at).filter(|party| party.value.is_name())
    {
        push(backers, Backer { party: party.clone(), lead: true });
    }
}

/// `lead investor A`, `existing backers B and C`, `investors include D`, `new investors are E`.
fn investor_noun(line: &Line<'_>, at: usize, backers: &mut Vec<Backer>) {
    let before = line.back(at, 1);
    let lead = before == "lead";
    let telling = matches!(
        before,
        "lead"
            | "existing"
            | "returning"
            | "new"
            | "strategic"
            | "prior"
            | "current"
            | "previous"
            | "earlier"
            | "key"
            | "major"
            | "other"
            | "and"
            | "early"
            | "financial"
            | "institutional"
            | "from"
            | "anchor"
            | "the"
            | "its"
    );
    let next = match line.word(at + 1) {
        "include" | "included" | "are" | "were" | "like" | ":" => at + 2,
        "in" if matches!(line.word(at + 2), "the" | "this") => (at + 3..at + 8)
            .find(|at| matches!(line.word(*at), "include" | "included" | "are" | "were"))
            .map_or(usize::MAX, |at| at + 1),
        _ if line.party(at + 1).is_some_and(|p| p.value.is_name()) && telling => at + 1,
        _ => return,
    };
    if next < line.len() {
        add(backers, group::list(line, next), lead);
    }
}

/// `$5M from A and B`, `investment from A`.
fn is_money_source(line: &Line<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    // `$40 million (€37 million) from A`
    if line.word(before) == ")" {
        return line.sum(before.saturating_sub(1)).is_some();
    }
    let noun = |at: usize| {
        matches!(
            line.word(at),
            "funding" | "financing" | "investment" | "round" | "money" | "capital" | "raise"
        )
    };
    let moved = matches!(line.word(before), "came" | "comes" | "," | "coming");
    if moved && (before.saturating_sub(4)..before).any(noun) {
        return true;
    }
    match line.unit(before) {
        Some(Unit::Sum(sum)) => !matches!(sum.value.role, Of::Other),
        Some(Unit::Round(_)) => true,
        Some(Unit::Word(word)) => {
            matches!(
                word,
                "boost"
                    | "cheques"
                    | "checks"
                    | "check"
                    | "cheque"
                    | "injection"
                    | "infusion"
                    | "series"
                    | "funding"
                    | "financing"
                    | "investment"
                    | "round"
                    | "capital"
                    | "money"
                    | "backing"
                    | "funds"
                    | "cash"
                    | "loan"
                    | "facility"
                    | "debt"
                    | "credit"
                    | "line"
                    | "notes"
                    | "note"
                    | "loans"
                    | "mortgage"
                    | "commitments"
                    | "raise"
                    | "equity"
                    | "valuation"
                    | "commitment"
                    | "support"
            ) || (matches!(word, "each" | "million" | "billion"))
        }
        _ => false,
    }
}

/// A verb of taking part, in a sentence that does not say in what.
fn takes_part(line: &Line<'_>) -> bool {
    (0..line.len()).any(|at| {
        matches!(line.word(at), "investing" | "money")
            || line.is(at, &["took", "part"])
            || line.is(at, &["taking", "part"])
            || line.is(at, &["put", "in"])
            || line.is(at, &["chipped", "in"])
            || fund_joins(line, at)
            || (at < 2 && line.word(at) == "joining")
            || line.is(at, &["on", "board", "are"])
            || (is_be(line.word(at)) && is_inside(line, at + 1))
            || (line.of_funding
                && matches!(line.word(at), "led" | "lead" | "leads")
                && matches!(line.word(at + 1), "" | "." | "," | ";" | "and" | "with"))
            || (at < 3 && is_inside(line, at))
            || (line.of_funding
                && (lists::phrase(line, at, List::Joins).is_some()
                    || lists::phrase(line, at, List::Leads).is_some()
                    || lists::phrase(line, at, List::Funds).is_some()))
            || (matches!(line.word(at), "joined" | "joins" | "invested" | "contributed")
                && matches!(
                    line.word(at + 1),
                    "too" | "." | "it" | "them" | "as" | "alongside" | ""
                ))
    })
}

/// `A Capital joined, and B put in more`: a fund before the verb joins a round.
fn fund_joins(line: &Line<'_>, at: usize) -> bool {
    line.word(at) == "joined"
        && line.word(at + 1) == ","
        && at.checked_sub(1).and_then(|before| line.party(before)).is_some_and(is_fund)
}

/// `the lead investors`, `lead investor`.
fn is_lead_noun(line: &Line<'_>, at: usize) -> bool {
    let at = if line.word(at) == "the" { at + 1 } else { at };
    line.word(at) == "lead" && matches!(line.word(at + 1), "investor" | "investors" | "backer")
}

/// Words about investors shortly before.
fn is_about_backers(line: &Line<'_>, at: usize) -> bool {
    let from = at.saturating_sub(12);
    let to = if at == 0 { line.len() } else { at };
    (from..to).any(|at| {
        matches!(
            line.word(at),
            "investors"
                | "backers"
                | "investor"
                | "participants"
                | "supporters"
                | "firms"
                | "funds"
                | "angels"
                | "participation"
                | "backing"
                | "shareholders"
                | "capitalists"
                | "newcomers"
                | "vcs"
                | "backer"
                | "lenders"
                | "group"
                | "consortium"
                | "syndicate"
                | "round"
                | "from"
                | "led"
                | "names"
                | "behind"
                | "heavyweights"
        )
    })
}

/// Whether a round is what the verb acts on.
fn is_round_ahead(line: &Line<'_>, from: usize) -> bool {
    for at in from..from + 7 {
        if line.is_round(at)
            || matches!(
                line.word(at),
                "round"
                    | "financing"
                    | "funding"
                    | "raise"
                    | "investment"
                    | "deal"
                    | "fundraise"
                    | "facility"
                    | "loan"
            )
        {
            return true;
        }
        if matches!(line.word(at), "." | "," | ";" | "to" | "as" | "by") {
            return false;
        }
    }
    false
}

/// Whether a party is rather a fund than a company.
pub(super) fn is_fund(party: &Found<Party>) -> bool {
    party.value.kind == PartyKind::Investor || party.value.kind == PartyKind::Person
}

//! Money for a company, in words that no frame knows: backers that hand it a sum, and a sum beside
//! a round, a loan or who is in it.

use super::Line;
use super::words;
use crate::domain::DealKind;
use crate::domain::Valuation;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::frame::Unit;
use crate::extract::money::Role;
use crate::extract::money::Sum;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;

/// Units between what a backer does and the sum.
const REACH: usize = 6;

/// `Oakline Capital and the Bank of Arden have handed it £4.2m`.
pub(super) fn given(line: &Line<'_>) -> Option<Candidate> {
    if line.has(&words::OTHER_MONEY).is_some() {
        return None;
    }
    let at = line.has(&words::GIVES)?;
    let span = line.line.span(at, at + 1)?;
    let sum = (at + 1..=at + REACH).find_map(|at| plain_sum(line, at))?;
    let from = (0..at).rev().find(|at| line.word(*at) == ";").map_or(0, |at| at + 1);
    let backers: Vec<&Found<Party>> = (from..at).filter_map(|at| line.party(at)).collect();
    let named = line.party_from(at + 1).filter(|party| party.value.kind == PartyKind::Company);
    let same =
        |party: &Found<Party>| backers.iter().any(|backer| backer.value.name == party.value.name);
    let target = named.or_else(|| {
        let start = line.line.sentence.span.start();
        line.items.subject(line.line.sentence.index, start, same)
    })?;
    if backers.is_empty() || !backers.iter().any(|backer| invests(backer)) {
        return None;
    }
    let mut candidate =
        Candidate::new(line.line.sentence.index, kind(line), span, "loose.en.given");
    candidate.target = Some(target.clone());
    candidate.amount = Some(sum.clone().map(|sum| sum.amount));
    candidate.investors =
        backers.iter().map(|party| Backer { party: (*party).clone(), lead: false }).collect();
    fill(line, &mut candidate);
    Some(candidate)
}

/// `Tamber collected $50 million, a B, Oakline first`: a company, a sum, and a round, a loan or who
/// is in it.
pub(super) fn told(line: &Line<'_>) -> Option<Candidate> {
    if line.has(&words::OTHER_MONEY).is_some() {
        return None;
    }
    let at = (0..line.line.len()).find(|at| plain_sum(line, *at).is_some())?;
    let sum = plain_sum(line, at)?;
    let backers = backers(line);
    let cue = line
        .has(&words::LENT)
        .or_else(|| line.has(&words::EQUITY))
        .and_then(|at| line.line.span(at, at + 1))
        .or_else(|| has_round(line).then_some(sum.span))
        .or_else(|| backers.iter().find(|b| invests(&b.party)).map(|b| b.party.span))?;
    let taken = |party: &Found<Party>| {
        invests(party) || backers.iter().any(|b| b.party.value.name == party.value.name)
    };
    let target = line.items.subject(line.line.sentence.index, sum.span.start(), taken)?;
    let mut candidate = Candidate::new(line.line.sentence.index, kind(line), cue, "loose.en.told");
    candidate.target = Some(target.clone());
    candidate.amount = Some(sum.clone().map(|sum| sum.amount));
    candidate.investors = backers;
    fill(line, &mut candidate);
    Some(candidate)
}

fn has_round(line: &Line<'_>) -> bool {
    (0..line.line.len()).any(|at| line.line.is_round(at))
}

fn kind(line: &Line<'_>) -> DealKind {
    let equity = has_round(line)
        || ["bridge", "convertible", "equity"]
            .iter()
            .any(|word| (0..line.line.len()).any(|at| line.word(at) == *word));
    if !equity && line.has(&words::LENT).is_some() { DealKind::Debt } else { DealKind::Funding }
}

/// The round, the worth and how far it is.
fn fill(line: &Line<'_>, candidate: &mut Candidate) {
    let facts = line.line.facts;
    candidate.status = line.status();
    let until = (0..line.line.len()).any(|at| line.word(at) == "until");
    candidate.round = facts.rounds.first().filter(|_| !until).cloned();
    candidate.valuation = facts.sums.iter().find_map(|sum| match sum.value.role {
        Role::Valuation(basis) => Some(sum.clone().map(|sum| Valuation::new(sum.amount, basis))),
        _ => None,
    });
}

/// The sum at a place, if it is not called something else than money that is paid.
pub(super) fn plain_sum<'a>(line: &Line<'a>, at: usize) -> Option<&'a Found<Sum>> {
    line.line.sum(at).filter(|sum| sum.value.role == Role::Plain && !sum.value.conversion)
}

/// A fund by the table or by its name, or a bank.
fn invests(party: &Found<Party>) -> bool {
    party.value.kind == PartyKind::Investor
        || party.value.name.split_whitespace().any(|word| {
            matches!(word, "Capital" | "Ventures" | "Partners" | "Bank" | "Investments" | "Equity")
        })
}

/// Who is in it by words of role: `led by A`, `from A and B`, `with A`, `A first`.
fn backers(line: &Line<'_>) -> Vec<Backer> {
    let mut backers: Vec<Backer> = Vec::new();
    let mut role: Option<bool> = None;
    for at in 0..line.line.len() {
        match line.line.unit(at) {
            Some(Unit::Word(word)) => {
                role = match word {
                    "by" => {
                        let led = matches!(
                            line.word(at.wrapping_sub(1)),
                            "led" | "headed" | "fronted" | "anchored" | "co-led"
                        );
                        let backed = matches!(line.word(at.wrapping_sub(1)), "backed" | "joined");
                        (led || backed).then_some(led)
                    }
                    "from" | "with" => Some(false),
                    "," | "and" | "the" | "&" => role,
                    _ => None,
                };
            }
            Some(Unit::Party(party)) if party.value.is_name() => {
                let behind = line.word(at + 1);
                let first = matches!(behind, "first" | "led" | "leads" | "leading" | "heading");
                let own = first || invests(party);
                if role.is_some() || own {
                    let lead = role.unwrap_or_default() || first;
                    backers.push(Backer { party: party.clone(), lead });
                }
            }
            _ => {}
        }
    }
    backers.retain(|backer| {
        matches!(backer.party.value.kind, PartyKind::Company | PartyKind::Investor)
    });
    backers
}

//! What is told beside a round, and rounds without a verb: items of a list, worths, sums not told.

use super::super::backers;
use super::super::line::Line;
use super::super::line::Segment;
use super::super::line::Unit;
use super::fill_sums;
use crate::domain::DealKind;
use crate::domain::Qualifier;
use crate::domain::Valuation;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::money::Role;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;

/// A line of a list: `X (robots that fold), $5M seed led by Y`, `X (Lisbon): €4m to sell agents`.
pub(in super::super) fn item(line: &Line<'_>) -> Option<Candidate> {
    let first = (0..line.len().min(5)).find(|at| line.party(*at).is_some())?;
    let alone = !(0..first).any(|at| {
        matches!(line.unit(at), Some(Unit::Word(word)) if word.chars().any(char::is_alphabetic))
    });
    let party = line.party(first).filter(|party| party.value.kind == PartyKind::Company)?;
    let mut at = first + 1;
    if line.word(at) == "(" {
        at = (at..at + 20).find(|at| line.word(*at) == ")")? + 1;
    }
    if !matches!(line.word(at), "," | ":" | "–" | "—" | "-" | "|") {
        return None;
    }
    // `X, a maker of voices: €7.5M seed from A`
    if line.word(at) == "," {
        at = (at + 1..at + 14)
            .take_while(|at| line.sum(*at).is_none())
            .find(|at| matches!(line.word(*at), ":" | "–" | "—"))
            .unwrap_or(at);
    }
    let sum = (at + 1..at + 4)
        .find(|at| line.sum(*at).is_some_and(|sum| sum.value.role == Role::Plain))?;
    let round = (sum..line.len())
        .any(|at| line.is_round(at) || line.is(at, &["led", "by"]) || line.is(at, &["from"]));
    let listed = line.sentence.bullet || (alone && !line.in_title() && line.word(at) == ":");
    if !(round || (line.of_funding && listed)) {
        return None;
    }
    let span = line.span(sum, sum + 1)?;
    let mut candidate =
        Candidate::new(line.sentence.index, DealKind::Funding, span, "frame.en.item");
    candidate.target = Some(party.clone());
    fill_sums(line, &mut candidate, sum, line.len());
    if candidate.round.is_none() {
        candidate.round = line.facts.rounds.first().cloned();
    }
    let segment = Segment { from: sum, to: line.len(), only: false };
    backers::fill(line, &mut candidate, segment);
    Some(candidate)
}

/// `X is valued at $9 billion`, told beside the deal.
pub(in super::super) fn worth(line: &Line<'_>) -> Option<Candidate> {
    let sum = line
        .facts
        .sums
        .iter()
        .find(|sum| matches!(sum.value.role, Role::Valuation(_) | Role::Cumulative))?;
    let mut candidate =
        Candidate::new(line.sentence.index, DealKind::Funding, sum.span, "frame.en.worth");
    candidate.supports_only = true;
    candidate.kind_is_weak = true;
    let about_deal = (0..line.len()).any(|at| {
        matches!(
            line.word(at),
            "round"
                | "funding"
                | "financing"
                | "deal"
                | "investment"
                | "raise"
                | "transaction"
                | "investors"
                | "money"
                | "raising"
                | "it"
                | "valuation"
                | "values"
                | "value"
                | "valued"
                | "valuing"
        )
    });
    // What is said after the sum, `twice what it was a year ago`, compares.
    let before = |start: usize| start < sum.span.start();
    let past = line
        .facts
        .cues
        .iter()
        .any(|cue| cue.value == crate::extract::status::Cue::Past && before(cue.span.start()))
        || line.facts.dates.iter().any(|date| date.value.past && before(date.span.start()));
    // `The startup was valued at $500 million`, without a word on the round: what it was before.
    let was = (1..line.len()).any(|at| {
        matches!(line.word(at), "valued" | "worth")
            && matches!(line.back(at, 1), "was" | "were" | "been" | "last")
            && line.back(at, 2) != "has"
    }) && !line.facts.dates.is_empty();
    let of_round = (0..line.len()).any(|at| {
        line.is_round(at)
            || matches!(
                line.word(at),
                "round"
                    | "funding"
                    | "financing"
                    | "deal"
                    | "investment"
                    | "raise"
                    | "transaction"
                    | "latest"
            )
    });
    if !about_deal || past || (was && !of_round) {
        return None;
    }
    let amount = Found { value: sum.value.amount.clone(), span: sum.span, rule: sum.rule };
    match sum.value.role {
        Role::Valuation(basis) => {
            candidate.valuation = Some(amount.map(|amount| Valuation::new(amount, basis)));
        }
        Role::Cumulative => candidate.cumulative = Some(amount),
        Role::Plain | Role::Other => {}
    }
    candidate.target = whose_worth(line);
    Some(candidate)
}

/// Whose worth a sentence tells: whom a verb values, else the first company that only stands there;
/// not who gives money, and not who holds a share of it.
fn whose_worth(line: &Line<'_>) -> Option<Found<Party>> {
    let company = |party: &&Found<Party>| party.value.kind == PartyKind::Company;
    let valued = (0..line.len())
        .find(|at| matches!(line.word(*at), "values" | "valuing" | "valued" | "value"))
        .and_then(|at| line.party(at + 1).filter(company));
    if valued.is_some() {
        return valued.cloned();
    }
    let backers = backers::within(line, 0, line.len());
    let holds = (0..line.len()).any(|at| matches!(line.unit(at), Some(Unit::Share)))
        && (0..line.len()).any(|at| matches!(line.word(at), "implying" | "implies"));
    let gives = |party: &Found<Party>| backers.iter().any(|b| b.party.span == party.span);
    line.facts
        .parties
        .iter()
        .filter(company)
        .find(|party| !gives(party))
        .filter(|_| !holds)
        .cloned()
}

/// `The amount was not disclosed.`: of a deal that other words state.
pub(in super::super) fn untold(line: &Line<'_>) -> Option<Candidate> {
    let sum = line.facts.sums.iter().find(|sum| {
        sum.value.role == Role::Plain && sum.value.amount.qualifier == Qualifier::Undisclosed
    })?;
    let of_money = (0..line.len()).any(|at| matches!(line.word(at), "round" | "investment"))
        || line
            .text
            .of(sum.span)
            .split_whitespace()
            .any(|word| matches!(word, "amount" | "size" | "sum" | "funding"));
    let kind = if of_money { DealKind::Funding } else { DealKind::Acquisition };
    let mut candidate = Candidate::new(line.sentence.index, kind, sum.span, "frame.en.untold");
    candidate.supports_only = true;
    candidate.kind_is_weak = true;
    candidate.amount =
        Some(Found { value: sum.value.amount.clone(), span: sum.span, rule: sum.rule });
    Some(candidate)
}

/// A row of a table: `X (AI tutors) | Series A | $30M | A`, `X - AI tutors - $30M seed - A (lead)`.
pub(in super::super) fn row(line: &Line<'_>) -> Option<Candidate> {
    if line.in_title() {
        return None;
    }
    let first = (0..line.len().min(3)).find(|at| line.party(*at).is_some())?;
    let party = line.party(first).filter(|party| party.value.kind == PartyKind::Company)?;
    let cells: Vec<usize> =
        (first + 1..line.len()).filter(|at| is_cell_border(line, *at)).collect();
    let sum = (first..line.len())
        .find(|at| line.sum(*at).is_some_and(|sum| sum.value.role == Role::Plain))?;
    let round = line.facts.rounds.first();
    // Two borders at least, one of them right after the name or what it does.
    let border = *cells.first().filter(|at| **at < sum || round.is_some())?;
    let verbs = (first..border).any(|at| matches!(line.word(at), "said" | "says" | "is" | "has"));
    if cells.len() < 2 || round.is_none() && !line.of_funding || verbs {
        return None;
    }
    let span = line.span(sum, sum + 1)?;
    let mut candidate =
        Candidate::new(line.sentence.index, DealKind::Funding, span, "frame.en.row");
    candidate.target = Some(party.clone());
    fill_sums(line, &mut candidate, sum, line.len());
    candidate.round = round.cloned();
    // Who gave stands in the cells behind the sum.
    let last = cells.iter().copied().find(|at| *at > sum);
    for backer in last.map(|at| line.list(at + 1)).unwrap_or_default() {
        let place = line.unit_at(backer.span.start());
        let lead = line.is(place + 1, &["(", "lead", ")"]);
        backers::push(&mut candidate.investors, Backer { party: backer.clone(), lead });
    }
    Some(candidate)
}

/// A bar, or a dash with room around it.
fn is_cell_border(line: &Line<'_>, at: usize) -> bool {
    match line.word(at) {
        "|" | "·" => true,
        "-" | "–" | "—" => line.span(at, at + 1).is_some_and(|span| {
            let text = line.text.str();
            text.get(..span.start()).is_some_and(|head| head.ends_with(' '))
                && text.get(span.end()..).is_some_and(|tail| tail.starts_with(' '))
        }),
        _ => false,
    }
}

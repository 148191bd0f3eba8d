//! A second reading of English round-ups: where no frame opened, a sentence that brings together
//! the company of its item, a sum or a round, and a word of a wide class of deals still tells one.
//!
//! Its rules are named `loose.en.*`, and what only they read is less sure than what a frame reads.

mod control;
mod money;
mod words;

use super::item::Items;
use super::standing::layout::Layout;
use crate::domain::DealStatus;
use crate::domain::Lang;
use crate::domain::Span;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::lexicon::list::List;
use crate::extract::money::Sum;
use crate::extract::party::Party;
use crate::extract::status::Cue;
use crate::extract::text::Kind;
use crate::extract::text::Place;
use crate::extract::text::Sentence;

/// How the rules of this reading begin.
pub(super) const RULES: &str = "loose.";

/// What a sentence is made of, in order.
#[derive(Clone, Copy)]
enum Unit<'a> {
    Word(&'a str, Span),
    Party(&'a Found<Party>),
    Sum(&'a Found<Sum>),
    Round,
}

/// A sentence that is read a second time.
struct Line<'a> {
    items: Items<'a>,
    sentence: &'a Sentence,
    units: Vec<Unit<'a>>,
}

impl<'a> Line<'a> {
    fn new(items: Items<'a>, sentence: &'a Sentence) -> Option<Line<'a>> {
        let facts = items.facts.get(sentence.index)?;
        let mut units = Vec::new();
        let mut past = 0;
        for token in items.text.tokens_of(sentence) {
            let start = token.span.start();
            if start < past || token.kind == Kind::Break {
                continue;
            }
            let party = facts.parties.iter().find(|party| party.span.start() == start);
            let sum = facts.sums.iter().find(|sum| sum.span.start() == start);
            let round = facts.rounds.iter().find(|round| round.span.start() == start);
            let (unit, end) = if let Some(sum) = sum {
                (Unit::Sum(sum), sum.span.end())
            } else if let Some(party) = party {
                (Unit::Party(party), party.span.end())
            } else if let Some(round) = round {
                (Unit::Round, round.span.end())
            } else {
                (Unit::Word(items.text.of(token.span), token.span), token.span.end())
            };
            past = end;
            units.push(unit);
        }
        Some(Line { items, sentence, units })
    }

    fn word(&self, at: usize) -> &'a str {
        match self.units.get(at) {
            Some(Unit::Word(word, _)) => word,
            _ => "",
        }
    }

    /// `owner`, also where `the owner` may stand for a company.
    fn is_owner(&self, at: usize) -> bool {
        match self.units.get(at) {
            Some(Unit::Word(word, _)) => *word == "owner",
            Some(Unit::Party(party)) => {
                !party.value.is_name() && self.items.text.of(party.span).ends_with("owner")
            }
            _ => false,
        }
    }

    fn party(&self, at: usize) -> Option<&'a Found<Party>> {
        match self.units.get(at) {
            Some(Unit::Party(party)) if party.value.is_name() => Some(party),
            _ => None,
        }
    }

    /// The name at a place, behind an article.
    fn party_from(&self, at: usize) -> Option<&'a Found<Party>> {
        let article = matches!(self.word(at), "the" | "its" | "rival" | "neighbouring");
        self.party(at + usize::from(article))
    }

    fn span(&self, at: usize) -> Option<Span> {
        self.units.get(at).map(|unit| match unit {
            Unit::Word(_, span) => *span,
            Unit::Party(party) => party.span,
            Unit::Sum(sum) => sum.span,
            Unit::Round => self.sentence.span,
        })
    }

    fn has(&self, list: &List) -> Option<(usize, Span)> {
        self.units.iter().enumerate().find_map(|(at, unit)| match unit {
            Unit::Word(word, span) if list.contains(word) => Some((at, *span)),
            _ => None,
        })
    }

    /// How far the sentence says that the deal is.
    fn status(&self) -> Option<Found<DealStatus>> {
        const ORDER: &[(Cue, DealStatus)] = &[
            (Cue::Denied, DealStatus::Denied),
            (Cue::Terminated, DealStatus::Terminated),
            (Cue::Seeking, DealStatus::Seeking),
            (Cue::Talks, DealStatus::InTalks),
            (Cue::Rumour, DealStatus::Rumoured),
            (Cue::Hypothetical, DealStatus::InTalks),
            (Cue::Completed, DealStatus::Completed),
        ];
        let facts = self.items.facts.get(self.sentence.index)?;
        ORDER.iter().find_map(|(cue, status)| {
            let found = facts.cues.iter().find(|found| found.value == *cue)?;
            Some(Found { value: *status, span: found.span, rule: "loose.en.status" })
        })
    }

    /// `in 2022`, `a year ago`, `last spring`: told as something that was.
    fn is_past(&self) -> bool {
        let facts = self.items.facts.get(self.sentence.index);
        facts.is_some_and(|facts| facts.cues.iter().any(|cue| cue.value == Cue::Past))
            || self.has(&words::BEFORE).is_some()
            || (0..self.units.len()).any(|at| {
                let (one, other) = (self.word(at), self.word(at + 1));
                let year = other.len() == 4 && (other.starts_with("20") || other.starts_with("19"));
                (one == "in" && year)
                    || (one == "last" && matches!(other, "year" | "spring" | "summer" | "autumn"))
            })
    }
}

/// The candidates that a second reading finds in the sentences where `known` has none.
pub(super) fn read(items: Items<'_>, layout: &Layout, known: &[Candidate]) -> Vec<Candidate> {
    let told = |sentence: &Sentence| {
        known.iter().any(|candidate| {
            candidate.sentence == sentence.index
                && !candidate.supports_only
                && candidate.target.is_some()
        })
    };
    let wanted = |sentence: &&Sentence| {
        sentence.place == Place::Body
            && sentence.lang == Lang::En
            && !sentence.debris
            && !layout.is_aside(sentence.index)
            && !told(sentence)
    };
    let sentences = items.text.sentences().iter().filter(wanted);
    sentences
        .filter_map(|sentence| {
            let line = Line::new(items, sentence)?;
            if line.is_past() {
                return None;
            }
            control::owner(&line)
                .or_else(|| control::passes(&line))
                .or_else(|| control::taken(&line))
                .or_else(|| control::unite(&line))
                .or_else(|| money::given(&line))
                .or_else(|| money::told(&line))
        })
        .collect()
}

//! A sentence as a line of units.

mod list;
mod subject;

use super::words;
use crate::domain::RoundCode;
use crate::domain::Span;
use crate::extract::Found;
use crate::extract::facts::Facts;
use crate::extract::money::Sum;
use crate::extract::party::Party;
use crate::extract::text::Place;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

pub(super) use subject::is_auxiliary;

/// A word or a value.
#[derive(Debug, Clone, Copy)]
pub(in crate::extract) enum Unit<'a> {
    /// A word, number or sign that no dimension claimed.
    Word(&'a str),
    /// A party or a reference to one.
    Party(&'a Found<Party>),
    /// A sum.
    Sum(&'a Found<Sum>),
    /// A round.
    Round(&'a Found<RoundCode>),
    /// A share; its place is enough, the value is read from the facts.
    Share,
}

/// The units that belong to a trigger: from the end of the one before to the start of the next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The sentence has no other trigger.
    pub(super) only: bool,
}

/// A sentence in units.
#[derive(Debug)]
pub(in crate::extract) struct Line<'a> {
    pub(super) text: &'a Text,
    pub(in crate::extract) sentence: &'a Sentence,
    pub(in crate::extract) facts: &'a Facts,
    /// The article speaks of a round somewhere, so that `bags $5M` needs no more words.
    pub(super) of_funding: bool,
    units: Vec<(Unit<'a>, Span)>,
    /// The phrases that begin with each unit's word: several rules ask at every place.
    begun: Vec<Option<&'static words::Phrases>>,
    about_round: bool,
}

impl<'a> Line<'a> {
    /// Replaces the tokens of every value by one unit.
    pub(in crate::extract) fn new(
        text: &'a Text,
        sentence: &'a Sentence,
        facts: &'a Facts,
        of_funding: bool,
    ) -> Line<'a> {
        let mut values: Vec<(Unit<'a>, Span)> = Vec::new();
        values.extend(facts.sums.iter().map(|sum| (Unit::Sum(sum), sum.span)));
        values.extend(facts.rounds.iter().map(|round| (Unit::Round(round), round.span)));
        values.extend(facts.parties.iter().map(|party| (Unit::Party(party), party.span)));
        values.extend(facts.percents.iter().map(|share| (Unit::Share, share.span)));
        values.sort_by_key(|(_, span)| (span.start(), std::cmp::Reverse(span.end())));
        let mut values = values.into_iter().peekable();
        let tokens = text.tokens_of(sentence);
        let mut units = Vec::with_capacity(tokens.len());
        let mut end = 0;
        for token in tokens {
            while values.next_if(|(_, span)| span.start() < token.span.start().min(end)).is_some() {
            }
            if token.span.start() < end {
                continue;
            }
            if let Some((unit, span)) =
                values.next_if(|(_, span)| span.start() <= token.span.start())
            {
                end = span.end();
                units.push((unit, span));
            } else {
                units.push((Unit::Word(text.of(token.span)), token.span));
            }
        }
        let begun = |unit: &(Unit<'a>, Span)| match unit.0 {
            Unit::Word(word) => words::begun(word),
            _ => None,
        };
        let begun = units.iter().map(begun).collect();
        let about_round = units.iter().any(|(unit, _)| match unit {
            Unit::Round(_) => true,
            Unit::Word(word) => words::is_of_round(word),
            _ => false,
        });
        Line { text, sentence, facts, of_funding, units, begun, about_round }
    }

    /// The phrases of the lexicon that begin here.
    pub(super) fn begun(&self, at: usize) -> Option<&'static words::Phrases> {
        self.begun.get(at).copied().flatten()
    }

    /// Words of a round stand in the sentence.
    pub(super) fn is_about_round(&self) -> bool {
        self.about_round
    }

    pub(in crate::extract) fn len(&self) -> usize {
        self.units.len()
    }

    pub(super) fn in_title(&self) -> bool {
        self.sentence.place == Place::Title
    }

    /// The unit at a place.
    pub(in crate::extract) fn unit(&self, at: usize) -> Option<Unit<'a>> {
        self.units.get(at).map(|(unit, _)| *unit)
    }

    /// The word at a place; empty for values and past the ends.
    pub(in crate::extract) fn word(&self, at: usize) -> &'a str {
        match self.unit(at) {
            Some(Unit::Word(word)) => word,
            _ => "",
        }
    }

    /// The nth word before a place.
    pub(super) fn back(&self, at: usize, n: usize) -> &'a str {
        at.checked_sub(n).map_or("", |at| self.word(at))
    }

    pub(in crate::extract) fn party(&self, at: usize) -> Option<&'a Found<Party>> {
        match self.unit(at) {
            Some(Unit::Party(party)) => Some(party),
            _ => None,
        }
    }

    pub(in crate::extract) fn sum(&self, at: usize) -> Option<&'a Found<Sum>> {
        match self.unit(at) {
            Some(Unit::Sum(sum)) => Some(sum),
            _ => None,
        }
    }

    pub(in crate::extract) fn is_round(&self, at: usize) -> bool {
        matches!(self.unit(at), Some(Unit::Round(_)))
    }

    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(offset, word)| self.word(at + offset) == *word)
    }

    /// The bytes of units `from..to`.
    pub(in crate::extract) fn span(&self, from: usize, to: usize) -> Option<Span> {
        let (_, first) = self.units.get(from)?;
        let (_, last) = self.units.get(to.checked_sub(1)?)?;
        self.text.span(first.start(), last.end())
    }

    /// The unit that starts at or after a byte.
    pub(super) fn unit_at(&self, byte: usize) -> usize {
        self.units.partition_point(|(_, span)| span.start() < byte)
    }

    /// First byte of a unit; the sentence's end past the last.
    pub(super) fn byte(&self, at: usize) -> usize {
        self.units.get(at).map_or(self.sentence.span.end(), |(_, span)| span.start())
    }
}

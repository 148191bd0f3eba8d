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
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::frame;
use crate::extract::lexicon::list::List;
use crate::extract::party::Party;
use crate::extract::status::Cue;
use crate::extract::text::Place;
use crate::extract::text::Sentence;

/// How the rules of this reading begin.
pub(super) const RULES: &str = "loose.";

/// A sentence that is read a second time.
struct Line<'a> {
    items: Items<'a>,
    line: frame::Line<'a>,
}

impl<'a> Line<'a> {
    fn new(items: Items<'a>, sentence: &'a Sentence) -> Option<Line<'a>> {
        let facts = items.facts.get(sentence.index)?;
        let line = frame::Line::new(items.text, sentence, facts, true);
        Some(Line { items, line })
    }

    fn word(&self, at: usize) -> &'a str {
        self.line.word(at)
    }

    fn party(&self, at: usize) -> Option<&'a Found<Party>> {
        self.line.party(at).filter(|party| party.value.is_name())
    }

    /// `owner`, also where `the owner` may stand for a company.
    fn is_owner(&self, at: usize) -> bool {
        self.word(at) == "owner"
            || self.line.party(at).is_some_and(|party| {
                !party.value.is_name() && self.items.text.of(party.span).ends_with("owner")
            })
    }

    /// The name at a place, behind an article.
    fn party_from(&self, at: usize) -> Option<&'a Found<Party>> {
        let article = matches!(self.word(at), "the" | "its" | "rival" | "neighbouring");
        self.party(at + usize::from(article))
    }

    /// Where a word of a list stands.
    fn has(&self, list: &List) -> Option<usize> {
        (0..self.line.len()).find(|at| list.contains(self.word(*at)))
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
        let facts = self.line.facts;
        ORDER.iter().find_map(|(cue, status)| {
            let found = facts.cues.iter().find(|found| found.value == *cue)?;
            Some(Found { value: *status, span: found.span, rule: "loose.en.status" })
        })
    }

    /// `in 2022`, `a year ago`, `last spring`: told as something that was.
    fn is_past(&self) -> bool {
        self.line.facts.cues.iter().any(|cue| cue.value == Cue::Past)
            || self.has(&words::BEFORE).is_some()
            || (0..self.line.len()).any(|at| {
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

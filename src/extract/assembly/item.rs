//! Who an item of an English round-up speaks of: the company of its own sentence or paragraph,
//! never one of another item.

use super::focus;
use crate::domain::Lang;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::facts::Facts;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::party::Reference;
use crate::extract::text::Text;

/// Sentences before one in which its paragraph may name the company.
const BACK: usize = 4;

/// An article of several stories.
#[derive(Debug, Clone, Copy)]
pub(super) struct Items<'a> {
    pub(super) text: &'a Text,
    pub(super) facts: &'a [Facts],
}

impl<'a> Items<'a> {
    /// Gives every candidate that names no company, or says `it`, the one its item speaks of.
    pub(super) fn fill(&self, candidates: &mut [Candidate]) {
        for candidate in candidates {
            let refers = candidate.target.as_ref().map(|target| (target.value.kind, target.span));
            let end = match refers {
                None => candidate.trigger.span.start(),
                Some((PartyKind::Refers(Reference::It | Reference::Company), span)) => span.start(),
                Some(_) => continue,
            };
            if candidate.supports_only {
                continue;
            }
            let taken = |party: &Found<Party>| {
                let backers = candidate.investors.iter().map(|backer| &backer.party);
                candidate
                    .acquirers
                    .iter()
                    .chain(&candidate.sellers)
                    .chain(backers)
                    .any(|other| other.value.name == party.value.name)
            };
            candidate.target = self.subject(candidate.sentence, end, taken).cloned();
        }
    }

    /// `it put out two sentences: it had signed`: what the item reports in the pluperfect is news.
    pub(super) fn wake(&self, candidates: &mut [Candidate]) {
        const REPORTS: &[&str] = &[
            "said",
            "says",
            "announced",
            "told",
            "confirmed",
            "confirms",
            "disclosed",
            "wrote",
            "revealed",
            "statement",
        ];
        for candidate in candidates.iter_mut().filter(|candidate| candidate.past) {
            let Some(sentence) = self.text.sentences().get(candidate.sentence) else { continue };
            let head = self.text.span(sentence.span.start(), candidate.trigger.span.start());
            let head = head.map_or("", |span| self.text.of(span));
            let dated = self
                .facts
                .get(candidate.sentence)
                .is_some_and(|facts| facts.dates.iter().any(|date| date.value.past));
            let reported = REPORTS.iter().any(|word| head.contains(word));
            if reported && !dated && head.trim_end().ends_with(" had") {
                candidate.past = false;
            }
        }
    }

    /// The company before a place of its sentence, else the one that the sentences before it in
    /// its paragraph open with, the nearest first.
    pub(super) fn subject(
        &self,
        sentence: usize,
        end: usize,
        taken: impl Fn(&Found<Party>) -> bool,
    ) -> Option<&'a Found<Party>> {
        let here = self.text.sentences().get(sentence)?;
        if here.lang != Lang::En {
            return None;
        }
        let own = self.companies(sentence).find(|party| party.span.end() <= end && !taken(party));
        own.or_else(|| {
            let from = sentence.saturating_sub(BACK);
            let before = self.text.sentences().get(from..sentence)?;
            let same = before.iter().rev().take_while(|other| other.paragraph == here.paragraph);
            same.into_iter()
                .find_map(|other| self.companies(other.index).find(|party| !taken(party)))
        })
    }

    /// The companies of a sentence that can be what it is about.
    fn companies(&self, sentence: usize) -> impl Iterator<Item = &'a Found<Party>> + use<'a> {
        let text = self.text;
        let facts = self.facts.get(sentence);
        let sums = facts.map_or(&[][..], |facts| facts.sums.as_slice());
        facts.map_or(&[][..], |facts| facts.parties.as_slice()).iter().filter(move |party| {
            party.value.kind == PartyKind::Company
                && !is_beside(text, party)
                && !sums.iter().any(|sum| sum.span.contains(party.span))
        })
    }
}

/// `from A`, `like A`, `A's rival B`, `A reports`: the sentence is about somebody else.
fn is_beside(text: &Text, party: &Found<Party>) -> bool {
    let tail = text.str().get(party.span.end()..).unwrap_or_default();
    let next = tail.split_whitespace().next().unwrap_or_default();
    let tells = matches!(
        next.trim_end_matches([',', '.', ')']),
        "understands" | "reports" | "reported" | "learned" | "learns" | "hears" | "writes"
    );
    tells
        || tail.starts_with("'s")
        || tail.starts_with("’s")
        || focus::is_governed(text, party)
        || matches!(focus::word_before(text, party), "in" | "to" | "like" | "than")
}

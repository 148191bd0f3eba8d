//! Whether a company is an AI company: by the table, or by what the text says of it.
//!
//! The name alone proves nothing: `Smart AI Mining` that digs copper is none.

mod en;
mod zh;

use super::facts::Facts;
use super::text::Sentence;
use super::text::Text;
use crate::domain::Lang;
use crate::domain::Span;

/// How strongly words speak for artificial intelligence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// `automation`, `chips`, 算力: only beside something stronger, or twice.
    Weak,
    /// `AI`, `machine learning`, `robotaxi`, 大模型.
    Strong,
}

/// Words about artificial intelligence.
#[derive(Debug, Clone, Copy)]
pub struct Term {
    /// The words.
    pub span: Span,
    /// How strong.
    pub strength: Strength,
    /// The rule.
    pub rule: &'static str,
}

/// The terms of every sentence, debris left out; one entry for each.
pub fn terms(text: &Text) -> Vec<Vec<Term>> {
    text.sentences()
        .iter()
        .map(|sentence| if sentence.debris { Vec::new() } else { find(text, sentence) })
        .collect()
}

fn find(text: &Text, sentence: &Sentence) -> Vec<Term> {
    match sentence.lang {
        Lang::En => en::find(text, sentence),
        Lang::Zh => zh::find(text, sentence),
    }
}

/// The words that say that a company is an AI company, if there are any.
///
/// `mentions` are the spans where it is named, by sentence. Terms inside its own name do not
/// count; nor do terms inside another party's name.
pub fn described(
    text: &Text,
    facts: &[Facts],
    terms: &[Vec<Term>],
    mentions: &[(usize, Span)],
    focus: bool,
) -> Option<Term> {
    let outside_names = |sentence: usize, term: &Term| {
        let parties = facts.get(sentence).map_or(&[][..], |facts| facts.parties.as_slice());
        !parties.iter().any(|party| party.value.is_name() && party.span.contains(term.span))
    };
    let mut weak = 0_usize;
    let mut first_weak = None;
    for (sentence, name) in mentions {
        let near = terms.get(*sentence).into_iter().flatten();
        for term in near.filter(|term| outside_names(*sentence, term)) {
            let distance = name.start().abs_diff(term.span.start());
            match term.strength {
                Strength::Strong if distance < reach(text, *sentence) => return Some(*term),
                Strength::Strong | Strength::Weak => {
                    weak += 1;
                    first_weak.get_or_insert(*term);
                }
            }
        }
    }
    if !focus {
        return None;
    }
    // What the article is about, it describes also where it says `the startup`.
    let all = terms.iter().enumerate().flat_map(|(at, terms)| terms.iter().map(move |t| (at, t)));
    let strong: Vec<&Term> = all
        .filter(|(at, term)| term.strength == Strength::Strong && outside_names(*at, term))
        .map(|(_, term)| term)
        .collect();
    if strong.len() + weak / 2 >= 2 {
        return strong.first().map(|term| **term).or(first_weak);
    }
    None
}

/// How far a term may stand from a name, in bytes: one clause.
fn reach(text: &Text, sentence: usize) -> usize {
    match text.sentences().get(sentence).map(|sentence| sentence.lang) {
        Some(Lang::Zh) => 90,
        Some(Lang::En) | None => 140,
    }
}

//! Word lists: TOML files of `label = ["phrase", …]`, compiled once.
//!
//! [`Phrases`] goes token by token and suits languages with spaces; [`dictionary::Dictionary`]
//! finds words anywhere and suits Chinese. Both prefer the longest phrase and never overlap.
//! [`list::List`] is for the short lists of a rule.

pub mod dictionary;
pub mod hash;
pub mod list;

use std::collections::BTreeMap;

use hash::Filter;
use hash::WordMap;

use super::text::Kind;
use super::text::Text;
use super::text::Token;
use crate::entity::View;

/// A lexicon file: label → phrases, folded.
pub fn read(file: &str) -> BTreeMap<String, Vec<String>> {
    let lists: BTreeMap<String, Vec<String>> =
        toml::from_str(file).expect("a test reads every shipped lexicon");
    lists
        .into_iter()
        .map(|(label, phrases)| {
            (label, phrases.iter().map(|phrase| View::new(phrase).text).collect())
        })
        .collect()
}

/// Phrases of whole words, each with a label.
#[derive(Debug)]
pub struct Phrases<T> {
    firsts: Filter,
    /// First word → the rest of each phrase, longest first.
    by_first: WordMap<Vec<(Vec<String>, T)>>,
}

impl<T: Copy> Phrases<T> {
    /// Compiles a file; `label` gives each of its keys a value.
    pub fn new(file: &str, label: impl Fn(&str) -> T) -> Phrases<T> {
        Phrases::compile(read(file), label)
    }

    /// The same, and every phrase of several words is also read with hyphens between them:
    /// `language model` and `language-model`.
    pub fn hyphenated(file: &str, label: impl Fn(&str) -> T) -> Phrases<T> {
        let mut lists = read(file);
        for phrases in lists.values_mut() {
            let joined: Vec<String> = phrases
                .iter()
                .filter(|phrase| phrase.contains(' '))
                .map(|phrase| phrase.replace(' ', "-"))
                .filter(|joined| !phrases.contains(joined))
                .collect();
            phrases.extend(joined);
        }
        Phrases::compile(lists, label)
    }

    fn compile(lists: BTreeMap<String, Vec<String>>, label: impl Fn(&str) -> T) -> Phrases<T> {
        let mut by_first: WordMap<Vec<(Vec<String>, T)>> = WordMap::default();
        for (key, phrases) in lists {
            for phrase in phrases {
                let mut words = words(&phrase).into_iter();
                let Some(first) = words.next() else { continue };
                by_first.entry(first).or_default().push((words.collect(), label(&key)));
            }
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Phrases { firsts: Filter::new(by_first.keys().map(String::as_str)), by_first }
    }

    /// The longest phrase that starts at this token: how many tokens, and its label.
    pub fn at(&self, text: &Text, tokens: &[Token], at: usize) -> Option<(usize, T)> {
        let first = tokens.get(at)?;
        if first.kind == Kind::Han || first.kind == Kind::Break {
            return None;
        }
        let word = text.of(first.span);
        let phrases = self.firsts.may_hold(word).then(|| self.by_first.get(word))??;
        phrases.iter().find_map(|(rest, label)| {
            let stands = rest.iter().enumerate().all(|(offset, word)| {
                tokens.get(at + 1 + offset).is_some_and(|token| text.of(token.span) == word)
            });
            stands.then_some((rest.len() + 1, *label))
        })
    }

    /// Every phrase in these tokens, as token ranges, left to right.
    pub fn find(&self, text: &Text, tokens: &[Token]) -> Vec<(std::ops::Range<usize>, T)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match self.at(text, tokens, at) {
                Some((length, label)) => {
                    found.push((at..at + length, label));
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }
}

/// A phrase cut as a text is cut.
fn words(phrase: &str) -> Vec<String> {
    let view = View::new(phrase);
    super::text::tokens(&view).iter().map(|token| token.span.of(&view.text).to_owned()).collect()
}

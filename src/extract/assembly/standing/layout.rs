//! How an English article is laid out: which sentences open a paragraph, and which stand in a
//! block of background.

use super::super::draft::Draft;
use super::super::draft::Places;
use crate::domain::Span;
use crate::extract::text::Kind;
use crate::extract::text::Place;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// Sentences of a paragraph in which an item of a round-up tells its deal.
const OPENING: usize = 3;

/// A line of fewer bytes is a heading or a credit.
const PROSE: usize = 60;

/// An article of so few lines has several items on one.
const SHORT: usize = 2;

/// A numbered line of fewer bytes heads a section.
const HEADING: usize = 70;

/// Lines of prose from which an article without a subject is a letter of many stories.
const MANY: usize = 5;

/// Numbered headings that make sections.
const SECTIONS: usize = 3;

/// What stands above a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Under {
    Nothing,
    Heading,
    FirstLine,
}

/// Labels of paragraphs and lists that tell what was before or what others do.
const ASIDES: &[&str] = &[
    "the big picture",
    "zoom out",
    "flashback",
    "background",
    "context",
    "catch up quick",
    "catch up",
    "the backstory",
    "backstory",
    "state of play",
    "previously",
    "recap",
    "history",
    "the competition",
    "worth noting",
    "for context",
    "for the record",
    "go deeper",
    "timeline",
    "rivals",
];

/// The layout of an article's sentences.
#[derive(Debug)]
pub(in crate::extract::assembly) struct Layout {
    /// The line of each sentence.
    lines: Vec<usize>,
    /// The number of each sentence in its line.
    places: Vec<usize>,
    asides: Vec<bool>,
    prose: usize,
    /// The most lines on which one name stands.
    most_named: usize,
    /// Whether a sentence stands on the line under a numbered heading.
    headed: Vec<bool>,
    headings: usize,
}

impl Layout {
    /// Looks at each sentence and each name once.
    pub(in crate::extract::assembly) fn new(text: &Text, names: &Places) -> Layout {
        let sentences = text.sentences();
        let mut layout = Layout {
            lines: Vec::with_capacity(sentences.len()),
            places: Vec::with_capacity(sentences.len()),
            asides: Vec::with_capacity(sentences.len()),
            prose: 0,
            most_named: 0,
            headed: Vec::with_capacity(sentences.len()),
            headings: 0,
        };
        let lengths = line_lengths(sentences);
        let mut under = Under::Nothing;
        let mut aside = false;
        let mut bytes = 0;
        for sentence in sentences {
            let opens = layout.lines.last() != Some(&sentence.paragraph);
            let opens_item = opens || text.of(sentence.span).starts_with(['•', '●', '■', '▪']);
            let place =
                if opens_item { 0 } else { layout.places.last().map_or(0, |place| place + 1) };
            if opens {
                aside = is_aside(text, sentence) || (aside && sentence.bullet);
                bytes = 0;
                let short = lengths.get(sentence.paragraph).is_some_and(|bytes| *bytes < HEADING);
                under = match under {
                    _ if short && is_numbered(text, sentence) => {
                        layout.headings += 1;
                        Under::Heading
                    }
                    Under::Heading => Under::FirstLine,
                    _ => Under::Nothing,
                };
            }
            layout.headed.push(under == Under::FirstLine);
            let length = sentence.span.end() - sentence.span.start();
            let counted = sentence.place == Place::Body && !sentence.debris;
            if counted && bytes < PROSE && bytes + length >= PROSE {
                layout.prose += 1;
            }
            bytes += length;
            layout.lines.push(sentence.paragraph);
            layout.places.push(place);
            layout.asides.push(aside);
        }
        layout.most_named = names.values().map(|named| layout.lines_of(named)).max().unwrap_or(0);
        layout
    }

    /// The line that a sentence stands on.
    pub(super) fn line(&self, sentence: usize) -> Option<usize> {
        self.lines.get(sentence).copied()
    }

    /// How many lines of the body a name stands on.
    pub(in crate::extract::assembly) fn lines_of(&self, named: &[(usize, Span)]) -> usize {
        let mut lines: Vec<usize> =
            named.iter().filter_map(|(at, _)| self.line(*at)).filter(|line| *line > 0).collect();
        lines.dedup();
        lines.len()
    }

    /// Whether no other name stands on twice as many lines.
    pub(super) fn is_prominent(&self, named: Option<&Vec<(usize, Span)>>) -> bool {
        named.is_some_and(|named| self.lines_of(named) * 2 >= self.most_named)
    }

    /// Whether no name stands on more than a third of the lines: the article has no one subject.
    pub(in crate::extract::assembly) fn has_no_subject(&self) -> bool {
        self.most_named * 3 < self.prose
    }

    /// How many lines of the body are more than a heading.
    pub(in crate::extract::assembly) fn lines_of_prose(&self) -> usize {
        self.prose
    }

    /// Whether a sentence stands in a block of background.
    pub(in crate::extract::assembly) fn is_aside(&self, sentence: usize) -> bool {
        self.asides.get(sentence) == Some(&true)
    }

    /// Whether an article of some length goes from one company to the next: its headline tells no
    /// deal by itself, and no name is its subject.
    pub(in crate::extract::assembly) fn tells_many(&self) -> bool {
        self.has_no_subject() && self.prose >= MANY
    }

    /// Whether no name stands on more than two lines, or on more than a fifth of them.
    pub(in crate::extract::assembly) fn names_nobody_often(&self) -> bool {
        self.most_named <= 2 || self.most_named * 5 <= self.prose
    }

    /// Whether numbered headings cut the article into sections.
    pub(super) fn has_sections(&self) -> bool {
        self.headings >= SECTIONS
    }

    /// Whether a deal is told where an item of a round-up tells its own.
    pub(super) fn is_item(&self, draft: &Draft) -> bool {
        draft.candidates().filter(|candidate| !candidate.past).any(|candidate| {
            if self.has_sections() && !self.has_no_subject() {
                return self.headed.get(candidate.sentence) == Some(&true);
            }
            let opens = self.places.get(candidate.sentence).is_some_and(|place| *place < OPENING);
            (opens || self.prose <= SHORT || self.has_no_subject())
                && self.asides.get(candidate.sentence) == Some(&false)
        })
    }
}

/// `The big picture: others buy as well`, and the list under such a line.
fn is_aside(text: &Text, sentence: &Sentence) -> bool {
    let words = text.of(sentence.span);
    words.split_once(':').is_some_and(|(label, _)| {
        ASIDES.contains(&label.trim_start_matches(['•', '-', '*', ' ']).trim())
    })
}

/// `2. A wallet for trucks`, `1 big thing: a brain is bought`.
fn is_numbered(text: &Text, sentence: &Sentence) -> bool {
    let mut tokens = text.tokens_of(sentence).iter();
    let (Some(first), Some(second)) = (tokens.next(), tokens.next()) else { return false };
    first.kind == Kind::Number
        && text.of(first.span).len() <= 2
        && (matches!(text.of(second.span), "." | ")" | ":") || text.of(second.span) == "big")
}

/// Bytes on each line.
fn line_lengths(sentences: &[Sentence]) -> Vec<usize> {
    let mut lengths = vec![0; sentences.last().map_or(0, |last| last.paragraph + 1)];
    for sentence in sentences {
        if let Some(length) = lengths.get_mut(sentence.paragraph) {
            *length += sentence.span.end() - sentence.span.start();
        }
    }
    lengths
}

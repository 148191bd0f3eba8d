//! Names that only an article as a whole shows: characters that make no word and yet come again.
//!
//! 接触过智言云的人 … 智言云已委托 …: no word beside it says that 智言云 is a name, but no
//! dictionary has it and the article says it twice.

use std::collections::HashMap;

use super::shape;
use crate::domain::Span;
use crate::extract::segment::Class;
use crate::extract::segment::Piece;
use crate::extract::segment::What;
use crate::extract::segment::ordinary;
use crate::extract::text::Text;

/// The longest run that is looked at, in characters.
const LONGEST: usize = 10;

/// How many different runs of one article are counted.
const MOST: usize = 4096;

/// The pieces of an article that no word beside them explains, and whether a name can start there.
#[derive(Debug, Default)]
pub(super) struct Pieces(Vec<(Span, bool)>);

impl Pieces {
    /// Takes up a sentence, cut at the names that are known before any is coined.
    pub(super) fn add(&mut self, pieces: &[Piece]) {
        let mut before = What::Stop;
        for piece in pieces {
            if piece.what == What::Rest {
                self.0.push((piece.span, starts_names(before)));
            }
            before = piece.what;
        }
    }

    /// Runs of the article that come at least twice, the longest of each.
    pub(super) fn names(&self, text: &Text) -> Vec<String> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let mut pairs = Pairs::default();
        for (span, _) in &self.0 {
            pairs.add(text.of(*span));
        }
        let mut counts: HashMap<String, Times> = HashMap::new();
        for (span, starts) in &self.0 {
            let piece = text.of(*span);
            if pairs.comes_again(piece) {
                count(piece, *starts, &mut counts);
            }
        }
        chosen(&counts)
    }
}

/// Bits for pairs of characters, a power of two.
const PAIRS: usize = 1 << 15;

/// Which pairs of characters come at least twice: what comes again begins with one of them, and
/// cutting words is dear. Two pairs may share a bit; then a piece is cut in vain.
#[derive(Debug)]
struct Pairs {
    once: Vec<u64>,
    again: Vec<u64>,
}

impl Default for Pairs {
    fn default() -> Pairs {
        Pairs { once: vec![0; PAIRS / 64], again: vec![0; PAIRS / 64] }
    }
}

impl Pairs {
    fn add(&mut self, piece: &str) {
        for (place, bit) in pairs(piece) {
            self.again[place] |= self.once[place] & bit;
            self.once[place] |= bit;
        }
    }

    fn comes_again(&self, piece: &str) -> bool {
        pairs(piece).any(|(place, bit)| self.again[place] & bit != 0)
    }
}

/// The bits of the pairs of a piece.
fn pairs(piece: &str) -> impl Iterator<Item = (usize, u64)> {
    piece.chars().zip(piece.chars().skip(1)).map(|(first, second)| {
        let both = (first as u32).wrapping_mul(0x9E37_79B9) ^ second as u32;
        let slot = (both.wrapping_mul(0x85EB_CA6B) >> (32 - PAIRS.ilog2())) as usize;
        (slot / 64, 1 << (slot % 64))
    })
}

/// How often a stretch stands in the article.
#[derive(Debug, Clone, Copy, Default)]
struct Times {
    all: usize,
    /// Where a name can start: at the head of a clause, behind 由 or 收购.
    placed: usize,
}

/// Whether a name can start behind this.
fn starts_names(before: What) -> bool {
    match before {
        What::Stop | What::Mark(_) => true,
        What::Word(class) => matches!(
            class,
            Class::By
                | Class::Head
                | Class::Acquire
                | Class::Invest
                | Class::Lead
                | Class::Backers
                | Class::And
                | Class::Time
                | Class::Place
                | Class::Say
                | Class::Title
        ),
        What::Known(_) | What::Number | What::Rest => false,
    }
}

/// Counts every stretch of the runs of one piece; `starts`: a name can start where it does.
fn count(piece: &str, starts: bool, counts: &mut HashMap<String, Times>) {
    let words = ordinary::words(piece);
    let mut at = 0;
    while at < words.len() {
        let end = run_end(piece, &words, at);
        if end == at {
            at += 1;
            continue;
        }
        // The run, and the word that may end the name: 阶跃|星辰, 潜望|智能.
        for first in at..end {
            for last in first..=end.min(words.len() - 1) {
                let (Some(start), Some(stop)) = (words.get(first), words.get(last)) else { break };
                let Some(stretch) = piece.get(start.start..stop.end) else { break };
                let letters = stretch.chars().count();
                if letters > LONGEST {
                    break;
                }
                if letters >= 2 && (counts.len() < MOST || counts.contains_key(stretch)) {
                    let times = counts.entry(stretch.to_owned()).or_default();
                    times.all += 1;
                    times.placed += usize::from(starts && start.start == 0);
                }
            }
        }
        at = end;
    }
}

/// Where a run of characters that make no word ends; particles go on only inside it.
fn run_end(piece: &str, words: &[std::ops::Range<usize>], at: usize) -> usize {
    let is = |at: usize| words.get(at).and_then(|word| piece.get(word.clone()));
    let coined = |at: usize| is(at).is_some_and(ordinary::is_loose);
    if !coined(at) {
        return at;
    }
    let mut end = at + 1;
    loop {
        if coined(end) {
            end += 1;
        } else if is(end).is_some_and(|word| shape::WEAK_INSIDE.contains(word)) && coined(end + 1) {
            end += 2;
        } else {
            return end;
        }
    }
}

/// Of the stretches that come again the longest: one that stands twice outside a longer one is a
/// name as well.
fn chosen(counts: &HashMap<String, Times>) -> Vec<String> {
    let mut again: Vec<(&String, usize)> = counts
        .iter()
        .filter(|(name, times)| times.all >= 2 && times.placed > 0 && shape::can_be_name(name))
        .map(|(name, times)| (name, times.all))
        .collect();
    again.sort_by(|(one, _), (other, _)| other.len().cmp(&one.len()).then(one.cmp(other)));
    again.truncate(MOST_NAMES * 4);
    let mut chosen: Vec<(&String, usize)> = Vec::new();
    for (name, times) in again {
        let inside: usize = chosen
            .iter()
            .filter(|(longer, _)| longer.contains(name.as_str()))
            .map(|(_, times)| *times)
            .sum();
        if times >= inside + 2 && chosen.len() < MOST_NAMES {
            chosen.push((name, times));
        }
    }
    chosen.into_iter().map(|(name, _)| name.clone()).collect()
}

/// How many names of one article are taken.
const MOST_NAMES: usize = 32;

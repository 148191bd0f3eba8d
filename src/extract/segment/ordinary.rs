//! Ordinary words of Chinese: what is made of them alone is seldom a name.
//!
//! A dictionary cuts the words (ICU's, which the `icu_segmenter` crate carries); what it does not
//! know falls apart into single characters. A coined name such as 禾灵 or 阶跃 is a run of those.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use aho_corasick::MatchKind;
use icu_segmenter::WordSegmenter;
use icu_segmenter::WordSegmenterBorrowed;
use icu_segmenter::options::WordBreakInvariantOptions;

use crate::extract::lexicon::hash::WordMap;

/// Particles, measure words and affixes: single characters that are words of their own.
const PARTICLES: &str = "的了着过里中后前时并有来以和与及等在到已未没不也只能会可要想被把让就才都又再更最很太还\
                         从对向于给为将由或但而且其该此这那哪谁我你他她它们个家款式系型位名项笔条种件次年月日号\
                         上下内外间起出入用做是像比按据称说看找当每各另某全总多少新旧大小高低两三一二四五六七八九十\
                         百千万亿半几数余约近超逾第初老副前原因所若如虽即便仍曾刚正在拟欲须应需得地之乎者吗呢吧啊";

/// Words of the trade and of the day that the dictionary does not have.
static MODERN: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = crate::extract::lexicon::read(include_str!("../lexicon/modern_zh.toml"));
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words.into_values().flatten())
        .expect("a few hundred short words make a small automaton")
});

/// How a run of characters is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Make {
    /// One word of the dictionary.
    Word,
    /// Words of the dictionary and particles, side by side.
    Words,
    /// One character that makes no word beside words: 极视角, 时间表.
    Half,
    /// Characters that make no word: perhaps a name.
    Coined,
}

/// Where the words of a stretch of text end, left to right.
type Ends = Rc<[u16]>;

/// The longest stretch that is remembered, in bytes.
const REMEMBERED: usize = 96;

/// How many stretches are remembered.
const MOST: usize = 2048;

thread_local! {
    /// Stretches that were cut before: each name is asked about several times, in an article that
    /// names it more than once, and cutting is dear.
    static CUT: RefCell<WordMap<Ends>> = RefCell::default();
}

/// The words of a stretch of text, as byte ranges, left to right.
pub fn words(text: &str) -> Vec<Range<usize>> {
    if text.len() > REMEMBERED {
        return cut(text);
    }
    let known = CUT.with_borrow(|cut| cut.get(text).map(Rc::clone));
    let ends = known.unwrap_or_else(|| {
        // No stretch that is remembered is longer than a `u16` counts.
        let end = |word: &Range<usize>| u16::try_from(word.end).unwrap_or(u16::MAX);
        let ends: Ends = cut(text).iter().map(end).collect();
        CUT.with_borrow_mut(|cut| {
            if cut.len() >= MOST {
                cut.clear();
            }
            cut.insert(text.to_owned(), Rc::clone(&ends));
        });
        ends
    });
    let mut start = 0;
    let next = |end: &u16| {
        let word = start..usize::from(*end);
        start = word.end;
        word
    };
    ends.iter().map(next).collect()
}

/// The same, as the dictionary says it. The words stand side by side.
fn cut(text: &str) -> Vec<Range<usize>> {
    // To make one is dearer than to cut a name.
    static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
        LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));
    let segmenter = *SEGMENTER;
    let mut words = Vec::new();
    let mut dictionary = |from: usize, to: usize| {
        let Some(part) = text.get(from..to).filter(|part| !part.is_empty()) else { return };
        let mut start = 0;
        for cut in segmenter.segment_str(part).skip(1) {
            words.push(from + start..from + cut);
            start = cut;
        }
    };
    let mut modern = Vec::new();
    let mut at = 0;
    for hit in MODERN.find_iter(text) {
        dictionary(at, hit.start());
        modern.push(hit.range());
        at = hit.end();
    }
    dictionary(at, text.len());
    words.extend(modern);
    words.sort_unstable_by_key(|word| word.start);
    words
}

/// Whether a single character is a word of its own.
pub fn is_particle(word: &str) -> bool {
    PARTICLES.contains(word)
}

/// Whether a word is one character that the language does not use alone.
pub fn is_loose(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|first| first >= '\u{3400}')
        && letters.next().is_none()
        && !is_particle(word)
}

/// How these characters are made; Latin letters count as coined.
pub fn make(text: &str) -> Make {
    let words = words(text);
    let word = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
    let latin =
        words.iter().any(|range| word(range).starts_with(|c: char| c.is_ascii_alphabetic()));
    let loose: Vec<bool> = words.iter().map(|range| is_loose(word(range))).collect();
    if latin || loose.windows(2).any(|pair| pair == [true, true]) {
        return Make::Coined;
    }
    match (loose.contains(&true), words.len()) {
        (true, _) => Make::Half,
        (false, 1) => Make::Word,
        (false, _) => Make::Words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Make) {
        assert_eq!(make(text), expected, "{text}");
    }

    #[test]
    fn words_of_the_language_are_ordinary() {
        check("口头", Make::Word);
        check("切入机器视觉", Make::Words);
        check("消费里", Make::Words);
        check("要么抓紧", Make::Words);
        check("具身数据", Make::Words);
        check("时间表", Make::Half);
    }

    #[test]
    fn what_no_dictionary_knows_is_coined() {
        check("禾灵生物", Make::Coined);
        check("阶跃星辰", Make::Coined);
        check("Oxbow", Make::Coined);
    }
}

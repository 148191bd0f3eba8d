//! Finds the names of a table in a text: leftmost, then longest, at word boundaries.
//!
//! A hand-made search instead of an automaton: names can only start at a word or at a Chinese
//! character, so one look at a few bytes rejects nearly every place, and the few candidates that
//! share them are compared longest first. A candidate that fails its boundary or its case leaves
//! the shorter ones their turn, which a leftmost-longest automaton does not. Building it is a
//! sort.

use std::ops::Range;

use super::fold::View;
use super::table::Entity;

/// A name of an entity, found in a [`View`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit<'t> {
    /// First byte in the view's text.
    pub start: usize,
    /// One past the last byte in the view's text.
    pub end: usize,
    /// Who is named.
    pub entity: &'t Entity,
}

/// A folded name to be searched for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pattern {
    pub(super) text: String,
    /// Set if the original must read exactly so.
    pub(super) printed: Option<String>,
    /// Which entity is named; none for words that only look like a name and are passed over.
    pub(super) entity: Option<usize>,
}

/// Buckets of a [`Matcher`], a power of two: with some 2,000 distinct starts, nine places in ten
/// of a text fall into an empty one.
const BUCKETS: usize = 1 << 14;

#[derive(Debug, Clone, Default)]
pub(super) struct Matcher {
    /// By bucket, longest first within one.
    patterns: Vec<Pattern>,
    /// Where each bucket begins in `patterns`, and where the last one ends.
    begins: Vec<u32>,
}

impl Matcher {
    pub(super) fn new(mut patterns: Vec<Pattern>) -> Matcher {
        patterns.retain(|pattern| !pattern.text.is_empty());
        let bucket_of = |pattern: &Pattern| bucket(pattern.text.as_bytes());
        patterns.sort_by(|a, b| {
            let longest = b.text.len().cmp(&a.text.len());
            bucket_of(a).cmp(&bucket_of(b)).then(longest).then_with(|| a.cmp(b))
        });
        let mut begins = vec![0; BUCKETS + 1];
        for pattern in &patterns {
            begins[bucket_of(pattern) + 1] += 1;
        }
        for at in 0..BUCKETS {
            begins[at + 1] += begins[at];
        }
        Matcher { patterns, begins }
    }

    /// Calls `found` for each name with its bytes in the view and the entity it names.
    pub(super) fn search(&self, view: &View, mut found: impl FnMut(Range<usize>, usize)) {
        if self.patterns.is_empty() {
            return;
        }
        let bytes = view.text.as_bytes();
        let mut at = 0;
        while let Some(class) = bytes.get(at).map(|byte| class(*byte)) {
            if matches!(class, Class::Inside | Class::Other) {
                at += 1;
            } else if let Some(pattern) = self.longest_at(view, at) {
                let end = at + pattern.text.len();
                if let Some(entity) = pattern.entity {
                    found(at..end, entity);
                }
                at = end;
            } else if class == Class::Word {
                at += word_length(bytes.get(at..).unwrap_or_default());
            } else {
                at += 1;
            }
        }
    }

    /// The longest pattern that stands at this byte, with its boundary and case in order.
    fn longest_at(&self, view: &View, at: usize) -> Option<&Pattern> {
        let rest = view.text.as_bytes().get(at..)?;
        let bucket = bucket(rest);
        let range = self.begins[bucket] as usize..self.begins[bucket + 1] as usize;
        self.patterns.get(range)?.iter().find(|pattern| {
            let length = pattern.text.len();
            let closes = || match rest.get(length) {
                Some(next) => class(*next) != Class::Word || !ends_in_word(&pattern.text),
                None => true,
            };
            let reads = |printed: &String| view.original_text(at, at + length) == printed;
            rest.starts_with(pattern.text.as_bytes())
                && closes()
                && pattern.printed.as_ref().is_none_or(reads)
        })
    }
}

/// What a byte says about the character it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter or digit of a script that puts spaces between words.
    Word,
    /// The first byte of a character of another script, which needs no boundary.
    Ideograph,
    /// A later byte of a character.
    Inside,
    /// Punctuation or space.
    Other,
}

/// Classes by the byte alone: Latin, Greek, Cyrillic and the scripts up to U+1FFF are words; the
/// general punctuation of U+2000 to U+2FFF is not.
static CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte {
            0x30..=0x39 | 0x41..=0x5A | 0x5F | 0x61..=0x7A | 0xC3..=0xE1 => Class::Word,
            0x80..=0xBF => Class::Inside,
            0xE3..=0xFF => Class::Ideograph,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

/// How many bytes the word has that starts here; at least 1, so that a search goes on.
fn word_length(bytes: &[u8]) -> usize {
    let inside = |byte: &u8| matches!(class(*byte), Class::Word | Class::Inside);
    bytes.iter().position(|byte| !inside(byte)).unwrap_or(bytes.len()).max(1)
}

/// Whether the last character is one of [`Class::Word`].
fn ends_in_word(text: &str) -> bool {
    text.bytes()
        .rfind(|byte| class(*byte) != Class::Inside)
        .is_some_and(|byte| class(byte) == Class::Word)
}

/// Where patterns that start with these bytes are kept (Fibonacci hashing).
#[allow(clippy::cast_possible_truncation, reason = "a few bits are left of the hash")]
fn bucket(bytes: &[u8]) -> usize {
    let number = u64::from_le_bytes(first_bytes(bytes));
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BUCKETS.ilog2())) as usize
}

/// Six bytes of a Latin word, cut at its end: what goes on with a letter is another word, and a
/// name of two letters is found whatever sign follows it. Two characters of a script without
/// spaces, or one if a Latin letter follows it; no name is one character, see `unfit` in `build`.
fn first_bytes(bytes: &[u8]) -> [u8; 8] {
    let byte = |index: usize| bytes.get(index).copied().unwrap_or_default();
    let plain = |byte: u8| if byte.is_ascii_alphanumeric() { byte } else { 0 };
    if byte(0) >= 0x80 {
        let mut first = [byte(0), byte(1), byte(2), 0, 0, 0, 0, 0];
        if class(byte(0)) == Class::Ideograph && class(byte(3)) == Class::Ideograph {
            first = [byte(0), byte(1), byte(2), byte(3), byte(4), byte(5), 0, 0];
        }
        return first;
    }
    let mut first = [byte(0), 0, 0, 0, 0, 0, 0, 0];
    for (at, place) in first.iter_mut().enumerate().skip(1).take(5) {
        *place = plain(byte(at));
        if *place == 0 {
            break;
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pattern(name: &str, printed: Option<&str>, entity: Option<usize>) -> Pattern {
        Pattern { text: View::new(name).text, printed: printed.map(str::to_owned), entity }
    }

    fn matcher() -> Matcher {
        Matcher::new(vec![
            pattern("Meta", Some("Meta"), Some(0)),
            pattern("Meta AI", None, Some(1)),
            pattern("MetaX", None, Some(2)),
            pattern("xAI", None, Some(3)),
            pattern("HP", None, Some(4)),
            pattern("Z.ai", None, Some(5)),
            pattern("高通", None, Some(6)),
            pattern("提高通", None, None),
            pattern("蚂蚁", None, Some(7)),
            pattern("蚂蚁集团", None, Some(8)),
            pattern("IDG资本", None, Some(9)),
        ])
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, usize)]) {
        let view = View::new(text);
        let mut found = Vec::new();
        matcher().search(&view, |range, entity| {
            found.push((view.original_text(range.start, range.end).to_owned(), entity));
        });
        let found: Vec<_> = found.iter().map(|(words, entity)| (words.as_str(), *entity)).collect();
        assert_eq!(found, expected, "in: {text}");
    }

    #[test]
    fn latin_names_end_at_word_boundaries() {
        check("Meta, MetaX and metadata", &[("Meta", 0), ("MetaX", 2)]);
        check("HP's, HP-backed, HPE, hp", &[("HP", 4), ("HP", 4), ("hp", 4)]);
        check("maxAI xAI", &[("xAI", 3)]);
        check("xyz.ai Z.ai's z.aim", &[("Z.ai", 5)]);
        check("éHP HPé _HP", &[]);
    }

    #[test]
    fn chinese_needs_no_spaces_around() {
        check("由HP领投", &[("HP", 4)]);
        check("获ＩＤＧ資本投資", &[("ＩＤＧ資本", 9)]);
        check("螞蟻集團與螞蟻", &[("螞蟻集團", 8), ("螞蟻", 7)]);
    }

    #[test]
    fn a_longer_name_that_fails_leaves_the_shorter_its_turn() {
        check("Meta AI", &[("Meta AI", 1)]);
        check("Meta AIs", &[("Meta", 0)]);
    }

    #[test]
    fn a_cased_name_is_found_as_printed_only() {
        check("meta META Meta", &[("Meta", 0)]);
    }

    #[test]
    fn words_that_only_look_like_a_name_are_passed_over() {
        check("提高通信效率，高通领投", &[("高通", 6)]);
    }

    #[test]
    fn an_empty_table_finds_nothing() {
        Matcher::new(Vec::new()).search(&View::new("Meta"), |_, _| panic!("found a name"));
    }

    proptest! {
        #[test]
        fn hits_are_in_order_and_on_characters(text in "[a-zéHPXeta .AI高通提蚂蚁集团資]{0,80}") {
            let view = View::new(&text);
            let mut last = 0;
            matcher().search(&view, |range, _| {
                assert!(range.start >= last && view.text.get(range.clone()).is_some());
                last = range.end;
            });
        }
    }
}

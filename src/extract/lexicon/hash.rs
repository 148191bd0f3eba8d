//! Maps and sets of words with a hash that is quick on a few letters.
//!
//! Every token is looked up in several lists, and the standard hash, made to withstand chosen
//! keys, is most of that cost. The lists are ours; the one map with keys from a text is bounded by
//! its number of words.

use std::collections::HashMap;
use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::hash::Hasher;

/// A map by word.
pub type WordMap<T> = HashMap<String, T, BuildHasherDefault<WordHasher>>;

/// A map by words of a text, without copies of them.
pub type WordsOf<'t, T> = HashMap<&'t str, T, BuildHasherDefault<WordHasher>>;

/// A set of words of a text.
pub type SetOf<'t> = HashSet<&'t str, BuildHasherDefault<WordHasher>>;

/// A set of words, quick to say no.
#[derive(Debug, Default)]
pub struct WordSet {
    filter: Filter,
    words: HashSet<String, BuildHasherDefault<WordHasher>>,
}

impl WordSet {
    /// Whether the word is one of them.
    pub fn contains(&self, word: &str) -> bool {
        self.filter.may_hold(word) && self.words.contains(word)
    }
}

impl FromIterator<String> for WordSet {
    fn from_iter<I: IntoIterator<Item = String>>(words: I) -> WordSet {
        let words: HashSet<_, _> = words.into_iter().collect();
        WordSet { filter: Filter::new(words.iter().map(String::as_str)), words }
    }
}

/// Bits of a [`Filter`]: 1 KB, so that the few that every token is asked about stay in the cache.
const BITS: usize = 1 << 13;

/// Says at once of most words that they are not in a list.
#[derive(Debug)]
pub struct Filter {
    bits: Box<[u64; BITS / 64]>,
}

impl Default for Filter {
    fn default() -> Filter {
        Filter { bits: Box::new([0; BITS / 64]) }
    }
}

impl Filter {
    /// Lets these words pass.
    pub fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Filter {
        let mut filter = Filter::default();
        for word in words {
            let (place, bit) = slot(word);
            filter.bits[place] |= bit;
        }
        filter
    }

    /// Whether the word may be one of them.
    pub fn may_hold(&self, word: &str) -> bool {
        let (place, bit) = slot(word);
        self.bits[place] & bit != 0
    }
}

/// The bit of a word: of its length, its first and its last letters.
#[allow(clippy::cast_possible_truncation, reason = "a few bits are left of the hash")]
fn slot(word: &str) -> (usize, u64) {
    let bytes = word.as_bytes();
    let of = |at: Option<&u8>| u64::from(at.copied().unwrap_or_default());
    let first = of(bytes.first()) | of(bytes.get(1)) << 8 | of(bytes.get(2)) << 16;
    let last = of(bytes.last()) << 24 | of(bytes.iter().nth_back(1)) << 32;
    let both = (first | last | (bytes.len() as u64) << 40).wrapping_mul(SPREAD);
    let slot = (both >> (64 - BITS.ilog2())) as usize;
    (slot / 64, 1 << (slot % 64))
}

/// Multiplies eight letters at a time into the state.
#[derive(Debug, Default, Clone, Copy)]
pub struct WordHasher(u64);

/// An odd number without a pattern: the fraction of the golden ratio.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

impl WordHasher {
    fn mix(&mut self, eight: u64) {
        let mixed = (self.0.rotate_left(5) ^ eight).wrapping_mul(SPREAD);
        self.0 = mixed ^ (mixed >> 32);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some((eight, more)) = rest.split_first_chunk::<8>() {
            self.mix(u64::from_le_bytes(*eight));
            rest = more;
        }
        if !rest.is_empty() {
            self.mix(rest.iter().rev().fold(0, |tail, byte| tail << 8 | u64::from(*byte)));
        }
    }

    /// The mark behind a text; lists of words need none.
    fn write_u8(&mut self, _mark: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_its_words_and_no_other() {
        let set: WordSet = ["a", "raise", "", "raises"].map(str::to_owned).into_iter().collect();
        assert!(["a", "raise", "", "raises"].iter().all(|word| set.contains(word)));
        assert!(!set.contains("raised") && !set.contains("b"));
    }

    #[test]
    fn words_that_differ_hash_apart() {
        let hash = |word: &str| {
            let mut hasher = WordHasher::default();
            hasher.write(word.as_bytes());
            hasher.finish()
        };
        let words =
            ["a", "b", "ab", "ba", "raise", "raises", "raised", "acquisition", "acquisitions", ""];
        let hashes: HashSet<u64> = words.iter().map(|word| hash(word)).collect();
        assert_eq!(hashes.len(), words.len());
    }
}

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

/// A set of words.
pub type WordSet = HashSet<String, BuildHasherDefault<WordHasher>>;

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

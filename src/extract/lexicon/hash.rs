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

/// A set of words.
pub type WordSet = HashSet<String, BuildHasherDefault<WordHasher>>;

/// Multiplies eight letters at a time into the state.
#[derive(Debug, Default, Clone, Copy)]
pub struct WordHasher(u64);

/// An odd number without a pattern: the fraction of the golden ratio.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut eight = [0; 8];
            if let Some(place) = eight.get_mut(..chunk.len()) {
                place.copy_from_slice(chunk);
            }
            let mixed = (self.0.rotate_left(5) ^ u64::from_le_bytes(eight)).wrapping_mul(SPREAD);
            self.0 = mixed ^ (mixed >> 32);
        }
    }

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

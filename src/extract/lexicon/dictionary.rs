//! Many words, to be found anywhere in a text: leftmost, then longest, never overlapping.
//!
//! What an automaton does, for words of a few characters: the first two characters lead to the few
//! words that begin with them, so that most characters of a text cost one bit test. Building one is
//! a sort.

/// The most buckets by the first two characters, a power of two: some four for each word of the
/// largest dictionary. A small one, as is made for one article, has fewer.
const BUCKETS: usize = 1 << 13;

/// The fewest buckets.
const FEWEST: usize = 1 << 6;

/// Bits of the filter over first characters.
const FIRSTS: usize = 1 << 12;

/// Words, each with a label.
#[derive(Debug)]
pub struct Dictionary<T> {
    /// By bucket, longest first within one.
    words: Vec<Word<T>>,
    /// Where each bucket begins in `words`, and where the last one ends.
    begins: Vec<u16>,
    /// How many bits of the hash say the bucket.
    bits: u32,
    /// Which characters begin a word, by their number's last bits.
    firsts: Vec<u64>,
}

#[derive(Debug)]
struct Word<T> {
    /// The first eight bytes, and which of them count.
    head: u64,
    mask: u64,
    text: Box<str>,
    label: T,
}

impl<T> Word<T> {
    fn new(text: Box<str>, label: T) -> Word<T> {
        let mask = if text.len() < 8 { (1 << (8 * text.len())) - 1 } else { u64::MAX };
        Word { head: head(text.as_bytes()), mask, text, label }
    }

    /// Whether `rest`, with this head, starts with the word.
    fn begins(&self, rest: &str, head: u64) -> bool {
        head & self.mask == self.head
            && (self.text.len() <= 8 || rest.as_bytes().starts_with(self.text.as_bytes()))
    }
}

/// The first eight bytes as a number, zeros behind the end. No word holds a zero byte.
fn head(bytes: &[u8]) -> u64 {
    if let Some(eight) = bytes.first_chunk::<8>() {
        return u64::from_le_bytes(*eight);
    }
    bytes.iter().rev().fold(0, |head, byte| head << 8 | u64::from(*byte))
}

impl<T: Copy> Dictionary<T> {
    /// Takes up the words; of a word that is given twice the first label counts.
    pub fn new<'w>(words: impl IntoIterator<Item = (&'w str, T)>) -> Dictionary<T> {
        let words: Vec<(&str, T)> = words
            .into_iter()
            .filter(|(word, _)| !word.is_empty() && !word.contains('\0'))
            .collect();
        let buckets = (4 * words.len()).next_power_of_two().clamp(FEWEST, BUCKETS);
        let bits = buckets.ilog2();
        let mut keyed: Vec<(usize, Box<str>, T)> = words
            .into_iter()
            .map(|(word, label)| (bucket_of(word, bits), Box::from(word), label))
            .collect();
        // Stable: the first of two equal words stays the first.
        keyed.sort_by_key(|(bucket, word, _)| (*bucket, std::cmp::Reverse(word.len())));
        let mut begins = vec![0_u16; buckets + 1];
        let mut firsts = vec![0_u64; FIRSTS / 64];
        for (bucket, word, _) in &keyed {
            begins[bucket + 1] += 1;
            if let Some(first) = word.chars().next() {
                let (place, bit) = first_slot(first);
                firsts[place] |= bit;
            }
        }
        for at in 0..buckets {
            begins[at + 1] += begins[at];
        }
        let words = keyed.into_iter().map(|(_, word, label)| Word::new(word, label)).collect();
        Dictionary { words, begins, bits, firsts }
    }

    /// Every word of the text from left to right, the longest at each place, none overlapping.
    pub fn find<'d, 't>(&'d self, text: &'t str) -> Hits<'d, 't, T> {
        Hits { dictionary: self, rest: text, total: text.len() }
    }

    /// The longest word that the text starts with: its length in bytes, and its label.
    pub fn at_start(&self, text: &str) -> Option<(usize, T)> {
        let mut letters = text.chars();
        let first = letters.next()?;
        let (place, bit) = first_slot(first);
        if self.firsts[place] & bit == 0 {
            return None;
        }
        let second = letters.next();
        second.and_then(|second| self.in_bucket(text, bucket(first, second, self.bits))).or_else(
            || {
                // A word of one character.
                self.in_bucket(text, bucket(first, '\0', self.bits))
            },
        )
    }

    fn in_bucket(&self, text: &str, bucket: usize) -> Option<(usize, T)> {
        let range = usize::from(self.begins[bucket])..usize::from(self.begins[bucket + 1]);
        if range.is_empty() {
            return None;
        }
        let head = head(text.as_bytes());
        let word = self.words.get(range)?.iter().find(|word| word.begins(text, head))?;
        Some((word.text.len(), word.label))
    }
}

fn bucket_of(word: &str, bits: u32) -> usize {
    let mut letters = word.chars();
    let first = letters.next().unwrap_or_default();
    bucket(first, letters.next().unwrap_or_default(), bits)
}

/// Where words that begin with these characters are kept (Fibonacci hashing).
#[allow(clippy::cast_possible_truncation, reason = "a few bits are left of the hash")]
fn bucket(first: char, second: char, bits: u32) -> usize {
    let both = u64::from(first) << 32 | u64::from(second);
    (both.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits)) as usize
}

fn first_slot(first: char) -> (usize, u64) {
    let slot = first as usize % FIRSTS;
    (slot / 64, 1 << (slot % 64))
}

/// The words of a text; see [`Dictionary::find`].
#[derive(Debug)]
pub struct Hits<'d, 't, T> {
    dictionary: &'d Dictionary<T>,
    rest: &'t str,
    total: usize,
}

/// A word found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<T> {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// Its label.
    pub label: T,
}

impl<T: Copy> Iterator for Hits<'_, '_, T> {
    type Item = Hit<T>;

    fn next(&mut self) -> Option<Hit<T>> {
        loop {
            let start = self.total - self.rest.len();
            if let Some((length, label)) = self.dictionary.at_start(self.rest) {
                self.rest = self.rest.get(length..).unwrap_or_default();
                return Some(Hit { start, end: start + length, label });
            }
            let mut letters = self.rest.chars();
            letters.next()?;
            self.rest = letters.as_str();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aho_corasick::AhoCorasick;
    use aho_corasick::MatchKind;
    use proptest::prelude::*;

    const WORDS: &[&str] =
        &["公司", "ai", "ipo", "投资", "投资集团", "股", "资", "投资", "集", "a股", "i", "/"];

    proptest! {
        #[test]
        fn it_finds_what_a_leftmost_longest_automaton_finds(text in "[aipo公司投资集团股 /]{0,24}") {
            let automaton = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(WORDS)
                .unwrap();
            let expected: Vec<_> = automaton
                .find_iter(&text)
                .map(|hit| (hit.start(), hit.end(), hit.pattern().as_usize()))
                .collect();
            let dictionary = Dictionary::new(WORDS.iter().copied().zip(0_usize..));
            let found: Vec<_> =
                dictionary.find(&text).map(|hit| (hit.start, hit.end, hit.label)).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn an_empty_dictionary_finds_nothing() {
        assert_eq!(Dictionary::<()>::new([]).find("公司ai").next(), None);
    }
}

//! A short list of words, with a quick answer for what begins, ends or equals none of them.
//!
//! Rules ask hundreds of times a sentence whether a text starts or ends with one of a list, and
//! the answer is nearly always no. A [`List`] notes at compile time how its words begin and end, so
//! that a no costs a few bit tests and not one comparison a word.

/// Bits of a filter: with some 300 words three questions in four are answered by it.
const BITS: usize = 1024;

/// Places for whole words, a power of two: at most half of them are taken.
const SLOTS: usize = 1024;

/// Words, with filters over their first and last bytes.
#[derive(Debug)]
pub struct List {
    words: &'static [&'static str],
    begins: [u64; BITS / 64],
    ends: [u64; BITS / 64],
    /// The number of a word by the hash of all of it, plus one; 0 where there is none. Words that
    /// meet stand one behind the other.
    whole: [u16; SLOTS],
    /// There are words of one or two bytes.
    short: bool,
}

impl List {
    /// Notes how the words begin and end; an empty word is never found.
    ///
    /// # Panics
    ///
    /// At compile time, if there are more than 512 words: those are a
    /// [`super::dictionary::Dictionary`].
    pub const fn new(words: &'static [&'static str]) -> List {
        let mut list = List {
            words,
            begins: [0; BITS / 64],
            ends: [0; BITS / 64],
            whole: [0; SLOTS],
            short: false,
        };
        assert!(words.len() <= SLOTS / 2, "too many words for a list");
        let mut at = 0;
        while at < words.len() {
            let word = words[at].as_bytes();
            let length = word.len();
            if length > 0 {
                list.short |= length < 3;
                let (place, bit) = slot(first_bytes(word));
                list.begins[place] |= bit;
                let (place, bit) = slot(last_bytes(word));
                list.ends[place] |= bit;
                let mut slot = hash(word);
                while list.whole[slot] != 0 {
                    slot = (slot + 1) % SLOTS;
                }
                #[allow(clippy::cast_possible_truncation, reason = "at most 512 words")]
                let number = at as u16 + 1;
                list.whole[slot] = number;
            }
            at += 1;
        }
        list
    }

    /// The words, in the order they were given.
    pub fn words(&self) -> &'static [&'static str] {
        self.words
    }

    /// Whether the text is one of the words.
    pub fn contains(&self, text: &str) -> bool {
        let mut slot = hash(text.as_bytes());
        while let Some(word) = usize::from(self.whole[slot]).checked_sub(1) {
            if self.words.get(word) == Some(&text) {
                return true;
            }
            slot = (slot + 1) % SLOTS;
        }
        false
    }

    /// The first of the words that the text starts with.
    pub fn at_start(&self, text: &str) -> Option<&'static str> {
        if !self.has(&self.begins, first_bytes(text.as_bytes())) {
            return None;
        }
        self.words.iter().copied().find(|word| !word.is_empty() && text.starts_with(word))
    }

    /// The first of the words that the text ends with.
    pub fn at_end(&self, text: &str) -> Option<&'static str> {
        if !self.has(&self.ends, last_bytes(text.as_bytes())) {
            return None;
        }
        self.words.iter().copied().find(|word| !word.is_empty() && text.ends_with(word))
    }

    /// Whether the text starts with one of the words.
    pub fn starts(&self, text: &str) -> bool {
        self.at_start(text).is_some()
    }

    /// Whether the text ends with one of the words.
    pub fn ends(&self, text: &str) -> bool {
        self.at_end(text).is_some()
    }

    /// Whether one of the words stands anywhere in the text.
    pub fn within(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        (0..bytes.len()).any(|at| {
            // Words start at characters, not inside of one.
            bytes[at] & 0xC0 != 0x80
                && self.has(&self.begins, first_bytes(&bytes[at..]))
                && self
                    .words
                    .iter()
                    .any(|word| !word.is_empty() && bytes[at..].starts_with(word.as_bytes()))
        })
    }

    /// Whether a word may begin or end with these bytes, or with the first one or two of them.
    fn has(&self, filter: &[u64; BITS / 64], key: u32) -> bool {
        is_set(filter, key)
            || self.short && (is_set(filter, key & 0xFF) || is_set(filter, key & 0xFFFF))
    }
}

/// Where to look for a whole word: its length, its first and its last bytes.
#[allow(clippy::cast_possible_truncation, reason = "a few bits are left of the hash")]
const fn hash(word: &[u8]) -> usize {
    let (first, last) = (first_bytes(word), last_bytes(word));
    let both = (first as u64) << 24 ^ last as u64 ^ (word.len() as u64) << 48;
    (both.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - SLOTS.ilog2())) as usize
}

/// Three bytes at most, as a number: one Chinese character, or the start of a Latin word.
const fn first_bytes(bytes: &[u8]) -> u32 {
    match bytes {
        [] => 0,
        [one] => key(*one, 0, 0),
        [one, two] => key(*one, *two, 0),
        [one, two, three, ..] => key(*one, *two, *three),
    }
}

const fn last_bytes(bytes: &[u8]) -> u32 {
    match bytes {
        [] => 0,
        [one] => key(*one, 0, 0),
        [two, one] => key(*one, *two, 0),
        [.., three, two, one] => key(*one, *two, *three),
    }
}

const fn key(one: u8, two: u8, three: u8) -> u32 {
    one as u32 | (two as u32) << 8 | (three as u32) << 16
}

/// Where the bit of these bytes is (Fibonacci hashing).
const fn slot(key: u32) -> (usize, u64) {
    let hash = (key.wrapping_mul(0x9E37_79B9) >> (32 - BITS.ilog2())) as usize;
    (hash / 64, 1 << (hash % 64))
}

fn is_set(filter: &[u64; BITS / 64], key: u32) -> bool {
    let (place, bit) = slot(key);
    filter[place] & bit != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    static WORDS: &[&str] = &["公司", "a", "ai", "ipo", "投资", "投资集团", "股"];
    static LIST: List = List::new(WORDS);

    proptest! {
        #[test]
        fn the_filters_change_no_answer(text in "[aipo公司投资集团股 ]{0,8}") {
            let plain = WORDS.contains(&text.as_str());
            prop_assert_eq!(LIST.contains(&text), plain);
            let start = WORDS.iter().copied().find(|word| text.starts_with(word));
            prop_assert_eq!(LIST.at_start(&text), start);
            let end = WORDS.iter().copied().find(|word| text.ends_with(word));
            prop_assert_eq!(LIST.at_end(&text), end);
            let within = WORDS.iter().any(|word| text.contains(word));
            prop_assert_eq!(LIST.within(&text), within);
        }
    }

    #[test]
    fn an_empty_list_holds_nothing() {
        let list = List::new(&[]);
        assert!(!list.contains("") && !list.starts("a") && !list.within("公司"));
    }
}

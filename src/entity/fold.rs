//! The one view of a text that all matching works on.
//!
//! Every character becomes exactly one character: full-width forms become half-width, capital
//! letters small, traditional characters simplified, typographic apostrophes and spaces plain.
//! Whole phrases are never rewritten, so character *n* of the view is character *n* of the
//! original, and [`View`] leads back from one to the other.

use std::ops::Range;
use std::sync::LazyLock;

/// How far apart the character counts of a [`View`] are noted, in bytes.
const STRIDE: usize = 64;

/// A text made ready for matching, with the way back to the text as it was printed.
///
/// ```
/// use dealwatch::entity::View;
///
/// let view = View::new("輝達（ＮＶＩＤＩＡ）領投");
/// assert_eq!(view.text, "辉达(nvidia)领投");
/// let found = view.text.find("nvidia").unwrap();
/// assert_eq!(view.original_text(found, found + 6), "ＮＶＩＤＩＡ");
/// ```
#[derive(Debug, Clone)]
pub struct View {
    /// The folded text. Changing it breaks the way back; take it as read-only.
    pub text: String,
    original: String,
    /// Where the two texts, equally long up to here, move apart or closer; in order.
    anchors: Vec<Anchor>,
    /// Characters that start before each multiple of [`STRIDE`]; empty for a text in ASCII.
    counts: Vec<usize>,
}

/// Two byte offsets that mean the same place, right after a character that changed its length.
#[derive(Debug, Clone, Copy, Default)]
struct Anchor {
    view: usize,
    original: usize,
}

impl View {
    /// Folds a text; any text will do.
    pub fn new(original: &str) -> View {
        let mut text = String::with_capacity(original.len());
        let mut anchors = Vec::new();
        let mut rest = original;
        while !rest.is_empty() {
            let plain = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
            let (ascii, tail) = rest.split_at(plain);
            text.push_str(ascii);
            rest = fold_run(tail, original.len(), &mut text, &mut anchors);
        }
        text.make_ascii_lowercase();
        let counts = if text.is_ascii() { Vec::new() } else { count_characters(&text) };
        View { text, original: original.to_owned(), anchors, counts }
    }

    /// The text as it was printed.
    pub fn original(&self) -> &str {
        &self.original
    }

    /// The bytes of the original that bytes `start..end` of the view were made from.
    ///
    /// An offset inside a character is widened to the whole character, and one past the end is
    /// the end.
    pub fn original_range(&self, start: usize, end: usize) -> Range<usize> {
        let start = self.text.floor_char_boundary(start);
        let end = self.text.ceil_char_boundary(end.max(start));
        self.original_offset(start)..self.original_offset(end)
    }

    /// The words of the original behind bytes `start..end` of the view.
    pub fn original_text(&self, start: usize, end: usize) -> &str {
        self.original.get(self.original_range(start, end)).unwrap_or_default()
    }

    /// How many characters (Unicode scalars) stand before this byte of the view; the same number
    /// counts in the original.
    pub fn char_index(&self, byte: usize) -> usize {
        let byte = self.text.floor_char_boundary(byte);
        if self.counts.is_empty() {
            return byte;
        }
        let stride = byte / STRIDE;
        let before = self.counts.get(stride).copied().unwrap_or_default();
        let tail = self.text.as_bytes().get(stride * STRIDE..byte).unwrap_or_default();
        before + starts(tail)
    }

    fn original_offset(&self, view: usize) -> usize {
        let after = self.anchors.partition_point(|anchor| anchor.view <= view);
        let anchor = after
            .checked_sub(1)
            .and_then(|last| self.anchors.get(last))
            .copied()
            .unwrap_or_default();
        anchor.original + (view - anchor.view)
    }
}

/// A text as [`View`] folds it, where the way back is not needed.
pub fn fold(text: &str) -> String {
    View::new(text).text
}

/// Folds one character; a character that stands for itself comes back as it is.
pub fn fold_char(letter: char) -> char {
    match FOLDED.get(letter as usize) {
        None | Some(0) => letter,
        Some(code) => char::from_u32(u32::from(*code)).unwrap_or(letter),
    }
}

/// Folds the characters up to the next ASCII one and returns what is left.
///
/// `total` is the length of the whole original, which turns what is left into an offset.
fn fold_run<'a>(
    tail: &'a str,
    total: usize,
    text: &mut String,
    anchors: &mut Vec<Anchor>,
) -> &'a str {
    let mut letters = tail.chars();
    loop {
        let rest = letters.as_str();
        match letters.next() {
            Some(letter) if !letter.is_ascii() => {
                let folded = fold_char(letter);
                text.push(folded);
                if folded.len_utf8() != letter.len_utf8() {
                    let original = total - letters.as_str().len();
                    anchors.push(Anchor { view: text.len(), original });
                }
            }
            _ => return rest,
        }
    }
}

/// For each multiple of [`STRIDE`], the characters that start before it.
fn count_characters(text: &str) -> Vec<usize> {
    let mut counts = vec![0];
    let mut seen = 0;
    for chunk in text.as_bytes().chunks(STRIDE) {
        seen += starts(chunk);
        counts.push(seen);
    }
    counts
}

/// How many characters start in these bytes: all but UTF-8 continuation bytes.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// What each character of the Basic Multilingual Plane becomes; 0 where it stays.
static FOLDED: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut folded = vec![0; 0x1_0000];
    let mut set = |from: char, to: char| {
        if let (Some(slot), Ok(code)) = (folded.get_mut(from as usize), u16::try_from(to as u32)) {
            *slot = code;
        }
    };
    small_letters().for_each(|(from, to)| set(from, to));
    half_width().for_each(|(from, to)| set(from, to));
    PLAIN.iter().copied().for_each(|(from, to)| set(from, to));
    traditional().for_each(|(from, to)| set(from, to));
    folded
});

/// Spaces, apostrophes and hyphens that typesetting adds, and signs with a half-width form.
///
/// Curly double quotes stay: in Chinese they come in pairs that say where a name ends.
const PLAIN: &[(char, char)] = &[
    ('\u{a0}', ' '),
    ('\u{2002}', ' '),
    ('\u{2003}', ' '),
    ('\u{2009}', ' '),
    ('\u{200a}', ' '),
    ('\u{202f}', ' '),
    ('\u{3000}', ' '),
    ('\u{2018}', '\''),
    ('\u{2019}', '\''),
    ('\u{2010}', '-'),
    ('\u{2011}', '-'),
    ('￠', '¢'),
    ('￡', '£'),
    ('￢', '¬'),
    ('￥', '¥'),
    ('￦', '₩'),
    ('･', '・'),
];

/// Capital letters of the alphabets that news is printed in, where the small form is one letter.
fn small_letters() -> impl Iterator<Item = (char, char)> {
    ('A'..='\u{1fff}').filter_map(|letter| {
        let mut small = letter.to_lowercase();
        let first = small.next()?;
        (small.next().is_none() && first != letter).then_some((letter, first))
    })
}

/// Full-width ASCII, in small letters.
fn half_width() -> impl Iterator<Item = (char, char)> {
    (b'!'..=b'~').filter_map(|byte| {
        let wide = char::from_u32(u32::from(byte) + 0xFEE0)?;
        Some((wide, char::from(byte.to_ascii_lowercase())))
    })
}

/// The rows of the table of traditional characters.
fn traditional() -> impl Iterator<Item = (char, char)> {
    include_str!("traditional.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .filter_map(|pair| {
            let mut letters = pair.chars();
            Some((letters.next()?, letters.next()?))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(original: &str, folded: &str) {
        assert_eq!(View::new(original).text, folded, "of: {original}");
    }

    #[test]
    fn width_is_folded() {
        check("ＡＩ　１２３．５％，￥８亿（约）", "ai 123.5%,¥8亿(约)");
        check("“月之暗面”「智谱」", "“月之暗面”「智谱」");
        check("Anthropic’s\u{a0}$4bn", "anthropic's $4bn");
    }

    #[test]
    fn letters_become_small_one_for_one() {
        check("ÉCLAIR Ünicorn ΑΙ ЯНДЕКС", "éclair ünicorn αι яндекс");
        check("İstanbul ß ẞ", "İstanbul ß ß");
    }

    #[test]
    fn traditional_characters_are_read_as_simplified() {
        check("輝達領投臺灣軟體業者，軟銀跟投", "辉达领投台湾软体业者,软银跟投");
        check("這裏那裡", "这里那里");
        check("籌資逾2億美元、併購後估值100萬", "筹资逾2亿美元、并购后估值100万");
    }

    #[test]
    fn characters_of_simplified_text_stay() {
        check("著名 乾照光电 太后 台积电 抬升", "著名 乾照光电 太后 台积电 抬升");
    }

    #[test]
    fn the_table_is_one_step_and_holds_no_character_twice() {
        let mut seen = std::collections::HashSet::new();
        for (from, to) in traditional() {
            assert!(seen.insert(from), "{from} has two rows");
            assert_eq!(fold_char(to), to, "{from} becomes {to}, which is folded itself");
        }
        assert!(seen.len() > 2900, "{} rows", seen.len());
    }

    #[test]
    fn found_words_lead_back_to_the_printed_ones() {
        let view = View::new("估值￥５０億，Mistral ＡＩ宣布");
        let start = view.text.find("mistral ai").unwrap();
        assert_eq!(view.original_text(start, start + 10), "Mistral ＡＩ");
        assert_eq!(view.char_index(start), 7);
        let start = view.text.find("¥50亿").unwrap();
        assert_eq!(view.original_text(start, start + "¥50亿".len()), "￥５０億");
        assert_eq!(view.original_range(usize::MAX, usize::MAX).end, view.original().len());
    }

    #[test]
    fn a_text_that_ends_on_a_stride_is_counted_to_its_end() {
        let view = View::new(&"é".repeat(STRIDE));
        assert_eq!(view.char_index(view.text.len()), STRIDE);
    }

    fn texts() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "[Ａ-ｚ￥　輝億中a-zA-Z0-9 ,é’İ😀]{0,200}"]
    }

    proptest! {
        #[test]
        fn every_character_of_the_view_has_its_place_in_the_original(text in texts()) {
            let view = View::new(&text);
            prop_assert_eq!(view.text.chars().count(), text.chars().count());
            let places = view.text.char_indices().zip(text.char_indices()).enumerate();
            for (index, ((at, letter), (origin, printed))) in places {
                prop_assert_eq!(view.char_index(at), index);
                let range = view.original_range(at, at + letter.len_utf8());
                prop_assert_eq!(range, origin..origin + printed.len_utf8());
            }
            prop_assert_eq!(view.char_index(view.text.len()), text.chars().count());
        }

        #[test]
        fn any_offsets_give_a_range_of_the_original(
            text in texts(), start in 0_usize..400, end in 0_usize..400,
        ) {
            let view = View::new(&text);
            prop_assert!(text.get(view.original_range(start, end)).is_some());
            prop_assert!(view.char_index(start) <= text.chars().count());
        }

        #[test]
        fn folding_twice_changes_nothing(text in texts()) {
            let once = View::new(&text).text;
            prop_assert_eq!(&View::new(&once).text, &once);
        }
    }
}

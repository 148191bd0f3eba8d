//! Whether a Latin name spells how a Chinese name sounds: Songjian Ventures is 松间创投.
//!
//! Companies and funds that have no known name in the other script are printed there by their
//! sound as often as not. Sound alone proves nothing (松间 and 松健 sound alike): callers ask for
//! facts that agree as well.

use std::borrow::Cow;
use std::collections::BTreeSet;

use pinyin::ToPinyinMulti as _;

use super::fold::View;

/// One syllable is shared by too many names.
const FEWEST_SYLLABLES: usize = 2;
/// What follows says what sort of body it is and is translated, not spelt.
const MOST_SYLLABLES: usize = 4;
/// Characters with several readings multiply; names that reach this many spellings lose the rest.
const MOST_SPELLINGS: usize = 64;

/// Whether the first words of the Latin name are the Hanyu Pinyin of the first two to four
/// characters of the Chinese name. Every reading of a character counts; case, spaces, hyphens and
/// apostrophes do not.
///
/// ```
/// use dealwatch::entity::sounds_like;
///
/// assert!(sounds_like("松间创投", "Songjian Ventures"));
/// assert!(sounds_like("青禾軟件", "Qing He Software"));
/// assert!(!sounds_like("松间创投", "Sonic Ventures"));
/// ```
pub fn sounds_like(chinese: &str, latin: &str) -> bool {
    let folded = View::new(chinese).text;
    let characters: Vec<char> =
        folded.chars().filter(|letter| letter.is_alphanumeric()).take(MOST_SYLLABLES).collect();
    openings(latin).iter().any(|opening| spells(opening, &characters, FEWEST_SYLLABLES))
}

/// Whether the letters are the readings of the first characters, of at least so many.
fn spells(letters: &str, characters: &[char], fewest: usize) -> bool {
    if letters.is_empty() {
        return fewest == 0;
    }
    let Some((first, others)) = characters.split_first() else { return false };
    readings(*first).iter().any(|reading| {
        let rest = letters.strip_prefix(reading.as_ref());
        rest.is_some_and(|rest| spells(rest, others, fewest.saturating_sub(1)))
    })
}

/// How the first two to four characters of a Chinese name can be spelt in Latin letters, without
/// tones; empty for a name that does not begin with two Chinese characters.
pub fn spellings(chinese: &str) -> BTreeSet<String> {
    let folded = View::new(chinese).text;
    let mut all = BTreeSet::new();
    let mut open = vec![String::new()];
    let characters = folded.chars().filter(|letter| letter.is_alphanumeric());
    for (syllables, character) in (1..=MOST_SYLLABLES).zip(characters) {
        let readings = readings(character);
        if readings.is_empty() {
            break;
        }
        open = open
            .iter()
            .flat_map(|before| readings.iter().map(move |reading| format!("{before}{reading}")))
            .take(MOST_SPELLINGS)
            .collect();
        if syllables >= FEWEST_SYLLABLES {
            all.extend(open.iter().cloned());
        }
    }
    all
}

/// What a Latin name begins with: its first word, its first two, its first three, each written as
/// one, in small letters.
pub fn openings(latin: &str) -> Vec<String> {
    /// A spelling in syllables is written as one, two or three words.
    const MOST_WORDS: usize = 3;
    let plain = View::new(latin).text.replace(['\'', '’'], "");
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut openings: Vec<String> = Vec::new();
    for word in words.take(MOST_WORDS) {
        let before = openings.last().cloned().unwrap_or_default();
        openings.push(format!("{before}{word}"));
    }
    openings
}

/// The readings of a character; ü is written v, u and yu.
fn readings(character: char) -> BTreeSet<Cow<'static, str>> {
    let mut all = BTreeSet::new();
    for reading in character.to_pinyin_multi().into_iter().flatten() {
        let plain = reading.plain();
        if plain.contains('ü') {
            all.extend(["v", "u", "yu"].map(|letters| plain.replace('ü', letters).into()));
        } else {
            all.insert(plain.into());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(chinese: &str, latin: &str, expected: bool) {
        assert_eq!(sounds_like(chinese, latin), expected, "{chinese} and {latin}");
    }

    #[test]
    fn a_name_spelt_by_its_sound_is_recognised() {
        check("云帆机器人", "Yunfan Robotics", true);
        check("雲帆機器人", "YUNFAN", true);
        check("长亭资本", "Changting Capital", true);
        check("长亭资本", "Zhangting Capital", true);
        check("绿野智能", "Lvye AI", true);
        check("西安未来", "Xi'an Future", true);
        check("杭州城投", "Hangzhou City Investment", true);
    }

    #[test]
    fn another_name_is_not() {
        check("云帆机器人", "Yunfang Robotics", false);
        check("云帆机器人", "Yun Robotics", false);
        check("云", "Yun", false);
        check("云帆", "", false);
        check("", "Yunfan", false);
        check("Starfield", "Starfield", false);
    }

    proptest! {
        #[test]
        fn any_two_texts_can_be_compared(chinese in "\\PC{0,12}", latin in "\\PC{0,24}") {
            let _either = sounds_like(&chinese, &latin);
            prop_assert!(spellings(&chinese).len() <= 3 * MOST_SPELLINGS);
        }

        #[test]
        fn every_spelling_sounds_like_its_name(chinese in "[云雲帆长亭绿野西安乐单曾行]{0,5}") {
            for spelling in spellings(&chinese) {
                prop_assert!(sounds_like(&chinese, &spelling), "{} {}", chinese, spelling);
            }
        }
    }
}

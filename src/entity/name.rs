//! The comparison key of a name: what is left when spelling, dress and legal form are taken off.
//!
//! Two keys, because a legal form can be the name itself (联想集团 is Lenovo, 联想控股 is Legend
//! Holdings): [`fold_spelling`] keeps it, [`fold_name`] drops it. Keys are for comparing, not for
//! showing.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::fold::fold_char;

/// Words at the end of a Latin name that say what kind of body it is.
const LEGAL_FORMS: &[&str] = &[
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "llc",
    "llp",
    "lp",
    "plc",
    "pbc",
    "gmbh",
    "mbh",
    "kgaa",
    "ag",
    "se",
    "sa",
    "sas",
    "sarl",
    "srl",
    "spa",
    "bv",
    "nv",
    "ab",
    "asa",
    "oy",
    "oyj",
    "aps",
    "kk",
    "pte",
    "pty",
    "pvt",
    "bhd",
    "group",
    "holding",
    "holdings",
];

/// The same at the end of a Chinese name, longest first.
///
/// 科技, 智能 and 资本 are not here: they are part of the name.
const LEGAL_FORMS_ZH: &[&str] = &[
    "股份有限公司",
    "有限责任公司",
    "有限合伙",
    "有限公司",
    "控股公司",
    "集团公司",
    "股份公司",
    "公司",
    "集团",
    "控股",
];

/// The shortest Chinese name that may be left when a legal form is dropped, in characters.
const SHORTEST_ZH: usize = 2;

/// The key under which a name equals its other spellings, with or without legal form.
///
/// Takes off what [`fold_spelling`] does, and legal forms at the end (`Inc.`, `Holdings`,
/// 股份有限公司) as long as something is left.
///
/// ```
/// use dealwatch::entity::fold_name;
///
/// assert_eq!(fold_name("The Hugging Face, Inc.’s"), "huggingface");
/// assert_eq!(fold_name("「第四範式」（集團）股份有限公司"), "第四范式");
/// ```
pub fn fold_name(name: &str) -> String {
    let mut keys = Keys::new(name);
    let bare = keys.bare().len();
    keys.joined.truncate(bare);
    keys.joined
}

/// The key under which a name equals its other spellings, legal form included.
///
/// Takes off width, case, accents, traditional characters, quotes and other punctuation, spaces,
/// a leading `the` and a closing `'s`. A name made of nothing else is its own key.
pub fn fold_spelling(name: &str) -> String {
    Keys::new(name).joined
}

/// The keys of a name, from its spelling down to the barest, one legal form less each time.
///
/// Each is the beginning of the one before, so one text holds them all.
#[derive(Debug)]
pub(super) struct Keys {
    joined: String,
    /// How long each key is, the longest first; never empty.
    lengths: Vec<usize>,
}

impl Keys {
    pub(super) fn new(name: &str) -> Keys {
        let (joined, ends) = words(name);
        if ends.is_empty() {
            let joined = name.trim().to_lowercase();
            let mut keys = Keys { lengths: vec![joined.len()], joined };
            keys.drop_forms_zh();
            return keys;
        }
        let mut keys = Keys { lengths: vec![joined.len()], joined };
        for pair in ends.windows(2).rev() {
            let [before, end] = pair else { break };
            let last = keys.joined.get(*before..*end).unwrap_or_default();
            // No form is longer than `incorporated`.
            if last.len() > 12 || !LEGAL_FORMS.contains(&last) {
                break;
            }
            keys.lengths.push(*before);
        }
        keys.drop_forms_zh();
        keys
    }

    /// One Chinese legal form less each time, as long as a name is left.
    fn drop_forms_zh(&mut self) {
        if self.bare().ends_with(|last: char| last.is_ascii()) {
            return;
        }
        while let Some(rest) = LEGAL_FORMS_ZH.iter().find_map(|form| self.bare().strip_suffix(form))
        {
            if rest.chars().nth(SHORTEST_ZH - 1).is_none() {
                return;
            }
            self.lengths.push(rest.len());
        }
    }

    /// The spelling first, the barest last.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.lengths.iter().filter_map(|length| self.joined.get(..*length))
    }

    /// The spelling, legal form and all.
    pub(super) fn spelling(&self) -> &str {
        &self.joined
    }

    /// What is left without any legal form.
    pub(super) fn bare(&self) -> &str {
        let length = self.lengths.last().copied().unwrap_or(self.joined.len());
        self.joined.get(..length).unwrap_or_default()
    }
}

/// The folded words of a name, without what is around them: side by side, and where each ends.
fn words(name: &str) -> (String, Vec<usize>) {
    let plain = plain_letters(name);
    let plain = plain.trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != '\'');
    let plain = plain.strip_suffix("'s").unwrap_or(plain);
    let (mut joined, mut ends) = (String::with_capacity(plain.len()), Vec::new());
    let close = |joined: &mut String, ends: &mut Vec<usize>| {
        let start = ends.last().copied().unwrap_or_default();
        if joined.len() > start {
            ends.push(joined.len());
        }
    };
    for letter in plain.chars() {
        match letter {
            // A full stop joins (`S.A.`, `Z.ai`), as an apostrophe does; anything else parts.
            '.' | '\'' => {}
            '&' => {
                close(&mut joined, &mut ends);
                joined.push_str("and");
                close(&mut joined, &mut ends);
            }
            letter if letter.is_alphanumeric() => joined.push(letter),
            _ => close(&mut joined, &mut ends),
        }
    }
    close(&mut joined, &mut ends);
    if ends.len() > 1 && ends.first() == Some(&3) && joined.starts_with("the") {
        joined.drain(..3);
        ends.remove(0);
        for end in &mut ends {
            *end -= 3;
        }
    }
    (joined, ends)
}

/// Compatibility forms, width, case and script folded, accents dropped.
fn plain_letters(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(name);
    }
    if name.is_ascii() {
        return Cow::Owned(name.to_ascii_lowercase());
    }
    // Normalising is dear, and does nothing to these.
    let is_plain = |letter: char| letter.is_ascii() || ('\u{4e00}'..='\u{9fff}').contains(&letter);
    if name.chars().all(is_plain) {
        return Cow::Owned(name.chars().map(fold_char).collect());
    }
    let is_accent = |letter: &char| ('\u{300}'..='\u{36f}').contains(letter);
    Cow::Owned(name.nfkd().filter(|letter| !is_accent(letter)).nfc().map(fold_char).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(name: &str, key: &str) {
        assert_eq!(fold_name(name), key, "of: {name}");
    }

    #[test]
    fn spelling_does_not_tell_names_apart() {
        for name in
            ["Moonshot AI", "moonshot-ai", "MoonshotAI", "Ｍｏｏｎｓｈｏｔ　ＡＩ", "“Moonshot AI”"]
        {
            check(name, "moonshotai");
        }
        check("Hélsïng", "helsing");
        check("Z.ai", "zai");
        check("Johnson & Johnson", "johnsonandjohnson");
        check("《輝達》", "辉达");
        check("ガオガイ", "ガオガイ");
    }

    #[test]
    fn possessives_and_articles_are_dropped() {
        check("Anthropic's", "anthropic");
        check("Anthropic’s ", "anthropic");
        check("The Browser Company", "browser");
        check("The", "the");
        check("Lowe's", "lowe");
    }

    #[test]
    fn legal_forms_are_dropped_but_never_the_name() {
        check("NVIDIA Corporation", "nvidia");
        check("Arm Holdings plc", "arm");
        check("Aleph Alpha GmbH", "alephalpha");
        check("Société Générale S.A.", "societegenerale");
        check("Hangzhou Foo Co., Ltd.", "hangzhoufoo");
        check("Group", "group");
        check("Holdings Inc", "holdings");
        check("北京智谱华章科技股份有限公司", "北京智谱华章科技");
        check("螞蟻集團", "蚂蚁");
        check("百度（中国）有限公司", "百度中国");
        check("公司", "公司");
        check("有限公司", "有限公司");
    }

    #[test]
    fn a_spelling_keeps_the_legal_form() {
        assert_eq!(fold_spelling("联想集团"), "联想集团");
        assert_eq!(fold_spelling("聯想控股"), "联想控股");
        assert_eq!(fold_spelling("Legend Holdings"), "legendholdings");
    }

    #[test]
    fn a_name_without_letters_is_its_own_key() {
        check(" ※※ ", "※※");
        check("", "");
    }

    proptest! {
        #[test]
        fn any_text_has_a_key(name in any::<String>()) {
            let key = fold_name(&name);
            prop_assert!(!key.is_empty() || name.trim().is_empty());
        }
    }
}

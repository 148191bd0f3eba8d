//! The comparison key of a name: what is left when spelling, dress and legal form are taken off.
//!
//! Two keys, because a legal form can be the name itself (联想集团 is Lenovo, 联想控股 is Legend
//! Holdings): [`fold_spelling`] keeps it, [`fold_name`] drops it. Keys are for comparing, not for
//! showing.

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
    keys(name).pop().unwrap_or_default()
}

/// The key under which a name equals its other spellings, legal form included.
///
/// Takes off width, case, accents, traditional characters, quotes and other punctuation, spaces,
/// a leading `the` and a closing `'s`. A name made of nothing else is its own key.
pub fn fold_spelling(name: &str) -> String {
    join(&words(name), name)
}

/// Every key of a name, from its spelling down to the barest, one legal form less each time.
///
/// Never empty: the spelling is always there.
pub(super) fn keys(name: &str) -> Vec<String> {
    let mut words = words(name);
    let mut keys = vec![join(&words, name)];
    while words.len() > 1 && words.last().is_some_and(|last| LEGAL_FORMS.contains(&last.as_str())) {
        words.pop();
        keys.push(words.concat());
    }
    while let Some(shorter) = keys.last().and_then(|key| without_legal_form_zh(key)) {
        keys.push(shorter);
    }
    keys
}

/// The key made of these words of a name; never empty unless the name is.
fn join(words: &[String], name: &str) -> String {
    if words.is_empty() { name.trim().to_lowercase() } else { words.concat() }
}

/// The folded words of a name, without what is around them.
fn words(name: &str) -> Vec<String> {
    let plain: String = plain_letters(name);
    let plain = plain.trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != '\'');
    let plain = plain.strip_suffix("'s").unwrap_or(plain);
    // A full stop joins (`S.A.`, `Z.ai`), as an apostrophe does; anything else parts.
    let kept = plain.replace(['.', '\''], "").replace('&', " and ");
    let mut words: Vec<String> = kept
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    if words.len() > 1 && words.first().is_some_and(|first| first == "the") {
        words.remove(0);
    }
    words
}

/// Compatibility forms, width, case and script folded, accents dropped.
fn plain_letters(name: &str) -> String {
    // Normalising is dear, and does nothing to these.
    let is_plain = |letter: char| letter.is_ascii() || ('\u{4e00}'..='\u{9fff}').contains(&letter);
    if name.chars().all(is_plain) {
        return name.chars().map(fold_char).collect();
    }
    let is_accent = |letter: &char| ('\u{300}'..='\u{36f}').contains(letter);
    name.nfkd().filter(|letter| !is_accent(letter)).nfc().map(fold_char).collect()
}

/// One Chinese legal form less, if there is one and a name is left.
fn without_legal_form_zh(key: &str) -> Option<String> {
    let rest = LEGAL_FORMS_ZH.iter().find_map(|form| key.strip_suffix(form))?;
    (rest.chars().count() >= SHORTEST_ZH).then(|| rest.to_owned())
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

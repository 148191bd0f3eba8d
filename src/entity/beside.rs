//! Second names that a text itself gives a party: 星野智能（Starfield AI）, Starfield, known in
//! Chinese as 星野智能, and Starfield, formerly known as Plainfield.

/// A name in brackets is at most this long, in characters; longer ones are explanations.
const LONGEST: usize = 40;
/// A Chinese name that is said outright is at most this long.
const LONGEST_SAID_HAN: usize = 12;
/// A Chinese name that only punctuation bounds is at most this long; a clause is longer.
const LONGEST_HAN: usize = 6;

/// Words between a name and another of the same company, in small letters.
const SAME_COMPANY: &[&str] = &[
    "formerly known as ",
    "previously known as ",
    "formerly called ",
    "also known as ",
    "known in chinese as ",
    "known in china as ",
    "whose chinese name is ",
    "曾用名",
    "原名",
    "又名",
    "英文名为",
    "英文名",
    "中文名为",
    "中文名",
];

/// The names that stand in brackets beside `name`, or beside whose brackets `name` stands, in the
/// other script. Two names in one script are left alone: there the brackets hold a ticker, an
/// owner or a place as often as a name.
pub fn names_beside(text: &str, name: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (at, _) in text.match_indices(name) {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + name.len()..).unwrap_or_default();
        if let Some(other) = said_to_be(after).filter(|other| is_name(name, other))
            && !found.iter().any(|known| known == other)
        {
            found.push(other.to_owned());
        }
        for other in [bracketed(after), owner(before, after)].into_iter().flatten() {
            if is_second_name(name, other) && !found.iter().any(|known| known == other) {
                found.push(other.to_owned());
            }
        }
    }
    found
}

/// `（X）` at the start of what follows.
fn bracketed(after: &str) -> Option<&str> {
    let after = after.trim_start_matches(['」', '”', '"', '\'', '’', ' ']);
    let inside = after.strip_prefix(['（', '('])?;
    let end = inside.find(['）', ')'])?;
    let inside = inside.get(..end)?;
    // 星野智能（Starfield AI，下称“星野”）: the name comes first.
    let first = inside.split(['，', ',', '；', ';', '、']).next()?;
    Some(trimmed(first))
}

/// What a text says outright that the company is or was called.
fn said_to_be(after: &str) -> Option<&str> {
    let after = after.trim_start_matches([',', '，', '(', '（', ' ', '”', '」', '"']);
    let words: String = after.chars().take(LONGEST).collect::<String>().to_lowercase();
    let phrase = SAME_COMPANY.iter().find(|phrase| words.starts_with(**phrase))?;
    // Only ASCII letters differ between the two, so the lengths are alike.
    let rest = after.get(phrase.len()..)?.trim_start_matches(['“', '"', '「', '为', '：', ' ']);
    let end = rest.find([',', '，', '.', '。', ')', '）', ';', '；', '”', '"', '」', '、', '\n']);
    let rest = rest.get(..end.unwrap_or(rest.len()))?;
    if rest.starts_with(has_han_char) {
        let end = rest.find(|letter| !has_han_char(letter)).unwrap_or(rest.len());
        return rest.get(..end);
    }
    let mut end = 0;
    for word in rest.split(' ').take_while(|word| is_capitalised(word)) {
        end += word.len() + 1;
    }
    rest.get(..end.checked_sub(1)?)
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !word.contains(has_han_char)
}

/// A name of the same company that is said outright, in either script.
fn is_name(name: &str, other: &str) -> bool {
    let letters = other.chars().count();
    let least = if has_han(other) { 2 } else { 4 };
    name != other && letters >= least && (!has_han(other) || letters <= LONGEST_SAID_HAN)
}

/// `X（` before, `）` after: the brackets hold the name and X owns them.
fn owner<'a>(before: &'a str, after: &str) -> Option<&'a str> {
    if !after.starts_with(['）', ')']) {
        return None;
    }
    let before = before.strip_suffix(['（', '('])?.trim_end();
    if before.ends_with(has_han_char) { han_owner(before) } else { latin_owner(before) }
}

/// The run of capitalised words at the end.
fn latin_owner(before: &str) -> Option<&str> {
    let mut length = 0;
    for word in before.rsplit(' ').take_while(|word| is_capitalised(word)) {
        length += word.len() + 1;
    }
    before.get((before.len() + 1).checked_sub(length)?..).filter(|name| !name.is_empty())
}

/// Chinese does not mark where a name begins: only punctuation or the text's start tells.
fn han_owner(before: &str) -> Option<&str> {
    let start = before.char_indices().rev().find(|&(_, c)| !c.is_alphanumeric() && c != '·');
    let name = match start {
        Some((at, c)) => before.get(at + c.len_utf8()..)?,
        None => before,
    };
    (2..=LONGEST_HAN).contains(&name.chars().count()).then_some(name)
}

fn trimmed(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '“' | '”' | '"' | '「' | '」'))
}

/// A name in the other script, and not a ticker or a figure.
fn is_second_name(name: &str, other: &str) -> bool {
    let letters = other.chars().filter(|c| c.is_alphabetic()).count();
    let digits = other.chars().filter(char::is_ascii_digit).count();
    letters >= 2
        && letters > digits
        && (digits == 0 || !has_han(other))
        && other.chars().count() <= LONGEST
        && has_han(name) != has_han(other)
        && !other.contains([':', '：', '%', '$', '=', '/'])
        && (has_han(other) || other.starts_with(|c: char| c.is_uppercase() || c.is_numeric()))
}

fn has_han(text: &str) -> bool {
    text.contains(has_han_char)
}

fn has_han_char(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, expected: &[&str]) {
        assert_eq!(names_beside(text, name), expected, "{text}");
    }

    #[test]
    fn a_second_name_stands_in_brackets() {
        check("机器人公司星野智能（Starfield AI）宣布", "星野智能", &["Starfield AI"]);
        check("「星野智能」（Starfield AI，下称“星野”）宣布", "星野智能", &["Starfield AI"]);
        check("Starfield AI (星野智能) said", "Starfield AI", &["星野智能"]);
    }

    #[test]
    fn the_name_itself_may_stand_in_the_brackets() {
        check("the maker Starfield (星野智能) said", "星野智能", &["Starfield"]);
        check("今天，智元（AgiBot）说", "AgiBot", &["智元"]);
        check("总部在北京的机器人公司智元（AgiBot）说", "AgiBot", &[]);
    }

    #[test]
    fn another_name_is_said_outright() {
        check("Lunaport, known in Chinese as 月港智能, raised", "Lunaport", &["月港智能"]);
        check(
            "Brightschool (formerly known as Plainfield AI) has",
            "Brightschool",
            &["Plainfield AI"],
        );
        check("Brightschool, previously known as Plainfield, has", "Brightschool", &["Plainfield"]);
        check("明校科技（原名平野智能）宣布", "明校科技", &["平野智能"]);
        check("明校科技，英文名Brightschool，宣布", "明校科技", &["Brightschool"]);
        check("Brightschool, known as the tutor of tutors,", "Brightschool", &[]);
        check("Brightschool, also known as a tutor,", "Brightschool", &[]);
    }

    #[test]
    fn tickers_figures_and_the_same_script_are_no_second_names() {
        check("Acme (NASDAQ: ACME) said", "Acme", &[]);
        check("星野智能（688001.SH）", "星野智能", &[]);
        check("星野智能（占股 30%）", "星野智能", &[]);
        check("Acme (formerly Zenith) said", "Acme", &[]);
        check("Acme（约3亿美元）", "Acme", &[]);
    }
}

//! Rounds as Chinese text names them: A轮, 天使+轮, Pre-A++轮, B1轮, 战略融资, Pre-IPO.

use std::ops::Range;
use std::sync::LazyLock;

use super::Found;
use crate::domain::RoundBase;
use crate::domain::RoundCode;
use crate::extract::lexicon::dictionary::Dictionary;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// The rounds of a sentence.
pub(super) fn find(text: &Text, sentence: &Sentence) -> Vec<Found<RoundCode>> {
    scan(text.of(sentence.span))
        .into_iter()
        .filter_map(|(range, value)| {
            let base = sentence.span.start();
            let span = text.span(base + range.start, base + range.end)?;
            Some(Found { value, span, rule: "round.zh.name" })
        })
        .collect()
}

/// Stages that have a name of their own.
const NAMED: &[(&str, RoundBase)] = &[
    ("天使", RoundBase::Angel),
    ("种子", RoundBase::Seed),
    ("战略", RoundBase::Strategic),
    ("战投", RoundBase::Strategic),
    ("策略", RoundBase::Strategic),
    ("策略性", RoundBase::Strategic),
    ("过桥", RoundBase::Bridge),
    ("成长", RoundBase::Growth),
];

/// What makes a stage's name a round.
const ROUND_NOUNS: &[&str] = &["轮", "系列", "级轮", "阶段融资"];

/// What makes a stage's name a round without 轮: 天使融资, 种子资金.
const MONEY_NOUNS: &[&str] = &["融资", "资金", "投资", "注资", "募资"];

/// The longest code before 轮, in bytes: `pre-series a++` with room to spare.
const LONGEST: usize = 18;

/// The names of the last stage before a listing.
const PRE_IPO: &[&str] = &["pre-ipo", "pre ipo", "preipo"];

/// What stands before a letter where no 轮 stands behind it.
const SERIES: &str = "series ";

/// One of these stands in every text with a round.
static HINTS: LazyLock<Dictionary<()>> = LazyLock::new(|| {
    let stages = NAMED.iter().map(|(stage, _)| *stage);
    let words = ROUND_NOUNS.iter().chain(PRE_IPO).copied().chain(stages).chain([SERIES]);
    Dictionary::new(words.map(|word| (word, ())))
});

fn scan(text: &str) -> Vec<(Range<usize>, RoundCode)> {
    let mut found: Vec<(Range<usize>, RoundCode)> = Vec::new();
    if HINTS.find(text).next().is_none() {
        return found;
    }
    for noun in ROUND_NOUNS {
        for (at, _) in text.match_indices(noun) {
            // 种子轮股东 were there before, 下一轮pre-a is to come.
            let tail = text.get(at + noun.len()..).unwrap_or_default();
            let of_people = ["股东", "投资人", "投资方", "投资者", "老股东", "领投方"]
                .iter()
                .any(|word| tail.starts_with(word));
            if let Some((start, code)) = code_before(text, at).filter(|_| !of_people) {
                found.push((start..at + noun.len(), code));
            }
        }
    }
    for (stage, base) in NAMED {
        for (at, _) in text.match_indices(stage) {
            let after = at + stage.len();
            let rest = text.get(after..).unwrap_or_default();
            let Some(noun) = MONEY_NOUNS.iter().find(|noun| rest.starts_with(*noun)) else {
                continue;
            };
            let end = after + noun.len();
            // 天使投资人, 战略投资者 and 战略投资部 are people and departments.
            let tail = text.get(end..).unwrap_or_default();
            if !tail.starts_with([
                '人', '者', '部', '方', '家', '机', '基', '委', '布', '协', '公', '框',
            ]) {
                found.push((at..end, RoundCode::of(*base)));
            }
        }
    }
    for word in PRE_IPO {
        found.extend(
            text.match_indices(word)
                .map(|(at, word)| (at..at + word.len(), RoundCode::of(RoundBase::Growth))),
        );
    }
    found.extend(series(text));
    found.extend(joined(text));
    found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    found.retain(|(range, _)| {
        let keep = range.start >= end;
        end = end.max(range.end);
        keep
    });
    found
}

/// The code that ends right before 轮, and where it starts.
fn code_before(text: &str, at: usize) -> Option<(usize, RoundCode)> {
    let from = text.ceil_char_boundary(at.saturating_sub(LONGEST));
    let window = text.get(from..at)?;
    let head = window.strip_suffix(' ').unwrap_or(window);
    let pluses = head.len() - head.trim_end_matches('+').len();
    let bare = head.get(..head.len() - pluses)?.trim_end();
    if let Some((stage, base)) = NAMED.iter().find(|(stage, _)| bare.ends_with(stage)) {
        let code = RoundCode { base: *base, plus: pluses > 0 };
        return Some((from + bare.len() - stage.len(), code));
    }
    let latin = bare
        .rfind(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-' || letter == ' '));
    let start = latin.map_or(0, |cut| bare.ceil_char_boundary(cut + 1));
    let run = bare.get(start..)?;
    let trimmed = run.trim_start();
    let (length, code) = letter_code(trimmed, pluses > 0)?;
    Some((from + start + run.len() - length, code))
}

/// `a`, `b1`, `pre-a`, `series c`, `pre-ipo` at the end of a run of Latin letters.
fn letter_code(run: &str, plus: bool) -> Option<(usize, RoundCode)> {
    let digits = run.len() - run.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    let head = run.get(..run.len() - digits)?;
    let plus = plus || (digits > 0);
    if digits > 1 {
        return None;
    }
    for (word, base) in
        [("pre-seed", RoundBase::PreSeed), ("seed", RoundBase::Seed), ("angel", RoundBase::Angel)]
    {
        if head.ends_with(word) {
            return Some((word.len() + digits, RoundCode { base, plus }));
        }
    }
    if head.ends_with("pre-ipo") || head.ends_with("pre ipo") {
        return Some(("pre-ipo".len(), RoundCode::of(RoundBase::Growth)));
    }
    let letter = head.chars().next_back().filter(char::is_ascii_lowercase)?;
    let before = head.get(..head.len() - 1)?;
    let pre = ["pre-series ", "pre-", "pre ", "pre"].iter().find(|pre| before.ends_with(*pre));
    if pre.is_none() && before.ends_with(|last: char| last.is_ascii_alphanumeric()) {
        return None;
    }
    let length = pre.map_or(0, |pre| pre.len()) + 1 + digits;
    let code = match (pre, letter) {
        (Some(_), 'a') => RoundCode { base: RoundBase::PreA, plus },
        // Between two letters there is only the plus of the earlier one.
        (Some(_), 'b'..='j') => {
            RoundCode { base: RoundBase::Letter(letter as u8 - b'b'), plus: true }
        }
        (None, 'a'..='j') => RoundCode { base: RoundBase::Letter(letter as u8 - b'a'), plus },
        _ => return None,
    };
    Some((length, code))
}

/// `series b` in Chinese text, without 轮.
fn series(text: &str) -> Vec<(Range<usize>, RoundCode)> {
    let mut found = Vec::new();
    for (at, word) in text.match_indices(SERIES) {
        let rest = text.get(at + word.len()..).unwrap_or_default();
        let mut letters = rest.chars();
        let (Some(letter @ 'a'..='j'), next) = (letters.next(), letters.next()) else { continue };
        if next.is_some_and(|next| next.is_ascii_alphabetic()) {
            continue;
        }
        let plus = next == Some('+');
        let end = at + word.len() + 1 + usize::from(plus);
        found.push((at..end, RoundCode { base: RoundBase::Letter(letter as u8 - b'a'), plus }));
    }
    found
}

/// A及A+轮, A轮、A+轮: the first of two that share one 轮.
fn joined(text: &str) -> Vec<(Range<usize>, RoundCode)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('轮') {
        let Some((start, _)) = code_before(text, at) else { continue };
        let lead = text.get(..start).unwrap_or_default().trim_end();
        let Some(head) =
            ["及", "和", "与", "、", "/", "&"].iter().find_map(|joint| lead.strip_suffix(joint))
        else {
            continue;
        };
        if let Some((first, code)) = code_before(text, head.len()) {
            found.push((first..head.len(), code));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The one place that calls the rule.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found: Vec<(&str, String)> = scan(text)
            .into_iter()
            .map(|(range, code)| (text.get(range).unwrap(), code.to_string()))
            .collect();
        let found: Vec<_> = found.iter().map(|(words, code)| (*words, code.as_str())).collect();
        assert_eq!(found, expected, "in: {text}");
    }

    #[test]
    fn letters_carry_their_marks() {
        check("完成a轮融资", &[("a轮", "a")]);
        check("完成 b+ 轮", &[("b+ 轮", "b+")]);
        check("pre-a++轮", &[("pre-a++轮", "pre-a+")]);
        check("宣布b1轮", &[("b1轮", "b+")]);
        check("某公司c轮", &[("c轮", "c")]);
        check("芯片商xyz d轮", &[("d轮", "d")]);
        check("pre a轮", &[("pre a轮", "pre-a")]);
    }

    #[test]
    fn stages_have_names() {
        check("天使+轮", &[("天使+轮", "angel+")]);
        check("种子轮融资", &[("种子轮", "seed")]);
        check("获天使融资", &[("天使融资", "angel")]);
        check("战略融资", &[("战略融资", "strategic")]);
        check("pre-ipo轮", &[("pre-ipo轮", "growth")]);
        check("a及a+轮", &[("a", "a"), ("a+轮", "a+")]);
    }

    #[test]
    fn what_is_no_round_is_left_alone() {
        check("新一轮融资", &[]);
        check("天使投资人", &[]);
        check("引入战略投资者", &[]);
        check("三轮车", &[]);
        check("gpu轮番上涨", &[]);
    }
}

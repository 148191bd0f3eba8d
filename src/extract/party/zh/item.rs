//! The company that an item of a list of news is about: ■ 字里行间,AI校对工具,获300万元天使轮.
//!
//! Lists are terse, and the name that opens an item is often made of ordinary words; its place
//! says what it is.

use crate::domain::Span;
use crate::extract::lexicon::list::List;
use crate::extract::segment::ordinary;
use crate::extract::segment::ordinary::Make;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// What can stand right behind the name that opens an item.
static BEHIND: List = List::new(&[
    ",",
    "(",
    ":",
    "完成",
    "宣布",
    "获",
    "拿到",
    "拿下",
    "更新招股",
    "撤回",
    "递表",
    "递交",
    "通过港交所",
    "通过聆讯",
    "过会",
    "再获",
    "又获",
    "连获",
    "近日",
    "日前",
    "被",
    "拟",
    "收购",
    "启动",
    "融资",
    "」",
    "”",
]);

/// Words of a deal: one of them is in the item.
static DEALS: List = List::new(&[
    "轮", "融资", "领投", "跟投", "收购", "并购", "招股", "ipo", "上市", "注资", "入股", "募资",
    "投资",
]);

/// The longest name, in characters.
const LONGEST: usize = 8;

/// The name that opens an item, if nothing more certain is known of it.
pub(super) fn find(text: &Text, sentence: &Sentence) -> Option<Span> {
    if !sentence.bullet {
        return None;
    }
    let words = text.of(sentence.span);
    if !DEALS.within(words) {
        return None;
    }
    let start = words.len() - words.trim_start_matches(opens).len();
    let rest = words.get(start..)?;
    let quoted = words.get(..start)?.ends_with(['「', '“']);
    let mut length = 0;
    for (count, letter) in rest.chars().enumerate() {
        if count >= 2 && BEHIND.starts(rest.get(length..)?) {
            let closed = rest.get(length..)?.starts_with(['」', '”']);
            let name = rest.get(..length)?;
            let set_off = rest.get(length..)?.starts_with([',', '(']) || quoted && closed;
            // Before a verb a name is trusted only where a dictionary does not have it.
            let whole = set_off && quoted == closed
                || !quoted && matches!(ordinary::make(name), Make::Coined | Make::Half);
            let base = sentence.span.start() + start;
            return (whole && is_name(name)).then(|| text.span(base, base + length)).flatten();
        }
        let part = letter >= '\u{3400}' || letter.is_ascii_alphanumeric();
        if !part || count >= LONGEST {
            return None;
        }
        length += letter.len_utf8();
    }
    None
}

/// Signs and numbers before an item, and an opening quote.
fn opens(letter: char) -> bool {
    !(letter >= '\u{3400}' || letter.is_ascii_alphabetic())
        || matches!(letter, '「' | '“')
        || letter.is_ascii_digit()
}

/// Han, and no word that opens a sentence.
fn is_name(name: &str) -> bool {
    name.chars().all(|letter| letter >= '\u{3400}')
        && ![
            "本周", "本月", "此外", "其中", "公司", "另外", "今日", "昨日", "据", "第", "近日",
            "目前", "上周",
        ]
        .iter()
        .any(|word| name.starts_with(word))
        && !["公司", "企业", "融资", "领域", "方面", "市场", "消息", "轮"]
            .iter()
            .any(|word| name.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<&str>) {
        let text = Text::new("", line, None);
        let found = text.sentences().iter().find_map(|sentence| find(&text, sentence));
        assert_eq!(found.map(|span| text.printed(span)), expected, "in: {line}");
    }

    #[test]
    fn an_item_opens_with_its_company() {
        check("■ 字里行间，AI校对工具，获300万元天使轮。", Some("字里行间"));
        check("▷ 一格方田（农业大模型）完成A轮融资。", Some("一格方田"));
        check("• 「夜航船」，剪辑助手，完成天使轮融资。", Some("夜航船"));
    }

    #[test]
    fn what_opens_with_something_else_has_none() {
        check("■ 本周融资，共12起。", None);
        check("字里行间，AI校对工具，获300万元天使轮。", None);
        check("■ 字里行间，一款校对工具。", None);
    }
}

//! Chinese sentences cut at the words that can stand beside a name.
//!
//! Chinese has no spaces, so a name that no table knows is what is left between words that are
//! known: particles, verbs of deals, nouns such as 公司 or 独角兽, times and numbers. The lexicon
//! is therefore one of neighbours, not a dictionary.

pub mod ordinary;
mod words;

use std::sync::LazyLock;

use super::lexicon::dictionary::Dictionary;
use super::text::Text;
use crate::domain::Span;

/// What a word beside a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Particles, adverbs and common verbs: bound a name, mean nothing here.
    Edge,
    /// 的.
    Of,
    /// 由, 被, 获, 遭 before the one who acts.
    By,
    /// 近日, 今日.
    Time,
    /// 公司, 独角兽, 开发商: says what the name beside it is.
    Head,
    /// 创始人, 记者: the name beside it is a person's.
    Title,
    /// 路透社, 彭博: who tells.
    Outlet,
    /// 老股东, 知名机构, 多家投资方: stands for investors without naming them.
    Backers,
    /// 法国, 硅谷, 本港.
    Place,
    /// 、, 和, 与, 及 between names.
    And,
    /// 等.
    Etc,
    /// 宣布, 表示, 透露.
    Say,
    /// 完成, 获得, 拿到.
    Finish,
    /// 融资, 募资.
    Raise,
    /// 领投.
    Lead,
    /// 跟投, 参投.
    Follow,
    /// 投资, 入股, 注资.
    Invest,
    /// 收购, 买下.
    Acquire,
    /// 出售, 转让.
    Sell,
    /// 合并.
    Merge,
    /// 上市, 挂牌, 招股.
    List,
    /// 贷款, 授信, 发债.
    Lend,
    /// 老股, 二级转让.
    Resale,
    /// 挖走, 延揽.
    Hire,
    /// 授权, 许可.
    License,
    /// 拟, 洽谈, 计划: bounds a name; what it says is a cue.
    Plan,
    /// 估值, 市值.
    Worth,
    /// Latin letters that are no name: GPU, v2.5.
    Latin,
    /// 设立基金, 中标, 补贴: no deal of a company.
    NoDeal,
}

/// A stretch of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes in the folded text.
    pub span: Span,
    /// What it is.
    pub what: What,
}

/// What a stretch of a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// One of the spans that were known before; its number in the list.
    Known(usize),
    /// A word of the lexicon.
    Word(Class),
    /// A number with its unit.
    Number,
    /// A sign that ends a clause.
    Stop,
    /// An opening or closing sign.
    Mark(char),
    /// What is left: perhaps a name.
    Rest,
}

static LEXICON: LazyLock<Dictionary<Class>> = LazyLock::new(|| {
    // Of the same word in two classes the one that means something wins.
    let edge = |wanted: bool| {
        words::WORDS.iter().filter(move |(class, _)| (*class == Class::Edge) == wanted)
    };
    let words = edge(false)
        .chain(edge(true))
        .flat_map(|(class, words)| words.split_whitespace().map(|word| (word, *class)));
    Dictionary::new(words)
});

/// The words of some classes, in the order of the lexicon.
pub fn words_of(classes: &'static [Class]) -> impl Iterator<Item = &'static str> {
    let of = words::WORDS.iter().filter(|(class, _)| classes.contains(class));
    of.flat_map(|(_, words)| words.split_whitespace())
}

/// Cuts a span of the text; `known` spans are in order and do not overlap.
pub fn cut(text: &Text, within: Span, known: &[Span]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = within.start();
    for (index, span) in known.iter().enumerate() {
        if span.start() < at || span.end() > within.end() {
            continue;
        }
        gap(text, at, span.start(), &mut pieces);
        pieces.push(Piece { span: *span, what: What::Known(index) });
        at = span.end();
    }
    gap(text, at, within.end(), &mut pieces);
    pieces
}

/// Cuts what stands between two known spans.
fn gap(text: &Text, start: usize, end: usize, pieces: &mut Vec<Piece>) {
    let Some(words) = text.str().get(start..end) else { return };
    let mut at = 0;
    for hit in LEXICON.find(words) {
        if hit.start < at
            || splits_latin(words, hit.start, hit.end)
            || !takes_a_sum(words, hit.start, hit.end)
        {
            continue;
        }
        rest(text, start + at, start + hit.start, pieces);
        push(text, start + hit.start, start + hit.end, What::Word(hit.label), pieces);
        at = hit.end;
    }
    rest(text, start + at, end, pieces);
}

/// 筹, 融, 募 and 贷 alone are verbs only before a sum; elsewhere they are part of a name.
fn takes_a_sum(words: &str, start: usize, end: usize) -> bool {
    let verb = words
        .get(start..end)
        .is_some_and(|word| matches!(word, "筹" | "融" | "募" | "揽" | "贷" | "给了"));
    let next = words.get(end..).and_then(|tail| tail.trim_start().chars().next());
    // 之初创投 ends in 创投.
    if words.get(start..end) == Some("初创") && next == Some('投') {
        return false;
    }
    !verb || next.is_none_or(|next| next.is_ascii_digit() || "约超近逾数几了$上".contains(next))
}

/// `ipo` inside `tripod` is no word.
fn splits_latin(words: &str, start: usize, end: usize) -> bool {
    let latin = |c: char| c.is_ascii_alphanumeric();
    let inner = |at: usize| {
        words.get(..at).is_some_and(|head| head.ends_with(latin))
            && words.get(at..).is_some_and(|tail| tail.starts_with(latin))
    };
    inner(start) || inner(end)
}

/// Cuts what no word of the lexicon covers at signs and numbers.
fn rest(text: &Text, start: usize, end: usize, pieces: &mut Vec<Piece>) {
    let Some(words) = text.str().get(start..end) else { return };
    let mut from = 0;
    let mut at = 0;
    while let Some(letter) = words.get(at..).and_then(|tail| tail.chars().next()) {
        let (what, length) = match letter {
            ',' | ';' | ':' | '。' | '!' | '?' | '\n' | '|' | '…' | '—' | '│' | '丨' | '•'
            | '·' => (What::Stop, letter.len_utf8()),
            '(' | ')' | '"' | '“' | '”' | '「' | '」' | '『' | '』' | '《' | '》' | '【' | '】'
            | '[' | ']' | '\'' | '‘' | '’' | '〈' | '〉' => {
                (What::Mark(letter), letter.len_utf8())
            }
            '-' if words.get(..at).is_some_and(|head| head.ends_with(' '))
                && words.get(at + 1..).is_some_and(|tail| tail.starts_with(' ')) =>
            {
                (What::Stop, 1)
            }
            ' ' if parts_han(words, at) => {
                // A space between two Chinese characters parts what no word parts.
                push(text, start + from, start + at, What::Rest, pieces);
                at += 1;
                from = at;
                continue;
            }
            '0'..='9' if starts_apart(words, at) => (What::Number, number_length(words, at)),
            'a'..='z' if starts_apart(words, at) => {
                (What::Word(Class::Latin), latin_length(words, at))
            }
            _ => {
                at += letter.len_utf8();
                continue;
            }
        };
        push(text, start + from, start + at, What::Rest, pieces);
        push(text, start + at, start + at + length, what, pieces);
        at += length;
        from = at;
    }
    push(text, start + from, end, What::Rest, pieces);
}

/// Whether the space here stands between two Chinese characters.
fn parts_han(words: &str, at: usize) -> bool {
    let han = |letter: char| letter >= '\u{3400}';
    words.get(..at).is_some_and(|head| head.ends_with(han))
        && words.get(at + 1..).is_some_and(|tail| tail.starts_with(han))
}

/// A digit or Latin letter that goes on with nothing before it.
fn starts_apart(words: &str, at: usize) -> bool {
    !words.get(..at).is_some_and(|head| head.ends_with(|last: char| last.is_ascii_alphanumeric()))
}

/// Latin letters that are no name, with what is glued to them.
fn latin_length(words: &str, at: usize) -> usize {
    let tail = words.get(at..).unwrap_or_default();
    tail.bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+'))
        .count()
}

/// Digits with points, commas and the unit after them: `1,200家`, `12%`.
fn number_length(words: &str, at: usize) -> usize {
    let tail = words.get(at..).unwrap_or_default();
    let digits = tail
        .bytes()
        .take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b'%' | b'-' | b'/' | b'+'))
        .count();
    let unit = tail.get(digits..).and_then(|rest| rest.chars().next());
    // A Latin letter goes on with the name: `4paradigm` is no number.
    let unit = unit.filter(|unit| {
        "家名位个人年月日号倍轮笔项款次台万亿元股点天岁周只颗片届期条种%".contains(*unit)
    });
    digits + unit.map_or(0, char::len_utf8)
}

fn push(text: &Text, start: usize, end: usize, what: What, pieces: &mut Vec<Piece>) {
    if start == end {
        return;
    }
    let Some(words) = text.str().get(start..end) else { return };
    let (lead, trail) =
        (words.len() - words.trim_start().len(), words.len() - words.trim_end().len());
    if let Some(span) = text.span(start + lead, (end - trail).max(start + lead)) {
        pieces.push(Piece { span, what });
    }
}

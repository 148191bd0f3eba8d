//! Sums of money as Chinese text writes them: 3.5亿美元, 近亿元人民币, 数千万美元, 2-3亿美元.
//!
//! Works on the folded view, so spellings are simplified and half-width. What a sum is for (the
//! round, a valuation, a turnover) is told by the words beside it: [`role`].

mod currency;
mod hedge;
mod number;
mod role;
#[cfg(test)]
mod tests;
mod untold;

use std::ops::Range;

use super::Sum;
use crate::domain::Amount;
use crate::domain::Currency;
use crate::domain::Qualifier;
use crate::extract::Found;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

use currency::currency_at;
use currency::currency_before;
use currency::local_currency;
use currency::plain_yuan;
use currency::unit_of_money;
use hedge::qualify;
use number::Number;
use number::number;
use number::numeral;
use untold::find_undisclosed;

/// The sums of a sentence, in order.
pub(super) fn find(text: &Text, sentence: &Sentence) -> Vec<Found<Sum>> {
    let words = text.of(sentence.span);
    let mut read = scan(words);
    let local = if read.is_empty() { Currency::CNY } else { local_currency(text, words) };
    let roles = role::roles(words, &read);
    let mut found: Vec<Found<Sum>> = Vec::new();
    for (sum, (role, conversion)) in read.drain(..).zip(roles) {
        let start = sentence.span.start() + sum.range.start;
        let Some(span) = text.span(start, sentence.span.start() + sum.range.end) else { continue };
        if sum.currency.is_none() && !role::speaks_of_money(words, &sum.range) {
            continue;
        }
        let amount = Amount {
            raw: text.printed(span).to_owned(),
            min: sum.min,
            max: sum.max,
            // 5億元 in an article of Taiwan is in its dollars.
            currency: Some(match sum.currency {
                Some(Currency::CNY) if local == Currency::TWD && plain_yuan(text.of(span)) => local,
                printed => printed.unwrap_or(local),
            }),
            qualifier: sum.qualifier,
        };
        let currency_inferred = sum.currency.is_none();
        let value = Sum { amount, role, conversion, currency_inferred };
        found.push(Found { value, span, rule: "money.zh.sum" });
    }
    for range in find_undisclosed(words) {
        let base = sentence.span.start();
        let Some(span) = text.span(base + range.start, base + range.end) else { continue };
        let value = Sum {
            amount: Amount::undisclosed(text.printed(span)),
            role: super::Role::Plain,
            conversion: false,
            currency_inferred: false,
        };
        if !found.iter().any(|sum| sum.span.overlaps(span)) {
            found.push(Found { value, span, rule: "money.zh.undisclosed" });
        }
    }
    found.sort_by_key(|sum| sum.span.start());
    found
}

/// A sum and the words it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Read {
    /// Bytes of the view.
    range: Range<usize>,
    /// The least, in whole currency units.
    min: Option<i64>,
    /// The most, in whole currency units.
    max: Option<i64>,
    /// `None` if no currency is printed.
    currency: Option<Currency>,
    /// How firmly the words state it.
    qualifier: Qualifier,
}

/// Below this a number with a currency is a price or a fee, not a deal.
const SMALLEST: i64 = 10_000;

/// Powers of ten, longest spelling first. 兆 is 10^12, as Taiwan says it.
const UNITS: &[(&str, u32)] = &[
    ("万亿", 12),
    ("千亿", 11),
    ("百亿", 10),
    ("十亿", 9),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("兆", 12),
    ("亿", 8),
    ("万", 4),
];

/// Finds every sum, left to right, without overlap.
fn scan(text: &str) -> Vec<Read> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let sum = starts_number(first).then(|| sum_at(text, at)).flatten();
        if let Some(sum) = sum {
            at = sum.range.end.max(at + first.len_utf8());
            found.push(sum);
        } else {
            at = after_number(text, at, first);
        }
    }
    found
}

/// Where to go on when no sum starts here: a run of digits is left as a whole.
fn after_number(text: &str, at: usize, first: char) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let run = if first.is_ascii_digit() {
        rest.bytes().take_while(u8::is_ascii_digit).count()
    } else {
        first.len_utf8()
    };
    at + run
}

fn starts_number(first: char) -> bool {
    first.is_ascii_digit()
        || numeral(first).is_some()
        || matches!(first, '数' | '几' | '上' | '十' | '百' | '千' | '万' | '亿' | '半')
}

fn skip_space(text: &str) -> usize {
    usize::from(text.starts_with([' ', '\u{a0}']))
}

fn eat<'t, T: Copy>(text: &str, table: &'t [(&str, T)]) -> Option<(&'t str, T)> {
    table.iter().find(|(word, _)| text.starts_with(word)).map(|(word, value)| (*word, *value))
}

fn eat_word<'t>(text: &str, words: &'t [&str]) -> Option<&'t str> {
    words.iter().copied().find(|word| text.starts_with(word))
}

/// What stands after a number: its unit, and whether it is rounded down.
#[derive(Debug, Clone, Copy, Default)]
struct Unit {
    power: u32,
    /// 10余亿, 10多亿, 10亿余.
    over: bool,
    /// 10亿级.
    order: bool,
    length: usize,
}

fn unit(text: &str) -> Unit {
    let mut unit = Unit::default();
    let rest = |unit: &Unit| text.get(unit.length..).unwrap_or_default();
    unit.length += skip_space(text);
    if let Some(more) = eat_word(rest(&unit), &["余", "多", "来", "几"]) {
        unit.over = true;
        unit.length += more.len();
    }
    if rest(&unit).starts_with("个亿") || rest(&unit).starts_with("个小目标") {
        unit.length += "个".len();
    }
    // 500个千万 does not occur; 百亿 after a digit is read as digit × unit, as it is said.
    let Some((word, power)) = eat(rest(&unit), UNITS) else {
        return Unit::default();
    };
    unit.power = power;
    unit.length += word.len();
    if let Some(more) = eat_word(rest(&unit), &["余", "多"]) {
        unit.over = true;
        unit.length += more.len();
    } else if let Some(more) = eat_word(rest(&unit), &["级别", "量级", "规模级", "级"]) {
        unit.order = true;
        unit.length += more.len();
    }
    unit
}

/// A sum as far as its number and unit tell.
#[derive(Debug, Clone, Copy)]
struct Bare {
    low: i64,
    high: i64,
    qualifier: Qualifier,
    length: usize,
}

fn bare_sum(text: &str) -> Option<Bare> {
    vague(text).or_else(|| counted(text)).or_else(|| unit_alone(text))
}

/// 数千万, 几十亿, 上亿, 数以亿计.
fn vague(text: &str) -> Option<Bare> {
    let word = eat_word(text, &["好几个", "好几", "数以", "数个", "几个", "数", "几", "上"])?;
    let unit = unit(text.get(word.len()..)?);
    let low = 10_i64.checked_pow(unit.power)?;
    (unit.power >= 4).then_some(Bare {
        low,
        high: low.saturating_mul(10).saturating_sub(1),
        qualifier: Qualifier::Order,
        length: word.len() + unit.length,
    })
}

/// 3.5亿, 3亿5000万, 2-3亿, 三四千万.
fn counted(text: &str) -> Option<Bare> {
    let first = number(text)?;
    let rest = text.get(first.length..)?;
    if let Some(range) = range(text, first) {
        return Some(range);
    }
    if let Some(pair) = neighbours(text) {
        return Some(pair);
    }
    let unit = unit(rest);
    let mut value = first.scaled(unit.power)?;
    let mut length = first.length + unit.length;
    // 3亿5000万, 1亿2千万: a smaller unit goes on.
    if unit.power >= 8 && !unit.over && !unit.order {
        let tail = text.get(length..)?;
        if let Some(more) = number(tail) {
            let small = self::unit(tail.get(more.length..)?);
            if (4..unit.power).contains(&small.power) {
                value = value.checked_add(more.scaled(small.power)?)?;
                length += more.length + small.length;
            }
        }
    }
    let qualifier = match (unit.over, unit.order) {
        (_, true) => Qualifier::Order,
        (true, _) => Qualifier::Over,
        _ => Qualifier::Exact,
    };
    let high = if unit.order { value.saturating_mul(10).saturating_sub(1) } else { value };
    Some(Bare { low: value, high, qualifier, length })
}

/// 2-3亿, 3000万至5000万, 20到30亿.
fn range(text: &str, first: Number) -> Option<Bare> {
    let mut at = first.length;
    let rest = |at: usize| text.get(at..).unwrap_or_default();
    let own = unit(rest(at));
    at += own.length;
    let own_currency = currency_at(rest(at)).map_or(0, |(word, _)| word.len());
    at += own_currency;
    at += skip_space(rest(at));
    let joint = eat_word(rest(at), &["-", "~", "—", "–", "至", "到", "或"])?;
    at += joint.len() + skip_space(rest(at + joint.len()));
    let second = number(rest(at))?;
    at += second.length;
    let shared = unit(rest(at));
    if shared.power < 4 || (own_currency > 0 && own.length == 0) {
        return None;
    }
    at += shared.length;
    let power = if own.length > 0 { own.power } else { shared.power };
    let (low, high) = (first.scaled(power)?, second.scaled(shared.power)?);
    (low < high).then_some(Bare { low, high, qualifier: Qualifier::Range, length: at })
}

/// 三四千万, 一两亿: two digits side by side.
fn neighbours(text: &str) -> Option<Bare> {
    let mut letters = text.chars();
    let (one, two) = (letters.next()?, letters.next()?);
    let (low, high) = (numeral(one)?, numeral(two)?);
    let length = one.len_utf8() + two.len_utf8();
    let unit = unit(text.get(length..)?);
    let scale = 10_i64.checked_pow(unit.power)?;
    (low < high && low > 0 && unit.power >= 4).then_some(Bare {
        low: low * scale,
        high: high * scale,
        qualifier: Qualifier::Range,
        length: length + unit.length,
    })
}

/// 亿元, 千万级: the unit without a number.
fn unit_alone(text: &str) -> Option<Bare> {
    let unit = unit(text);
    let low = 10_i64.checked_pow(unit.power)?;
    // 十亿 and 十万 are counted numbers.
    let exact = matches!(unit.power, 5 | 9) && !unit.order;
    let qualifier = if exact { Qualifier::Exact } else { Qualifier::Order };
    let high = if exact { low } else { low.saturating_mul(10).saturating_sub(1) };
    (unit.power >= 5).then_some(Bare { low, high, qualifier, length: unit.length })
}

fn sum_at(text: &str, at: usize) -> Option<Read> {
    let before = text.get(..at)?;
    if before.ends_with(|last: char| last.is_ascii_digit() || last == '.') {
        return None;
    }
    let bare = bare_sum(text.get(at..)?)?;
    if bare.low < SMALLEST {
        return None;
    }
    let (start, currency_before) = currency_before(before);
    let mut end = at + bare.length;
    let after = text.get(end..)?;
    let space = skip_space(after);
    let currency_after = currency_at(after.get(space..)?).filter(|(word, _)| {
        unit_of_money(word, after.get(space + word.len()..).unwrap_or_default())
    });
    let mut bare = bare;
    if let Some((word, _)) = currency_after {
        end += space + word.len();
        // 亿元级, 10亿美元级别: an order of magnitude.
        if let Some(level) = eat_word(text.get(end..)?, &["级别", "量级", "级"]) {
            end += level.len();
            bare.qualifier = Qualifier::Order;
            bare.high = bare.low.saturating_mul(10).saturating_sub(1);
        }
    }
    let mut sum = Read {
        range: start..end,
        min: Some(bare.low),
        max: Some(bare.high),
        currency: match (currency_before, currency_after) {
            // 新台币9.8亿元: 元 is of the currency named before.
            (Some((_, before)), Some(("元" | "圆", _))) => Some(before),
            (before, after) => after.or(before).map(|(_, currency)| currency),
        },
        qualifier: bare.qualifier,
    };
    if sum.currency.is_none() && counts_things(text.get(end..)?) {
        return None;
    }
    let order_unit = bare.qualifier == Qualifier::Order && !vague_start(text, at);
    qualify(text, order_unit, &mut sum);
    // A unit that stands alone is a sum only with a currency, 级 or a qualifier before it.
    let level = text.get(..at + bare.length).is_some_and(|words| words.ends_with('级'));
    let alone =
        order_unit && bare.length <= "千万".len() && sum.qualifier == Qualifier::Order && !level;
    (!alone || sum.currency.is_some()).then_some(sum)
}

fn vague_start(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| rest.starts_with(['数', '几', '好']))
}

/// What is counted by number and measure word is no money.
fn counts_things(after: &str) -> bool {
    let after = after.trim_start();
    eat_word(
        after,
        &[
            "人",
            "名",
            "个",
            "家",
            "次",
            "台",
            "辆",
            "套",
            "件",
            "颗",
            "片",
            "张",
            "卡",
            "块",
            "只",
            "架",
            "位",
            "户",
            "用户",
            "月活",
            "日活",
            "活跃",
            "参数",
            "吨",
            "千瓦",
            "瓦",
            "度",
            "平",
            "股",
            "公里",
            "小时",
            "tokens",
            "token",
            "条",
            "篇",
            "行",
            "字",
            "词",
            "粉丝",
            "下载",
            "播放",
            "像素",
            "倍",
            "份",
            "种",
            "枚",
            "年",
            "天",
            "分",
            "mau",
            "dau",
            "级参数",
            "组",
            "支",
            "把",
            "余家",
            "本",
            "部",
            "平方米",
            "公顷",
            "亩",
            "桶",
            "帧",
            "点",
        ],
    )
    .is_some()
}

//! Sums of money as Chinese text writes them: 3.5亿美元, 近亿元人民币, 数千万美元, 2-3亿美元.
//!
//! Works on the folded view, so spellings are simplified and half-width. What a sum is for (the
//! round, a valuation, a turnover) is told by the words beside it: [`role`].

mod role;

use std::ops::Range;
use std::sync::LazyLock;

use super::Sum;
use crate::domain::Amount;
use crate::domain::Currency;
use crate::domain::Qualifier;
use crate::extract::Found;
use crate::extract::lexicon::dictionary::Dictionary;
use crate::extract::lexicon::list::List;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

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

/// 元 and nothing that says whose.
fn plain_yuan(words: &str) -> bool {
    words.contains(['元', '圆'])
        && !["人民币", "rmb", "cny", "¥"].iter().any(|word| words.contains(word))
}

/// The currency of sums that name none.
fn local_currency(text: &Text, words: &str) -> Currency {
    static HONG_KONG: List = List::new(&["港元", "港币", "hk$", "港交所", "联交所"]);
    static TAIWAN: List = List::new(&["新台币", "台币", "nt$"]);
    static MAINLAND: List = List::new(&["人民币", "中国", "陆"]);
    if HONG_KONG.within(words) {
        Currency::HKD
    } else if TAIWAN.within(words) || text.in_taiwan() && !MAINLAND.within(words) {
        Currency::TWD
    } else {
        Currency::CNY
    }
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

const fn code(code: [u8; 3]) -> Currency {
    match Currency::new(code) {
        Some(currency) => currency,
        None => Currency::CNY,
    }
}

/// Currency words after a number; the longest that fits counts.
const CURRENCIES_AFTER: &[(&str, Currency)] = &[
    ("新加坡元", code(*b"SGD")),
    ("瑞士法郎", code(*b"CHF")),
    ("沙特里亚尔", code(*b"SAR")),
    ("元新台币", Currency::TWD),
    ("元人民币", Currency::CNY),
    ("人民币元", Currency::CNY),
    ("新台币元", Currency::TWD),
    ("元港币", Currency::HKD),
    ("新台币", Currency::TWD),
    ("人民币", Currency::CNY),
    ("里亚尔", code(*b"SAR")),
    ("迪拉姆", code(*b"AED")),
    ("谢克尔", code(*b"ILS")),
    ("林吉特", code(*b"MYR")),
    ("美元", Currency::USD),
    ("美金", Currency::USD),
    ("美刀", Currency::USD),
    ("刀", Currency::USD),
    ("港元", Currency::HKD),
    ("港币", Currency::HKD),
    ("港纸", Currency::HKD),
    ("欧元", Currency::EUR),
    ("英镑", Currency::GBP),
    ("日元", Currency::JPY),
    ("日圆", Currency::JPY),
    ("日币", Currency::JPY),
    ("韩元", Currency::KRW),
    ("韩圜", Currency::KRW),
    ("韩圆", Currency::KRW),
    ("韩币", Currency::KRW),
    ("台币", Currency::TWD),
    ("新元", code(*b"SGD")),
    ("坡元", code(*b"SGD")),
    ("坡币", code(*b"SGD")),
    ("加元", code(*b"CAD")),
    ("加币", code(*b"CAD")),
    ("澳元", code(*b"AUD")),
    ("澳币", code(*b"AUD")),
    ("瑞郎", code(*b"CHF")),
    ("卢比", Currency::INR),
    ("令吉", code(*b"MYR")),
    ("泰铢", code(*b"THB")),
    ("瑞典克朗", code(*b"SEK")),
    ("丹麦克朗", code(*b"DKK")),
    ("usd", Currency::USD),
    ("rmb", Currency::CNY),
    ("cny", Currency::CNY),
    ("hkd", Currency::HKD),
    ("圆", Currency::CNY),
    ("元", Currency::CNY),
];

/// Currency words and signs before a number.
const CURRENCIES_BEFORE: &[(&str, Currency)] = &[
    ("新台币", Currency::TWD),
    ("人民币", Currency::CNY),
    ("美元", Currency::USD),
    ("港币", Currency::HKD),
    ("港元", Currency::HKD),
    ("台币", Currency::TWD),
    ("欧元", Currency::EUR),
    ("英镑", Currency::GBP),
    ("日元", Currency::JPY),
    ("us$", Currency::USD),
    ("hk$", Currency::HKD),
    ("nt$", Currency::TWD),
    ("s$", code(*b"SGD")),
    ("rmb", Currency::CNY),
    ("cny", Currency::CNY),
    ("usd", Currency::USD),
    ("hkd", Currency::HKD),
    ("¥", Currency::CNY),
    ("$", Currency::USD),
    ("€", Currency::EUR),
    ("£", Currency::GBP),
];

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

static BEFORE_OVER: List = List::new(&[
    "不低于",
    "不少于",
    "起码",
    "超过",
    "超出",
    "超越",
    "高于",
    "多于",
    "大于",
    "至少",
    "突破",
    "逾",
    "超",
    "过",
    "破",
    "越",
]);
static BEFORE_UNDER: List =
    List::new(&["不到", "不足", "低于", "少于", "小于", "未满", "差不多", "将近", "逼近", "接近"]);
static BEFORE_UP_TO: List = List::new(&[
    "不超过",
    "不多于",
    "不超",
    "上看",
    "不高于",
    "最高达",
    "最多达",
    "最高",
    "最多",
    "至多",
    "顶多",
    "上限为",
    "上限",
    "多至",
    "高至",
]);
static BEFORE_ABOUT: List = List::new(&["大约", "大概", "约为", "约莫", "估计", "约", "近"]);
static AFTER_OVER: List = List::new(&["以上", "出头", "有余", "开外", "之多"]);
static AFTER_ABOUT: List = List::new(&["左右", "上下", "前后"]);
static AFTER_UNDER: List = List::new(&["以内", "以下", "不到"]);

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

/// The value of a Chinese digit; 十 and above are units, not digits.
fn numeral(letter: char) -> Option<i64> {
    let value = match letter {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' => 4,
        '五' | '伍' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    };
    Some(value)
}

/// A decimal number as `mantissa / 10^places`, and the bytes it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Number {
    mantissa: i64,
    places: u32,
    length: usize,
}

impl Number {
    fn scaled(self, power: u32) -> Option<i64> {
        if power >= self.places {
            self.mantissa.checked_mul(10_i64.checked_pow(power - self.places)?)
        } else {
            Some(self.mantissa / 10_i64.checked_pow(self.places - power)?)
        }
    }
}

/// `3.5`, `5,000`, 二十, 三百五, 两.
fn number(text: &str) -> Option<Number> {
    let first = text.chars().next()?;
    if first.is_ascii_digit() { arabic(text) } else { chinese(text) }
}

fn arabic(text: &str) -> Option<Number> {
    let bytes = text.as_bytes();
    let digits_from = |at: usize| {
        bytes.get(at..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count()
    };
    let mut length = digits_from(0);
    let mut digits: String = text.get(..length)?.to_owned();
    while bytes.get(length) == Some(&b',') && digits_from(length + 1) == 3 {
        digits.push_str(text.get(length + 1..length + 4)?);
        length += 4;
    }
    let mut places = 0;
    if bytes.get(length) == Some(&b'.') {
        let fraction = digits_from(length + 1);
        // A second point makes it a version, not a number.
        if fraction > 0 && bytes.get(length + 1 + fraction) != Some(&b'.') {
            digits.push_str(text.get(length + 1..length + 1 + fraction)?);
            places = u32::try_from(fraction).ok()?;
            length += 1 + fraction;
        }
    }
    Some(Number { mantissa: digits.parse().ok()?, places, length })
}

/// Reads up to thousands; what follows (万, 亿) is the unit.
fn chinese(text: &str) -> Option<Number> {
    let (mut total, mut digit, mut length, mut places) = (0_i64, None, 0, None);
    for (seen, letter) in text.chars().enumerate() {
        if seen > 12 {
            return None;
        }
        if let Some(value) = numeral(letter) {
            match (&mut places, digit) {
                (Some(count), _) => {
                    total = total.checked_mul(10)?.checked_add(value)?;
                    *count += 1;
                }
                (None, None) => digit = Some(value),
                (None, Some(_)) => break,
            }
        } else if letter == '点' && digit.is_some() && places.is_none() {
            total += digit.take().unwrap_or(0);
            places = Some(0);
        } else if let (None, Some(power)) = (places, hundreds(letter)) {
            // 百 before 万 or 亿 belongs to the unit, when no digit stands before it.
            let Some(times) = digit.take().or((power == 10 && total > 0).then_some(1)) else {
                break;
            };
            total += times * power;
        } else {
            break;
        }
        length += letter.len_utf8();
    }
    let total = total + digit.unwrap_or(0);
    (length > 0 && total > 0 && places != Some(0)).then_some(Number {
        mantissa: total,
        places: places.unwrap_or(0),
        length,
    })
}

fn hundreds(letter: char) -> Option<i64> {
    match letter {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

fn skip_space(text: &str) -> usize {
    usize::from(text.starts_with([' ', '\u{a0}']))
}

fn eat<'t, T: Copy>(text: &str, table: &'t [(&str, T)]) -> Option<(&'t str, T)> {
    table.iter().find(|(word, _)| text.starts_with(word)).map(|(word, value)| (*word, *value))
}

/// The currency word that the text starts with.
fn currency_at(text: &str) -> Option<(&'static str, Currency)> {
    static WORDS: LazyLock<Dictionary<(&str, Currency)>> = LazyLock::new(|| {
        Dictionary::new(CURRENCIES_AFTER.iter().map(|(word, currency)| (*word, (*word, *currency))))
    });
    WORDS.at_start(text).map(|(_, found)| found)
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
    let alone = order_unit && bare.length <= "千万".len() && sum.qualifier == Qualifier::Order;
    (!alone || sum.currency.is_some()).then_some(sum)
}

fn vague_start(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| rest.starts_with(['数', '几', '好']))
}

/// 元旦, 元器件, 元宇宙 and 刀具 are no currency; nor is 10万元起 a different one.
fn unit_of_money(word: &str, after: &str) -> bool {
    match word {
        "元" | "圆" => !after.starts_with(['旦', '器', '宇', '素', '件']),
        "刀" => !after.starts_with(['具', '片', '塔']),
        _ => true,
    }
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

fn currency_before(before: &str) -> (usize, Option<(&'static str, Currency)>) {
    let trimmed = before.strip_suffix(' ').unwrap_or(before);
    let found = CURRENCIES_BEFORE.iter().find(|(word, _)| trimmed.ends_with(word));
    match found {
        Some((word, currency)) => (trimmed.len() - word.len(), Some((*word, *currency))),
        None => (before.len(), None),
    }
}

/// Widens the sum over the words around it that say how firm it is.
fn qualify(text: &str, order_unit: bool, sum: &mut Read) {
    let before = text.get(..sum.range.start).unwrap_or_default();
    let before = before.strip_suffix(' ').unwrap_or(before);
    let after = text.get(sum.range.end..).unwrap_or_default();
    let value = sum.min.unwrap_or_default();
    let ends = |words: &List| words.at_end(before);
    let (word, qualifier) =
        if let Some(word) = ends(&BEFORE_UP_TO).filter(|word| !is_other_word(before, word)) {
            (word, Qualifier::UpTo)
        } else if let Some(word) = ends(&BEFORE_OVER).filter(|word| !is_other_word(before, word)) {
            (word, Qualifier::Over)
        } else if let Some(word) = ends(&BEFORE_UNDER) {
            (word, Qualifier::Under)
        } else if let Some(word) = ends(&BEFORE_ABOUT).filter(|word| !is_other_word(before, word)) {
            let near_unit = word == "近" && order_unit;
            (word, if near_unit { Qualifier::Under } else { Qualifier::About })
        } else if let Some(word) = AFTER_OVER.at_start(after) {
            (word, Qualifier::Over)
        } else if let Some(word) = AFTER_ABOUT.at_start(after) {
            (word, Qualifier::About)
        } else if let Some(word) = AFTER_UNDER.at_start(after) {
            (word, Qualifier::Under)
        } else {
            bound(sum, value);
            return;
        };
    if before.ends_with(word) {
        sum.range.start = before.len() - word.len();
    } else {
        sum.range.end += word.len();
    }
    // 约2-3亿 stays a range, 约数千万 an order, 约10亿余 a lower bound.
    let keeps = match sum.qualifier {
        Qualifier::Range => true,
        Qualifier::Order => qualifier == Qualifier::About || !order_unit,
        Qualifier::Over => qualifier == Qualifier::About,
        _ => false,
    };
    if !keeps {
        sum.qualifier = qualifier;
    }
    bound(sum, value);
}

/// 最近, 通过, 经过 and 突破 as a noun end like a qualifier and are none.
fn is_other_word(before: &str, word: &str) -> bool {
    let lead = before.strip_suffix(word).unwrap_or_default();
    match word {
        "近" => lead.ends_with(['最', '附', '临', '新', '接', '远']),
        "过" => lead.ends_with([
            '通', '经', '透', '曾', '融', '投', '获', '募', '拿', '花', '给', '得', '做',
        ]),
        "约" => lead.ends_with(['签', '合', '纽', '违', '预', '大', '条']),
        "高至" => lead.ends_with(['提', '调', '升', '走', '增', '推']),
        "破" => lead.ends_with('爆'),
        "越" => !lead.ends_with("跨"),
        _ => false,
    }
}

/// The bounds that the qualifier gives, after the table in the design.
fn bound(sum: &mut Read, value: i64) {
    match sum.qualifier {
        Qualifier::Over => sum.max = None,
        Qualifier::Under => {
            sum.min = Some(value / 10 * 8);
            sum.max = Some(value);
        }
        Qualifier::UpTo => {
            sum.min = None;
            sum.max = sum.max.map(|high| high.min(value.max(high)));
        }
        Qualifier::Exact
        | Qualifier::About
        | Qualifier::Range
        | Qualifier::Order
        | Qualifier::Undisclosed => {}
    }
}

/// Words for the sum of a deal.
const SUM_NOUNS: &[&str] = &[
    "金额",
    "价格",
    "对价",
    "作价",
    "价金",
    "售价",
    "数额",
    "额度",
    "融资额",
    "收购价",
    "条款",
    "价码",
    "细节",
    "财务条款",
];

/// Words that say it is not told.
static UNTOLD: List = List::new(&[
    "未披露",
    "未公开",
    "未透露",
    "未公布",
    "未对外",
    "未予披露",
    "未予公开",
    "未作披露",
    "没有公布",
    "没有公开",
    "没有透露",
    "没有披露",
    "没公布",
    "没公开",
    "没披露",
    "没透露",
    "不公开",
    "不便透露",
    "不详",
    "未知",
    "保密",
    "并未披露",
    "并未公开",
    "并未透露",
    "尚未披露",
    "尚未公布",
    "尚未公开",
    "未揭露",
    "没有揭露",
    "未说明",
    "未获披露",
    "未有披露",
    "未有公布",
]);

/// How far the two may stand apart, in bytes: some eight characters.
const APART: usize = 26;

/// Places that say the sum is not told: 交易金额未披露, 未透露具体价格.
fn find_undisclosed(text: &str) -> Vec<Range<usize>> {
    if !UNTOLD.within(text) {
        return Vec::new();
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, word) in UNTOLD.words().iter().flat_map(|word| text.match_indices(word)) {
        let end = at + word.len();
        let lead_from = text.floor_char_boundary(at.saturating_sub(APART));
        let lead = text.get(lead_from..at).unwrap_or_default();
        let tail_to = text.ceil_char_boundary((end + APART / 2).min(text.len()));
        let tail = text.get(end..tail_to).unwrap_or_default();
        let clause_lead =
            lead.rfind(['。', ';', '\n']).map_or(lead, |cut| lead.get(cut..).unwrap_or(lead));
        let clause_tail = tail.split(['。', ';', ',', '\n']).next().unwrap_or(tail);
        let before = SUM_NOUNS.iter().filter_map(|noun| clause_lead.rfind(noun)).max();
        if let Some(noun) = before {
            found.push(at - clause_lead.len() + noun..end);
        } else if SUM_NOUNS.iter().any(|noun| clause_tail.contains(noun)) {
            found.push(at..end + clause_tail.len());
        }
    }
    found.sort_by_key(|range| range.start);
    found.dedup_by(|later, first| later.start < first.end);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The one place that calls the rule.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let bound = |value: Option<i64>| value.map_or("-".to_owned(), |value| value.to_string());
        let found: Vec<(String, String)> = scan(text)
            .into_iter()
            .map(|sum| {
                let words = text.get(sum.range.clone()).unwrap().to_owned();
                let currency = sum.currency.map_or("?".to_owned(), |code| code.to_string());
                let qualifier = format!("{:?}", sum.qualifier).to_lowercase();
                (words, format!("{qualifier} {currency} {}..{}", bound(sum.min), bound(sum.max)))
            })
            .collect();
        let found: Vec<_> =
            found.iter().map(|(words, read)| (words.as_str(), read.as_str())).collect();
        assert_eq!(found, expected, "in: {text}");
    }

    #[test]
    fn plain_sums_are_read_to_the_unit() {
        check("完成3.5亿美元融资", &[("3.5亿美元", "exact USD 350000000..350000000")]);
        check("融得5,000万元", &[("5,000万元", "exact CNY 50000000..50000000")]);
        check("共 20 亿 元人民币", &[("20 亿 元人民币", "exact CNY 2000000000..2000000000")]);
        check("二十亿元", &[("二十亿元", "exact CNY 2000000000..2000000000")]);
        check("一点五亿欧元", &[("一点五亿欧元", "exact EUR 150000000..150000000")]);
        check("3亿5000万日圆", &[("3亿5000万日圆", "exact JPY 350000000..350000000")]);
        check("人民币7000万", &[("人民币7000万", "exact CNY 70000000..70000000")]);
        check("新台币2.4亿元", &[("新台币2.4亿元", "exact TWD 240000000..240000000")]);
        check("us$300万", &[("us$300万", "exact USD 3000000..3000000")]);
        check("1.35亿港币", &[("1.35亿港币", "exact HKD 135000000..135000000")]);
        check("两亿英镑", &[("两亿英镑", "exact GBP 200000000..200000000")]);
        check("4兆美元", &[("4兆美元", "exact USD 4000000000000..4000000000000")]);
    }

    #[test]
    fn bounds_are_kept() {
        check("超4亿美元", &[("超4亿美元", "over USD 400000000..-")]);
        check("逾10亿元", &[("逾10亿元", "over CNY 1000000000..-")]);
        check("不到1亿元", &[("不到1亿元", "under CNY 80000000..100000000")]);
        check("最高20亿美元", &[("最高20亿美元", "upto USD -..2000000000")]);
        check("10余亿元", &[("10余亿元", "over CNY 1000000000..-")]);
        check("9亿多美元", &[("9亿多美元", "over USD 900000000..-")]);
        check("3000万元以上", &[("3000万元以上", "over CNY 30000000..-")]);
    }

    #[test]
    fn vague_sums_are_orders_of_magnitude() {
        check("数千万美元", &[("数千万美元", "order USD 10000000..99999999")]);
        check("数亿元", &[("数亿元", "order CNY 100000000..999999999")]);
        check("数十亿美元", &[("数十亿美元", "order USD 1000000000..9999999999")]);
        check("亿元级融资", &[("亿元级", "order CNY 100000000..999999999")]);
        check("千万级融资", &[("千万级", "order ? 10000000..99999999")]);
        check("上亿元", &[("上亿元", "order CNY 100000000..999999999")]);
        check("近亿元人民币", &[("近亿元人民币", "under CNY 80000000..100000000")]);
        check("近千万元", &[("近千万元", "under CNY 8000000..10000000")]);
        check("超亿元", &[("超亿元", "over CNY 100000000..-")]);
        check("近3亿元", &[("近3亿元", "about CNY 300000000..300000000")]);
        check("约2亿港元", &[("约2亿港元", "about HKD 200000000..200000000")]);
        check("5000万元左右", &[("5000万元左右", "about CNY 50000000..50000000")]);
    }

    #[test]
    fn ranges_share_their_unit() {
        check("2-3亿美元", &[("2-3亿美元", "range USD 200000000..300000000")]);
        check("1亿至2亿元", &[("1亿至2亿元", "range CNY 100000000..200000000")]);
        check("20至30亿美元", &[("20至30亿美元", "range USD 2000000000..3000000000")]);
        check("三四千万元", &[("三四千万元", "range CNY 30000000..40000000")]);
        check("3000万元到5000万元", &[("3000万元到5000万元", "range CNY 30000000..50000000")]);
    }

    #[test]
    fn other_numbers_are_left_alone() {
        check("用户突破3亿人", &[]);
        check("3000万台设备", &[]);
        check("每股17.6港元", &[]);
        check("2025年10月", &[]);
        check("数据公司", &[]);
        check("上半年有百万用户", &[]);
        check("版本1.2.3发布", &[]);
    }

    #[test]
    fn an_untold_sum_is_a_statement() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<_> =
                find_undisclosed(text).into_iter().map(|r| text.get(r).unwrap()).collect();
            assert_eq!(found, expected, "in: {text}");
        };
        check("交易金额未披露", &["金额未披露"]);
        check("双方未透露具体价格。", &["未透露具体价格"]);
        check("公司未透露下一步产品", &[]);
    }
}

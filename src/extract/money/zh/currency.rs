//! Currencies as Chinese text writes them, and whose 元 it is where none is named.

use std::sync::LazyLock;

use crate::domain::Currency;
use crate::extract::lexicon::dictionary::Dictionary;
use crate::extract::lexicon::list::List;
use crate::extract::text::Text;

/// 元 and nothing that says whose.
pub(super) fn plain_yuan(words: &str) -> bool {
    words.contains(['元', '圆'])
        && !["人民币", "rmb", "cny", "¥"].iter().any(|word| words.contains(word))
}

/// The currency of sums that name none.
pub(super) fn local_currency(text: &Text, words: &str) -> Currency {
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

/// The currency word that the text starts with.
pub(super) fn currency_at(text: &str) -> Option<(&'static str, Currency)> {
    static WORDS: LazyLock<Dictionary<(&str, Currency)>> = LazyLock::new(|| {
        Dictionary::new(CURRENCIES_AFTER.iter().map(|(word, currency)| (*word, (*word, *currency))))
    });
    WORDS.at_start(text).map(|(_, found)| found)
}

/// 元旦, 元器件, 元宇宙 and 刀具 are no currency; nor is 10万元起 a different one.
pub(super) fn unit_of_money(word: &str, after: &str) -> bool {
    match word {
        "元" | "圆" => !after.starts_with(['旦', '器', '宇', '素', '件']),
        "刀" => !after.starts_with(['具', '片', '塔']),
        _ => true,
    }
}

pub(super) fn currency_before(before: &str) -> (usize, Option<(&'static str, Currency)>) {
    let trimmed = before.strip_suffix(' ').unwrap_or(before);
    let found = CURRENCIES_BEFORE.iter().find(|(word, _)| trimmed.ends_with(word));
    match found {
        Some((word, currency)) => (trimmed.len() - word.len(), Some((*word, *currency))),
        None => (before.len(), None),
    }
}

//! How firmly a sum is stated: 超, 近, 不到, 最高, 左右.

use super::Read;
use crate::domain::Qualifier;
use crate::extract::lexicon::list::List;

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

/// Widens the sum over the words around it that say how firm it is.
pub(super) fn qualify(text: &str, order_unit: bool, sum: &mut Read) {
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

//! Registered names: 杭州云析人工智能有限公司, 宁波拓云投资合伙企业(有限合伙).
//!
//! They are made of places and ordinary words, so no dictionary parts them from the sentence; but
//! they end in a form that nothing else has, and begin behind a word that stands before names.

use crate::domain::Span;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// What registered names end in; of two at one place the longer.
const FORMS: &[&str] =
    &["有限责任公司", "有限公司", "合伙企业(有限合伙)", "(有限合伙)", "股份公司", "合伙企业"];

/// Words that stand before a name and are no part of one.
const BEFORE: &[&str] = &[
    "收购",
    "并购",
    "持有的",
    "持有",
    "所持",
    "子公司",
    "孙公司",
    "公司",
    "企业",
    "服务商",
    "供应商",
    "运营商",
    "开发商",
    "制造商",
    "提供商",
    "集成商",
    "生产商",
    "厂商",
    "独角兽",
    "龙头",
    "巨头",
    "股东",
    "股权",
    "股份的",
    "的",
    "与",
    "和",
    "及",
    "暨",
    "向",
    "给",
    "由",
    "对",
    "将",
    "把",
    "被",
    "已",
    "拟",
    "受让",
    "转让",
    "出售",
    "购买",
    "购得",
    "入股",
    "增资",
    "设立",
    "成立",
    "投资了",
    "投资入股",
    "战略投资",
    "关于",
    "为",
    "取得",
    "获得",
    "控制",
    "旗下",
    "名下",
    "于",
    "是",
    "全资",
    "关联方",
    "交易对方",
    "对方",
    "同意",
    "名称",
    "称",
    "新增",
    "引入",
    "包括",
    "其中",
    "该",
    "人民币",
    "万元",
    "亿元",
    "美元",
    "港元",
    "了",
    "等",
    "显示",
    "近日",
    "日前",
    "获悉",
    "主体",
    "运营方",
    "实控人",
    "通过",
    "发行人",
    "投资方有",
    "投资方为",
    "方有",
    "方为",
    "者有",
    "人有",
    "主要有",
    "收到",
    "因",
    "从",
];

/// How far before its form a name may begin, in characters.
const LONGEST: usize = 32;

/// The registered names of a sentence.
pub(super) fn find(text: &Text, sentence: &Sentence) -> Vec<Span> {
    let words = text.of(sentence.span);
    let base = sentence.span.start();
    let mut found: Vec<Span> = Vec::new();
    let mut from = 0;
    for (at, _) in words.match_indices(['有', '(', '合', '股']) {
        let Some((end, form)) = form_at(words, at).filter(|_| at >= from) else { continue };
        let lead = words.get(from..at).unwrap_or_default();
        let start = at - begin(lead);
        let stem = words.get(start..at).unwrap_or_default();
        if stem.chars().count() >= 2 && !is_kind(stem) {
            found.extend(text.span(base + start, base + end));
            from = end;
        } else if form.len() > "(有限".len() {
            from = end;
        }
    }
    found
}

/// What public funds are called; a place stands before.
const FUNDS: &[&str] = &[
    "投资创业基金",
    "创科基金",
    "产业投资基金",
    "产业基金",
    "股权投资基金",
    "创业投资基金",
    "投资基金",
    "引导基金",
    "发展基金",
    "专项基金",
    "升级基金",
    "科创基金",
    "创投基金",
    "种子基金",
    "天使基金",
    "母基金",
];

/// Who sets such funds up.
const SPONSORS: &[&str] = &[
    "国家",
    "中国",
    "国开",
    "国投",
    "社保",
    "中关村",
    "浦东",
    "张江",
    "海淀",
    "亦庄",
    "滨湖",
    "雄安",
    "长三角",
    "大湾区",
    "粤港澳",
    "京津冀",
    "成渝",
    "港投",
    "央企",
    "中央",
    "北京",
    "上海",
    "深圳",
    "广州",
    "杭州",
    "苏州",
    "南京",
    "成都",
    "武汉",
    "合肥",
    "西安",
    "重庆",
    "天津",
    "宁波",
    "无锡",
    "长沙",
    "厦门",
    "青岛",
    "济南",
    "郑州",
    "福州",
    "东莞",
    "佛山",
    "常州",
    "浙江",
    "江苏",
    "广东",
    "四川",
    "湖北",
    "湖南",
    "安徽",
    "福建",
    "山东",
    "香港",
    "数码港",
    "科学园",
    "港大",
    "陕西",
    "河南",
    "江西",
];

/// 北京市人工智能产业基金, 国家制造业转型升级基金: named by place and purpose.
pub(super) fn funds(text: &Text, sentence: &Sentence) -> Vec<Span> {
    let words = text.of(sentence.span);
    let base = sentence.span.start();
    let mut found = Vec::new();
    let mut from = 0;
    for (at, _) in words.match_indices("基金") {
        let end = at + "基金".len();
        let lead = words.get(from..end).unwrap_or_default();
        let Some(form) = FUNDS.iter().find(|form| lead.ends_with(**form)) else { continue };
        let stem = lead.get(..lead.len() - form.len()).unwrap_or_default();
        let length = begin(stem);
        let name = stem.get(stem.len() - length..).unwrap_or_default();
        // The sponsor that stands last but for the purpose: 由北京市人工智能.
        let start = SPONSORS.iter().filter_map(|place| name.find(place)).min();
        let Some(start) = start.filter(|start| name.len() - start <= 48) else {
            continue;
        };
        let first = end - form.len() - (name.len() - start);
        found.extend(text.span(base + first, base + end));
        from = end;
    }
    found
}

/// The form that starts here, and where it ends.
fn form_at(words: &str, at: usize) -> Option<(usize, &'static str)> {
    let tail = words.get(at..)?;
    let form = FORMS.iter().copied().find(|form| tail.starts_with(form))?;
    Some((at + form.len(), form))
}

/// 股份, 科技: what stands before the form is no name by itself.
fn is_kind(stem: &str) -> bool {
    matches!(stem, "股份" | "集团" | "科技" | "控股" | "一家" | "投资" | "集团股份" | "科技股份")
}

/// How many bytes of what stands before the form belong to the name.
fn begin(lead: &str) -> usize {
    let mut length = 0;
    for (count, letter) in lead.chars().rev().enumerate() {
        let part = letter >= '\u{3400}'
            || letter.is_ascii_alphanumeric()
            || matches!(letter, '(' | ')' | '·' | '&' | '-');
        if !part || count >= LONGEST {
            break;
        }
        length += letter.len_utf8();
    }
    let name = lead.get(lead.len() - length..).unwrap_or_default();
    let cut = BEFORE.iter().filter_map(|word| last_end(name, word)).max().unwrap_or(0);
    let cut = cut.max(after_number(name));
    let rest = name.get(cut..).unwrap_or_default();
    // A bracket that is closed and was not opened: what is before it is not the name's.
    let open = rest.find('(').unwrap_or(rest.len());
    match rest.find(')').filter(|close| *close < open) {
        Some(close) => rest.len() - close - 1,
        None => rest.trim_start_matches(['(', '-', '·']).len(),
    }
}

/// Where the last of these words ends that leaves a name behind it.
fn last_end(name: &str, word: &str) -> Option<usize> {
    name.rmatch_indices(word).find_map(|(at, _)| {
        let end = at + word.len();
        let head = name.get(..at).unwrap_or_default();
        let tail = name.get(end..).unwrap_or_default();
        // 美的, 华为, 自由: part of a name.
        let inside = match word {
            "的" => head.ends_with('美'),
            "为" => head.ends_with('华'),
            "由" => head.ends_with('自'),
            "和" => head.chars().count() < 2,
            // 北京众析企业管理中心: a trade, and no noun before the name.
            "企业" => {
                ["管理", "咨询", "服务", "发展", "营销"].iter().any(|w| tail.starts_with(w))
            }
            _ => false,
        };
        (!inside && (tail.chars().count() >= 3 || is_kind(tail))).then_some(end)
    })
}

/// 2026年3月甲有限公司, 12%乙有限公司: a number with its unit is no part of the name.
fn after_number(name: &str) -> usize {
    let mut cut = 0;
    let mut last = ' ';
    for (at, letter) in name.char_indices() {
        if last.is_ascii_digit() && "年月日元万亿家名%".contains(letter) {
            cut = at + letter.len_utf8();
        }
        last = letter;
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: &[&str]) {
        let text = Text::new("", words, None);
        let found: Vec<&str> = text
            .sentences()
            .iter()
            .flat_map(|sentence| find(&text, sentence))
            .map(|span| text.printed(span))
            .collect();
        assert_eq!(found, expected, "in: {words}");
    }

    #[test]
    fn a_registered_name_begins_behind_the_words_before_it() {
        check("公司拟收购杭州云析人工智能有限公司35%股权", &["杭州云析人工智能有限公司"]);
        check(
            "收购宁波拓云投资合伙企业(有限合伙)持有的苏州砚石机器人有限公司股权",
            &["宁波拓云投资合伙企业(有限合伙)", "苏州砚石机器人有限公司"],
        );
        check("控股股东晨星(集团)股份有限公司表示", &["晨星(集团)股份有限公司"]);
        check("2026年3月海川科技有限公司成立", &["海川科技有限公司"]);
        check(
            "新增股东上海青桐网络科技有限公司、深圳市北岭有限公司",
            &["上海青桐网络科技有限公司", "深圳市北岭有限公司"],
        );
    }

    #[test]
    fn a_form_without_a_name_is_none() {
        check("一家有限公司", &[]);
        check("改制为股份有限公司", &[]);
    }
}

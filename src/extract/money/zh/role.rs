//! What a sum is the sum of, by the words beside it.

use std::ops::Range;
use std::sync::LazyLock;

use super::Read;
use crate::domain::Basis;
use crate::extract::lexicon::dictionary::Dictionary;
use crate::extract::money::Role;

/// What a word before or after a sum makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Valuation,
    Pre,
    Post,
    Cumulative,
    Other,
    /// Of a deal: outweighs what stands farther away.
    Deal,
}

/// Words before a sum, nearest wins.
const BEFORE: &[(Word, &[&str])] = &[
    (
        Word::Valuation,
        &["估值", "市值", "身价", "身价达", "公司值", "折算公司值", "总值", "评估值", "价值"],
    ),
    (Word::Pre, &["投前", "融资前", "投资前"]),
    (Word::Post, &["投后", "融资后", "交易后", "投资后"]),
    (
        Word::Cumulative,
        &[
            "累计",
            "累积",
            "迄今",
            "至今",
            "总融资",
            "融资总额达到",
            "历史融资",
            "历轮",
            "成立以来",
            "一共投",
            "共投",
            "总共",
            "前后",
            "先后融资",
            "合计融资",
            "共融资",
            "共融",
            "共募",
            "已融资",
            "总计",
            "加起来",
            "总融资额",
            "从投资者处",
            "总额将达",
            "轮融资总",
        ],
    ),
    (
        Word::Other,
        &[
            "营收",
            "营业收入",
            "收入",
            "利润",
            "净利",
            "亏损",
            "累亏",
            "亏",
            "毛利",
            "销售额",
            "销售",
            "订单",
            "合同",
            "市场规模",
            "规模将达",
            "年化",
            "arr",
            "mrr",
            "罚款",
            "罚",
            "索赔",
            "赔偿",
            "补贴",
            "补助",
            "奖励",
            "研发投入",
            "研发",
            "薪酬",
            "年薪",
            "月薪",
            "薪",
            "成本",
            "资产",
            "门槛",
            "起投",
            "认购额",
            "最低",
            "账上",
            "帐上",
            "手握",
            "持有",
            "坐拥",
            "现金流",
            "每股",
            "股价",
            "发行价",
            "定价",
            "售价",
            "单价",
            "资本开支",
            "资本支出",
            "开支",
            "支出",
            "产值",
            "基金规模",
            "基金",
            "目标价",
            "成交额",
            "成交",
            "注册资本",
            "浮盈",
            "身家",
            "采购",
            "中标",
            "奖金",
            "税",
            "租金",
            "租",
            "回购",
            "分红",
            "派息",
            "股息",
            "总部",
            "工厂",
            "园区",
            "数据中心",
            "市场",
            "商誉",
            "费用",
            "花约",
            "每月花",
            "每年花",
            "出货",
            "现金与",
            "赚",
            "持仓",
            "净值",
            "管理规模",
            "管理资产",
            "在管",
            "资产规模",
            "理财",
            "保费",
            "年交易额",
            "日交易额",
            "总交易额",
            "累计交易额",
            "平台交易额",
            "季度交易额",
            "gmv",
            "预算",
            "净额",
            "涨到",
            "跌至",
        ],
    ),
    (
        Word::Deal,
        &[
            "领投",
            "跟投",
            "独投",
            "参投",
            "投的",
            "募资净额",
            "集资净额",
            "募集净额",
            "款项净额",
            "所得净额",
            "融资",
            "募资",
            "集资",
            "筹资",
            "募集",
            "筹集",
            "融得",
            "募得",
            "筹得",
            "收购",
            "并购",
            "买下",
            "投资",
            "注资",
            "出资",
            "对价",
            "作价",
            "价格",
            "金额",
            "交易",
            "交易价值",
            "方式支付",
            "现金支付",
            "交易总价值",
            "交易总值",
            "收购价值",
            "贷款",
            "授信",
            "发债",
            "斥资",
            "豪掷",
            "砸",
            "轮",
            "获",
            "完成",
            "拿到",
            "拿下",
            "融到",
            "筹",
            "募",
            "狂揽",
            "认购",
            "入股",
            "规模",
            "额度",
            "以",
        ],
    ),
];

/// Words right after a sum (a 的 may stand between).
const AFTER: &[(Word, &[&str])] = &[
    (Word::Valuation, &["估值", "市值", "整体估值", "公司估值", "的公司估值"]),
    (Word::Pre, &["投前"]),
    (Word::Post, &["投后"]),
    (
        Word::Other,
        &[
            "营收",
            "收入",
            "利润",
            "订单",
            "合同",
            "大单",
            "补贴",
            "补助",
            "基金",
            "罚",
            "年薪",
            "现金储备",
            "现金流",
            "现金等价",
            "现金及现金",
            "亏损",
            "市场",
            "采购",
            "资产",
            "奖金",
            "销售",
            "成本",
            "赔偿",
            "预算",
            "产值",
            "年化",
            "净利",
            "规模的基金",
            "专项",
            "母基金",
            "资本开支",
            "资本支出",
            "消费",
            "红包",
            "算力合同",
            "云合同",
            "云服务",
            "股票回购",
            "身家",
            "年收入",
            "年度经常性",
        ],
    ),
    (Word::Deal, &["融资", "投资", "收购", "a轮", "天使", "贷款", "战略"]),
];

static BEFORE_WORDS: LazyLock<Dictionary<Word>> = LazyLock::new(|| {
    let words = BEFORE.iter().flat_map(|(meaning, words)| words.iter().map(|w| (*w, *meaning)));
    Dictionary::new(words)
});

/// Words between an old value and a new one.
const RISES: &[&str] = &[
    "涨到",
    "升到",
    "升至",
    "增至",
    "涨至",
    "提升至",
    "提高到",
    "提高至",
    "翻至",
    "增加到",
    "跃升至",
    "上调至",
    "飙升至",
    "攀升至",
    "涨至",
    "变成",
    "升为",
];

/// How far back the words that give a role may stand, in bytes: some sixteen characters.
const REACH: usize = 48;

/// The role of each sum, and whether it repeats the one before in another currency.
pub(super) fn roles(text: &str, sums: &[Read]) -> Vec<(Role, bool)> {
    let mut roles: Vec<(Role, bool)> = Vec::with_capacity(sums.len());
    for (index, sum) in sums.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|last| sums.get(last));
        let from = before.map_or(0, |last| last.range.end);
        let conversion = before.is_some_and(|last| converts(text, last, sum));
        let rises = before.is_some_and(|last| {
            let between = text.get(last.range.end..sum.range.start).unwrap_or_default();
            between.chars().count() <= 8 && RISES.iter().any(|word| between.contains(word))
        });
        let role = match (conversion, roles.last()) {
            (true, Some((role, _))) => *role,
            _ => role(text, from, &sum.range),
        };
        let role = match roles.last() {
            // 估值由99亿美元涨到293亿美元: the later value is the one that counts.
            Some((Role::Valuation(basis), _)) if rises => {
                let basis = *basis;
                if let Some(last) = roles.last_mut() {
                    last.0 = Role::Other;
                }
                Role::Valuation(basis)
            }
            _ => role,
        };
        roles.push((role, conversion));
    }
    roles
}

/// (约合15亿美元), 折合人民币3亿元.
fn converts(text: &str, last: &Read, sum: &Read) -> bool {
    let between = text.get(last.range.end..sum.range.start).unwrap_or_default().trim();
    let marks = [
        "(",
        "(约",
        "(约合",
        "(折合",
        "(合",
        "(折",
        "(约为",
        "(相当于",
        ",约合",
        ",折合",
        "约合",
        "折合",
        "(即",
        "(现汇率约",
        ",合",
    ];
    last.currency != sum.currency && marks.contains(&between)
}

fn role(text: &str, from: usize, range: &Range<usize>) -> Role {
    let start = text.ceil_char_boundary(from.max(range.start.saturating_sub(REACH)));
    let lead = text.get(start..range.start).unwrap_or_default();
    let clause = lead.rfind([',', ';', '。', '、', '(']).map_or(lead, |cut| {
        lead.get(cut..).unwrap_or(lead).trim_start_matches([',', ';', '。', '、', '('])
    });
    let tail = text.get(range.end..).unwrap_or_default();
    let tail = tail.trim_start().strip_prefix('的').unwrap_or(tail.trim_start());
    let after = AFTER
        .iter()
        .find(|(_, words)| words.iter().any(|word| tail.starts_with(word)))
        .map(|(word, _)| *word);
    let mut nearest = None;
    let mut basis = Basis::Unspecified;
    for word in BEFORE_WORDS.find(clause).map(|hit| hit.label) {
        match word {
            Word::Pre => basis = Basis::Pre,
            Word::Post => basis = Basis::Post,
            _ => {}
        }
        if word == Word::Deal && nearest == Some(Word::Cumulative) {
            // 累计融资4亿元 is still a total.
        } else if !matches!(word, Word::Pre | Word::Post) {
            nearest = Some(word);
        } else if nearest.is_none() {
            nearest = Some(Word::Valuation);
        }
    }
    if tail.starts_with("投后") || tail.starts_with("估值(投后") {
        basis = Basis::Post;
    } else if tail.starts_with("投前") {
        basis = Basis::Pre;
    }
    // What stands right behind a sum tells more than what stands before it; a total stays one.
    match after {
        Some(Word::Valuation | Word::Pre | Word::Post) => return Role::Valuation(basis),
        Some(Word::Other) => return Role::Other,
        Some(Word::Deal) if nearest != Some(Word::Cumulative) => return Role::Plain,
        Some(Word::Deal | Word::Cumulative) | None => {}
    }
    if is_contingent(clause, tail) {
        return Role::Other;
    }
    match nearest {
        Some(Word::Cumulative) if sums_up_price(clause) => Role::Plain,
        Some(Word::Valuation) if is_peak(clause) => Role::Other,
        Some(Word::Valuation) if is_price(text, range, clause, tail) => Role::Plain,
        Some(Word::Valuation | Word::Pre | Word::Post) => Role::Valuation(basis),
        Some(Word::Cumulative) => Role::Cumulative,
        Some(Word::Other) => Role::Other,
        Some(Word::Deal) | None => Role::Plain,
    }
}

/// 另行支付不高于2000万美元的或有对价: may never be paid, and is no part of the price.
fn is_contingent(clause: &str, tail: &str) -> bool {
    const MAY_BE: &[&str] =
        &["或有对价", "或有代价", "业绩对价", "里程碑付款", "里程碑款", "留任奖金"];
    ["另行支付", "额外支付", "另支付", "再支付", "或有对价", "里程碑付款"]
        .iter()
        .any(|word| clause.contains(word))
        || MAY_BE.iter().any(|word| tail.starts_with(word))
}

/// 授权费加上留任奖金总计约14亿美元: all that is paid.
fn sums_up_price(clause: &str) -> bool {
    ["授权费", "许可费", "对价", "价款", "收购价", "作价"].iter().any(|word| clause.contains(word))
        && ["总计", "合计", "共计", "总共"].iter().any(|word| clause.contains(word))
}

/// 市值一度破3000亿元: where the shares stood for a moment is no value of a deal.
fn is_peak(clause: &str) -> bool {
    clause.contains("市值")
        && ["一度", "盘中", "最高", "曾", "蒸发", "缩水", "跌破"]
            .iter()
            .any(|word| clause.contains(word))
}

/// 完成收购甲,价值277亿美元; 价值430亿美元的并购: what a purchase is worth is its price.
fn is_price(text: &str, range: &Range<usize>, clause: &str, tail: &str) -> bool {
    let deal = ["交易", "收购", "并购", "买卖", "股票", "股份", "股权", "老股", "旧股"];
    let of_a_deal = deal.iter().any(|word| tail.starts_with(word));
    let before = text.get(..range.start).unwrap_or(text);
    let opens = clause.starts_with("价值") || clause.starts_with("总价值");
    clause.contains("价值")
        && !clause.contains("估值")
        && (of_a_deal || opens && before.contains("收购") && !before.contains("估值"))
}

/// Words around a number without currency that make it a sum.
const MONEY_BEFORE: &[&str] = &[
    "资", "融", "募", "筹", "投", "砸", "掷", "揽", "额", "金", "获", "拿", "购", "价", "贷", "借",
    "成", "涉", "值", "现", "约", "下", "超", "逾", "近", "轮", "达", "得", "集", "款", "吸",
];
const MONEY_AFTER: &[&str] = &[
    "融资", "估值", "投资", "收购", "入股", "资金", "天使", "a轮", "b轮", "c轮", "d轮", "pre",
    "战略", "买", "现金", "注资", "贷款", "级",
];

/// Whether a number without currency is one of money: 筹3.2亿, 1亿融资.
pub(super) fn speaks_of_money(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default().trim_end();
    let tail = text.get(range.end..).unwrap_or_default();
    let closed =
        tail.is_empty() || tail.starts_with([',', '。', ' ', ';', '!', '?', ')', '、', '\n', '的']);
    let words = text.get(range.clone()).unwrap_or_default();
    MONEY_AFTER.iter().any(|word| tail.starts_with(word) || words.ends_with(word))
        || (MONEY_BEFORE.iter().any(|word| before.ends_with(word)) && closed)
}

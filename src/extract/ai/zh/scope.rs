//! Of whom a Chinese word about AI speaks: of the company at hand, of something added to its
//! product, or of others that stand beside it.

use crate::extract::ai::Strength;

/// What moves everybody, or many at once.
const CROWD: &[&str] = &[
    "热潮",
    "浪潮",
    "狂潮",
    "概念股",
    "概念板块",
    "竞赛",
    "泡沫",
    "时代",
    "板块",
    "巨头",
    "热度",
    "风口",
    "产业论坛",
    "大会",
    "峰会",
    "资讯",
    "需求",
    "领域的基金",
    "投资机构",
    "主题基金",
    "产业基金",
    "创业大赛",
];

/// Companies of which several are spoken of.
const FIRMS: &[&str] =
    &["公司", "企业", "厂商", "实验室", "创业公司", "独角兽", "客户", "中心", "初创"];

/// Words before the term that say that it is another's.
const OTHERS: &[&str] = &[
    "客户包括",
    "客户有",
    "客户为",
    "客户涵盖",
    "客户覆盖",
    "客户中",
    "竞争对手",
    "对手包括",
    "曾投",
    "投出",
    "投过",
    "投资过",
    "投资了多家",
    "转型",
    "受益于",
    "得益于",
    "随着",
    "同日",
    "同期",
    "同一天",
    "多家",
    "数家",
    "几家",
    "众多",
    "一批",
    "各大",
];

/// Words before the term by which it comes to a product that is there; 用AI批改作业 may be all that a
/// company does, and describes it.
const USES: &[&str] = &[
    "引入", "应用", "接入", "上线", "新增", "加大", "搭载", "加入", "尝试", "探索", "拥抱", "推出",
    "布局", "打通", "部署",
];

/// A thing that is added to a product.
const FEATURES: &[&str] = &["功能", "助手", "推荐", "插件", "客服功能", "模块"];

/// Terms that name no product of their own.
fn is_bare(term: &str) -> bool {
    matches!(
        term,
        "ai" | "人工智能"
            | "人工智慧"
            | "大模型"
            | "大语言模型"
            | "chatgpt"
            | "gpt"
            | "生成式"
            | "机器学习"
            | "智能体"
            | "agent"
    )
}

/// How strongly a term describes the company beside it; `None` where it speaks of others.
pub(super) fn of(words: &str, start: usize, end: usize) -> Option<Strength> {
    let term = words.get(start..end)?;
    let head = words.get(..start).unwrap_or_default();
    let tail = words.get(end..).unwrap_or_default();
    let head = head
        .rfind([',', ';', '。', ':', '('])
        .map_or(head, |cut| head.get(cut + 1..).unwrap_or(head));
    let tail =
        tail.find([',', ';', '。', ':', ')']).map_or(tail, |cut| tail.get(..cut).unwrap_or(tail));
    let before = last(head, 12);
    let after = first(tail, 8);
    let quoted = head.ends_with(['“', '「', '"', '『', '\''])
        && tail.find(['”', '」', '"', '』', '\'']).is_some_and(|close| close <= 6)
        && !tail.starts_with(['”', '」', '"', '』']);
    // “AI茶”连锁品牌: part of a name or a catchword.
    if quoted && is_bare(term) && !FIRMS.iter().any(|firm| tail.contains(firm)) {
        return None;
    }
    let focused = ["专注", "聚焦", "关注", "投向"].iter().any(|word| before.contains(word));
    if focused
        && ["基金", "资本", "创投", "投资机构", "投资人"]
            .iter()
            .any(|word| first(tail, 10).contains(word))
    {
        return None;
    }
    if CROWD.iter().any(|crowd| first(tail, 6).contains(crowd)) {
        return None;
    }
    if OTHERS.iter().any(|other| last(head, 16).contains(other)) {
        return None;
    }
    // 客户包括智算中心, 向大模型公司出租.
    let sells = ["向", "为", "服务"].iter().any(|word| last(head, 5).contains(word));
    if sells && is_bare(term) && FIRMS.iter().any(|firm| first(tail, 4).contains(firm)) {
        return None;
    }
    if !is_bare(term) {
        return Some(Strength::Strong);
    }
    let used = USES.iter().any(|word| before.contains(word))
        || FEATURES.iter().any(|word| after.contains(word));
    Some(if used { Strength::Used } else { Strength::Strong })
}

/// The last characters of some words.
pub(super) fn last(words: &str, count: usize) -> &str {
    let at = words.char_indices().rev().nth(count.saturating_sub(1)).map_or(0, |(at, _)| at);
    words.get(at..).unwrap_or(words)
}

/// The first characters of some words.
fn first(words: &str, count: usize) -> &str {
    let at = words.char_indices().nth(count).map_or(words.len(), |(at, _)| at);
    words.get(..at).unwrap_or(words)
}

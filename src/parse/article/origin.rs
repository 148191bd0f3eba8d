//! Whose text an article is: the agency or outlet that a copy names as its source.
//!
//! A wire story appears under fifty mastheads; what they all say is told once. An outlet that names
//! itself says nothing.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::wire;

use super::super::text;

/// What stands behind `来源：` and names nobody.
const NOBODY: &[&str] = &[
    "网络",
    "互联网",
    "网页",
    "本站",
    "本网",
    "本报",
    "原创",
    "综合",
    "综合整理",
    "网络整理",
    "自媒体",
    "公众号",
    "官网",
    "公开资料",
    "其他",
    "未知",
    "投稿",
    "供图",
    "图虫",
    "视觉中国",
];

/// How far from an end of the text its source is named.
const LINES: usize = 3;

/// A longer name is a sentence.
const LONGEST_NAME: usize = 40;

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("a constant pattern"));
    };
}

// （新华社北京11月24日电, 财联社11月24日讯
pattern!(
    DATELINE_ZH,
    r"^[\s（(【\[]*(\p{Han}{1,6}?(?:社|网|網|财经|財經|日报|日報|证券报|證券報)|路透|彭博)[^\s，。：]{0,10}?(?:\d{1,2}月)?\d{1,2}日\s?(?:电|電|讯|訊|消息)"
);
// SAN FRANCISCO, Nov 24 (Reuters) - …; LYON, France--(BUSINESS WIRE)--…; /PRNewswire/ --
pattern!(
    DATELINE_EN,
    r"(?i)^.{0,80}?(?:\((reuters|ap|afp|bloomberg|dpa|xinhua|dow jones|business wire|globe newswire|globenewswire|access newswire|accesswire|kyodo|yonhap|ein presswire|newsfile corp\.)\)|/(prnewswire)[^/]{0,20}/)\s*[-–—]"
);
pattern!(
    APPEARED,
    r"(?i)\bthis (?:story|article|report|piece|post|content|release)\s(?:was\s)?(?:first\s|originally\s|previously\s)(?:appeared|published|ran|posted)\s(?:on|in|by|at)\s(?:the website of\s)?([^.,;()\n]{2,60})"
);
pattern!(
    LABEL_EN,
    r"(?i)^\W{0,3}(?:source|via|from|syndicated from|provided by|by way of)\s*[:：]?\s(?:the\s)?([^.,;:()|\n]{2,40})\W{0,2}$"
);
pattern!(
    LABEL_ZH,
    r"(?:^|[^\p{Han}])(?:(?:稿件|文章|信息|新闻|消息|内容|原文)?(?:来源|來源|出处)(?:于|於|自)?\s*[:：/｜|]|(?:本文|文章|内容)?(?:转载自|轉載自|转自|轉自|摘自)\s*[:：]?|本文(?:首发于|来自|來自|刊于)\s*[:：]?)\s*(?:微信)?(?:公众号|公眾號)?\s*[:：]?\s*[“「《『\x22]?([\p{Han}A-Za-z0-9][\p{Han}A-Za-z0-9·.\-]*(?: [A-Za-z][A-Za-z0-9.]*){0,3})"
);

/// The source that a text names at its head or foot: an agency in one spelling, others as printed.
///
/// `near` are lines that a page shows beside the text; `own` are names of the outlet itself.
pub(crate) fn of_text(text: &str, near: &[&str], own: &[&str]) -> Option<String> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let head = lines.iter().take(LINES);
    let foot = lines.iter().rev().take(LINES);
    let dateline = head.clone().find_map(|line| by_dateline(line));
    let labelled = || near.iter().chain(foot).chain(head).find_map(|line| by_label(line));
    dateline.or_else(labelled).filter(|told| !own.iter().any(|own| same(own, told)))
}

/// The source that a page's data name, if it is another than the outlet.
pub(crate) fn named(name: &str, own: &[&str]) -> Option<String> {
    let told = known(name);
    let is_name = !told.is_empty() && told.chars().count() <= LONGEST_NAME;
    Some(told).filter(|told| is_name && !own.iter().any(|own| same(own, told)))
}

/// Whether a name is that of an agency or a release service.
pub(crate) fn is_wire(name: &str) -> bool {
    wire::shown(name).is_some()
}

fn by_dateline(line: &str) -> Option<String> {
    let name = match (DATELINE_ZH.captures(line), DATELINE_EN.captures(line)) {
        (Some(found), _) => found.get(1)?.as_str().to_owned(),
        (None, Some(found)) => found.get(1).or_else(|| found.get(2))?.as_str().to_owned(),
        (None, None) => return None,
    };
    Some(known(&name))
}

fn by_label(line: &str) -> Option<String> {
    if let Some(found) = LABEL_ZH.captures(line) {
        return Some(known(found.get(1)?.as_str())).filter(|told| is_outlet(told));
    }
    let (found, only_wires) = match (APPEARED.captures(line), LABEL_EN.captures(line)) {
        (Some(found), _) => (found, false),
        (None, Some(found)) => (found, true),
        (None, None) => return None,
    };
    let name = found.get(1)?.as_str().trim().trim_start_matches("the ").trim_start_matches("The ");
    if only_wires && !is_wire(name) {
        return None;
    }
    Some(known(name)).filter(|told| is_outlet(told))
}

fn is_outlet(name: &str) -> bool {
    let chars = name.chars().count();
    (2..=LONGEST_NAME).contains(&chars)
        && !NOBODY.iter().any(|nobody| name.starts_with(nobody))
        && !name.chars().all(|c| c.is_ascii_digit())
}

/// The one spelling of a wire's name; others as they stand.
fn known(name: &str) -> String {
    let name = text::line(name);
    let name = name.trim_matches(|c: char| "“”「」《》『』\"' ".contains(c));
    wire::shown(name).map_or_else(|| name.to_owned(), str::to_owned)
}

/// Whether an outlet's own name and a told one are the same: 示例网 and 示例网财经 are.
fn same(own: &str, told: &str) -> bool {
    let fold = |name: &str| -> String {
        name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let (own, told) = (fold(&known(own)), fold(told));
    !own.is_empty() && !told.is_empty() && (own.starts_with(&told) || told.starts_with(&own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let told = of_text(text, &[], &["Example News", "示例网"]);
        assert_eq!(told.as_deref(), expected, "in: {text}");
    }

    #[test]
    fn a_dateline_names_the_agency() {
        check("LYON, Nov 24 (Reuters) - Tessel said on Tuesday", Some("Reuters"));
        check("LYON, France--(BUSINESS WIRE)--Tessel", Some("Business Wire"));
        check("LYON, Nov. 24, 2026 /PRNewswire/ -- Tessel", Some("PR Newswire"));
        check("LYON, Nov. 24 (GLOBE NEWSWIRE) -- T", Some("GlobeNewswire"));
        check("LYON (AP) — The company", Some("Associated Press"));
        check("新华社杭州11月24日电（记者王一）示例", Some("新华社"));
        check("【财联社11月24日讯】示例智能宣布", Some("财联社"));
        check("（中央社记者王一台北24日電）示例", Some("中央社"));
        check("路透北京11月24日电 - 示例智能", Some("Reuters"));
        check("LYON, Nov. 24, 2026 (ACCESS Newswire) -- T", Some("ACCESS Newswire"));
        check("财联社11月24日电，示例智能宣布", Some("财联社"));
    }

    #[test]
    fn a_label_names_the_outlet() {
        check("正文。\n来源：新华社", Some("新华社"));
        check("正文。\n（文章来源：北岭日报）", Some("北岭日报"));
        check("本文转载自微信公众号“言山观察”，作者：李明\n正文。", Some("言山观察"));
        check("Text.\nThis story originally appeared on Harbour Post.", Some("Harbour Post"));
        check("Text.\nvia Reuters", Some("Reuters"));
        check("Source: PR Newswire\nText.", Some("PR Newswire"));
    }

    #[test]
    fn whoever_names_itself_or_nobody_is_no_copy() {
        for text in [
            "正文。\n来源：示例网",
            "正文。\n来源：网络",
            "来源：综合整理\n正文。",
            "This story was first published by Example News.",
            "Source: people who know the company\nText.",
            "资金来源：自有资金和银行贷款",
            "据路透社报道，示例智能正在洽谈融资。",
            "Tessel told Reuters that it had raised money.",
        ] {
            check(text, None);
        }
    }
}

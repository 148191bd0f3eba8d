//! What a Chinese name looks like, and what only looks like one.

mod generic;
mod words;

use crate::domain::Span;
use crate::extract::segment::ordinary;
use crate::extract::segment::ordinary::Make;
use crate::extract::text::Text;

use generic::GENERIC;
use generic::NO_COMPANY;
use words::AI;
use words::CITIES;
use words::CORPORATE;
use words::FUNDS;
use words::OF_COMPANIES;

pub(super) use words::DESCRIBES;
pub(super) use words::STANDS_ALONE;
pub(super) use words::SUFFIXES;

/// Particles that can also be the first character of a name.
pub(super) const WEAK_FIRST: &str =
    "中前后时无可有会能要里内起提并添投传指更都才含需想以从为对向和正将元达超万亿同商厂上跟之出";

/// Characters that cling to a name where no word of the lexicon parts them.
pub(super) const STRAY: &str =
    "后前时中又再正已将并等在让使与和及对为由被也还虽则才都均就且从向于把给拟称说";

/// Particles that can also stand inside a name.
pub(super) const WEAK_INSIDE: &str = "之中无可时能起同万传商里内会后前";

pub(super) fn is_city(word: &str) -> bool {
    CITIES.contains(word)
}

/// Whether the words are what companies end in, and nothing more.
pub(super) fn is_ending(words: &str) -> bool {
    CORPORATE.contains(words) || matches!(words, "技术" | "电脑" | "集团公司" | "平台")
}

/// 京东健康, 腾讯音乐: a company of its own, named after its owner.
pub(super) fn is_branch(words: &str) -> bool {
    matches!(
        words,
        "健康"
            | "音乐"
            | "金融"
            | "支付"
            | "游戏"
            | "生命科学"
            | "工业"
            | "智联"
            | "智行"
            | "生态"
    )
}

pub(super) fn has_corporate_suffix(words: &str) -> bool {
    CORPORATE.ends(words)
        && CORPORATE.words().iter().any(|ending| {
            words.strip_suffix(ending).is_some_and(|head| {
                head.chars().count() >= 2 || (head.chars().count() == 1 && ending.len() > 6)
            })
        })
}

/// 帕西尼感知科技: ordinary words with an ending that only companies have.
pub(super) fn ends_as_company(words: &str) -> bool {
    (5..=9).contains(&words.chars().count()) && OF_COMPANIES.ends(words)
}

/// Whether the ending makes a company: 禾灵机器人 is one, 搬运机器人 is a machine.
pub(super) fn is_company_by_suffix(words: &str) -> bool {
    if !CORPORATE.ends(words) {
        return false;
    }
    let head = CORPORATE
        .words()
        .iter()
        .filter_map(|ending| words.strip_suffix(ending))
        .min_by_key(|head| head.len());
    let Some(head) = head else { return false };
    match ordinary::make(head) {
        Make::Coined => head.chars().count() <= 8,
        Make::Half | Make::Word => OF_COMPANIES.ends(words),
        Make::Words => false,
    }
}

/// 九安医疗, 中控技术: one word and what companies also end in; enough beside other evidence.
pub(super) fn has_company_suffix_on_a_word(words: &str) -> bool {
    const OTHERS: &[&str] = &["技术", "矿业", "锂业", "化学", "材料"];
    if !CORPORATE.ends(words) && !OTHERS.iter().any(|ending| words.ends_with(ending)) {
        return false;
    }
    CORPORATE.words().iter().chain(OTHERS).any(|ending| {
        words.strip_suffix(ending).is_some_and(|head| {
            matches!(ordinary::make(head), Make::Word | Make::Half) && head.chars().count() == 2
        })
    }) && !GENERIC.contains(words)
}

/// Whether the ending is as often that of a product: 芯片, 机器人, 数据.
pub(super) fn is_product_like(words: &str) -> bool {
    [
        "芯片",
        "机器人",
        "软件",
        "硬件",
        "数据",
        "系统",
        "服务",
        "模型",
        "ai",
        "智能体",
        "引擎",
        "云",
        "电子",
        "存储",
        "应用",
        "社区",
    ]
    .iter()
    .any(|ending| words.ends_with(ending))
}

/// 青桐资本连续第三次: a name that ends as companies do, and ordinary words behind it.
pub(super) fn to_suffix(text: &Text, span: Span) -> Span {
    let name = text.of(span);
    if name.chars().count() < 6 || CORPORATE.ends(name) || !OF_COMPANIES.within(name) {
        return span;
    }
    let words = ordinary::words(name);
    let ends = words
        .iter()
        .skip(1)
        .filter(|word| name.get((*word).clone()).is_some_and(|word| OF_COMPANIES.contains(word)));
    for word in ends {
        let (Some(head), Some(tail)) = (name.get(..word.end), name.get(word.end..)) else {
            continue;
        };
        let plain = !matches!(ordinary::make(tail), Make::Coined);
        if plain && is_company_by_suffix(head) {
            return text.span(span.start(), span.start() + word.end).unwrap_or(span);
        }
    }
    span
}

/// The name without the words of the language that cling to it: 接触过智言云, 容联云看过材料.
pub(super) fn core(text: &Text, span: Span) -> Span {
    let name = text.of(span);
    let words = ordinary::words(name);
    let word = |at: usize| words.get(at).and_then(|word| name.get(word.clone()));
    let loose = |at: usize| word(at).is_some_and(ordinary::is_loose);
    let Some(first) = (0..words.len()).find(|at| loose(*at) && loose(at + 1)) else { return span };
    let particle =
        |at: usize| word(at).is_some_and(|w| ordinary::is_particle(w) && !WEAK_INSIDE.contains(w));
    let start = (0..first).rev().find(|at| particle(*at)).map_or(0, |at| at + 1);
    let Some(mut end) = (first..words.len()).take_while(|at| loose(*at)).last() else {
        return span;
    };
    // What ends as a company does goes on to there.
    let suffix =
        (end + 1..words.len()).take(3).rfind(|at| word(*at).is_some_and(|w| CORPORATE.contains(w)));
    let tail = words.len() - 1 - end;
    end = match suffix {
        Some(suffix) => suffix,
        None if tail >= 2 => end,
        None => words.len() - 1,
    };
    let (Some(from), Some(to)) = (words.get(start), words.get(end)) else { return span };
    text.span(span.start() + from.start, span.start() + to.end).unwrap_or(span)
}

/// Whether the name says that it is a fund.
pub(super) fn is_fund(words: &str) -> bool {
    FUNDS.ends(words)
}

pub(super) fn speaks_of_ai(words: &str) -> bool {
    AI.within(words)
}

/// “中国版某某”, “六小虎”, “大模型第一股”: praise, not a name.
pub(super) fn is_nickname(words: &str) -> bool {
    ["中国版", "美国版", "欧洲版", "下一个"].iter().any(|start| words.starts_with(start))
        || [
            "第一股",
            "小虎",
            "小龙",
            "四小龙",
            "一哥",
            "之王",
            "之父",
            "时代",
            "战略",
            "计划",
            "模式",
            "大战",
            "泡沫",
            "梦",
            "潮",
            "热",
        ]
        .iter()
        .any(|end| words.ends_with(end))
}

/// Characters that no name holds at these places.
const BAD_FIRST: &str =
    "可者即须应让使们所们了着过吗呢吧啊的得地很最几每各某哪些么就才都更太没不到至第";
const BAD_LAST: &str = "性们了着吗呢吧啊的得地很最将已拟并还又也就且及与";

/// Whether the words can be a name at all.
pub(super) fn can_be_name(words: &str) -> bool {
    let count = words.chars().count();
    let han = words.chars().filter(|letter| *letter >= '\u{3400}').count();
    let mut letters = words.chars();
    let counts =
        letters.next().is_some_and(|first| "一二三四五六七八九十两数几百千多".contains(first))
            && letters.next().is_some_and(|second| {
                "余宗家年类个轮名次笔项位天月成倍期批支款桩周日多起场层种度分席员".contains(second)
            });
    !counts
        && (2..=24).contains(&count)
        && (han == 0 || han <= 20)
        && (han >= 2 || count >= 3)
        && !GENERIC.contains(words)
        && !NO_COMPANY.ends(words)
        && !words.starts_with(|first| BAD_FIRST.contains(first))
        && !words.ends_with(|last| BAD_LAST.contains(last))
        && !words.contains(['%', '$', '/', '\\', '@', '#', '*', '=', '~'])
}

/// Whether the words can be a name that quotes set off: 「應答如流」 is no word of the sentence.
pub(super) fn can_be_quoted(words: &str) -> bool {
    let count = words.chars().count();
    (2..=8).contains(&count)
        && words.chars().all(|letter| letter >= '\u{3400}')
        && !GENERIC.contains(words)
        && !NO_COMPANY.ends(words)
}

/// Signs that open an item of a list, and spaces.
const LIST_SIGNS: [char; 18] =
    [' ', '-', '.', '~', '■', '▷', '▶', '►', '●', '◆', '▪', '◇', '○', '★', '☆', '※', '→', '◎'];

/// Leaves out a leading measure word (家, 名) and spaces; `None` if nothing is left.
pub(super) fn trim(text: &Text, span: Span) -> Option<Span> {
    let words = text.of(span);
    // 某某科技今宣布: today, cut short.
    let today = words.strip_suffix('今').filter(|name| name.chars().count() >= 3);
    let words = today.unwrap_or(words);
    let span = text.span(span.start(), span.start() + words.len())?;
    let lead = words.len() - words.trim_start_matches(LIST_SIGNS).len();
    let trail = words.len() - words.trim_end_matches([' ', '-', '.', '~']).len();
    text.span(span.start() + lead, span.end() - trail)
}

/// 传X考虑出售…: the first character of a headline says that it is a rumour.
pub(super) fn without_rumour(text: &Text, span: Span) -> Span {
    let words = text.of(span);
    let name = words.strip_prefix('传').filter(|name| name.chars().count() >= 3);
    name.and_then(|name| text.span(span.end() - name.len(), span.end())).unwrap_or(span)
}

/// 智能科技, 网络技术: two endings side by side.
pub(super) fn is_trade(words: &str) -> bool {
    CORPORATE.words().iter().chain(["技术"].iter()).any(|ending| {
        words.strip_suffix(ending).is_some_and(|head| !head.is_empty() && is_ending(head))
    })
}

/// Whether the words end in the form of a registered company.
pub(super) fn is_registered(words: &str) -> bool {
    ["有限公司", "有限责任公司", "股份公司"].iter().any(|form| words.ends_with(form))
}

/// 宁波拓云投资合伙企业(有限合伙): a partnership, or a company that invests by its name.
pub(super) fn is_registered_fund(words: &str) -> bool {
    words.contains("合伙企业")
        || words.contains("(有限合伙)")
        || ["有限责任公司", "有限公司"].iter().any(|form| {
            words.strip_suffix(form).is_some_and(|stem| {
                let stem = stem.strip_suffix("股份").unwrap_or(stem);
                ["基金", "创业投资", "股权投资", "投资管理", "创投", "资产管理", "基金管理"]
                    .iter()
                    .any(|trade| stem.ends_with(trade))
            })
        })
}

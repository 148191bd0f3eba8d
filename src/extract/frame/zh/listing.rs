//! Shares are listed: 递表, 聆讯, 招股, 挂牌, 敲钟.

use std::ops::Range;

use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::lexicon::list::List;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::segment::Class;
use crate::extract::status::Cue;
use crate::extract::text::Place;

use super::scene::Is;
use super::scene::Scene;

/// Words that say a listing by themselves.
const STRONG: &[&str] = &[
    "上市",
    "挂牌",
    "挂牌上市",
    "登录兴柜",
    "登兴柜",
    "登陆兴柜",
    "上兴柜",
    "兴柜挂牌",
    "兴柜",
    "上柜",
    "挂牌上柜",
    "上柜挂牌",
    "登陆",
    "登上",
    "登陆港股",
    "敲钟",
    "招股",
    "递表",
    "递交招股书",
    "递交上市申请",
    "ipo",
    "聆讯",
    "通过聆讯",
    "过会",
    "上市申请",
    "上市辅导",
    "辅导备案",
    "上市备案",
    "首次公开募股",
    "首次公开招股",
    "启动招股",
    "秘密递表",
    "二次递表",
    "赴港上市",
    "赴美上市",
    "赴港ipo",
    "上会",
    "公开发售",
    "全球发售",
    "定价",
    "首日",
    "借壳上市",
    "送表",
    "交表",
    "双重上市",
    "注册生效",
    "注册获批",
    "发行价",
    "申购",
];

/// Words that say the shares trade.
const TRADING: &[&str] = &[
    "敲钟",
    "首日",
    "收盘",
    "收报",
    "开盘",
    "盘中",
    "市值约",
    "总市值",
    "涨幅",
    "登陆",
    "已上市",
    "正式上市",
    "成功上市",
    "挂牌交易",
    "午间",
];

/// Where shares are listed.
const MARKETS: &[&str] = &[
    "港股",
    "港交所",
    "联交所",
    "科创板",
    "创业板",
    "北交所",
    "上交所",
    "深交所",
    "纳斯达克",
    "那斯达克",
    "纽交所",
    "资本市场",
    "美股",
    "a股",
    "主板",
    "新三板",
    "兴柜",
    "上柜",
];

/// Words that say it is under way and public.
const UNDER_WAY: &[&str] = &[
    "招股",
    "递表",
    "招股书",
    "聆讯",
    "过会",
    "发行价",
    "申购",
    "公开发售",
    "全球发售",
    "价格区间",
    "注册生效",
    "定价",
    "公告",
    "获批",
    "备案",
    "受理",
    "申请",
    "递交",
    "发售",
];

/// Words that say it is only meant.
const MEANT: &[&str] = &[
    "计划",
    "考虑",
    "筹备",
    "筹划",
    "准备",
    "冲刺",
    "冲击",
    "备战",
    "辅导",
    "有意",
    "据悉",
    "传",
    "或将",
    "打算",
    "最快",
    "启动ipo",
    "拟分拆",
    "寻求",
    "洽谈",
];

/// Appends the candidates of a sentence.
pub(super) fn read(scene: &Scene<'_>, candidates: &mut Vec<Candidate>) {
    let mut done: Vec<String> = Vec::new();
    for clause in &scene.clauses {
        let Some(at) = clause.clone().find(|at| lists(scene, clause, *at)) else { continue };
        let owners = owners(scene, clause, at);
        if owners.is_empty() && raises(scene, clause) {
            support(scene, clause, at, candidates);
        }
        let several = owners.len() > 1;
        let all_owners = owners.clone();
        for party in owners {
            if done.contains(&party.value.name) {
                continue;
            }
            done.push(party.value.name.clone());
            let Some(item) = scene.item(at) else { continue };
            let mut candidate =
                Candidate::new(scene.sentence.index, DealKind::Ipo, item.span, "frame.zh.list");
            candidate.target = Some(party.clone());
            candidate.status = status(scene, clause, at);
            let traded = candidate
                .status
                .as_ref()
                .is_some_and(|status| status.value == DealStatus::Completed);
            let words = scene.clause_text(clause);
            // 接连两天,乙和甲在港股IPO, under a headline on 甲.
            let titled = |name: &str| {
                let titles = scene.text.sentences().iter();
                titles
                    .take_while(|sentence| sentence.place == Place::Title)
                    .any(|sentence| scene.text.of(sentence.span).contains(name))
            };
            let beside = several
                && traded
                && !titled(scene.text.of(party.span))
                && all_owners.iter().any(|other| titled(scene.text.of(other.span)));
            let own = several && titled(scene.text.of(party.span));
            candidate.past = beside
                || traded
                    && !own
                    && !candidates.is_empty()
                    && (several
                        || ["已", "先后", "相继", "此前", "同业", "继"]
                            .iter()
                            .any(|word| words.contains(word)));
            if !several {
                fill(scene, clause, &mut candidate);
            }
            candidates.push(candidate);
        }
    }
    if done.is_empty()
        && let Some(first) = cornerstones(scene).first()
        && let Some(at) = scene.items.iter().position(|item| item.span == first.span)
    {
        let clause = scene.clauses.iter().find(|clause| clause.contains(&at)).cloned();
        support(scene, &clause.unwrap_or(at..at + 1), at, candidates);
        return;
    }
    // Shares that a listed company places raise money for it, and are no listing.
    let words = scene.text.of(scene.sentence.span);
    let places = || {
        ["配售", "配股", "增发", "定增"].iter().any(|word| words.contains(word))
            && !["超额配售", "上市", "ipo", "招股"].iter().any(|word| words.contains(word))
    };
    // A Pre-IPO轮 is a round.
    let before_listing = words.contains("pre-ipo") && !words.replace("pre-ipo", "").contains("ipo");
    if done.is_empty() && !before_listing && CONTEXT.within(words) && !places() {
        let told = scene.clauses.iter().find(|clause| {
            raises(scene, clause)
                && !(*clause).clone().any(|at| {
                    matches!(
                        scene.item(at).map(|item| item.is),
                        Some(Is::Round(_) | Is::Word(Class::Lead))
                    )
                })
        });
        if let Some(clause) = told
            && let Some(at) = (*clause)
                .clone()
                .find(|at| matches!(scene.item(*at).map(|item| item.is), Some(Is::Sum(_))))
        {
            support(scene, clause, at, candidates);
        }
    }
}

/// Words that put a sum raised into a listing.
static CONTEXT: List = List::new(&[
    "发售",
    "招股",
    "每股",
    "上市",
    "挂牌",
    "纳斯达克",
    "那斯达克",
    "保荐",
    "所得款项",
    "募集资金总额",
    "本次发行",
    "ipo",
    "超额配售",
    "新股",
]);

/// What a clause without a name adds to the listing spoken of.
fn support(scene: &Scene<'_>, clause: &Range<usize>, at: usize, candidates: &mut Vec<Candidate>) {
    let Some(item) = scene.item(at) else { return };
    let mut candidate =
        Candidate::new(scene.sentence.index, DealKind::Ipo, item.span, "frame.zh.list");
    candidate.supports_only = true;
    fill(scene, clause, &mut candidate);
    candidates.push(candidate);
}

/// Words that say that nobody lists anything: 短期内不着急上市.
const NOT_MEANT: &[&str] = &[
    "不着急",
    "不急",
    "无意",
    "暂不",
    "暂无",
    "尚无",
    "没有",
    "并无",
    "不会",
    "不考虑",
    "不打算",
    "不寻求",
    "无上市",
    "不追求",
    "没想过",
    "未有",
];

/// Whether the word here says a listing: not 上市公司, 上市前, 非上市, 新品上市.
fn lists(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> bool {
    if scene.class(at) != Some(Class::List) || !STRONG.contains(&scene.words(at)) {
        return false;
    }
    let word = scene.words(at);
    let words = scene.clause_text(clause);
    let next = scene.words(at + 1);
    let before = at.checked_sub(1).map_or("", |before| scene.words(before));
    let other = [
        "上市前",
        "来自上市",
        "上市募资",
        "投过的",
        "上市以来",
        "上市后",
        "上市以前",
        "目标",
        "ipo前",
        "未上市",
        "非上市",
        "ipo热",
        "ipo早知道",
    ]
    .iter()
    .any(|word| words.contains(word));
    let goods =
        ["新品", "新机", "新车", "新药", "药品", "药物"].iter().any(|word| words.contains(word));
    let place = MARKETS.iter().any(|market| words.contains(market));
    let not_meant = scene.item(at).is_some_and(|item| {
        let start =
            clause.clone().find_map(|first| scene.item(first)).map(|first| first.span.start());
        let head = start.and_then(|start| scene.text.str().get(start..item.span.end()));
        head.is_some_and(|head| NOT_MEANT.iter().any(|word| head.contains(word)))
    });
    if not_meant {
        return false;
    }
    match word {
        "登陆" | "登上" => place,
        "上市" => {
            !other
                && !goods
                && !matches!(next, "公司" | "前" | "后")
                && !matches!(before, "未" | "非")
        }
        // 港股募资62亿港元,首日破发.
        "首日" => ["破发", "收涨", "收跌", "上涨", "下跌", "大涨", "涨", "跌", "挂牌"]
            .iter()
            .any(|word| words.contains(word)),
        // 甲定价56.80港元 募资约148亿港元.
        "定价" => {
            let sentence = scene.text.of(scene.sentence.span);
            words.contains('元')
                && ["募资", "招股", "发售", "集资", "ipo", "新股"]
                    .iter()
                    .any(|word| sentence.contains(word))
                && !["配售", "增发", "可转债"].iter().any(|word| sentence.contains(word))
        }
        "发行价" | "申购" | "公开发售" | "全球发售" => {
            let range = 0..scene.items.len();
            words.contains("每股")
                || words.contains('元')
                || scene.clause_text(&range).contains("上市")
        }
        _ => !other,
    }
}

/// The companies that list: the names before the word, else the subject of the sentence.
fn owners<'f>(scene: &Scene<'f>, clause: &Range<usize>, at: usize) -> Vec<&'f Found<Party>> {
    // 两家已上市 names nobody.
    let counted = (clause.start..at).any(|at| {
        matches!(scene.item(at).map(|item| item.is), Some(Is::Number))
            && scene.words(at).ends_with(['家', '只', '宗', '起'])
            || matches!(
                scene.words(at),
                "两家" | "三家" | "多家" | "几家" | "数家" | "四家" | "五家"
            )
    });
    let words = scene.clause_text(clause);
    let counted = counted
        || ["余家", "多家", "数家", "几家", "两家", "谁先", "只新股", "多少"]
            .iter()
            .any(|word| words.contains(word));
    if counted {
        return Vec::new();
    }
    let names = |range: Range<usize>| -> Option<Vec<&'f Found<Party>>> {
        let group = scene.groups_in(&range).find(|group| {
            !placed(scene, group.items.start)
                && (!(group.items.end..range.end).any(|at| scene.class(at) == Some(Class::Of))
                    || applies(scene, group.items.end, range.end))
        })?;
        let names: Vec<_> = group
            .parties
            .iter()
            .copied()
            .filter(|party| party.value.is_name() && party.value.kind != PartyKind::Person)
            .collect();
        (!names.is_empty()).then_some(names)
    };
    // 甲拟分拆乙上市: the one that is parted off.
    let parted = (clause.start..at).find(|at| scene.words(*at).ends_with("分拆"));
    parted
        .and_then(|from| names(from + 1..at))
        .or_else(|| names(clause.start..at))
        .or_else(|| {
            scene
                .clauses
                .iter()
                .filter(|before| before.end <= clause.start)
                .rev()
                .take(3)
                .find_map(|before| names(before.clone()))
        })
        .or_else(|| names(at + 1..clause.end))
        .unwrap_or_default()
}

/// 甲的科创板上市申请: nothing but the market stands behind 的.
fn applies(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    scene.class(from) == Some(Class::Of)
        && (from + 1..to).all(|at| {
            matches!(scene.class(at), Some(Class::Place | Class::List)) || scene.words(at) == "主板"
        })
}

/// 在X, 向X, 与X: not the one that lists.
fn placed(scene: &Scene<'_>, start: usize) -> bool {
    start.checked_sub(1).is_some_and(|at| {
        matches!(scene.words(at), "在" | "于" | "向" | "与" | "由" | "被" | "继" | "对")
    })
}

fn status(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> Option<Found<DealStatus>> {
    let sentence = scene.text.of(scene.sentence.span);
    let words = scene.clause_text(clause);
    let has = |list: &[&str], text: &str| list.iter().any(|word| text.contains(word));
    let future = scene.date_in(clause).is_some_and(|date| date.value.future);
    let ended = scene.facts.cues.iter().any(|cue| cue.value == Cue::Terminated);
    let before = scene
        .clauses
        .iter()
        .rfind(|before| before.end <= clause.start)
        .map_or("", |before| scene.clause_text(before));
    let talks = words.contains('拟')
        || before.contains('拟')
        || words.contains("将于")
        || words.contains("将在");
    let status = if ended {
        DealStatus::Terminated
    } else if has(MEANT, words) {
        DealStatus::InTalks
    } else if future || talks || (has(UNDER_WAY, sentence) && !has(TRADING, sentence)) {
        DealStatus::Announced
    } else {
        DealStatus::Completed
    };
    scene.found(status, at, "status.zh.listing")
}

/// 募资近80亿元, 市值2822亿元, 基石投资者.
fn fill(scene: &Scene<'_>, clause: &Range<usize>, candidate: &mut Candidate) {
    scene.take_sums(clause, candidate, raises(scene, clause));
    for other in scene.clauses.iter().filter(|other| *other != clause) {
        scene.take_sums(other, candidate, raises(scene, other));
    }
    // What is left after costs, where nothing else is told.
    if candidate.amount.is_none() {
        for other in &scene.clauses {
            let words = scene.clause_text(other);
            let net = ["募资净额", "集资净额", "募集净额", "款项净额"];
            scene.take_sums(other, candidate, net.iter().any(|word| words.contains(word)));
        }
    }
    for party in cornerstones(scene) {
        if candidate.target.as_ref().is_none_or(|target| target.value.name != party.value.name) {
            candidate.investors.push(Backer { party: party.clone(), lead: false });
        }
    }
}

/// The word for those who buy shares before a listing.
pub(super) const CORNERSTONES: &str = "基石";

/// 基石投资者含甲、乙: in the clause of 基石, or in the next one if it goes on with 有 or 含.
fn cornerstones<'f>(scene: &Scene<'f>) -> Vec<&'f Found<Party>> {
    let Some(place) =
        scene.clauses.iter().position(|clause| scene.clause_text(clause).contains(CORNERSTONES))
    else {
        return Vec::new();
    };
    let goes_on = |clause: &&Range<usize>| {
        ["含", "有", "包括", "包含", "分别为", "为", "如"]
            .iter()
            .any(|word| scene.clause_text(clause).starts_with(word))
    };
    let next = scene.clauses.get(place + 1).filter(goes_on);
    scene
        .clauses
        .get(place)
        .into_iter()
        .chain(next)
        .flat_map(|clause| scene.groups_in(clause))
        .flat_map(|group| group.parties.iter().copied())
        .filter(|party| party.value.is_name())
        .collect()
}

fn raises(scene: &Scene<'_>, clause: &Range<usize>) -> bool {
    let words = scene.clause_text(clause);
    let sum =
        clause.clone().any(|at| matches!(scene.item(at).map(|item| item.is), Some(Is::Sum(_))));
    sum && ["募", "筹", "集资", "拟融资", "发行规模", "所得款项"]
        .iter()
        .any(|word| words.contains(word))
        && !words.contains("净额")
        && !words.contains("基石")
        && !words.contains("认购")
}

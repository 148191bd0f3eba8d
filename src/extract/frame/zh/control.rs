//! The company changes hands: 收购, 被并购, 出售给, 合并, 团队加入加授权.

use std::ops::Range;

use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::party::Reference;
use crate::extract::segment::Class;
use crate::extract::text::Place;

use super::scene::Group;
use super::scene::Is;
use super::scene::Scene;

/// Verbs that say a purchase of a company only with a price or a share beside them.
const WEAK: &[&str] = &[
    "重组", "取得", "并", "买", "接手", "出价", "买入", "购买", "购入", "拿来", "收下", "纳入",
    "揽入", "收归", "并入", "求购", "接盘", "整合", "换取", "换得", "拿下", "拿到", "获得", "得到",
    "拿", "购得", "抢购",
];

/// Appends the candidates of a sentence.
pub(super) fn read(scene: &Scene<'_>, candidates: &mut Vec<Candidate>) {
    for clause in &scene.clauses {
        for at in clause.clone() {
            let candidate = match scene.class(at) {
                Some(Class::Acquire) => acquire(scene, clause, at),
                Some(Class::Finish) if takes_shares(scene, clause, at) => {
                    acquire(scene, clause, at)
                }
                Some(Class::Sell) => sell(scene, clause, at),
                Some(Class::Finish) if scene.words(at) == "吸纳" => hire(scene, clause, at),
                Some(Class::Merge) => merge(scene, clause, at),
                Some(Class::Hire) if scene.words(at).ends_with("麾下") => {
                    hire(scene, clause, at).or_else(|| acquire(scene, clause, at))
                }
                Some(Class::Hire | Class::License) => hire(scene, clause, at),
                _ => None,
            };
            candidates.extend(candidate);
        }
    }
    candidates.extend(bidders(scene));
    one_per_pair(candidates, scene.sentence.index);
}

/// 潜在买家有甲和乙: who may buy what the text says is for sale.
fn bidders(scene: &Scene<'_>) -> Option<Candidate> {
    let clause = scene.clauses.iter().find(|clause| {
        let words = scene.clause_text(clause);
        [
            "买方为",
            "买家为",
            "收购方为",
            "受让方为",
            "接盘方为",
            "买方是",
            "买家是",
            "潜在买家",
            "潜在买方",
            "潜在收购方",
            "有意买家",
            "意向买家",
            "竞购方",
            "接盘方",
        ]
        .iter()
        .any(|word| words.contains(word))
    })?;
    let bidders: Vec<Found<Party>> = scene
        .groups_in(clause)
        .flat_map(|group| group.parties.iter().copied())
        .filter(|party| is_name(party))
        .cloned()
        .collect();
    let first = bidders.first()?;
    let mut candidate =
        Candidate::new(scene.sentence.index, DealKind::Acquisition, first.span, "frame.zh.bidders");
    candidate.acquirers = bidders;
    candidate.supports_only = true;
    Some(candidate)
}

/// 拿下X部分股权, 获得49%股份.
fn takes_shares(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> bool {
    let tail = scene.clause_text(&(at..clause.end));
    let clause_words = scene.clause_text(clause);
    let bought = tail.contains("股权")
        || tail.contains("股份")
        || ["核心技术", "关键资产", "核心资产", "控制权", "控股权"]
            .iter()
            .any(|word| tail.contains(word))
        || scene.words(at) == "拿下"
            && clause
                .clone()
                .any(|at| matches!(scene.item(at).map(|item| item.is), Some(Is::Sum(_))));
    WEAK.contains(&scene.words(at))
        && bought
        && !["融资", "订单", "合同", "轮", "贷款", "投资"]
            .iter()
            .any(|word| clause_words.contains(word))
        && object(scene, clause, at).is_some_and(|party| party.value.kind != PartyKind::Investor)
}

/// 收购 and 买下 in one sentence on one company are one reading.
fn one_per_pair(candidates: &mut Vec<Candidate>, sentence: usize) {
    // Those of the sentence stand last.
    let first = candidates.iter().rposition(|c| c.sentence != sentence).map_or(0, |last| last + 1);
    let mut own = candidates.split_off(first);
    let mut seen: Vec<(String, Vec<String>, DealKind)> = Vec::new();
    own.retain(|candidate| {
        let name = |party: &Found<Party>| party.value.name.clone();
        let key = (
            candidate.target.as_ref().map(name).unwrap_or_default(),
            candidate.acquirers.iter().map(name).collect(),
            candidate.kind(),
        );
        let new = !seen.contains(&key);
        seen.push(key);
        new
    });
    candidates.append(&mut own);
}

fn new(scene: &Scene<'_>, kind: DealKind, at: usize, rule: &'static str) -> Option<Candidate> {
    Some(Candidate::new(scene.sentence.index, kind, scene.item(at)?.span, rule))
}

fn is_name(party: &Found<Party>) -> bool {
    party.value.is_name()
}

fn acquire(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> Option<Candidate> {
    let mut candidate = new(scene, DealKind::Acquisition, at, "frame.zh.acquire")?;
    if negated(scene, clause, at) {
        return None;
    }
    let passive = (clause.start..at).rev().find(|by| scene.class(*by) == Some(Class::By));
    if let Some((no, buyer)) = refused(scene, clause, at) {
        candidate.acquirers = all(Some(buyer));
        let owner = scene.groups_in(&(clause.start..no)).next_back().and_then(Group::first);
        candidate.target = match owner.filter(|party| party.value.kind != PartyKind::Person) {
            Some(owner) => Some(owner.clone()),
            None => scene.found(Party::reference("", Reference::It), at, "party.zh.reference"),
        };
        candidate.status = scene.found(DealStatus::Terminated, no, "status.zh.refused");
        // In a headline the refusal is the news, in a text it is told of the past.
        candidate.past = scene.sentence.place == Place::Body && scene.sentence.paragraph > 1;
    } else if let Some(by) = passive {
        candidate.acquirers = all(scene.groups_in(&(by + 1..at)).next());
        candidate.target =
            scene.groups_in(&(clause.start..by)).next_back().and_then(Group::first).cloned();
        if candidate.target.is_none() {
            candidate.target =
                object(scene, clause, at).or_else(|| subject_before(scene, clause)).cloned();
        }
    } else {
        let object = object(scene, clause, at);
        let toward = toward(scene, clause, at);
        let left: Vec<&Group<'_>> = scene.groups_in(&(clause.start..at)).collect();
        match (object, toward) {
            // X并入Y: the one named after the verb takes the other in.
            (Some(object), _) if scene.words(at) == "并入" => {
                candidate.target = left.last().and_then(|group| group.first()).cloned();
                candidate.target.as_ref()?;
                candidate.acquirers = vec![object.clone()];
            }
            (Some(object), _) => {
                candidate.target = Some(object.clone());
                let buyer = left
                    .iter()
                    .rev()
                    .find(|group| group.first().is_some_and(|party| party.span != object.span));
                candidate.acquirers = all(buyer.copied());
            }
            (None, Some((dui, target))) => {
                candidate.target = Some(target.clone());
                candidate.acquirers = all(scene.groups_in(&(clause.start..dui)).next_back());
            }
            (None, None) => {
                // X收购案, X收购完成: the one name is the buyer of what was told before.
                let next = scene.item(at + 1).filter(|_| at + 1 < clause.end).map(|item| item.is);
                let nominal = scene.words(at).ends_with('案')
                    || matches!(next, None | Some(Is::Word(Class::Edge | Class::Of | Class::Plan)));
                if !nominal || left.is_empty() || left.len() > 2 {
                    return None;
                }
                candidate.acquirers = all(left.first().copied());
                let priced = clause
                    .clone()
                    .any(|at| matches!(scene.item(at).map(|item| item.is), Some(Is::Sum(_))));
                if next.is_none() && priced {
                    // 出30亿美元全资收购: of the company spoken of.
                    candidate.target =
                        scene.found(Party::reference("", Reference::It), at, "party.zh.reference");
                } else {
                    candidate.supports_only = true;
                }
            }
        }
        if candidate.acquirers.is_empty()
            && let Some(subject) = subject_before(scene, clause)
            && candidate
                .target
                .as_ref()
                .is_none_or(|target| target.value.name != subject.value.name)
        {
            candidate.acquirers.push(subject.clone());
        }
        // 公司于5月11日召开董事会,同意…购买: who publishes the announcement.
        if candidate.acquirers.is_empty()
            && let Some(company) = scene.facts.parties.iter().find(|party| {
                matches!(party.value.kind, PartyKind::Refers(Reference::Company))
                    && party.span.end() <= candidate.trigger.span.start()
            })
        {
            candidate.acquirers.push(company.clone());
        }
    }
    fill(scene, clause, &mut candidate);
    let words = scene.clause_text(clause);
    let priced = candidate.amount.is_some()
        || candidate.stake.is_some()
        || ["股权", "股份", "公司", "控制权", "资产"].iter().any(|word| words.contains(word));
    if scene.words(at) == "并入"
        && merges(scene)
        && candidate.target.as_ref().is_some_and(is_name)
        && !candidate.acquirers.is_empty()
    {
        candidate.trigger.value = DealKind::Merger;
        return Some(candidate);
    }
    let weak = WEAK.contains(&scene.words(at));
    if weak && !(priced && candidate.target.as_ref().is_some_and(is_name))
        || weak && candidate.target.as_ref().is_some_and(|target| buys_goods(scene, target))
    {
        return None;
    }
    if candidate.target.is_none() && candidate.acquirers.is_empty() {
        return None;
    }
    // A name that only the verb shows, with nobody who buys and no price, is no company.
    let shown = candidate.target.as_ref().is_some_and(|target| target.rule == "party.zh.verb");
    let bare =
        candidate.acquirers.is_empty() && candidate.amount.is_none() && candidate.stake.is_none();
    if (shown && bare)
        || ["如果", "假如", "倘若", "若是", "假设", "是否", "会不会", "有没有", "不排除"]
            .iter()
            .any(|word| words.contains(word))
    {
        return None;
    }
    shape(scene, clause, at, &mut candidate);
    Some(candidate)
}

/// 两家公司合并:甲并入乙, 甲以换股方式与乙合二为一.
fn merges(scene: &Scene<'_>) -> bool {
    let sentence = scene.text.of(scene.sentence.span);
    ["合并", "换股", "合二为一", "合体"].iter().any(|word| sentence.contains(word))
        && !sentence.contains("合并报表")
}

/// 买甲的芯片, 买甲股票: what is bought is made by the company, and is not it.
fn buys_goods(scene: &Scene<'_>, target: &Found<Party>) -> bool {
    let tail = scene.text.str().get(target.span.end()..).unwrap_or_default();
    let tail = tail.trim_start_matches([' ', '的']);
    let name = scene.text.of(target.span);
    [
        "芯片",
        "晶片",
        "gpu",
        "服务器",
        "伺服器",
        "设备",
        "机器",
        "显卡",
        "算力",
        "电力",
        "产品",
        "服务",
        "股票",
        "债券",
        "处理器",
        "加速卡",
        "系统",
        "软件",
        "软体",
        "模型",
        "机器人",
        "机械人",
        "车",
        "手机",
        "硬件",
        "模组",
    ]
    .iter()
    .any(|goods| tail.starts_with(goods) || target.value.entity.is_some() && name.ends_with(goods))
}

/// 没有买下整家公司 tells what did not happen.
fn negated(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> bool {
    (at.saturating_sub(2).max(clause.start)..at)
        .any(|at| matches!(scene.words(at), "没有" | "并未" | "没" | "未" | "不" | "不会" | "无意"))
}

/// 拒绝X收购: where the refusal stands, and who wanted to buy.
fn refused<'s, 'f>(
    scene: &'s Scene<'f>,
    clause: &Range<usize>,
    verb: usize,
) -> Option<(usize, &'s Group<'f>)> {
    let no = (clause.start..verb)
        .rev()
        .find(|at| ["拒绝", "婉拒", "回绝", "谢绝", "拒绝了"].contains(&scene.words(*at)))?;
    let (start, end) = (no + 1, verb);
    let buyer =
        scene.groups.iter().find(|group| group.items.start >= start && group.items.end <= end)?;
    Some((no, buyer))
}

/// A share below half is a stake; what is bought may be a part.
fn shape(scene: &Scene<'_>, clause: &Range<usize>, at: usize, candidate: &mut Candidate) {
    let tail = scene.clause_text(&(at..clause.end));
    // 43%的股份,成为其控股股东: control needs no half.
    let control = ["控股股东", "控制权", "控股权", "实际控制", "并表", "纳入合并"]
        .iter()
        .any(|word| scene.text.of(scene.sentence.span).contains(word));
    if candidate.stake.as_ref().is_some_and(|stake| stake.value.0 < 5000)
        && !tail.contains("剩余")
        && !control
    {
        candidate.trigger.value = DealKind::InvestmentStake;
        candidate.kind_is_weak = true;
        candidate.investors =
            candidate.acquirers.drain(..).map(|party| Backer { party, lead: false }).collect();
    } else if tail.contains("团队")
        && candidate.stake.is_none()
        && !tail.contains("公司")
        && !tail.contains("股权")
    {
        candidate.trigger.value = DealKind::Acquihire;
        candidate.kind_is_weak = true;
    } else if candidate.stake.is_none()
        && ["部分股权", "少数股权", "部分股份"].iter().any(|word| tail.contains(word))
    {
        candidate.trigger.value = DealKind::InvestmentStake;
        candidate.kind_is_weak = true;
        candidate.investors =
            candidate.acquirers.drain(..).map(|party| Backer { party, lead: false }).collect();
    } else if [
        "知识产权",
        "核心资产",
        "关键资产",
        "的资产",
        "剩下的资产",
        "剩余资产",
        "的业务",
        "产品线",
        "核心技术",
    ]
    .iter()
    .any(|word| tail.contains(word))
    {
        candidate.trigger.value = DealKind::AssetPurchase;
        candidate.kind_is_weak = true;
    }
}

/// The company named after the verb: 收购以色列AI公司X, 买下Y的母公司X.
fn object<'f>(scene: &Scene<'f>, clause: &Range<usize>, verb: usize) -> Option<&'f Found<Party>> {
    let mut best: Option<(usize, &'f Found<Party>)> = None;
    let mut at = verb + 1;
    while at < clause.end {
        match scene.item(at)?.is {
            Is::Party(party) => {
                let moves = best.is_none_or(|(last, _)| {
                    owns(scene, last + 1, at) || scene.leads_on(last + 1, at)
                });
                if !moves {
                    break;
                }
                best = Some((at, party));
            }
            Is::Word(
                Class::Finish
                | Class::Say
                | Class::Raise
                | Class::Lead
                | Class::Follow
                | Class::List
                | Class::By
                | Class::Plan,
            ) if best.is_none() => {
                return None;
            }
            Is::Word(
                Class::Finish
                | Class::Say
                | Class::Raise
                | Class::Lead
                | Class::Follow
                | Class::By
                | Class::Plan,
            ) => break,
            Is::Word(Class::And) | Is::Mark('(') if best.is_some() => break,
            _ => {}
        }
        at += 1;
    }
    best.map(|(_, party)| party)
}

/// 的母公司, 旗下: the name after it is the one that is bought.
fn owns(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let between = scene.clause_text(&(from..to));
    [
        "母公司",
        "开发商",
        "旗下",
        "子公司",
        "运营商",
        "的公司",
        "团队",
        "对手",
        "劲敌",
        "同行",
        "同业",
    ]
    .iter()
    .any(|word| between.contains(word))
        && !between.contains('和')
}

/// 对X的收购: the company, and where 对 stands.
fn toward<'f>(
    scene: &Scene<'f>,
    clause: &Range<usize>,
    verb: usize,
) -> Option<(usize, &'f Found<Party>)> {
    let dui = (clause.start..verb).rev().find(|at| {
        scene.words(*at) == "对"
            || scene.words(*at) == "就"
            || scene.words(*at) == "将"
            || scene.words(*at) == "把"
    })?;
    let group = scene.groups_in(&(dui + 1..verb)).next()?;
    Some((dui, group.first()?))
}

/// The subject of the clauses before: the last name that opens one.
fn subject_before<'f>(scene: &Scene<'f>, clause: &Range<usize>) -> Option<&'f Found<Party>> {
    scene.clauses.iter().filter(|before| before.end <= clause.start).rev().take(3).find_map(
        |before| {
            let group = scene.groups_in(before).next()?;
            let opens = (before.start..group.items.start).all(|at| {
                matches!(
                    scene.item(at).map(|item| item.is),
                    Some(
                        Is::Word(
                            Class::Edge
                                | Class::Time
                                | Class::Head
                                | Class::Place
                                | Class::Outlet
                                | Class::Say
                        ) | Is::Date(_)
                            | Is::Mark(_)
                            | Is::Number
                            | Is::Rest
                    )
                )
            });
            // 估值40亿的X: what stands before 的 describes it.
            let described = group
                .items
                .start
                .checked_sub(1)
                .is_some_and(|at| at >= before.start && scene.class(at) == Some(Class::Of));
            group.first().filter(|_| opens || described)
        },
    )
}

fn all(group: Option<&Group<'_>>) -> Vec<Found<Party>> {
    group
        .map(|group| group.parties.iter().map(|party| (*party).clone()).collect())
        .unwrap_or_default()
}

/// Price, share and value, from the clause and from those about the price after it.
fn fill(scene: &Scene<'_>, clause: &Range<usize>, candidate: &mut Candidate) {
    scene.take_sums(clause, candidate, true);
    take_share(scene, clause, candidate);
    for other in scene.clauses.iter().filter(|other| other.start >= clause.end).take(3) {
        if other.clone().any(|at| {
            matches!(
                scene.class(at),
                Some(Class::Acquire | Class::Raise | Class::Sell | Class::Lead)
            ) && scene.words(at) != "增资"
        }) {
            break;
        }
        let words = scene.clause_text(other);
        let priced = [
            "作价",
            "要价",
            "套现",
            "开价",
            "叫价",
            "报价",
            "售价",
            "对价",
            "价格",
            "金额",
            "总价",
            "交易",
            "涉资",
            "代价",
            "估计值",
            "标的",
            "预计",
            "以",
            "约",
            "价",
            "涉及",
            "成交",
            "总额",
            "规模",
            "全现金",
            "现金",
        ]
        .iter()
        .any(|start| words.starts_with(start) || (start.len() > 3 && words.contains(start)));
        scene.take_sums(other, candidate, priced);
        take_share(scene, other, candidate);
    }
    // 以49亿美元, then the verb in the next clause.
    if candidate.amount.is_none()
        && let Some(before) = scene.clauses.iter().rfind(|before| before.end <= clause.start)
        && (scene.clause_text(before).contains('以')
            || scene.clause_text(before).contains("斥资")
            || scene.clause_text(before).contains('砸'))
    {
        scene.take_sums(before, candidate, true);
    }
}

fn take_share(scene: &Scene<'_>, range: &Range<usize>, candidate: &mut Candidate) {
    for item in scene.items.get(range.clone()).unwrap_or_default() {
        if let (Is::Percent(share), true) = (item.is, candidate.stake.is_none()) {
            candidate.stake = Some(share.clone());
        }
    }
}

/// 出售, 转让, 卖给, 卖身.
fn sell(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> Option<Candidate> {
    let word = scene.words(at);
    let to = ["给", "改嫁", "投奔"].iter().any(|mark| word.contains(mark))
        || word == "卖身" && scene.groups_in(&(at + 1..clause.end)).next().is_some();
    let left: Vec<&Group<'_>> = scene.groups_in(&(clause.start..at)).collect();
    let right: Vec<&Group<'_>> = scene.groups_in(&(at + 1..clause.end)).collect();
    let mut candidate = new(scene, DealKind::Acquisition, at, "frame.zh.sell")?;
    if let Some(business) = business(scene, clause, at).filter(|_| !to) {
        candidate.trigger.value = DealKind::Divestiture;
        candidate.target = Some(business);
        candidate.sellers = all(left.last().copied());
        let given = scene
            .clauses
            .iter()
            .filter(|other| other.start >= clause.start)
            .take(3)
            .find_map(|other| {
                let give = other.clone().find(|at| {
                    matches!(scene.words(*at), "卖给" | "出售给" | "转让给" | "给" | "予" | "与")
                })?;
                scene.groups_in(&(give + 1..other.end)).next()
            });
        candidate.acquirers = all(given);
        candidate.acquirers.retain(is_name);
        fill(scene, clause, &mut candidate);
        return Some(candidate);
    }
    // 作价1.7亿元卖给乙, of the business that the clause before sells.
    let sold_before = to
        && left.is_empty()
        && scene.clauses.iter().rfind(|before| before.end <= clause.start).is_some_and(|before| {
            before.clone().any(|at| {
                scene.class(at) == Some(Class::Sell) && business(scene, before, at).is_some()
            })
        });
    if sold_before {
        return None;
    }
    if to {
        candidate.acquirers = all(right.first().copied());
        candidate.target = left
            .last()
            .and_then(|group| group.first())
            .or_else(|| subject_before(scene, clause))
            .cloned();
        if left.len() > 1 {
            candidate.sellers = all(left.first().copied());
            let words = scene.clause_text(clause);
            if ["旗下", "子公司", "附属", "业务", "部门"].iter().any(|word| words.contains(word))
            {
                candidate.trigger.value = DealKind::Divestiture;
            }
        }
    } else if let Some(subject) = sells_itself(scene, clause, at, &left) {
        candidate.target = Some(subject.clone());
        candidate.acquirers = all(right.first().copied());
        let talks = right.iter().any(|group| {
            group
                .items
                .start
                .checked_sub(1)
                .is_some_and(|at| scene.words(at).ends_with(['与', '和', '同', '跟', '向']))
        });
        if !talks {
            candidate.acquirers.clear();
        }
    } else if let Some(object) = right.first().and_then(|group| group.first()) {
        let buyer =
            (at..clause.end).find(|at| scene.words(*at) == "给" || scene.words(*at) == "予");
        candidate.trigger.value = DealKind::Divestiture;
        candidate.target = Some(object.clone());
        candidate.sellers = all(left.last().copied());
        if let Some(give) = buyer {
            candidate.acquirers = all(scene.groups_in(&(give + 1..clause.end)).next());
        }
        if let Some(toward) = (clause.start..at).find(|at| scene.words(*at) == "向") {
            candidate.acquirers = all(scene.groups_in(&(toward + 1..at)).next());
            candidate.sellers = all(scene.groups_in(&(clause.start..toward)).next_back());
        }
    } else {
        let seeking = scene.facts.cues.iter().any(|cue| {
            cue.value == crate::extract::status::Cue::Seeking
                && scene
                    .items
                    .get(clause.clone())
                    .unwrap_or_default()
                    .iter()
                    .any(|item| item.span.overlaps(cue.span))
        });
        candidate.target = left
            .last()
            .and_then(|group| group.first())
            .or_else(|| subject_before(scene, clause))
            .cloned();
        if !seeking {
            return None;
        }
        candidate.status = scene.found(DealStatus::Seeking, at, "status.zh.seeking");
    }
    candidate.target.as_ref()?;
    fill(scene, clause, &mut candidate);
    let words = scene.clause_text(clause);
    let company = candidate.stake.is_some()
        || candidate.amount.is_some()
        || candidate.status.is_some()
        || ["股权", "股份", "公司", "控制权", "资产", "业务", "附属", "旗下", "部门"]
            .iter()
            .any(|word| words.contains(word))
        || to && !candidate.acquirers.is_empty()
        || ["完成出售", "出售完成", "完成转让", "完成剥离"].iter().any(|word| words.contains(word));
    if ["旧股", "老股", "存量股", "所持"].iter().any(|word| words.contains(word)) {
        candidate.trigger.value = DealKind::Secondary;
        candidate.investors =
            candidate.acquirers.drain(..).map(|party| Backer { party, lead: false }).collect();
    }
    company.then_some(candidate)
}

/// 甲正就出让控股权与乙谈判: the shares are the subject's own.
fn sells_itself<'f>(
    scene: &Scene<'f>,
    clause: &Range<usize>,
    verb: usize,
    left: &[&Group<'f>],
) -> Option<&'f Found<Party>> {
    let next = scene.text.str().get(scene.item(verb)?.span.end()..)?;
    let own = ["控股权", "控制权", "多数股权", "全部股权", "公司控股权", "自身", "公司"]
        .iter()
        .any(|word| next.starts_with(word));
    let about = (clause.start..verb).any(|at| scene.words(at).ends_with('就'));
    (own && about).then(|| left.last().and_then(|group| group.first())).flatten()
}

/// 出售旗下智能物联网芯片业务: a part of the company, told by what it does.
fn business(scene: &Scene<'_>, clause: &Range<usize>, verb: usize) -> Option<Found<Party>> {
    const PARTS: &[&str] = &["业务", "部门", "事业部", "产品线", "业务板块", "事业群"];
    let end = (verb + 1..clause.end.min(verb + 12)).find(|at| {
        PARTS.contains(&scene.words(*at))
            || PARTS.iter().any(|part| scene.words(*at).ends_with(part))
    })?;
    let start = (verb + 1..end)
        .find(|at| matches!(scene.words(*at), "旗下" | "旗下的" | "其" | "名下" | "所属"))
        .map_or(verb + 1, |at| at + 1);
    let plain = (start..end).all(|at| match scene.item(at).map(|item| item.is) {
        Some(Is::Party(_)) => at == start,
        Some(Is::Rest) => true,
        Some(Is::Word(class)) => {
            matches!(class, Class::Edge | Class::Head | Class::Latin | Class::Place)
        }
        _ => false,
    });
    // 旗下AI部门观澜智能: the part has a name.
    let named = matches!(scene.item(end + 1).map(|item| item.is), Some(Is::Party(_)));
    if !plain || start >= end || named {
        return None;
    }
    let span = scene.text.span(scene.item(start)?.span.start(), scene.item(end)?.span.end())?;
    let value = Party::named(scene.text.printed(span));
    Some(Found { value, span, rule: "party.zh.business" })
}

/// 甲与乙合并, 甲吸收合并乙.
fn merge(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> Option<Candidate> {
    if !["合并", "换股合并", "吸收合并"].contains(&scene.words(at)) {
        return None;
    }
    let mut candidate = new(scene, DealKind::Merger, at, "frame.zh.merge")?;
    let left: Vec<&Found<Party>> = scene
        .groups_in(&(clause.start..at))
        .flat_map(|group| group.parties.iter().copied())
        .filter(|party| is_name(party))
        .collect();
    let right = object(scene, clause, at).filter(|party| is_name(party));
    let before = subject_before(scene, clause).filter(|_| left.is_empty());
    match (left.as_slice(), right) {
        ([], Some(target)) if before.is_some() => {
            candidate.acquirers = before.cloned().into_iter().collect();
            candidate.target = Some(target.clone());
        }
        ([.., buyer], Some(target)) => {
            candidate.acquirers = vec![(*buyer).clone()];
            candidate.target = Some(target.clone());
        }
        ([target, other, ..], None) => {
            candidate.target = Some((*target).clone());
            candidate.acquirers = vec![(*other).clone()];
        }
        _ => return None,
    }
    fill(scene, clause, &mut candidate);
    Some(candidate)
}

/// People and a licence: 挖走X的团队并取得授权.
fn hire(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> Option<Candidate> {
    let sentence = scene.text.of(scene.sentence.span);
    let people = [
        "挖走",
        "挖角",
        "延揽",
        "团队",
        "核心人员",
        "员工",
        "执行长",
        "加入",
        "招至麾下",
        "收入麾下",
        "人才",
        "研发人员",
        "余人",
        "多人",
        "名员工",
        "创始人",
    ]
    .iter()
    .any(|word| sentence.contains(word));
    // The licence may be told further on, where the article says that no shares were bought.
    let apart = [
        "授权费",
        "许可费",
        "技术授权",
        "非独家授权",
        "非独家许可",
        "技术许可",
        "没有购买公司股权",
        "不涉及股权",
    ]
    .iter()
    .any(|word| scene.text.str().contains(word));
    let licence = apart || ["授权", "许可"].iter().any(|word| sentence.contains(word));
    let words = scene.clause_text(clause);
    // 吸纳X核心团队: a whole team that changes hands needs no licence.
    let team = words.contains("团队")
        && ["挖走", "挖来", "延揽", "吸纳", "收编", "招揽", "打包带走", "带走", "吸收"]
            .contains(&scene.words(at));
    if !(people && licence || team) {
        return None;
    }
    let priced = (0..scene.items.len())
        .any(|at| matches!(scene.item(at).map(|item| item.is), Some(Is::Sum(_))));
    let poached = ["带走", "吸收", "挖", "延揽", "招揽", "麾下", "打包", "非独家", "并入", "加入"]
        .iter()
        .any(|word| sentence.contains(word));
    if !(priced || poached || team) {
        return None;
    }
    if scene.class(at) == Some(Class::License)
        && (0..scene.items.len()).any(|other| scene.class(other) == Some(Class::Hire))
    {
        return None;
    }
    let mut candidate = new(scene, DealKind::Acquihire, at, "frame.zh.hire")?;
    let company = |party: &&Found<Party>| is_name(party) && party.value.kind != PartyKind::Person;
    // 甲、乙等人加入丙: who takes them in is named after the verb.
    let joins = ["加入", "加入了", "加盟"].contains(&scene.words(at));
    let into = scene.groups_in(&(at + 1..clause.end)).filter_map(Group::first).find(company);
    let left = scene.groups_in(&(clause.start..at)).filter_map(Group::first).find(company);
    let buyer = match into.filter(|_| joins) {
        Some(into) => into,
        None if joins => return None,
        None => left.or_else(|| subject_before(scene, clause))?,
    };
    let rest = at + 1..scene.items.len();
    let other = |party: &&Found<Party>| company(party) && party.value.name != buyer.value.name;
    let named = scene
        .groups_in(&rest)
        .filter_map(Group::first)
        .find(other)
        .or_else(|| scene.groups_in(&(0..at)).filter_map(Group::first).find(other));
    candidate.acquirers = vec![buyer.clone()];
    candidate.target = match named {
        Some(target) => Some(target.clone()),
        None => scene.found(Party::reference("", Reference::It), at, "party.zh.reference"),
    };
    scene.take_sums(clause, &mut candidate, true);
    scene.take_sums(&(0..scene.items.len()), &mut candidate, true);
    Some(candidate)
}

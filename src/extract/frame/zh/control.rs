//! The company changes hands: 收购, 被并购, 出售给, 合并, 团队加入加授权.

mod hire;
mod merge;
mod price;
mod sell;
mod subscribe;
mod who;

use std::ops::Range;

use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::KindGroup;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::party::Reference;
use crate::extract::segment::Class;
use crate::extract::text::Place;

use hire::hire;
use merge::merge;
use price::buys_goods;
use price::fill;
use sell::bidders;
use sell::sell;
use subscribe::subscribe;
use who::object;
use who::subject_before;
use who::toward;

use super::scene::Group;
use super::scene::Is;
use super::scene::Scene;

/// Verbs that say a purchase of a company only with a price or a share beside them.
pub(super) const WEAK: &[&str] = &[
    "重组", "取得", "并", "买", "接手", "出价", "买入", "购买", "购入", "拿来", "收下", "纳入",
    "揽入", "收归", "并入", "求购", "接盘", "整合", "换取", "换得", "拿下", "拿到", "获得", "得到",
    "拿", "购得", "抢购",
];

/// A verb where a company follows ([`takes_control`]).
pub(super) const CONTROLS: &str = "控股";

/// Words that say that a company, or a part of one, is bought.
pub(super) const OF_A_COMPANY: &[&str] =
    &["股权", "股份", "公司", "控制权", "资产", "核心技术", "控股权"];

/// Appends the candidates of a sentence.
pub(super) fn read(scene: &Scene<'_>, candidates: &mut Vec<Candidate>) {
    for clause in &scene.clauses {
        for at in clause.clone() {
            let candidate = match scene.class(at) {
                Some(Class::Acquire) if scene.words(at) == "重组" => {
                    merge(scene, clause, at).or_else(|| acquire(scene, clause, at))
                }
                Some(Class::Acquire) => acquire(scene, clause, at),
                Some(Class::Finish) if takes_shares(scene, clause, at) => {
                    acquire(scene, clause, at)
                }
                Some(Class::Edge) if takes_control(scene, clause, at) => acquire(scene, clause, at),
                Some(Class::Follow | Class::Invest) if scene.words(at) == "认购" => {
                    subscribe(scene, clause, at)
                }
                Some(Class::Sell) => sell(scene, clause, at),
                Some(Class::Finish) if scene.words(at) == "吸纳" => hire(scene, clause, at),
                Some(Class::Merge) => merge(scene, clause, at),
                Some(Class::Hire) if scene.words(at).ends_with("麾下") => {
                    hire(scene, clause, at).or_else(|| acquire(scene, clause, at))
                }
                Some(Class::Hire) if joins(scene, clause, at).is_some() => joins(scene, clause, at),
                Some(Class::Hire | Class::License) => hire(scene, clause, at),
                _ => None,
            };
            if let Some(candidate) = candidate {
                let beside = listed_beside(scene, &candidate);
                let others = beside.into_iter().map(|party| Candidate {
                    target: Some(party.clone()),
                    amount: None,
                    stake: None,
                    ..candidate.clone()
                });
                let others: Vec<_> = others.collect();
                candidates.push(candidate);
                candidates.extend(others);
            }
        }
    }
    candidates.extend(bidders(scene));
    one_per_pair(candidates, scene.sentence.index);
}

/// 甲正式控股德国企业乙: a verb where a company follows, not 控股股东 or 控股的.
fn takes_control(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> bool {
    scene.words(at) == CONTROLS
        && scene.groups_in(&(clause.start..at)).next().is_some()
        && (at + 1..clause.end.min(at + 7))
            .take_while(|at| {
                matches!(
                    scene.item(*at).map(|item| item.is),
                    Some(
                        Is::Party(_)
                            | Is::Rest
                            | Is::Mark(_)
                            | Is::Word(Class::Place | Class::Head | Class::Latin)
                    )
                ) || matches!(scene.words(*at), "ai" | "视觉" | "人工智能" | "大模型" | "机器人" | "芯片" | "了")
            })
            .any(|at| matches!(scene.item(at).map(|item| item.is), Some(Is::Party(party)) if is_name(party)))
        && !matches!(scene.words(at + 1), "公司" | "子公司" | "股东" | "平台" | "企业")
}

/// 甲与语音公司乙的收购谈判: who buys, and who is bought.
fn pair_before<'f>(
    scene: &Scene<'f>,
    left: &[&Group<'f>],
    at: usize,
) -> Option<(&'f Found<Party>, &'f Found<Party>)> {
    // 甲与乙达成私有化协议.
    let signs = matches!(
        scene.words(at.checked_sub(1)?),
        "达成" | "签署" | "签订" | "订立" | "签署了" | "达成了"
    ) && ["协议", "契约", "合同"].contains(&scene.words(at + 1));
    if scene.class(at - 1) != Some(Class::Of) && !signs {
        return None;
    }
    let pair = match left {
        [group] if group.parties.len() == 2 => (group.parties.first()?, group.parties.get(1)?),
        [one, other] if matches!(scene.words(one.items.end), "与" | "和" | "同" | "跟") => {
            (one.parties.first()?, other.parties.first()?)
        }
        _ => return None,
    };
    (is_name(pair.0) && is_name(pair.1)).then_some((*pair.0, *pair.1))
}

/// How far from a sentence another may say that a company is no longer its own, in bytes.
const BESIDE: usize = 600;

/// 甲正式加入乙,成为其一部分: a company that joins another is bought by it.
fn joins(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> Option<Candidate> {
    if !matches!(scene.words(at), "加入" | "加入了" | "加盟") {
        return None;
    }
    let people = ["团队", "创始人", "人", "ceo", "员工", "联盟", "协议", "计划", "标准"]
        .iter()
        .any(|word| scene.clause_text(clause).contains(word));
    let company = |group: &Group<'_>| {
        group.first().is_some_and(|party| {
            matches!(party.value.kind, PartyKind::Company | PartyKind::Refers(Reference::Company))
        })
    };
    let target = scene.groups_in(&(clause.start..at)).next_back().filter(|group| company(group))?;
    let buyer = scene.groups_in(&(at + 1..clause.end)).next().filter(|group| company(group))?;
    // Told in the sentence or in the ones around it.
    let span = scene.sentence.span;
    let text = scene.text.str();
    let from = text.floor_char_boundary(span.start().saturating_sub(BESIDE));
    let to = text.ceil_char_boundary((span.end() + BESIDE).min(text.len()));
    let text = text.get(from..to).unwrap_or_default();
    let whole = ["一部分", "一员", "大家庭", "被收购", "独立公司", "旗下品牌", "全资子公司"]
        .iter()
        .any(|word| text.contains(word));
    if !whole || people {
        return None;
    }
    let mut candidate = new(scene, DealKind::Acquisition, at, "frame.zh.joins")?;
    candidate.target = target.first().cloned();
    candidate.acquirers = all(Some(buyer));
    Some(candidate)
}

/// 收购甲、乙和丙: the names beside the one that is bought.
fn listed_beside<'f>(scene: &Scene<'f>, candidate: &Candidate) -> Vec<&'f Found<Party>> {
    let bought = candidate.kind().group() == KindGroup::Control
        && candidate.kind() != DealKind::Merger
        && !candidate.supports_only;
    let Some(target) = candidate.target.as_ref().filter(|target| bought && is_name(target)) else {
        return Vec::new();
    };
    if target.span.start() < candidate.trigger.span.end() {
        return Vec::new();
    }
    let group = scene
        .groups
        .iter()
        .find(|group| group.first().is_some_and(|first| first.span == target.span));
    let Some(group) = group else { return Vec::new() };
    let others = group.parties.iter().copied().skip(1);
    others.filter(|party| is_name(party) && party.value.kind != PartyKind::Investor).collect()
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
        && !["融资", "订单", "合同", "轮", "投资"].iter().any(|word| clause_words.contains(word))
        && !tail.contains("贷款")
        && object(scene, clause, at).is_some_and(|party| party.value.kind != PartyKind::Investor)
}

/// 收购 and 买下 in one sentence on one company are one reading.
fn one_per_pair(candidates: &mut Vec<Candidate>, sentence: usize) {
    // Those of the sentence stand last.
    let first = candidates.iter().rposition(|c| c.sentence != sentence).map_or(0, |last| last + 1);
    let mut own = candidates.split_off(first);
    let mut seen: Vec<(String, Vec<String>, DealKind)> = Vec::new();
    // 审议通过《关于收购甲的议案》,同意以2亿元收购甲35%股权: the price stands with the second.
    for at in 1..own.len() {
        let Some((before, rest)) = own.split_at_mut_checked(at) else { break };
        let Some(later) = rest.first() else { break };
        let name = |candidate: &Candidate| candidate.target.as_ref().map(|t| t.value.name.clone());
        let same = before.iter_mut().find(|first| {
            first.kind() == later.kind()
                && name(first) == name(later)
                && name(first).is_some()
                && first.amount.is_none()
        });
        if let Some(first) = same {
            first.amount.clone_from(&later.amount);
            first.stake = first.stake.take().or_else(|| later.stake.clone());
            first.valuation = first.valuation.take().or_else(|| later.valuation.clone());
        }
    }
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

#[expect(clippy::too_many_lines, reason = "one sentence form after the other")]
fn acquire(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> Option<Candidate> {
    let mut candidate = new(scene, DealKind::Acquisition, at, "frame.zh.acquire")?;
    // 把近10亿元B轮融资收入囊中.
    let money = scene.words(at) == "收入囊中"
        && (clause.start..at).any(|at| {
            matches!(
                scene.item(at).map(|item| item.is),
                Some(Is::Round(_) | Is::Word(Class::Raise))
            )
        });
    if money || negated(scene, clause, at) {
        return None;
    }
    let passive = (clause.start..at).rev().find(|by| scene.class(*by) == Some(Class::By));
    if let Some((no, buyer)) = refused(scene, clause, at) {
        let buyer_end = buyer;
        candidate.acquirers = all(Some(buyer));
        let owner = scene.groups_in(&(clause.start..no)).next_back().and_then(Group::first);
        let buyer_end = buyer_end.items.end;
        // 婉拒甲对其子公司乙的收购提案.
        let whole = toward(scene, clause, at)
            .filter(|(dui, _)| *dui >= buyer_end)
            .map(|(_, target)| target)
            .filter(|target| is_name(target));
        let owner = owner.filter(|party| party.value.kind != PartyKind::Person);
        // 对其AI子公司的收购提案: whoever that is.
        let daughter = toward(scene, clause, at).is_some_and(|(dui, target)| {
            dui > no && !is_name(target) && scene.clause_text(&(dui..at)).contains("子公司")
        });
        candidate.target = match whole.or(owner.filter(|_| !daughter)) {
            Some(owner) => Some(owner.clone()),
            None if daughter => {
                let reference = Party::reference("", Reference::Unnamed);
                scene.found(reference, at, "party.zh.reference")
            }
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
            candidate.target = object(scene, clause, at)
                .or_else(|| subject_before(scene, clause))
                .or_else(|| answers(scene, clause))
                .cloned();
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
            // 甲与乙的收购谈判: two names side by side, who buys first.
            (None, None) if pair_before(scene, &left, at).is_some() => {
                if let Some((buyer, target)) = pair_before(scene, &left, at) {
                    candidate.acquirers = vec![buyer.clone()];
                    candidate.target = Some(target.clone());
                }
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
        through(scene, &mut candidate);
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
    let target = candidate.target.as_ref();
    let company = priced && target.is_some_and(is_name);
    if weak && (!company || target.is_some_and(|target| buys_goods(scene, target))) {
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

/// 甲通过全资子公司乙收购: who owns the buyer buys as well.
fn through(scene: &Scene<'_>, candidate: &mut Candidate) {
    let Some(buyer) = candidate.acquirers.first().filter(|buyer| is_name(buyer)) else { return };
    let Some(at) = scene.items.iter().position(|item| item.span == buyer.span) else { return };
    let by = (0..at).rev().take(8).find(|at| {
        !matches!(
            scene.item(*at).map(|item| item.is),
            Some(
                Is::Rest
                    | Is::Mark(_)
                    | Is::Number
                    | Is::Word(Class::Head | Class::Place | Class::Latin | Class::Of)
            )
        ) && !matches!(
            scene.words(*at),
            "其" | "旗下"
                | "旗下的"
                | "全资子公司"
                | "控股子公司"
                | "子公司"
                | "附属公司"
                | "全资"
                | "控股"
                | "下属"
                | "新设立"
                | "设立"
                | "成立"
                | "一家"
                | "位于"
                | "间接"
                | "海外"
                | "境外"
                | "独立"
                | "新"
                | "旗下全资子公司"
                | "参股公司"
                | "孙公司"
        )
    });
    let Some(by) = by
        .filter(|at| matches!(scene.words(*at), "通过" | "透过" | "经由" | "藉由" | "借由" | "经"))
    else {
        return;
    };
    let owner = scene.groups.iter().rfind(|group| group.items.end <= by).and_then(Group::first);
    let owner = owner.filter(|party| {
        matches!(party.value.kind, PartyKind::Company | PartyKind::Refers(Reference::Company))
            && candidate.target.as_ref().is_none_or(|target| target.value.name != party.value.name)
    });
    if let Some(owner) = owner {
        candidate.acquirers.insert(0, owner.clone());
    }
}

/// 针对被甲收购的传闻,乙回应称不实: who answers is spoken of.
fn answers<'f>(scene: &Scene<'f>, clause: &Range<usize>) -> Option<&'f Found<Party>> {
    let heard = ["传闻", "传言", "消息", "报道", "说法", "猜测"];
    if !heard.iter().any(|word| scene.clause_text(clause).contains(word)) {
        return None;
    }
    let next = scene.clauses.iter().find(|next| next.start >= clause.end)?;
    let party = scene.groups_in(next).next()?.first()?;
    matches!(party.value.kind, PartyKind::Company | PartyKind::Refers(Reference::Company))
        .then_some(party)
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
    } else if whole_business(tail) {
        // 知识产权、产品、商标和客户: all there is.
    } else if [
        "知识产权",
        "核心资产",
        "关键资产",
        "的资产",
        "的业务",
        "产品线",
        "核心技术",
        "技术资产",
        "全部资产",
    ]
    .iter()
    .any(|word| tail.contains(word))
    {
        candidate.trigger.value = DealKind::AssetPurchase;
        candidate.kind_is_weak = true;
    }
}

/// Patents, products, staff and customers together are the company.
fn whole_business(tail: &str) -> bool {
    ["知识产权", "智财权", "产品", "商标", "品牌", "员工", "团队", "客户", "现金"]
        .iter()
        .filter(|part| tail.contains(**part))
        .count()
        >= 3
}

fn all(group: Option<&Group<'_>>) -> Vec<Found<Party>> {
    group
        .map(|group| group.parties.iter().map(|party| (*party).clone()).collect())
        .unwrap_or_default()
}

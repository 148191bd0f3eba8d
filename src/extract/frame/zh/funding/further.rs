//! What clauses without a verb of funding add to the deal told before them.

use std::ops::Range;

use crate::domain::DealKind;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::money::Role;
use crate::extract::party::Party;
use crate::extract::segment::Class;

use super::super::scene::Is;
use super::super::scene::Scene;

/// 金额超50亿元, 总额17亿欧元 in a clause of its own.
pub(super) fn amount_clause(scene: &Scene<'_>, clause: &Range<usize>, candidate: &mut Candidate) {
    let words = scene.clause_text(clause);
    let only_sum = clause.clone().all(|at| {
        matches!(
            scene.item(at).map(|item| item.is),
            Some(Is::Sum(_) | Is::Word(Class::Edge) | Is::Mark(_))
        )
    });
    let told = only_sum
        || candidate.kind() == DealKind::Secondary
        || [
            "金额",
            "代价",
            "对价",
            "总融资",
            "单笔",
            "报价",
            "总额",
            "规模",
            "募资额",
            "融资额",
            "总规模",
            "额度",
            "合计",
            "共",
            "出资",
            "涉资",
            "资金",
            "投资额",
            "砸",
            "斥资",
            "豪掷",
            "耗资",
            "投入",
            "掏",
            "花",
            "后者出资",
            "双方出资",
            "出资额",
            "其出资",
        ]
        .iter()
        .any(|start| {
            let words = ["本轮", "此轮", "该轮", "整轮", "这轮", "本次", "此次", "融资", "交易"]
                .iter()
                .find_map(|round| words.strip_prefix(round))
                .unwrap_or(words);
            let words = words.trim_start_matches("已知").trim_start_matches("计划");
            words.trim_start_matches("预计").trim_start_matches('拟').starts_with(start)
        });
    let round = ["本轮", "整轮", "该轮", "此轮"].iter().any(|word| words.contains(word));
    let whole = ["合计", "总额", "总规模", "总金额", "总计", "共计"];
    let sums_up = ["合计", "总计", "共计"].iter().any(|word| words.starts_with(word));
    if sums_up || round && whole.iter().any(|word| words.contains(word)) {
        // Beside a first tranche the whole round counts.
        whole_round(scene, clause, candidate);
    }
    if told || words.contains("未披露") || words.contains("未透露") || words.contains("未公开")
    {
        scene.take_sums(clause, candidate, true);
    }
}

/// 由X投资: who gave is all that the clause says.
pub(super) fn given_by(scene: &Scene<'_>, clause: &Range<usize>) -> bool {
    let gives = |at: &usize| scene.class(*at) == Some(Class::Invest);
    // 获数千万元Pre-A轮,甲、乙投资: names and the verb are all there is.
    let bare = scene.groups_in(clause).next().is_some_and(|group| {
        group.items.start == clause.start && group.items.end + 1 == clause.end
    });
    (scene.words(clause.start) == "由" || bare)
        && clause.clone().next_back().is_some_and(|at| gives(&at))
}

/// 本轮合计5亿元: more than what was told before.
fn whole_round(scene: &Scene<'_>, clause: &Range<usize>, candidate: &mut Candidate) {
    let whole =
        scene.items.get(clause.clone()).unwrap_or_default().iter().find_map(|item| match item.is {
            Is::Sum(sum) if matches!(sum.value.role, Role::Plain | Role::Cumulative) => Some(sum),
            _ => None,
        });
    let Some(whole) = whole.filter(|sum| !sum.value.conversion) else { return };
    let more = candidate.amount.as_ref().is_none_or(|part| {
        part.value.currency == whole.value.amount.currency
            && part.value.headline() < whole.value.amount.headline()
    });
    if more {
        candidate.amount = Some(Found {
            value: whole.value.amount.clone(),
            span: whole.span,
            rule: "money.zh.round",
        });
    }
}

/// 取得9.5%股权, 持股一成: a share told in a clause of its own after the money.
pub(super) fn share_clause(scene: &Scene<'_>, clause: &Range<usize>, candidate: &mut Candidate) {
    let words = scene.clause_text(clause);
    let shares = ["股权", "股份", "持股", "占股", "占比"].iter().any(|word| words.contains(word));
    let holds = [
        "持",
        "占",
        "取得",
        "换取",
        "拿下",
        "完成后持",
        "交易后持",
        "之后持",
        "交易完成后",
        "预计取得",
        "将持有",
        "拿",
        "买到",
        "换得",
        "获得",
        "获",
        "得到",
    ]
    .iter()
    .any(|verb| words.starts_with(verb));
    // Money that one company puts into another for a share of it is a stake.
    let bare = candidate.kind() == DealKind::Funding
        && candidate.kind_is_weak
        && candidate.round.is_none()
        && holds;
    let stake = candidate.kind() == DealKind::InvestmentStake || bare;
    if !(shares && stake && candidate.stake.is_none()) {
        return;
    }
    candidate.stake =
        scene.items.get(clause.clone()).unwrap_or_default().iter().find_map(|item| match item.is {
            Is::Percent(share) => Some(share.clone()),
            _ => None,
        });
    if candidate.stake.is_some() {
        candidate.trigger.value = DealKind::InvestmentStake;
    }
}

/// Names that make up a clause of their own: 领投三家:甲、乙和丙;另有丁、戊等国资.
pub(super) fn listed<'f>(scene: &Scene<'f>, clause: &Range<usize>) -> Vec<&'f Found<Party>> {
    let only_names = clause.clone().all(|at| match scene.item(at).map(|item| item.is) {
        Some(Is::Party(_) | Is::Mark(_) | Is::Number) => true,
        Some(Is::Word(class)) => matches!(
            class,
            Class::And | Class::Etc | Class::Backers | Class::Head | Class::Edge | Class::Place
        ),
        _ => false,
    });
    let sentence = scene.text.of(scene.sentence.span);
    let of_backers = ["资方", "投资方", "领投", "跟投", "参投", "股东", "参与方", "出资方"]
        .iter()
        .any(|word| sentence.contains(word));
    if !(only_names && of_backers) {
        return Vec::new();
    }
    scene
        .groups_in(clause)
        .flat_map(|group| group.parties.iter().copied())
        .filter(|party| party.value.is_name())
        .collect()
}

/// 领投方:, 领投三家: before a list.
pub(super) fn ends_in_lead(scene: &Scene<'_>, clause: &Range<usize>) -> bool {
    clause
        .clone()
        .rev()
        .find(|at| {
            !matches!(scene.item(*at).map(|item| item.is), Some(Is::Number | Is::Word(Class::Edge)))
        })
        .is_some_and(|at| {
            scene.class(at) == Some(Class::Lead) || scene.words(at).starts_with("领投")
        })
        && scene.item(clause.end).is_some_and(|item| scene.text.of(item.span) == ":")
}

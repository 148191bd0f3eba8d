//! Price, share and value of a purchase, and what is no purchase of a company.

use std::ops::Range;

use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::party::Party;
use crate::extract::segment::Class;

use super::super::scene::Is;
use super::super::scene::Scene;

/// Price, share and value, from the clause and from those about the price after it.
pub(super) fn fill(scene: &Scene<'_>, clause: &Range<usize>, candidate: &mut Candidate) {
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
            "据称",
            "据报",
            "据悉",
            "报道称",
            "消息称",
            "外界估计",
            "约",
            "价",
            "涉及",
            "成交",
            "支付",
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
    // 出资2亿元, and something is taken over: the sum need not be its price.
    let weak = super::WEAK.contains(&scene.text.of(candidate.trigger.span));
    // 以49亿美元, then the verb in the next clause.
    if candidate.amount.is_none()
        && let Some(before) = scene.clauses.iter().rfind(|before| before.end <= clause.start)
        && (scene.clause_text(before).contains('以')
            || scene.clause_text(before).contains("斥资")
            || scene.clause_text(before).contains('砸')
            || !weak
                && ["豪掷", "出资", "耗资", "掏出", "拿出"]
                    .iter()
                    .any(|word| scene.clause_text(before).contains(word)))
    {
        scene.take_sums(before, candidate, true);
    }
}

pub(super) fn take_share(scene: &Scene<'_>, range: &Range<usize>, candidate: &mut Candidate) {
    for item in scene.items.get(range.clone()).unwrap_or_default() {
        if let (Is::Percent(share), true) = (item.is, candidate.stake.is_none()) {
            candidate.stake = Some(share.clone());
        }
    }
}

/// 买甲的芯片, 买甲股票: what is bought is made by the company, and is not it.
pub(super) fn buys_goods(scene: &Scene<'_>, target: &Found<Party>) -> bool {
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

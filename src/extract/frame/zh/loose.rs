//! Backers named in everyday words that are no verb of a frame: 牵的头, 补了票, 一并进场.

use super::scene::Is;
use super::scene::Scene;
use crate::domain::DealKind;
use crate::domain::Span;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;

/// Words for leading a round that are no verb of a frame.
const LEADS: &[&str] = &[
    "挑头",
    "挑了头",
    "牵的头",
    "牵了头",
    "领的投",
    "领了投",
    "打头阵",
    "带的头",
    "领军",
    "主投",
    "领头",
    "做领投",
    "带队",
    "坐庄",
    "出了大头",
    "出大头",
    "拿下大头",
    "认购大头",
    "占了大头",
];

/// Words for taking part that are no verb of a frame.
const FOLLOWS: &[&str] = &[
    "跟着进",
    "跟着投",
    "跟进来",
    "跟了",
    "跟满",
    "跟上",
    "补了票",
    "补票",
    "一并进场",
    "一同进场",
    "进场",
    "进来了",
    "继续投",
    "接着投",
    "也投了",
    "跟注",
    "亦有追加",
    "也有追加",
    "均有追加",
    "没缺席",
    "未缺席",
    "没有缺席",
    "也在其中",
    "也在其列",
    "亦在其列",
    "一起投",
    "所投",
    "掏的钱",
    "出的钱",
    "一家出的",
    "独投",
    "捧场",
    "加注",
    "入局",
    "搭了车",
    "凑了份",
    "也会跟",
    "跟一点",
    "均有参与",
    "也有参与",
    "亦有参与",
    "都有参与",
    "也有份",
    "都有份",
    "亦有份",
    "皆有份",
    "参团",
    "拼团",
    "追投",
    "再次出手",
    "继续出手",
    "再度出手",
    "再次下注",
    "继续下注",
    "悉数跟进",
    "亦跟进",
    "也跟进",
    "一同跟进",
    "也出了钱",
    "也掏了钱",
    "解囊",
    "位列其中",
    "名列其中",
    "赫然在列",
    "也都跟",
    "包圆",
    "继续支持",
    "持续支持",
    "继续站台",
    "也投了钱",
    "悉数到场",
    "各占一席",
];

/// What else a clause with these words may speak of than a round.
const OTHER: &[&str] = &[
    "营收",
    "收入",
    "订单",
    "罚款",
    "罚金",
    "补贴",
    "补助",
    "采购",
    "中标",
    "招标",
    "赔偿",
    "设立",
    "用途",
    "净利",
    "利润",
    "销售额",
    "赛道",
    "市场规模",
    "产能",
    "工程",
    "项目",
    "专利",
    "打赏",
    "押金",
    "分红",
    "回购",
    "奖金",
    "捐",
    "票房",
    "比赛",
    "合同",
    "标准",
    "联盟",
    "课题",
    "研发",
    "没有跟了",
    "不跟了",
    "成立",
];

/// Backers of one clause.
struct Told<'f> {
    parties: Vec<&'f Found<Party>>,
    lead: bool,
    sign: usize,
}

/// Adds the backers of everyday words to the rounds of the sentence, those from `first` on.
pub(super) fn read(scene: &Scene<'_>, first: usize, candidates: &mut [Candidate]) {
    let told = backers(scene);
    if told.is_empty() {
        return;
    }
    for told in told {
        let own = candidates.get_mut(first..).unwrap_or_default();
        let Some(candidate) = nearest(own, told.sign) else { continue };
        for party in told.parties {
            add(candidate, party, told.lead);
        }
    }
}

/// The round that is spoken of where the backers are named: the last before, else the first.
fn nearest(own: &mut [Candidate], sign: usize) -> Option<&mut Candidate> {
    let funding = |candidate: &Candidate| {
        matches!(candidate.kind(), DealKind::Funding | DealKind::InvestmentStake)
    };
    let start = |candidate: &Candidate| {
        let round = candidate.round.as_ref().map(|round| round.span.start());
        let trigger = candidate.trigger.span.start();
        round.map_or(trigger, |round| round.min(trigger))
    };
    let last = own.iter().rposition(|candidate| funding(candidate) && start(candidate) <= sign);
    let place = last.or_else(|| own.iter().position(funding))?;
    own.get_mut(place)
}

fn add(candidate: &mut Candidate, party: &Found<Party>, lead: bool) {
    let same = |other: &Found<Party>| other.value.name == party.value.name;
    if candidate.target.as_ref().is_some_and(same) {
        return;
    }
    match candidate.investors.iter_mut().find(|backer| same(&backer.party)) {
        Some(known) => known.lead |= lead,
        None => candidate.investors.push(Backer { party: party.clone(), lead }),
    }
}

/// The names before each word of leading or taking part, in the stretch that it closes.
fn backers<'f>(scene: &Scene<'f>) -> Vec<Told<'f>> {
    let base = scene.sentence.span;
    let words = scene.text.of(base);
    let mut told = Vec::new();
    let mut from = 0;
    let ends = words.match_indices([',', ';', '。', ':']).map(|(at, sign)| (at, sign.len()));
    for (end, sign) in ends.chain([(words.len(), 0)]) {
        let clause = words.get(from..end).unwrap_or_default();
        if let Some((at, lead)) = sign_of(clause)
            && !OTHER.iter().any(|word| clause.contains(word))
            && let Some(span) = scene.text.span(base.start() + from, base.start() + from + at)
        {
            let parties = named(scene, span);
            if !parties.is_empty() {
                told.push(Told { parties, lead, sign: span.end() });
            }
        }
        from = end + sign;
    }
    told
}

/// The word of leading or taking part in a clause, and whether it is of leading.
fn sign_of(clause: &str) -> Option<(usize, bool)> {
    let find = |list: &[&str]| list.iter().filter_map(|word| clause.find(word)).min();
    find(LEADS).map(|at| (at, true)).or_else(|| find(FOLLOWS).map(|at| (at, false)))
}

/// The companies and funds named in a stretch of words.
fn named<'f>(scene: &Scene<'f>, span: Span) -> Vec<&'f Found<Party>> {
    let target = subject(scene).map(|party| party.value.name.as_str());
    let parties = scene.facts.parties.iter().filter(|party| span.contains(party.span));
    let named = parties.filter(|party| {
        party.value.is_name()
            && matches!(party.value.kind, PartyKind::Investor | PartyKind::Company)
            && Some(party.value.name.as_str()) != target
            && !scene.facts.sums.iter().any(|sum| sum.span.contains(party.span))
    });
    named.collect()
}

/// The first company of the sentence.
fn subject<'f>(scene: &Scene<'f>) -> Option<&'f Found<Party>> {
    let first = scene.items.iter().find_map(|item| match item.is {
        Is::Party(party) if party.value.is_name() && party.value.kind != PartyKind::Person => {
            Some(party)
        }
        _ => None,
    })?;
    (first.value.kind == PartyKind::Company).then_some(first)
}

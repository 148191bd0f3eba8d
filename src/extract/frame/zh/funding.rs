//! Money for new shares: X完成B轮融资, Y领投, 获Z投资, 本轮由A、B跟投; also loans and resales.

use std::ops::Range;

use crate::domain::DealKind;
use crate::domain::Span;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::money::Role;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::party::Reference;
use crate::extract::segment::Class;
use crate::extract::status::Cue;

use super::scene::Group;
use super::scene::Is;
use super::scene::Scene;

/// What a group of names does in a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Leads,
    Follows,
    /// Gives money to an object that is named after the verb.
    Invests,
    /// 领投X的B轮, 投资X.
    Object,
    /// X的C轮, X A轮融资.
    Owner,
    /// Stands before the verb.
    Subject,
    Bystander,
}

/// Appends the candidates of a sentence; clauses whose trigger is taken are left out.
pub(super) fn read(scene: &Scene<'_>, taken: &[Span], candidates: &mut Vec<Candidate>) {
    let mut current: Option<Candidate> = None;
    let mut subject: Option<&Found<Party>> = None;
    let mut siblings = Vec::new();
    for clause in &scene.clauses {
        let covers = |span: &Span| {
            scene
                .items
                .get(clause.clone())
                .unwrap_or_default()
                .iter()
                .any(|item| item.span.overlaps(*span))
        };
        if taken.iter().any(covers) {
            candidates.extend(current.take());
            subject = None;
            continue;
        }
        let reading = Clause::read(scene, clause);
        let Some(trigger) = reading.trigger else {
            if let Some(current) = &mut current {
                scene.take_sums(clause, current, false);
                Clause::amount_clause(scene, clause, current);
                for party in listed(scene, clause) {
                    let lead = scene
                        .clauses
                        .iter()
                        .rfind(|before| before.end < clause.start + 1 && before.end <= clause.start)
                        .is_some_and(|before| ends_in_lead(scene, before));
                    add_backer(current, party, lead);
                }
            }
            subject = reading.subject.or(subject);
            continue;
        };
        let target = reading.target();
        let new = match (&mut current, target) {
            (None, _) => true,
            (Some(current), Some(target)) if is_name(target) => match &current.target {
                None => {
                    current.target = Some(target.clone());
                    false
                }
                Some(old) if is_name(old) => old.value.name != target.value.name,
                _ => {
                    // 公司融资进展: a heading says nothing of its own.
                    let empty = current.amount.is_none()
                        && current.round.is_none()
                        && current.investors.is_empty();
                    if empty {
                        current.target = Some(target.clone());
                    }
                    !empty
                }
            },
            (Some(_), _) => false,
        };
        if new {
            candidates.extend(current.take());
            let mut candidate =
                Candidate::new(scene.sentence.index, reading.kind, trigger, "frame.zh.funding");
            candidate.kind_is_weak = reading.weak;
            candidate.target = target.or(subject.filter(|_| !reading.of_a_known_round)).cloned();
            current = Some(candidate);
        }
        if let Some(current) = &mut current {
            if current.target.is_none() {
                current.target = target.cloned();
            }
            reading.fill(scene, clause, current);
            if new {
                siblings.extend(
                    reading
                        .others(scene, clause)
                        .into_iter()
                        .map(|party| Candidate { target: Some(party.clone()), ..current.clone() }),
                );
            }
        }
        subject = reading.subject.or(subject);
    }
    candidates.extend(current);
    candidates.extend(siblings);
    candidates.retain(|candidate| {
        candidate.trigger.rule != "frame.zh.funding" || is_deal(scene, candidate)
    });
    for candidate in
        candidates.iter_mut().filter(|candidate| candidate.trigger.rule == "frame.zh.funding")
    {
        let bare = candidate.target.as_ref().is_none_or(|target| !is_name(target));
        let told = candidate.amount.is_some() || candidate.round.is_some();
        // 公司完成新一轮融资 states a deal, whoever the company is.
        let referred = candidate.target.is_some()
            && scene.text.of(scene.sentence.span).contains("完成")
            && scene.text.of(scene.sentence.span).contains("融资");
        candidate.supports_only = bare && !told && !referred;
    }
}

/// Whether enough is told: a round, a sum, or who gives; or that a round was closed at all.
fn is_deal(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    let sum = candidate.amount.is_some();
    let adds = candidate.valuation.is_some() || candidate.cumulative.is_some();
    // One of the two must be a name by more than the verb beside it.
    let sure = |party: &Found<Party>| {
        !matches!(
            party.rule,
            "party.zh.verb" | "party.zh.subject" | "party.zh.list" | "party.zh.seen"
        )
    };
    let known = candidate.target.as_ref().is_none_or(sure)
        || candidate.investors.iter().any(|backer| sure(&backer.party));
    if candidate.round.is_none() && !sum && !adds && !known {
        let words = scene.text.of(candidate.trigger.span);
        if !["融资", "募资", "集资", "领投"].iter().any(|word| words.contains(word)) {
            return false;
        }
    }
    match candidate.kind() {
        DealKind::Debt => sum,
        DealKind::Secondary => sum || !candidate.investors.is_empty(),
        DealKind::InvestmentStake => !candidate.investors.is_empty(),
        _ => {
            let sentence = scene.text.of(scene.sentence.span);
            let closed = [
                "新一轮",
                "轮融资",
                "一笔融资",
                "融资完成",
                "完成融资",
                "获融资",
                "巨额融资",
                "再融资",
                "拿钱",
                "亿级",
                "募资",
                "集资",
                "老股",
                "连融",
                "新融资",
                "配售",
                "旧股",
            ]
            .iter()
            .any(|word| sentence.contains(word));
            let ended = scene
                .facts
                .cues
                .iter()
                .any(|cue| matches!(cue.value, Cue::Terminated | Cue::Denied));
            let told = candidate.round.is_some() || sum || !candidate.investors.is_empty();
            told || adds || closed || ended
        }
    }
}

fn is_name(party: &Found<Party>) -> bool {
    party.value.is_name()
}

/// What a clause says of money for a company.
struct Clause<'f> {
    trigger: Option<Span>,
    kind: DealKind,
    weak: bool,
    /// 本轮, 该轮, 投资方包括: speaks of a round that was named before.
    of_a_known_round: bool,
    subject: Option<&'f Found<Party>>,
    object: Option<&'f Found<Party>>,
    owner: Option<&'f Found<Party>>,
    leads: Vec<&'f Found<Party>>,
    follows: Vec<&'f Found<Party>>,
    finishes: bool,
}

impl<'f> Clause<'f> {
    fn read(scene: &Scene<'f>, clause: &Range<usize>) -> Clause<'f> {
        let mut reading = Clause {
            trigger: None,
            kind: DealKind::Funding,
            weak: false,
            of_a_known_round: false,
            subject: None,
            object: None,
            owner: None,
            leads: Vec::new(),
            follows: Vec::new(),
            finishes: false,
        };
        let words = scene.clause_text(clause);
        reading.of_a_known_round =
            ["本轮", "该轮", "此轮", "这轮", "本次", "此次", "这笔", "投资方", "参与方", "出资方"]
                .iter()
                .any(|word| words.contains(word));
        let trigger = trigger(scene, clause);
        for group in scene.groups_in(clause) {
            let place = place(scene, clause, group);
            match place {
                Place::Leads => reading.leads.extend(names(group)),
                Place::Follows => reading.follows.extend(names(group)),
                Place::Invests => {
                    reading.follows.extend(group.parties.iter().copied().filter(|party| {
                        is_name(party)
                            || matches!(party.value.kind, PartyKind::Refers(Reference::Company))
                    }));
                }
                Place::Object => reading.object = reading.object.or(group.first()),
                Place::Owner => reading.owner = reading.owner.or(group.parties.last().copied()),
                Place::Subject => reading.subject = reading.subject.or(group.first()),
                Place::Bystander => {}
            }
        }
        let Some((at, class)) = trigger else { return reading };
        // 累计融资超50亿元 is no round.
        let news = ["完成", "宣布", "获", "本轮", "新一轮", "领投"];
        if words.contains("累计") && !news.iter().any(|word| words.contains(word)) {
            return reading;
        }
        // Meta将对公司做战略投资: the subject gives.
        if class == Class::Invest
            && reading.leads.is_empty()
            && reading.follows.is_empty()
            && let (Some(subject), Some(object)) = (reading.subject, reading.object)
            && is_name(subject)
            && subject.value.name != object.value.name
        {
            reading.follows.push(subject);
        }
        let backed = !reading.leads.is_empty() || !reading.follows.is_empty();
        if [
            "没有投资",
            "没有任何投资",
            "不存在投资",
            "投资关系",
            "还没拿",
            "没拿",
            "还没融",
            "投资人士",
            "投资建议",
        ]
        .iter()
        .any(|word| words.contains(word))
        {
            return reading;
        }
        if class == Class::Invest
            && (reading.object.is_none() && reading.subject.is_none() || !backed)
        {
            return reading;
        }
        if matches!(class, Class::Follow | Class::Backers) && !backed {
            return reading;
        }
        if no_deal(scene, clause, words) && reading.leads.is_empty() {
            return reading;
        }
        reading.finishes = scene
            .items
            .get(clause.clone())
            .unwrap_or_default()
            .iter()
            .any(|item| matches!(item.is, Is::Word(Class::Finish)));
        reading.trigger = scene.item(at).map(|item| item.span);
        reading.kind = kind(scene, clause, class, words);
        reading.weak = class == Class::Invest && reading.kind == DealKind::Funding;
        reading
    }

    fn target(&self) -> Option<&'f Found<Party>> {
        self.object.or(self.owner).or(self.subject)
    }

    /// 甲、乙都完成了融资: the names beside the target.
    fn others(&self, scene: &Scene<'f>, clause: &Range<usize>) -> Vec<&'f Found<Party>> {
        let words = scene.clause_text(clause);
        let Some(subject) = self.subject.filter(|_| self.object.is_none() && self.owner.is_none())
        else {
            return Vec::new();
        };
        if !["都", "均", "双双", "先后", "相继", "分别"].iter().any(|word| words.contains(word))
        {
            return Vec::new();
        }
        let group = scene
            .groups_in(clause)
            .find(|group| group.first().is_some_and(|first| first.span == subject.span));
        group
            .map(|group| {
                group.parties.iter().copied().skip(1).filter(|party| is_name(party)).collect()
            })
            .unwrap_or_default()
    }

    fn fill(&self, scene: &Scene<'f>, clause: &Range<usize>, candidate: &mut Candidate) {
        scene.take_round(clause, candidate);
        let share = |at: usize| tranche(scene, at);
        for at in clause.clone() {
            let Some(Is::Sum(sum)) = scene.item(at).map(|item| item.is) else { continue };
            if !(share(at) && sum.value.role == Role::Plain) {
                Scene::take_sum(sum, candidate, true);
            }
        }
        // What one investor gives is the deal's sum only where it gives alone.
        if candidate.amount.is_none() && self.leads.is_empty() && self.follows.len() < 2 {
            scene.take_sums(clause, candidate, true);
        }
        if let Some(Is::Percent(share)) = scene
            .items
            .get(clause.clone())
            .unwrap_or_default()
            .iter()
            .map(|item| item.is)
            .find(|is| matches!(is, Is::Percent(_)))
            && candidate.stake.is_none()
        {
            candidate.stake = Some(share.clone());
        }
        for (list, lead) in [(&self.leads, true), (&self.follows, false)] {
            for party in list {
                add_backer(candidate, party, lead);
            }
        }
    }

    /// 金额超50亿元, 总额17亿欧元 in a clause of its own.
    fn amount_clause(scene: &Scene<'f>, clause: &Range<usize>, candidate: &mut Candidate) {
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
                "单笔",
                "报价",
                "总额",
                "规模",
                "募资额",
                "融资额",
                "总规模",
                "合计",
                "共",
                "出资",
                "涉资",
                "资金",
                "投资额",
            ]
            .iter()
            .any(|start| words.trim_start_matches("已知").starts_with(start));
        if told || words.contains("未披露") || words.contains("未透露") || words.contains("未公开")
        {
            scene.take_sums(clause, candidate, true);
        }
    }
}

/// Names that make up a clause of their own: 领投三家:甲、乙和丙;另有丁、戊等国资.
fn listed<'f>(scene: &Scene<'f>, clause: &Range<usize>) -> Vec<&'f Found<Party>> {
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
        .filter(|party| is_name(party))
        .collect()
}

/// 领投方:, 领投三家: before a list.
fn ends_in_lead(scene: &Scene<'_>, clause: &Range<usize>) -> bool {
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

fn add_backer(candidate: &mut Candidate, party: &Found<Party>, lead: bool) {
    if candidate.target.as_ref().is_some_and(|target| target.value.name == party.value.name) {
        return;
    }
    match candidate.investors.iter_mut().find(|backer| backer.party.value.name == party.value.name)
    {
        Some(backer) => backer.lead |= lead,
        None => candidate.investors.push(Backer { party: party.clone(), lead }),
    }
}

fn names<'f>(group: &Group<'f>) -> impl Iterator<Item = &'f Found<Party>> {
    group.parties.iter().copied().filter(|party| party.value.is_name())
}

/// The word that makes the clause one of funding.
fn trigger(scene: &Scene<'_>, clause: &Range<usize>) -> Option<(usize, Class)> {
    let mut weak = None;
    let mut sum_after_finish = None;
    for at in clause.clone() {
        match scene.item(at)?.is {
            Is::Round(_) => return Some((at, Class::Raise)),
            Is::Word(class @ (Class::Raise | Class::Lead | Class::Lend | Class::Resale))
                if class != Class::Raise || raises(scene, clause, at) =>
            {
                return Some((at, class));
            }
            Is::Word(class @ (Class::Follow | Class::Invest | Class::Backers)) => {
                weak = weak.or(Some((at, class)));
            }
            Is::Word(Class::Finish)
                if RAISING.contains(&scene.words(at)) || gets(scene, clause, at) =>
            {
                sum_after_finish = Some(at);
            }
            Is::Sum(sum) if sum.value.role == Role::Plain && sum_after_finish.is_some() => {
                return sum_after_finish.map(|finish| (finish, Class::Raise));
            }
            _ => {}
        }
    }
    weak
}

/// Verbs that say it when a sum, and nothing else, follows.
const GETTING: &[&str] = &["拿到", "拿下", "拿到了", "获", "获得", "已获", "收到", "又获", "再获"];

/// 拿到近10亿元: a sum, and nothing but a noun of money, follows.
fn gets(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> bool {
    let is = |at: usize| scene.item(at).filter(|_| at < clause.end).map(|item| item.is);
    // 拿下某某创投数千万美元: the giver may stand between.
    let giver =
        matches!(is(at + 1), Some(Is::Party(party)) if party.value.kind == PartyKind::Investor);
    let at = if giver { at + 1 } else { at };
    GETTING.contains(&scene.words(if giver { at - 1 } else { at }))
        && matches!(is(at + 1), Some(Is::Sum(_)))
        && matches!(is(at + 2), None | Some(Is::Word(Class::Raise | Class::Invest)))
}

/// Verbs that by themselves say that money came in.
const RAISING: &[&str] = &[
    "再添", "添", "融到", "融得", "融了", "融", "募得", "募到", "募", "募集", "筹集", "筹得",
    "筹到", "筹", "吸金", "狂揽", "揽获", "揽下", "获投", "再融", "又融", "集资",
];

/// 资金 and 增资 are money for a company only beside a verb or a sum.
fn raises(scene: &Scene<'_>, clause: &Range<usize>, at: usize) -> bool {
    let has = |wanted: fn(&Is<'_>) -> bool| {
        scene.items.get(clause.clone()).unwrap_or_default().iter().any(|item| wanted(&item.is))
    };
    let finish = has(|is| {
        matches!(
            is,
            Is::Word(Class::Finish | Class::Plan | Class::Say | Class::Lead | Class::Follow)
        )
    });
    let sum = has(|is| matches!(is, Is::Sum(sum) if sum.value.role == Role::Plain));
    match scene.words(at) {
        "资金" | "筹码" => false,
        "配售" | "配股" | "增发" => sum || finish,
        "增资" | "定向增发" | "天使资金" | "种子资金" => sum,
        _ => finish || sum || has(|is| matches!(is, Is::Party(_))),
    }
}

/// Funds, grants, orders and the like.
fn no_deal(scene: &Scene<'_>, clause: &Range<usize>, words: &str) -> bool {
    let has = |class| clause.clone().any(|at| scene.class(at) == Some(class));
    let sentence = scene.text.of(scene.sentence.span);
    let of_a_fund = ["母基金", "产业基金", "引导基金", "基金总规模", "并购基金"]
        .iter()
        .any(|word| sentence.contains(word))
        && ["设立", "拟设", "发起", "总规模", "首期", "lp", "合伙人会议"]
            .iter()
            .any(|word| sentence.contains(word))
        && !sentence.contains('轮')
        || (sentence.contains("母基金") || sentence.contains("引导基金"))
            && !sentence.contains('轮')
            && !sentence.contains("融资");
    let fund = of_a_fund
        || words.contains("基金")
            && [
                "设立",
                "成立",
                "募集完成",
                "首期",
                "规模",
                "母基金",
                "期美元",
                "关账",
                "首关",
                "终关",
                "募资完成",
                "新基金",
                "出资人",
            ]
            .iter()
            .any(|word| words.contains(word));
    let market = [
        "融资事件",
        "融资总额",
        "起融资",
        "笔融资",
        "融资笔数",
        "起投融资",
        "融资余额",
        "融资盘",
        "融资买入",
        "两融",
        "融资融券",
        "股权投资市场",
        "再融资的打算",
        "投融资",
    ]
    .iter()
    .any(|word| words.contains(word));
    fund || market || (has(Class::NoDeal) && !has(Class::Raise))
}

fn kind(scene: &Scene<'_>, clause: &Range<usize>, class: Class, words: &str) -> DealKind {
    let has = |wanted| clause.clone().any(|at| scene.class(at) == Some(wanted));
    let percent = scene
        .items
        .get(clause.clone())
        .unwrap_or_default()
        .iter()
        .any(|item| matches!(item.is, Is::Percent(_)));
    if class == Class::Resale || (has(Class::Resale) && has(Class::Sell)) {
        DealKind::Secondary
    } else if class == Class::Lend {
        DealKind::Debt
    } else if matches!(class, Class::Invest | Class::Follow)
        && (percent
            || ["入股", "参股", "增持", "持股", "股权", "股份", "股东"]
                .iter()
                .any(|word| words.contains(word)))
    {
        DealKind::InvestmentStake
    } else {
        DealKind::Funding
    }
}

fn place(scene: &Scene<'_>, clause: &Range<usize>, group: &Group<'_>) -> Place {
    let after = scene.verb_after(group.items.end).filter(|(at, _)| clause.contains(at));
    let before = scene.word_before(group.items.start).filter(|(at, _)| clause.contains(at));
    let next =
        scene.item(group.items.end).filter(|_| group.items.end < clause.end).map(|item| item.is);
    let reference = group.first().is_some_and(|party| {
        matches!(party.value.kind, PartyKind::Refers(Reference::Company | Reference::It))
    });
    if !reference && stands_for_maker(scene, clause, group.items.end) {
        return Place::Bystander;
    }
    // 出资方里有保险系的甲、地方国资乙和丙: every name of the clause.
    let backers = (clause.start..(clause.start + 3).min(group.items.start))
        .any(|at| scene.class(at) == Some(Class::Backers) && !scene.words(at).contains("股东"));
    if backers
        && after.is_none_or(|(_, class)| !matches!(class, Class::Lead))
        && !owns_round(scene, group.items.end)
    {
        let lead = (clause.start..group.items.start).any(|at| scene.words(at).starts_with("领投"));
        return if lead { Place::Leads } else { Place::Follows };
    }
    if let Some((at, class)) = before {
        let word = scene.words(at);
        match class {
            // 婉拒甲、乙投资: who would have given.
            Class::Plan if matches!(word, "婉拒" | "拒绝" | "回绝" | "谢绝" | "拒绝了") =>
            {
                return Place::Follows;
            }
            Class::Backers if word.starts_with("领投") => return Place::Leads,
            // 老股东有甲、乙 tells who was there before; 老股东甲跟投 who gives now.
            Class::Backers
                if word.contains("股东")
                    && !matches!(after, Some((_, Class::Follow | Class::Lead))) =>
            {
                return Place::Bystander;
            }
            Class::Backers => return Place::Follows,
            // 向X投入, 对X战略投资.
            Class::Edge
                if matches!(word, "向" | "对")
                    && matches!(after, Some((_, Class::Invest | Class::Follow))) =>
            {
                return Place::Object;
            }
            Class::Lead | Class::Invest | Class::Follow
                if !matches!(after, Some((_, Class::Lead | Class::Follow))) =>
            {
                return if word.ends_with('方') { Place::Leads } else { Place::Object };
            }
            Class::By if !reference => match after {
                Some((_, Class::Lead)) => return Place::Leads,
                Some((_, Class::Follow | Class::Invest)) => return Place::Follows,
                _ if matches!(word, "来自" | "获") => return Place::Follows,
                _ => {}
            },
            Class::Finish
                if !reference
                    && word.contains(['获', '引', '得', '迎', '拿'])
                    && gives(scene, clause, group.items.end) =>
            {
                match after {
                    Some((_, Class::Lead)) => return Place::Leads,
                    _ => return Place::Follows,
                }
            }
            _ => {}
        }
    }
    if matches!(next, Some(Is::Word(Class::Of))) {
        return if owns_round(scene, group.items.end) { Place::Owner } else { Place::Bystander };
    }
    let with = group
        .items
        .start
        .checked_sub(1)
        .filter(|at| *at >= clause.start)
        .map_or("", |at| scene.words(at));
    if with.ends_with(['与', '同', '和', '跟', '向']) && matches!(after, Some((_, Class::Plan)))
    {
        return Place::Follows;
    }
    match after {
        Some((_, Class::Lead)) => return Place::Leads,
        Some((_, Class::Follow)) => return Place::Follows,
        Some((at, Class::Invest)) if invests(scene, clause, at) => return Place::Invests,
        // 种子轮融资800万美元,X投资: a clause of its own after the round.
        Some((at, Class::Invest))
            if at + 1 == clause.end && clause.start > 0 && at == group.items.end =>
        {
            return Place::Follows;
        }
        _ => {}
    }
    if owns_round(scene, group.items.end) {
        return Place::Owner;
    }
    if group.items.start == clause.start
        || before.is_none_or(|(_, class)| {
            matches!(class, Class::Say | Class::Of | Class::Plan | Class::And)
        })
    {
        Place::Subject
    } else {
        Place::Bystander
    }
}

/// 获X天使轮投资, 获X数千万元注资: a noun of giving ends what follows the name.
fn gives(scene: &Scene<'_>, clause: &Range<usize>, from: usize) -> bool {
    let mut given = false;
    for at in from..clause.end {
        match scene.item(at).map(|item| item.is) {
            Some(Is::Word(Class::Lead | Class::Follow | Class::Invest)) => given = true,
            Some(Is::Round(round)) if scene.text.of(round.span).ends_with("投资") => given = true,
            Some(Is::Word(Class::Raise)) => {
                given |= matches!(scene.words(at), "增资" | "资金" | "天使资金");
            }
            Some(Is::Word(Class::Backers)) => given |= scene.words(at).contains("股东"),
            Some(Is::Sum(_)) if at == from => given = true,
            _ => {}
        }
    }
    given
}

/// 产品Z背后的X, 产品Y的母公司X: the company is named next.
fn stands_for_maker(scene: &Scene<'_>, clause: &Range<usize>, from: usize) -> bool {
    let end = (from + 3).min(clause.end);
    let maker = (from..end).find(|at| {
        ["背后的", "背后", "母公司", "开发商", "运营商", "开发者"].contains(&scene.words(*at))
    });
    maker.is_some_and(|at| {
        (at + 1..(at + 4).min(clause.end))
            .any(|next| matches!(scene.item(next).map(|item| item.is), Some(Is::Party(_))))
    })
}

/// The verb has an object, or the money stands after it.
fn invests(scene: &Scene<'_>, clause: &Range<usize>, verb: usize) -> bool {
    let tail = verb + 1..clause.end;
    let toward =
        clause.clone().take_while(|at| *at < verb).any(|at| matches!(scene.words(at), "向" | "对"));
    let sum = scene
        .items
        .get(tail.clone())
        .unwrap_or_default()
        .first()
        .is_some_and(|item| matches!(item.is, Is::Sum(_)));
    toward
        || (sum && matches!(scene.words(verb), "注资" | "投资" | "入股" | "投入" | "投资了"))
        || scene
            .items
            .get(tail)
            .unwrap_or_default()
            .iter()
            .any(|item| matches!(item.is, Is::Party(_)))
}

/// X的C轮, X新一轮融资, X A轮.
fn owns_round(scene: &Scene<'_>, from: usize) -> bool {
    for at in from..from + 5 {
        match scene.item(at).map(|item| item.is) {
            Some(Is::Round(_) | Is::Word(Class::Raise)) => return true,
            Some(
                Is::Word(Class::Of | Class::Edge | Class::Time)
                | Is::Sum(_)
                | Is::Date(_)
                | Is::Mark(_)
                | Is::Number,
            ) => {}
            _ => return false,
        }
    }
    false
}

/// A sum that one investor gives: 以28亿美元领投, 出资13亿欧元.
fn tranche(scene: &Scene<'_>, at: usize) -> bool {
    let after = scene.class(at + 1).or_else(|| {
        matches!(scene.item(at + 1).map(|item| item.is), Some(Is::Mark('(')))
            .then(|| scene.verb_after(at + 1).map(|(_, class)| class))
            .flatten()
    });
    let before = at.checked_sub(1).map_or("", |before| scene.words(before));
    matches!(after, Some(Class::Lead | Class::Follow))
        || matches!(before, "出资" | "认购" | "出" | "拿出" | "投了")
}

/// A value that a sentence tells of the company without any deal: it adds to the deal spoken of.
pub(super) fn worth(scene: &Scene<'_>, candidates: &mut Vec<Candidate>) {
    for clause in &scene.clauses {
        let words = scene.clause_text(clause);
        let kind = if words.contains("市值") { DealKind::Ipo } else { DealKind::Funding };
        let past = ["此前", "曾", "去年", "上一轮", "上轮", "当时", "过去", "今年初", "早前"]
            .iter()
            .any(|word| words.contains(word));
        let value = scene.items.get(clause.clone()).unwrap_or_default().iter().find(|item| {
            matches!(item.is, Is::Sum(sum) if matches!(sum.value.role, Role::Valuation(_) | Role::Cumulative) && !sum.value.conversion)
        });
        if value.is_none() && priced(scene, clause, candidates) {
            return;
        }
        let (Some(item), false) = (value, past) else { continue };
        let mut candidate = Candidate::new(scene.sentence.index, kind, item.span, "frame.zh.worth");
        candidate.supports_only = true;
        candidate.target =
            scene.groups_in(clause).filter_map(Group::first).find(|party| is_name(party)).cloned();
        scene.take_sums(clause, &mut candidate, false);
        candidates.push(candidate);
        return;
    }
}

/// 外媒说约2亿美元, in a sentence on the price of what is bought.
fn priced(scene: &Scene<'_>, clause: &Range<usize>, candidates: &mut Vec<Candidate>) -> bool {
    let sentence = scene.text.of(scene.sentence.span);
    if !["价格", "对价", "作价", "交易金额", "收购价", "价金", "交易额", "交易价"]
        .iter()
        .any(|word| sentence.contains(word))
    {
        return false;
    }
    let Some(at) = clause.clone().find(|at| matches!(scene.item(*at).map(|item| item.is), Some(Is::Sum(sum)) if sum.value.role == Role::Plain)) else {
        return false;
    };
    let Some(item) = scene.item(at) else { return false };
    let mut candidate =
        Candidate::new(scene.sentence.index, DealKind::Acquisition, item.span, "frame.zh.price");
    candidate.supports_only = true;
    scene.take_sums(clause, &mut candidate, true);
    let told = candidate.amount.is_some();
    candidates.push(candidate);
    told
}

//! Money for new shares: X完成B轮融资, Y领投, 获Z投资, 本轮由A、B跟投; also loans and resales.

mod further;
mod place;
mod trigger;
mod worth;

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

use further::amount_clause;
use further::ends_in_lead;
use further::given_by;
use further::listed;
use further::share_clause;
use place::Place;
use place::place;
use trigger::kind;
use trigger::no_deal;
use trigger::trigger;

pub(super) use worth::worth;

/// Appends the candidates of a sentence; clauses whose trigger is taken are left out.
pub(super) fn read(scene: &Scene<'_>, taken: &[Span], all: &mut Vec<Candidate>) {
    // What other sentences told is not weighed by the words of this one.
    let mut candidates: Vec<Candidate> = Vec::new();
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
        // 收购X股权,增资金额2亿元: the price of what the sentence tells already.
        let adds = !taken.is_empty()
            && trigger(scene, clause).is_some_and(|(at, _)| scene.words(at) == "增资");
        if adds || taken.iter().any(covers) {
            candidates.extend(current.take());
            subject = None;
            continue;
        }
        let reading = Clause::read(scene, clause, subject);
        let Some(trigger) = reading.trigger else {
            if current.is_none() {
                current = listed_alone(scene, clause);
            }
            if let Some(current) = &mut current {
                reading.adds(scene, clause, current);
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
            (Some(current), _) => Clause::opens_another(scene, clause, current),
        };
        let known = current.as_ref().and_then(|current| current.target.clone());
        if new {
            candidates.extend(current.take());
            let mut candidate =
                Candidate::new(scene.sentence.index, reading.kind, trigger, "frame.zh.funding");
            candidate.kind_is_weak = reading.weak;
            candidate.target = target
                .or(subject.filter(|_| !reading.of_a_known_round))
                .cloned()
                .or(known.filter(|_| target.is_none()));
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
    candidates.iter_mut().for_each(fund_gives);
    candidates.retain(|candidate| is_deal(scene, candidate));
    for candidate in &mut candidates {
        let bare = candidate.target.as_ref().is_none_or(|target| !is_name(target));
        let told = candidate.amount.is_some() || candidate.round.is_some();
        // 公司完成新一轮融资 states a deal, whoever the company is.
        let referred = candidate.target.is_some()
            && scene.text.of(scene.sentence.span).contains("完成")
            && scene.text.of(scene.sentence.span).contains("融资");
        candidate.supports_only = bare && !told && !referred;
    }
    all.append(&mut candidates);
}

/// 领投:甲、乙 in a sentence of its own: it adds to the deal told before.
fn listed_alone(scene: &Scene<'_>, clause: &Range<usize>) -> Option<Candidate> {
    let before = scene.clauses.iter().rfind(|before| before.end <= clause.start)?;
    let opens = scene.item(before.end).is_some_and(|item| scene.text.of(item.span) == ":");
    let of_backers = before
        .clone()
        .any(|at| matches!(scene.class(at), Some(Class::Lead | Class::Follow | Class::Backers)));
    let names =
        clause.clone().any(|at| matches!(scene.item(at).map(|item| item.is), Some(Is::Party(_))));
    if !(opens && of_backers && names && before.len() <= 3) {
        return None;
    }
    let span = scene.item(before.start)?.span;
    let mut candidate =
        Candidate::new(scene.sentence.index, DealKind::Funding, span, "frame.zh.funding");
    candidate.supports_only = true;
    Some(candidate)
}

/// 某某基金首次加入: who invests for a living stands beside those who give, and is no target.
fn fund_gives(candidate: &mut Candidate) {
    let fund =
        candidate.target.as_ref().is_some_and(|target| target.value.kind == PartyKind::Investor);
    if fund
        && !candidate.investors.is_empty()
        && let Some(party) = candidate.target.take()
    {
        candidate.investors.insert(0, Backer { party, lead: false });
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
        DealKind::Secondary => {
            let offered = scene.facts.cues.iter().any(|cue| cue.value == Cue::Talks);
            sum || offered || !candidate.investors.is_empty() || candidate.valuation.is_some()
        }
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
    /// `before` is who the clauses before speak of.
    #[expect(clippy::too_many_lines, reason = "one item of a clause after the other")]
    fn read(
        scene: &Scene<'f>,
        clause: &Range<usize>,
        before: Option<&'f Found<Party>>,
    ) -> Clause<'f> {
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
                Place::Subject => {
                    // 前甲高管创立的机器人公司乙: the one right before the verb.
                    let later = reading.subject.is_some_and(|old| {
                        scene
                            .groups_in(&(clause.start..group.items.start))
                            .find(|before| {
                                before.parties.iter().any(|party| party.span == old.span)
                            })
                            .is_some_and(|old| scene.leads_on(old.items.end, group.items.start))
                    });
                    reading.subject = match group.first() {
                        Some(first) if later && first.value.kind != PartyKind::Person => {
                            Some(first)
                        }
                        first => reading.subject.or(first),
                    };
                }
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
        let gives = class == Class::Follow && scene.words(at).ends_with("投资");
        if (class == Class::Invest || gives || scene.words(at) == "认购")
            && reading.leads.is_empty()
            && reading.follows.is_empty()
            && let (Some(subject), Some(object)) = (reading.subject.or(before), reading.object)
            && (is_name(subject)
                || matches!(subject.value.kind, PartyKind::Refers(Reference::Company)))
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
        // 甲押注乙, without a round: the words fit what one backer gives.
        let round = scene
            .items
            .get(clause.clone())
            .unwrap_or_default()
            .iter()
            .any(|item| matches!(item.is, Is::Round(_)));
        reading.weak = reading.kind == DealKind::Funding
            && (class == Class::Invest || class == Class::Follow && !round);
        reading
    }

    /// …;A轮1.3亿元: another round of the same company, with what belongs to it.
    fn opens_another(scene: &Scene<'f>, clause: &Range<usize>, current: &Candidate) -> bool {
        let Some(old) = &current.round else { return false };
        let items = scene.items.get(clause.clone()).unwrap_or_default();
        let round = items.iter().find_map(|item| match item.is {
            Is::Round(round) => Some(round),
            _ => None,
        });
        let opens = clause
            .clone()
            .take(3)
            .any(|at| matches!(scene.item(at).map(|item| item.is), Some(Is::Round(_))));
        round.is_some_and(|round| round.value != old.value) && opens
    }

    /// What the clause says of the deal told before it.
    fn adds(&self, scene: &Scene<'f>, clause: &Range<usize>, candidate: &mut Candidate) {
        scene.take_sums(clause, candidate, false);
        amount_clause(scene, clause, candidate);
        share_clause(scene, clause, candidate);
        // 由某某创投投资, after the round.
        if given_by(scene, clause) {
            for party in &self.follows {
                add_backer(candidate, party, false);
            }
        }
        for party in listed(scene, clause) {
            let lead = scene
                .clauses
                .iter()
                .rfind(|before| before.end <= clause.start)
                .is_some_and(|before| ends_in_lead(scene, before));
            add_backer(candidate, party, lead);
        }
    }

    fn target(&self) -> Option<&'f Found<Party>> {
        let of_company = |party: &&'f Found<Party>| party.value.kind != PartyKind::Person;
        let object = self.object.filter(of_company);
        object.or(self.owner.filter(of_company)).or(self.subject.filter(of_company))
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

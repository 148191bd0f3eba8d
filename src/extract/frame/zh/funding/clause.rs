//! What one clause says of money for a company.

use std::ops::Range;

use super::super::scene::Group;
use super::super::scene::Is;
use super::super::scene::Scene;
use super::further::amount_clause;
use super::further::ends_in_lead;
use super::further::given_by;
use super::further::listed;
use super::further::share_clause;
use super::is_name;
use super::place::Place;
use super::place::place;
use super::trigger::kind;
use super::trigger::no_deal;
use super::trigger::trigger;
use crate::domain::Amount;
use crate::domain::DealKind;
use crate::domain::Span;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::lexicon::list::List;
use crate::extract::money::Role;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::party::Reference;
use crate::extract::segment::Class;

/// Words that speak of a round that was named before.
static KNOWN_ROUND: List = List::new(&[
    "本轮",
    "该轮",
    "此轮",
    "这轮",
    "本次",
    "此次",
    "这笔",
    "投资方",
    "参与方",
    "出资方",
]);

/// Words of money that was not given, or is none of a company's.
static NO_INVESTMENT: List = List::new(&[
    "没有投资",
    "没有任何投资",
    "不存在投资",
    "投资关系",
    "还没拿",
    "没拿",
    "还没融",
    "投资人士",
    "投资建议",
]);

/// Talks between two who are named side by side.
static NEGOTIATES: List = List::new(&["谈判", "磋商", "洽谈", "商谈"]);

/// What a clause says of money for a company.
pub(super) struct Clause<'f> {
    pub(super) trigger: Option<Span>,
    pub(super) kind: DealKind,
    pub(super) weak: bool,
    /// 本轮, 该轮, 投资方包括: speaks of a round that was named before.
    pub(super) of_a_known_round: bool,
    pub(super) subject: Option<&'f Found<Party>>,
    pub(super) object: Option<&'f Found<Party>>,
    pub(super) owner: Option<&'f Found<Party>>,
    pub(super) leads: Vec<&'f Found<Party>>,
    pub(super) follows: Vec<&'f Found<Party>>,
    pub(super) finishes: bool,
}

impl<'f> Clause<'f> {
    /// `before` is who the clauses before speak of.
    #[expect(clippy::too_many_lines, reason = "one item of a clause after the other")]
    pub(super) fn read(
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
        reading.of_a_known_round = KNOWN_ROUND.within(words);
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
                // 甲与乙的融资谈判: who seeks money is named first.
                Place::Owner if group.parties.len() > 1 && NEGOTIATES.within(words) => {
                    reading.owner = reading.owner.or(group.first());
                    reading.follows.extend(names(group).skip(1));
                }
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
        if NO_INVESTMENT.within(words) {
            return reading;
        }
        // 甲以全现金注资150亿美元,拿49%股份: of the company spoken of.
        let spoken_of = class == Class::Invest
            && reading.object.is_none()
            && !backed
            && reading.subject.is_some_and(is_name)
            && ["注资", "入股", "战略投资", "投资"].iter().any(|word| scene.words(at) == *word)
            && clause
                .clone()
                .any(|at| matches!(scene.item(at).map(|item| item.is), Some(Is::Sum(_))))
            && ["股份", "股权", "持股"]
                .iter()
                .any(|word| scene.text.of(scene.sentence.span).contains(word));
        if spoken_of && let Some(subject) = reading.subject.take() {
            reading.follows.push(subject);
        } else if class == Class::Invest
            && (reading.object.is_none() && reading.subject.is_none() || !backed)
            && !given_by_somebody(scene, clause, at, &reading)
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
    pub(super) fn opens_another(
        scene: &Scene<'f>,
        clause: &Range<usize>,
        current: &Candidate,
    ) -> bool {
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
    pub(super) fn adds(&self, scene: &Scene<'f>, clause: &Range<usize>, candidate: &mut Candidate) {
        scene.take_sums(clause, candidate, false);
        // 完成此轮融资后,甲的估值升至40亿元.
        if candidate.target.is_none() && candidate.valuation.is_some() {
            let owner = scene
                .groups_in(clause)
                .find(|group| scene.class(group.items.end) == Some(Class::Of))
                .and_then(Group::first);
            candidate.target = owner.filter(|party| is_name(party)).cloned();
        }
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

    pub(super) fn target(&self) -> Option<&'f Found<Party>> {
        let of_company = |party: &&'f Found<Party>| party.value.kind != PartyKind::Person;
        let object = self.object.filter(of_company);
        object.or(self.owner.filter(of_company)).or(self.subject.filter(of_company))
    }

    /// 甲、乙都完成了融资: the names beside the target.
    pub(super) fn others(&self, scene: &Scene<'f>, clause: &Range<usize>) -> Vec<&'f Found<Party>> {
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

    pub(super) fn fill(&self, scene: &Scene<'f>, clause: &Range<usize>, candidate: &mut Candidate) {
        scene.take_round(clause, candidate);
        let share = |at: usize| tranche(scene, at);
        for at in clause.clone() {
            let Some(Is::Sum(sum)) = scene.item(at).map(|item| item.is) else { continue };
            if !(share(at) && sum.value.role == Role::Plain) {
                Scene::take_sum(sum, candidate, true);
            }
        }
        if candidate.amount.is_none() {
            candidate.amount = each(scene, clause);
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

pub(super) fn add_backer(candidate: &mut Candidate, party: &Found<Party>, lead: bool) {
    if candidate.target.as_ref().is_some_and(|target| target.value.name == party.value.name) {
        return;
    }
    match candidate.investors.iter_mut().find(|backer| backer.party.value.name == party.value.name)
    {
        Some(backer) => backer.lead |= lead,
        None => candidate.investors.push(Backer { party: party.clone(), lead }),
    }
}

/// 甲旗下风投部门向乙注资4亿美元: who gives has no name of its own.
fn given_by_somebody(
    scene: &Scene<'_>,
    clause: &Range<usize>,
    verb: usize,
    reading: &Clause<'_>,
) -> bool {
    let toward = (clause.start..verb).any(|at| scene.words(at) == "向");
    let sum = (verb + 1..clause.end)
        .any(|at| matches!(scene.item(at).map(|item| item.is), Some(Is::Sum(_))));
    let named = reading
        .object
        .is_some_and(|party| is_name(party) && party.value.kind == PartyKind::Company);
    named && toward && sum && matches!(scene.words(verb), "注资" | "增资" | "追加投资")
}

/// 甲、乙各出资1亿元: as often as there are names.
fn each(scene: &Scene<'_>, clause: &Range<usize>) -> Option<Found<Amount>> {
    const GIVES: &[&str] = &["出资", "投资", "注资", "认购", "投入", "投", "出", "拿出"];
    let behind = |group: &Group<'_>| {
        let start = scene.item(group.items.end)?.span.start();
        let verb = scene.text.str().get(start..)?;
        let verb = verb.strip_prefix('等').unwrap_or(verb);
        let verb = verb.strip_prefix("各自").or_else(|| verb.strip_prefix('各'))?;
        GIVES.iter().find(|gives| verb.starts_with(**gives))
    };
    let group = scene.groups_in(clause).find(|group| behind(group).is_some())?;
    let sum = (group.items.end..clause.end).find_map(|at| match scene.item(at)?.is {
        Is::Sum(sum) if sum.value.role == Role::Plain && !sum.value.conversion => Some(sum),
        _ => None,
    })?;
    let count = i64::try_from(group.parties.len()).ok()?;
    let times = |bound: Option<i64>| match bound {
        Some(bound) => bound.checked_mul(count).map(Some),
        None => Some(None),
    };
    let mut amount = sum.value.amount.clone();
    (amount.min, amount.max) = (times(amount.min)?, times(amount.max)?);
    Some(Found { value: amount, span: sum.span, rule: "money.zh.each" })
}

pub(super) fn names<'f>(group: &Group<'f>) -> impl Iterator<Item = &'f Found<Party>> {
    group.parties.iter().copied().filter(|party| party.value.is_name())
}

/// A sum that one investor gives: 以28亿美元领投, 出资13亿欧元.
pub(super) fn tranche(scene: &Scene<'_>, at: usize) -> bool {
    let after = scene.class(at + 1).or_else(|| {
        matches!(scene.item(at + 1).map(|item| item.is), Some(Is::Mark('(')))
            .then(|| scene.verb_after(at + 1).map(|(_, class)| class))
            .flatten()
    });
    let before = at.checked_sub(1).map_or("", |before| scene.words(before));
    // 甲领投1.5亿美元: what the lead gives ends the clause.
    let headline = scene.sentence.place == crate::extract::text::Place::Title;
    let led = !headline
        && at.checked_sub(1).is_some_and(|before| scene.class(before) == Some(Class::Lead))
        && matches!(scene.item(at + 1).map(|item| item.is), None | Some(Is::Stop));
    // 以合计2.6亿元认购: what they give together.
    let together = at.checked_sub(1).is_some_and(|before| {
        ["合计", "共计", "总计", "合共", "总额", "共同"]
            .iter()
            .any(|word| scene.words(before).ends_with(word))
    });
    if together {
        return false;
    }
    led || matches!(after, Some(Class::Lead | Class::Follow))
        || before.starts_with('各')
        || matches!(before, "出资" | "认购" | "出" | "拿出" | "投了")
}

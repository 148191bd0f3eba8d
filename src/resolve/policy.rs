//! Which value a record shows when its mentions give several.
//!
//! The rule, in this order: the news before what is told in passing (of dates, the news alone); a settled deal's terms
//! before a rumour's; the class of the source (filing, company, wire, media, aggregator); then
//! recency; then agreement. Values that contradict the shown one are kept as conflicts.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::facts::Facts;
use super::facts::Usd;
use super::score::Sums;
use super::score::sums;
use super::status;
use super::status::Clock;
use crate::domain::Conflict;
use crate::domain::DealFacts;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Doubt;
use crate::domain::EntityId;
use crate::domain::Field;
use crate::domain::Investor;
use crate::domain::KindGroup;
use crate::domain::Lang;
use crate::domain::Mention;
use crate::domain::MentionId;
use crate::domain::PartialDate;
use crate::domain::Percent;
use crate::domain::Told;

/// Who holds less of a company does not own it.
const HALF: Percent = Percent(5_000);
/// Confidence of a record never reaches certainty.
const MOST_CONFIDENT: f64 = 0.99;

/// The record of a cluster. `members` is not empty and oldest first.
pub(super) fn merge(members: &[&Facts<'_>], target: &EntityId, clock: Clock) -> DealFacts {
    let mut ranked: Vec<&Facts<'_>> = members.to_vec();
    ranked.sort_by_key(|member| {
        let mention = &member.told.mention;
        (
            std::cmp::Reverse(mention.main),
            std::cmp::Reverse(firmness(mention.status)),
            member.told.class,
            std::cmp::Reverse(member.told.at),
            member.told.id,
        )
    });
    let spelling = Spelling::of(members);
    let mut chosen = Chosen {
        ranked: &ranked,
        spelling: &spelling,
        proof: BTreeMap::new(),
        conflicts: Vec::new(),
    };
    let steps = status::steps(members, clock);
    let last = steps.last();
    let status = last.map_or(DealStatus::Rumoured, |step| step.status);
    if let Some(mention) = last.and_then(|step| step.mention) {
        chosen.proof.insert(Field::Status, mention);
    }
    let (target_name, target_names) = names(members);
    let round = chosen.pick(
        Field::Round,
        |m| m.round.map(|code| (code, m.round_raw.clone())),
        |a, b| a.0.base == b.0.base,
    );
    let sources = independent(members);
    let mut facts = DealFacts {
        target: target_name,
        target_id: target.clone(),
        target_names,
        kind: chosen.kind(),
        status,
        ai: chosen.ai(),
        main: members.iter().any(|member| member.told.mention.main),
        acquirers: chosen.list(Field::Acquirers, |m| &m.acquirers),
        sellers: chosen.list(Field::Sellers, |m| &m.sellers),
        advisers: chosen.list(Field::Advisers, |m| &m.advisers),
        asset: chosen.pick(Field::Asset, |m| m.asset.clone(), |_, _| true),
        round: round.as_ref().map(|(code, _)| *code),
        round_raw: round.and_then(|(_, raw)| raw),
        amount: chosen.sum(Field::Amount, |m| m.amount.clone(), |f| f.amount),
        target_amount: chosen.pick(Field::TargetAmount, |m| m.target_amount.clone(), |_, _| true),
        cumulative: chosen.pick(Field::Cumulative, |m| m.cumulative.clone(), |_, _| true),
        valuation: chosen.sum(Field::Valuation, |m| m.valuation.clone(), |f| f.valuation),
        investors: chosen.investors(status),
        stake_pct: chosen.pick(Field::StakePct, |m| m.stake_pct, |a, b| a == b),
        terms: chosen.pick(Field::Terms, |m| m.terms, |a, b| a == b),
        announced_on: chosen.day(Field::AnnouncedOn, |m| m.announced_on),
        closed_on: chosen.day(Field::ClosedOn, |m| m.closed_on),
        expected_close: chosen.day(Field::ExpectedClose, |m| m.expected_close),
        first_reported_at: members.first().map_or(jiff::Timestamp::UNIX_EPOCH, |m| m.told.at),
        confidence: confidence(&sources),
        doubts: Vec::new(),
        sources: u32::try_from(sources.len()).unwrap_or(u32::MAX),
        conflicts: chosen.conflicts,
        steps,
        proof: chosen.proof,
        decided: BTreeMap::new(),
    };
    if let Some(first) = facts.proof.get(&Field::Kind).copied() {
        facts.proof.entry(Field::Target).or_insert(first);
    }
    facts.doubts = doubts(&facts, members);
    facts
}

/// Settled terms are firmer than negotiated ones, those firmer than hearsay.
fn firmness(status: DealStatus) -> u8 {
    match status {
        DealStatus::Announced | DealStatus::Completed => 2,
        DealStatus::Terminated | DealStatus::InTalks | DealStatus::Rumoured => 1,
        DealStatus::Seeking | DealStatus::Denied | DealStatus::Expired => 0,
    }
}

/// An investor with who names it.
#[derive(Default)]
struct Named {
    key: String,
    name: String,
    lead: bool,
    langs: BTreeSet<Lang>,
    mentions: Vec<MentionId>,
}

struct Chosen<'a, 'b> {
    ranked: &'a [&'a Facts<'b>],
    spelling: &'a Spelling,
    proof: BTreeMap<Field, MentionId>,
    conflicts: Vec<Conflict>,
}

impl Chosen<'_, '_> {
    /// The first value of the ranking; what does not agree with it becomes a conflict.
    fn pick<T: Clone + Serialize>(
        &mut self,
        field: Field,
        get: impl Fn(&Mention) -> Option<T>,
        agree: impl Fn(&T, &T) -> bool,
    ) -> Option<T> {
        let mut told = self.ranked.iter().filter_map(|f| Some((f.told, get(&f.told.mention)?)));
        let (by, shown) = told.next()?;
        self.proof.insert(field, by.id);
        let others: Vec<(Value, MentionId)> = told
            .filter(|(other, value)| other.mention.main && !agree(&shown, value))
            .filter_map(|(other, value)| Some((serde_json::to_value(&value).ok()?, other.id)))
            .collect();
        self.disagree(field, others);
        Some(shown)
    }

    /// As [`Chosen::pick`] for dates, which news alone gives where there is news: what looks back
    /// says "last year".
    fn day(
        &mut self,
        field: Field,
        get: impl Fn(&Mention) -> Option<PartialDate>,
    ) -> Option<PartialDate> {
        let any_main = self.ranked.iter().any(|member| member.told.mention.main);
        self.pick(field, |m| get(m).filter(|_| m.main || !any_main), |a, b| a == b)
    }

    /// As [`Chosen::pick`] for sums: a vague sum gives way to an exact one that it allows, and
    /// disagreement is counted in US dollars.
    fn sum<T: Clone + Serialize>(
        &mut self,
        field: Field,
        get: impl Fn(&Mention) -> Option<T>,
        usd: impl Fn(&Facts<'_>) -> Option<Usd>,
    ) -> Option<T> {
        let told: Vec<_> = self
            .ranked
            .iter()
            .filter_map(|f| Some((f.told, get(&f.told.mention)?, usd(f))))
            .collect();
        let (first, _, first_usd) = told.first()?;
        let width =
            |usd: &Option<Usd>| usd.map_or(f64::INFINITY, |usd| usd.high / usd.low.max(1.0));
        let firm = firmness(first.mention.status);
        let mut shown = 0;
        for (place, (other, _, other_usd)) in told.iter().enumerate() {
            let allowed = matches!(sums(*first_usd, *other_usd), Sums::Overlap)
                || (first_usd.is_none() && other_usd.is_some());
            if allowed
                && other.mention.main == first.mention.main
                && firmness(other.mention.status) == firm
                && width(other_usd) < width(&told[shown].2)
            {
                shown = place;
            }
        }
        let (by, value, shown_usd) = &told[shown];
        self.proof.insert(field, by.id);
        let others: Vec<(Value, MentionId)> = told
            .iter()
            .filter(|(other, _, other_usd)| {
                other.mention.main && matches!(sums(*shown_usd, *other_usd), Sums::Near | Sums::Far)
            })
            .filter_map(|(other, value, _)| Some((serde_json::to_value(value).ok()?, other.id)))
            .collect();
        self.disagree(field, others);
        Some(value.clone())
    }

    /// The list of the first mention that gives one, each party by its first spelling.
    fn list(&mut self, field: Field, get: impl Fn(&Mention) -> &Vec<String>) -> Vec<String> {
        let mut told = self
            .ranked
            .iter()
            .map(|facts| {
                let names = get(&facts.told.mention);
                let keys: Vec<String> = names.iter().map(|name| facts.key(name)).collect();
                (facts.told, names, keys)
            })
            .filter(|(_, names, _)| !names.is_empty());
        let Some((by, _, shown)) = told.next() else { return Vec::new() };
        let others: Vec<(Value, MentionId)> = told
            .filter(|(other, _, keys)| {
                other.mention.main && !keys.iter().any(|key| shown.contains(key))
            })
            .map(|(other, names, _)| (Value::from(names.clone()), other.id))
            .collect();
        let mut names: Vec<String> = Vec::with_capacity(shown.len());
        for key in &shown {
            let name = self.spelling.first(key);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        self.proof.insert(field, by.id);
        self.disagree(field, others);
        names
    }

    /// All who are named, once each; a name that some text calls lead is a lead.
    ///
    /// Once a deal is announced, names that only rumours gave are left out. Names that only one
    /// language gives are taken for those that only the other gives if they pair off in number:
    /// nothing links 松间创投 to Songjian Ventures but that both stand in the same list. They stay
    /// visible as a conflict.
    fn investors(&mut self, status: DealStatus) -> Vec<Investor> {
        let settled = firmness(status) == 2;
        let mut all: Vec<Named> = Vec::new();
        for member in self.ranked {
            let mention = &member.told.mention;
            if settled && firmness(mention.status) < 2 {
                continue;
            }
            for investor in &mention.investors {
                self.proof.entry(Field::Investors).or_insert(member.told.id);
                let key = member.key(&investor.name);
                let index = all.iter().position(|known| known.key == key).unwrap_or_else(|| {
                    let name = self.spelling.first(&key);
                    all.push(Named { key, name, ..Named::default() });
                    all.len() - 1
                });
                all[index].lead |= investor.lead;
                all[index].langs.insert(member.told.lang);
                all[index].mentions.push(member.told.id);
            }
        }
        let first = all.first().and_then(|named| named.langs.first().copied());
        let only = |named: &Named, ours: bool| {
            named.langs.len() == 1 && (named.langs.first().copied() == first) == ours
        };
        let (ours, theirs) = (
            all.iter().filter(|named| only(named, true)).count(),
            all.iter().filter(|named| only(named, false)).count(),
        );
        let pair_off = theirs > 0 && theirs <= ours;
        let (hidden, shown): (Vec<Named>, Vec<Named>) =
            all.into_iter().partition(|named| pair_off && only(named, false));
        let others = hidden.into_iter().flat_map(|named| {
            let value = Value::from(vec![named.name]);
            named.mentions.into_iter().map(move |mention| (value.clone(), mention))
        });
        self.disagree(Field::Investors, others.collect());
        shown.into_iter().map(|named| Investor { name: named.name, lead: named.lead }).collect()
    }

    /// Some mention says so; the first of the ranking that does is the proof.
    fn ai(&mut self) -> bool {
        let says = self.ranked.iter().find(|member| member.told.mention.ai);
        if let Some(member) = says {
            self.proof.insert(Field::Ai, member.told.id);
        }
        says.is_some()
    }

    /// The kind the first of the ranking gives; of a company that some say is bought, and others
    /// that somebody takes a stake in, that it is bought, unless the stake is less than half.
    fn kind(&mut self) -> DealKind {
        let any = |f: fn(&Mention) -> bool| self.ranked.iter().any(|m| f(&m.told.mention));
        let control = |mention: &Mention| mention.kind.group() == KindGroup::Control;
        let minority = |mention: &Mention| mention.stake_pct.is_some_and(|part| part < HALF);
        let bought = any(control) && !any(minority);
        let kind = |mention: &Mention| (!bought || control(mention)).then_some(mention.kind);
        let shown = self.pick(Field::Kind, kind, |a, b| a == b).unwrap_or(DealKind::Funding);
        let stakes = self.ranked.iter().filter(|m| kind(&m.told.mention).is_none());
        let news = stakes.filter(|m| m.told.mention.main);
        let value = |told: &Told| serde_json::to_value(told.mention.kind).ok();
        let others = news.filter_map(|m| Some((value(m.told)?, m.told.id))).collect();
        self.disagree(Field::Kind, others);
        shown
    }

    fn disagree(&mut self, field: Field, others: Vec<(Value, MentionId)>) {
        for (value, mention) in others {
            match self.conflicts.iter_mut().find(|c| c.field == field && c.value == value) {
                Some(conflict) => conflict.mentions.push(mention),
                None => self.conflicts.push(Conflict { field, value, mentions: vec![mention] }),
            }
        }
    }
}

/// How each party is printed in the record: as the first to name it printed it, so that a later
/// article in another script changes nothing.
struct Spelling(BTreeMap<String, String>);

impl Spelling {
    /// `members` is oldest first.
    fn of(members: &[&Facts<'_>]) -> Spelling {
        let mut first = BTreeMap::new();
        for member in members {
            let mention = &member.told.mention;
            let investors = mention.investors.iter().map(|investor| &investor.name);
            let names = mention.acquirers.iter().chain(&mention.sellers).chain(&mention.advisers);
            for name in names.chain(investors) {
                first.entry(member.key(name)).or_insert_with(|| name.clone());
            }
        }
        Spelling(first)
    }

    fn first(&self, key: &str) -> String {
        self.0.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }
}

/// The most usual printed name, and all of them in order of use. Of names that are as usual that
/// of the first news counts, so that one article more does not turn it about.
fn names(members: &[&Facts<'_>]) -> (String, Vec<String>) {
    let mut counts: Vec<(String, usize)> = Vec::new();
    let (news, passing): (Vec<&Facts<'_>>, Vec<&Facts<'_>>) =
        members.iter().partition(|member| member.told.mention.main);
    for member in news.iter().chain(&passing) {
        let name = &member.told.mention.target;
        match counts.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => *count += 1,
            None => counts.push((name.clone(), 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let names: Vec<String> = counts.into_iter().map(|(name, _)| name).collect();
    (names.first().cloned().unwrap_or_default(), names)
}

/// The best confidence of each independent source. Copies of one text are one source, with all else
/// that the copyist tells; and so are all tellings of one voice: an agency's own and those of the
/// outlets that print it.
fn independent<'a>(members: &[&Facts<'a>]) -> BTreeMap<&'a str, f64> {
    let mut texts: BTreeMap<&'a str, &'a str> = BTreeMap::new();
    let mut voices: BTreeMap<&'a str, &'a str> = BTreeMap::new();
    let mut sources: BTreeMap<&'a str, f64> = BTreeMap::new();
    for member in members {
        let told = member.told;
        let (text, voice) = (told.content_hash.as_str(), told.voice.as_str());
        let source = *texts.get(text).or_else(|| voices.get(voice)).unwrap_or(&voice);
        texts.entry(text).or_insert(source);
        voices.entry(voice).or_insert(source);
        let best = sources.entry(source).or_default();
        *best = best.max(told.mention.confidence.clamp(0.0, 1.0));
    }
    sources
}

/// Each independent source that tells a deal makes it more likely.
fn confidence(sources: &BTreeMap<&str, f64>) -> f64 {
    let wrong: f64 = sources.values().map(|confidence| 1.0 - confidence).product();
    ((1.0 - wrong).min(MOST_CONFIDENT) * 100.0).round() / 100.0
}

/// Whether sums contradict each other that are told equally firmly: terms that were negotiated
/// before the announcement are history, not a doubt.
fn amounts_conflict(facts: &DealFacts, members: &[&Facts<'_>]) -> bool {
    let firm = |id: &MentionId| {
        let told = members.iter().find(|member| member.told.id == *id);
        told.map(|member| firmness(member.told.mention.status))
    };
    let shown = facts.proof.get(&Field::Amount).and_then(firm);
    facts
        .conflicts
        .iter()
        .filter(|conflict| conflict.field == Field::Amount)
        .any(|conflict| conflict.mentions.iter().any(|other| firm(other) >= shown))
}

fn doubts(facts: &DealFacts, members: &[&Facts<'_>]) -> Vec<Doubt> {
    let mut doubts = BTreeSet::new();
    if facts.sources <= 1 {
        doubts.insert(Doubt::SingleSource);
    }
    if facts.steps.iter().all(|step| firmness(step.status) < 2) {
        doubts.insert(Doubt::RumourOnly);
    }
    if amounts_conflict(facts, members) {
        doubts.insert(Doubt::AmountConflict);
    }
    let all_say = |doubt: Doubt| members.iter().all(|m| m.told.mention.doubts.contains(&doubt));
    for doubt in [Doubt::EntityAmbiguous, Doubt::CurrencyInferred, Doubt::DateInferred] {
        if all_say(doubt) {
            doubts.insert(doubt);
        }
    }
    doubts.into_iter().collect()
}

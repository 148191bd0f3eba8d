//! From a draft to a mention, with evidence for every value.

use std::collections::HashMap;

use super::Draft;
use crate::domain::DealStatus;
use crate::domain::Evidence;
use crate::domain::Field;
use crate::domain::Investor;
use crate::domain::KindGroup;
use crate::domain::Lang;
use crate::domain::Mention;
use crate::domain::Span;
use crate::entity::EntityTable;
use crate::extract::Found;
use crate::extract::ai::Term;
use crate::extract::assembly::keys::Keys;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::facts::Facts;
use crate::extract::party::Party;
use crate::extract::text::Text;

/// The article as a whole, which a mention is checked against.
#[derive(Debug, Clone, Copy)]
pub struct Whole<'a> {
    /// The text.
    pub text: &'a Text,
    /// What was read in each sentence.
    pub facts: &'a [Facts],
    /// Words about artificial intelligence in each sentence.
    pub terms: &'a [Vec<Term>],
    /// Which names are one.
    pub keys: &'a Keys,
    /// Where each is named.
    pub places: &'a Places,
    /// Lines that are items of a list of news.
    pub items: &'a [usize],
    /// Who there is.
    pub table: &'a EntityTable,
}

impl Draft {
    /// The mention; none if the target has no name.
    pub fn finish(&self, whole: Whole<'_>) -> Option<Mention> {
        let target = self.named(whole.text)?;
        let kind = self.kind()?;
        let status = self.status();
        let claimed = status.as_ref().map_or(DealStatus::Announced, |found| found.value);
        let mut mention = Mention::new(&target.value.name, kind.value, claimed);
        let mut proof = Proof { text: whole.text, evidence: Vec::new() };
        proof.read(Field::Target, target);
        proof.read(Field::Kind, &kind);
        match &status {
            Some(status) => proof.read(Field::Status, status),
            None => proof.rule(Field::Status, "default.status"),
        }
        mention.target_id.clone_from(&target.value.entity);
        mention.main = self.main;
        proof.rule(Field::Main, if self.main { "assembly.main" } else { "assembly.background" });
        self.sums(&mut mention, &mut proof);
        self.dates(&mut mention, &mut proof);
        self.parties(&mut mention, &mut proof, whole.keys, &target.value);
        mention.ai = self.is_ai(whole, &mut proof, target);
        mention.evidence = proof.evidence;
        Some(mention)
    }

    /// The target as the article names it: in Chinese text not the Latin name of an English
    /// headline, nor `ZT` where `ZT Systems` stands.
    fn named(&self, text: &Text) -> Option<&Found<Party>> {
        let first = self.first(|candidate| candidate.target.as_ref())?;
        if text.lang() != Lang::Zh || !first.value.name.is_ascii() {
            return Some(first);
        }
        let english = |party: &Found<Party>| {
            text.sentences()
                .iter()
                .find(|sentence| sentence.span.contains(party.span))
                .is_some_and(|sentence| sentence.lang == Lang::En)
        };
        let other =
            self.candidates().filter_map(|candidate| candidate.target.as_ref()).find(|party| {
                let name = &party.value.name;
                let longer = name
                    .strip_prefix(first.value.name.as_str())
                    .is_some_and(|tail| tail.starts_with(' ') && name.is_ascii());
                longer || english(first) && !name.is_ascii()
            });
        Some(other.unwrap_or(first))
    }

    fn sums(&self, mention: &mut Mention, proof: &mut Proof<'_>) {
        mention.amount = proof.take(Field::Amount, self.amount());
        let sought = self.first(|c| c.target_amount.as_ref());
        mention.target_amount = proof.take(Field::TargetAmount, sought);
        let total = self.first(|c| c.cumulative.as_ref());
        mention.cumulative = proof.take(Field::Cumulative, total);
        let worth = self.first(|c| c.valuation.as_ref());
        mention.valuation = proof.take(Field::Valuation, worth);
        let round = self.first(|c| c.round.as_ref());
        mention.round = proof.take(Field::Round, round);
        mention.round_raw = round.map(|round| proof.text.printed(round.span).to_owned());
        mention.stake_pct = proof.take(Field::StakePct, self.first(|c| c.stake.as_ref()));
        mention.terms = proof.take(Field::Terms, self.first(|c| c.terms.as_ref()));
        mention.asset = proof.take(Field::Asset, self.first(|c| c.asset.as_ref()));
    }

    fn dates(&self, mention: &mut Mention, proof: &mut Proof<'_>) {
        let Some(when) = self.first(|c| c.when.as_ref()) else { return };
        mention.dates_raw.push(proof.text.printed(when.span).to_owned());
        let Some(date) = when.value.date else { return };
        let (field, place) = match mention.status {
            _ if when.value.future => (Field::ExpectedClose, &mut mention.expected_close),
            DealStatus::Completed => (Field::ClosedOn, &mut mention.closed_on),
            _ => (Field::AnnouncedOn, &mut mention.announced_on),
        };
        *place = Some(date);
        proof.read(field, when);
    }

    fn parties(&self, mention: &mut Mention, proof: &mut Proof<'_>, keys: &Keys, target: &Party) {
        let ranked = self.ranked();
        let mut seen: Vec<String> = vec![keys.of(target)];
        // 出资参投 beside 收购: who buys is told once.
        let buys =
            self.group() == KindGroup::Control || ranked.iter().any(|c| !c.acquirers.is_empty());
        let backers = ranked.iter().flat_map(|candidate| &candidate.investors).filter(|backer| {
            !(buys
                && ranked
                    .iter()
                    .flat_map(|candidate| &candidate.acquirers)
                    .any(|buyer| keys.of(&buyer.value) == keys.of(&backer.party.value)))
        });
        for backer in backers {
            add_backer(mention, proof, keys, backer, &mut seen);
        }
        let mut names = |field, pick: fn(&Candidate) -> &Vec<Found<Party>>| {
            let mut names: Vec<String> = Vec::new();
            let mut told = vec![keys.of(target)];
            for party in ranked.iter().flat_map(|candidate| pick(candidate)) {
                if !party.value.is_name() {
                    continue;
                }
                let key = keys.of(&party.value);
                let name = &party.value.name;
                match told.iter().position(|known| *known == key) {
                    None => {
                        told.push(key);
                        proof.read(field, party);
                        names.push(name.clone());
                    }
                    // The first key is the target's own.
                    Some(0) => {}
                    Some(place) => {
                        if let Some(known) = names.get_mut(place - 1).filter(|k| begins(name, k)) {
                            proof.read(field, party);
                            known.clone_from(name);
                        }
                    }
                }
            }
            names
        };
        mention.acquirers = names(Field::Acquirers, |c| &c.acquirers);
        mention.sellers = names(Field::Sellers, |c| &c.sellers);
        mention.advisers = names(Field::Advisers, |c| &c.advisers);
    }
}

/// Where every party is named, by its identity: sentence and words, in order of the text.
pub type Places = HashMap<String, Vec<(usize, Span)>>;

/// Every name of an article with its places.
pub fn places(facts: &[Facts], keys: &Keys) -> Places {
    let mut places = Places::new();
    for (at, facts) in facts.iter().enumerate() {
        for party in facts.parties.iter().filter(|party| party.value.is_name()) {
            places.entry(keys.of(&party.value)).or_default().push((at, party.span));
        }
    }
    places
}

/// Whether a name begins with the whole of another: `Alder Motors` with `Alder`.
fn begins(long: &str, short: &str) -> bool {
    long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '))
}

/// 红杉中国 for 红杉, 高瓴创投 for 高瓴: the headline shortens whom the text names whole.
fn is_whole_of(long: &str, short: &str) -> bool {
    const ENDS: &[&str] =
        &["中国", "中國", "资本", "資本", "创投", "創投", "基金", "投资", "投資", "集团", "集團"];
    short.chars().count() >= 2
        && short.chars().all(|letter| letter >= '\u{3400}')
        && long.strip_prefix(short).is_some_and(|rest| ENDS.contains(&rest))
}

fn add_backer(
    mention: &mut Mention,
    proof: &mut Proof<'_>,
    keys: &Keys,
    backer: &Backer,
    seen: &mut Vec<String>,
) {
    let party = &backer.party;
    if !party.value.is_name() {
        return;
    }
    let key = keys.of(&party.value);
    let shorter = || {
        let known = mention.investors.iter();
        known.into_iter().position(|known| is_whole_of(&party.value.name, &known.name))
    };
    let same = seen.iter().position(|known| *known == key);
    match same.or_else(|| shorter().map(|place| place + 1)) {
        // The first key is the target's own.
        Some(0) => {}
        Some(place) => {
            if let Some(known) = mention.investors.get_mut(place - 1) {
                known.lead |= backer.lead;
                if begins(&party.value.name, &known.name)
                    || is_whole_of(&party.value.name, &known.name)
                {
                    proof.read(Field::Investors, party);
                    known.name.clone_from(&party.value.name);
                }
            }
        }
        None => {
            seen.push(key);
            proof.read(Field::Investors, party);
            mention.investors.push(Investor { name: party.value.name.clone(), lead: backer.lead });
        }
    }
}

/// Collects evidence.
pub(super) struct Proof<'a> {
    text: &'a Text,
    pub(super) evidence: Vec<Evidence>,
}

impl Proof<'_> {
    pub(super) fn read<T>(&mut self, field: Field, found: &Found<T>) {
        self.evidence.push(self.text.evidence(field, found.span, found.rule));
    }

    fn take<T: Clone>(&mut self, field: Field, found: Option<&Found<T>>) -> Option<T> {
        self.read(field, found?);
        found.map(|found| found.value.clone())
    }

    pub(super) fn rule(&mut self, field: Field, rule: &str) {
        let rule = rule.to_owned();
        self.evidence.push(Evidence { field, start: None, end: None, text: None, rule });
    }
}

//! From a draft to a mention, with evidence for every value.

use std::collections::HashMap;

use super::Draft;
use crate::domain::DealKind;
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
use crate::extract::ai;
use crate::extract::ai::Term;
use crate::extract::assembly::focus::Keys;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::facts::Facts;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::party::Reference;
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

    /// By the table, by the words beside the name, by the article's description.
    fn is_ai(&self, whole: Whole<'_>, proof: &mut Proof<'_>, target: &Found<Party>) -> bool {
        let buyers: Vec<&Found<Party>> = self.candidates().flat_map(|c| &c.acquirers).collect();
        let in_table = |party: &Found<Party>| {
            whole
                .table
                .get(party.value.entity.as_ref()?.as_str())
                .map(|entity| (entity.id.clone(), entity.ai))
        };
        // A company that the table knows as none does not become one by its buyer.
        let other_trade =
            in_table(target).is_some_and(|(_, ai)| !ai) || is_old_trade(&target.value.name);
        let count = if other_trade { 1 } else { usize::MAX };
        let sides = || std::iter::once(target).chain(buyers.iter().copied()).take(count);
        let known = sides()
            .find_map(|party| in_table(party).filter(|(_, ai)| *ai))
            .map(|(id, _)| format!("entity:{id}"));
        if let Some(rule) = known {
            proof.rule(Field::Ai, &rule);
            return true;
        }
        let trade = self.trade(whole, target);
        let old = trade == Some(ai::Trade::Old);
        let told = |party: &&Found<Party>| {
            party.value.ai && !(old && std::ptr::eq::<Found<Party>>(*party, target))
        };
        if let Some(party) = sides().find(told) {
            proof.read(Field::Ai, party);
            return true;
        }
        // 主业却与人工智能无关: the text says it, beside the deal.
        let listed = !whole.items.is_empty();
        let unrelated = self.candidates().any(|candidate| {
            let sentences = whole.text.sentences();
            let Some(told) = sentences.get(candidate.sentence) else { return false };
            let first = candidate.sentence.saturating_sub(2);
            sentences.iter().skip(first).take(6).any(|sentence| {
                let beside = sentence.paragraph == told.paragraph
                    || !listed && told.paragraph + 1 == sentence.paragraph;
                let words = whole.text.of(sentence.span);
                beside && UNRELATED.iter().any(|word| words.contains(word))
            })
        });
        if unrelated {
            proof.rule(Field::Ai, "ai.zh.unrelated");
            return false;
        }
        if is_old_trade(&target.value.name) {
            proof.rule(Field::Ai, "ai.zh.trade");
            return false;
        }
        for party in sides() {
            let mut mentions =
                whole.places.get(&whole.keys.of(&party.value)).cloned().unwrap_or_default();
            // Both sides of a merger are what the text is about.
            let merges = self.kind().is_some_and(|kind| kind.value == DealKind::Merger);
            let own = std::ptr::eq(party, target);
            let term = if own || merges {
                if self.focus && own {
                    mentions.extend(self.referred(whole));
                }
                let trade = if own { trade } else { self.trade(whole, party) };
                let about = ai::About { focus: self.focus, trade };
                ai::described(whole.text, whole.facts, whole.terms, &mentions, about)
            } else {
                // Buyers of all trades buy AI; a buyer is one only by its own description.
                ai::beside(whole.terms, &mentions)
            };
            if let Some(term) = term {
                proof.evidence.push(whole.text.evidence(Field::Ai, term.span, term.rule));
                return true;
            }
        }
        // 慢雾机器人, in a text on models: a maker of robots by its name.
        let own = target.value.name.as_str();
        let own = ["股份有限公司", "有限责任公司", "有限公司"]
            .iter()
            .find_map(|form| own.strip_suffix(form))
            .unwrap_or(own);
        let robots = own.ends_with("机器人") || own.ends_with("機器人") || own.ends_with("具身");
        let robots = robots && self.focus && !other_trade;
        let strong = whole.terms.iter().flatten().filter(|_| robots).take(64).find(|term| {
            term.strength == ai::Strength::Strong
                && !whole.text.of(target.span).contains(whole.text.of(term.span))
        });
        if let Some(term) = strong {
            proof.evidence.push(whole.text.evidence(Field::Ai, term.span, "ai.zh.robots"));
            return true;
        }
        // 标的公司主营…大模型: what an announcement says of the company that is bought.
        let control = self.group() == KindGroup::Control && self.main && !other_trade;
        let bought = whole.text.sentences().iter().filter(|_| control).find_map(|sentence| {
            let words = whole.text.of(sentence.span);
            let of_target = ["标的公司", "目标公司", "标的企业", "目标集团"]
                .iter()
                .any(|word| words.starts_with(word));
            let terms = whole.terms.get(sentence.index)?;
            terms.iter().find(|term| of_target && term.strength == ai::Strength::Strong)
        });
        if let Some(term) = bought {
            proof.evidence.push(whole.text.evidence(Field::Ai, term.span, "ai.zh.target"));
            return true;
        }
        // AI投融资周报: the list says of all its companies what they are.
        let sets_apart = self.candidates().any(|candidate| {
            whole.text.sentences().get(candidate.sentence).is_some_and(|sentence| {
                ["无关", "不是ai", "并非ai", "非ai"]
                    .iter()
                    .any(|word| whole.text.of(sentence.span).contains(word))
            })
        });
        if lists_ai(whole.text) && !sets_apart && !other_trade {
            proof.rule(Field::Ai, "ai.zh.list");
            return true;
        }
        proof.rule(Field::Ai, "default.ai");
        false
    }
}

/// Words by which a text says that a company is not in AI.
const UNRELATED: &[&str] = &[
    "与人工智能无关",
    "与ai无关",
    "和ai无关",
    "跟ai无关",
    "不属于ai",
    "并非ai",
    "不是一家ai",
    "并非ai公司",
    "不是ai公司",
];

/// 盛源锂业, 北岭银行: what a company digs, brews or insures is told by its name, and it is no AI
/// company because it uses AI.
fn is_old_trade(name: &str) -> bool {
    [
        "锂业", "鋰業", "矿业", "礦業", "钢铁", "鋼鐵", "水泥", "酒业", "酒業", "乳业", "食品",
        "饮料", "飲料", "地产", "地產", "置业", "置業", "银行", "銀行", "证券", "證券", "保险",
        "保險", "人寿", "人壽", "煤业", "化工", "纺织", "紡織", "航运", "航運",
    ]
    .iter()
    .any(|trade| name.ends_with(trade))
}

/// Whether a Chinese headline says that what follows is a list of deals in AI.
fn lists_ai(text: &Text) -> bool {
    const LISTS: &[&str] = &[
        "ai投融资",
        "ai融资",
        "ai月报",
        "ai周报",
        "ai投资周",
        "ai创投",
        "ai并购",
        "ai一周",
        "人工智能投融资",
        "人工智能融资",
        "具身智能投融资",
        "具身智能融资",
        "大模型投融资",
    ];
    const WEEKLY: &[&str] =
        &["投融资周报", "投融资月报", "融资周报", "融资月报", "投融资日报", "投融资盘点"];
    text.sentences()
        .iter()
        .filter(|sentence| sentence.place == crate::extract::text::Place::Title)
        .map(|title| text.of(title.span))
        .any(|title| {
            LISTS.iter().any(|word| title.contains(word))
                || WEEKLY.iter().any(|word| {
                    title.find(word).is_some_and(|at| {
                        title.get(at + word.len()..).is_some_and(|tail| {
                            let tail = tail.trim_start_matches([':', '|', ' ']);
                            tail.starts_with("ai") && !tail.contains(';')
                        })
                    })
                })
        })
}

impl Draft {
    /// The trade, none in AI, that the words beside a company's name or what stands for it tell.
    fn trade(&self, whole: Whole<'_>, party: &Found<Party>) -> Option<ai::Trade> {
        let mut named = whole.places.get(&whole.keys.of(&party.value)).cloned().unwrap_or_default();
        if self.focus && self.key == whole.keys.of(&party.value) {
            named.extend(self.references(whole));
        }
        ai::trade(whole.text, whole.terms, &named)
    }

    /// Where the company that the article is about is spoken of without its name, and the sentences
    /// of the deal itself.
    fn referred(&self, whole: Whole<'_>) -> Vec<(usize, Span)> {
        let mut places: Vec<(usize, Span)> =
            self.candidates().map(|c| (c.sentence, c.trigger.span)).collect();
        places.extend(self.references(whole));
        places
    }

    /// Where a word stands for the company that the article is about: `the startup`.
    fn references(&self, whole: Whole<'_>) -> Vec<(usize, Span)> {
        let mut places = Vec::new();
        let mut spoken_of = false;
        for (at, facts) in whole.facts.iter().enumerate() {
            let first = facts.parties.iter().find(|party| {
                matches!(party.value.kind, PartyKind::Company | PartyKind::Refers(_))
            });
            let Some(first) = first else { continue };
            // `the AI lab`: what the words that stand for it call it.
            let called = whole.terms.get(at).into_iter().flatten().any(|term| {
                facts.parties.iter().any(|party| {
                    party.value.kind == PartyKind::Refers(Reference::Company)
                        && party.span.contains(term.span)
                })
            });
            match first.value.kind {
                PartyKind::Refers(Reference::Company | Reference::It) if spoken_of || called => {
                    places.push((at, first.span));
                }
                // 一家做AI病历的公司,为什么…: the headline speaks of the company without its name.
                PartyKind::Refers(Reference::Unnamed)
                    if at == 0 && whole.text.lang() == Lang::Zh && self.focus =>
                {
                    places.push((at, first.span));
                }
                PartyKind::Refers(_) => {}
                _ => spoken_of = whole.keys.of(&first.value) == self.key,
            }
        }
        places
    }
}

/// What the words beside one deal of a company say of its trade holds for its other deals.
pub fn mark_ai(mention: &mut Mention) {
    mention.ai = true;
    mention.evidence.retain(|evidence| evidence.field != Field::Ai);
    let rule = "assembly.same_company".to_owned();
    mention.evidence.push(Evidence { field: Field::Ai, start: None, end: None, text: None, rule });
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
struct Proof<'a> {
    text: &'a Text,
    evidence: Vec<Evidence>,
}

impl Proof<'_> {
    fn read<T>(&mut self, field: Field, found: &Found<T>) {
        self.evidence.push(self.text.evidence(field, found.span, found.rule));
    }

    fn take<T: Clone>(&mut self, field: Field, found: Option<&Found<T>>) -> Option<T> {
        self.read(field, found?);
        found.map(|found| found.value.clone())
    }

    fn rule(&mut self, field: Field, rule: &str) {
        let rule = rule.to_owned();
        self.evidence.push(Evidence { field, start: None, end: None, text: None, rule });
    }
}

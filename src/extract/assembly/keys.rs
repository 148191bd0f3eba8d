//! Which names of one article are one party: keys, the same for all spellings.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::entity::fold_name;
use crate::extract::Found;
use crate::extract::facts::Facts;
use crate::extract::lexicon::hash::WordMap;
use crate::extract::party::Party;
use crate::extract::party::is_longer_form;
use crate::extract::party::is_longer_name;
use crate::extract::text::Text;

/// Keys of names within one article: one for all spellings of a party.
#[derive(Debug, Default)]
pub struct Keys {
    /// Shorter or bracketed spelling → the key it stands for.
    aliases: HashMap<String, String>,
    folded: Folded,
}

/// The folded spelling of each name that was asked for: an article names the same few parties
/// again and again, and folding is dear.
#[derive(Debug, Default)]
struct Folded(RefCell<WordMap<String>>);

impl Folded {
    fn name(&self, name: &str) -> String {
        let known = self.0.borrow().get(name).cloned();
        known.unwrap_or_else(|| {
            let folded = fold_name(name);
            self.0.borrow_mut().insert(name.to_owned(), folded.clone());
            folded
        })
    }

    /// The table's id, else the folded name.
    fn key(&self, party: &Party) -> String {
        match &party.entity {
            Some(id) => format!("#{id}"),
            None => self.name(&party.name),
        }
    }
}

impl Keys {
    /// Learns which names of an article are one: `Weights & Biases (W&B)`, `Stability` for
    /// `Stability AI`.
    pub fn new(text: &Text, facts: &[Facts]) -> Keys {
        let mut keys = Keys::default();
        for facts in facts {
            for pair in facts.parties.windows(2) {
                if let [first, second] = pair {
                    keys.bracketed(text, first, second);
                }
            }
        }
        let parties = || facts.iter().flat_map(|f| &f.parties).filter(|p| p.value.is_name());
        let mut whole: HashMap<String, String> = HashMap::new();
        for party in parties() {
            let mut words = party.value.name.split_whitespace();
            if let (Some(first), Some(_)) = (words.next(), words.next()) {
                whole
                    .entry(keys.folded.name(first))
                    .or_insert_with(|| keys.folded.key(&party.value));
            }
        }
        for party in parties().filter(|party| party.value.entity.is_none()) {
            let own = keys.folded.key(&party.value);
            if let Some(long) = whole.get(&own).filter(|long| **long != own) {
                keys.aliases.entry(own).or_insert_with(|| long.clone());
            }
        }
        keys.longer_forms(facts);
        keys
    }

    /// 玄算 and 玄算科技 in one article are one.
    fn longer_forms(&mut self, facts: &[Facts]) {
        let mut names: Vec<&Party> = Vec::new();
        for party in facts.iter().flat_map(|facts| &facts.parties).map(|party| &party.value) {
            let new = party.is_name() && !names.iter().any(|old| old.name == party.name);
            if new && names.len() < MOST_NAMES {
                names.push(party);
            }
        }
        let keys: Vec<(String, String)> = names
            .iter()
            .map(|party| (self.folded.key(party), self.folded.name(&party.name)))
            .collect();
        let spellings: HashMap<String, String> = names
            .iter()
            .zip(&keys)
            .map(|(party, (key, _))| (key.clone(), party.name.to_lowercase()))
            .collect();
        let unknown = names.iter().zip(&keys).filter(|(party, _)| party.entity.is_none());
        for (own, _) in unknown.map(|(_, keys)| keys) {
            let long = keys.iter().find(|(other, long)| other != own && is_longer_form(long, own));
            let long = long.or_else(|| {
                let short = spellings.get(own)?;
                keys.iter().find(|(other, _)| {
                    other != own
                        && spellings.get(other).is_some_and(|long| is_longer_name(long, short))
                })
            });
            let long = long.or_else(|| {
                let mut begun = keys.iter().filter(|(_, long)| abbreviates(own, long));
                // Of two that begin so neither is meant for sure.
                begun.next().filter(|(first, _)| begun.all(|(other, _)| other == first))
            });
            if let Some((long, _)) = long {
                self.aliases.entry(own.clone()).or_insert_with(|| long.clone());
            }
        }
    }

    /// The identity of a party within the article.
    pub fn of(&self, party: &Party) -> String {
        let mut key = self.folded.key(party);
        for _ in 0..3 {
            match self.aliases.get(&key) {
                Some(longer) if *longer != key => key.clone_from(longer),
                _ => break,
            }
        }
        key
    }

    /// `A (B)`: the second name is another for the first.
    fn bracketed(&mut self, text: &Text, first: &Found<Party>, second: &Found<Party>) {
        if !(first.value.is_name() && second.value.is_name()) {
            return;
        }
        let between = text.span(first.span.end(), second.span.start()).map(|span| text.of(span));
        let after = text.str().get(second.span.end()..).and_then(|rest| rest.chars().next());
        let opens = between.is_some_and(opens_alias);
        if opens && after.is_some_and(|after| matches!(after, ')' | '"' | '”' | '」' | '’')) {
            let (long, short) = (self.folded.key(&first.value), self.folded.key(&second.value));
            if long != short && second.value.entity.is_none() {
                self.aliases.insert(short, long);
            }
        }
    }
}

/// 昆岳 for 昆岳智芯: how a text shortens a name that it has told whole.
fn abbreviates(short: &str, long: &str) -> bool {
    let han = |words: &str| words.chars().all(|letter| letter >= '\u{3400}');
    let (few, many) = (short.chars().count(), long.chars().count());
    han(short) && han(long) && few == 2 && many > few && many <= few + 4 && long.starts_with(short)
}

/// `(`, `("`, (以下简称“: a second name follows.
fn opens_alias(between: &str) -> bool {
    const CALLED: &[&str] = &[
        "以下简称为",
        "以下简称",
        "以下称为",
        "以下称",
        "下称",
        "简称为",
        "简称",
        "股票简称",
        "证券简称",
        "品牌名",
        "英文名",
        "the",
        "formerly",
        "formerly known as",
        "f/k/a",
        "dba",
        "also known as",
        "together with its subsidiaries,",
    ];
    let Some(inside) = between.trim().strip_prefix('(') else { return false };
    // The longest that fits, so that "formerly" does not stand in the way of "formerly known as".
    let called = CALLED.iter().filter_map(|word| inside.strip_prefix(word));
    let inside = called.min_by_key(|rest| rest.len()).unwrap_or(inside);
    inside.trim_matches([' ', ':', '"', '“', '「', '\'', '‘']).is_empty()
}

/// How many names of one article are compared with each other.
pub(super) const MOST_NAMES: usize = 100;

/// The table's id, else the folded name.
pub(super) fn bare_key(party: &Party) -> String {
    match &party.entity {
        Some(id) => format!("#{id}"),
        None => fold_name(&party.name),
    }
}

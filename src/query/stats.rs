//! Who was first, and who was right: sources and languages measured by the deals they told.
//!
//! # What is counted
//!
//! - Listed deals, and articles whose news they are. A copy of another article's text is no second
//!   source.
//! - *Shared*: told by at least two sources. Only there can anybody be first.
//! - *First*: its article is the earliest of a shared deal, by publication.
//! - *Lead*: of those, the median time until the next source tells it.
//! - *Checked*: shared deals that are settled (announced, completed, terminated, denied).
//! - *Right*: of those, it contradicted no value that the record shows, and did not tell a deal
//!   as a fact that turned out to be denied.
//! - Languages: of the deals that are told in both, which one was first, and by how much.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;

use crate::domain::DealStatus;
use crate::domain::Lang;
use crate::domain::SourceId;
use crate::store;
use crate::store::StoreError;
use crate::store::deal::Telling;
use crate::store::rusqlite::Connection;

/// Who was first and who was right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stats {
    /// Deals that were looked at.
    pub deals: u64,
    /// Of them told by at least two sources.
    pub shared: u64,
    /// Each source, those that were first most often first.
    pub sources: Vec<SourceStats>,
    /// Each language.
    pub languages: Vec<LanguageStats>,
}

/// How a source did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceStats {
    /// The source.
    pub source: SourceId,
    /// Deals it told.
    pub deals: u64,
    /// Of them told by others too.
    pub shared: u64,
    /// Of those told by it before any other.
    pub first: u64,
    /// Minutes until the next source, the median; `null` when it was never first.
    pub lead_minutes: Option<i64>,
    /// Shared deals that are settled.
    pub checked: u64,
    /// Of those told as they turned out.
    pub right: u64,
}

/// How a language did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LanguageStats {
    /// The language.
    pub lang: Lang,
    /// Deals told in it.
    pub deals: u64,
    /// Of them told in the other one too.
    pub shared: u64,
    /// Of those told in it first.
    pub first: u64,
    /// Minutes until the other one, the median; `null` when it was never first.
    pub lead_minutes: Option<i64>,
}

#[derive(Default)]
struct Score {
    deals: u64,
    shared: u64,
    first: u64,
    leads: Vec<i64>,
    checked: u64,
    right: u64,
}

impl Score {
    fn lead(&mut self) -> Option<i64> {
        self.leads.sort_unstable();
        let middle = self.leads.len() / 2;
        match self.leads.len() {
            0 => None,
            odd if odd % 2 == 1 => self.leads.get(middle).copied(),
            _ => Some(i64::midpoint(*self.leads.get(middle - 1)?, *self.leads.get(middle)?)),
        }
    }
}

/// Measures sources by the deals that were first seen since then; by all when `None`.
pub fn stats(conn: &Connection, since: Option<Timestamp>) -> Result<Stats, StoreError> {
    let mut sources: BTreeMap<SourceId, Score> = BTreeMap::new();
    let mut languages: BTreeMap<Lang, Score> = BTreeMap::new();
    let (mut deals, mut shared) = (0, 0);
    let mut told: Vec<Telling> = Vec::new();
    let mut close = |told: &[Telling]| {
        if !told.is_empty() {
            deals += 1;
            shared += u64::from(by_source(told, &mut sources));
            by_language(told, &mut languages);
        }
    };
    store::deal::each_telling(conn, since, |telling| {
        if told.last().is_some_and(|last| last.deal != telling.deal) {
            close(&told);
            told.clear();
        }
        told.push(telling);
    })?;
    close(&told);
    let mut list: Vec<SourceStats> = sources
        .into_iter()
        .map(|(source, mut score)| SourceStats {
            source,
            deals: score.deals,
            shared: score.shared,
            first: score.first,
            lead_minutes: score.lead(),
            checked: score.checked,
            right: score.right,
        })
        .collect();
    list.sort_by_key(|source| std::cmp::Reverse((source.first, source.deals)));
    let languages = languages
        .into_iter()
        .map(|(lang, mut score)| LanguageStats {
            lang,
            deals: score.deals,
            shared: score.shared,
            first: score.first,
            lead_minutes: score.lead(),
        })
        .collect();
    Ok(Stats { deals, shared, sources: list, languages })
}

/// Scores the sources of one deal; whether it is shared.
fn by_source(told: &[Telling], sources: &mut BTreeMap<SourceId, Score>) -> bool {
    let mut texts: BTreeSet<&str> = BTreeSet::new();
    let mut order: Vec<(&SourceId, Timestamp)> = Vec::new();
    for telling in told {
        let known = order.iter().any(|(source, _)| **source == telling.source);
        if texts.insert(&telling.content_hash) && !known {
            order.push((&telling.source, telling.at));
        }
    }
    let is_shared = order.len() > 1;
    let settled = told.first().is_some_and(|telling| is_settled(telling.facts.status));
    for (source, _) in &order {
        let score = sources.entry((*source).clone()).or_default();
        score.deals += 1;
        score.shared += u64::from(is_shared);
        if is_shared && settled {
            score.checked += 1;
            score.right += u64::from(is_right(told, source));
        }
    }
    if let [(first, from), (_, to), ..] = order.as_slice() {
        let score = sources.entry((*first).clone()).or_default();
        score.first += 1;
        score.leads.push(to.duration_since(*from).as_mins());
    }
    is_shared
}

fn by_language(told: &[Telling], languages: &mut BTreeMap<Lang, Score>) {
    let mut order: Vec<(Lang, Timestamp)> = Vec::new();
    for telling in told {
        if !order.iter().any(|(lang, _)| *lang == telling.lang) {
            order.push((telling.lang, telling.at));
        }
    }
    for (lang, _) in &order {
        let score = languages.entry(*lang).or_default();
        score.deals += 1;
        score.shared += u64::from(order.len() > 1);
    }
    if let [(first, from), (_, to), ..] = order.as_slice() {
        let score = languages.entry(*first).or_default();
        score.first += 1;
        score.leads.push(to.duration_since(*from).as_mins());
    }
}

fn is_settled(status: DealStatus) -> bool {
    use DealStatus::Announced;
    use DealStatus::Completed;
    use DealStatus::Denied;
    use DealStatus::Terminated;
    matches!(status, Announced | Completed | Terminated | Denied)
}

fn is_right(told: &[Telling], source: &SourceId) -> bool {
    let mut own = told.iter().filter(|telling| telling.source == *source);
    own.all(|telling| {
        let contradicts =
            telling.facts.conflicts.iter().any(|other| other.mentions.contains(&telling.mention));
        let denied = telling.facts.status == DealStatus::Denied;
        !contradicts && (!denied || telling.status == DealStatus::Denied)
    })
}

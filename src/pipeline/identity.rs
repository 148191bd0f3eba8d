//! Which company a mention is about, beyond what the entity table knows.
//!
//! A name that the table lacks becomes a provisional entity. A second name that a text gives
//! beside it, in the other script (星野智能（Starfield AI）), becomes a name of the same entity, so
//! that what each language tells of it meets in one block.

use jiff::Timestamp;

use super::translation;
use crate::domain::EntityId;
use crate::domain::Mention;
use crate::entity;
use crate::entity::EntityTable;
use crate::store;
use crate::store::StoreError;
use crate::store::mention::Block;
use crate::store::rusqlite::Transaction;

/// Words that stand in brackets beside a company and are no name of it.
const NO_NAMES: &[&str] = &[
    "series",
    "round",
    "pre",
    "seed",
    "angel",
    "ipo",
    "ceo",
    "cto",
    "cfo",
    "coo",
    "ai",
    "agent",
    "inc",
    "llm",
    "agi",
    "api",
    "gpu",
    "nasdaq",
    "nyse",
    "hkex",
    "sse",
    "saas",
    "reuters",
    "bloomberg",
];
/// A shorter name is more often an abbreviation than a company.
const SHORTEST_LATIN: usize = 4;

/// What companies call themselves or not, at will: Starfield is Starfield AI, until there is a
/// Starfield Labs beside it. As names fold: without spaces, in small letters.
const TAILS: &[&str] = &[
    "ai",
    "labs",
    "lab",
    "technologies",
    "technology",
    "systems",
    "robotics",
    "intelligence",
    // Before 智能, which it ends in.
    "人工智能",
    "智能",
    "科技",
    "机器人",
    "技术",
];
/// A bare name that is shorter is shared by too many.
const SHORTEST_BARE: usize = 4;

/// The company, and the blocks that have to be resolved again because two provisional entities
/// turned out to be one.
pub(super) fn target(
    tx: &Transaction<'_>,
    table: &EntityTable,
    mention: &Mention,
    full_text: &str,
    now: Timestamp,
) -> Result<(EntityId, Vec<Block>), StoreError> {
    // A person's word counts before the table's.
    if let Some(said) = store::entity::said(tx, &entity::fold_name(&mention.target))? {
        return Ok((said, Vec::new()));
    }
    if let Some(id) = &mention.target_id {
        return Ok((store::entity::follow(tx, id)?, Vec::new()));
    }
    party(tx, table, &mention.target, full_text, now)
}

/// Learns the second names that a text gives buyers, sellers and investors.
pub(super) fn learn_parties(
    tx: &Transaction<'_>,
    table: &EntityTable,
    mention: &Mention,
    full_text: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let investors = mention.investors.iter().map(|investor| &investor.name);
    for name in mention.acquirers.iter().chain(&mention.sellers).chain(investors) {
        if table.lookup(name).is_none() && !second_names(full_text, name).is_empty() {
            // Their deals are resolved by their targets: no block of theirs has to be again.
            party(tx, table, name, full_text, now)?;
        }
    }
    Ok(())
}

fn second_names(full_text: &str, name: &str) -> Vec<String> {
    let mut names = entity::names_beside(full_text, name);
    names.retain(|name| can_be_name(name));
    names
}

/// The entity of a name that the table lacks, made if the log does not know it.
fn party(
    tx: &Transaction<'_>,
    table: &EntityTable,
    name: &str,
    full_text: &str,
    now: Timestamp,
) -> Result<(EntityId, Vec<Block>), StoreError> {
    let mut names = vec![name.to_owned()];
    names.extend(second_names(full_text, name));
    let folded: Vec<String> = names.iter().map(|name| entity::fold_name(name)).collect();
    let of_table = names.iter().find_map(|name| table.lookup(name));
    let mut known: Vec<EntityId> = Vec::new();
    known.extend(store::entity::said(tx, &folded[0])?);
    if let Some(entity) = of_table {
        let id = store::entity::follow(tx, &entity.id)?;
        if !known.contains(&id) {
            known.push(id);
        }
    }
    for name in &folded {
        let id = match store::entity::meant(tx, name)? {
            Some(id) => Some(id),
            None => variant(tx, name)?,
        };
        known.extend(id.filter(|id| !known.contains(id)));
    }
    let mut known = known.into_iter();
    let id = known.next().unwrap_or_else(|| EntityId::provisional(&folded[0]));
    let mut blocks = Vec::new();
    for other in known {
        // What people told apart stays apart, and the table is not joined to what the news knows.
        if table.get(other.as_str()).is_some() || store::entity::apart(tx, &id, &other)? {
            continue;
        }
        blocks.extend(store::entity::join(tx, &other, &id)?);
    }
    for (name, folded) in names.iter().zip(&folded) {
        store::entity::add_name(tx, &id, name, folded, now)?;
        store::entity::add_sounds(tx, &id, translation::sounds(name))?;
    }
    Ok((id, blocks))
}

/// The entity of a printed name, if the table or the log knows one.
pub(super) fn known(
    tx: &Transaction<'_>,
    table: &EntityTable,
    name: &str,
) -> Result<Option<EntityId>, StoreError> {
    let folded = entity::fold_name(name);
    if let Some(said) = store::entity::said(tx, &folded)? {
        return Ok(Some(said));
    }
    if let Some(entity) = table.lookup(name) {
        return Ok(Some(store::entity::follow(tx, &entity.id)?));
    }
    match store::entity::meant(tx, &folded)? {
        Some(id) => Ok(Some(id)),
        None => variant(tx, &folded),
    }
}

/// The one entity that carries this name with, or without, a word that companies drop at will.
///
/// Nobody is returned where several could be meant, or where the one has another such word: Corvid
/// Labs is not Corvid Logic, and a bare Corvid may be either.
fn variant(tx: &Transaction<'_>, folded: &str) -> Result<Option<EntityId>, StoreError> {
    let bare = TAILS
        .iter()
        .find_map(|tail| folded.strip_suffix(tail))
        .filter(|bare| bare.chars().count() >= SHORTEST_BARE || !bare.is_ascii());
    let mut found: Vec<EntityId> = Vec::new();
    match bare.filter(|bare| !bare.is_empty()) {
        Some(bare) => {
            let carries_another = |id: &EntityId| -> Result<bool, StoreError> {
                let names = store::entity::folded_names(tx, id)?;
                Ok(names.iter().any(|name| name != bare && name.starts_with(bare)))
            };
            if let Some(id) = store::entity::named(tx, bare)?
                && !carries_another(&id)?
            {
                found.push(id);
            }
        }
        None if folded.chars().count() >= SHORTEST_BARE || !folded.is_ascii() => {
            for tail in TAILS {
                if let Some(id) = store::entity::named(tx, &format!("{folded}{tail}"))?
                    && !found.contains(&id)
                {
                    found.push(id);
                }
            }
        }
        None => {}
    }
    Ok(if found.len() == 1 { found.pop() } else { None })
}

/// Leaves out rounds, tickers, titles and abbreviations.
fn can_be_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let latin = name.is_ascii();
    let first = words.next().unwrap_or_default();
    !NO_NAMES.contains(&first)
        && (!latin || (name.len() >= SHORTEST_LATIN && name.chars().any(char::is_lowercase)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    /// Which of the names, met in this order, are one company.
    #[track_caller]
    fn check(names: &[&'static str], expected: &[&[&str]]) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().join("log.db"), Timestamp::UNIX_EPOCH).unwrap();
        let told = names.to_vec();
        let groups = store
            .write_blocking(move |tx| {
                let mut groups: Vec<(EntityId, Vec<&'static str>)> = Vec::new();
                for name in told {
                    let table = EntityTable::shipped();
                    let (id, _) = party(tx, table, name, name, Timestamp::UNIX_EPOCH)?;
                    match groups.iter_mut().find(|(known, _)| *known == id) {
                        Some((_, names)) => names.push(name),
                        None => groups.push((id, vec![name])),
                    }
                }
                Ok(groups)
            })
            .unwrap();
        let groups: Vec<Vec<&str>> = groups.into_iter().map(|(_, names)| names).collect();
        assert_eq!(groups, expected);
    }

    #[test]
    fn a_company_drops_its_tail_at_will() {
        check(&["Starfield AI", "Starfield"], &[&["Starfield AI", "Starfield"]]);
        check(&["Starfield", "Starfield AI"], &[&["Starfield", "Starfield AI"]]);
        check(&["星野智能", "星野"], &[&["星野智能", "星野"]]);
        check(&["星野人工智能", "星野"], &[&["星野人工智能", "星野"]]);
        check(&["星野", "星野人工智能"], &[&["星野", "星野人工智能"]]);
    }

    #[test]
    fn look_alikes_stay_apart() {
        check(&["Corvid Labs", "Corvid Logic"], &[&["Corvid Labs"], &["Corvid Logic"]]);
        check(
            &["Corvid Labs", "Corvid Systems", "Corvid"],
            &[&["Corvid Labs"], &["Corvid Systems"], &["Corvid"]],
        );
        check(
            &["Corvid", "Corvid Labs", "Corvid Systems"],
            &[&["Corvid", "Corvid Labs"], &["Corvid Systems"]],
        );
    }

    #[test]
    fn a_round_or_a_title_is_no_name() {
        for name in ["Series A", "CEO", "AI Agent", "NVDA", "LLM", "Pre-A"] {
            assert!(!can_be_name(name), "{name}");
        }
        for name in ["Starfield AI", "Moonshot", "星野智能"] {
            assert!(can_be_name(name), "{name}");
        }
    }
}

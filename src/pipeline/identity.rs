//! Which company a mention is about, beyond what the entity table knows.
//!
//! A name that the table lacks becomes a provisional entity. A second name that a text gives
//! beside it, in the other script (星野智能（Starfield AI）), becomes a name of the same entity, so
//! that what each language tells of it meets in one block.

use jiff::Timestamp;

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

/// The company, and the blocks that have to be resolved again because two provisional entities
/// turned out to be one.
pub(super) fn target(
    tx: &Transaction<'_>,
    table: &EntityTable,
    mention: &Mention,
    full_text: &str,
    now: Timestamp,
) -> Result<(EntityId, Vec<Block>), StoreError> {
    if let Some(id) = &mention.target_id {
        return Ok((id.clone(), Vec::new()));
    }
    let mut names = vec![mention.target.clone()];
    names.extend(
        entity::names_beside(full_text, &mention.target)
            .into_iter()
            .filter(|name| can_be_name(name)),
    );
    let folded: Vec<String> = names.iter().map(|name| entity::fold_name(name)).collect();
    let of_table = names.iter().find_map(|name| table.lookup(name)).map(|known| known.id.clone());
    let mut known: Vec<EntityId> = of_table.into_iter().collect();
    for name in &folded {
        if let Some(id) = store::entity::named(tx, name)?
            && !known.contains(&id)
        {
            known.push(id);
        }
    }
    let mut known = known.into_iter();
    let id = known.next().unwrap_or_else(|| EntityId::provisional(&folded[0]));
    let mut blocks = Vec::new();
    for other in known {
        blocks.extend(store::entity::join(tx, &other, &id)?);
    }
    for (name, folded) in names.iter().zip(&folded) {
        store::entity::add_name(tx, &id, name, folded, now)?;
    }
    Ok((id, blocks))
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

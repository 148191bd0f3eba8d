//! The parties of a deal by folded name, for filters and search.

use rusqlite::Transaction;
use rusqlite::named_params;

use crate::domain::DealFacts;
use crate::domain::DealId;
use crate::store::Context;
use crate::store::StoreError;
use crate::store::search;

/// Writes the parties anew, and the index over the company's names.
pub(super) fn write(
    tx: &Transaction<'_>,
    deal: DealId,
    facts: &DealFacts,
    context: &Context<'_>,
) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("../sql/deal_party_clear.sql"))?
        .execute(named_params! { ":deal_id": deal.0 })?;
    let mut add = tx.prepare_cached(include_str!("../sql/deal_party_add.sql"))?;
    for (role, name) in parties(facts) {
        let entity = (role == "target").then_some(facts.target_id.as_str());
        add.execute(named_params! {
            ":deal_id": deal.0,
            ":role": role,
            ":name": name,
            ":folded": (context.fold)(name),
            ":entity_id": entity,
        })?;
    }
    search::index_deal(tx, deal, &(context.fold)(&names(facts).join("\n")))
}

fn names(facts: &DealFacts) -> Vec<&str> {
    let mut names = vec![facts.target.as_str()];
    names.extend(facts.target_names.iter().map(String::as_str).filter(|n| *n != facts.target));
    names
}

fn parties(facts: &DealFacts) -> impl Iterator<Item = (&'static str, &str)> {
    let investors = facts
        .investors
        .iter()
        .map(|investor| (if investor.lead { "lead" } else { "investor" }, investor.name.as_str()));
    names(facts)
        .into_iter()
        .map(|name| ("target", name))
        .chain(facts.acquirers.iter().map(|name| ("acquirer", name.as_str())))
        .chain(investors)
        .chain(facts.sellers.iter().map(|name| ("seller", name.as_str())))
        .chain(facts.advisers.iter().map(|name| ("adviser", name.as_str())))
}

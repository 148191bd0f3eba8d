//! The parties of a deal by folded name, for filters and search.

use rusqlite::Transaction;
use rusqlite::named_params;

use crate::domain::DealFacts;
use crate::domain::DealId;
use crate::domain::kind::words;
use crate::store::Context;
use crate::store::StoreError;
use crate::store::search;
use crate::store::search::Names;

words!(
    /// What somebody is in a deal.
    Role, "role" {
        /// The company.
        Target = "target",
        /// Who buys.
        Acquirer = "acquirer",
        /// Who puts money in.
        Investor = "investor",
        /// Who leads the investors.
        Lead = "lead",
        /// Who sells.
        Seller = "seller",
        /// Who advises.
        Adviser = "adviser",
    }
);

/// Writes the parties anew, and the index over their names.
pub(in crate::store) fn write(
    tx: &Transaction<'_>,
    deal: DealId,
    facts: &DealFacts,
    context: &Context<'_>,
) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("../sql/deal_party_clear.sql"))?
        .execute(named_params! { ":deal_id": deal.0 })?;
    let mut add = tx.prepare_cached(include_str!("../sql/deal_party_add.sql"))?;
    let mut names = Names::default();
    for (role, name) in parties(facts) {
        let folded = (context.fold)(name);
        add.execute(named_params! {
            ":deal_id": deal.0,
            ":role": role.as_str(),
            ":name": name,
            ":folded": folded,
            ":entity_id": (role == Role::Target).then_some(facts.target_id.as_str()),
        })?;
        match role {
            Role::Target => names.target.push(folded),
            Role::Acquirer => names.acquirer.push(folded),
            Role::Investor => names.investor.push(folded),
            Role::Lead => names.lead.push(folded),
            Role::Seller => names.seller.push(folded),
            Role::Adviser => names.adviser.push(folded),
        }
    }
    search::index_deal(tx, deal, &names)
}

fn parties(facts: &DealFacts) -> impl Iterator<Item = (Role, &str)> {
    let investors = facts.investors.iter().map(|investor| {
        (if investor.lead { Role::Lead } else { Role::Investor }, investor.name.as_str())
    });
    std::iter::once((Role::Target, facts.target.as_str()))
        .chain(facts.target_names.iter().map(|name| (Role::Target, name.as_str())))
        .chain(facts.acquirers.iter().map(|name| (Role::Acquirer, name.as_str())))
        .chain(investors)
        .chain(facts.sellers.iter().map(|name| (Role::Seller, name.as_str())))
        .chain(facts.advisers.iter().map(|name| (Role::Adviser, name.as_str())))
}

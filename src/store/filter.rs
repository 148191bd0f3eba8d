//! Filters as SQL.

use rusqlite::Connection;
use rusqlite::named_params;

use super::Context;
use super::StoreError;
use crate::domain::DealId;
use crate::domain::Filter;

/// Whether one deal satisfies a filter.
pub fn matches(
    conn: &Connection,
    deal: DealId,
    filter: &Filter,
    context: &Context<'_>,
) -> Result<bool, StoreError> {
    let (_, _) = (filter, context);
    Ok(conn
        .prepare_cached(include_str!("sql/deal_is_listed.sql"))?
        .exists(named_params! { ":id": deal.0 })?)
}

//! Deals by filter, page after page, and one deal by its number.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;

use super::DealView;
use crate::domain::DealId;
use crate::domain::Filter;
use crate::store;
use crate::store::Context;
use crate::store::StoreError;
use crate::store::filter::Place;
use crate::store::filter::Sort;
use crate::store::rusqlite::Connection;

/// Deals on one page unless asked otherwise.
const PAGE: u32 = 50;

/// More than this is no page; whoever wants all follows the cursor or exports.
const MAX_PAGE: u32 = 500;

/// What deals are asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Which.
    pub filter: Filter,
    /// In which order; a cursor brings its own.
    pub sort: Sort,
    /// The next page begins here.
    pub after: Option<Cursor>,
    /// How many on a page, 1 to 500.
    pub limit: u32,
    /// With the words behind each value.
    pub evidence: bool,
    /// With the number of all that satisfy the filter.
    pub count: bool,
}

impl Default for Request {
    fn default() -> Self {
        Request {
            filter: Filter::default(),
            sort: Sort::Reported,
            after: None,
            limit: PAGE,
            evidence: false,
            count: false,
        }
    }
}

/// A page of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the next one begins; `null` on the last.
    pub next: Option<Cursor>,
    /// How many there are on all pages, if that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

/// The place between two pages; a text without meaning to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    sort: Sort,
    place: Place,
}

/// A text that no answer gave as a cursor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no cursor: use `next` of the page before")]
pub struct BadCursor(String);

/// A page of deals.
pub fn deals(
    conn: &Connection,
    request: &Request,
    context: &Context<'_>,
) -> Result<Page<DealView>, StoreError> {
    let Request { filter, sort, after, limit, evidence, count } = request;
    let limit = (*limit).clamp(1, MAX_PAGE);
    let sort = after.map_or(*sort, |cursor| cursor.sort);
    let place = after.map(|cursor| cursor.place);
    // One more than fits tells whether there is a next page.
    let mut found = store::filter::deals(conn, filter, sort, place, limit + 1, context)?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|(place, _)| Cursor { sort, place: *place });
    let items = found
        .into_iter()
        .map(|(_, record)| DealView::load(conn, record, *evidence))
        .collect::<Result<_, _>>()?;
    let total = if *count { Some(store::filter::count(conn, filter, context)?) } else { None };
    Ok(Page { items, next, total })
}

/// Every deal that satisfies, from the request's place on, without keeping more than a page.
pub fn each_deal<E: From<StoreError>>(
    conn: &Connection,
    request: &Request,
    context: &Context<'_>,
    mut each: impl FnMut(DealView) -> Result<(), E>,
) -> Result<(), E> {
    let mut request = Request { limit: MAX_PAGE, count: false, ..request.clone() };
    loop {
        let page = deals(conn, &request, context)?;
        page.items.into_iter().try_for_each(&mut each)?;
        match page.next {
            Some(next) => request.after = Some(next),
            None => return Ok(()),
        }
    }
}

/// One deal; a merged one is answered with the deal it became part of, which then says so.
pub fn deal(conn: &Connection, id: DealId, evidence: bool) -> Result<Option<DealView>, StoreError> {
    let Some(survivor) = store::deal::survivor(conn, id)? else { return Ok(None) };
    let Some(record) = store::deal::load(conn, survivor)? else { return Ok(None) };
    let forwarded_from = (survivor != id).then_some(id);
    Ok(Some(DealView { forwarded_from, ..DealView::load(conn, record, evidence)? }))
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.sort, self.place.key, self.place.id)
    }
}

impl FromStr for Cursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let mut parts = text.split(':');
            let sort = parts.next()?.parse().ok()?;
            let key = parts.next()?.parse().ok()?;
            let id = parts.next()?.parse().ok()?;
            parts.next().is_none().then_some(Cursor { sort, place: Place { key, id } })
        };
        read().ok_or_else(|| BadCursor(text.to_owned()))
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

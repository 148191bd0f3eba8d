//! The JSON API under `/api/v1`. Its shapes are those of [`crate::query`].

use axum::extract::Path;
use axum::extract::RawQuery;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

use super::Site;
use super::answer::Answered;
use super::answer::Trouble;
use super::answer::json;
use super::params::Params;
use crate::domain::DealId;
use crate::domain::Filter;
use crate::query;
use crate::query::EventView;
use crate::query::Request;

/// At most this many deals or events in one answer; a larger `limit` is read as this.
const MAX_LIMIT: i64 = 500;

/// Unless asked otherwise.
const LIMIT: i64 = 50;

/// Where to learn which orders there are.
const ORDERS: &str = "the newest first is the default: leave `sort` away";

/// Where cursors come from.
const CURSORS: &str = "take `next` of the answer before, or leave `cursor` away to begin";

/// How the past is asked for.
const TIMES: &str = "the day counts to its end, in UTC; leave `as_of` away for the present";

/// `GET /api/v1/deals?filter=&limit=&cursor=&sort=&as_of=`
pub(super) async fn deals(State(site): State<Site>, RawQuery(query): RawQuery) -> Answered {
    let params = Params::read(query.as_deref(), &["filter", "limit", "cursor", "sort", "as_of"])?;
    let as_of = params.parsed("as_of", TIMES)?;
    let request = Request {
        filter: params.text("filter").unwrap_or_default().parse::<Filter>()?,
        limit: limit(&params)?,
        after: params.parsed("cursor", CURSORS)?,
        sort: params.parsed("sort", ORDERS)?.unwrap_or(Request::default().sort),
        ..Request::default()
    };
    let page =
        site.ask_at(as_of, move |conn, context| query::deals(conn, &request, context)).await?;
    Ok(json(StatusCode::OK, &page))
}

/// `GET /api/v1/deals/{id}?as_of=`: with the words behind each value; of a merged deal, its survivor.
pub(super) async fn deal(
    State(site): State<Site>,
    Path(asked): Path<String>,
    RawQuery(query): RawQuery,
) -> Answered {
    let params = Params::read(query.as_deref(), &["as_of"])?;
    let as_of = params.parsed("as_of", TIMES)?;
    let id = deal_id(&asked)?;
    let deal = site.ask_at(as_of, move |conn, _| query::deal(conn, id, true)).await?;
    Ok(json(StatusCode::OK, &deal.ok_or_else(|| Trouble::no_deal(&asked))?))
}

/// `GET /api/v1/deals/{id}/history`
pub(super) async fn history(
    State(site): State<Site>,
    Path(asked): Path<String>,
    RawQuery(query): RawQuery,
) -> Answered {
    Params::read(query.as_deref(), &[])?;
    let id = deal_id(&asked)?;
    let history = site.ask(move |conn, _| query::history(conn, id)).await?;
    Ok(json(StatusCode::OK, &history.ok_or_else(|| Trouble::no_deal(&asked))?))
}

/// A part of the log's events.
#[derive(Serialize)]
struct Events {
    items: Vec<EventView>,
    /// Ask for what comes `after` it; never `null`, so that a mirror can go on asking.
    next: i64,
}

/// `GET /api/v1/events?after=&limit=`
pub(super) async fn events(State(site): State<Site>, RawQuery(query): RawQuery) -> Answered {
    let params = Params::read(query.as_deref(), &["after", "limit"])?;
    let after = params.number("after")?.unwrap_or(0);
    let limit = limit(&params)?;
    let items = site.ask(move |conn, _| query::events(conn, after, limit)).await?;
    let next = items.last().map_or(after, |event| event.seq);
    Ok(json(StatusCode::OK, &Events { items, next }))
}

fn limit(params: &Params) -> Result<u32, Trouble> {
    let limit = params.number("limit")?.unwrap_or(LIMIT).clamp(1, MAX_LIMIT);
    Ok(u32::try_from(limit).unwrap_or(u32::MAX))
}

/// The number in an address; anything else is the number of no deal.
pub(super) fn deal_id(asked: &str) -> Result<DealId, Trouble> {
    let digits = !asked.is_empty() && asked.bytes().all(|byte| byte.is_ascii_digit());
    let id = asked.parse().ok().filter(|_| digits).map(DealId);
    id.ok_or_else(|| Trouble::no_deal(&asked.chars().take(40).collect::<String>()))
}

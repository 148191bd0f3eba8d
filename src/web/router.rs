//! Which address is answered by what, and through which guards.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::get;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use super::Site;
use super::answer::Trouble;
use super::api;
use super::assets;
use super::deal;
use super::guard;
use super::health;
use super::list;

/// Far above the budget of any question, far below a person's patience.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) fn router(site: Site, hosts: guard::Hosts) -> Router {
    let seats = Arc::new(Semaphore::new(guard::MAX_AT_ONCE));
    // What asks the log waits for a seat; what says whether we live does not.
    let asking = Router::new()
        .route("/", get(list::page))
        .route("/deals/{id}", get(deal::page))
        .route("/api/v1/deals", get(api::deals))
        .route("/api/v1/deals/{id}", get(api::deal))
        .route("/api/v1/deals/{id}/history", get(api::history))
        .route("/api/v1/events", get(api::events))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, PATIENCE))
        .layer(from_fn(guard::late))
        .layer(from_fn_with_state(seats, guard::crowd));
    Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/style.css", get(assets::style))
        .route("/favicon.svg", get(assets::icon))
        .route("/robots.txt", get(assets::robots))
        .merge(asking)
        .fallback(nothing)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(hosts, guard::admit))
        .layer(from_fn(guard::headers))
        .with_state(site)
}

async fn nothing(request: Request) -> Response {
    Trouble::no_page().for_path(request.uri().path())
}

/// The panic hook has already written where; the visitor learns only that it is our fault.
#[allow(clippy::needless_pass_by_value, reason = "the layer hands the payload over")]
fn panicked(_payload: Box<dyn Any + Send>) -> Response {
    let hint = "the journal of the service has the details: please report them";
    Trouble::new(StatusCode::INTERNAL_SERVER_ERROR, "defect", "this is a defect of ours", hint)
        .for_path("/")
}

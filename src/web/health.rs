//! `/healthz`: the process answers. `/readyz`: it can do its work, or says why not.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

use super::Site;
use super::answer::json;

/// A database that needs longer for a ping is not ready.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Serialize)]
struct Alive {
    status: &'static str,
}

#[derive(Serialize)]
struct Ready {
    ready: bool,
    /// Why not, one sentence each.
    reasons: Vec<String>,
}

pub(super) async fn healthz() -> Response {
    json(StatusCode::OK, &Alive { status: "ok" })
}

pub(super) async fn readyz(State(site): State<Site>) -> Response {
    let mut reasons = (site.readiness)();
    match tokio::time::timeout(PATIENCE, site.store.ping()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => reasons.push(format!("the database does not answer: {error}")),
        Err(_) => {
            let seconds = PATIENCE.as_secs();
            reasons.push(format!("the database did not answer within {seconds} s"));
        }
    }
    let ready = reasons.is_empty();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    json(status, &Ready { ready, reasons })
}

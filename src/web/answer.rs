//! Answers: pages, JSON, and what goes wrong in either form.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::Serialize;

use super::show::Text;
use crate::domain::filter::FilterError;
use crate::query::StoreError;

const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";

/// The log changes under it, so a stored copy is asked about before it is shown again.
const FRESH: (header::HeaderName, &str) = (header::CACHE_CONTROL, "no-cache");

/// A page, or the page that says what went wrong.
pub(super) type Paged = Result<Response, PageTrouble>;

/// JSON, or the JSON that says what went wrong.
pub(super) type Answered = Result<Response, JsonTrouble>;

/// A page.
pub(super) fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, [(header::CONTENT_TYPE, HTML), FRESH], html).into_response(),
        Err(error) => {
            tracing::error!(%error, "A page could not be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A value as JSON.
pub(super) fn json(status: StatusCode, value: &impl Serialize) -> Response {
    match serde_json::to_string(value) {
        Ok(text) => (status, [(header::CONTENT_TYPE, JSON), FRESH], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "An answer could not be written as JSON");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// What went wrong, in words for whoever asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    status: StatusCode,
    code: &'static str,
    message: String,
    hint: String,
    /// In a filter: the first Unicode scalar that is wrong, and the one after the last.
    place: Option<(usize, usize)>,
}

impl Trouble {
    pub(super) fn new(
        status: StatusCode,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Trouble {
        Trouble { status, code, message: message.into(), hint: hint.into(), place: None }
    }

    pub(super) fn no_deal(asked: &str) -> Trouble {
        Trouble::new(
            StatusCode::NOT_FOUND,
            "no_such_deal",
            format!("there is no deal {}", crate::domain::one_line(asked)),
            "a deal keeps its number for ever: look it up in the list, or in an alert",
        )
    }

    pub(super) fn no_page() -> Trouble {
        Trouble::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "there is nothing at this address",
            "pages: / and /deals/ID; API: /api/v1/deals, /api/v1/deals/ID, \
             /api/v1/deals/ID/history, /api/v1/events; state: /healthz, /readyz",
        )
    }

    /// The answer for an address under `/api/`, and for programs that ask `/healthz`.
    pub(super) fn for_path(self, path: &str) -> Response {
        if path.starts_with("/api/") || matches!(path, "/healthz" | "/readyz") {
            JsonTrouble(self).into_response()
        } else {
            PageTrouble(self).into_response()
        }
    }
}

impl From<FilterError> for Trouble {
    fn from(error: FilterError) -> Trouble {
        let hint = "the filter language is described on the first page, under \"How to filter\"";
        let message = crate::domain::one_line(error.message());
        let place = Some(error.place());
        Trouble { place, ..Trouble::new(StatusCode::BAD_REQUEST, "bad_filter", message, hint) }
    }
}

impl From<StoreError> for Trouble {
    /// What SQLite says stays in our own log.
    fn from(error: StoreError) -> Trouble {
        if error.is_transient() {
            tracing::warn!(%error, "The log could not be asked for a page");
            return Trouble::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "log_busy",
                "the log cannot be read at the moment",
                "ask again in a few seconds; /readyz says when it answers",
            );
        }
        tracing::error!(error = ?error, "The log could not be asked for a page");
        Trouble::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "log_failed",
            "the log could not be read",
            "the journal of the service says why; `dealwatch doctor` checks the database",
        )
    }
}

/// Shown as a page with a way back.
#[derive(Debug)]
pub(super) struct PageTrouble(pub(super) Trouble);

/// Shown as `{"error":{"code","message","hint"}}`.
#[derive(Debug)]
pub(super) struct JsonTrouble(pub(super) Trouble);

impl<T: Into<Trouble>> From<T> for PageTrouble {
    fn from(trouble: T) -> Self {
        PageTrouble(trouble.into())
    }
}

impl<T: Into<Trouble>> From<T> for JsonTrouble {
    fn from(trouble: T) -> Self {
        JsonTrouble(trouble.into())
    }
}

#[derive(Template)]
#[template(path = "trouble.html")]
struct TroublePage {
    title: String,
    status: u16,
    message: Text,
    hint: Text,
}

impl IntoResponse for PageTrouble {
    fn into_response(self) -> Response {
        let Trouble { status, message, hint, .. } = self.0;
        let title = status.canonical_reason().unwrap_or("Error").to_owned();
        let template = TroublePage {
            title,
            status: status.as_u16(),
            message: Text::new(&message),
            hint: Text::new(&hint),
        };
        page(status, &template)
    }
}

#[derive(Serialize)]
struct Envelope {
    error: Body,
}

#[derive(Serialize)]
struct Body {
    code: &'static str,
    message: String,
    hint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
}

impl IntoResponse for JsonTrouble {
    fn into_response(self) -> Response {
        let Trouble { status, code, message, hint, place } = self.0;
        let (start, end) = (place.map(|(start, _)| start), place.map(|(_, end)| end));
        json(status, &Envelope { error: Body { code, message, hint, start, end } })
    }
}

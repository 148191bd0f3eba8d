//! The newsroom on a socket: outlets, webhook sink and counts.
//!
//! | request | answer |
//! |---|---|
//! | `GET /<outlet>/feed.xml`, `feed.json`, `list.html`, `<slug>.html`, `/robots.txt` | the outlets |
//! | `POST /hook` | 204; the delivery is remembered |
//! | `GET /hook/log` | the deliveries as a JSON array of [`Arrival`](super::Arrival) |
//! | `GET /hook/hold?after=N` | 204; delivery number N, counted from 1, gets no answer |
//! | `POST /hook/release` | 204; what is held is answered |
//! | `GET /progress` | [`Progress`](super::Progress) as a JSON object |
//! | `GET /count` | requests per path as a JSON object, these two left out |

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use axum::Json;
use axum::Router;
use axum::extract::Query;
use axum::extract::Request;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::Method;
use axum::http::StatusCode;
use axum::http::header;
use axum::middleware;
use axum::middleware::Next;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::routing::get;
use axum::routing::post;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::Ask;
use super::Newsroom;
use super::Reply;
use super::sink::Delivered;
use super::sink::Sink;

struct Shared {
    newsroom: Arc<Newsroom>,
    sink: Sink,
    counts: Mutex<BTreeMap<String, u64>>,
    stop: CancellationToken,
}

impl Newsroom {
    /// Serves until `stop` is cancelled. The base address in the settings has to be the
    /// listener's, as the outlets print it in their links. The caller keeps a share, to ask for
    /// [`progress`](Newsroom::progress).
    ///
    /// # Errors
    ///
    /// What the listener reports.
    pub async fn serve(
        self: Arc<Self>,
        listener: TcpListener,
        stop: CancellationToken,
    ) -> io::Result<()> {
        let shared = Arc::new(Shared {
            newsroom: self,
            sink: Sink::default(),
            counts: Mutex::default(),
            stop: stop.clone(),
        });
        axum::serve(listener, router(shared)).with_graceful_shutdown(stop.cancelled_owned()).await
    }
}

fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/hook", post(hook))
        .route("/hook/log", get(hook_log))
        .route("/hook/hold", get(hook_hold).post(hook_hold))
        .route("/hook/release", post(hook_release))
        .fallback(outlets)
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), count))
        .route("/progress", get(progress))
        .route("/count", get(counts))
        .with_state(shared)
}

async fn outlets(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let headers = request.headers();
    let ask = Ask {
        path: request.uri().path().into(),
        if_none_match: text(headers, "if-none-match"),
        if_modified_since: text(headers, "if-modified-since"),
        gzip: text(headers, "accept-encoding").is_some_and(|codings| accepts_gzip(&codings)),
    };
    shared.newsroom.reply(&ask).into_response()
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let mut head = vec![(header::VARY, "accept-encoding".to_owned())];
        head.extend(self.etag.map(|tag| (header::ETAG, tag)));
        head.extend(self.last_modified.map(|date| (header::LAST_MODIFIED, date)));
        if self.gzip {
            head.push((header::CONTENT_ENCODING, "gzip".to_owned()));
        }
        if status != StatusCode::NOT_MODIFIED {
            head.push((header::CONTENT_TYPE, self.content_type.to_owned()));
        }
        (status, axum::response::AppendHeaders(head), axum::body::Body::from(self.body))
            .into_response()
    }
}

/// Whether the list of codings has gzip in it and does not refuse it with `q=0`.
fn accepts_gzip(codings: &str) -> bool {
    codings.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        named && !parts.any(|weight| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

async fn hook(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> StatusCode {
    let delivered = Delivered {
        id: text(&headers, "webhook-id"),
        timestamp: text(&headers, "webhook-timestamp"),
        signature: text(&headers, "webhook-signature"),
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    tokio::select! {
        _number = shared.sink.receive(delivered) => StatusCode::NO_CONTENT,
        // A held answer must not keep the newsroom from stopping.
        () = shared.stop.cancelled() => StatusCode::SERVICE_UNAVAILABLE,
    }
}

async fn hook_log(State(shared): State<Arc<Shared>>) -> Response {
    Json(shared.sink.log()).into_response()
}

#[derive(Deserialize)]
struct Hold {
    after: u64,
}

async fn hook_hold(State(shared): State<Arc<Shared>>, Query(hold): Query<Hold>) -> StatusCode {
    shared.sink.hold(hold.after);
    StatusCode::NO_CONTENT
}

async fn hook_release(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.sink.release();
    StatusCode::NO_CONTENT
}

async fn count(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    *shared.counts.lock().unwrap_or_else(PoisonError::into_inner).entry(path).or_default() += 1;
    next.run(request).await
}

async fn progress(State(shared): State<Arc<Shared>>) -> Response {
    Json(shared.newsroom.progress()).into_response()
}

async fn counts(State(shared): State<Arc<Shared>>) -> Response {
    let counts = shared.counts.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Json(counts).into_response()
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

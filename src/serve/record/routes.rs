//! Requests about recordings and their answers. Only the editor's own pages may ask, and only for the user who started the server.

use super::problem::Problem;
use super::recordings::Recordings;
use super::request::{PutIn, RecordRequest};
use crate::serve::access::Visitor;
use crate::serve::edit::{Desk, is_own, json_answer, refuse};
use crate::serve::secret::Secret;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// Where the addresses begin.
const RECORD: &str = "/.guidemark/record/";
/// Largest request.
const MOST: usize = 64 << 10;
/// How long what is sent may take to come.
const PATIENCE: Duration = Duration::from_secs(20);

/// Whether a path is about recordings.
pub fn is_ours(path: &str) -> bool {
    path.starts_with(RECORD)
}

/// The body of what is asked of a recording that there is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    id: String,
}

/// Answers a request.
pub async fn answer(
    (desk, recordings): (&Arc<Desk>, &Arc<Recordings>),
    secret: &Secret,
    visitor: Visitor,
    request: Request<Body>,
) -> Response {
    let method = request.method().clone();
    if visitor != Visitor::Author || !is_own(request.headers(), secret, &method) {
        return refuse(StatusCode::FORBIDDEN, "only the editor's own pages may do that");
    }
    let path = request.uri().path().strip_prefix(RECORD).unwrap_or_default().to_owned();
    let body = match tokio::time::timeout(PATIENCE, to_bytes(request.into_body(), MOST)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return refuse(StatusCode::PAYLOAD_TOO_LARGE, "larger than 64 kB"),
        Err(_) => return refuse(StatusCode::REQUEST_TIMEOUT, "the rest never came"),
    };
    let unread = |error: serde_json::Error| {
        refuse(StatusCode::BAD_REQUEST, &format!("the request can't be read: {error}"))
    };
    let named = || serde_json::from_slice::<Named>(&body);
    match (method, path.as_str()) {
        (Method::GET, "now") => json_answer(StatusCode::OK, &recordings.tell()),
        (Method::POST, "start") => match serde_json::from_slice::<RecordRequest>(&body) {
            Ok(asked) => started(recordings.start(desk, asked)),
            Err(error) => unread(error),
        },
        (Method::POST, "stop") => match named() {
            Ok(Named { id }) => json_answer(StatusCode::OK, &recordings.end(&id)),
            Err(error) => unread(error),
        },
        (Method::POST, "go") => match named() {
            Ok(Named { id }) => json_answer(StatusCode::OK, &recordings.go_on(&id)),
            Err(error) => unread(error),
        },
        (Method::GET, "unfinished") => {
            answer_from_disk((desk, recordings), |desk, all| {
                Ok(json!({ "unfinished": all.unfinished(desk) }))
            })
            .await
        }
        (Method::POST, "put-in") => match serde_json::from_slice::<PutIn>(&body) {
            Ok(asked) => {
                answer_from_disk((desk, recordings), move |desk, all| all.put_in(desk, &asked)).await
            }
            Err(error) => unread(error),
        },
        (Method::POST, "discard") => match named() {
            Ok(Named { id }) => {
                answer_from_disk((desk, recordings), move |desk, all| all.discard(desk, &id)).await
            }
            Err(error) => unread(error),
        },
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Answers with what comes of work on the disk, which may take its time.
async fn answer_from_disk(
    (desk, recordings): (&Arc<Desk>, &Arc<Recordings>),
    work: impl FnOnce(&Desk, &Recordings) -> Result<Value, Problem> + Send + 'static,
) -> Response {
    let (desk, recordings) = (Arc::clone(desk), Arc::clone(recordings));
    let work = move || started(work(&desk, &recordings));
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn started(done: Result<Value, Problem>) -> Response {
    match done {
        Ok(value) => json_answer(StatusCode::OK, &value),
        Err(Problem { message, help }) => {
            json_answer(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "message": message, "help": help }))
        }
    }
}

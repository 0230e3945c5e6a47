//! Requests of the editor and their answers.

use super::desk::{Desk, Refused};
use super::page;
use super::secret::Secret;
use crate::edit::Edit;
use crate::serve::access::Visitor;
use crate::serve::path::decode;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{self, CONTENT_LENGTH, HOST, HeaderMap, ORIGIN};
use axum::http::{Method, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// Where the editor's addresses begin.
const EDIT: &str = "/.guidemark/edit/";
/// Where its modules and style lie.
const ASSETS: &str = "/.guidemark/editor/";
/// Carries the secret of this run.
const SECRET: &str = "x-guidemark-secret";
/// Largest edit, in bytes: a guide's text may have 1 MB, and JSON makes six of one.
const MAX_EDIT: usize = 8 << 20;
/// Largest picture, in bytes.
const MAX_UPLOAD: usize = 64 << 20;
/// How long what is sent may take to come.
const PATIENCE: Duration = Duration::from_secs(60);

/// Whether a path is the editor's.
pub fn is_ours(path: &str) -> bool {
    path.starts_with(EDIT) || path.starts_with(ASSETS)
}

/// Whether something may be sent to a path.
pub fn may_post(path: &str) -> bool {
    path.starts_with(EDIT)
}

/// What is asked for, below a guide.
enum Wanted {
    Page,
    Guide,
    Picture(String),
    Edit,
    Undo,
    Redo,
    Preview,
    Upload,
}

impl Wanted {
    fn of(method: &Method, rest: &str) -> Option<Self> {
        let reads = matches!(*method, Method::GET | Method::HEAD);
        Some(match (reads, rest) {
            (true, "") => Self::Page,
            (true, "guide") => Self::Guide,
            (true, rest) => Self::Picture(rest.strip_prefix("picture/")?.to_owned()),
            (false, "edit") => Self::Edit,
            (false, "undo") => Self::Undo,
            (false, "redo") => Self::Redo,
            (false, "preview") => Self::Preview,
            (false, "upload") => Self::Upload,
            (false, _) => return None,
        })
    }

    /// Whether only our own pages may ask for it. A picture is asked for by an element, which carries no secret;
    /// who names it by its hash knows it.
    fn is_guarded(&self) -> bool {
        !matches!(self, Self::Page | Self::Picture(_))
    }
}

/// Answers a request of the editor.
pub async fn answer(desk: &Arc<Desk>, secret: &Secret, visitor: Visitor, request: Request<Body>) -> Response {
    let path = request.uri().path().to_owned();
    if let Some(name) = path.strip_prefix(ASSETS) {
        return asset(name);
    }
    if visitor != Visitor::Author {
        let help = "guides are edited by whoever started this server: open the address that it shows in its terminal\n";
        return (StatusCode::FORBIDDEN, help).into_response();
    }
    let below = path.strip_prefix(EDIT).and_then(|path| path.split_once('/'));
    let slug = below.and_then(|(slug, _)| decode(slug));
    let wanted = below.and_then(|(_, rest)| Wanted::of(request.method(), rest));
    let (Some(slug), Some(wanted)) = (slug, wanted) else { return StatusCode::NOT_FOUND.into_response() };
    if wanted.is_guarded() && !is_own(request.headers(), secret, request.method()) {
        return refuse(StatusCode::FORBIDDEN, "only the editor's own pages may do that");
    }
    let query = request.uri().query().unwrap_or_default().to_owned();
    let limit = if let Wanted::Upload = wanted { MAX_UPLOAD } else { MAX_EDIT };
    let announced =
        request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let too_large = || refuse(StatusCode::PAYLOAD_TOO_LARGE, &format!("larger than {} MB", limit >> 20));
    if announced.is_some_and(|length: u64| length > limit as u64) {
        return too_large();
    }
    let body = match tokio::time::timeout(PATIENCE, to_bytes(request.into_body(), limit)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return too_large(),
        Err(_) => return refuse(StatusCode::REQUEST_TIMEOUT, "the rest never came"),
    };
    let (desk, secret) = (Arc::clone(desk), secret.clone());
    // The disk may take its time.
    let work = move || respond(&desk, &secret, &slug, &wanted, &query, &body);
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Whether a request comes from a page of ours: it carries the secret of this run, and what changes something names
/// our origin as its own.
fn is_own(headers: &HeaderMap, secret: &Secret, method: &Method) -> bool {
    let known = headers.get(SECRET).is_some_and(|given| secret.is(given.as_bytes()));
    let origin = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    let own = headers.get(HOST).and_then(|host| host.to_str().ok()).map(|host| format!("http://{host}"));
    let reads = matches!(*method, Method::GET | Method::HEAD);
    known
        && if reads {
            origin.is_none() || origin == own.as_deref()
        } else {
            origin.is_some() && origin == own.as_deref()
        }
}

fn respond(desk: &Desk, secret: &Secret, slug: &str, wanted: &Wanted, query: &str, body: &Bytes) -> Response {
    match wanted {
        Wanted::Page => match desk.source(slug) {
            Ok(_) => (
                [
                    (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                    (header::CONTENT_SECURITY_POLICY, page::POLICY),
                ],
                page::html(slug, secret),
            )
                .into_response(),
            Err(refused) => refusal(desk, slug, refused),
        },
        Wanted::Guide => tell(desk, slug, desk.guide(slug)),
        Wanted::Picture(hash) => match desk.picture(slug, hash) {
            Ok(bytes) => ([(header::CONTENT_TYPE, picture_kind(&bytes))], bytes).into_response(),
            Err(refused) => refusal(desk, slug, refused),
        },
        Wanted::Edit => match serde_json::from_slice::<Asked>(body) {
            Ok(Asked { base, edit }) => tell(desk, slug, desk.edit(slug, &base, &edit)),
            Err(error) => refuse(StatusCode::BAD_REQUEST, &format!("this is no edit: {error}")),
        },
        Wanted::Undo => tell(desk, slug, desk.undo(slug)),
        Wanted::Redo => tell(desk, slug, desk.redo(slug)),
        Wanted::Preview => match serde_json::from_slice::<Previewed>(body) {
            Ok(Previewed { markdown }) => {
                json_answer(StatusCode::OK, &json!({ "html": crate::page::preview(&markdown) }))
            }
            Err(error) => refuse(StatusCode::BAD_REQUEST, &format!("this is no text: {error}")),
        },
        Wanted::Upload => {
            let name = query.split('&').find_map(|pair| decode(pair.strip_prefix("name=")?));
            let sharp = name.is_some_and(|name| name.contains("@2x."));
            tell(desk, slug, desk.upload(slug, body, sharp).map(|path| json!({ "path": path })))
        }
    }
}

/// The body of an edit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    base: String,
    edit: Edit,
}

/// The body of a preview.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Previewed {
    markdown: String,
}

fn tell(desk: &Desk, slug: &str, done: Result<Value, Refused>) -> Response {
    match done {
        Ok(value) => json_answer(StatusCode::OK, &value),
        Err(refused) => refusal(desk, slug, refused),
    }
}

fn refusal(desk: &Desk, slug: &str, refused: Refused) -> Response {
    match refused {
        Refused::Missing => refuse(StatusCode::NOT_FOUND, &format!("there is no guide `{slug}`")),
        Refused::Edit(message) => refuse(StatusCode::UNPROCESSABLE_ENTITY, &message),
        Refused::NoPicture(message) => refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, &message),
        Refused::Failed(message) => refuse(StatusCode::INTERNAL_SERVER_ERROR, &message),
        Refused::Conflict { yours, theirs } => {
            let message = "the file has changed at the same place";
            let guide = desk.guide(slug).unwrap_or_default();
            let said = json!({ "message": message, "yours": yours, "theirs": theirs, "guide": guide });
            json_answer(StatusCode::CONFLICT, &said)
        }
    }
}

fn refuse(status: StatusCode, message: &str) -> Response {
    json_answer(status, &json!({ "message": message }))
}

fn json_answer(status: StatusCode, value: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

fn asset(name: &str) -> Response {
    let kind = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    match page::asset(name) {
        Some(bytes) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn picture_kind(bytes: &[u8]) -> &'static str {
    image::guess_format(bytes).map_or("application/octet-stream", |format| format.to_mime_type())
}

//! Requests of the editor and their answers.

use super::decisions::Left;
use super::desk::Desk;
use super::exports::{self, Exports};
use super::library::{ChangedApp, NewGuide, Renamed};
use super::page;
use super::refused::Refused;
use crate::edit::Edit;
use crate::serve::access::Visitor;
use crate::serve::path::{decode, encode};
use crate::serve::secret::Secret;
use crate::serve::shelf::Shelf;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{self, CONTENT_LENGTH, HOST, HeaderMap, ORIGIN};
use axum::http::{Method, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// Where the editor's addresses begin.
const EDIT: &str = "/.guidemark/edit/";
/// Where those of all guides begin.
pub const GUIDES: &str = "/.guidemark/guides/";
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
    path.starts_with(EDIT) || path.starts_with(GUIDES) || path.starts_with(ASSETS)
}

/// Whether something may be sent to a path.
pub fn may_post(path: &str) -> bool {
    path.starts_with(EDIT) || path.starts_with(GUIDES)
}

/// What is asked for.
enum Wanted {
    /// The page with all guides.
    Guides,
    List,
    New,
    Duplicate,
    Rename,
    Publish,
    Delete,
    Restore,
    App,
    /// The page of one guide.
    Page,
    Guide,
    Picture(String),
    Edit,
    Undo,
    Redo,
    Fix,
    Preview,
    /// Takes a proposal away.
    Proposal,
    Upload,
    /// Begins one.
    Export,
    /// How far one is.
    Exported(String),
    /// The file of one that is done.
    ExportedFile(String),
}

impl Wanted {
    /// Of all guides.
    fn of_all(method: &Method, rest: &str) -> Option<Self> {
        let reads = matches!(*method, Method::GET | Method::HEAD);
        Some(match (reads, rest) {
            (true, "") => Self::Guides,
            (true, "list") => Self::List,
            (false, "new") => Self::New,
            (false, "duplicate") => Self::Duplicate,
            (false, "rename") => Self::Rename,
            (false, "publish") => Self::Publish,
            (false, "delete") => Self::Delete,
            (false, "restore") => Self::Restore,
            (false, "app") => Self::App,
            (_, _) => return None,
        })
    }

    /// Of one guide.
    fn from_request(method: &Method, rest: &str) -> Option<Self> {
        let reads = matches!(*method, Method::GET | Method::HEAD);
        Some(match (reads, rest) {
            (true, "") => Self::Page,
            (true, "guide") => Self::Guide,
            (true, rest) => match rest.strip_prefix("export/") {
                Some(rest) => match rest.strip_suffix("/file") {
                    Some(id) => Self::ExportedFile(id.to_owned()),
                    None => Self::Exported(rest.to_owned()),
                },
                None => Self::Picture(rest.strip_prefix("picture/")?.to_owned()),
            },
            (false, "edit") => Self::Edit,
            (false, "undo") => Self::Undo,
            (false, "redo") => Self::Redo,
            (false, "fix") => Self::Fix,
            (false, "preview") => Self::Preview,
            (false, "proposal") => Self::Proposal,
            (false, "upload") => Self::Upload,
            (false, "export") => Self::Export,
            (false, _) => return None,
        })
    }

    /// Whether only our own pages may ask for it. A picture is asked for by an element, which carries no secret;
    /// who names it by its hash knows it. A file is fetched by a link, and who names the export by its id asked for it.
    fn is_guarded(&self) -> bool {
        !matches!(self, Self::Guides | Self::Page | Self::Picture(_) | Self::ExportedFile(_))
    }
}

/// What a path names: the slug of a guide, empty for all of them, and what is asked for.
fn wanted(method: &Method, path: &str) -> Option<(String, Wanted)> {
    if let Some(rest) = path.strip_prefix(GUIDES) {
        return Some((String::new(), Wanted::of_all(method, rest)?));
    }
    let (slug, rest) = path.strip_prefix(EDIT)?.split_once('/')?;
    Some((decode(slug)?, Wanted::from_request(method, rest)?))
}

/// Answers a request of the editor.
pub async fn answer(
    (desk, shelf, exports): (&Arc<Desk>, &Arc<Shelf>, &Arc<Exports>),
    secret: &Secret,
    visitor: Visitor,
    request: Request<Body>,
) -> Response {
    let path = request.uri().path().to_owned();
    if let Some(name) = path.strip_prefix(ASSETS) {
        return asset(name);
    }
    if visitor != Visitor::Author {
        let help = "only the person who started this server can edit guides: open the address that it shows in its terminal\n";
        return (StatusCode::FORBIDDEN, help).into_response();
    }
    let Some((slug, wanted)) = wanted(request.method(), &path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
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
    let (desk, shelf, exports) = (Arc::clone(desk), Arc::clone(shelf), Arc::clone(exports));
    let secret = secret.clone();
    // The disk may take its time.
    let work = move || respond((&desk, &shelf, &exports), &secret, &slug, &wanted, &query, &body);
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Whether a request comes from a page of ours: it carries the secret of this run, and what changes something names
/// our origin as its own.
pub fn is_own(headers: &HeaderMap, secret: &Secret, method: &Method) -> bool {
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

fn respond(
    (desk, shelf, exports): (&Arc<Desk>, &Shelf, &Arc<Exports>),
    secret: &Secret,
    slug: &str,
    wanted: &Wanted,
    query: &str,
    body: &Bytes,
) -> Response {
    match wanted {
        Wanted::Guides => html(page::guides(secret)),
        Wanted::List => json_answer(StatusCode::OK, &desk.list(shelf)),
        Wanted::New => asked(desk, body, |asked: NewGuide| desk.new_guide(&asked)),
        Wanted::Duplicate => asked(desk, body, |Named { slug }| desk.duplicate(&slug)),
        Wanted::Rename => asked(desk, body, |asked: Renamed| desk.rename(&asked)),
        Wanted::Publish => asked(desk, body, |Published { slug, draft }| desk.publish(&slug, draft)),
        Wanted::Delete => asked(desk, body, |Named { slug }| desk.delete(&slug)),
        Wanted::Restore => asked(desk, body, |Trashed { id }| desk.restore(&id)),
        Wanted::App => asked(desk, body, |asked: ChangedApp| desk.change_app(&asked)),
        Wanted::Page => match desk.source(slug) {
            Ok(_) => html(page::html(slug, secret)),
            Err(refused) => refusal(desk, slug, refused),
        },
        Wanted::Guide => tell(desk, slug, desk.guide(slug)),
        Wanted::Picture(hash) => match desk.picture(slug, hash) {
            Ok(bytes) => ([(header::CONTENT_TYPE, picture_kind(&bytes))], bytes).into_response(),
            Err(refused) => refusal(desk, slug, refused),
        },
        Wanted::Edit => match serde_json::from_slice::<EditRequest>(body) {
            Ok(EditRequest { base, edit }) => tell(desk, slug, desk.edit(slug, &base, &edit)),
            Err(error) => refuse(StatusCode::BAD_REQUEST, &format!("this is not a valid edit: {error}")),
        },
        Wanted::Undo => tell(desk, slug, desk.undo(slug)),
        Wanted::Fix => asked_of(desk, slug, body, |Fixed { lines }| desk.fix(slug, lines)),
        Wanted::Redo => tell(desk, slug, desk.redo(slug)),
        Wanted::Preview => match serde_json::from_slice::<Previewed>(body) {
            Ok(Previewed { markdown }) => {
                json_answer(StatusCode::OK, &json!({ "html": crate::page::preview(&markdown) }))
            }
            Err(error) => refuse(StatusCode::BAD_REQUEST, &format!("this is not text: {error}")),
        },
        Wanted::Proposal => match serde_json::from_slice::<Left>(body) {
            Ok(left) => tell(desk, slug, desk.leave(slug, &left)),
            Err(error) => refuse(StatusCode::BAD_REQUEST, &format!("the request can't be read: {error}")),
        },
        Wanted::Export => match serde_json::from_slice::<exports::ExportRequest>(body) {
            Ok(asked) => tell(desk, slug, exports.start(desk, slug, &asked)),
            Err(error) => refuse(StatusCode::BAD_REQUEST, &format!("the request can't be read: {error}")),
        },
        Wanted::Exported(id) => tell(desk, slug, exports.tell(slug, id)),
        Wanted::ExportedFile(id) => match exports.file(slug, id) {
            Ok((name, bytes)) => file(&name, &bytes),
            Err(refused) => refusal(desk, slug, refused),
        },
        Wanted::Upload => {
            let parameter = |key: &str| query.split('&').find_map(|pair| decode(pair.strip_prefix(key)?));
            let named = |key: &str| parameter(key).unwrap_or_default();
            let path = desk.upload(slug, body, &named("name="), &named("title="));
            tell(desk, slug, path.map(|path| json!({ "path": path })))
        }
    }
}

/// Does what a body asks for.
fn asked<T: DeserializeOwned>(
    desk: &Desk,
    body: &Bytes,
    does: impl FnOnce(T) -> Result<Value, Refused>,
) -> Response {
    asked_of(desk, "", body, does)
}

/// Does what a body asks for, to one guide.
fn asked_of<T: DeserializeOwned>(
    desk: &Desk,
    slug: &str,
    body: &Bytes,
    does: impl FnOnce(T) -> Result<Value, Refused>,
) -> Response {
    match serde_json::from_slice(body) {
        Ok(asked) => tell(desk, slug, does(asked)),
        Err(error) => refuse(StatusCode::BAD_REQUEST, &format!("the request can't be read: {error}")),
    }
}

/// A file to keep, and never to be shown as a page of this server.
fn file(name: &str, bytes: &[u8]) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", encode(name))),
    ];
    (headers, bytes.to_vec()).into_response()
}

fn html(page: String) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, page::POLICY)];
    (headers, page).into_response()
}

/// A guide.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    slug: String,
}

/// A guide that is made a draft, or published.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Published {
    slug: String,
    draft: bool,
}

/// A deleted guide.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Trashed {
    id: String,
}

/// The body of an edit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditRequest {
    base: String,
    edit: Edit,
}

/// What is fixed: all, or what begins on some lines.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixed {
    #[serde(default)]
    lines: Option<(usize, usize)>,
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
        Refused::Missing if slug.is_empty() => {
            refuse(StatusCode::NOT_FOUND, "there is no such guide any more: load the page again")
        }
        Refused::Missing => refuse(StatusCode::NOT_FOUND, &format!("there is no guide `{slug}`")),
        Refused::Edit(message) => refuse(StatusCode::UNPROCESSABLE_ENTITY, &message),
        Refused::NoPicture(message) => refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, &message),
        Refused::Failed(message) => refuse(StatusCode::INTERNAL_SERVER_ERROR, &message),
        Refused::Conflict { yours, theirs } => {
            let message = "the file has changed at the same place";
            let guide = desk.guide(slug).unwrap_or_default();
            let conflict = json!({ "message": message, "yours": yours, "theirs": theirs, "guide": guide });
            json_answer(StatusCode::CONFLICT, &conflict)
        }
    }
}

/// A refusal in words.
pub fn refuse(status: StatusCode, message: &str) -> Response {
    json_answer(status, &json!({ "message": message }))
}

/// An answer of data.
pub fn json_answer(status: StatusCode, value: &Value) -> Response {
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

//! Requests and their answers.

use super::access::{Access, Visitor};
use super::edit::{self, Desk, Exports};
use super::events;
use super::gate::Gate;
use super::missing;
use super::path::{Wanted, decode, encode};
use super::record::{self, Recordings};
use super::secret::Secret;
use super::shelf::{File, Shelf};
use axum::body::Body;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Request, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// What every answer carries: nothing is guessed, kept, or shown within pages of others.
const HEADERS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'self'"),
    (header::REFERRER_POLICY, "no-referrer"),
];

/// What requests are answered from.
pub struct Office {
    /// The site.
    pub shelf: Arc<Shelf>,
    /// The guides that can be edited.
    pub desk: Arc<Desk>,
    /// What the author has made of guides.
    pub exports: Arc<Exports>,
    /// What the author records.
    pub recordings: Arc<Recordings>,
    /// What the editor's pages know.
    pub secret: Secret,
    /// Under which names it may be asked.
    pub gate: Gate,
    /// Who is the author.
    pub access: Access,
    /// Whether the site is one guide.
    pub alone: bool,
    /// Who may draw a card: one at a time, however many ask. Any page that the author has open can ask.
    pub easel: Semaphore,
}

/// Answers one request of a `visitor`, from this machine (`near`) or another one.
pub async fn answer(office: &Office, near: bool, visitor: Visitor, request: Request<Body>) -> Response {
    let checked = office.gate.check(&request);
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let mut response = match checked {
        Ok(()) if edit::is_ours(uri.path()) => {
            edit::answer((&office.desk, &office.shelf, &office.exports), &office.secret, visitor, request)
                .await
        }
        Ok(()) if record::is_ours(uri.path()) => {
            record::answer((&office.desk, &office.recordings), &office.secret, visitor, request).await
        }
        Ok(()) => match office.access.start(near, &method, uri.path()) {
            Some(response) => response,
            None => find(office, visitor, &uri).await,
        },
        Err(StatusCode::METHOD_NOT_ALLOWED) => {
            (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response()
        }
        Err(status) => (status, "this server does not go by that name\n").into_response(),
    };
    dress(response.headers_mut());
    response
}

fn dress(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        // The editor's page has a stricter policy of its own.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

async fn find(office: &Office, visitor: Visitor, uri: &Uri) -> Response {
    let Office { shelf, desk, exports: _, recordings: _, secret: _, gate: _, access: _, alone, easel } =
        office;
    if uri.path() == events::PATH {
        let named = |key| parameter(uri, key).unwrap_or_default();
        return events::stream(shelf, desk, visitor, &named("page="), &named("edit="));
    }
    let Some(wanted) = Wanted::from_path(uri.path()) else { return StatusCode::BAD_REQUEST.into_response() };
    // The user who started the server with nothing to show begins a guide.
    if visitor == Visitor::Author && wanted.file == "index.html" && !alone && desk.known().is_empty() {
        return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, edit::GUIDES)]).into_response();
    }
    if let Some(file) = shelf.file(&wanted.file) {
        return sent(kind(&wanted.file), file).await;
    }
    if let Some(slug) = wanted.file.strip_suffix("/card.png").filter(|_| !alone) {
        return card(desk, easel, slug).await;
    }
    // A folder has one address, so that what its page names is found beside it.
    if !wanted.folder && shelf.file(&format!("{}/index.html", wanted.file)).is_some() {
        return to(&wanted.file);
    }
    match shelf.slugs().as_slice() {
        [only] if *alone && wanted.file == "index.html" => to(only),
        slugs => {
            let page = missing::page(wanted.file.trim_end_matches("index.html"), slugs);
            (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page)
                .into_response()
        }
    }
}

/// A file of the site. The disk may take its time.
async fn sent(kind: &'static str, file: File) -> Response {
    match tokio::task::spawn_blocking(move || file.bytes.read()).await {
        Ok(Ok(bytes)) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        Ok(Err(error)) => {
            let message = format!("the page can't be read from the disk: {error}; start the server again\n");
            (StatusCode::INTERNAL_SERVER_ERROR, message).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// A guide's card. Few ever look at one here, so it is made when it is asked for.
async fn card(desk: &Arc<Desk>, easel: &Semaphore, slug: &str) -> Response {
    let _turn = easel.acquire().await;
    let (desk, slug) = (Arc::clone(desk), slug.to_owned());
    match tokio::task::spawn_blocking(move || desk.card(&slug)).await {
        Ok(Ok(bytes)) => ([(header::CONTENT_TYPE, kind("card.png"))], bytes).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn to(slug: &str) -> Response {
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, format!("/{}/", encode(slug)))]).into_response()
}

/// What an address says of `key`, which ends with `=`.
fn parameter(uri: &Uri, key: &str) -> Option<String> {
    let pairs = uri.query().unwrap_or_default().split('&');
    pairs.filter_map(|pair| pair.strip_prefix(key)).find_map(decode)
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, end)| end) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webp" => "image/webp",
        "png" => "image/png",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}

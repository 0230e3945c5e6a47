//! News for open pages, as server-sent events.

use super::edit::Desk;
use super::path::Wanted;
use super::shelf::Shelf;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

/// Where a page listens; the path of the page follows as `?page=`.
pub const PATH: &str = "/.guidemark/events";

/// How long a page waits before it asks again when the server has gone, in milliseconds.
const RETRY: Duration = Duration::from_millis(500);

/// Tells a page its version, what is new in it and what is wrong, at once and after each change; with the slug of a guide in
/// `edit`, the version of its file too.
pub fn stream(shelf: &Arc<Shelf>, desk: &Arc<Desk>, page: &str, edit: &str) -> Response {
    let file = Wanted::of(page).map(|wanted| wanted.file).unwrap_or_default();
    let (shelf, desk, edit) = (Arc::clone(shelf), Arc::clone(desk), edit.to_owned());
    let (mut said, mut has) = (String::new(), String::new());
    let (changes, opened) = shelf.open(&file);
    let news = WatchStream::new(changes).filter_map(move |_| {
        // As long as somebody listens.
        let _open = &opened;
        let (version, news) = shelf.file(&file).map(|file| (file.version, file.news)).unwrap_or_default();
        let source =
            if edit.is_empty() { String::new() } else { format!(",\"source\":\"{}\"", desk.version(&edit)) };
        let state = format!("\"version\":\"{version}\"{source},\"problems\":{}", shelf.problems());
        if state == said {
            return None;
        }
        let news = news.filter(|news| version != has && news.from == has);
        let change = news.and_then(|news| serde_json::to_string(&news).ok());
        let change = change.map(|change| format!(",\"change\":{change}")).unwrap_or_default();
        let event = Event::default().retry(RETRY).data(format!("{{{state}{change}}}"));
        (said, has) = (state, version);
        Some(Ok::<_, Infallible>(event))
    });
    Sse::new(news).keep_alive(KeepAlive::default()).into_response()
}

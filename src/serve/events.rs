//! News for open pages, as server-sent events.

use super::access::Visitor;
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

/// Tells a page its version and what is new in it, at once and after each change; the author's pages also what is wrong, and
/// with the slug of a guide in `edit`, the version of its file. Of drafts and of where the project lies, readers hear nothing.
pub fn stream(shelf: &Arc<Shelf>, desk: &Arc<Desk>, visitor: Visitor, page: &str, edit: &str) -> Response {
    let author = visitor == Visitor::Author;
    let edit = if author { edit } else { "" };
    let file = Wanted::from_path(page).map(|wanted| wanted.file).unwrap_or_default();
    let (shelf, desk, edit) = (Arc::clone(shelf), Arc::clone(desk), edit.to_owned());
    let (mut sent_state, mut sent_version) = (String::new(), String::new());
    let (changes, opened) = shelf.open(&file);
    let news = WatchStream::new(changes).filter_map(move |_| {
        // As long as somebody listens.
        let _open = &opened;
        let (version, news) = shelf.file(&file).map(|file| (file.version, file.news)).unwrap_or_default();
        let source =
            if edit.is_empty() { String::new() } else { format!(",\"source\":\"{}\"", desk.version(&edit)) };
        let problems = if author { shelf.problems() } else { "{}".to_owned() };
        let state = format!("\"version\":\"{version}\"{source},\"author\":{author},\"problems\":{problems}");
        if state == sent_state {
            return None;
        }
        let news = news.filter(|news| version != sent_version && news.from == sent_version);
        let change = news.and_then(|news| serde_json::to_string(&news).ok());
        let change = change.map(|change| format!(",\"change\":{change}")).unwrap_or_default();
        let event = Event::default().retry(RETRY).data(format!("{{{state}{change}}}"));
        (sent_state, sent_version) = (state, version);
        Some(Ok::<_, Infallible>(event))
    });
    Sse::new(news).keep_alive(KeepAlive::default()).into_response()
}

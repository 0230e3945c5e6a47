//! Who is asking: the user who started the server, or another one who can reach it.
//!
//! Every user of a machine reaches what listens on it. The author is who has read what only the author's terminal shows: an
//! address that works once and leaves a cookie. All others are readers: they see the pages as they will be published.

use super::message::Message;
use super::secret::Secret;
use axum::http::header::{self, COOKIE, HeaderMap};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError};

/// Where the address that works once begins.
const START: &str = "/.guidemark/start/";

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visitor {
    /// The user who started the server.
    Author,
    /// Any other user.
    Reader,
}

/// Tells the author from readers.
pub struct Access {
    /// The site's address, `/` at its end.
    url: String,
    /// Of the cookie. Browsers keep those of all ports of a host together.
    name: String,
    session: Secret,
    /// Of the address that works once.
    key: Mutex<Secret>,
    tell: Sender<Message>,
}

impl Access {
    /// For the server at `url` on `port`. News of addresses that are used up go to `tell`.
    ///
    /// # Errors
    /// The system's, if it has no random numbers.
    pub fn new(url: &str, port: u16, tell: Sender<Message>) -> std::io::Result<Self> {
        let (session, key) = (Secret::new()?, Mutex::new(Secret::new()?));
        Ok(Self { url: url.to_owned(), name: format!("guidemark-{port}"), session, key, tell })
    }

    /// The address that works once.
    pub fn way_in(&self) -> String {
        let key = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        format!("{}{}{}", self.url, START.trim_start_matches('/'), key.text())
    }

    /// Who asks from this machine (`near`) or another one.
    pub fn visitor(&self, near: bool, headers: &HeaderMap) -> Visitor {
        let cookies = headers.get_all(COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
        let mut pairs =
            cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let known = pairs.any(|(name, value)| name == self.name && self.session.is(value.as_bytes()));
        if near && known { Visitor::Author } else { Visitor::Reader }
    }

    /// The answer to an address that works once; nothing for other addresses.
    pub fn start(&self, near: bool, method: &Method, path: &str) -> Option<Response> {
        let given = path.strip_prefix(START)?;
        let refused = "this address has been used: `guidemark serve` shows a new one in its terminal\n";
        if !near || *method != Method::GET || !self.take(given) {
            return Some((StatusCode::FORBIDDEN, refused).into_response());
        }
        // Not `Strict`: a browser that is sent here by a file or a terminal would not carry it on.
        let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Lax", self.name, self.session.text());
        let _ = self.tell.send(Message::Entered(self.way_in()));
        Some(
            (StatusCode::SEE_OTHER, [(header::SET_COOKIE, cookie), (header::LOCATION, "/".to_owned())])
                .into_response(),
        )
    }

    /// Whether it is the key, which is another one from then on.
    fn take(&self, given: &str) -> bool {
        let mut key = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        // Without random numbers for the next key this one can't be given up, and so not be used.
        let Some(next) = key.is(given.as_bytes()).then(|| Secret::new().ok()).flatten() else { return false };
        *key = next;
        true
    }
}

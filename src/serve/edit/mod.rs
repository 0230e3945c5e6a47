//! Guides changed from the browser: the one part of the server that writes, and only what an author asks for.
//!
//! ```text
//! editor/ (in the browser) ──http──▶ routes ──▶ Desk ──▶ edit::change ──▶ the author's file
//!                                              └ History: what to undo, and texts that windows still show
//! ```

mod desk;
mod exports;
mod history;
mod library;
mod page;
mod routes;
mod secret;
mod sweep;
mod trash;
mod upload;
mod view;

pub use desk::{Desk, Listed};
pub use exports::Exports;
pub use routes::{GUIDES, answer, is_ours, may_post};
pub use secret::Secret;
pub use sweep::sweep;

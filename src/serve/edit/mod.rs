//! Guides changed from the browser: the one part of the server that writes, and only what an author asks for.
//!
//! ```text
//! editor/ (in the browser) ──http──▶ routes ──▶ Desk ──▶ edit::change ──▶ the author's file
//!                                              └ History: what to undo, and texts that windows still show
//! ```

mod decisions;
mod desk;
mod exports;
mod history;
mod library;
mod open;
mod page;
mod proposals;
mod refused;
mod routes;
mod sweep;
mod trash;
mod upload;
mod view;

pub use desk::lock;
pub use desk::{Desk, Listed};
pub use exports::Exports;
pub use refused::Refused;
pub use routes::{GUIDES, answer, is_ours, is_own, json_answer, may_post, refuse};
pub use sweep::sweep;

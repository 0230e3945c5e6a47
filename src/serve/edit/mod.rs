//! Guides changed from the browser: the one part of the server that writes, and only what an author asks for.
//!
//! ```text
//! editor/ (in the browser) ──http──▶ routes ──▶ Desk ──▶ edit::change ──▶ the author's file
//!                                              └ History: what to undo, and texts that windows still show
//! ```

mod desk;
mod history;
mod page;
mod routes;
mod secret;
mod sweep;
mod upload;
mod view;

pub use desk::Desk;
pub use routes::{answer, is_ours, may_post};
pub use secret::Secret;
pub use sweep::sweep;

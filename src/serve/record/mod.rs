//! Recordings that the author asks for in the browser: a new guide, steps of a guide, the anchor of an annotation.
//!
//! ```text
//! editor ──http──▶ routes ──▶ Recordings ──a thread──▶ Work ──▶ refresh (the steps before) ──▶ capture
//!    ▲                             └── Running: what is seen of it ◀──┘                           │
//!    └──────────────────────────── the guide: a new folder, or insert.rs ◀────────────────────────┘
//! ```
//!
//! The browser opens on the machine of the server, for no one but the user who started it. One recording at a time.

mod insert;
mod prepare;
mod problem;
mod recordings;
mod request;
mod routes;
mod running;
mod unfinished;
mod work;

pub use recordings::Recordings;
pub use routes::{answer, is_ours};

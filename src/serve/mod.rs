//! The site as the files are now: a server on this machine, a watch on what the build reads,
//! and pages that change in place.
//!
//! ```text
//! files ──watch──▶ changes ──rebuild──▶ Shelf ──http──▶ page
//!                                         └──events──▶ its live script
//! ```
//!
//! A built page is put on the [`shelf`] with a live script of ours beside its own; what `build` writes never
//! has it. No request names a file of the disk: it is looked up in the shelf, whose bytes lie in a [`store`] of its own.

// An edge: a server listens, watches the disk and looks at the clock.
#![allow(clippy::disallowed_methods)]

mod access;
mod answer;
mod change;
mod connections;
mod difference;
mod edit;
mod events;
mod follow;
mod gate;
mod listen;
mod live;
mod message;
mod missing;
mod opener;
mod options;
mod path;
mod problems;
mod record;
mod secret;
mod server;
mod shelf;
mod store;
mod watch;
mod world;

pub use message::{Message, Rebuilt};
pub use options::{DEFAULT_PORT, Screen, ServeOptions};
pub use server::Server;

//! Texts with their paths and places, and the [`World`] they are read from.
//!
//! The lowest room: it knows nothing of guides. Everything above it names a place in a file by a
//! [`Span`] of bytes and a file by a [`ProjectPath`].

pub mod data;
mod error;
mod listing;
mod path;
mod plain;
mod published;
mod span;
mod stamp;
mod text;
mod world;

pub use error::ReadError;
pub use listing::Listing;
pub use path::{BadPath, MARKDOWN, ProjectPath};
pub use plain::{in_words, open_plain, read_plain, real_folder, real_folders, write_new};
pub use published::Published;
pub use span::{Span, Spanned};
pub use stamp::Stamp;
pub use text::{Position, Source};
pub use world::{DiskWorld, Measure, Measured, MemoryWorld, World, read_at};

//! The author's files: the one room that writes them.
//!
//! A file is replaced whole or not at all, and only while it holds what the caller has read. A new file never takes the
//! place of another one, and no folder is made through a link. Whoever is killed in the middle leaves a hidden file that
//! begins with [`HALF`], and nothing else.

// An edge: here the author's files are written.
#![allow(clippy::disallowed_methods)]

mod folder;
mod place;
mod relocate;
mod replace;
mod together;

#[cfg(test)]
mod tests;

pub use folder::{new_folder, put_file, put_of_kind};
pub use place::{Place, create};
pub use relocate::{relocate, unused};
pub use replace::{Unsaved, replace, written};
pub use together::{Change, finish, together};

/// How the names of files begin that are not moved to their place yet.
pub const HALF: &str = ".guidemark-";

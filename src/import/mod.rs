//! Guides from what people have: screenshots, guides exported from other tools, recordings of browser tests.
//!
//! ```text
//! files ──read──▶ Imported { draft, pictures, notes } ──▶ a folder with `index.md` and its pictures
//! ```
//!
//! What is read is untrusted: sizes and numbers are limited, names are made anew, nothing in it is run. What can't be
//! read is said in a note, and the rest goes on. Only `fetch` and the rendering of snapshots reach the outside.

mod address;
mod amid;
mod archive;
mod copies;
mod error;
mod exported;
mod fetch;
mod front;
mod names;
mod natural;
mod pictures;
mod places;
mod recorder;
mod rest;
mod sentence;
mod trace;

pub use error::{ImportError, ImportNote};
pub use exported::exported;
pub use fetch::{Fetcher, Offline, Web};
pub use names::folder_name;
pub use natural::natural_order;
pub use pictures::{PictureFile, pictures};

pub use recorder::{Recording, recording};
pub use trace::{Density, Wanted, trace};

use crate::edit::Draft;

/// The most pictures of one import.
pub const MAX_PICTURES: usize = 500;
/// The most bytes of all pictures of one import.
pub const MAX_BYTES: usize = 512 << 20;

/// A guide that was read, before it is written.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// What will stand in the Markdown file.
    pub draft: Draft,
    /// The pictures that the draft names.
    pub pictures: Vec<ImportedPicture>,
    /// `capture.json`, for replays, where the files say more than a guide.
    pub lock: Option<String>,
    /// What was left out or needs a look, in order.
    pub notes: Vec<ImportNote>,
}

/// A picture of an imported guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedPicture {
    /// Path relative to the guide, with `/` between its parts.
    pub path: String,
    /// The file as it was found.
    pub bytes: Vec<u8>,
}

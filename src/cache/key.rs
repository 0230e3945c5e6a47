//! What an entry is named by.

use super::Writer;
use std::path::{Path, PathBuf};

/// Hash of the program's own source and its dependencies: what must be made again by another program has it in its key.
pub const BUILT_FROM: &str = env!("GUIDEMARK_BUILT_FROM");

/// Hash of that part of the source which decides the pixels and bytes of pictures, and of the dependencies. Pictures
/// outlive a change of anything else.
pub const PICTURES_BUILT_FROM: &str = env!("GUIDEMARK_PICTURES_BUILT_FROM");

/// The name of an entry: everything that decides its content, hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of what is described by these bytes.
    pub fn new(description: Writer) -> Self {
        Self(*blake3::hash(&description.finish()).as_bytes())
    }

    pub(super) fn path(self, folder: &Path) -> PathBuf {
        let name = blake3::Hash::from_bytes(self.0).to_hex();
        let (shelf, rest) = name.split_at_checked(2).unwrap_or(("00", name.as_str()));
        folder.join(shelf).join(rest)
    }
}

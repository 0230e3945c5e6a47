//! Why a file can't be read.

use super::ProjectPath;

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// There is no file of that name.
    Missing,
    /// The name leads out of the project through a symbolic link.
    Outside,
    /// It is a folder or a device.
    NotAFile,
    /// It is larger than the limit, in bytes.
    TooLarge(u64),
    /// The system said no, in its words.
    Failed(String),
}

impl ReadError {
    /// What is wrong with the file at `path`: lower case, no final full stop.
    pub fn about(&self, path: &ProjectPath) -> String {
        match self {
            Self::Missing => format!("there is no file `{path}`"),
            Self::Outside => format!("`{path}` is a link that leads out of the project"),
            Self::NotAFile => format!("`{path}` is not a file"),
            Self::TooLarge(limit) => format!("`{path}` is larger than {} MB", limit >> 20),
            Self::Failed(why) => format!("`{path}` can't be read: {why}"),
        }
    }
}

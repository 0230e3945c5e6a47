//! New files and the folders that hold them.

use super::replace::{Unsaved, written};
use crate::source::{DiskWorld, ProjectPath, in_words, real_folders};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A folder of a project where something new can be put.
#[derive(Debug, Clone)]
pub struct Place {
    real: PathBuf,
}

impl Place {
    /// The folder at `path`, made if there is none; never one that a link puts elsewhere.
    ///
    /// # Errors
    /// [`Unsaved::Failed`] if something else lies there, or the system says no.
    pub fn make(world: &DiskWorld, path: &ProjectPath) -> Result<Self, Unsaved> {
        real_folders(world.root(), Path::new(path.as_str())).map_err(|error| {
            Unsaved::Failed(match error.kind() {
                ErrorKind::InvalidData => format!("`{path}` is not a folder, or leads through a link"),
                _ => format!("cannot make the folder `{path}`: {}", in_words(&error)),
            })
        })?;
        Ok(Self { real: world.root().join(path.as_str()) })
    }

    /// Where it lies on the disk.
    pub fn real(&self) -> &Path {
        &self.real
    }
}

/// Writes a file that is not there yet, whole or not at all; its folders are made.
///
/// # Errors
/// [`Unsaved::Changed`] if anything lies there, else [`Unsaved::Failed`].
pub fn create(world: &DiskWorld, path: &ProjectPath, bytes: &[u8]) -> Result<(), Unsaved> {
    let failed =
        |error: &std::io::Error| Unsaved::Failed(format!("cannot write `{path}`: {}", in_words(error)));
    let folder = Place::make(world, &path.parent())?;
    let file = written(folder.real(), bytes).map_err(|error| failed(&error))?;
    match file.persist_noclobber(folder.real().join(path.name())) {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Err(Unsaved::Changed),
        Err(error) => Err(failed(&error.error)),
    }
}

//! Logos as addresses.

use super::prose::data_uri;
use crate::diagnostic::Diagnostic;
use crate::source::{ProjectPath, ReadError, World};
use std::sync::{Mutex, PoisonError};

/// A larger logo would weigh on every page.
const LIMIT: u64 = 200_000;

/// A picture of the project as a `data:` address; `None` if it cannot be read or is no picture (the
/// lints say so).
pub fn logo(world: &dyn World, path: Option<&ProjectPath>) -> Option<String> {
    let path = path?;
    let mime = match path.extension().as_str() {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        _ => return None,
    };
    let bytes = world.read(path, LIMIT).ok()?;
    Some(data_uri(mime, &bytes))
}

/// A world that notes what could not be read of it: a page without its logo would stand for ever, since nothing it is made
/// from has changed.
pub struct Noting<'a> {
    world: &'a dyn World,
    failed: Mutex<Option<(ProjectPath, ReadError)>>,
}

impl<'a> Noting<'a> {
    /// Nothing was read yet.
    pub fn new(world: &'a dyn World) -> Self {
        Self { world, failed: Mutex::default() }
    }

    /// What could not be read, reported for the file `path`.
    pub fn problem(&self, path: &ProjectPath) -> Option<Diagnostic> {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (logo, error) = failed?;
        let found = Diagnostic::file_error("broken-picture", path, error.about(&logo));
        Some(found.help("put the logo there, and build again"))
    }
}

impl World for Noting<'_> {
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        let read = self.world.read(path, limit);
        if let Err(error) = &read {
            let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
            failed.get_or_insert_with(|| (path.clone(), error.clone()));
        }
        read
    }

    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        self.world.list(folder)
    }
}

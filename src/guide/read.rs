//! Reads the text of a guide.

use crate::diagnostic::Diagnostic;
use crate::project;
use crate::source::{ProjectPath, ReadError, Source, World};

/// Largest file of a guide, in bytes, front matter included.
pub const MAX_FILE: u64 = 16 * 1024 * 1024;

/// The text at `path`. A byte-order mark stays in it, so that places are those of the file.
///
/// # Errors
/// A diagnostic if the file isn't there, can't be read, is too large or isn't UTF-8.
pub fn read(world: &dyn World, path: &ProjectPath) -> Result<Source, Diagnostic> {
    let bytes = world.read(path, MAX_FILE).map_err(|error| unread(path, &error))?;
    let text = String::from_utf8(bytes).map_err(|error| project::not_utf8(path, &error))?;
    Ok(Source::new(path.clone(), text))
}

fn unread(path: &ProjectPath, error: &ReadError) -> Diagnostic {
    let code = match error {
        ReadError::Missing | ReadError::NotAFile | ReadError::Failed(_) => "cannot-read",
        ReadError::Outside => "path-outside",
        ReadError::TooLarge(_) => "too-large",
    };
    Diagnostic::file_error(code, path, error.about(path))
}

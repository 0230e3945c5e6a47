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
    let bytes = world.read(path, MAX_FILE).map_err(|error| unread(path, error))?;
    let text = String::from_utf8(bytes).map_err(|error| project::not_utf8(path, &error))?;
    Ok(Source::new(path.clone(), text))
}

fn unread(path: &ProjectPath, error: ReadError) -> Diagnostic {
    let (code, message) = match error {
        ReadError::Missing => ("cannot-read", format!("there is no file `{path}`")),
        ReadError::Outside => ("path-outside", format!("`{path}` is a link that leads out of the project")),
        ReadError::NotAFile => ("cannot-read", format!("`{path}` is not a file")),
        ReadError::TooLarge(limit) => {
            ("too-large", format!("`{path}` is larger than {} MB", limit / 1024 / 1024))
        }
        ReadError::Failed(why) => ("cannot-read", format!("`{path}` can't be read: {why}")),
    };
    Diagnostic::file_error(code, path, message)
}

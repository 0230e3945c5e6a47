//! Reads the text of a guide.

use crate::diagnostic::Diagnostic;
use crate::source::{ProjectPath, ReadError, Source, World};

/// Largest file of a guide, in bytes, front matter included.
pub const MAX_FILE: u64 = 16 * 1024 * 1024;

/// The text at `path`. A byte-order mark stays in it, so that places are those of the file.
///
/// # Errors
/// A diagnostic if the file isn't there, can't be read, is too large or isn't UTF-8.
pub fn read(world: &dyn World, path: &ProjectPath) -> Result<Source, Diagnostic> {
    let bytes = world.read(path, MAX_FILE).map_err(|error| unread(path, error))?;
    String::from_utf8(bytes).map(|text| Source::new(path.clone(), text)).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(good).filter(|byte| **byte == b'\n').count() + 1;
        let message = format!("`{path}` is not UTF-8 text: line {line} holds other bytes");
        Diagnostic::file_error("not-utf8", path, message).help("save it as UTF-8")
    })
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

//! A file that is there, replaced whole or not at all.

use super::HALF;
use crate::source::{DiskWorld, ProjectPath, in_words};
use std::fs;
use std::io::Write;
use std::path::Path;

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsaved {
    /// The file holds something else by now, or something lies where a new one was to go.
    Changed,
    /// The system said no: lower case, no final full stop.
    Failed(String),
}

/// Puts `after` in place of a file that holds `before`, with its rights, where a link leads to.
///
/// # Errors
/// [`Unsaved`] if the file holds something else by now, or the system says no; it is as it was then.
pub fn replace(world: &DiskWorld, path: &ProjectPath, before: &str, after: &str) -> Result<(), Unsaved> {
    let real = world.locate(path).map_err(|error| Unsaved::Failed(error.about(path)))?;
    let failed =
        |error: std::io::Error| Unsaved::Failed(format!("cannot write `{path}`: {}", in_words(&error)));
    let rights = fs::metadata(&real).map_err(failed)?.permissions();
    if rights.readonly() {
        return Err(Unsaved::Failed(format!("cannot write `{path}`: it is read-only")));
    }
    let file = written(real.parent().unwrap_or(Path::new(".")), after.as_bytes()).map_err(failed)?;
    file.as_file().set_permissions(rights).map_err(failed)?;
    // As late as possible: what another program wrote meanwhile is not lost.
    if fs::read(&real).map_err(failed)? != before.as_bytes() {
        return Err(Unsaved::Changed);
    }
    file.persist(&real).map_err(|error| failed(error.error))?;
    Ok(())
}

/// A new file in a folder, that goes by a hidden name until it is moved to its place.
///
/// # Errors
/// The system's.
pub fn written(folder: &Path, bytes: &[u8]) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(HALF);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less the umask
    let mut file = builder.tempfile_in(folder)?;
    // Held as long as it is written: what nothing holds, the next start of a server removes.
    let _ = file.as_file().try_lock();
    file.write_all(bytes)?;
    file.as_file().sync_data()?;
    Ok(file)
}

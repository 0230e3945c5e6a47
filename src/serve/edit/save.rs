//! The author's file, replaced whole or not at all.

use crate::site::words;
use crate::source::{DiskWorld, ProjectPath};
use std::fs;
use std::io::Write;
use std::path::Path;

/// Puts `after` in place of a file that holds `before`, with its rights, where a link leads to.
///
/// # Errors
/// [`Unsaved`] if the file holds something else by now, or the system says no; it is as it was then.
pub fn replace(world: &DiskWorld, path: &ProjectPath, before: &str, after: &str) -> Result<(), Unsaved> {
    let real = world.locate(path).map_err(|error| Unsaved::Failed(error.about(path)))?;
    let failed = |error: std::io::Error| Unsaved::Failed(format!("cannot write `{path}`: {}", words(&error)));
    let rights = fs::metadata(&real).map_err(failed)?.permissions();
    if rights.readonly() {
        return Err(Unsaved::Failed(format!("cannot write `{path}`: it is read-only")));
    }
    let file = written(real.parent().unwrap_or(Path::new(".")), after.as_bytes()).map_err(failed)?;
    file.as_file().set_permissions(rights).map_err(failed)?;
    // As late as possible: what somebody else wrote meanwhile is not lost.
    if fs::read(&real).map_err(failed)? != before.as_bytes() {
        return Err(Unsaved::Changed);
    }
    file.persist(&real).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Why a file was not replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsaved {
    /// It holds something else by now.
    Changed,
    /// The system said no: lower case, no final full stop.
    Failed(String),
}

/// A new file in a folder, that goes by a hidden name until it is moved to its place.
///
/// # Errors
/// The system's.
pub fn written(folder: &Path, bytes: &[u8]) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(crate::serve::watch::OWN);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less the umask
    let mut file = builder.tempfile_in(folder)?;
    // Held as long as it is written: what nobody holds, the next start of a server removes.
    let _ = file.as_file().try_lock();
    file.write_all(bytes)?;
    file.as_file().sync_data()?;
    Ok(file)
}

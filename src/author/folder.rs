//! New folders, and files beside them: whole or not there at all.
#![allow(clippy::disallowed_methods)] // the edge: a folder of an author is made

use super::replace::written;
use crate::source::write_new;
use std::fs;
use std::io::{Error, ErrorKind, Read as _, Result};
use std::path::{Path, PathBuf};

/// Makes a folder with these files in it; `files` are paths relative to it, with `/` between their parts, none of
/// which climbs. The folder takes its name when all of it is written, so a stop leaves no half of it.
///
/// # Errors
/// The system's; [`ErrorKind::AlreadyExists`] if anything but an empty folder lies there.
pub fn new_folder<'a>(folder: &Path, files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<()> {
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if fs::symlink_metadata(folder).is_ok_and(|_| fs::remove_dir(folder).is_err()) {
        return Err(ErrorKind::AlreadyExists.into());
    }
    fs::create_dir_all(parent)?;
    let made = tempfile::Builder::new().prefix(".guidemark-").tempdir_in(parent)?;
    for (path, bytes) in files {
        if path.split('/').any(|part| part.is_empty() || part.starts_with('.')) {
            return Err(Error::new(ErrorKind::InvalidInput, "a file would lie outside the folder"));
        }
        let to = made.path().join(path);
        fs::create_dir_all(to.parent().unwrap_or(made.path()))?;
        write_new(&to, bytes)?;
    }
    readable(made.path())?;
    fs::rename(made.path(), folder)?;
    // It has its name now: nothing is left to remove.
    let _ = made.keep();
    Ok(())
}

/// Writes files of kinds that their first bytes say; one of that kind that lies there is replaced, and an empty one.
///
/// # Errors
/// [`ErrorKind::AlreadyExists`] if something else lies at one of the paths: nothing is written then; or the system's.
pub fn put_of_kind(files: &[(PathBuf, &[u8])]) -> Result<()> {
    for (path, bytes) in files {
        if !is_file_or_nothing(path) || !may_replace(path, bytes)? {
            return Err(ErrorKind::AlreadyExists.into());
        }
    }
    files.iter().try_for_each(|(path, bytes)| put_file(path, bytes))
}

/// Writes a file, whole or not at all; one that lies there is replaced.
///
/// # Errors
/// [`ErrorKind::AlreadyExists`] if a folder, a device or a pipe lies there, whose place the file would take; or the
/// system's.
pub fn put_file(path: &Path, bytes: &[u8]) -> Result<()> {
    if !is_file_or_nothing(path) {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    written(folder, bytes)?.persist(path).map(drop).map_err(|error| error.error)
}

fn is_file_or_nothing(path: &Path) -> bool {
    fs::metadata(path).map_or(true, |found| found.is_file())
}

/// How far the sign of a kind of file reaches, in bytes.
const SIGN: usize = 8;

/// Whether what lies at a path is nothing, empty, or begins as `bytes` do: with the sign of its kind.
fn may_replace(path: &Path, bytes: &[u8]) -> Result<bool> {
    let mut start = Vec::new();
    match fs::File::open(path) {
        Ok(file) => file.take(SIGN as u64).read_to_end(&mut start)?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error),
    };
    let sign = |bytes: &[u8]| -> Vec<u8> {
        // A film in MP4 begins with a length.
        let from = if bytes.get(4..SIGN) == Some(b"ftyp") { 4 } else { 0 };
        bytes.iter().skip(from).take(4).copied().collect()
    };
    Ok(start.is_empty() || sign(&start) == sign(bytes))
}

/// As other folders are: a temporary one is its owner's alone.
#[cfg(unix)]
fn readable(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let probe = folder.join("probe");
    fs::create_dir(&probe)?;
    let mode = fs::metadata(&probe)?.permissions().mode();
    fs::remove_dir(&probe)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn readable(_folder: &Path) -> Result<()> {
    Ok(())
}

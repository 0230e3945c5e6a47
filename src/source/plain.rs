//! Files and folders that are nothing else: no link is followed to one, and no pipe waited for.
#![allow(clippy::disallowed_methods)] // the edge: here files of our own are opened

use std::fs::{self, File, OpenOptions};
use std::io::{Error, ErrorKind, Read, Result, Write};
use std::path::Path;

/// Opens a regular file that lies at `path` itself.
///
/// # Errors
/// The system's; [`ErrorKind::InvalidData`] if something else lies there: a link, a pipe, a folder.
pub fn open_plain(path: &Path, options: &mut OpenOptions) -> Result<File> {
    // Where the system has no flags for it, what lies there is at least looked at first.
    if fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(not_plain());
    }
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, libc::O_NOFOLLOW | libc::O_NONBLOCK);
    let file = options.open(path).map_err(|error| if is_link(&error) { not_plain() } else { error })?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_plain()) }
}

/// The bytes of a regular file of at most `limit` bytes that lies at `path` itself.
///
/// # Errors
/// As [`open_plain`]; [`ErrorKind::FileTooLarge`] if there are more.
pub fn read_plain(path: &Path, limit: u64) -> Result<Vec<u8>> {
    let file = open_plain(path, File::options().read(true))?;
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// Makes a folder, or finds a real one there; those above it must be there.
///
/// # Errors
/// The system's; [`ErrorKind::InvalidData`] if something else lies there: a link, a file.
pub fn real_folder(path: &Path) -> Result<()> {
    match fs::create_dir(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            match fs::symlink_metadata(path)?.is_dir() {
                true => Ok(()),
                false => Err(not_plain()),
            }
        }
        done => done,
    }
}

/// Makes the folders of `below` one after the other in `root`, none of them through a link.
///
/// # Errors
/// As [`real_folder`].
pub fn real_folders(root: &Path, below: &Path) -> Result<()> {
    let mut at = root.to_owned();
    for part in below.components() {
        at.push(part);
        real_folder(&at)?;
    }
    Ok(())
}

/// Writes a file that is not there yet.
///
/// # Errors
/// The system's, also if anything lies there.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    File::options().write(true).create_new(true).open(path)?.write_all(bytes)
}

/// What the system says, in our voice: lower case, without the error's number.
pub fn in_words(error: &Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn not_plain() -> Error {
    Error::new(ErrorKind::InvalidData, "something else lies there, such as a link or a pipe")
}

#[cfg(unix)]
fn is_link(error: &Error) -> bool {
    // A pipe without a reader says the latter to who would write.
    [Some(libc::ELOOP), Some(libc::ENXIO)].contains(&error.raw_os_error())
}

#[cfg(not(unix))]
fn is_link(_error: &Error) -> bool {
    false
}

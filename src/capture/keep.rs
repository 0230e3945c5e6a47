//! What is recorded, on the disk: written anew with every step, so that nothing is lost if anything ends.

// An edge: the one place of this room that writes files.
#![allow(clippy::disallowed_methods)]

use super::draft::Written;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{Error, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The folder of a guide that is being recorded.
#[derive(Debug)]
pub struct Keeper {
    folder: PathBuf,
    /// The files in it that were written here, with hashes of what they hold.
    hashes: BTreeMap<String, [u8; 32]>,
    /// What must stand in no file.
    secrets: Vec<(String, String)>,
}

/// Shortest value of a variable that is looked for in what is written, in bytes: shorter ones are everywhere.
const SHORTEST: usize = 4;

/// What variables hold that must stand in no file, by their names; `lookup` knows them.
pub fn secrets<N: AsRef<str>>(
    names: impl Iterator<Item = N>,
    lookup: impl Fn(&str) -> Option<String>,
) -> Vec<(String, String)> {
    let known = names.filter_map(|name| Some((name.as_ref().to_owned(), lookup(name.as_ref())?)));
    known.filter(|(_, value)| value.len() >= SHORTEST).collect()
}

/// Why it can't be kept.
#[derive(Debug)]
pub enum KeepError {
    /// The folder holds something already.
    Taken(PathBuf),
    /// A file would hold the value of a variable.
    Leak {
        /// The variable.
        variable: String,
        /// The file.
        file: String,
    },
    /// The disk refused.
    Disk(PathBuf, Error),
}

impl fmt::Display for KeepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken(folder) => write!(f, "`{}` holds something already", folder.display()),
            Self::Leak { variable, file } => write!(f, "`{file}` would hold the value of `{variable}`"),
            Self::Disk(path, error) => write!(f, "cannot write `{}`: {error}", path.display()),
        }
    }
}

impl std::error::Error for KeepError {}

impl Keeper {
    /// A new folder, or an empty one. `secrets`: names and values of variables that must stand in no file.
    ///
    /// # Errors
    /// [`KeepError::Taken`] if it holds anything.
    pub fn new(folder: &Path, secrets: Vec<(String, String)>) -> Result<Self, KeepError> {
        let disk = |error| KeepError::Disk(folder.to_owned(), error);
        match std::fs::read_dir(folder) {
            Ok(mut entries) => {
                if entries.next().is_some() {
                    return Err(KeepError::Taken(folder.to_owned()));
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                std::fs::create_dir_all(folder).map_err(disk)?
            }
            Err(error) => return Err(disk(error)),
        }
        Ok(Self { folder: folder.to_owned(), hashes: BTreeMap::new(), secrets })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes what has changed, and takes away pictures that no step shows any more.
    ///
    /// # Errors
    /// [`KeepError::Leak`] before anything is written, [`KeepError::Disk`].
    pub fn keep(&mut self, written: &Written) -> Result<(), KeepError> {
        let texts = [("index.md", &written.markdown), ("capture.json", &written.lock)];
        for (file, text) in texts {
            let found = self.secrets.iter().find(|(_, value)| text.contains(value.as_str()));
            if let Some((variable, _)) = found {
                return Err(KeepError::Leak { variable: variable.clone(), file: file.to_owned() });
            }
        }
        for (path, picture) in &written.pictures {
            self.put(path, &picture.png, picture.hash)?;
        }
        for (file, text) in texts {
            self.put(file, text.as_bytes(), *blake3::hash(text.as_bytes()).as_bytes())?;
        }
        let gone: Vec<String> = self
            .hashes
            .keys()
            .filter(|path| path.starts_with("shots/") && !written.pictures.contains_key(*path))
            .cloned()
            .collect();
        for path in gone {
            self.hashes.remove(&path);
            // One that has gone already is no loss.
            let _ = std::fs::remove_file(self.folder.join(&path));
        }
        Ok(())
    }

    fn put(&mut self, path: &str, bytes: &[u8], hash: [u8; 32]) -> Result<(), KeepError> {
        if self.hashes.get(path) == Some(&hash) {
            return Ok(());
        }
        let file = self.folder.join(path);
        whole(&file, bytes).map_err(|error| KeepError::Disk(file, error))?;
        self.hashes.insert(path.to_owned(), hash);
        Ok(())
    }
}

/// A file that is there whole or not at all.
fn whole(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut temporary = NamedTempFile::new_in(folder)?;
    temporary.write_all(bytes)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        temporary.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    temporary.persist(file)?;
    Ok(())
}

//! Who reads files: the one way from the pure rooms to the outside.

use super::listing::{self, Listing};
use super::published::published;
use super::{ProjectPath, Published, ReadError, Stamp, open_plain, read_plain};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Reads the files of one project. All rooms left of the site ask a `World`, so that the build, the
/// server, tests and fuzzers differ only in the one they bring.
pub trait World: Sync {
    /// The bytes of a file of at most `limit` bytes.
    ///
    /// # Errors
    /// [`ReadError`] if there is no such file, if it lies outside the project (through a symbolic
    /// link), is no file, is larger than `limit`, or cannot be read.
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError>;

    /// All files below a folder, sorted by path; what can't be read in it is left out, and reported by
    /// [`World::unreadable`]. Hidden files and folders (`.name`) and what package
    /// managers and compilers fill (`node_modules`, the root's `target`) are left out, and symbolic links
    /// are not followed.
    ///
    /// # Errors
    /// [`ReadError`] if the folder does not exist or cannot be read.
    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError>;

    /// What `measure` finds in a picture file of at most `limit` bytes. It must depend on the bytes alone: a
    /// world that knows the file to be unchanged may answer with what was found before.
    ///
    /// # Errors
    /// As [`World::read`].
    fn measure(
        &self,
        path: &ProjectPath,
        limit: u64,
        measure: Measure<'_>,
    ) -> Result<Option<Measured>, ReadError> {
        Ok(measure(&self.read(path, limit)?))
    }

    /// The folders below a folder that can't be read, and why.
    fn unreadable(&self, _folder: &ProjectPath) -> Vec<(ProjectPath, ReadError)> {
        Vec::new()
    }

    /// Which other program publishes a folder of the project as it is, if any does.
    fn published(&self, _folder: &ProjectPath) -> Option<Published> {
        None
    }
}

/// What a picture file holds; `None` if it is not a picture that a page may show.
pub type Measure<'a> = &'a mut dyn FnMut(&[u8]) -> Option<Measured>;

/// What has to be known of a picture file before it is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// Pixels, as it is shown.
    pub width: u32,
    /// Pixels, as it is shown.
    pub height: u32,
    /// Size of the file.
    pub bytes: u64,
    /// BLAKE3 of the file.
    pub hash: [u8; 32],
}

/// The files below a folder of the disk.
#[derive(Debug, Clone)]
pub struct DiskWorld {
    root: PathBuf,
}

// The edge: here the pipeline's questions reach the disk.
#[allow(clippy::disallowed_methods)]
impl DiskWorld {
    /// The project at `root`.
    ///
    /// # Errors
    /// The system's error if `root` cannot be made canonical (it does not exist).
    pub fn new(root: &Path) -> std::io::Result<Self> {
        Ok(Self { root: root.canonicalize()? })
    }

    /// The project's root, canonical.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where a file or folder of the project really lies, symbolic links followed.
    ///
    /// # Errors
    /// [`ReadError`] if there is none, or a link leads out of the project.
    pub fn locate(&self, path: &ProjectPath) -> Result<PathBuf, ReadError> {
        let real = self.root.join(path.as_str()).canonicalize().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => ReadError::Missing,
            _ => ReadError::Failed(error.to_string()),
        })?;
        if real.starts_with(&self.root) { Ok(real) } else { Err(ReadError::Outside) }
    }

    /// What [`World::list`] and [`World::unreadable`] tell, at once.
    ///
    /// # Errors
    /// As [`World::list`].
    pub fn look_into(&self, folder: &ProjectPath) -> Result<Listing, ReadError> {
        listing::list(&self.root, folder, &self.locate(folder)?)
    }
}

#[allow(clippy::disallowed_methods)]
impl World for DiskWorld {
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        Ok(read_at(&self.locate(path)?, limit)?.0)
    }

    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        Ok(self.look_into(folder)?.files)
    }

    fn unreadable(&self, folder: &ProjectPath) -> Vec<(ProjectPath, ReadError)> {
        self.look_into(folder).map(|listing| listing.unreadable).unwrap_or_default()
    }

    fn published(&self, folder: &ProjectPath) -> Option<Published> {
        // Settings of such a program may lie above the project.
        let read = |path: &Path| match std::fs::metadata(path).ok()?.is_dir() {
            true => Some(String::new()),
            false => {
                read_plain(path, MAX_SETTINGS).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            }
        };
        published(&self.root.join(folder.as_str()), &read)
    }
}

/// Largest file of settings of another program that is read, in bytes.
const MAX_SETTINGS: u64 = 1 << 20;

/// The bytes of a file that lies here, and its stamp if that was the same before and after.
///
/// # Errors
/// As [`World::read`].
#[allow(clippy::disallowed_methods)]
pub fn read_at(real: &Path, limit: u64) -> Result<(Vec<u8>, Option<Stamp>), ReadError> {
    let failed = |error: std::io::Error| ReadError::Failed(error.to_string());
    let found = std::fs::metadata(real).map_err(failed)?;
    if !found.is_file() {
        return Err(ReadError::NotAFile);
    }
    if found.len() > limit {
        return Err(ReadError::TooLarge(limit));
    }
    // What lies there may have been replaced since: a named pipe is not waited for.
    let mut file = open_plain(real, std::fs::File::options().read(true)).map_err(failed)?;
    let stamp = |file: &std::fs::File| file.metadata().ok().as_ref().and_then(Stamp::from_metadata);
    let before = stamp(&file);
    let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or(0));
    (&mut file).take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(ReadError::TooLarge(limit));
    }
    let stamp = before.filter(|before| stamp(&file).as_ref() == Some(before));
    Ok((bytes, stamp))
}

/// Files in memory.
#[derive(Debug, Clone, Default)]
pub struct MemoryWorld {
    files: BTreeMap<ProjectPath, Vec<u8>>,
}

impl MemoryWorld {
    /// A project without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same project with one file more, or another content for one.
    pub fn with(mut self, path: ProjectPath, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path, bytes.into());
        self
    }
}

impl World for MemoryWorld {
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        let bytes = self.files.get(path).ok_or(ReadError::Missing)?;
        if bytes.len() as u64 > limit { Err(ReadError::TooLarge(limit)) } else { Ok(bytes.clone()) }
    }

    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        let hidden = |path: &ProjectPath| {
            let path = path.as_str();
            let out = |part: &str| part.starts_with('.') || part == "node_modules";
            path.split('/').any(out) || path.starts_with("target/")
        };
        Ok(self.files.keys().filter(|path| path.is_below(folder) && !hidden(path)).cloned().collect())
    }
    fn published(&self, folder: &ProjectPath) -> Option<Published> {
        let read = |path: &Path| {
            let path = ProjectPath::new(path.to_str()?).ok()?;
            let bytes = self.files.get(&path);
            let is_folder = || self.files.keys().any(|file| file != &path && file.is_below(&path));
            let text = bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            text.or_else(|| is_folder().then(String::new))
        };
        published(Path::new(folder.as_str()), &read)
    }
}

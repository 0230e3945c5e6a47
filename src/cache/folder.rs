//! A folder of entries, read and written by many processes at once.
//!
//! An entry is named by the hash of all it was made from, and begins with the hash of its content: one that
//! was damaged is as good as absent. Nothing here is an error: a cache that cannot be read or written is
//! one that holds nothing.
#![allow(
    clippy::disallowed_methods,
    reason = "an edge: the caller names the folder, entries age by the clock"
)]

use super::Key;
use crate::source::{open_plain, read_plain, real_folder};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// How much a cache holds if nothing else is said: 2 GB.
pub const DEFAULT_LIMIT: u64 = 2_000_000_000;
/// Changes with the meaning of the entries; what other versions wrote is never found.
const MAGIC: &[u8; 8] = b"gmshot1\n";
/// An entry that was used is marked as such at most this often.
const USED: Duration = Duration::from_secs(60 * 60);
/// Old entries are looked for at most this often, unless much was written.
const PRUNED: Duration = Duration::from_secs(24 * 60 * 60);
/// How much is "much", as a part of the limit.
const MUCH: u64 = 16;
/// A file that a killed process left half written.
const ABANDONED: Duration = Duration::from_secs(60 * 60);
/// Largest entry that is read, in bytes.
const MAX_ENTRY: u64 = 1 << 30;
/// How the names of entries begin that are not whole yet.
const HALF: &str = ".new-";
/// Name of the file whose age is the time since old entries were looked for.
const STAMP: &str = "pruned";

/// A folder of finished work. Clones share what they know.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
    limit: u64,
    written: Arc<AtomicU64>,
    broken: Arc<AtomicBool>,
}

impl Cache {
    /// The cache in `folder`, which need not exist yet, of at most about `limit` bytes.
    pub fn new(folder: PathBuf, limit: u64) -> Self {
        Self { folder, limit, written: Arc::default(), broken: Arc::default() }
    }

    /// What was put there under this key, whole.
    pub fn get(&self, key: Key) -> Option<Vec<u8>> {
        let path = key.path(&self.folder);
        let bytes = read_plain(&path, MAX_ENTRY).ok()?;
        let Some(content) = checked(&bytes) else {
            // Made again, and put in its place.
            let _ = std::fs::remove_file(&path);
            return None;
        };
        mark_used(&path);
        Some(content.to_vec())
    }

    /// Keeps `content` under this key, if the folder can be written.
    pub fn put(&self, key: Key, content: &[u8]) {
        if self.broken.load(Ordering::Relaxed) {
            return;
        }
        match self.write(key, content) {
            Ok(()) => self.count(content.len() as u64),
            // A full or read-only disk stays one for the rest of the build.
            Err(_) => self.broken.store(true, Ordering::Relaxed),
        }
    }

    /// An empty file in the folder that has no name: it is gone with the process, however that ends.
    ///
    /// # Errors
    /// If the folder can't be written.
    pub fn unnamed(&self) -> std::io::Result<std::fs::File> {
        std::fs::create_dir_all(&self.folder)?;
        tempfile::tempfile_in(&self.folder)
    }

    fn write(&self, key: Key, content: &[u8]) -> std::io::Result<()> {
        let path = key.path(&self.folder);
        let shelf = path.parent().unwrap_or(&self.folder);
        // Whoever names the folder may name a link; what is in it is ours, or nothing is written there.
        std::fs::create_dir_all(&self.folder)?;
        real_folder(shelf)?;
        let mut file = tempfile::Builder::new().prefix(HALF).tempfile_in(shelf)?;
        file.write_all(MAGIC)?;
        file.write_all(blake3::hash(content).as_bytes())?;
        file.write_all(content)?;
        file.persist(&path).map_err(|error| error.error)?;
        Ok(())
    }

    /// Looks for old entries once a day, or when this process wrote much.
    fn count(&self, bytes: u64) {
        let much = (self.limit / MUCH).max(1);
        let before = self.written.fetch_add(bytes, Ordering::Relaxed);
        let crossed = before / much != (before + bytes) / much;
        let stamp = self.folder.join(STAMP);
        if crossed || (before == 0 && age(&stamp).is_none_or(|age| age > PRUNED)) {
            let new = tempfile::Builder::new().prefix(HALF).tempfile_in(&self.folder);
            let _ = new.map(|file| file.persist(&stamp));
            self.prune();
        }
    }

    /// Removes the entries that were not used for longest, until a tenth of the limit is free.
    pub fn prune(&self) {
        let mut entries = entries(&self.folder);
        let total: u64 = entries.iter().map(|entry| entry.bytes).sum();
        if total <= self.limit {
            return;
        }
        let mut excess = total - self.limit / 10 * 9;
        entries.sort_by(|a, b| (a.used, &a.path).cmp(&(b.used, &b.path)));
        for entry in entries {
            if excess == 0 {
                break;
            }
            if std::fs::remove_file(&entry.path).is_ok() {
                excess = excess.saturating_sub(entry.bytes);
            }
        }
    }
}

/// The content of an entry, if it is what was written.
fn checked(bytes: &[u8]) -> Option<&[u8]> {
    let (magic, rest) = bytes.split_first_chunk::<8>()?;
    let (hash, content) = rest.split_first_chunk::<32>()?;
    (magic == MAGIC && blake3::hash(content).as_bytes() == hash).then_some(content)
}

fn mark_used(path: &Path) {
    if age(path).is_some_and(|age| age > USED)
        && let Ok(file) = open_plain(path, std::fs::File::options().append(true))
    {
        let _ = file.set_modified(SystemTime::now());
    }
}

fn age(path: &Path) -> Option<Duration> {
    // A file from the future is as young as can be.
    let modified = std::fs::metadata(path).and_then(|found| found.modified()).ok()?;
    Some(SystemTime::now().duration_since(modified).unwrap_or_default())
}

struct Entry {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
}

/// All entries; files that killed processes left are removed on the way. Whatever else lies in the folder is
/// somebody's.
fn entries(folder: &Path) -> Vec<Entry> {
    let mut found = Vec::new();
    let hex = |name: &std::ffi::OsStr, digits: usize| {
        name.len() == digits && name.as_encoded_bytes().iter().all(u8::is_ascii_hexdigit)
    };
    let ours = |file: &walkdir::DirEntry| file.depth() != 1 || hex(file.file_name(), 2);
    let files = walkdir::WalkDir::new(folder).min_depth(1).max_depth(2).into_iter().filter_entry(ours);
    for file in files.flatten().filter(|file| file.depth() == 2 && file.file_type().is_file()) {
        let half = file.file_name().to_string_lossy().starts_with(HALF);
        if !half && !hex(file.file_name(), 62) {
            continue;
        }
        let Ok(data) = file.metadata() else { continue };
        let Ok(used) = data.modified() else { continue };
        if half {
            if age(file.path()).is_some_and(|age| age > ABANDONED) {
                let _ = std::fs::remove_file(file.path());
            }
            continue;
        }
        found.push(Entry { path: file.path().to_owned(), bytes: data.len(), used });
    }
    found
}

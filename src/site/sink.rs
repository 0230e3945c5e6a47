//! Where a site goes: the disk, one file, or memory.

use super::{GuideRecord, Manifest};
use crate::diagnostic::Failure;
use crate::source::ProjectPath;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Takes the files of a site, from several threads at once. A build says first what it is going to write
/// ([`begin`](Sink::begin)), then [`put`](Sink::put)s or [`keep`](Sink::keep)s each file, then
/// [`finish`](Sink::finish)es.
///
/// A path is relative to the site's root, `/` between its parts, and safe: no part is empty, `.` or `..`.
pub trait Sink: Sync {
    /// What an earlier build wrote for this guide, if its files are still there.
    fn remembered(&self, guide: &ProjectPath) -> Option<GuideRecord>;

    /// The guides that earlier builds wrote pages for.
    fn guides(&self) -> Vec<ProjectPath>;

    /// Whether the files of a remembered guide have the bytes they were written with.
    fn stands(&self, record: &GuideRecord) -> bool;

    /// Names every file that is going to be put or kept.
    ///
    /// # Errors
    /// [`Failure`] if another program wrote one of them, or nothing can be written there. Nothing has
    /// been changed then.
    fn begin(&self, paths: &mut dyn Iterator<Item = String>) -> Result<(), Failure>;

    /// Writes one file, whole or not at all.
    ///
    /// # Errors
    /// [`Failure`] if it could not be written; the old file stands.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<Put, Failure>;

    /// The file that an earlier build wrote stays as it is.
    fn keep(&self, path: &str);

    /// Removes what earlier builds wrote and this one neither put nor kept, and remembers this one. What can't
    /// be told to be theirs stays, and is returned: a sentence each.
    ///
    /// # Errors
    /// [`Failure`] if the removal or the remembering failed; what was put stands.
    fn finish(&self, guides: BTreeMap<ProjectPath, GuideRecord>) -> Result<Vec<String>, Failure>;
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It is new or has other bytes than before.
    Written,
    /// It had these bytes already and was not touched.
    Same,
}

/// A site in memory, for tests and for the server.
#[derive(Debug, Default)]
pub struct MemorySink {
    state: Mutex<(BTreeMap<String, Vec<u8>>, Manifest)>,
}

impl MemorySink {
    /// An empty site.
    pub fn new() -> Self {
        Self::default()
    }

    /// The files by path.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.lock().0.clone()
    }

    /// One file.
    pub fn file(&self, path: &str) -> Option<Vec<u8>> {
        self.lock().0.get(path).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, (BTreeMap<String, Vec<u8>>, Manifest)> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for MemorySink {
    fn remembered(&self, guide: &ProjectPath) -> Option<GuideRecord> {
        self.lock().1.guides.get(guide.as_str()).cloned()
    }

    fn guides(&self) -> Vec<ProjectPath> {
        self.lock().1.known()
    }

    fn stands(&self, _record: &GuideRecord) -> bool {
        true
    }

    fn begin(&self, _paths: &mut dyn Iterator<Item = String>) -> Result<(), Failure> {
        self.lock().1.start();
        Ok(())
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<Put, Failure> {
        let (files, manifest) = &mut *self.lock();
        manifest.wrote(path, bytes);
        match files.insert(path.to_owned(), bytes.to_vec()) {
            Some(old) if old == bytes => Ok(Put::Same),
            _ => Ok(Put::Written),
        }
    }

    fn keep(&self, path: &str) {
        self.lock().1.keep(path);
    }

    fn finish(&self, guides: BTreeMap<ProjectPath, GuideRecord>) -> Result<Vec<String>, Failure> {
        let (files, manifest) = &mut *self.lock();
        for stale in manifest.finish(guides).into_keys() {
            files.remove(&stale);
        }
        Ok(Vec::new())
    }
}

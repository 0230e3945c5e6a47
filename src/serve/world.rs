//! The project's files, which of them the build has asked for, and what need not be looked at twice.

use super::change::Change;
use crate::source::{
    DiskWorld, Listing, Measure, Measured, ProjectPath, Published, ReadError, Stamp, World, read_at,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A world on the disk that remembers which folders matter. It is right as long as it hears of every change.
#[derive(Debug)]
pub struct WatchedWorld {
    disk: DiskWorld,
    asked: Mutex<Folders>,
    /// What folders hold.
    listed: Mutex<BTreeMap<ProjectPath, Listing>>,
    /// What was found in pictures.
    measured: Mutex<BTreeMap<ProjectPath, (Stamp, Measured)>>,
}

/// Folders that a build has looked into.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders {
    /// Those of single files.
    pub single: BTreeSet<ProjectPath>,
    /// Those listed with all that is below them.
    pub whole: BTreeSet<ProjectPath>,
}

impl WatchedWorld {
    /// The project of `disk`, nothing asked for yet.
    pub fn new(disk: DiskWorld) -> Self {
        Self { disk, asked: Mutex::default(), listed: Mutex::default(), measured: Mutex::default() }
    }

    /// The project's root and files.
    pub fn disk(&self) -> &DiskWorld {
        &self.disk
    }

    /// All that was asked for since the start, found or not.
    pub fn folders(&self) -> Folders {
        lock(&self.asked).clone()
    }

    /// What changed is looked at again.
    pub fn forget(&self, change: &Change) {
        let mut measured = lock(&self.measured);
        match change.paths() {
            Some(paths) => {
                let touches = |path: &ProjectPath| {
                    paths.iter().any(|changed| path == changed || path.is_below(changed))
                };
                measured.retain(|path, _| !touches(path));
            }
            None => measured.clear(),
        }
        if !matches!(change, Change::Written(_)) {
            lock(&self.listed).clear();
        }
    }

    fn note(&self, pick: impl FnOnce(&mut Folders) -> &mut BTreeSet<ProjectPath>, folder: ProjectPath) {
        let mut asked = lock(&self.asked);
        let folders = pick(&mut asked);
        if !folders.contains(&folder) {
            folders.insert(folder);
        }
    }
}

impl World for WatchedWorld {
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        self.note(|folders| &mut folders.single, path.parent());
        self.disk.read(path, limit)
    }

    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        self.note(|folders| &mut folders.whole, folder.clone());
        if let Some(listing) = lock(&self.listed).get(folder) {
            return Ok(listing.files.clone());
        }
        let listing = self.disk.look_into(folder)?;
        let files = listing.files.clone();
        lock(&self.listed).insert(folder.clone(), listing);
        Ok(files)
    }

    fn unreadable(&self, folder: &ProjectPath) -> Vec<(ProjectPath, ReadError)> {
        let known = lock(&self.listed).get(folder).map(|listing| listing.unreadable.clone());
        known.unwrap_or_else(|| self.disk.unreadable(folder))
    }

    fn measure(
        &self,
        path: &ProjectPath,
        limit: u64,
        measure: Measure<'_>,
    ) -> Result<Option<Measured>, ReadError> {
        self.note(|folders| &mut folders.single, path.parent());
        let at = self.disk.locate(path)?;
        // Asked all the same: what a link leads to may lie in a folder that nothing watches.
        let stamp = std::fs::metadata(&at).ok().as_ref().and_then(Stamp::from_metadata);
        let known = lock(&self.measured).get(path).copied();
        if let Some((_, found)) = known.filter(|(before, _)| Some(*before) == stamp) {
            return Ok(Some(found));
        }
        let (bytes, stamp) = read_at(&at, limit)?;
        let found = measure(&bytes);
        if let Some(known) = stamp.zip(found) {
            lock(&self.measured).insert(path.clone(), known);
        }
        Ok(found)
    }

    fn published(&self, folder: &ProjectPath) -> Option<Published> {
        self.disk.published(folder)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

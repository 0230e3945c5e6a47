//! The project's files, and which of them the build has asked for.

use crate::source::{DiskWorld, ProjectPath, ReadError, World};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// A world on the disk that remembers which folders matter.
#[derive(Debug)]
pub struct WatchedWorld {
    disk: DiskWorld,
    asked: Mutex<Folders>,
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
        Self { disk, asked: Mutex::default() }
    }

    /// The project's root and files.
    pub fn disk(&self) -> &DiskWorld {
        &self.disk
    }

    /// All that was asked for since the start, found or not.
    pub fn folders(&self) -> Folders {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, pick: impl FnOnce(&mut Folders) -> &mut BTreeSet<ProjectPath>, folder: ProjectPath) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
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
        self.disk.list(folder)
    }
}

//! A world that remembers what it was asked for.

use crate::source::{Measure, Measured, ProjectPath, Published, ReadError, World};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// The files that were read and the folders that were listed, found or not.
pub(super) type Reads = BTreeSet<ProjectPath>;

/// A world that remembers what it was asked for.
pub(super) struct Asking<'a> {
    world: &'a dyn World,
    asked: Mutex<Reads>,
}

impl<'a> Asking<'a> {
    pub fn new(world: &'a dyn World) -> Self {
        Self { world, asked: Mutex::default() }
    }

    pub fn asked(self) -> Reads {
        self.asked.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, path: &ProjectPath) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone());
    }
}

impl World for Asking<'_> {
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        self.note(path);
        self.world.read(path, limit)
    }

    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        self.note(folder);
        self.world.list(folder)
    }

    fn measure(
        &self,
        path: &ProjectPath,
        limit: u64,
        measure: Measure<'_>,
    ) -> Result<Option<Measured>, ReadError> {
        self.note(path);
        self.world.measure(path, limit, measure)
    }

    fn unreadable(&self, folder: &ProjectPath) -> Vec<(ProjectPath, ReadError)> {
        self.world.unreadable(folder)
    }

    fn published(&self, folder: &ProjectPath) -> Option<Published> {
        self.world.published(folder)
    }
}

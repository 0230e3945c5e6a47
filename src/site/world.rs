//! The project's files during one build: each looked at as rarely as can be.
#![allow(clippy::disallowed_methods)] // the edge: here a build reaches the disk

use super::Record;
use crate::shot::Cache;
use crate::source::{
    DiskWorld, Listing, Measure, Measured, ProjectPath, Published, ReadError, Stamp, World, read_at,
};
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, Metadata};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// A world on the disk for one build. It lists a folder once, follows a folder's links once, and reads a
/// picture only if it is not what the last build has read.
#[derive(Debug)]
pub struct BuildWorld<'a> {
    disk: &'a DiskWorld,
    pictures: Option<Record<Measured>>,
    /// Folders, and whether neither they nor what they lie in are links.
    plain: Mutex<HashMap<ProjectPath, bool>>,
    listed: Mutex<BTreeMap<ProjectPath, Listing>>,
}

impl<'a> BuildWorld<'a> {
    /// The project of `disk` for a build that begins `now`; what was found in its pictures is kept in `cache`.
    pub fn new(disk: &'a DiskWorld, cache: Option<&Cache>, now: SystemTime) -> Self {
        let pictures = cache.map(|cache| Record::open(cache, "pictures", disk.root(), now));
        Self { disk, pictures, plain: Mutex::default(), listed: Mutex::default() }
    }

    /// Keeps what was found in pictures. After a `whole` build those that were not asked for are forgotten.
    pub fn save(&self, whole: bool) {
        if let Some(pictures) = &self.pictures {
            pictures.save(whole);
        }
    }

    /// Where a file really lies, and what the system says of it if that was asked on the way.
    fn locate(&self, path: &ProjectPath) -> Result<(PathBuf, Option<Metadata>), ReadError> {
        let at = self.disk.root().join(path.as_str());
        let plain = cfg!(unix) && self.is_plain(&path.parent());
        match plain.then(|| fs::symlink_metadata(&at)) {
            Some(Ok(found)) if found.is_file() => Ok((at, Some(found))),
            _ => Ok((self.disk.locate(path)?, None)),
        }
    }

    fn is_plain(&self, folder: &ProjectPath) -> bool {
        if folder.as_str().is_empty() {
            return true;
        }
        if let Some(plain) = lock(&self.plain).get(folder) {
            return *plain;
        }
        let at = self.disk.root().join(folder.as_str());
        let plain =
            self.is_plain(&folder.parent()) && fs::symlink_metadata(at).is_ok_and(|found| found.is_dir());
        lock(&self.plain).insert(folder.clone(), plain);
        plain
    }

    /// The part of an earlier list, if that tells of this folder.
    fn listed(&self, folder: &ProjectPath) -> Option<Vec<ProjectPath>> {
        let listed = lock(&self.listed);
        let above =
            std::iter::successors(Some(folder.clone()), |at| (!at.as_str().is_empty()).then(|| at.parent()));
        let (at, Listing { files, .. }) = above.into_iter().find_map(|at| listed.get_key_value(&at))?;
        if at == folder {
            return Some(files.clone());
        }
        let start = files.partition_point(|file| file < folder);
        let rest = files.get(start..).unwrap_or_default().iter();
        // Sorted as texts, so other names may stand between a folder and what it holds: `a`, `a-b`, `a/b`.
        let near = rest.take_while(|file| file.as_str().starts_with(folder.as_str()));
        let below: Vec<_> = near.filter(|file| file.is_below(folder)).cloned().collect();
        // A link, or a folder that is only seen by who asks for it.
        (!below.is_empty()).then_some(below)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl World for BuildWorld<'_> {
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        Ok(read_at(&self.locate(path)?.0, limit)?.0)
    }

    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        if let Some(files) = self.listed(folder) {
            return Ok(files);
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
        let (at, found) = self.locate(path)?;
        let stamp = || found.or_else(|| fs::metadata(&at).ok()).as_ref().and_then(Stamp::of);
        if let Some(pictures) = &self.pictures
            && let Some(known) = stamp().and_then(|stamp| pictures.get(path.as_str(), &stamp))
        {
            return Ok(Some(known));
        }
        let (bytes, stamp) = read_at(&at, limit)?;
        let found = measure(&bytes);
        if let (Some(pictures), Some(stamp), Some(found)) = (&self.pictures, stamp, found) {
            pictures.note(path.as_str(), stamp, found);
        }
        Ok(found)
    }

    fn published(&self, folder: &ProjectPath) -> Option<Published> {
        self.disk.published(folder)
    }
}

//! The project's files during one build: each looked at as rarely as can be.
#![allow(clippy::disallowed_methods)] // the edge: here a build reaches the disk

use crate::cache::{Cache, Record};
use crate::source::{
    DiskWorld, Listing, Measure, Measured, ProjectPath, Published, ReadError, Stamp, World, read_at,
};
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// Longest text that is kept, in bytes: a longer one is no guide that somebody wrote, and is read each time.
const LONGEST: usize = 64 << 10;
/// Most bytes of texts that are kept of a project: every build reads them all.
const MOST_BYTES: usize = 32 << 20;

/// A world on the disk for one build. It lists a folder once, follows a folder's links once, and reads a
/// picture or a text only if it is not what the last build has read.
#[derive(Debug)]
pub struct BuildWorld<'a> {
    disk: &'a DiskWorld,
    pictures: Option<Record<Measured>>,
    /// The texts of Markdown files.
    texts: Option<Record<Vec<u8>>>,
    /// Bytes of those, known and new.
    text_bytes: AtomicUsize,
    /// Folders, and whether neither they nor what they lie in are links.
    plain: Mutex<HashMap<ProjectPath, bool>>,
    listed: Mutex<BTreeMap<ProjectPath, Listing>>,
    asked: AtomicUsize,
    read: AtomicUsize,
}

/// What a build asked of the disk, folders that were listed aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// How often it asked what lies at a path.
    pub paths: usize,
    /// How many files it read.
    pub reads: usize,
}

impl<'a> BuildWorld<'a> {
    /// The project of `disk` for a build that begins `now`; its texts, and what was found in its pictures, are kept in `cache`.
    pub fn new(disk: &'a DiskWorld, cache: Option<&Cache>, now: SystemTime) -> Self {
        let pictures = cache.map(|cache| Record::open(cache, "pictures", disk.root(), now));
        let texts = cache.map(|cache| Record::open(cache, "texts", disk.root(), now));
        let text_bytes = texts.iter().flat_map(Record::all).map(Vec::len).sum();
        let text_bytes = AtomicUsize::new(text_bytes);
        let (plain, listed) = (Mutex::default(), Mutex::default());
        let (asked, read) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Self { disk, pictures, texts, text_bytes, plain, listed, asked, read }
    }

    /// What was asked of the disk so far.
    pub fn asked(&self) -> Asked {
        Asked { paths: self.asked.load(Ordering::Relaxed), reads: self.read.load(Ordering::Relaxed) }
    }

    /// Keeps texts, and what was found in pictures. After a `whole` build those that were not asked for are forgotten.
    pub fn save(&self, whole: bool) {
        if let Some(pictures) = &self.pictures {
            pictures.save(whole);
        }
        if let Some(texts) = &self.texts {
            texts.save(whole);
        }
    }

    /// Where a file really lies, and what the system says of it if that was asked on the way.
    fn locate(&self, path: &ProjectPath) -> Result<(PathBuf, Option<Metadata>), ReadError> {
        if self.is_lacking(path) {
            return Err(ReadError::Missing);
        }
        self.asked.fetch_add(1, Ordering::Relaxed);
        let at = self.disk.root().join(path.as_str());
        let plain = cfg!(unix) && self.is_plain(&path.parent());
        match plain.then(|| fs::symlink_metadata(&at)) {
            Some(Ok(found)) if found.is_file() => Ok((at, Some(found))),
            _ => Ok((self.disk.locate(path)?, None)),
        }
    }

    /// Whether there was nothing of this name when its folder was listed.
    fn is_lacking(&self, path: &ProjectPath) -> bool {
        cfg!(unix) && lock(&self.listed).values().any(|listing| listing.lacks(path))
    }

    fn is_plain(&self, folder: &ProjectPath) -> bool {
        if folder.as_str().is_empty() || lock(&self.listed).values().any(|listing| listing.has_folder(folder))
        {
            return true;
        }
        if let Some(plain) = lock(&self.plain).get(folder) {
            return *plain;
        }
        self.asked.fetch_add(1, Ordering::Relaxed);
        let at = self.disk.root().join(folder.as_str());
        let plain =
            self.is_plain(&folder.parent()) && fs::symlink_metadata(at).is_ok_and(|found| found.is_dir());
        lock(&self.plain).insert(folder.clone(), plain);
        plain
    }

    fn read_at(&self, at: &Path, limit: u64) -> Result<(Vec<u8>, Option<Stamp>), ReadError> {
        self.read.fetch_add(1, Ordering::Relaxed);
        read_at(at, limit)
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

/// What tells a file, of which the system may have said it already.
fn stamp(at: &Path, found: Option<Metadata>) -> Option<Stamp> {
    found.or_else(|| fs::metadata(at).ok()).as_ref().and_then(Stamp::from_metadata)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl World for BuildWorld<'_> {
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        let (at, found) = self.locate(path)?;
        let texts = self.texts.as_ref().filter(|_| path.is_markdown());
        if let Some(texts) = texts
            && let Some(known) = stamp(&at, found).and_then(|stamp| texts.get(path.as_str(), &stamp))
        {
            return if known.len() as u64 > limit { Err(ReadError::TooLarge(limit)) } else { Ok(known) };
        }
        let (bytes, stamp) = self.read_at(&at, limit)?;
        if let (Some(texts), Some(stamp)) = (texts, stamp)
            && bytes.len() <= LONGEST
            && self.text_bytes.fetch_add(bytes.len(), Ordering::Relaxed) + bytes.len() <= MOST_BYTES
        {
            texts.note(path.as_str(), stamp, bytes.clone());
        }
        Ok(bytes)
    }

    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        if let Some(files) = self.listed(folder) {
            return Ok(files);
        }
        if self.is_lacking(folder) {
            return Err(ReadError::Missing);
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
        if let Some(pictures) = &self.pictures
            && let Some(known) = stamp(&at, found).and_then(|stamp| pictures.get(path.as_str(), &stamp))
        {
            return Ok(Some(known));
        }
        let (bytes, stamp) = self.read_at(&at, limit)?;
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

//! The bytes of the site's files: on the disk, in one file that has no name, so that the system removes it with the
//! process however that ends.

use crate::cache::Cache;
use axum::body::Bytes;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where bytes are kept until the last [`Content`] of them is dropped.
#[derive(Debug)]
pub struct Store {
    space: Mutex<Space>,
}

#[derive(Debug)]
struct Space {
    /// `None`: no folder takes a file, so everything is kept in memory.
    file: Option<File>,
    /// What may be written over: the first byte of each gap, and its length. No two touch.
    gaps: BTreeMap<u64, u64>,
    /// Where the file ends.
    end: u64,
}

/// Bytes that are kept. Clones are of the same bytes.
#[derive(Debug, Clone)]
pub enum Content {
    /// The disk did not take them.
    InMemory(Bytes),
    /// A part of the file.
    OnDisk(Arc<Part>),
}

/// A part of the file, which may be written over once this is dropped.
#[derive(Debug)]
pub struct Part {
    store: Arc<Store>,
    at: u64,
    length: usize,
}

impl Store {
    /// Keeps bytes beside finished work if there is a cache, else in the system's temporary folder.
    pub fn new(cache: Option<&Cache>) -> Arc<Self> {
        let beside = cache.and_then(|cache| cache.unnamed().ok());
        let file = beside.or_else(|| tempfile::tempfile().ok());
        Arc::new(Self { space: Mutex::new(Space { file, gaps: BTreeMap::new(), end: 0 }) })
    }

    /// Keeps bytes; in memory if the disk is full.
    pub fn keep(self: &Arc<Self>, bytes: Vec<u8>) -> Content {
        let written = self.lock().write(&bytes);
        match written {
            Ok(at) => Content::OnDisk(Arc::new(Part { store: Arc::clone(self), at, length: bytes.len() })),
            Err(_) => Content::InMemory(bytes.into()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Space> {
        self.space.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Content {
    /// The bytes. It may wait for the disk.
    ///
    /// # Errors
    /// What the disk says.
    pub fn read(&self) -> io::Result<Bytes> {
        match self {
            Self::InMemory(bytes) => Ok(bytes.clone()),
            Self::OnDisk(part) => part.store.lock().read(part.at, part.length).map(Bytes::from),
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.store.lock().free(self.at, self.length as u64);
    }
}

impl Space {
    /// Writes bytes where there is room, and tells where.
    fn write(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let at = self.take(bytes.len() as u64);
        let written = self.file().and_then(|mut file| {
            file.seek(SeekFrom::Start(at))?;
            file.write_all(bytes)
        });
        if written.is_err() {
            self.free(at, bytes.len() as u64);
        }
        written.map(|()| at)
    }

    fn read(&self, at: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut file = self.file()?;
        file.seek(SeekFrom::Start(at))?;
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn file(&self) -> io::Result<&File> {
        self.file.as_ref().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Room of a length: the first gap that has it, else behind all others.
    fn take(&mut self, length: u64) -> u64 {
        let gap = self.gaps.iter().find(|(_, gap)| **gap >= length).map(|(at, gap)| (*at, *gap));
        let Some((at, gap)) = gap else {
            let at = self.end;
            self.end += length;
            return at;
        };
        self.gaps.remove(&at);
        if gap > length {
            self.gaps.insert(at + length, gap - length);
        }
        at
    }

    /// Makes a gap, one with those that it touches; a file with a gap at its end becomes shorter.
    fn free(&mut self, mut at: u64, mut length: u64) {
        if length == 0 {
            return;
        }
        if let Some(after) = self.gaps.remove(&(at + length)) {
            length += after;
        }
        if let Some((before, gap)) = self.gaps.range(..at).next_back().map(|(at, gap)| (*at, *gap))
            && before + gap == at
        {
            self.gaps.remove(&before);
            (at, length) = (before, length + gap);
        }
        if at + length < self.end {
            self.gaps.insert(at, length);
            return;
        }
        self.end = at;
        // Else it stays as long as it is, which costs some room on the disk.
        let _ = self.file().and_then(|file| file.set_len(at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(store: &Store) -> u64 {
        store.lock().file.as_ref().unwrap().metadata().unwrap().len()
    }

    #[test]
    fn bytes_come_back_as_they_were_kept_however_others_come_and_go() {
        let store = Store::new(None);
        let text = |number: usize| vec![u8::try_from(number % 251).unwrap(); number * 37 % 1009];
        let mut contents: Vec<(usize, Content)> = (0..100).map(|at| (at, store.keep(text(at)))).collect();
        for round in 0..2_000 {
            let number = round * 7 + 100;
            let at = number % contents.len();
            contents[at] = (number, store.keep(text(number)));
            if round % 50 == 0 {
                contents
                    .iter()
                    .for_each(|(number, content)| assert_eq!(content.read().unwrap(), text(*number)));
            }
        }
        contents.iter().for_each(|(number, content)| assert_eq!(content.read().unwrap(), text(*number)));
        // 100 texts of about 500 bytes: what was dropped was written over.
        assert!(length(&store) < 150_000, "{} bytes", length(&store));
        drop(contents);
        assert_eq!(length(&store), 0);
    }

    #[test]
    fn what_somebody_still_holds_is_not_written_over() {
        let store = Store::new(None);
        let old = store.keep(b"old".to_vec());
        let held = old.clone();
        drop(old);
        let new = store.keep(b"new".to_vec());
        assert_eq!((held.read().unwrap(), new.read().unwrap()), ("old".into(), "new".into()));
    }

    #[test]
    fn without_a_disk_it_is_kept_in_memory() {
        let space = Mutex::new(Space { file: None, gaps: BTreeMap::new(), end: 0 });
        let content = Arc::new(Store { space }).keep(b"page".to_vec());
        assert!(matches!(content, Content::InMemory(_)));
        assert_eq!(content.read().unwrap(), "page");
    }
}

//! What was found in files when they were last read, kept for the next build: a file that is still the same
//! need not be read again.

use super::{BUILT_FROM, Cache, Keep, Key, Reader, Writer};
use crate::source::{Measured, Stamp};
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// One entry of a cache that says of each file what it was, and what was found in it. Builds at the same time each write their own whole; the last one stands.
#[derive(Debug)]
pub struct Record<T> {
    cache: Cache,
    key: Key,
    known: HashMap<String, Known<T>>,
    new: Mutex<Vec<(String, Stamp, T)>>,
    now: SystemTime,
}

#[derive(Debug)]
struct Known<T> {
    stamp: Stamp,
    found: T,
    used: AtomicBool,
}

impl<T: Keep + Clone> Record<T> {
    /// What the last build that `cache` knows of found in the files of `folder`. `now` is the time when this
    /// build began.
    pub fn open(cache: &Cache, kind: &str, folder: &Path, now: SystemTime) -> Self {
        let mut key = Writer::default();
        key.bytes(kind.as_bytes()).bytes(BUILT_FROM.as_bytes());
        key.bytes(folder.as_os_str().as_encoded_bytes());
        let key = Key::new(key);
        let known = cache.get(key).and_then(|bytes| read(&bytes)).unwrap_or_default();
        Self { cache: cache.clone(), key, known, new: Mutex::default(), now }
    }

    /// All that the last build found.
    pub fn all(&self) -> impl Iterator<Item = &T> {
        self.known.values().map(|known| &known.found)
    }

    /// What was found in the file of this name when it had this stamp.
    pub fn get(&self, name: &str, stamp: &Stamp) -> Option<T> {
        let known = self.known.get(name).filter(|known| known.stamp == *stamp)?;
        known.used.store(true, Ordering::Relaxed);
        Some(known.found.clone())
    }

    /// Notes what was found in a file that had this stamp before and after it was read. One that was changed
    /// just before is left out: it may be changed again without a trace.
    pub fn note(&self, name: &str, stamp: Stamp, found: T) {
        if stamp.is_settled(self.now) {
            let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
            new.push((name.to_owned(), stamp, found));
        }
    }

    /// Keeps it for the next build if it says anything new. What nobody asked for is forgotten by a `whole`
    /// build.
    pub fn save(&self, whole: bool) {
        let new = std::mem::take(&mut *self.new.lock().unwrap_or_else(PoisonError::into_inner));
        let stays = |known: &Known<T>| !whole || known.used.load(Ordering::Relaxed);
        if new.is_empty() && self.known.values().all(stays) {
            return;
        }
        let old = self.known.iter().filter(|(_, known)| stays(known));
        let old = old.map(|(name, Known { stamp, found, used: _ })| (name, stamp, found));
        let new = new.iter().map(|(name, stamp, found)| (name, stamp, found));
        let mut writer = Writer::default();
        // A name that stands twice is what it was last.
        old.chain(new).for_each(|(name, stamp, found)| write(&mut writer, name, stamp, found));
        self.cache.put(self.key, &writer.finish());
    }
}

fn write<T: Keep>(to: &mut Writer, name: &str, stamp: &Stamp, found: &T) {
    let Stamp { size, modified, changed, device, inode } = *stamp;
    to.bytes(name.as_bytes()).number(size).number(modified).number(changed).number(device).number(inode);
    found.write(to);
}

fn read<T: Keep>(bytes: &[u8]) -> Option<HashMap<String, Known<T>>> {
    let mut from = Reader::new(bytes);
    let mut known = HashMap::new();
    while !from.is_empty() {
        let name = String::from_utf8(from.bytes()?.to_vec()).ok()?;
        let (size, modified, changed) = (from.number()?, from.number()?, from.number()?);
        let stamp = Stamp { size, modified, changed, device: from.number()?, inode: from.number()? };
        known.insert(name, Known { stamp, found: T::read(&mut from)?, used: AtomicBool::new(false) });
    }
    Some(known)
}

impl Keep for Measured {
    fn write(&self, to: &mut Writer) {
        let Self { width, height, bytes, hash } = self;
        to.number((*width).into()).number((*height).into()).number(*bytes).bytes(hash);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let (width, height, bytes) = (from.small()?, from.small()?, from.number()?);
        Some(Self { width, height, bytes, hash: from.bytes()?.try_into().ok()? })
    }
}

/// A hash.
impl Keep for [u8; 32] {
    fn write(&self, to: &mut Writer) {
        to.bytes(self);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        from.bytes()?.try_into().ok()
    }
}

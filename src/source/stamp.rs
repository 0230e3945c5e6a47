//! What tells a file from one that was changed, without reading it.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// A change that is younger than this may be followed by one at the same time of the file system's clock.
const SETTLED: Duration = Duration::from_secs(2);

/// Size, times and place of a file. `changed` is the system's own time of the last change: nobody can set it
/// back, as they can `modified`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// In bytes.
    pub size: u64,
    /// Nanoseconds since 1970, modulo 2⁶⁴.
    pub modified: u64,
    /// The same.
    pub changed: u64,
    /// Number of the file system.
    pub device: u64,
    /// Number of the file in it.
    pub inode: u64,
}

impl Stamp {
    /// The stamp of a file; `None` on systems that do not tell all of it.
    #[cfg(unix)]
    pub fn from_metadata(found: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let time = |seconds: i64, rest: i64| {
            (i128::from(seconds) * 1_000_000_000 + i128::from(rest)).rem_euclid(1 << 64).try_into().ok()
        };
        Some(Self {
            size: found.len(),
            modified: time(found.mtime(), found.mtime_nsec())?,
            changed: time(found.ctime(), found.ctime_nsec())?,
            device: found.dev(),
            inode: found.ino(),
        })
    }

    /// The stamp of a file; `None` on systems that do not tell all of it.
    #[cfg(not(unix))]
    pub fn from_metadata(_found: &Metadata) -> Option<Self> {
        None
    }

    /// Whether the file was left alone for so long before `now` that any change since then shows in its stamp.
    pub fn is_settled(&self, now: SystemTime) -> bool {
        let now = now.duration_since(SystemTime::UNIX_EPOCH).ok();
        let limit = now.and_then(|now| u64::try_from(now.checked_sub(SETTLED)?.as_nanos()).ok());
        limit.is_some_and(|limit| self.modified <= limit && self.changed <= limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_young_file_and_one_of_the_future_are_not_settled() {
        let at = |seconds: u64| Stamp {
            size: 1,
            modified: seconds * 1_000_000_000,
            changed: 5_000_000_000,
            device: 1,
            inode: 1,
        };
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(100);
        assert!(at(98).is_settled(now));
        assert!(!at(99).is_settled(now), "changed just now");
        assert!(!at(200).is_settled(now), "changed in the future");
        assert!(!Stamp { changed: 99_000_000_000, ..at(5) }.is_settled(now), "its time was set back");
    }
}

//! One guide's page as one file.
#![allow(clippy::disallowed_methods)] // the edge: here a page reaches the disk

use super::disk::by_rename;
use super::{GuideRecord, Put, Sink};
use crate::diagnostic::Failure;
use crate::source::{ProjectPath, in_words};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// What pages of ours hold, whatever their theme: the program's name, else the walkthrough's element.
const MARKS: [&[u8]; 2] = [b"content=\"Guidemark ", b"<guidemark-player"];
/// How far into a file a mark is looked for: past the style and script of the head.
const FAR: u64 = 1 << 20;

/// Writes the page of the only guide to one file; nothing else.
#[derive(Debug)]
pub struct FileSink {
    to: PathBuf,
}

impl FileSink {
    /// The page goes to `to`.
    ///
    /// # Errors
    /// [`Failure`] if `to` is a folder, or a file that is no page of Guidemark's.
    pub fn new(to: &Path) -> Result<Self, Failure> {
        let shown = to.display();
        match fs::metadata(to) {
            Ok(found) if found.is_dir() => Err(Failure::new(format!("`{shown}` is a folder"))
                .help(format!("name a file: `-o {}`", to.join("guide.html").display()))),
            Ok(found) if !found.is_file() || !is_ours(to) => {
                Err(Failure::new(format!("`{shown}` is in the way: Guidemark did not write it"))
                    .help("move it away, or name another file with `-o`; nothing was changed"))
            }
            _ => Ok(Self { to: to.to_owned() }),
        }
    }
}

/// Whether a file is a page of Guidemark's, or empty.
fn is_ours(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(FAR).read_to_end(&mut start));
    read.is_ok()
        && (start.is_empty() || MARKS.iter().any(|mark| start.windows(mark.len()).any(|part| part == *mark)))
}

impl Sink for FileSink {
    fn remembered(&self, _guide: &ProjectPath) -> Option<GuideRecord> {
        None
    }

    fn guides(&self) -> Vec<ProjectPath> {
        Vec::new()
    }

    fn stands(&self, _record: &GuideRecord) -> bool {
        false
    }

    fn begin(&self, _paths: &mut dyn Iterator<Item = String>) -> Result<(), Failure> {
        Ok(())
    }

    fn put(&self, _path: &str, bytes: &[u8]) -> Result<Put, Failure> {
        if fs::read(&self.to).is_ok_and(|old| old == bytes) {
            return Ok(Put::Same);
        }
        let folder = self.to.parent().filter(|folder| !folder.as_os_str().is_empty());
        by_rename(folder.unwrap_or(Path::new(".")), &self.to, bytes).map_err(|error| {
            Failure::new(format!("cannot write `{}`: {}", self.to.display(), in_words(&error)))
        })?;
        Ok(Put::Written)
    }

    fn keep(&self, _path: &str) {}

    fn finish(&self, _guides: BTreeMap<ProjectPath, GuideRecord>) -> Result<Vec<String>, Failure> {
        Ok(Vec::new())
    }
}

//! What stands in an output folder because Guidemark wrote it: nothing else is ever replaced or removed.

use super::GuideRecord;
use crate::source::ProjectPath;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Version of the file's form; another one is read as an empty manifest that claims its files only.
const VERSION: u32 = 1;

/// The files and guides of a site, as `.guidemark/manifest.json` keeps them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    version: u32,
    /// Every file by its path in the site.
    pub files: BTreeMap<String, FileRecord>,
    /// Guides by their path in the project.
    #[serde(default)]
    pub guides: BTreeMap<String, GuideRecord>,
    /// Files of this build.
    #[serde(skip)]
    current: BTreeSet<String>,
}

/// One file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// BLAKE3 of its bytes in hex; empty for one that was announced and perhaps never written.
    pub hash: String,
}

impl Manifest {
    /// Reads a manifest; what isn't one is an error in words.
    ///
    /// # Errors
    /// The reason in the words of the JSON reader.
    pub fn parse(text: &[u8]) -> Result<Self, String> {
        let mut read: Self = serde_json::from_slice(text).map_err(|error| error.to_string())?;
        if read.version != VERSION {
            read.guides.clear();
        }
        Ok(read)
    }

    /// The manifest as text.
    pub fn text(&self) -> String {
        let current = Self { version: VERSION, ..self.clone() };
        serde_json::to_string_pretty(&current).unwrap_or_default() + "\n"
    }

    /// Whether Guidemark wrote this file, or announced it.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// A new build begins.
    pub fn start(&mut self) {
        self.current.clear();
    }

    /// From now on this path is ours, written or not.
    pub fn announce(&mut self, path: &str) {
        self.files.entry(path.to_owned()).or_default();
    }

    /// This build wrote the file.
    pub fn wrote(&mut self, path: &str, bytes: &[u8]) {
        self.current.insert(path.to_owned());
        self.files.insert(path.to_owned(), FileRecord { hash: hash(bytes) });
    }

    /// This build leaves the file as it is.
    pub fn keep(&mut self, path: &str) {
        self.current.insert(path.to_owned());
    }

    /// Forgets what this build neither wrote nor kept, and names it.
    pub fn finish(&mut self, guides: BTreeMap<ProjectPath, GuideRecord>) -> Vec<String> {
        self.guides = guides.into_iter().map(|(path, record)| (path.as_str().to_owned(), record)).collect();
        let stale: Vec<String> =
            self.files.keys().filter(|path| !self.current.contains(*path)).cloned().collect();
        for path in &stale {
            self.files.remove(path);
        }
        stale
    }
}

/// BLAKE3 in hex.
pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

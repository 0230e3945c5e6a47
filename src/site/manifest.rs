//! What stands in an output folder because Guidemark wrote it: nothing else is ever replaced or removed.

use super::OWN;
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
    /// What the file lists and no build can have written.
    #[serde(skip)]
    foreign: Vec<String>,
}

/// One file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// BLAKE3 of its bytes in hex; empty for one that was announced and perhaps never written.
    pub hash: String,
}

/// What a build remembers of a guide's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideRecord {
    /// Last part of its address.
    pub slug: String,
    /// Fingerprint of everything the page was made from; empty if that is not known. Never written into a site:
    /// it tells of pictures before they were redacted.
    #[serde(skip)]
    pub input: String,
    /// Its files, by path in the site.
    pub files: Vec<String>,
    /// Width and height of its thumbnail in pixels.
    pub cover: Option<(u32, u32)>,
}

impl Manifest {
    /// Reads a manifest; what isn't one is an error in words. Anybody may have written it: paths that lead out
    /// of the site, or to what is Guidemark's own there, are left out, and guides with other files than theirs.
    ///
    /// # Errors
    /// The reason in the words of the JSON reader.
    pub fn parse(text: &[u8]) -> Result<Self, String> {
        let mut read: Self = serde_json::from_slice(text).map_err(|error| error.to_string())?;
        if read.version != VERSION {
            read.guides.clear();
        }
        read.foreign = read.files.keys().filter(|path| !is_of_the_site(path)).cloned().collect();
        read.files.retain(|path, _| is_of_the_site(path));
        let files = &read.files;
        read.guides.retain(|_, GuideRecord { slug, files: own, .. }| {
            own.iter().all(|path| {
                let below = path.strip_prefix(slug.as_str()).is_some_and(|rest| rest.starts_with('/'));
                below && files.contains_key(path)
            })
        });
        Ok(read)
    }

    /// What the file lists and no build can have written; reported once.
    pub fn take_foreign(&mut self) -> Vec<String> {
        std::mem::take(&mut self.foreign)
    }

    /// The manifest as text.
    pub fn text(&self) -> String {
        let current = Self { version: VERSION, ..self.clone() };
        serde_json::to_string_pretty(&current).unwrap_or_default() + "\n"
    }

    /// Hash of the files of a guide's page as they were written; nothing if one never was.
    pub fn output(&self, record: &GuideRecord) -> Option<String> {
        let mut all = blake3::Hasher::new();
        for path in &record.files {
            let hash = &self.files.get(path).filter(|file| !file.hash.is_empty())?.hash;
            all.update(format!("{path} {hash}\n").as_bytes());
        }
        Some(all.finalize().to_hex().to_string())
    }

    /// The guides that have pages.
    pub fn known(&self) -> Vec<ProjectPath> {
        self.guides.keys().filter_map(|path| ProjectPath::new(path).ok()).collect()
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
    pub fn finish(&mut self, guides: BTreeMap<ProjectPath, GuideRecord>) -> BTreeMap<String, FileRecord> {
        self.guides = guides.into_iter().map(|(path, record)| (path.as_str().to_owned(), record)).collect();
        let current = &self.current;
        let (files, stale) =
            std::mem::take(&mut self.files).into_iter().partition(|(path, _)| current.contains(path));
        self.files = files;
        stale
    }
}

/// Whether a path is one that a build can have written: relative, in its simplest form, and not among the
/// files that a build keeps for itself.
fn is_of_the_site(path: &str) -> bool {
    let plain = ProjectPath::new(path).is_ok_and(|plain| plain.as_str() == path && !path.is_empty());
    plain && path.split('/').next() != Some(OWN)
}

/// BLAKE3 in hex.
pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

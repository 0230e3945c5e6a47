//! A site on the disk: every file by rename, and nothing of anybody else's touched.
#![allow(clippy::disallowed_methods)] // the edge: here a site reaches the disk

use super::inputs::Inputs;
use super::manifest::FileRecord;
use super::{GuideRecord, Manifest, OWN, Place, Put, Sink};
use crate::cache::{Cache, Record};
use crate::diagnostic::Failure;
use crate::source::{ProjectPath, Stamp, in_words, open_plain, read_at, read_plain, real_folder};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, File, Metadata};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// How the names of files begin that are not whole yet.
const HALF: &str = ".guidemark-";
/// Largest manifest that is read, in bytes.
const MAX_MANIFEST: u64 = 256 << 20;

/// An output folder, held by this build alone until it is dropped.
#[derive(Debug)]
pub struct DiskSink {
    place: Place,
    manifest: Mutex<Manifest>,
    /// The manifest as it lies on the disk.
    manifest_text: Mutex<String>,
    /// The files that stood when this build began, and that it has not written.
    standing: Mutex<HashMap<String, Option<Stamp>>>,
    /// The hashes of files that stand.
    record: Option<Record<[u8; 32]>>,
    /// What pages were made from.
    inputs: Option<Inputs>,
    _lock: File,
}

impl DiskSink {
    /// Takes an output folder, made if there is none. If another build holds it, `waiting` is called and
    /// the other build waited for. What was found in files that stand is kept in `cache`; `now` is the
    /// time when this build began.
    ///
    /// # Errors
    /// [`Failure`] if the folder cannot be made or written to, or its manifest cannot be read.
    pub fn open(
        place: Place,
        cache: Option<&Cache>,
        now: SystemTime,
        waiting: impl FnOnce(),
    ) -> Result<Self, Failure> {
        let own = place.path.join(OWN);
        let failed = |name: &str, error: std::io::Error| match error.kind() {
            ErrorKind::InvalidData => foreign(&format!("{}/{name}", place.shown)),
            _ => unwritable(&place, &error),
        };
        fs::create_dir_all(&place.path).map_err(|error| unwritable(&place, &error))?;
        real_folder(&own).map_err(|error| failed(OWN, error))?;
        let lock = hold(&own.join("lock"), waiting).map_err(|error| failed(".guidemark/lock", error))?;
        let temporary = own.join("tmp");
        let swept = real_folder(&temporary).and_then(|()| sweep(&temporary));
        swept.map_err(|error| failed(".guidemark/tmp", error))?;
        let (manifest, manifest_text) = read_manifest(&place)?;
        let record = cache.map(|cache| Record::open(cache, "site", &place.path, now));
        let inputs = cache.map(|cache| Inputs::open(cache, &place.path));
        Ok(Self {
            place,
            manifest: Mutex::new(manifest),
            manifest_text: Mutex::new(manifest_text),
            standing: Mutex::default(),
            record,
            inputs,
            _lock: lock,
        })
    }

    fn manifest(&self) -> MutexGuard<'_, Manifest> {
        self.manifest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn standing(&self) -> MutexGuard<'_, HashMap<String, Option<Stamp>>> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn shown(&self, path: &str) -> String {
        format!("{}/{path}", self.place.shown)
    }

    fn failed(&self, verb: &str, path: &str, error: &std::io::Error) -> Failure {
        Failure::new(format!("cannot {verb} `{}`: {}", self.shown(path), in_words(error)))
    }

    /// Where a file of the site lies.
    fn locate(&self, path: &str) -> Result<PathBuf, Failure> {
        self.find(path).map(|(at, _)| at)
    }

    /// The same, and what the system says of the file, if it is there. No folder on the way there may be a
    /// link: it would lead out.
    fn find(&self, path: &str) -> Result<(PathBuf, Option<Metadata>), Failure> {
        self.find_beside(path, &mut HashSet::new())
    }

    /// The same for one of many files. `folders` are those on the way that were looked at for the others.
    fn find_beside(
        &self,
        path: &str,
        folders: &mut HashSet<PathBuf>,
    ) -> Result<(PathBuf, Option<Metadata>), Failure> {
        let mut at = self.place.path.clone();
        let mut found = None;
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            at.push(part);
            if parts.peek().is_some() && folders.contains(&at) {
                continue;
            }
            found = fs::symlink_metadata(&at).ok();
            let fits = match (&found, parts.peek()) {
                (None, _) => true,
                (Some(found), Some(_)) => found.is_dir(),
                (Some(found), None) => found.is_file(),
            };
            if !fits {
                return Err(self.foreign(at.strip_prefix(&self.place.path).unwrap_or(&at)));
            }
            if found.is_some() && parts.peek().is_some() {
                folders.insert(at.clone());
            }
        }
        Ok((at, found))
    }

    /// The hash of a file that stands. It is read only if it is not what it was when it was last read.
    fn hash(&self, path: &str) -> Option<[u8; 32]> {
        let (at, found) = self.find(path).ok()?;
        let stamp = Stamp::from_metadata(&found?);
        if let Some(known) = self.known(path, stamp) {
            return Some(known);
        }
        let (bytes, stamp) = read_at(&at, u64::MAX - 1).ok()?;
        let hash = *blake3::hash(&bytes).as_bytes();
        if let (Some(record), Some(stamp)) = (&self.record, stamp) {
            record.note(path, stamp, hash);
        }
        Some(hash)
    }

    /// The hash of a file that had this stamp when it was last read.
    fn known(&self, path: &str, stamp: Option<Stamp>) -> Option<[u8; 32]> {
        self.record.as_ref()?.get(path, &stamp?)
    }

    /// Whether there is a file that a build wrote: it was looked at when this build began.
    fn is_there(&self, path: &str) -> bool {
        self.standing().contains_key(path) || self.find(path).is_ok_and(|(_, found)| found.is_some())
    }

    /// Whether a file has the bytes of this hash, in hex.
    fn is_as_written(&self, path: &str, hash: &str) -> bool {
        let stamp = self.standing().get(path).copied().flatten();
        let found = self.known(path, stamp).or_else(|| self.hash(path));
        found.is_some_and(|found| blake3::Hash::from_bytes(found).to_hex().as_str() == hash)
    }

    fn foreign(&self, path: &Path) -> Failure {
        foreign(&self.shown(&path.to_string_lossy()))
    }

    fn write_manifest(&self, manifest: &Manifest) -> Result<(), Failure> {
        let path = format!("{OWN}/manifest.json");
        let text = manifest.text();
        let mut manifest_text = self.manifest_text.lock().unwrap_or_else(PoisonError::into_inner);
        if *manifest_text == text {
            return Ok(());
        }
        self.replace(&self.place.path.join(&path), text.as_bytes())
            .map_err(|error| self.failed("write", &path, &error))?;
        *manifest_text = text;
        Ok(())
    }

    fn replace(&self, to: &Path, bytes: &[u8]) -> std::io::Result<()> {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        by_rename(&self.place.path.join(OWN).join("tmp"), to, bytes)
    }

    /// Removes a file if it is the one that was written; says why it is left otherwise.
    fn remove(&self, path: &str, record: &FileRecord) -> Result<Option<String>, Failure> {
        let Ok((at, Some(_))) = self.find(path) else { return Ok(None) };
        let found = self.hash(path).map(|found| blake3::Hash::from_bytes(found).to_hex().to_string());
        if found.as_ref() != Some(&record.hash) {
            let shown = self.shown(path);
            return Ok(Some(format!("`{shown}` stays: it is not as Guidemark wrote it")));
        }
        match fs::remove_file(&at) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(self.failed("remove", path, &error));
            }
            _ => {}
        }
        // A folder that still holds somebody's files stays.
        if let Some(folder) = at.parent().filter(|folder| *folder != self.place.path) {
            let _ = fs::remove_dir(folder);
        }
        Ok(None)
    }
}

impl Sink for DiskSink {
    fn remembered(&self, guide: &ProjectPath) -> Option<GuideRecord> {
        let manifest = self.manifest();
        let mut record = manifest.guides.get(guide.as_str())?.clone();
        let known = self.inputs.as_ref().zip(manifest.output(&record));
        let known = known.and_then(|(inputs, output)| inputs.get(guide.as_str(), &output));
        record.input = known.unwrap_or_default().to_owned();
        drop(manifest);
        record.files.iter().all(|path| self.is_there(path)).then_some(record)
    }

    fn guides(&self) -> Vec<ProjectPath> {
        self.manifest().known()
    }

    fn stands(&self, record: &GuideRecord) -> bool {
        let as_written = |path: &String| {
            let hash = self.manifest().files.get(path).map(|file| file.hash.clone());
            hash.is_some_and(|hash| self.is_as_written(path, &hash))
        };
        record.files.iter().all(as_written)
    }

    fn begin(&self, paths: &mut dyn Iterator<Item = String>) -> Result<(), Failure> {
        let paths: Vec<String> = paths.collect();
        let mut manifest = self.manifest();
        let (mut folders, mut standing) = (HashSet::new(), HashMap::new());
        for path in &paths {
            let Some(found) = self.find_beside(path, &mut folders)?.1 else { continue };
            if !manifest.has(path) {
                return Err(self.foreign(Path::new(path)));
            }
            standing.insert(path.clone(), Stamp::from_metadata(&found));
        }
        *self.standing() = standing;
        manifest.start();
        for path in &paths {
            manifest.announce(path);
        }
        // Before the first file, so that a build that is stopped leaves nothing we don't know as ours.
        self.write_manifest(&manifest)
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<Put, Failure> {
        self.standing().remove(path);
        let to = self.locate(path)?;
        let same = fs::symlink_metadata(&to).is_ok_and(|found| found.len() == bytes.len() as u64)
            && read_plain(&to, bytes.len() as u64).is_ok_and(|old| old == bytes);
        if !same {
            self.replace(&to, bytes).map_err(|error| self.failed("write", path, &error))?;
        }
        self.manifest().wrote(path, bytes);
        Ok(if same { Put::Same } else { Put::Written })
    }

    fn keep(&self, path: &str) {
        self.manifest().keep(path);
    }

    fn finish(&self, guides: BTreeMap<ProjectPath, GuideRecord>) -> Result<Vec<String>, Failure> {
        let mut manifest = self.manifest();
        let listed = self.shown(&format!("{OWN}/manifest.json"));
        let sentence =
            |path: String| format!("`{listed}` lists `{path}`, which no build writes: it was left alone");
        let mut left: Vec<String> = manifest.take_foreign().into_iter().map(sentence).collect();
        for (stale, record) in manifest.finish(guides) {
            left.extend(self.remove(&stale, &record)?);
        }
        self.write_manifest(&manifest)?;
        if let Some(inputs) = &self.inputs {
            let known = manifest.guides.iter().filter(|(_, record)| !record.input.is_empty());
            let known = known.filter_map(|(guide, record)| {
                Some((guide.clone(), (record.input.clone(), manifest.output(record)?)))
            });
            inputs.save(&known.collect());
        }
        let _ = fs::remove_dir(self.place.path.join(OWN).join("tmp"));
        if let Some(record) = &self.record {
            record.save(true);
        }
        Ok(left)
    }
}

/// Writes a file beside its place in the same file system, then moves it there in one go.
pub(super) fn by_rename(temporary: &Path, to: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(HALF);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less the umask
    let mut file = builder.tempfile_in(temporary)?;
    // A page alone is written beside guides, where servers sweep up what nothing holds.
    let _ = file.as_file().try_lock();
    file.write_all(bytes)?;
    file.persist(to).map_err(|error| error.error)?;
    Ok(())
}

/// The lock goes with the process, however that ends. A file system without locks does without.
fn hold(path: &Path, waiting: impl FnOnce()) -> std::io::Result<File> {
    let file = open_plain(path, File::options().create(true).append(true))?;
    match file.try_lock() {
        Err(fs::TryLockError::WouldBlock) => {
            waiting();
            file.lock()?;
        }
        Err(fs::TryLockError::Error(error)) if error.kind() != ErrorKind::Unsupported => return Err(error),
        _ => {}
    }
    Ok(file)
}

/// The manifest, and its text; of a folder without one, an empty one.
fn read_manifest(place: &Place) -> Result<(Manifest, String), Failure> {
    let shown = format!("{}/{OWN}/manifest.json", place.shown);
    match read_plain(&place.path.join(OWN).join("manifest.json"), MAX_MANIFEST) {
        Ok(text) => match Manifest::parse(&text) {
            Ok(manifest) => Ok((manifest, String::from_utf8(text).unwrap_or_default())),
            Err(error) => Err(Failure::new(format!("cannot understand `{shown}`: {error}"))
                .help("it lists what Guidemark wrote: restore it, or build into an empty folder")),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok((Manifest::default(), String::new())),
        Err(error) if error.kind() == ErrorKind::InvalidData => Err(foreign(&shown)),
        Err(error) => Err(Failure::new(format!("cannot read `{shown}`: {}", in_words(&error)))),
    }
}

/// Removes what a killed build left half written, and nothing else.
fn sweep(temporary: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(temporary)? {
        let entry = entry?;
        let half = entry.file_name().to_string_lossy().starts_with(HALF);
        if half && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn foreign(shown: &str) -> Failure {
    Failure::new(format!("`{shown}` is in the way: Guidemark did not write it"))
        .help("move it away, or name another folder with `--out`; nothing was changed")
}

fn unwritable(place: &Place, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot write to `{}`: {}", place.shown, in_words(error)))
        .help("name a folder you may write to with `--out`")
}

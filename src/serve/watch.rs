//! What happens to the files that the build reads.
//!
//! Folders are watched one by one and never files: an editor that writes by renaming gives a file another
//! identity, and a new file beside those that were read may be the one that was missing.

use super::change::{Change, Signal};
use super::world::Folders;
use crate::author::HALF;
use crate::source::ProjectPath;
use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SendError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// How often the files are looked at where the system tells nothing.
const PERIOD: Duration = Duration::from_millis(200);

/// A watch on the folders of a project.
pub struct Watch {
    root: PathBuf,
    armed: BTreeSet<PathBuf>,
    means: Means,
}

/// How it is watched.
enum Means {
    /// The system tells.
    Notified(RecommendedWatcher),
    /// We look.
    Looked(Arc<Looker>),
}

impl Watch {
    /// A watch that sends what happens. With `poll`, or if the system can't tell, it looks by itself;
    /// the second value is the reason the system gave.
    pub fn new(root: &Path, poll: bool, signals: &Sender<Signal>) -> (Self, Option<String>) {
        let watcher =
            if poll { Err(None) } else { watcher(root, signals).map_err(|error| Some(error.to_string())) };
        let (means, why) = match watcher {
            Ok(watcher) => (Means::Notified(watcher), None),
            Err(why) => (looked(root, signals), why),
        };
        (Self { root: root.to_owned(), armed: BTreeSet::new(), means }, why)
    }

    /// Watches these folders and no others, and returns those that are new: what happened in them before
    /// was not seen.
    ///
    /// # Errors
    /// The system's reason why it can't watch them all.
    pub fn follow(&mut self, folders: &Folders) -> Result<Vec<ProjectPath>, String> {
        let wanted = wanted(&self.root, folders);
        let new: Vec<PathBuf> = wanted.difference(&self.armed).cloned().collect();
        match &mut self.means {
            Means::Looked(looker) => looker.follow(&wanted, &new),
            Means::Notified(watcher) => {
                // All at once: some systems begin anew with each.
                let mut paths = watcher.paths_mut();
                for old in self.armed.difference(&wanted) {
                    let _ = paths.remove(old);
                }
                for folder in &new {
                    match paths.add(folder, RecursiveMode::NonRecursive) {
                        // It has just gone; who holds it tells.
                        Err(error) if is_missing(&error) => {}
                        done => done.map_err(|error| error.to_string())?,
                    }
                }
                paths.commit().map_err(|error| error.to_string())?;
            }
        }
        self.armed = wanted;
        Ok(new.iter().filter_map(|folder| inside(&self.root, folder)).collect())
    }

    /// A folder that was removed, renamed or made again is no longer watched, though another may have its
    /// name.
    pub fn forget(&mut self, change: &Change) {
        let Some(paths) = change.paths() else { return };
        for path in paths {
            let path = self.root.join(path.as_str());
            let gone: Vec<PathBuf> =
                self.armed.range(path.clone()..).take_while(|at| at.starts_with(&path)).cloned().collect();
            for folder in gone.iter().filter(|folder| **folder != self.root) {
                self.armed.remove(folder);
                if let Means::Notified(watcher) = &mut self.means {
                    let _ = watcher.unwatch(folder);
                }
            }
        }
    }

    /// Whether what comes and goes between two looks is not seen.
    pub fn is_looking(&self) -> bool {
        matches!(self.means, Means::Looked(_))
    }

    /// From now on it looks by itself.
    pub fn look(&mut self, signals: &Sender<Signal>) {
        self.means = looked(&self.root, signals);
        self.armed.clear();
    }
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

/// The folders to watch: those that exist, and where one does not, the nearest that holds its name.
fn wanted(root: &Path, folders: &Folders) -> BTreeSet<PathBuf> {
    let there = |folder: &ProjectPath| {
        let folder = root.join(folder.as_str());
        let there = folder.ancestors().take_while(|at| at.starts_with(root)).find(|at| at.is_dir());
        there.unwrap_or(root).to_owned()
    };
    let mut wanted: BTreeSet<PathBuf> = folders.single.iter().chain(&folders.whole).map(there).collect();
    wanted.insert(root.to_owned());
    let hidden = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let filled =
            name == "node_modules" || ["target", "public"].iter().any(|out| entry.path() == root.join(out));
        entry.depth() > 0 && (name.starts_with('.') || filled)
    };
    for folder in &folders.whole {
        let below = walkdir::WalkDir::new(root.join(folder.as_str())).into_iter();
        let below = below.filter_entry(|entry| entry.file_type().is_dir() && !hidden(entry)).flatten();
        wanted.extend(below.map(walkdir::DirEntry::into_path));
    }
    wanted
}

fn inside(root: &Path, path: &Path) -> Option<ProjectPath> {
    ProjectPath::new(path.strip_prefix(root).ok()?.to_str()?).ok()
}

fn watcher(root: &Path, signals: &Sender<Signal>) -> notify::Result<RecommendedWatcher> {
    let (root, signals) = (root.to_owned(), signals.clone());
    notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let mut done = false;
        let change = match event {
            Ok(event) if event.need_rescan() => Change::Anything,
            Ok(event) if is_change(&event.kind) => {
                let paths = event.paths.iter().filter_map(|path| inside(&root, path));
                let paths: Vec<ProjectPath> = paths.filter(|path| !path.name().starts_with(HALF)).collect();
                if paths.is_empty() {
                    return;
                }
                done = is_end(&event.kind);
                if is_writing(&event.kind) { Change::Written(paths) } else { Change::Paths(paths) }
            }
            Ok(_) => return,
            Err(_) => Change::Anything,
        };
        let _ = signals.send(Signal::Changed { change, done });
    })
}

/// Whether what stands in a file changed, and no name did.
fn is_writing(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_))) || is_closed(kind)
}

/// Whether whoever wrote a file has finished.
fn is_end(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Modify(ModifyKind::Name(_))) || is_closed(kind)
}

fn is_closed(kind: &EventKind) -> bool {
    *kind == EventKind::Access(AccessKind::Close(AccessMode::Write))
}

/// Reading is none: the build reads.
fn is_change(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(_) => is_closed(kind),
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => true,
    }
}

/// Looks at the folders again and again until the watch is dropped.
fn looked(root: &Path, signals: &Sender<Signal>) -> Means {
    let looker =
        Arc::new(Looker { root: root.to_owned(), signals: signals.clone(), known: Mutex::default() });
    let again = Arc::downgrade(&looker);
    std::thread::spawn(move || {
        while let Some(looker) = again.upgrade() {
            if looker.look().is_err() {
                return;
            }
            drop(looker);
            std::thread::sleep(PERIOD);
        }
    });
    Means::Looked(looker)
}

/// Finds out by looking what has changed.
struct Looker {
    root: PathBuf,
    signals: Sender<Signal>,
    known: Mutex<Known>,
}

/// What was found when the folders were last looked at.
#[derive(Default)]
struct Known {
    folders: BTreeSet<PathBuf>,
    files: BTreeMap<PathBuf, Stamp>,
}

impl Looker {
    /// Looks at these folders from now on. What is in the new ones is known and not reported; what has changed
    /// in the others since the last look is: a build may have read what is gone before the next.
    fn follow(&self, folders: &BTreeSet<PathBuf>, new: &[PathBuf]) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.folders.clone_from(folders);
        known.files.extend(files(new));
        let _ = self.tell(&mut known);
    }

    /// # Errors
    /// Nobody listens any more.
    fn look(&self) -> Result<(), SendError<Signal>> {
        self.tell(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn tell(&self, known: &mut Known) -> Result<(), SendError<Signal>> {
        let now: BTreeMap<PathBuf, Stamp> = files(&known.folders).collect();
        let other = |(path, stamp): &(&PathBuf, &Stamp)| known.files.get(*path) != Some(*stamp);
        let new = now.iter().filter(other).map(|(path, _)| path);
        let gone = known.files.keys().filter(|path| !now.contains_key(*path));
        let changed: Vec<ProjectPath> = new.chain(gone).filter_map(|path| inside(&self.root, path)).collect();
        known.files = now;
        if changed.is_empty() {
            return Ok(());
        }
        self.signals.send(Signal::Changed { change: Change::Paths(changed), done: false })
    }
}

/// What tells a file from what it was before.
type Stamp = (Option<SystemTime>, u64, bool);

/// What is in the folders.
fn files<'a>(folders: impl IntoIterator<Item = &'a PathBuf>) -> impl Iterator<Item = (PathBuf, Stamp)> {
    let files = folders.into_iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
    let files = files.filter(|entry| !entry.file_name().to_string_lossy().starts_with(HALF));
    files.filter_map(|entry| {
        let found = std::fs::metadata(entry.path()).ok()?;
        // A folder's time changes with what it holds, and that is seen by itself.
        let time = found.modified().ok().filter(|_| found.is_file());
        Some((entry.path(), (time, if found.is_file() { found.len() } else { 0 }, found.is_file())))
    })
}

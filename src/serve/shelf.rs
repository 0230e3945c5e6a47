//! The site as it is served, and news of it.

use super::difference::Difference;
use super::live;
use super::store::{Content, Store};
use crate::cache::Cache;
use crate::diagnostic::Failure;
use crate::site::{GuideRecord, Manifest, Put, Sink};
use crate::source::ProjectPath;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// The files of the site as they are served. A build puts them here one by one, and each is served at once.
#[derive(Debug)]
pub struct Shelf {
    state: Mutex<State>,
    store: Arc<Store>,
    changed: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct State {
    files: BTreeMap<String, File>,
    /// How many open pages listen, by path.
    open: BTreeMap<String, usize>,
    manifest: Manifest,
    problems: String,
}

/// A file of the site.
#[derive(Debug, Clone)]
pub struct File {
    /// As it is served: a page has our script in it.
    pub bytes: Content,
    /// Hash of what was built.
    pub version: String,
    /// What is new since the version before, in a page that is open somewhere and little changed.
    pub news: Option<Difference>,
}

impl Shelf {
    /// An empty site, whose bytes lie beside the cache's entries if there is one.
    pub fn new(cache: Option<&Cache>) -> Self {
        let state = State { problems: "{}".to_owned(), ..State::default() };
        Self { state: Mutex::new(state), store: Store::new(cache), changed: watch::Sender::new(0) }
    }

    /// A file by its path in the site.
    pub fn file(&self, path: &str) -> Option<File> {
        self.lock().files.get(path).cloned()
    }

    /// The slugs of all guides that have a page.
    pub fn slugs(&self) -> Vec<String> {
        let state = self.lock();
        let slug = |path: &String| path.strip_suffix("/index.html").map(str::to_owned);
        state.files.keys().filter_map(slug).collect()
    }

    /// What is wrong or weak, as JSON.
    pub fn problems(&self) -> String {
        self.lock().problems.clone()
    }

    /// Says what is wrong or weak after a build, and that there was one: a guide's text may have changed though its
    /// page did not.
    pub fn built(&self, problems: String) {
        self.lock().problems = problems;
        self.announce();
    }

    /// Hears of every change, for a page that is open. Nothing is heard twice, but several changes can be heard as one.
    pub fn open(self: &Arc<Self>, path: &str) -> (watch::Receiver<u64>, Opened) {
        *self.lock().open.entry(path.to_owned()).or_default() += 1;
        (self.changed.subscribe(), Opened { shelf: Arc::clone(self), path: path.to_owned() })
    }

    fn announce(&self) {
        self.changed.send_modify(|number| *number += 1);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A page that is open somewhere, until this is dropped.
#[derive(Debug)]
pub struct Opened {
    shelf: Arc<Shelf>,
    path: String,
}

impl Drop for Opened {
    fn drop(&mut self) {
        let open = &mut self.shelf.lock().open;
        if let Some(number) = open.get_mut(&self.path) {
            *number -= 1;
            if *number == 0 {
                open.remove(&self.path);
            }
        }
    }
}

impl Sink for Shelf {
    fn remembered(&self, guide: &ProjectPath) -> Option<GuideRecord> {
        self.lock().manifest.guides.get(guide.as_str()).cloned()
    }

    fn guides(&self) -> Vec<ProjectPath> {
        self.lock().manifest.known()
    }

    fn stands(&self, _record: &GuideRecord) -> bool {
        true
    }

    fn begin(&self, _paths: &mut dyn Iterator<Item = String>) -> Result<(), Failure> {
        self.lock().manifest.start();
        Ok(())
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<Put, Failure> {
        let version = blake3::hash(bytes).to_hex().to_string();
        let (before, open) = {
            let state = &mut *self.lock();
            state.manifest.announce(path);
            state.manifest.keep(path);
            (state.files.get(path).cloned(), state.open.contains_key(path))
        };
        if before.as_ref().is_some_and(|file| file.version == version) {
            return Ok(Put::Same);
        }
        let page = path.ends_with(".html");
        let bytes = if page { live::dress(bytes, &version) } else { bytes.to_vec() };
        let before = before.filter(|_| page && open);
        let news = before.and_then(|before| {
            Difference::between((&before.version, &before.bytes.read().ok()?), (&version, &bytes))
        });
        let file = File { bytes: self.store.keep(bytes), version, news };
        self.lock().files.insert(path.to_owned(), file);
        self.announce();
        Ok(Put::Written)
    }

    fn keep(&self, path: &str) {
        self.lock().manifest.keep(path);
    }

    fn finish(&self, guides: BTreeMap<ProjectPath, GuideRecord>) -> Result<Vec<String>, Failure> {
        let gone = {
            let State { files, manifest, .. } = &mut *self.lock();
            let stale = manifest.finish(guides);
            stale.keys().filter(|path| files.remove(*path).is_some()).count()
        };
        if gone > 0 {
            self.announce();
        }
        Ok(Vec::new())
    }
}

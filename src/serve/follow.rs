//! Builds the site whenever something changed.

use super::change::{Change, Signal};
use super::edit::{self, Desk, Listed};
use super::message::{Message, Rebuilt};
use super::options::ServeOptions;
use super::problems;
use super::shelf::Shelf;
use super::watch::Watch;
use super::world::WatchedWorld;
use crate::diagnostic::{Diagnostic, Sources};
use crate::project;
use crate::shot::Purpose;
use crate::site::{self, BuildOptions, Memory, Progress, Silent};
use crate::source::ProjectPath;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// Nothing may happen for so long before it is built: an editor may be in the middle of writing.
const QUIET: Duration = Duration::from_millis(4);

/// The same once a file was closed or renamed: others may follow.
const BREATH: Duration = Duration::from_millis(1);

/// After so long it is built, however much goes on happening.
const PATIENCE: Duration = Duration::from_millis(100);

/// Builds the site into a shelf, again and again.
pub struct Builder {
    world: WatchedWorld,
    options: BuildOptions,
    shelf: Arc<Shelf>,
    desk: Arc<Desk>,
    tell: Sender<Message>,
    signals: Sender<Signal>,
    heard: Receiver<Signal>,
    watch: Watch,
    memory: Memory,
    /// The guides of the last build.
    guides: Vec<ProjectPath>,
    /// What was wrong or weak after the last build.
    reported: Vec<Diagnostic>,
    first: bool,
}

impl Builder {
    /// A builder that has not built yet.
    pub fn new(
        world: WatchedWorld,
        options: &ServeOptions,
        (shelf, desk): (Arc<Shelf>, Arc<Desk>),
        tell: Sender<Message>,
        signals: Sender<Signal>,
        heard: Receiver<Signal>,
    ) -> Self {
        let ServeOptions {
            only,
            host: _,
            port: _,
            poll,
            jobs,
            editor: _,
            cache,
            browser: _,
            screen: _,
            lookup: _,
        } = options;
        let (watch, why) = Watch::new(world.disk().root(), *poll, &signals);
        if let Some(why) = why {
            let _ = tell.send(Message::Polling(why));
        }
        let (only, jobs, cache) = (only.clone(), *jobs, cache.clone());
        let options = BuildOptions {
            only,
            drafts: true,
            jobs,
            purpose: Purpose::Preview,
            cache,
            ..BuildOptions::default()
        };
        let (memory, guides, reported) = (Memory::default(), Vec::new(), Vec::new());
        Self {
            world,
            options,
            shelf,
            desk,
            tell,
            signals,
            heard,
            watch,
            memory,
            guides,
            reported,
            first: true,
        }
    }

    /// Builds now and after each change, until it is asked to stop.
    pub fn run(mut self, progress: &dyn Progress) {
        // Before a page is there to edit: what a save is about to hold must not be taken for a leftover.
        edit::sweep(self.world.disk().root());
        // Watched before they are read: what changes meanwhile is seen.
        project::load(&self.world, self.options.only.as_ref());
        self.follow();
        self.world.forget(&Change::Anything);
        self.build(Instant::now(), progress);
        self.settle();
        while let Some((change, since)) = self.wait() {
            self.watch.forget(&change);
            self.forget(&change);
            self.build(since, &Silent);
            self.settle();
        }
    }

    /// The next change, whole, and when it began.
    fn wait(&self) -> Option<(Change, Instant)> {
        let Ok(Signal::Changed { mut change, mut done }) = self.heard.recv() else { return None };
        let since = Instant::now();
        while since.elapsed() < PATIENCE {
            match self.heard.recv_timeout(if done { BREATH } else { QUIET }) {
                Ok(Signal::Changed { change: more, done: last }) => {
                    change.and(more);
                    done = last;
                }
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => break,
            }
        }
        Some((change, since))
    }

    /// What changed is looked at again.
    fn forget(&mut self, change: &Change) {
        self.world.forget(change);
        match change.paths() {
            Some(paths) => self.memory.forget(paths),
            None => self.memory.forget_all(),
        }
    }

    fn build(&mut self, since: Instant, progress: &dyn Progress) {
        self.desk.build_begins();
        let mut outcome = site::rebuild(&self.world, &self.options, &*self.shelf, progress, &mut self.memory);
        let root = self.world.disk().root();
        self.guides = outcome.guides.values().cloned().collect();
        self.desk.set_guides(self.listed(std::mem::take(&mut outcome.guides)));
        self.desk.set_built(found(&self.guides, &outcome.sources, &outcome.diagnostics));
        let problems = problems::json(&outcome.diagnostics, &outcome.sources, root, self.desk.opener());
        self.shelf.built(problems);
        let first = std::mem::take(&mut self.first);
        let reported = std::mem::replace(&mut self.reported, outcome.diagnostics.clone());
        let news =
            first || outcome.summary.written > 0 || reported != self.reported || outcome.failure.is_some();
        let _ = self.tell.send(Message::Rebuilt(Box::new(Rebuilt {
            outcome,
            time: since.elapsed(),
            first,
            news,
        })));
    }

    /// What the author's list of guides shows of each.
    fn listed(&self, guides: BTreeMap<String, ProjectPath>) -> BTreeMap<String, Listed> {
        let listed = |(slug, path): (String, ProjectPath)| {
            let entry = self.memory.guides().get(&path)?;
            let (title, draft, steps) = (entry.title.clone(), entry.draft, entry.steps.len());
            let app = entry.app.as_ref().map(|app| app.name.clone());
            Some((slug, Listed { path, title, draft, steps, app }))
        };
        guides.into_iter().filter_map(listed).collect()
    }

    /// Builds again until no folder is left that was not watched while it was read, and no guide that has come and
    /// gone between two looks.
    fn settle(&mut self) {
        loop {
            let since = Instant::now();
            let mut new = self.follow();
            if self.watch.is_looking() {
                let root = self.world.disk().root();
                new.extend(self.guides.iter().filter(|guide| !root.join(guide.as_str()).exists()).cloned());
            }
            if new.is_empty() {
                return;
            }
            self.forget(&Change::Paths(new));
            self.build(since, &Silent);
        }
    }

    /// Watches what was read; where the system can't, it is looked at from now on.
    fn follow(&mut self) -> Vec<ProjectPath> {
        let folders = self.world.folders();
        self.watch.follow(&folders).unwrap_or_else(|why| {
            let _ = self.tell.send(Message::Polling(why));
            self.watch.look(&self.signals);
            self.watch.follow(&folders).unwrap_or_default()
        })
    }
}

/// What was found in each guide, and the text in which it was found; and in each other file.
fn found(
    guides: &[ProjectPath],
    sources: &Sources,
    diagnostics: &[Diagnostic],
) -> BTreeMap<ProjectPath, (String, Vec<Diagnostic>)> {
    let mut by_path: BTreeMap<&ProjectPath, Vec<Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        by_path.entry(&diagnostic.path).or_default().push(diagnostic.clone());
    }
    let mut entry_of = |path: &ProjectPath| {
        let text = sources.get(path)?.text().to_owned();
        Some((path.clone(), (text, by_path.remove(path).unwrap_or_default())))
    };
    let mut found: BTreeMap<_, _> = guides.iter().filter_map(&mut entry_of).collect();
    let others = by_path.into_iter().filter(|(path, _)| !guides.contains(path));
    found.extend(others.map(|(path, reported)| (path.clone(), (String::new(), reported))));
    found
}

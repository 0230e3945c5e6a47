//! Where guides lie open: one edit of a guide at a time, on the text as it is on the disk.

use super::history::History;
use super::open::Open;
use super::refused::Refused;
use super::{upload, view};
use crate::author::{self, Unsaved};
use crate::card;
use crate::edit::{self, Edit, MetaEdit, Replacement, apply, rebase};
use crate::guide;
use crate::project;
use crate::serve::opener::Opener;
use crate::shot::ShotOptions;
use crate::source::{DiskWorld, ProjectPath, Source, World};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A file that goes on changing is tried again so often.
const TRIES: usize = 5;

/// The guides that can be edited.
#[derive(Debug)]
pub struct Desk {
    world: DiskWorld,
    opener: Opener,
    /// Guides by slug, as of the last build.
    guides: Mutex<BTreeMap<String, Listed>>,
    /// Guides that were made, changed or deleted here, which a build finds that began later.
    made: Mutex<BTreeMap<String, Made>>,
    /// How many builds have begun.
    builds: AtomicU64,
    /// Held while a guide is made, renamed or deleted.
    keeping: Mutex<()>,
    open: Mutex<BTreeMap<ProjectPath, Arc<Mutex<History>>>>,
    /// The pictures that each guide was last shown with, by the hash of their bytes.
    pictures: Mutex<BTreeMap<ProjectPath, BTreeMap<[u8; 32], ProjectPath>>>,
    /// What the last build found, and the text of each guide that it was built of.
    built: Mutex<BTreeMap<ProjectPath, Built>>,
}

/// A guide's text, and what a build found in it; of a picture, no text.
type Built = (String, Vec<crate::diagnostic::Diagnostic>);

/// A guide as a list of guides shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its file.
    pub path: ProjectPath,
    /// Its title.
    pub title: String,
    /// Whether it is left out of what is published.
    pub draft: bool,
    /// How many steps it has.
    pub steps: usize,
    /// Name of its app.
    pub app: Option<String>,
}

/// A guide as it was left here.
#[derive(Debug, Clone)]
struct Made {
    /// `None`: it was deleted.
    listed: Option<Listed>,
    /// Of its text.
    hash: Option<blake3::Hash>,
    /// How many builds had begun by then.
    builds: u64,
}

impl Made {
    /// Whether the build that ended as the `builds`th one has not read the guide yet as it is here: it began before, or so
    /// shortly after that it had not heard of the change. `now` is the hash of the text as it is now: another one was
    /// written by another program since, and what the build says of it counts.
    fn is_ahead(
        &self,
        builds: u64,
        built: Option<&Listed>,
        now: impl FnOnce(&ProjectPath) -> Option<blake3::Hash>,
    ) -> bool {
        let Some(listed) = &self.listed else { return builds <= self.builds };
        let agrees = built.is_some_and(|built| (&built.title, built.draft) == (&listed.title, listed.draft));
        builds <= self.builds || builds == self.builds + 1 && !agrees && self.hash == now(&listed.path)
    }
}

impl Desk {
    /// For the project of `world`, whose author writes in `opener`; no guide is known yet.
    pub fn new(world: DiskWorld, opener: Opener) -> Self {
        Self {
            world,
            opener,
            guides: Mutex::default(),
            made: Mutex::default(),
            builds: AtomicU64::new(0),
            keeping: Mutex::default(),
            open: Mutex::default(),
            pictures: Mutex::default(),
            built: Mutex::default(),
        }
    }

    /// The author's editor.
    pub fn opener(&self) -> Opener {
        self.opener
    }

    /// A build begins: what it reads may be older than what is made here from now on.
    pub fn build_begins(&self) {
        self.builds.fetch_add(1, Ordering::SeqCst);
    }

    /// The guides by slug, after the build that began last.
    pub fn set_guides(&self, guides: BTreeMap<String, Listed>) {
        let builds = self.builds.load(Ordering::SeqCst);
        let now = |path: &ProjectPath| self.hash(path);
        lock(&self.made).retain(|slug, made| made.is_ahead(builds, guides.get(slug), now));
        *lock(&self.guides) = guides;
    }

    /// What a build found in guides, so that the editor tells of as much as the terminal.
    pub fn set_built(&self, built: BTreeMap<ProjectPath, Built>) {
        *lock(&self.built) = built;
    }

    /// All guides: those of the last build, and those that were made since and are still there.
    pub fn known(&self) -> BTreeMap<String, Listed> {
        let mut known = lock(&self.guides).clone();
        for (slug, made) in lock(&self.made).iter() {
            match &made.listed {
                Some(listed) if self.is_there(listed) => drop(known.insert(slug.clone(), listed.clone())),
                Some(_) => {}
                None => drop(known.remove(slug)),
            }
        }
        known
    }

    fn is_there(&self, listed: &Listed) -> bool {
        self.world.locate(&listed.path).is_ok()
    }

    /// One guide as a list shows it.
    ///
    /// # Errors
    /// [`Refused::Missing`] if there is none.
    pub fn known_guide(&self, slug: &str) -> Result<Listed, Refused> {
        let built = || lock(&self.guides).get(slug).cloned();
        let made = lock(&self.made).get(slug).map(|made| made.listed.clone());
        let known = match made {
            Some(None) => None,
            Some(Some(listed)) if self.is_there(&listed) => Some(listed),
            Some(Some(_)) | None => built(),
        };
        known.ok_or(Refused::Missing)
    }

    /// Until a build has read it, there is a guide of that slug.
    pub fn add(&self, slug: &str, listed: Listed) {
        self.left_as(slug, Some(listed));
    }

    /// There is no guide of that slug any more.
    pub fn forget(&self, slug: &str) {
        self.left_as(slug, None);
    }

    fn left_as(&self, slug: &str, listed: Option<Listed>) {
        let builds = self.builds.load(Ordering::SeqCst);
        let hash = listed.as_ref().and_then(|listed| self.hash(&listed.path));
        lock(&self.made).insert(slug.to_owned(), Made { listed, hash, builds });
    }

    fn hash(&self, path: &ProjectPath) -> Option<blake3::Hash> {
        self.read(path).ok().map(|source| blake3::hash(source.text().as_bytes()))
    }

    /// What was deleted may be there again.
    pub fn forget_deleted(&self) {
        lock(&self.made).retain(|_, made| made.listed.is_some());
    }

    /// What was changed in a file that is no longer there can't be taken back in the next one of its name.
    pub fn forget_changes(&self, path: &ProjectPath) {
        lock(&self.open).remove(path);
    }

    /// The project's files.
    pub fn world(&self) -> &DiskWorld {
        &self.world
    }

    /// Guides are made, renamed and deleted one at a time.
    pub fn one_at_a_time(&self) -> MutexGuard<'_, ()> {
        lock(&self.keeping)
    }

    fn path(&self, slug: &str) -> Result<ProjectPath, Refused> {
        Ok(self.known_guide(slug)?.path)
    }

    fn history(&self, path: &ProjectPath) -> Arc<Mutex<History>> {
        Arc::clone(lock(&self.open).entry(path.clone()).or_default())
    }

    fn read(&self, path: &ProjectPath) -> Result<Source, Refused> {
        guide::read(&self.world, path).map_err(|diagnostic| Refused::Failed(diagnostic.message))
    }

    /// A guide's file as it is on the disk.
    ///
    /// # Errors
    /// [`Refused`] if there is no such guide, or its file can't be read.
    pub fn source(&self, slug: &str) -> Result<Source, Refused> {
        self.read(&self.path(slug)?)
    }

    /// The version of a guide's file; empty if it can't be read.
    pub fn version(&self, slug: &str) -> String {
        self.source(slug).map(|source| super::history::version(source.text())).unwrap_or_default()
    }

    /// A guide for the editor.
    ///
    /// # Errors
    /// [`Refused`] if there is no such guide, or its file can't be read.
    pub fn guide(&self, slug: &str) -> Result<Value, Refused> {
        let path = self.path(slug)?;
        let history = self.history(&path);
        let history = &mut *lock(&history);
        let source = self.read(&path)?;
        Ok(self.show(slug, source, history))
    }

    fn show(&self, slug: &str, source: Source, history: &mut History) -> Value {
        let version = history.hold(source.text());
        let open = self.understand(source);
        let proposals = super::proposals::open(&self.world, &open);
        view::guide(&open, slug, &version, history.depth(), (self.world.root(), self.opener), proposals)
    }

    /// What the last build found in a guide and in the pictures that it shows, if the guide still has this text.
    fn found_in(&self, path: &ProjectPath, text: &str) -> Option<Vec<crate::diagnostic::Diagnostic>> {
        let built = lock(&self.built);
        let (_, own) = built.get(path).filter(|(was, _)| was == text)?;
        let shown = lock(&self.pictures).get(path).cloned().unwrap_or_default();
        let of_pictures = shown.values().filter_map(|picture| built.get(picture));
        Some(own.iter().chain(of_pictures.flat_map(|(_, found)| found)).cloned().collect())
    }

    /// A text as it is meant.
    pub fn understand(&self, source: Source) -> Open {
        let settings = project::load(&self.world, Some(source.path())).project.settings;
        let understood = guide::understand(&source, &settings, &self.world);
        let shots = understood.resolved.iter().flat_map(|resolved| &resolved.shots);
        let pictures = shots.map(|shot| (shot.picture.hash, shot.picture.path.clone())).collect();
        lock(&self.pictures).insert(source.path().clone(), pictures);
        let built = self.found_in(source.path(), source.text());
        Open { source, understood, built, settings }
    }

    /// Makes an edit of the text that has the version `base`, on the text as it is.
    ///
    /// # Errors
    /// [`Refused`]; the file is as it was then.
    pub fn edit(&self, slug: &str, base: &str, edit: &Edit) -> Result<Value, Refused> {
        self.change(slug, |history, now| {
            let Some(base) = history.text(base) else {
                return Err(Refused::Edit(
                    "the editor shows a text that is too old: load it again".to_owned(),
                ));
            };
            let was = self.understand(Source::new(now.path().clone(), base.to_string()));
            let wanted = edit::change(&was.source, edit, was.understood.resolved.as_ref())
                .map_err(|refusal| Refused::Edit(refusal.message))?;
            if was.source.text() == now.text() {
                return Ok((wanted, Past::Made));
            }
            let moved = rebase(&base, now.text(), &wanted);
            let moved = moved.filter(|moved| edit::same_effect(&was.source, &wanted, now, moved));
            let conflict =
                || Refused::Conflict { yours: apply(&base, &wanted), theirs: now.text().to_owned() };
            Ok((moved.ok_or_else(conflict)?, Past::Made))
        })
    }

    /// Changes the front matter of the text as it is, as one change that can be taken back.
    ///
    /// # Errors
    /// [`Refused`]; the file is as it was then.
    pub fn write(&self, slug: &str, edits: &[MetaEdit]) -> Result<Value, Refused> {
        self.change(slug, |_, now| {
            let mut source = now.clone();
            for edit in edits {
                let replacements = edit::change(&source, &Edit::Meta(edit.clone()), None);
                let replacements = replacements.map_err(|refusal| Refused::Edit(refusal.message))?;
                source = Source::new(now.path().clone(), apply(source.text(), &replacements));
            }
            Ok((edit::between(now.text(), source.text(), 0), Past::Made))
        })
    }

    /// Writes what has one right answer, on all lines or on some, as one change that can be taken back.
    ///
    /// # Errors
    /// [`Refused`]; the file is as it was then.
    pub fn fix(&self, slug: &str, lines: Option<(usize, usize)>) -> Result<Value, Refused> {
        self.change(slug, |_, now| {
            let settings = project::load(&self.world, Some(now.path())).project.settings;
            let fixed = edit::fixed_on(now, &settings, &self.world, lines);
            let fixed = fixed.map_err(|refusal| Refused::Edit(refusal.message))?;
            Ok((edit::between(now.text(), &fixed, 0), Past::Made))
        })
    }

    /// Writes the text that `write` makes of the text as it is, as one change that can be taken back.
    ///
    /// # Errors
    /// [`Refused`]; the file is as it was then.
    pub fn rewrite(
        &self,
        slug: &str,
        write: impl Fn(&Source) -> Result<String, Refused>,
    ) -> Result<Value, Refused> {
        self.change(slug, |_, now| Ok((edit::between(now.text(), &write(now)?, 0), Past::Made)))
    }

    /// Takes the last change back.
    ///
    /// # Errors
    /// [`Refused`]; the file is as it was then.
    pub fn undo(&self, slug: &str) -> Result<Value, Refused> {
        self.change(slug, |history, now| {
            let undo = history
                .undo(now.text())
                .ok_or_else(|| Refused::Edit("there is nothing to undo".to_owned()))?;
            Ok((fitting(undo, now)?, Past::Undone))
        })
    }

    /// Makes the change again that was taken back last.
    ///
    /// # Errors
    /// [`Refused`]; the file is as it was then.
    pub fn redo(&self, slug: &str) -> Result<Value, Refused> {
        self.change(slug, |history, now| {
            let redo = history
                .redo(now.text())
                .ok_or_else(|| Refused::Edit("there is nothing to redo".to_owned()))?;
            Ok((fitting(redo, now)?, Past::Redone))
        })
    }

    /// Changes a file by what `decide` says of its text, again if another program wrote it meanwhile.
    fn change(
        &self,
        slug: &str,
        decide: impl Fn(&History, &Source) -> Result<(Vec<Replacement>, Past), Refused>,
    ) -> Result<Value, Refused> {
        let path = self.path(slug)?;
        let history = self.history(&path);
        let history = &mut *lock(&history);
        for _ in 0..TRIES {
            let now = self.read(&path)?;
            let (replacements, past) = decide(history, &now)?;
            let after = apply(now.text(), &replacements);
            if after != now.text() {
                match author::replace(&self.world, &path, now.text(), &after) {
                    Ok(()) => {}
                    Err(Unsaved::Changed) => continue,
                    Err(Unsaved::Failed(why)) => return Err(Refused::Failed(why)),
                }
                match past {
                    Past::Made => history.made(now.text(), &replacements),
                    Past::Undone => history.undone(now.text(), &replacements),
                    Past::Redone => history.redone(now.text(), &replacements),
                }
            }
            return Ok(self.show(slug, Source::new(path, after), history));
        }
        Err(Refused::Failed(format!("`{path}` keeps changing: try again")))
    }

    /// Saves a picture beside a guide, called as its file or the title of its step; returns its path relative to the guide.
    ///
    /// # Errors
    /// [`Refused`] if it is none, or can't be saved.
    pub fn upload(&self, slug: &str, bytes: &[u8], name: &str, title: &str) -> Result<String, Refused> {
        let open = self.understand(self.source(slug)?);
        upload::save(&self.world, open.source.path(), open.understood.resolved.as_ref(), bytes, (name, title))
    }

    /// A guide's picture for previews of links, a PNG file, as `build` makes it.
    ///
    /// # Errors
    /// [`Refused`] if there is no such guide, or it can't be meant.
    pub fn card(&self, slug: &str) -> Result<Vec<u8>, Refused> {
        let open = self.understand(self.source(slug)?);
        let resolved = open.understood.resolved.ok_or(Refused::Missing)?;
        card::preview(&resolved, &open.settings, &ShotOptions::default(), &self.world)
            .map_err(|problem| Refused::Failed(problem.message))
    }

    /// The bytes of the picture with that hash, if the guide shows it.
    ///
    /// # Errors
    /// [`Refused`] if it does not.
    pub fn picture(&self, slug: &str, hash: &str) -> Result<Vec<u8>, Refused> {
        let guide = self.path(slug)?;
        let hash = *blake3::Hash::from_hex(hash).map_err(|_| Refused::Missing)?.as_bytes();
        let known = || lock(&self.pictures).get(&guide).and_then(|shown| shown.get(&hash)).cloned();
        let path = match known() {
            Some(path) => path,
            None => {
                self.understand(self.read(&guide)?);
                known().ok_or(Refused::Missing)?
            }
        };
        let bytes = self.world.read(&path, guide::MAX_PICTURE);
        let bytes = bytes.map_err(|error| Refused::Failed(error.about(&path)))?;
        // It may have been replaced since.
        if *blake3::hash(&bytes).as_bytes() == hash { Ok(bytes) } else { Err(Refused::Missing) }
    }
}

/// What a change is to the history.
enum Past {
    Made,
    Undone,
    Redone,
}

fn fitting(found: Result<Vec<Replacement>, String>, now: &Source) -> Result<Vec<Replacement>, Refused> {
    found.map_err(|yours| Refused::Conflict { yours, theirs: now.text().to_owned() })
}

/// What a mutex holds, whoever panicked with it.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(draft: bool) -> Listed {
        let path = ProjectPath::new("guides/ask.md").unwrap();
        Listed { path, title: "Ask".to_owned(), draft, steps: 1, app: None }
    }

    fn shown(desk: &Desk) -> Option<bool> {
        desk.known().get("ask").map(|listed| listed.draft)
    }

    /// A build that has read the guide before it was changed here does not show it as it was.
    #[test]
    fn a_build_that_began_earlier_takes_nothing_back() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("guides")).unwrap();
        std::fs::write(folder.path().join("guides/ask.md"), "# Ask\n").unwrap();
        let desk = Desk::new(DiskWorld::new(folder.path()).unwrap(), Opener::for_command(None));
        let built = |draft| BTreeMap::from([("ask".to_owned(), listed(draft))]);
        desk.build_begins();
        desk.add("ask", listed(true));
        desk.set_guides(built(false));
        assert_eq!(shown(&desk), Some(true), "that build began before");
        desk.build_begins();
        desk.set_guides(built(false));
        assert_eq!(shown(&desk), Some(true), "that build had not heard of it");
        desk.build_begins();
        desk.set_guides(built(false));
        assert_eq!(shown(&desk), Some(false), "somebody else has changed it since");
        desk.add("ask", listed(true));
        std::fs::write(folder.path().join("guides/ask.md"), "# Ask them\n").unwrap();
        desk.build_begins();
        desk.set_guides(built(false));
        assert_eq!(shown(&desk), Some(false), "somebody else has changed it before that build");
        desk.build_begins();
        desk.forget("ask");
        desk.set_guides(built(false));
        assert_eq!(shown(&desk), None, "deleted while it was built");
        desk.build_begins();
        desk.set_guides(built(false));
        assert_eq!(shown(&desk), Some(false), "there again");
    }
}

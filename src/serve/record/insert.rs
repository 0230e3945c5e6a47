//! Steps that were recorded beside a guide come into it, with their pictures, as one change that can be taken back.

use super::prepare::lock_text;
use super::problem::Problem;
use super::unfinished::{discard, recorded};
use crate::author;
use crate::edit::{self, AnnotationOutline, Edit, NewStep, SceneOutline, StepOutline};
use crate::guide;
use crate::refresh::{Lock, lock_path};
use crate::serve::edit::{Desk, Refused};
use crate::source::{DiskWorld, ProjectPath, ReadError, Source, World};
use std::collections::BTreeMap;

/// The place of a step, however the guide changes meanwhile.
#[derive(Debug, Clone)]
pub struct Behind {
    /// Its index; `None`: before the first.
    pub index: Option<usize>,
    /// Its own text.
    pub source: String,
}

impl Behind {
    /// The step of that index.
    pub fn new(source: &Source, index: Option<usize>) -> Self {
        let steps = steps_of(source);
        let own = index.and_then(|index| steps.get(index)).map(|step| step.source.clone());
        Self { index: index.filter(|_| own.is_some()), source: own.unwrap_or_default() }
    }

    /// Where it is now.
    fn now(&self, steps: &[StepOutline]) -> Option<usize> {
        let index = self.index?;
        let same: Vec<usize> = (0..steps.len())
            .filter(|at| steps.get(*at).is_some_and(|step| step.source == self.source))
            .collect();
        match same.as_slice() {
            [only] => Some(*only),
            _ => Some(index.min(steps.len().saturating_sub(1))).filter(|_| !steps.is_empty()),
        }
    }
}

fn steps_of(source: &Source) -> Vec<StepOutline> {
    edit::outline(source, &guide::parse(source).guide, None).steps
}

/// Moves the steps of the guide in `folder` behind a step of the guide `slug`; returns the index of the first and how many.
///
/// # Errors
/// [`Problem`]; the folder stays then.
pub fn insert(
    desk: &Desk,
    slug: &str,
    behind: &Behind,
    folder: &ProjectPath,
) -> Result<(usize, usize), Problem> {
    let recorded = recorded(desk.world(), folder)?;
    let pictures = pictures_of(&recorded);
    let steps = steps_of(&recorded);
    let mut renamed = BTreeMap::new();
    for path in pictures.iter().flatten() {
        if renamed.contains_key(path) {
            continue;
        }
        let bytes = picture(desk.world(), folder, path)?;
        let name = path.rsplit('/').next().unwrap_or(path);
        renamed.insert(path.clone(), desk.upload(slug, &bytes, name, "")?);
    }
    let at = std::sync::Mutex::new(0);
    desk.rewrite(slug, |now| {
        let mut now = now.clone();
        let place = behind.now(&steps_of(&now));
        let mut after = place;
        *crate::serve::edit::lock(&at) = place.map_or(0, |place| place + 1);
        for (number, step) in steps.iter().enumerate() {
            let picture = pictures.get(number).cloned().flatten();
            let path = picture.and_then(|path| renamed.get(&path).cloned());
            now = with(now, after, step, path)?;
            after = Some(after.map_or(0, |after| after + 1));
        }
        Ok(now.text().to_owned())
    })?;
    keep_lock(desk, slug, folder, &renamed)?;
    // All of it is in the guide.
    let _ = discard(desk.world(), folder);
    Ok((*crate::serve::edit::lock(&at), steps.len()))
}

/// A text with a step more.
fn with(
    now: Source,
    after: Option<usize>,
    step: &StepOutline,
    path: Option<String>,
) -> Result<Source, Refused> {
    let scene = step.scenes.first();
    let alt = scene.map(|scene: &SceneOutline| scene.alt.clone()).unwrap_or_default();
    let new = NewStep { markdown: step.runs.join("\n\n"), path, alt };
    let mut now = edited(now, &Edit::AddSteps { after, steps: vec![new] })?;
    let step = after.map_or(0, |after| after + 1);
    for AnnotationOutline { fields, .. } in scene.iter().flat_map(|scene| &scene.annotations) {
        now = edited(now, &Edit::Annotate { step, scene: 0, fields: fields.clone() })?;
    }
    Ok(now)
}

fn edited(now: Source, edit: &Edit) -> Result<Source, Refused> {
    let replacements = edit::change(&now, edit, None).map_err(|refusal| Refused::Edit(refusal.message))?;
    Ok(Source::new(now.path().clone(), edit::apply(now.text(), &replacements)))
}

/// The picture that each step of a recording has of its own, as it is written.
fn pictures_of(recorded: &Source) -> Vec<Option<String>> {
    let guide = guide::parse(recorded).guide;
    let own = |step: &guide::WrittenStep| {
        step.scenes().iter().find_map(|scene| scene.image.map(|image| image.target.value.clone()))
    };
    guide.steps.iter().map(own).collect()
}

/// What a recording knows comes to what is known of the guide.
fn keep_lock(
    desk: &Desk,
    slug: &str,
    folder: &ProjectPath,
    renamed: &BTreeMap<String, String>,
) -> Result<(), Problem> {
    let guide = desk.source(slug)?.path().clone();
    let Some(text) = folder.join("capture.json").ok().and_then(|path| lock_text(desk.world(), &path)) else {
        return Ok(());
    };
    let path = lock_path(&guide);
    let before = lock_text(desk.world(), &path);
    let mut lock = before.as_deref().map(Lock::read).unwrap_or_default();
    lock.add(Lock::read(&text), renamed);
    let saved = match before {
        Some(before) => author::replace(desk.world(), &path, &before, &lock.text()),
        None => author::create(desk.world(), &path, lock.text().as_bytes()),
    };
    // It is evidence, and the guide replays without it.
    let lost =
        |_| Problem::new(format!("`{path}` can't be written"), "the steps are in the guide all the same");
    saved.map_err(lost)
}

/// The bytes of a picture in the folder of a recording.
fn picture(world: &DiskWorld, folder: &ProjectPath, path: &str) -> Result<Vec<u8>, Problem> {
    let found = folder.join(path).ok().filter(|found| found.is_below(folder));
    let read = found.ok_or(ReadError::Outside).and_then(|found| world.read(&found, guide::MAX_PICTURE));
    read.map_err(|error| Problem::unread(format!("`{path}`: {}", error.about(folder))))
}

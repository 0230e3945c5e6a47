//! Steps that were recorded and are in no guide: the server was killed, or the guide could not be written. They lie where they
//! were written, and can still come in.

use super::problem::Problem;
use crate::capture::spoken;
use crate::source::{DiskWorld, ProjectPath, Source, World};
use crate::{edit, guide};
use serde::Serialize;

/// Where steps of a guide lie until they are in it. Hidden, so that nothing in it is a guide.
pub const FOLDER: &str = ".guidemark/recordings";

/// A recording that is in no guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unfinished {
    /// The name of its folder.
    pub id: String,
    /// The sentences of its steps as plain text; at least one.
    pub steps: Vec<String>,
    /// Its folder.
    #[serde(skip)]
    pub folder: ProjectPath,
}

/// All of a project but the one that is being made. Links are not followed, so all of it lies in the project.
pub fn unfinished(world: &DiskWorld, running: Option<&str>) -> Vec<Unfinished> {
    let Ok(all) = ProjectPath::new(FOLDER) else { return Vec::new() };
    let texts = world.list(&all).unwrap_or_default().into_iter().filter(|path| path.name() == "index.md");
    let own = texts.filter(|path| path.parent().parent() == all && running != Some(path.parent().name()));
    own.filter_map(|path| one(world, &path)).collect()
}

fn one(world: &DiskWorld, path: &ProjectPath) -> Option<Unfinished> {
    let folder = path.parent();
    let source = recorded(world, &folder).ok()?;
    let outline = edit::outline(&source, &guide::parse(&source).guide, None);
    let steps: Vec<String> = outline.steps.iter().map(|step| spoken(&step.runs.join(" "))).collect();
    (!steps.is_empty()).then(|| Unfinished { id: folder.name().to_owned(), steps, folder })
}

/// The text of a recording.
///
/// # Errors
/// [`Problem`] if it can't be read.
pub fn recorded(world: &DiskWorld, folder: &ProjectPath) -> Result<Source, Problem> {
    let path = folder.join("index.md").map_err(|_| Problem::unread("its folder has no name"))?;
    guide::read(world, &path).map_err(|diagnostic| Problem::unread(diagnostic.message))
}

/// Removes a recording.
///
/// # Errors
/// [`Problem`] if the system refuses.
#[allow(clippy::disallowed_methods)] // the edge: a recording is removed from the disk
pub fn discard(world: &DiskWorld, folder: &ProjectPath) -> Result<(), Problem> {
    std::fs::remove_dir_all(world.root().join(folder.as_str()))
        .map_err(|error| Problem::new(format!("`{folder}` can't be removed: {error}"), ""))
}

//! Deleted guides, until their author empties the folder: `.guidemark/trash/ID/` holds what was deleted and `entry.json`,
//! which says where it was.

use super::refused::{Refused, unsaved};
use crate::author::{create, relocate, unused};
use crate::source::{DiskWorld, ProjectPath, World};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fs;

/// Hidden, so that nothing in it is a guide.
const FOLDER: &str = ".guidemark/trash";
/// Keeps it out of the author's repository.
const IGNORE: &str = ".guidemark/.gitignore";
const ENTRY: &str = "entry.json";
/// Largest entry, in bytes.
const MAX_ENTRY: u64 = 64 << 10;
/// Deleted guides that are listed at most.
const MOST: usize = 50;

/// What was deleted.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    title: String,
    /// Where it was, in the project.
    path: String,
}

/// Moves a file or a folder into the trash; returns its id there.
///
/// # Errors
/// [`Refused::Failed`]; it is where it was then.
pub fn put(world: &DiskWorld, path: &ProjectPath, slug: &str, title: &str) -> Result<String, Refused> {
    let ignore = ProjectPath::new(IGNORE).unwrap_or_default();
    // It may be there already, and then it is the author's.
    let _ = create(world, &ignore, b"*\n");
    let trash = ProjectPath::new(FOLDER).unwrap_or_default();
    let id = unused(world, &trash, slug, |_| false);
    let home = join(&trash, &id)?;
    let entry = Entry { title: title.to_owned(), path: path.as_str().to_owned() };
    let bytes = serde_json::to_vec(&entry).map_err(|error| Refused::Failed(error.to_string()))?;
    let at = join(&home, ENTRY)?;
    create(world, &at, &bytes).map_err(|error| unsaved(error, &at))?;
    let to = join(&home, &format!("was/{}", path.name()))?;
    relocate(world, path, &to).map_err(|error| unsaved(error, path))?;
    Ok(id)
}

/// Moves it back.
///
/// # Errors
/// [`Refused`] if there is no such thing in the trash, or something lies where it was.
pub fn restore(world: &DiskWorld, id: &str) -> Result<(), Refused> {
    let known = ids(world).into_iter().any(|known| known == id);
    let home = join(&ProjectPath::new(FOLDER).unwrap_or_default(), id)?;
    let (Some(entry), true) = (entry(world, &home), known) else { return Err(Refused::Missing) };
    let back = ProjectPath::new(&entry.path).map_err(|_| Refused::Missing)?;
    let from = join(&home, &format!("was/{}", back.name()))?;
    relocate(world, &from, &back).map_err(|error| unsaved(error, &back))?;
    if let Ok(real) = world.locate(&home) {
        // What it was kept with: an entry and an empty folder.
        let _ = fs::remove_dir(real.join("was"));
        let _ = fs::remove_file(real.join(ENTRY));
        let _ = fs::remove_dir(real);
    }
    Ok(())
}

/// What can be brought back.
pub fn list(world: &DiskWorld) -> Vec<Value> {
    let trash = ProjectPath::new(FOLDER).unwrap_or_default();
    let all = ids(world).into_iter().filter_map(|id| {
        let home = trash.join(&id).ok()?;
        let Entry { title, path } = entry(world, &home)?;
        let name = ProjectPath::new(&path).ok()?.name().to_owned();
        let here = world.locate(&home.join("was").ok()?.join(&name).ok()?).is_ok();
        here.then(|| json!({ "id": id, "title": title, "path": path }))
    });
    all.take(MOST).collect()
}

fn ids(world: &DiskWorld) -> Vec<String> {
    let Ok(real) = world.locate(&ProjectPath::new(FOLDER).unwrap_or_default()) else { return Vec::new() };
    let entries = fs::read_dir(real).into_iter().flatten().flatten();
    let mut ids: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    ids.sort();
    ids
}

fn entry(world: &DiskWorld, home: &ProjectPath) -> Option<Entry> {
    let bytes = world.read(&home.join(ENTRY).ok()?, MAX_ENTRY).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn join(folder: &ProjectPath, name: &str) -> Result<ProjectPath, Refused> {
    folder.join(name).map_err(|_| Refused::Missing)
}

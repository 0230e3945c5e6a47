//! Files and folders that get another place.

use super::place::Place;
use super::replace::Unsaved;
use crate::source::{DiskWorld, ProjectPath, in_words};
use std::fs;
use std::io::ErrorKind;

/// Moves a file or a folder to a place where nothing lies; the folders above that are made. A link is moved as it is.
///
/// # Errors
/// [`Unsaved::Changed`] if something lies there already, else [`Unsaved::Failed`]; nothing was moved then.
pub fn relocate(world: &DiskWorld, from: &ProjectPath, to: &ProjectPath) -> Result<(), Unsaved> {
    let home = world.locate(&from.parent()).map_err(|error| Unsaved::Failed(error.about(from)))?;
    let folder = Place::make(world, &to.parent())?;
    let (old, new) = (home.join(from.name()), folder.real().join(to.name()));
    // The system renames over files. Whoever makes one between these two lines writes to the same place as the author.
    if fs::symlink_metadata(&new).is_ok() {
        return Err(Unsaved::Changed);
    }
    fs::rename(&old, &new).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Unsaved::Failed(format!("there is no `{from}`")),
        _ => Unsaved::Failed(format!("cannot move `{from}` to `{to}`: {}", in_words(&error))),
    })
}

/// The first of `name`, `name-2`, `name-3` … in a folder for which `taken` does not hold and where nothing lies.
pub fn unused(world: &DiskWorld, folder: &ProjectPath, name: &str, taken: impl Fn(&str) -> bool) -> String {
    let is_free = |name: &String| {
        let path = folder.join(name).map(|path| world.root().join(path.as_str()));
        !taken(name) && path.is_ok_and(|path| fs::symlink_metadata(path).is_err())
    };
    let numbered = (2..).map(|number: u64| format!("{name}-{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

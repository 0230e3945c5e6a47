//! Several files that change together: after a crash in the middle, all of them are old or all of them are new.
//!
//! What is new lies beside the old under hidden names; then a list of what is to be moved is written, whole or not at all.
//! From then on the move is finished by this run or by the next one.

use super::HALF;
use super::place::Place;
use super::replace::{Unsaved, written};
use crate::source::{DiskWorld, ProjectPath, World, in_words};
use serde_json::{Value, json};
use std::fs;
use std::io::ErrorKind;

/// The list of what is to be moved, in the project's root.
const LIST: &str = ".guidemark-together.json";
/// Largest file that is changed.
const LARGEST_FILE: u64 = 256 << 20;
/// Largest list that is read.
const LARGEST: u64 = 4 << 20;

/// A file that changes.
#[derive(Debug, Clone)]
pub struct Change {
    /// Where it lies.
    pub path: ProjectPath,
    /// What it holds; `None`: it is not there yet.
    pub before: Option<Vec<u8>>,
    /// What it holds afterwards.
    pub after: Vec<u8>,
}

/// Changes several files, or none of them.
///
/// # Errors
/// [`Unsaved::Changed`] if one holds something else by now, else [`Unsaved::Failed`].
pub fn together(world: &DiskWorld, changes: &[Change]) -> Result<(), Unsaved> {
    finish(world)?;
    let mut staged = Vec::new();
    let mut moves = Vec::new();
    for change in changes {
        let path = &change.path;
        let failed =
            |error: &std::io::Error| Unsaved::Failed(format!("cannot write `{path}`: {}", in_words(error)));
        let folder = Place::make(world, &path.parent())?;
        let file = written(folder.real(), &change.after).map_err(|error| failed(&error))?;
        if let Ok(found) = fs::symlink_metadata(folder.real().join(path.name())) {
            if !found.is_file() || found.permissions().readonly() {
                return Err(Unsaved::Failed(format!("cannot write `{path}`: it is a link, or read-only")));
            }
            file.as_file().set_permissions(found.permissions()).map_err(|error| failed(&error))?;
        }
        let name = file.path().file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let from =
            path.parent().join(&name).map_err(|_| Unsaved::Failed(format!("cannot write `{path}`")))?;
        moves.push((from, path.clone()));
        staged.push(file);
    }
    // As late as possible, so that changes made meanwhile are not overwritten.
    for change in changes {
        if now(world, &change.path)? != change.before {
            return Err(Unsaved::Changed);
        }
    }
    let list: Vec<Value> = moves.iter().map(|(from, to)| json!([from.as_str(), to.as_str()])).collect();
    let list = Value::from(list).to_string();
    let failed =
        |error: &std::io::Error| Unsaved::Failed(format!("cannot write `{LIST}`: {}", in_words(error)));
    let whole = written(world.root(), list.as_bytes()).map_err(|error| failed(&error))?;
    // They stay from here on, whatever happens: the list names them.
    for file in staged {
        file.keep().map_err(|error| failed(&error.error))?;
    }
    whole.persist(world.root().join(LIST)).map_err(|error| failed(&error.error))?;
    finish(world)
}

/// Moves what a run that was killed had to move.
///
/// # Errors
/// [`Unsaved::Failed`] if the system says no.
pub fn finish(world: &DiskWorld) -> Result<(), Unsaved> {
    let list = world.root().join(LIST);
    if !fs::symlink_metadata(&list).is_ok_and(|found| found.is_file() && found.len() <= LARGEST) {
        return Ok(());
    }
    let failed =
        |error: &std::io::Error| Unsaved::Failed(format!("cannot finish `{LIST}`: {}", in_words(error)));
    let text = fs::read_to_string(&list).map_err(|error| failed(&error))?;
    let moves: Vec<(String, String)> = serde_json::from_str(&text).unwrap_or_default();
    for (from, to) in moves {
        let (Ok(from), Ok(to)) = (ProjectPath::new(&from), ProjectPath::new(&to)) else { continue };
        // A list of a stranger moves nothing but what such a run had made beside its place.
        let is_ours =
            from.name().starts_with(HALF) && from.parent() == to.parent() && !to.name().starts_with('.');
        let Ok(folder) = world.locate(&to.parent()) else { continue };
        if !is_ours || folder != world.root().join(to.parent().as_str()) {
            continue;
        }
        match fs::rename(folder.join(from.name()), folder.join(to.name())) {
            Ok(()) => {}
            // It was moved before.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(failed(&error)),
        }
    }
    match fs::remove_file(&list) {
        // Another has finished the same.
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(&error)),
        _ => Ok(()),
    }
}

/// What a file holds; `None` if it is not there.
fn now(world: &DiskWorld, path: &ProjectPath) -> Result<Option<Vec<u8>>, Unsaved> {
    use crate::source::ReadError;
    match world.read(path, LARGEST_FILE) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(ReadError::Missing) => Ok(None),
        Err(error) => Err(Unsaved::Failed(error.about(path))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project() -> (tempfile::TempDir, DiskWorld) {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("a")).unwrap();
        fs::write(dir.path().join("a/index.md"), "old").unwrap();
        let world = DiskWorld::new(dir.path()).unwrap();
        (dir, world)
    }

    fn change(path: &str, before: Option<&str>, after: &str) -> Change {
        let before = before.map(|text| text.as_bytes().to_vec());
        Change { path: ProjectPath::new(path).unwrap(), before, after: after.as_bytes().to_vec() }
    }

    fn files(dir: &tempfile::TempDir) -> Vec<String> {
        let all = walkdir::WalkDir::new(dir.path()).sort_by_file_name().into_iter().flatten();
        let files = all.filter(|entry| entry.file_type().is_file());
        files.map(|entry| entry.path().strip_prefix(dir.path()).unwrap().display().to_string()).collect()
    }

    #[test]
    fn all_change_or_none_does() {
        let (dir, world) = project();
        let changes = [change("a/shots/new.png", None, "png"), change("a/index.md", Some("other"), "new")];
        assert_eq!(together(&world, &changes), Err(Unsaved::Changed));
        assert_eq!(files(&dir), ["a/index.md"]);
        let changes = [change("a/shots/new.png", None, "png"), change("a/index.md", Some("old"), "new")];
        assert_eq!(together(&world, &changes), Ok(()));
        assert_eq!(files(&dir), ["a/index.md", "a/shots/new.png"]);
        assert_eq!(fs::read_to_string(dir.path().join("a/index.md")).unwrap(), "new");
    }

    #[test]
    fn what_was_begun_is_finished_by_the_next() {
        let (dir, world) = project();
        fs::write(dir.path().join("a/.guidemark-AbC123"), "new").unwrap();
        let list = r#"[["a/.guidemark-AbC123","a/index.md"],["a/.guidemark-gone00","a/other.md"]]"#;
        fs::write(dir.path().join(LIST), list).unwrap();
        assert_eq!(finish(&world), Ok(()));
        assert_eq!(files(&dir), ["a/index.md"]);
        assert_eq!(fs::read_to_string(dir.path().join("a/index.md")).unwrap(), "new");
    }

    #[test]
    fn a_list_of_a_stranger_moves_nothing_else() {
        let (dir, world) = project();
        fs::write(dir.path().join("secret"), "mine").unwrap();
        fs::write(dir.path().join("a/.guidemark-AbC123"), "new").unwrap();
        let list = r#"[["secret","a/index.md"],["../x","a/index.md"],["a/.guidemark-AbC123","b.md"],["a/.guidemark-AbC123","a/.git"],[1]]"#;
        fs::write(dir.path().join(LIST), list).unwrap();
        assert_eq!(finish(&world), Ok(()));
        assert_eq!(fs::read_to_string(dir.path().join("a/index.md")).unwrap(), "old");
        assert_eq!(files(&dir), ["a/.guidemark-AbC123", "a/index.md", "secret"]);
    }
}

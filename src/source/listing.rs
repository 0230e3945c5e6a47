//! What lies below a folder of the disk.

use super::{ProjectPath, ReadError};
use std::collections::HashMap;
use std::fs::{self, DirEntry};
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// What lies below a folder.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// The files, sorted.
    pub files: Vec<ProjectPath>,
    /// Folders that can't be read, and why.
    pub unreadable: Vec<(ProjectPath, ReadError)>,
    /// The folders that were looked into, none of them by way of a link, with the names in each.
    folders: HashMap<ProjectPath, Names>,
}

/// The names in a folder, of hidden files and links too; `None` if one of them has other letters than ASCII: disks differ in
/// which of those are the same.
type Names = Option<Vec<String>>;

impl Listing {
    /// Whether this folder was looked into, so that neither it nor what it lies in is a link.
    pub fn has_folder(&self, folder: &ProjectPath) -> bool {
        self.folders.contains_key(folder)
    }

    /// Whether there was nothing of this name when the folder that it would lie in, or one above that, was looked into.
    pub fn lacks(&self, path: &ProjectPath) -> bool {
        let at = std::iter::successors(Some(path.clone()), |at| Some(at.parent()));
        let mut at = at.take_while(|at| !at.as_str().is_empty());
        let known = at.find_map(|at| Some((self.folders.get(&at.parent())?.as_ref()?, at)));
        known.is_some_and(|(names, at)| at.name().is_ascii() && !has(names, at.name()))
    }
}

/// There are disks to which capitals are the same.
fn has(names: &[String], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Lists what lies below a folder of the project at `root`; `start` is where the folder really lies.
///
/// # Errors
/// If the folder itself can't be read.
#[allow(clippy::disallowed_methods)] // the edge: here folders of the disk are read
pub fn list(root: &Path, folder: &ProjectPath, start: &Path) -> Result<Listing, ReadError> {
    let mut walk = Walk { root, folder, listing: Listing::default(), waiting: Vec::new() };
    if fs::metadata(start).is_ok_and(|found| found.is_file()) {
        walk.listing.files.extend(walk.inside(start));
        return Ok(walk.listing);
    }
    walk.look_into(start).map_err(|error| ReadError::Failed(error.to_string()))?;
    while let Some(below) = walk.waiting.pop() {
        if let Err(error) = walk.look_into(&below) {
            walk.leave_out(&below, &error);
        }
    }
    walk.listing.files.sort_unstable();
    walk.listing.unreadable.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(walk.listing)
}

struct Walk<'a> {
    root: &'a Path,
    folder: &'a ProjectPath,
    listing: Listing,
    /// Folders that are yet to be looked into.
    waiting: Vec<PathBuf>,
}

#[allow(clippy::disallowed_methods)]
impl Walk<'_> {
    fn look_into(&mut self, folder: &Path) -> std::io::Result<()> {
        let mut names = Some(Vec::new());
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().into_string().ok().filter(|name| name.is_ascii());
            match name.zip(names.as_mut()) {
                Some((name, names)) => names.push(name),
                None => names = None,
            }
            if self.is_visible(&entry) {
                self.take(&entry);
            }
        }
        // A name with `\` reads as a way through other folders.
        if let Some(at) = self.inside(folder).filter(|at| self.root.join(at.as_str()) == *folder) {
            self.listing.folders.insert(at, names);
        }
        Ok(())
    }

    fn is_visible(&self, entry: &DirEntry) -> bool {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_filled =
            name == "node_modules" || (name == "target" && entry.path() == self.root.join("target"));
        !(name.starts_with('.') || is_filled)
    }

    fn take(&mut self, entry: &DirEntry) {
        match entry.file_type() {
            Ok(found) if found.is_dir() => self.waiting.push(entry.path()),
            Ok(found) if found.is_file() => self.listing.files.extend(self.inside(&entry.path())),
            Ok(_) => {}
            Err(error) => self.leave_out(&entry.path(), &error),
        }
    }

    /// Notes what can't be read; what went meanwhile is nothing.
    fn leave_out(&mut self, at: &Path, error: &Error) {
        if error.kind() != ErrorKind::NotFound {
            let path = self.inside(at).unwrap_or_else(|| self.folder.clone());
            self.listing.unreadable.push((path, ReadError::Failed(error.to_string())));
        }
    }

    /// The path in the project; nothing if it can't be written as one.
    fn inside(&self, path: &Path) -> Option<ProjectPath> {
        ProjectPath::new(path.strip_prefix(self.root).ok()?.to_str()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use crate::source::{DiskWorld, ProjectPath};
    use std::fs;

    fn path(path: &str) -> ProjectPath {
        ProjectPath::new(path).unwrap()
    }

    #[test]
    fn only_what_no_disk_can_have_is_lacking() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["guides/Shots", "guides/.hidden", "guides/größe", "guides/node_modules"] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
            fs::write(root.path().join(folder).join("one.png"), "").unwrap();
        }
        let listing = DiskWorld::new(root.path()).unwrap().look_into(&path("guides")).unwrap();
        assert_eq!(listing.files, [path("guides/Shots/one.png"), path("guides/größe/one.png")]);
        for lacking in ["guides/Shots/two.png", "guides/Shots/dark/one.png"] {
            assert!(listing.lacks(&path(lacking)), "{lacking}");
        }
        let known = ["guides/Shots/one.png", "guides/shots/ONE.png", "guides/.hidden/two.png", "guides"];
        // A name beside one with other letters than ASCII may be that one, and so may all that lies in it.
        let doubtful = ["guides/grosse", "guides/grosse/one.png", "guides/Shots/ör.png", "other/one.png"];
        for there in known.into_iter().chain(doubtful) {
            assert!(!listing.lacks(&path(there)), "{there}");
        }
        assert!(listing.has_folder(&path("guides/Shots")) && !listing.has_folder(&path("guides/.hidden")));
    }
}

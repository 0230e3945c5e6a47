//! Where a site may be written: never over a project.
#![allow(clippy::disallowed_methods)] // the edge: here a site reaches the disk

use crate::diagnostic::Failure;
use crate::source::in_words;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder that a site may be written to.
#[derive(Debug, Clone)]
pub struct Place {
    /// The folder, absolute; perhaps not there yet.
    pub path: PathBuf,
    /// As the user named it, for messages.
    pub shown: String,
}

impl Place {
    /// The output folder `out` (relative: to the current folder) of the project at `root`, canonical, with
    /// its guides in `guides`, canonical if it exists. Nothing is made yet.
    ///
    /// # Errors
    /// [`Failure`] if it is a file or a link, if it holds the project or its guides, or lies in the guides'
    /// own folder.
    pub fn new(out: &Path, root: &Path, guides: &Path) -> Result<Self, Failure> {
        let shown = out.display().to_string();
        let path = real(out).map_err(|error| {
            Failure::new(format!("cannot write to `{shown}`: {}", in_words(&error)))
                .help("name another folder with `--out`")
        })?;
        let refuse = |what: &str| {
            Err(Failure::new(format!("the output folder `{shown}` {what}"))
                .help("name another folder with `--out`, for example `--out public`"))
        };
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_symlink() => return refuse("is a link"),
            Ok(found) if !found.is_dir() => return refuse("is a file"),
            _ => {}
        }
        if path == root {
            return refuse("is the project itself");
        }
        if root.starts_with(&path) {
            return refuse("holds the project");
        }
        if guides.starts_with(&path) {
            return refuse("holds the guides");
        }
        if guides != root && path.starts_with(guides) {
            return refuse("lies among the guides");
        }
        Ok(Self { path, shown })
    }
}

/// The path with every link resolved but the last part's, which may be missing, as may parts before it.
fn real(path: &Path) -> std::io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let Some(parent) = absolute.parent() else { return Ok(absolute) };
    let Some(name) = absolute.file_name() else { return absolute.canonicalize() };
    let parent = match parent.canonicalize() {
        Ok(parent) => parent,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => real(parent)?,
        Err(error) => return Err(error),
    };
    Ok(parent.join(name))
}

//! What a command works on: the project around a path, and perhaps one guide in it.

use crate::diagnostic::Failure;
use crate::source::{DiskWorld, MARKDOWN, ProjectPath, in_words};
use std::path::{Component, Path, PathBuf};

/// The file that makes a folder a project.
pub const PROJECT_FILE: &str = "guidemark.toml";

/// A project on the disk.
#[derive(Debug, Clone)]
pub struct Target {
    /// Reads its files.
    pub world: DiskWorld,
    /// The one guide that was named.
    pub only: Option<ProjectPath>,
    /// The way from the current folder to the project's root; empty if they are the same.
    pub prefix: String,
}

impl Target {
    /// The project around `path`: a project's folder, a folder in it, or a Markdown file. The project's
    /// root is the nearest folder upwards with a `guidemark.toml`, else the folder itself; of a file, the repository it
    /// stands in, else the current folder if it stands below that, and that is neither the root of the disk nor the user's
    /// home folder: its pictures may lie in folders beside its own.
    ///
    /// # Errors
    /// [`Failure`] if there is nothing there, or it is a file that is no Markdown.
    pub fn find(path: Option<&Path>) -> Result<Self, Failure> {
        let named = path.unwrap_or(Path::new("."));
        let found = std::fs::metadata(named).map_err(|error| missing(named, &error))?;
        if found.is_dir() || named.file_name().is_some_and(|name| name == PROJECT_FILE) {
            let folder = if found.is_dir() { named } else { named.parent().unwrap_or(named) };
            return Self::at(folder, None);
        }
        if named.extension().is_some_and(|end| end.eq_ignore_ascii_case("mdx")) {
            return Err(mdx(named));
        }
        if !is_markdown(named) {
            return Err(Failure::new(format!("`{}` is not a Markdown file", named.display()))
                .help("name a project's folder, or a guide that ends in `.md`"));
        }
        Self::at(named.parent().unwrap_or(Path::new("")), named.file_name())
    }

    fn at(folder: &Path, file: Option<&std::ffi::OsStr>) -> Result<Self, Failure> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let real = folder.canonicalize().map_err(|error| missing(folder, &error))?;
        let has_file = |folder: &&Path| folder.join(PROJECT_FILE).is_file();
        let root = match real.ancestors().find(has_file) {
            Some(root) => root,
            None if file.is_some() => around(&real),
            None => &real,
        };
        let only = file.map(|file| inside(root, &real.join(file))).transpose()?;
        let world = DiskWorld::new(root).map_err(|error| missing(root, &error))?;
        let prefix = shown(root);
        Ok(Self { world, only, prefix: if prefix == "." { String::new() } else { prefix } })
    }

    /// A path of the project as people here would type it.
    pub fn shown(&self, path: &str) -> String {
        if self.prefix.is_empty() { path.to_owned() } else { format!("{}/{path}", self.prefix) }
    }
}

/// What is said of a file in MDX.
pub fn mdx(file: &Path) -> Failure {
    Failure::new(format!("`{}` is MDX, which is not read as it is", file.display())).help(format!(
        "copy it to `{}` and name that: its Markdown is read, and what is not is reported",
        file.with_extension("md").display()
    ))
}

/// The folder that a file in `folder` may name pictures of: its repository, else the current folder, else its own.
fn around(folder: &Path) -> &Path {
    let repository = folder.ancestors().find(|folder| folder.join(".git").exists());
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
    // Not all of a disk, nor all that a person has.
    let home = std::env::home_dir().and_then(|home| home.canonicalize().ok());
    let is_small = |here: &Path| here.parent().is_some() && home.as_deref() != Some(here);
    let current =
        || folder.ancestors().find(|ancestor| here.as_deref() == Some(*ancestor) && is_small(ancestor));
    repository.or_else(current).unwrap_or(folder)
}

fn inside(root: &Path, file: &Path) -> Result<ProjectPath, Failure> {
    let below = file.strip_prefix(root).ok().and_then(Path::to_str);
    below.and_then(|below| ProjectPath::new(below).ok()).ok_or_else(|| {
        Failure::new(format!("the name of `{}` is not valid text", file.display()))
            .help("give the file a name in UTF-8 without backslashes")
    })
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|end| MARKDOWN.iter().any(|known| end.eq_ignore_ascii_case(known)))
}

fn missing(path: &Path, error: &std::io::Error) -> Failure {
    if error.kind() == std::io::ErrorKind::NotFound {
        return Failure::new(format!("there is no `{}`", path.display()))
            .help("name a project's folder or a guide's Markdown file; `guidemark new DIR` makes a project");
    }
    Failure::new(format!("cannot read `{}`: {}", path.display(), in_words(error)))
}

/// A canonical path as seen from the current folder: the shorter of relative and absolute in climbing.
pub fn shown(path: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    relative(&here, path).unwrap_or_else(|| path.to_owned()).display().to_string()
}

/// The way from one canonical folder to another, if they share more than the root of the file system.
fn relative(from: &Path, to: &Path) -> Option<PathBuf> {
    let normal = |part: &Component<'_>| matches!(part, Component::Normal(_));
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if !from.iter().take(same).any(normal) {
        return None;
    }
    let up = std::iter::repeat_n(Component::ParentDir, from.len() - same);
    let way: PathBuf = up.chain(to.into_iter().skip(same)).collect();
    Some(if way.as_os_str().is_empty() { PathBuf::from(".") } else { way })
}

#[cfg(test)]
mod tests {
    use super::relative;
    use std::path::Path;

    #[test]
    fn the_way_between_two_folders() {
        let way = |from, to| relative(Path::new(from), Path::new(to)).map(|way| way.display().to_string());
        assert_eq!(way("/a/b", "/a/b").as_deref(), Some("."));
        assert_eq!(way("/a/b", "/a/b/c").as_deref(), Some("c"));
        assert_eq!(way("/a/b/guides", "/a/b").as_deref(), Some(".."));
        assert_eq!(way("/a/b", "/a/c/d").as_deref(), Some("../c/d"));
        assert_eq!(way("/home/me", "/tmp/x"), None);
    }
}

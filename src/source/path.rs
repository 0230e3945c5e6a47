//! Paths that cannot leave the project.

use std::fmt;

/// A path inside a project: relative to its root, `/` between parts, no `.`, `..` or empty part.
/// The empty path is the root itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ProjectPath(String);

/// How the names of Markdown files end.
pub const MARKDOWN: [&str; 2] = ["md", "markdown"];

/// Why a written path is no path of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadPath {
    /// It starts at the root of the file system or at a drive.
    Absolute,
    /// Its `..` climb out of the project.
    Outside,
    /// It holds a character no file name may have (NUL).
    Invalid,
}

impl ProjectPath {
    /// The project's root.
    pub fn root() -> Self {
        Self::default()
    }

    /// A path written relative to the root.
    ///
    /// # Errors
    /// [`BadPath`] if it is absolute, climbs out, or holds NUL.
    pub fn new(path: &str) -> Result<Self, BadPath> {
        Self::root().join(path)
    }

    /// A path written relative to this folder, as links in a file of this folder are.
    ///
    /// # Errors
    /// [`BadPath`] if it is absolute, climbs out, or holds NUL.
    pub fn join(&self, path: &str) -> Result<Self, BadPath> {
        if path.contains('\0') {
            return Err(BadPath::Invalid);
        }
        let drive =
            path.as_bytes().get(1) == Some(&b':') && path.starts_with(|c: char| c.is_ascii_alphabetic());
        if path.starts_with(['/', '\\']) || drive {
            return Err(BadPath::Absolute);
        }
        let mut parts: Vec<&str> = self.0.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split(['/', '\\']) {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop().ok_or(BadPath::Outside)?;
                }
                part => parts.push(part),
            }
        }
        Ok(Self(parts.join("/")))
    }

    /// The folder that holds this file; of the root, the root.
    pub fn parent(&self) -> Self {
        Self(self.0.rsplit_once('/').map(|(parent, _)| parent.to_owned()).unwrap_or_default())
    }

    /// This folder and those above it, the nearest first and the root last.
    pub fn upwards(&self) -> impl Iterator<Item = Self> + use<> {
        std::iter::successors(Some(self.clone()), |at| (!at.0.is_empty()).then(|| at.parent()))
    }

    /// The last part; empty for the root.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(self.0.as_str(), |(_, name)| name)
    }

    /// The name without its last extension.
    pub fn stem(&self) -> &str {
        let name = self.name();
        name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or(name, |(stem, _)| stem)
    }

    /// The last extension in lower case; empty if there is none.
    pub fn extension(&self) -> String {
        let name = self.name();
        name.rsplit_once('.')
            .filter(|(stem, _)| !stem.is_empty())
            .map_or(String::new(), |(_, e)| e.to_lowercase())
    }

    /// Whether it names a Markdown file: `.md`, `.markdown`.
    pub fn is_markdown(&self) -> bool {
        MARKDOWN.contains(&self.extension().as_str())
    }

    /// The files that a link to this path may mean, the first that there is, as other generators read it: itself, and Markdown
    /// files unless it names one.
    pub fn pages(&self) -> Vec<ProjectPath> {
        if self.0.is_empty() || self.is_markdown() {
            return vec![self.clone()];
        }
        let ends = ["", ".md", ".markdown", "/index.md", "/README.md"];
        ends.iter().filter_map(|end| Self::new(&format!("{self}{end}")).ok()).collect()
    }

    /// This path as an address written in a file of `folder`: with `../` where it lies elsewhere, and with what means something
    /// in addresses encoded.
    pub fn relative_to(&self, folder: &ProjectPath) -> String {
        let own: Vec<&str> = self.0.split('/').filter(|part| !part.is_empty()).collect();
        let from: Vec<&str> = folder.0.split('/').filter(|part| !part.is_empty()).collect();
        let same = own.iter().zip(&from).take_while(|(one, other)| one == other).count();
        let up = from.iter().skip(same).map(|_| "..");
        let parts: Vec<&str> = up.chain(own.into_iter().skip(same)).collect();
        parts.join("/").replace('%', "%25").replace('?', "%3F").replace('#', "%23")
    }

    /// Whether this path is `folder` or lies below it.
    pub fn is_below(&self, folder: &ProjectPath) -> bool {
        folder.0.is_empty()
            || self.0 == folder.0
            || self.0.strip_prefix(&folder.0).is_some_and(|rest| rest.starts_with('/'))
    }

    /// The path as text, with `/` between its parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProjectPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "." } else { &self.0 })
    }
}

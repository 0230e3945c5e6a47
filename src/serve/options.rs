//! What a server is asked to do.

use crate::browser::LaunchOptions;
use crate::cache::Cache;
use crate::source::ProjectPath;

/// The port that is tried first.
pub const DEFAULT_PORT: u16 = 4747;

/// What a server is asked to do.
#[derive(Debug, Clone, Default)]
pub struct ServeOptions {
    /// The one guide to serve; `None`: the whole project.
    pub only: Option<ProjectPath>,
    /// Name or address to listen on; `None`: this machine alone.
    pub host: Option<String>,
    /// The port, and no other; 0 for any free one. `None`: [`DEFAULT_PORT`], or a free one near it.
    pub port: Option<u16>,
    /// Look at the files again and again instead of waiting for the system to report changes.
    pub poll: bool,
    /// How many guides at once; 0 counts as 1.
    pub jobs: usize,
    /// The command that starts the author's editor, if it is known: links to sources lead there.
    pub editor: Option<String>,
    /// Where finished screenshots are kept.
    pub cache: Option<Cache>,
    /// The browser that draws exports and records, if there is one.
    pub browser: Option<LaunchOptions>,
    /// What recordings are shown on.
    pub screen: Screen,
    /// Values of variables of the environment, which replays may type.
    pub lookup: Option<fn(&str) -> Option<String>>,
}

/// What the browser of a recording is shown on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Screen {
    /// There is none: nothing can be recorded.
    #[default]
    Missing,
    /// The author's.
    Shown,
    /// Nothing: another program drives the browser, whose address is given.
    Hidden,
}

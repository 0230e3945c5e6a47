//! What several commands share: how many at once, and numbers for people.

use super::args::Work;
use super::target::Target;
use crate::cache::{Cache, DEFAULT_LIMIT};
use crate::diagnostic::Failure;
use crate::project;
use crate::serve::Screen;
use crate::source::{World, in_words};
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// A project with at least one guide, or one whose project file keeps them from being found.
///
/// # Errors
/// [`Failure`] if there is nothing to work on.
pub fn expect_guides(target: &Target, world: &dyn World) -> Result<project::Project, Failure> {
    let project::Loaded { project, diagnostics } = project::load(world, target.only.as_ref());
    if project.guides.is_empty() && diagnostics.is_empty() {
        let here = if target.prefix.is_empty() { "here" } else { &format!("in `{}`", target.prefix) };
        let help = "make one in the browser with `guidemark serve --open`, or start with one that works: `guidemark new DIR`";
        return Err(Failure::new(format!("there is no guide {here}")).help(help));
    }
    Ok(project)
}

/// How many guides at once, and threads for their screenshots.
pub fn jobs(work: &Work) -> usize {
    let jobs = work.jobs.map_or_else(processors, NonZeroUsize::get);
    // Set already by an earlier call, or no threads to be had: it works on the ones there are.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    jobs
}

/// Where finished screenshots are kept: as was typed, else `GUIDEMARK_CACHE`, else in the user's cache folder.
pub fn cache(work: &Work) -> Option<Cache> {
    let folder = work.cache.clone().or_else(|| folder("GUIDEMARK_CACHE")).or_else(users_cache)?;
    (!work.no_cache).then(|| Cache::new(folder, DEFAULT_LIMIT))
}

/// What a window can be shown on.
pub fn screen() -> Screen {
    let missing =
        cfg!(target_os = "linux") && variable("DISPLAY").is_none() && variable("WAYLAND_DISPLAY").is_none();
    if missing { Screen::Missing } else { Screen::Shown }
}

/// The user's cache folder, as each system has it.
pub fn users_cache() -> Option<PathBuf> {
    let home = || folder("HOME");
    let caches = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Caches"))
    } else {
        let named = folder("XDG_CACHE_HOME").filter(|folder| folder.is_absolute());
        named.or_else(|| home().map(|home| home.join(".cache")))
    };
    caches.map(|caches| caches.join("guidemark"))
}

fn folder(name: &str) -> Option<PathBuf> {
    variable(name).map(PathBuf::from)
}

/// What a variable of the environment says; `None` if it is not set, or empty.
pub fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The same as text.
pub fn variable_text(name: &str) -> Option<String> {
    variable(name)?.into_string().ok()
}

/// Makes a folder that other users of the machine can't read.
///
/// # Errors
/// A failure if the system refuses it.
pub fn private_folder(folder: &Path) -> Result<(), Failure> {
    let made = std::fs::create_dir_all(folder).and_then(|()| {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
        }
        Ok(())
    });
    made.map_err(|error| Failure::new(format!("cannot write `{}`: {}", folder.display(), in_words(&error))))
}

/// How many processors this process may use.
pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// `1 guide`, `2 guides`.
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// `812 bytes`, `40 kB`, `1.2 MB`.
pub fn bytes(number: u64) -> String {
    match number {
        0..1_000 => format!("{number} bytes"),
        1_000..999_500 => format!("{} kB", (number + 500) / 1_000),
        _ => {
            let tenths = (number + 50_000) / 100_000;
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn bytes_are_told_in_the_unit_that_fits() {
        let texts: Vec<String> = [0, 999, 1_000, 40_400, 999_499, 999_500, 1_249_999].map(bytes).to_vec();
        assert_eq!(texts, ["0 bytes", "999 bytes", "1 kB", "40 kB", "999 kB", "1.0 MB", "1.2 MB"]);
    }
}

//! Pictures from the browser: checked by their content, saved beside the guide under a clean name.

use super::refused::Refused;
use crate::author::written;
use crate::guide::{self, Resolved};
use crate::shot;
use crate::source::{DiskWorld, ProjectPath, in_words, real_folders};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Where the screenshots of a guide go that has none.
const FOLDER: &str = "shots";

/// Saves a picture; returns its path relative to the guide. It is called as the file `given` was, without what has no place in
/// an address; if that says nothing of it, by the `title` of its step, else by the next number. A name with `@2x` has two
/// pixels a point.
///
/// # Errors
/// [`Refused`] if the bytes are no picture we can use, or can't be saved.
pub fn save(
    world: &DiskWorld,
    guide: &ProjectPath,
    resolved: Option<&Resolved>,
    bytes: &[u8],
    (given, title): (&str, &str),
) -> Result<String, Refused> {
    let canvas =
        shot::decode(bytes).map_err(|broken| Refused::NoPicture(format!("the file {}", broken.message)))?;
    let sharp = given.contains("@2x.")
        || resolved.is_some_and(|guide| has_sharp(guide, canvas.width(), canvas.height()));
    let ending = format!("{}.{}", if sharp { "@2x" } else { "" }, shot::ending(bytes));
    let home = guide.parent();
    let folder = folder(&home, resolved);
    let real = made(world, &home, &folder)?;
    let failed =
        |error: std::io::Error| Refused::Failed(format!("cannot write to `{folder}`: {}", in_words(&error)));
    let mut file = written(&real, bytes).map_err(failed)?;
    let stems: Vec<String> = fs::read_dir(&real).map_err(failed)?.flatten().map(stem).collect();
    let mut name = match name_of_stem(given.rsplit_once('.').map_or(given, |(stem, _)| stem))
        .or_else(|| name_of_title(title))
    {
        Some(name) => Name::Given(name, 1),
        None => Name::after(&stems),
    };
    loop {
        let chosen = format!("{}{ending}", name.text());
        // `shot@2x.png` beside `shot.png` would be taken for the same picture.
        if stems.iter().any(|stem| stem.eq_ignore_ascii_case(&name.text())) {
            name.count();
            continue;
        }
        match file.persist_noclobber(real.join(&chosen)) {
            Ok(_) => return Ok(relative(&folder, &home, &chosen)),
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
                file = error.file;
                name.count();
            }
            Err(error) => return Err(failed(error.error)),
        }
    }
}

/// The folder that most likely holds the guide's screenshots: that of its last one, if it lies in the guide's.
fn folder(home: &ProjectPath, resolved: Option<&Resolved>) -> ProjectPath {
    let last = resolved
        .and_then(|guide| Some(guide.first(&guide.light_shots().last()?.picture.path)))
        .map(ProjectPath::parent);
    let beside = last.filter(|folder| folder.is_below(home));
    beside.unwrap_or_else(|| home.join(FOLDER).unwrap_or_else(|_| home.clone()))
}

/// The folder on the disk, made if there is none; never one that a link puts elsewhere.
fn made(world: &DiskWorld, home: &ProjectPath, folder: &ProjectPath) -> Result<PathBuf, Refused> {
    let found = |path: &ProjectPath| world.locate(path).map_err(|error| Refused::Failed(error.about(path)));
    let real_home = found(home)?;
    let below = folder.as_str().strip_prefix(home.as_str()).unwrap_or(folder.as_str());
    real_folders(&real_home, Path::new(below.trim_start_matches('/'))).map_err(|error| {
        Refused::Failed(match error.kind() {
            ErrorKind::InvalidData => format!("`{folder}` is not a folder, or leads through a link"),
            _ => format!("cannot make the folder `{folder}`: {}", in_words(&error)),
        })
    })?;
    found(folder)
}

/// Whether the guide has a picture of two pixels a point in this size.
fn has_sharp(guide: &Resolved, width: u32, height: u32) -> bool {
    let pictures = guide.shots.iter().map(|shot| &shot.picture);
    pictures.into_iter().any(|known| known.density == 2 && (known.width, known.height) == (width, height))
}

/// A file's name without its endings: `07` of `07@2x.png`.
fn stem(entry: fs::DirEntry) -> String {
    let name = entry.file_name();
    let stem = Path::new(&name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    stem.strip_suffix("@2x").map(str::to_owned).unwrap_or(stem)
}

fn relative(folder: &ProjectPath, home: &ProjectPath, name: &str) -> String {
    let below = folder.as_str().strip_prefix(home.as_str()).unwrap_or(folder.as_str());
    format!("{}/{name}", below.trim_start_matches('/')).trim_start_matches('/').to_owned()
}

/// Names that programs give to any picture, in lower case: they say nothing of it.
const NAMELESS: [&str; 12] = [
    "screenshot",
    "screen-shot",
    "screen_shot",
    "bildschirmfoto",
    "capture",
    "captura",
    "image",
    "img",
    "clipboard",
    "pasted",
    "untitled",
    "unnamed",
];
/// Longest name made from a title, in words.
const WORDS: usize = 6;
/// Longest name, in letters.
const LETTERS: usize = 60;

/// A file's name, cleaned, if it says something of the picture.
fn name_of_stem(stem: &str) -> Option<String> {
    let stem = stem.rsplit(['/', '\\']).next().unwrap_or_default().replace("@2x", "").to_lowercase();
    let name = clean(&stem)?;
    (!NAMELESS.iter().any(|nameless| name.starts_with(nameless))).then_some(name)
}

/// A name made from the title of a step.
fn name_of_title(title: &str) -> Option<String> {
    let words: Vec<&str> = title.split_whitespace().take(WORDS).collect();
    clean(&words.join("-").to_lowercase())
}

/// Letters, digits, `-` and `_` of a text; `None` if there are none.
fn clean(text: &str) -> Option<String> {
    let plain = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '-' };
    let cut: String = text.chars().map(plain).take(LETTERS).collect();
    let has_letter = cut.contains(|c: char| c.is_alphanumeric());
    has_letter.then(|| guide::slug_of(&cut))
}

/// The name of the next picture.
#[derive(Debug, PartialEq, Eq)]
enum Name {
    /// As it was called, and which of that name it is.
    Given(String, u64),
    /// It goes on counting as its neighbours do, `07` after `06`.
    Counted { before: &'static str, number: u64, digits: usize },
}

impl Name {
    fn after(stems: &[String]) -> Self {
        let numbered = |stem: &&String| stem.len() <= 6 && stem.bytes().all(|byte| byte.is_ascii_digit());
        let last = stems
            .iter()
            .filter(numbered)
            .filter_map(|stem| Some((stem.parse::<u64>().ok()?, stem.len())))
            .max();
        match last {
            Some((number, digits)) => Self::Counted { before: "", number: number + 1, digits },
            None if stems.is_empty() => Self::Counted { before: "", number: 1, digits: 2 },
            None => Self::Counted { before: "screenshot-", number: 1, digits: 1 },
        }
    }

    /// The next one.
    fn count(&mut self) {
        let (Self::Given(_, number) | Self::Counted { number, .. }) = self;
        *number += 1;
    }

    fn text(&self) -> String {
        match self {
            Self::Given(name, 1) => name.clone(),
            Self::Given(name, number) => format!("{name}-{number}"),
            Self::Counted { before, number, digits } => format!("{before}{number:0digits$}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Name, name_of_stem, name_of_title};

    #[test]
    fn names_go_on_as_the_folder_has_them() {
        let name = |stems: &[&str]| {
            Name::after(&stems.iter().map(|stem| (*stem).to_owned()).collect::<Vec<_>>()).text()
        };
        assert_eq!(name(&[]), "01");
        assert_eq!(name(&["01", "09", "logo"]), "10");
        assert_eq!(name(&["7"]), "8");
        assert_eq!(name(&["home", "menu"]), "screenshot-1");
    }

    #[test]
    fn a_name_that_says_something_is_kept() {
        for (given, name) in [
            ("Log in", Some("log-in")),
            ("01", Some("01")),
            ("Menü (offen)@2x", Some("menü-offen")),
            ("../../etc/passwd", Some("passwd")),
            ("a.b", Some("a-b")),
            ("con", Some("guide-con")),
            ("Screenshot 2026-11-25 at 10.31.02", None),
            ("image", None),
            ("IMG_2041", None),
            ("…", None),
            ("", None),
        ] {
            assert_eq!(name_of_stem(given).as_deref(), name, "{given}");
        }
        assert_eq!(
            name_of_title("Open the **menu** in the upper corner").as_deref(),
            Some("open-the-menu-in-the-upper")
        );
    }
}

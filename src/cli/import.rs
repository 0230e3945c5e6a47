//! `guidemark import`: a guide from what people have.

use super::Status;
use super::args::Import;
use super::chromium;
use super::printer::Printer;
use super::target::PROJECT_FILE;
use crate::author::{new_folder, put_file};
use crate::diagnostic::Failure;
use crate::edit::{DraftValue, Edit, MetaEdit, apply, change};
use crate::import::{self, Density, Fetcher, ImportError, Imported, Offline, PictureFile, Wanted, Web};
use crate::source::{DiskWorld, MARKDOWN, ProjectPath, Source, in_words};
use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The most bytes of one picture.
const MAX_PICTURE: u64 = 64 << 20;

/// Runs the command.
pub fn run(args: &Import, printer: &Printer) -> Result<Status, Failure> {
    found(&args.files)?;
    if let [file] = args.files.as_slice()
        && has_ending(file, &["json"])
    {
        return recorded(file, args, printer);
    }
    let mut imported = read(args)?;
    let title = args.title.clone().unwrap_or_else(|| guessed_title(&imported, &args.files));
    imported.draft.title = title;
    if let Some(app) = &args.app {
        imported.draft.keys.retain(|(key, _)| key != "app");
        imported.draft.keys.push(("app".to_owned(), DraftValue::Text(app.clone())));
    }
    let folder = folder_for(args, &imported.draft.title);
    write(&imported, &folder)?;
    report(&imported, args, &folder, printer);
    Ok(Status::Done)
}

/// Says so if nothing lies at any of the paths.
fn found(files: &[PathBuf]) -> Result<(), Failure> {
    let is_missing =
        |path: &PathBuf| fs::metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound);
    match files.first() {
        Some(first) if files.iter().all(is_missing) => {
            let help = "name what lies on this machine: screenshots or a folder of them, a Markdown file, a trace, a recording";
            Err(Failure::new(format!("there is no `{}`", first.display())).help(help))
        }
        _ => Ok(()),
    }
}

impl From<ImportError> for Failure {
    fn from(ImportError { message, help, line: _ }: ImportError) -> Self {
        Self::new(message).help(help)
    }
}

fn read(args: &Import) -> Result<Imported, Failure> {
    let fetcher: &dyn Fetcher = if args.offline { &Offline } else { &Web::default() };
    match args.files.as_slice() {
        [folder] if folder.is_dir() => match only_guide(folder)? {
            Some(guide) => exported(&guide, fetcher),
            None => Ok(import::pictures(picture_files(&entries(folder)?))?),
        },
        [file] if is_markdown(file) => exported(file, fetcher),
        [file] if has_ending(file, &["mdx"]) => Err(super::target::mdx(file)),
        [file] if has_ending(file, &["zip"]) => traced(file, args),
        files => Ok(import::pictures(picture_files(files))?),
    }
}

/// A recording of Chrome's DevTools, done again.
fn recorded(file: &Path, args: &Import, printer: &Printer) -> Result<Status, Failure> {
    let long = fs::metadata(file).is_ok_and(|found| found.len() > MAX_PICTURE);
    let text = if long {
        Err("it is too large".to_owned())
    } else {
        fs::read_to_string(file).map_err(|error| in_words(&error))
    };
    let recording = import::recording(&text.map_err(|reason| unread(file, &reason))?)?;
    let title = args.title.as_ref().or(recording.script.title.as_ref());
    let folder = folder_for(args, title.map_or("", String::as_str));
    for note in &recording.notes {
        printer.say(&format!("note: {}", note.message));
    }
    super::record::again(&recording, args, &folder, printer)?;
    args.app.as_deref().map_or(Ok(Status::Done), |app| set_app(&folder.join("index.md"), app))
}

/// Says in a guide which application it is about.
fn set_app(guide: &Path, app: &str) -> Result<Status, Failure> {
    let text = fs::read_to_string(guide).map_err(|error| unread(guide, &in_words(&error)))?;
    let source = Source::new(ProjectPath::default(), text);
    let edit = Edit::Meta(MetaEdit::App { value: Some(app.to_owned()) });
    let changed = change(&source, &edit, None).map_err(|refusal| Failure::new(refusal.message))?;
    let text = apply(source.text(), &changed);
    put_file(guide, text.as_bytes()).map_err(|error| unread(guide, &in_words(&error)))?;
    Ok(Status::Done)
}

/// A guide in a Markdown file. Only what lies in its folder is read, or in the project or repository that this belongs to.
fn exported(file: &Path, fetcher: &dyn Fetcher) -> Result<Imported, Failure> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().map_err(|error| unread(file, &in_words(&error)))?;
    let is_root = |at: &&Path| at.join(PROJECT_FILE).is_file() || at.join(".git").exists();
    let root = folder.ancestors().find(is_root).unwrap_or(&folder);
    let below = folder.join(file.file_name().unwrap_or_default());
    let below =
        below.strip_prefix(root).ok().and_then(Path::to_str).and_then(|name| ProjectPath::new(name).ok());
    let below = below.ok_or_else(|| unread(file, "its name is not valid text"))?;
    let world = DiskWorld::new(root).map_err(|error| unread(file, &in_words(&error)))?;
    import::exported(&below, &world, fetcher).map_err(|error| {
        let place = error.line.map(|line| format!("{}:{line}: ", file.display())).unwrap_or_default();
        Failure::new(format!("{place}{}", error.message)).help(error.help)
    })
}

/// A guide from a trace. Its pages are drawn by a browser of our own.
fn traced(file: &Path, args: &Import) -> Result<Imported, Failure> {
    let browser = chromium::launch("the pages of the trace can't be drawn")?;
    let density = args.scale.map(|scale| if scale == 1 { Density::One } else { Density::Two });
    let wanted = Wanted { title: args.title.as_deref(), lang: args.lang.as_deref().unwrap_or("en") };
    Ok(import::trace(file, &browser, density, wanted)?)
}

/// The Markdown file of a folder that holds just one.
fn only_guide(folder: &Path) -> Result<Option<PathBuf>, Failure> {
    let mut guides = entries(folder)?.into_iter().filter(|path| is_markdown(path));
    let first = guides.next();
    Ok(first.filter(|_| guides.next().is_none()))
}

/// What lies in a folder, without hidden files and folders.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error: std::io::Error| unread(folder, &in_words(&error));
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && !entry.path().is_dir() {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

fn picture_files(paths: &[PathBuf]) -> impl Iterator<Item = PictureFile> {
    paths.iter().map(|path| {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let long = fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() > MAX_PICTURE);
        let bytes = match long {
            true => Err(format!("has more than {} MB", MAX_PICTURE >> 20)),
            false => fs::read(path).map_err(|error| format!("can't be read: {}", in_words(&error))),
        };
        PictureFile { name, bytes }
    })
}

fn is_markdown(path: &Path) -> bool {
    has_ending(path, &MARKDOWN)
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|end| endings.iter().any(|known| end.eq_ignore_ascii_case(known)))
}

/// What the guide is called where nobody says it: what its file says, else the name of its folder.
fn guessed_title(imported: &Imported, files: &[PathBuf]) -> String {
    let name = match files {
        [folder] if folder.is_dir() => {
            folder.canonicalize().unwrap_or(folder.clone()).file_name().map(OsStr::to_owned)
        }
        _ => None,
    };
    let name = name
        .map(|name| name.to_string_lossy().replace(['-', '_'], " "))
        .filter(|name| !name.trim().is_empty());
    let title = imported.draft.title.clone();
    if title.is_empty() { name.unwrap_or_else(|| "New guide".to_owned()) } else { title }
}

/// Where the guide goes. A name that is made up is never one that is taken: the source may lie under it.
fn folder_for(args: &Import, title: &str) -> PathBuf {
    if let Some(folder) = &args.output {
        return folder.clone();
    }
    let folder = default_folder(title);
    let is_taken = |folder: &PathBuf| {
        let is_empty =
            |folder: &PathBuf| fs::read_dir(folder).is_ok_and(|mut inside| inside.next().is_none());
        fs::symlink_metadata(folder).is_ok() && !is_empty(folder)
    };
    if args.title.is_some() || !is_taken(&folder) {
        return folder;
    }
    let named = |end: String| folder.with_file_name(import::folder_name(title) + &end);
    let names = (2..=99).map(|number| named(format!("-guide-{number}")));
    let free = std::iter::once(named("-guide".to_owned())).chain(names).find(|folder| !is_taken(folder));
    free.unwrap_or(folder)
}

/// In `guides` of the project around the current folder, else in the current folder.
fn default_folder(title: &str) -> PathBuf {
    let name = import::folder_name(title);
    let here = std::env::current_dir().unwrap_or_default();
    let root = here.ancestors().position(|folder| folder.join(PROJECT_FILE).is_file());
    match root {
        Some(up) => (0..up).fold(PathBuf::new(), |path, _| path.join("..")).join("guides").join(name),
        None => PathBuf::from(name),
    }
}

fn write(imported: &Imported, folder: &Path) -> Result<(), Failure> {
    let refused = |refusal: crate::edit::Refusal| Failure::new(refusal.message);
    let markdown = imported.draft.markdown().map_err(refused)?;
    let pictures = imported.pictures.iter().map(|picture| (picture.path.as_str(), picture.bytes.as_slice()));
    let lock = imported.lock.as_ref().map(|lock| ("capture.json", lock.as_bytes()));
    let files = std::iter::once(("index.md", markdown.as_bytes())).chain(lock).chain(pictures);
    new_folder(folder, files).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::new(format!("`{}` is there already", folder.display()))
            .help("name another folder with `--output`, or give the guide another `--title`"),
        _ => Failure::new(format!("cannot write to `{}`: {}", folder.display(), in_words(&error))),
    })
}

fn report(imported: &Imported, args: &Import, folder: &Path, printer: &Printer) {
    let steps: usize = imported.draft.chapters.iter().map(|chapter| chapter.steps.len()).sum();
    let count = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    let file = match args.files.as_slice() {
        [folder] if folder.is_dir() => only_guide(folder).ok().flatten(),
        files => files.first().cloned(),
    };
    let file = file.unwrap_or_default();
    for note in &imported.notes {
        let place = note.line.map(|line| format!("{}:{line}: ", file.display())).unwrap_or_default();
        printer.say(&format!("note: {place}{}", note.message));
    }
    let counts = format!("{} and {}", count(steps, "step"), count(imported.pictures.len(), "screenshot"));
    printer.say(&format!(
        "made `{}` with {counts}; to see and edit it, type\n\n    guidemark serve {} --open",
        folder.join("index.md").display(),
        super::new::quoted(&folder.display().to_string()),
    ));
}

fn unread(path: &Path, reason: &str) -> Failure {
    Failure::new(format!("cannot read `{}`: {reason}", path.display()))
}

//! `guidemark export`: a guide for places where a page can't go.

use super::Status;
use super::args::{Export, ExportFlavour, ExportForm, ExportMotion, ExportScheme};
use super::chromium;
use super::printer::Printer;
use super::target::Target;
use super::work;
use crate::author::{new_folder, put_of_kind};
use crate::browser::Browser;
use crate::diagnostic::{Failure, Report};
use crate::export::{
    self, ExportError, ExportOptions, Exported, Exporting, FilmOptions, Flavour, Form, Motion, NotReady,
    Ready, Scheme, ScormVersion,
};
use crate::site::{BuildWorld, Outcome};
use crate::source::{ProjectPath, in_words};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Runs the command.
pub fn run(args: &Export, printer: &Printer) -> Result<Status, Failure> {
    let options = options(args);
    if let Some(failure) = misplaced(args, options.form) {
        return Err(failure);
    }
    let launched = export::needs_browser(options.form).then(|| chromium::launch("the guide can't be drawn"));
    let (browser, missing) = match launched.transpose() {
        Ok(browser) => (browser, None),
        // Simple figures are drawn without.
        Err(missing) if export::may_be_undrawn(&options) => (None, Some(missing)),
        Err(missing) => return Err(missing),
    };
    let mut status = Status::Done;
    for guide in &args.guides {
        if one(guide, args, &options, (browser.as_ref(), missing.as_ref()), printer)? == Status::Findings {
            status = Status::Findings;
        }
    }
    Ok(status)
}

fn options(args: &Export) -> ExportOptions {
    let flavour = match args.flavour {
        Some(ExportFlavour::Confluence) => Flavour::Confluence,
        Some(ExportFlavour::Notion) => Flavour::Notion,
        Some(ExportFlavour::Github) | None => Flavour::Github,
    };
    let form = match args.to {
        ExportForm::Pdf => Form::Pdf,
        ExportForm::Png => Form::Png,
        ExportForm::Md => Form::Markdown(flavour),
        ExportForm::Docx => Form::Docx,
        ExportForm::Mp4 => Form::Mp4,
        ExportForm::Webm => Form::Webm,
        ExportForm::Gif => Form::Gif,
        ExportForm::Webp => Form::Webp,
        ExportForm::Scorm => Form::Scorm(ScormVersion::V1_2),
        ExportForm::Scorm2004 => Form::Scorm(ScormVersion::V2004),
    };
    let scheme = match args.scheme {
        Some(ExportScheme::Dark) => Scheme::Dark,
        Some(ExportScheme::Light) | None => Scheme::Light,
    };
    let motion = args.motion.map(|motion| match motion {
        ExportMotion::Full => Motion::Full,
        ExportMotion::Steps => Motion::Steps,
    });
    let pace = args.pace.unwrap_or(FilmOptions::default().pace);
    let film = FilmOptions { motion, fps: args.fps, pace, max: args.max, chapter: args.chapter };
    ExportOptions { form, size: args.size, scheme, steps: args.steps.clone(), film }
}

/// What is asked for that the form has nothing of: it would be left out without a word.
fn misplaced(args: &Export, form: Form) -> Option<Failure> {
    let moves = export::moves(form);
    let given = [
        ("--size", args.size.is_some(), moves),
        ("--steps", args.steps.is_some(), moves),
        ("--chapter", args.chapter.is_some(), moves),
        ("--motion", args.motion.is_some(), moves),
        ("--fps", args.fps.is_some(), moves),
        ("--pace", args.pace.is_some(), moves),
        ("--max", args.max.is_some(), moves),
        ("--scheme", args.scheme.is_some(), export::has_scheme(form)),
        ("--flavour", args.flavour.is_some(), matches!(form, Form::Markdown(_))),
    ];
    let (option, ..) = given.into_iter().find(|(_, given, fits)| *given && !fits)?;
    let help = match option {
        "--scheme" if form == Form::Pdf => "a document is printed on white: leave it out",
        "--scheme" => "a course follows the reader's system: leave it out",
        "--flavour" => "it is of `--to md`: leave it out",
        _ => "it is of films and animations (`mp4`, `webm`, `gif`, `webp`): leave it out",
    };
    let name = export::NAMED.iter().find(|(_, known)| same_kind(*known, form)).map_or("", |(name, _)| name);
    Some(Failure::new(format!("`--to {name}` takes no `{option}`")).help(help))
}

/// Whether forms are the same but for the wiki that they are for.
fn same_kind(one: Form, other: Form) -> bool {
    one == other || matches!((one, other), (Form::Markdown(_), Form::Markdown(_)))
}

fn one(
    path: &Path,
    args: &Export,
    options: &ExportOptions,
    browser: (Option<&Browser>, Option<&Failure>),
    printer: &Printer,
) -> Result<Status, Failure> {
    // The folder of a guide stands for it.
    let inside = path.join("index.md");
    let path = if path.is_dir() && inside.is_file() { &inside } else { path };
    let target = Target::find(Some(path))?;
    let Some(only) = target.only.clone() else {
        return Err(Failure::new(format!("`{}` is a project", path.display()))
            .help("name the Markdown files of guides, or their folders"));
    };
    let cache = work::cache(&args.work);
    let world = BuildWorld::new(&target.world, cache.as_ref(), SystemTime::now());
    let ready = Ready::make(&world, &only, work::jobs(&args.work), cache, args.lang.as_deref());
    world.save(false);
    let ready = match ready {
        Ok(ready) => ready,
        Err(NotReady::Wrong(outcome)) => return broken(&outcome, &target, printer),
        Err(NotReady::Failed(why)) => return Err(Failure::new(why)),
    };
    let exported = exported(&only, ready.exporting(&target.world), options, browser, printer)?;
    let written = write(&exported, args.output.as_deref(), args.guides.len() > 1, path)?;
    printer.say(&format!("wrote `{}`", written.display()));
    let lost = ready.lost_links();
    if export::has_links(options.form) && !lost.is_empty() {
        let lost = lost.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ");
        printer.always(&format!("warning: `{only}`: {lost} can't be followed from there: the links are text\nhelp: `base_url` in `guidemark.toml` says where other guides are published; name files by `https://…`"));
    }
    if let Some(letters) = export::small_letters(options) {
        let small = format!(
            "warning: letters of its cards are {letters} pixels high: make it 400 pixels wide or more"
        );
        printer.always(&small);
    }
    Ok(Status::Done)
}

/// What is wrong with a guide that is not exported.
fn broken(outcome: &Outcome, target: &Target, printer: &Printer) -> Result<Status, Failure> {
    if let Some(failure) = &outcome.failure {
        return Err(failure.clone());
    }
    let mut diagnostics = outcome.diagnostics.clone();
    diagnostics.retain(crate::diagnostic::Diagnostic::is_error);
    let report = Report::new(&diagnostics, &outcome.sources, &target.prefix);
    printer.always(&report.short(printer.colored_err()));
    printer.say(&format!("{}", report.counts()));
    Ok(Status::Findings)
}

fn exported(
    path: &ProjectPath,
    exporting: Exporting<'_>,
    options: &ExportOptions,
    (browser, missing): (Option<&Browser>, Option<&Failure>),
    printer: &Printer,
) -> Result<Exported, Failure> {
    let bar = bar(printer);
    let mut progress = |done: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let made = export::export(exporting, options, browser, &mut progress);
    bar.finish_and_clear();
    made.map_err(|error| match error {
        ExportError::Browser(error) => chromium::failed("the guide can't be drawn", &error),
        ExportError::NoBrowser if missing.is_some() => {
            let Failure { message, help } = missing.cloned().unwrap_or_else(|| Failure::new(String::new()));
            Failure { message: format!("`{path}` has figures that only a browser draws: {message}"), help }
        }
        error => Failure::new(format!("`{path}`: {error}")),
    })
}

fn bar(printer: &Printer) -> ProgressBar {
    let target =
        if printer.is_watched() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(None, target);
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len}");
    if let Ok(style) = style { bar.with_style(style) } else { bar }
}

/// Writes what was made: whole or not at all. One file replaces one that an export wrote before, a folder never does.
fn write(
    exported: &Exported,
    output: Option<&Path>,
    several: bool,
    guide: &Path,
) -> Result<PathBuf, Failure> {
    let in_folder = exported.first().is_some_and(|(path, _)| path.contains('/'));
    let default =
        exported.first().map(|(path, _)| path.split('/').next().unwrap_or(path)).unwrap_or_default();
    let to = match output {
        Some(output) if several || (output.is_dir() && !in_folder) => output.join(default),
        Some(output) => output.to_owned(),
        None => PathBuf::from(default),
    };
    if !in_folder && same_file(&to, guide) {
        return Err(Failure::new(format!("`{}` is the guide itself", to.display()))
            .help("name another file with `--output`"));
    }
    let done = if in_folder {
        let below = |path: &str| path.split_once('/').map_or(path.to_owned(), |(_, below)| below.to_owned());
        let files: Vec<(String, &[u8])> =
            exported.iter().map(|(path, bytes)| (below(path), bytes.as_slice())).collect();
        new_folder(&to, files.iter().map(|(path, bytes)| (path.as_str(), *bytes)))
    } else {
        // Captions stand beside their film.
        let beside = |path: &str| to.with_extension(Path::new(path).extension().unwrap_or_default());
        let [first, rest @ ..] = exported.as_slice() else { return Ok(to) };
        let rest = rest.iter().map(|(path, bytes)| (beside(path), bytes.as_slice()));
        let files: Vec<(PathBuf, &[u8])> = rest.chain([(to.clone(), first.1.as_slice())]).collect();
        put_of_kind(&files)
    };
    done.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::new(format!("`{}` is there already", to.display()))
            .help("name another place with `--output`, or move it away; nothing was changed"),
        _ => Failure::new(format!("cannot write to `{}`: {}", to.display(), in_words(&error))),
    })?;
    Ok(to)
}

fn same_file(one: &Path, other: &Path) -> bool {
    one.canonicalize().ok().zip(other.canonicalize().ok()).is_some_and(|(one, other)| one == other)
}

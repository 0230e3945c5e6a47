//! `guidemark build`: the site, or the page of one guide.

use super::Status;
use super::args::Build;
use super::offers::Offers;
use super::printer::Printer;
use super::progress::Bar;
use super::shown;
use super::target::Target;
use super::work;
use crate::browser::file_address;
use crate::cache::Cache;
use crate::diagnostic::{Counts, Failure, Report};
use crate::shot::Purpose;
use crate::site::{
    self, BuildOptions, BuildWorld, DiskSink, Downloads, FileSink, Memory, Outcome, Place, Sink, Summary,
};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// Runs the command.
pub fn run(args: &Build, printer: &Printer) -> Result<Status, Failure> {
    let target = Target::find(args.path.as_deref())?;
    match (&target.only, &args.out, &args.output) {
        (Some(_), Some(_), _) => {
            Err(Failure::new("`--out` is for the site of a project, and this is one guide")
                .help("name the file for its page: `-o FILE`"))
        }
        (None, _, Some(_)) => Err(Failure::new("`-o` is for the page of one guide, and this is a project")
            .help("name a guide's Markdown file, or the folder for the site: `--out DIR`")),
        (Some(_), None, output) => one(args, &target, output.as_deref(), printer),
        (None, out, None) => whole(args, &target, out.as_deref(), printer),
    }
}

/// The site of a project.
fn whole(args: &Build, target: &Target, out: Option<&Path>, printer: &Printer) -> Result<Status, Failure> {
    let root = target.world.root();
    let default = || PathBuf::from(target.shown("public"));
    let out = out.map_or_else(default, Path::to_owned);
    let (cache, now) = (work::cache(&args.work), SystemTime::now());
    let world = BuildWorld::new(&target.world, cache.as_ref(), now);
    let guides = root.join(work::expect_guides(target, &world)?.settings.guides.as_str());
    let place = Place::new(&out, root, &guides.canonicalize().unwrap_or(guides))?;
    let index = place.path.join("index.html");
    let mut waited = false;
    let waiting = || {
        waited = true;
        printer.say(&format!("waiting for another build of `{}`", out.display()));
    };
    let sink = DiskSink::open(place, cache.as_ref(), now, waiting)?;
    // The project may have changed meanwhile.
    let world = if waited { BuildWorld::new(&target.world, cache.as_ref(), now) } else { world };
    // The process ends with the build: freeing many thousand names one by one would only take time.
    let world = ManuallyDrop::new(world);
    let outcome = build(args, target, &world, cache, &sink, printer);
    world.save(true);
    let status = tell(&outcome, target, printer)?;
    for left in &outcome.left {
        printer.always(&format!("warning: {left}"));
    }
    shown::tell(&outcome, target, printer);
    shown::not_built(&outcome, target, printer);
    sum_up(&outcome.summary, &out, &out.join("index.html"), &index, printer);
    Ok(status)
}

/// The page of one guide.
fn one(args: &Build, target: &Target, output: Option<&Path>, printer: &Printer) -> Result<Status, Failure> {
    let markdown = args.path.clone().unwrap_or_default();
    let output = output.map_or_else(|| markdown.with_extension("html"), Path::to_owned);
    let sink = FileSink::new(&output)?;
    let cache = work::cache(&args.work);
    let world = BuildWorld::new(&target.world, cache.as_ref(), SystemTime::now());
    let outcome = build(args, target, &world, cache, &sink, printer);
    world.save(false);
    let status = tell(&outcome, target, printer)?;
    shown::tell(&outcome, target, printer);
    let absolute = std::path::absolute(&output).unwrap_or_else(|_| output.clone());
    sum_up(&outcome.summary, &output, &output, &absolute, printer);
    Ok(status)
}

fn build(
    args: &Build,
    target: &Target,
    world: &BuildWorld<'_>,
    cache: Option<Cache>,
    sink: &dyn Sink,
    printer: &Printer,
) -> Outcome {
    let downloads: Option<Arc<dyn Downloads>> = Some(Arc::new(Offers::new(cache.clone())));
    let options = BuildOptions {
        only: target.only.clone(),
        drafts: args.drafts,
        jobs: work::jobs(&args.work),
        cache,
        fresh: args.work.no_cache,
        purpose: Purpose::Publish,
        downloads,
        lang: None,
    };
    let bar = Bar::new(printer);
    let mut memory = ManuallyDrop::new(Memory::default());
    let outcome = site::rebuild(world, &options, sink, &bar, &mut memory);
    bar.clear();
    outcome
}

/// What came of it and what to open.
fn sum_up(summary: &Summary, out: &Path, page: &Path, absolute: &Path, printer: &Printer) {
    if summary.guides > 0 {
        printer.say(&summary_line(summary, &out.display().to_string()));
        printer.detail(&format!("{} written or changed", work::count(summary.written, "file")));
        printer.say(&open(page, absolute, printer));
    }
}

/// What is wrong or weak, for people; with `--quiet` only what is wrong.
fn tell(outcome: &Outcome, target: &Target, printer: &Printer) -> Result<Status, Failure> {
    let mut diagnostics = outcome.diagnostics.clone();
    diagnostics.retain(|diagnostic| diagnostic.is_error() || !printer.is_quiet());
    let report = Report::new(&diagnostics, &outcome.sources, &target.prefix);
    let counts: Counts = report.counts();
    if !diagnostics.is_empty() {
        printer.always(&report.short(printer.colored_err()));
        printer.say(&format!("{counts}"));
    }
    if let Some(failure) = &outcome.failure {
        return Err(failure.clone());
    }
    Ok(if outcome.has_errors() { Status::Findings } else { Status::Done })
}

fn summary_line(summary: &Summary, out: &str) -> String {
    let Summary { guides, rendered, written: _, shots, cached_shots, source_bytes, shot_bytes } = *summary;
    let mut text = match (rendered, work::count(guides, "guide")) {
        (0, all) => format!("`{out}` stands as it was: {all}"),
        (new, all) if new < guides => format!("built {new} of {all} into `{out}`"),
        (_, all) => format!("built {all} into `{out}`"),
    };
    if shots > 0 {
        let (before, after) = (work::bytes(source_bytes), work::bytes(shot_bytes));
        text += &format!(": {}, {before} stored as {after}", work::count(shots, "screenshot"));
    }
    if cached_shots > 0 {
        let how_many = if cached_shots == shots { "all" } else { &cached_shots.to_string() };
        text += &format!(", {how_many} from the cache");
    }
    text
}

/// What to open; on a terminal with an address to click.
fn open(path: &Path, absolute: &Path, printer: &Printer) -> String {
    let real = absolute.canonicalize().unwrap_or_else(|_| absolute.to_owned());
    if printer.is_watched() {
        format!("open {}", file_address(&real))
    } else {
        format!("open `{}`", path.display())
    }
}

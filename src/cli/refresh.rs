//! `guidemark refresh`: guides are replayed against their application, and what has changed is renewed.

mod browsers;
mod logins;
mod parts;
mod renew;
mod secrets;
mod setup;

use super::args::{ExportScheme, Refresh, RefreshFormat};
use super::printer::Printer;
use super::target::Target;
use super::{Status, work};
use crate::author::{self, Unsaved};
use crate::diagnostic::Failure;
use crate::guide::{self, Guide, Resolved, Understood};
use crate::project::{self, Scheme, Settings, Variant};
use crate::refresh::report::{self, GuideReport, Outcome};
use crate::refresh::{Job, Lock, MAX_LOCK, Plan, ReplayOptions, Run, Setting, lock_of_set, lock_path};
use crate::source::{ProjectPath, Source, World, in_words};
use logins::Logins;
use secrets::Secrets;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Runs the command.
pub fn run(args: &Refresh, printer: &Printer) -> Result<Status, Failure> {
    let asked = asked(args)?;
    let found = parts::own(args, guides(args)?);
    for (target, _, _) in &found {
        author::finish(&target.world).map_err(|error| match error {
            Unsaved::Changed => Failure::new("a file was changed meanwhile"),
            Unsaved::Failed(message) => Failure::new(message),
        })?;
    }
    let mut ready = BTreeSet::new();
    for (target, settings, path) in found.iter().filter(|_| args.setup) {
        setup::run(target, settings, path, &mut ready, printer)?;
    }
    let run = Everything {
        args,
        asked: &asked,
        logins: Logins::default(),
        secrets: Mutex::default(),
        is_verbose: printer.is_verbose(),
        turn: AtomicUsize::new(0),
        writing: Mutex::default(),
    };
    let guides = run.all(&found)?;
    let outcome = Outcome { guides, command: command(args), is_check: args.check };
    let secrets = run.secrets.into_inner().unwrap_or_else(PoisonError::into_inner);
    tell(args, &outcome, &secrets, printer)
}

/// The set of pictures that is asked for.
fn asked_set(args: &Refresh) -> Variant {
    let scheme = args.scheme.map(|scheme| match scheme {
        ExportScheme::Light => Scheme::Light,
        ExportScheme::Dark => Scheme::Dark,
    });
    Variant { scheme, locale: args.locale.clone(), viewport: args.viewport, scale: args.scale }
}

/// What came of a guide; `None`: it was left out.
type Done = Result<Option<GuideReport>, Failure>;

/// What all guides of a run share.
struct Everything<'a> {
    args: &'a Refresh,
    asked: &'a ReplayOptions,
    logins: Logins,
    secrets: Mutex<Secrets>,
    is_verbose: bool,
    /// Which of the browsers is next.
    turn: AtomicUsize,
    /// Held while a guide is written: those of a project share the list of what is to be moved.
    writing: Mutex<()>,
}

impl Everything<'_> {
    /// Refreshes guides in parallel; their results are in the order of the guides.
    fn all(&self, found: &[Found]) -> Result<Vec<GuideReport>, Failure> {
        let next = AtomicUsize::new(0);
        let done: Mutex<Vec<(usize, Done)>> = Mutex::default();
        let work = || {
            while let Some((at, (target, settings, path))) = {
                let at = next.fetch_add(1, Ordering::Relaxed);
                found.get(at).map(|found| (at, found))
            } {
                let one = Refreshing { run: self, asked: self.asked, target, settings }.one(path);
                done.lock().unwrap_or_else(PoisonError::into_inner).push((at, one));
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..self.args.jobs.get().min(found.len()) {
                scope.spawn(work);
            }
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|(at, _)| *at);
        let reports: Result<Vec<Option<GuideReport>>, Failure> =
            done.into_iter().map(|(_, one)| one).collect();
        Ok(reports?.into_iter().flatten().collect())
    }

    /// Said to people who want to know more, from any thread.
    fn detail(&self, text: &str) {
        use std::io::Write;
        if self.is_verbose {
            let text = self.known().hidden(text);
            // A closed standard error can't be reported anywhere.
            let _ = writeln!(std::io::stderr().lock(), "{text}");
        }
    }

    fn known(&self) -> Secrets {
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn add(&self, plan: &Plan, settings: &Settings) {
        let mut secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        secrets.add(plan.variables().map(str::to_owned));
        let starts = settings.captures.values().filter_map(|app| app.capture.start.as_ref());
        starts.for_each(|start| secrets.add_address(&start.value));
    }
}

fn tell(args: &Refresh, outcome: &Outcome, secrets: &Secrets, printer: &Printer) -> Result<Status, Failure> {
    let text = match args.format {
        RefreshFormat::Human => report::human(outcome, printer.is_verbose(), printer.colored_out()),
        RefreshFormat::Json => report::json(outcome),
        RefreshFormat::Junit => report::junit(outcome, args.strict),
        RefreshFormat::Github => report::github(outcome, args.strict),
    };
    if let Some(folder) = &args.report {
        write_report(folder, outcome, secrets)?;
    }
    if args.format == RefreshFormat::Github
        && let Some(file) = work::variable("GITHUB_STEP_SUMMARY")
    {
        add_summary(Path::new(&file), &secrets.hidden(&report::summary(outcome)))?;
    }
    printer.data(&secrets.hidden(&text));
    let counts = report::counts(outcome);
    let guides = work::count(outcome.guides.len(), "guide");
    printer.say(&format!("replayed {guides}: {counts}"));
    Ok(match outcome.status(args.strict) {
        0 => Status::Done,
        1 => Status::Findings,
        _ => Status::Failed,
    })
}

/// Writes the page and the summary into a folder.
fn write_report(folder: &Path, outcome: &Outcome, secrets: &Secrets) -> Result<(), Failure> {
    let page = secrets.hidden(&report::html(outcome));
    let summary = secrets.hidden(&report::summary(outcome));
    for (name, text) in [("index.html", page), ("summary.md", summary)] {
        let file = folder.join(name);
        crate::author::put_file(&file, text.as_bytes()).map_err(|error| {
            Failure::new(format!("cannot write `{}`: {}", file.display(), in_words(&error)))
        })?;
    }
    Ok(())
}

/// Adds the summary to what the run of a workflow shows.
fn add_summary(file: &Path, text: &str) -> Result<(), Failure> {
    use std::io::Write;
    let opened = std::fs::OpenOptions::new().append(true).create(true).open(file);
    opened
        .and_then(|mut opened| opened.write_all(text.as_bytes()))
        .map_err(|error| Failure::new(format!("cannot write `{}`: {}", file.display(), in_words(&error))))
}

fn asked(args: &Refresh) -> Result<ReplayOptions, Failure> {
    let wrong = |url: &str, help: &str| Failure::new(format!("`{url}` is not a web address")).help(help);
    if let Some(url) = args.url.as_ref().filter(|url| project::url::web(url).is_err()) {
        return Err(wrong(url, "write `--url http://127.0.0.1:8000`"));
    }
    if let Some(url) = args.allow_origin.iter().find(|url| project::url::web(url).is_err()) {
        return Err(wrong(url, "write `--allow-origin https://login.example.com`"));
    }
    let origins = args.allow_origin.iter().map(|url| crate::capture::address::origin(url).to_owned());
    Ok(ReplayOptions { url: args.url.clone(), origins: origins.collect(), variant: asked_set(args) })
}

/// What to type to renew what was checked.
fn command(args: &Refresh) -> String {
    let mut words = vec!["guidemark refresh".to_owned()];
    words.extend(args.guides.iter().map(|guide| guide.display().to_string()));
    words.extend(args.url.iter().map(|url| format!("--url {url}")));
    words.extend(asked_set(args).options());
    words.join(" ")
}

type Found = (Target, Settings, ProjectPath);

/// The guides that were named, or all of the project.
fn guides(args: &Refresh) -> Result<Vec<Found>, Failure> {
    let mut found = Vec::new();
    let here = [std::path::PathBuf::from(".")];
    let named = if args.guides.is_empty() { here.as_slice() } else { args.guides.as_slice() };
    for path in named {
        let target = Target::find(Some(path))?;
        let project = work::expect_guides(&target, &target.world)?;
        let only = target.only.clone();
        let paths = only.map_or_else(|| project.guides.clone(), |only| vec![only]);
        for path in paths {
            found.push((target.clone(), project.settings.clone(), path));
        }
    }
    Ok(found)
}

/// A guide that is being refreshed.
struct Refreshing<'a> {
    run: &'a Everything<'a>,
    asked: &'a ReplayOptions,
    target: &'a Target,
    settings: &'a Settings,
}

/// What is read of a guide.
struct Read {
    source: Source,
    guide: Guide,
    plan: Plan,
    /// What is known of the pictures of this set.
    lock: Lock,
    /// The same, and what the lock of the first pictures knows of what is acted on.
    evidence: Lock,
    title: String,
    resolved: Option<Resolved>,
    setting: Result<Setting, (String, String)>,
}

impl Refreshing<'_> {
    /// What comes of one guide; `None` if it is left out.
    fn one(&self, path: &ProjectPath) -> Done {
        let read = self.read(path)?;
        self.run.add(&read.plan, self.settings);
        let file = self.target.shown(path.as_str());
        let setting = match read.setting.clone() {
            Ok(setting) => setting,
            Err((message, help)) => {
                // A whole project has guides about nothing that runs.
                if self.target.only.is_none() {
                    self.run.detail(&format!("left out `{file}`: {message}"));
                    return Ok(None);
                }
                let run = Run { failure: Some((message, help)), ..Run::default() };
                return Ok(Some(GuideReport { file, title: read.title, run, ..GuideReport::default() }));
            }
        };
        self.run.detail(&format!("replaying `{file}`"));
        let run = self.replayed(&read, &setting)?;
        let mut report = GuideReport { file, title: read.title.clone(), run, ..GuideReport::default() };
        if !self.run.args.check && report.run.failure.is_none() {
            self.renew(&read, &setting, &mut report);
        }
        Ok(Some(report))
    }

    fn read(&self, path: &ProjectPath) -> Result<Read, Failure> {
        let world = &self.target.world;
        let source = guide::read(world, path).map_err(|diagnostic| Failure::new(diagnostic.message))?;
        let Understood { guide, resolved, .. } = guide::understand(&source, self.settings, world);
        let plan = Plan::new(&guide, &source, resolved.as_ref());
        let title = resolved.as_ref().map(|resolved| resolved.title.clone()).unwrap_or_default();
        let setting = Setting::new(&guide, self.settings, self.asked, &work::variable_text);
        let lock = self.lock(&lock_path(path));
        let evidence = lock.clone();
        let read = Read { source, guide, plan, lock, evidence, title, resolved, setting };
        Ok(if self.asked.variant.is_first() { read } else { self.in_set(read) })
    }

    fn lock(&self, path: &ProjectPath) -> Lock {
        let bytes = self.target.world.read(path, MAX_LOCK).ok();
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        text.map(|text| Lock::read(&text)).unwrap_or_default()
    }

    /// The same for a set of pictures: in all that is not said as the first were taken.
    fn in_set(&self, read: Read) -> Read {
        let variant = &self.asked.variant;
        let setting = read.setting.clone().map(|setting| {
            let first = self.job(&read, &setting);
            let (viewport, scale) = (first.viewport(), first.scale());
            setting.like_first(viewport, scale)
        });
        let lock = self.lock(&lock_of_set(read.source.path(), variant));
        let evidence = lock.clone().after(&read.lock);
        Read { plan: read.plan.clone().in_set(variant), setting, lock, evidence, ..read }
    }

    fn job<'r>(&'r self, read: &'r Read, setting: &Setting) -> Job<'r> {
        Job {
            source: &read.source,
            plan: read.plan.clone(),
            setting: setting.clone(),
            lock: read.evidence.clone(),
            world: &self.target.world,
            is_compared: true,
        }
    }

    /// Replays a guide; with a login that has ended or a browser that broke off, once more.
    fn replayed(&self, read: &Read, setting: &Setting) -> Result<Run, Failure> {
        let (mut run, mut was_kept) = self.replayed_once(read, setting)?;
        if let Some((why, _)) = run.failure.as_ref().filter(|_| run.is_lost) {
            self.run.detail(&format!("`{}` is replayed once more: {why}", read.source.path()));
            (run, was_kept) = self.replayed_once(read, setting)?;
        }
        if !was_kept || run.verdict() < crate::refresh::Verdict::Broken {
            return Ok(run);
        }
        self.run.logins.forget(setting);
        Ok(self.replayed_once(read, setting)?.0)
    }

    /// Replays a guide, and says whether its login is from an earlier run.
    fn replayed_once(&self, read: &Read, setting: &Setting) -> Result<(Run, bool), Failure> {
        let state = match self.login(setting)? {
            Ok(state) => state,
            Err(failure) => return Ok((Run { failure: Some(failure), ..Run::default() }, false)),
        };
        let job = self.job(read, setting);
        let tools = self.browser(&job)?;
        let state = state.as_ref();
        let begun = Instant::now();
        let (mut run, _) =
            job.run(tools, state.map(|(state, _)| state), &work::variable_text, self.run.args.accept);
        run.seconds = begun.elapsed().as_secs_f64();
        Ok((run, state.is_some_and(|(_, was_kept)| *was_kept)))
    }
}

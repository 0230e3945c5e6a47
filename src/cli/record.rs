//! `guidemark record`: what is done in a browser becomes a guide.

use super::args::{Import, Record, Schema, SchemaOf, Serve, Work};
use super::printer::Printer;
use super::{Status, chromium, work};
use crate::browser::{BrowserError, Devtools};
use crate::capture::{
    self, Conditions, Heard, KeepError, Keeper, Language, Options, RecordError, Recorder, Script, Task,
    Watch, Window, written,
};
use crate::diagnostic::Failure;
use crate::import::Recording;
use crate::project::{self, capture::size};
use crate::refresh;
use crate::serve::Screen;
use crate::source::in_words;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often it is looked whether the user wants to end.
const LOOK: Duration = Duration::from_millis(200);
/// Largest file of steps.
const LARGEST: u64 = 1 << 20;

/// Runs the command.
pub fn run(args: &Record, printer: &Printer) -> Result<Status, Failure> {
    let viewport = size(&args.viewport).ok_or_else(|| {
        Failure::new(format!("`{}` is not a window size", args.viewport)).help("write `--viewport 1280x800`")
    })?;
    let url = args.url.as_deref().map(address).transpose()?;
    if url.is_none()
        && (args.headless || args.steps.is_some() || args.attach.is_some() || args.browser.is_some())
    {
        return Err(Failure::new("there is no address to begin with")
            .help("write `guidemark record https://example.com/ …`"));
    }
    let script = args.steps.as_deref().map(steps).transpose()?;
    let secrets = capture::secrets(script.iter().flat_map(Script::variables), work::variable_text);
    let folder = args.output.clone().unwrap_or_else(free_folder);
    let keeper = Keeper::new(&folder, secrets)?;
    let (app, conditions) = match &url {
        Some(url) => application(&folder, url)?,
        None => (None, Conditions::default()),
    };
    let (tools, window) = browser(args, viewport)?;
    let options = Options {
        asks: url.is_none(),
        url,
        viewport,
        scale: args.scale,
        window,
        watch: Watch::Always,
        conditions,
        app,
        is_apart: false,
    };
    let recorder = Recorder::start(tools, options)?;
    let mut session = Session::new(args, recorder, keeper, script.as_ref(), printer)?;
    session.record(script.as_ref())?;
    session.end(&folder)?;
    drop(session);
    if args.no_open || args.headless || script.is_some() {
        return Ok(Status::Done);
    }
    edit(&folder, printer)
}

/// Does what another tool recorded, without a window, and records it in a new folder.
pub fn again(recording: &Recording, args: &Import, folder: &Path, printer: &Printer) -> Result<(), Failure> {
    let viewport = recording.viewport.unwrap_or((1280, 800));
    let args = Record {
        url: Some(recording.url.clone()),
        output: Some(folder.to_owned()),
        steps: None,
        login: None,
        attach: None,
        browser: None,
        headless: true,
        viewport: format!("{}x{}", viewport.0, viewport.1),
        scale: args.scale.map_or(2, u32::from),
        title: args.title.clone(),
        lang: args.lang.clone(),
        no_open: true,
    };
    let keeper = Keeper::new(folder, Vec::new())?;
    let (tools, window) = browser(&args, viewport)?;
    let options = Options {
        url: Some(recording.url.clone()),
        asks: false,
        viewport,
        scale: args.scale,
        window,
        watch: Watch::Always,
        conditions: Conditions::default(),
        app: None,
        is_apart: false,
    };
    let recorder = Recorder::start(tools, options)?;
    let script = Some(&recording.script);
    let mut session = Session::new(&args, recorder, keeper, script, printer)?;
    session.record(script)?;
    session.end(folder)
}

/// Prints a schema.
pub fn schema(args: &Schema, printer: &Printer) -> Result<Status, Failure> {
    match args.file {
        SchemaOf::Steps => printer.data(&capture::schema()),
    }
    Ok(Status::Done)
}

fn address(url: &str) -> Result<String, Failure> {
    capture::address::typed(url).ok_or_else(|| {
        Failure::new(format!("`{url}` is not a web address"))
            .help("write `guidemark record https://example.com/`")
    })
}

fn steps(file: &Path) -> Result<Script, Failure> {
    let wrong = |error: &std::io::Error| {
        Failure::new(format!("cannot read `{}`: {}", file.display(), in_words(error)))
    };
    let length = std::fs::metadata(file).map_err(|error| wrong(&error))?.len();
    if length > LARGEST {
        return Err(Failure::new(format!("`{}` is larger than 1 MB", file.display())));
    }
    let text = std::fs::read_to_string(file).map_err(|error| wrong(&error))?;
    Script::read(&text).map_err(|error| {
        let step = error.step.map(|step| format!(", step {step}")).unwrap_or_default();
        Failure::new(format!("`{}`{step}: {}", file.display(), error.message)).help(error.help)
    })
}

/// The first folder of a row that is not there yet.
fn free_folder() -> PathBuf {
    let base = if Path::new("guides").is_dir() { Path::new("guides") } else { Path::new("") };
    let name = |number: u32| if number == 1 { "recording".to_owned() } else { format!("recording-{number}") };
    let free = (1..).map(|number| base.join(name(number))).find(|folder| !folder.exists());
    free.unwrap_or_else(|| base.join("recording"))
}

fn browser(args: &Record, viewport: (u32, u32)) -> Result<(Devtools, Window), Failure> {
    if let Some(port) = args.attach {
        let tools = Devtools::attach(port).map_err(|error| {
            Failure::new(error.to_string()).help(format!(
                "start the browser with `--remote-debugging-port={port} --user-data-dir=FOLDER`"
            ))
        })?;
        return Ok((tools, Window::Theirs));
    }
    if let Some(address) = &args.browser {
        let tools = Devtools::connect(address).map_err(|error| {
            Failure::new(error.to_string())
                .help("write the address that the browser prints, `ws://127.0.0.1:9222/devtools/browser/…`")
        })?;
        return Ok((tools, Window::Theirs));
    }
    if !args.headless && work::screen() == Screen::Missing {
        return Err(Failure::new(capture::NO_SCREEN)
            .help("write `--headless`, and `--steps FILE` for what is to be done"));
    }
    let mut options = chromium::found().map_err(failed)?;
    options.profile = args.login.as_deref().map(profile).transpose()?;
    let window = if args.headless { Window::None } else { Window::Ours };
    Ok((capture::open(options, window, viewport, args.scale).map_err(failed)?, window))
}

/// The folder of a login, which no other user may read.
fn profile(name: &str) -> Result<PathBuf, Failure> {
    let good = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if !good {
        return Err(Failure::new(format!("`{name}` can't be the name of a login"))
            .help("use letters, digits, `-` and `_`"));
    }
    let cache = work::users_cache().ok_or_else(|| Failure::new("there is no cache folder for this user"))?;
    let folder = cache.join("logins").join(name);
    work::private_folder(&folder)?;
    Ok(folder)
}

/// A recording under way.
struct Session<'a> {
    args: &'a Record,
    recorder: Recorder,
    keeper: Keeper,
    lang: String,
    title: Option<String>,
    browser: String,
    printer: &'a Printer,
    /// What was said of the steps.
    shown: Vec<String>,
    stopped: Arc<AtomicBool>,
}

impl<'a> Session<'a> {
    fn new(
        args: &'a Record,
        mut recorder: Recorder,
        keeper: Keeper,
        script: Option<&Script>,
        printer: &'a Printer,
    ) -> Result<Self, Failure> {
        let written = script.and_then(|script| script.lang.clone());
        let lang = args.lang.clone().or(written).unwrap_or_else(|| project_language(keeper.folder()));
        let title = args.title.clone().or_else(|| script.and_then(|script| script.title.clone()));
        let browser = recorder.browser()?;
        let stopped = interrupted();
        Ok(Self { args, recorder, keeper, lang, title, browser, printer, shown: Vec::new(), stopped })
    }

    fn record(&mut self, script: Option<&Script>) -> Result<(), Failure> {
        match script {
            Some(script) => self.play(script),
            None => {
                if self.args.headless {
                    self.printer.say(&format!("the browser is driven at {}", self.recorder.address()));
                }
                self.printer.say("recording: do in the browser what the guide is to show; close its window or press Ctrl-C to end");
                self.printer.detail(
                    "Alt+Shift+S adds a step that only shows the page, Alt+Shift+Z takes the last step back",
                );
                self.listen()
            }
        }
    }

    fn listen(&mut self) -> Result<(), Failure> {
        while !self.stopped.load(Ordering::Relaxed) {
            match self.recorder.turn(Instant::now() + LOOK)? {
                Heard::Steps => {
                    self.keep(None, false)?;
                }
                Heard::Nothing => {}
                Heard::Closed => break,
            }
        }
        Ok(())
    }

    fn play(&mut self, script: &Script) -> Result<(), Failure> {
        self.recorder.settle()?;
        for (at, (task, say)) in script.steps.iter().enumerate() {
            if self.stopped.load(Ordering::Relaxed) {
                break;
            }
            let before = self.recorder.steps().len();
            let mut done = self.recorder.run(task, &work::variable_text);
            // In order, each with its own time: one that comes late is not overtaken by a worse one.
            for other in script.others.get(&at).into_iter().flatten() {
                if !matches!(done, Err(RecordError::NotFound(..))) {
                    break;
                }
                match self.recorder.run(other, &work::variable_text) {
                    // What is reported is what was looked for first.
                    Err(RecordError::NotFound(..)) => {}
                    found => done = found,
                }
            }
            if let Err(error) = done {
                let has_steps = self.keep(None, false).is_ok_and(|steps| steps > 0);
                let Failure { message, help } = error.into();
                let place = self.keeper.folder().display();
                let until = format!("what was recorded until then is a draft in `{place}`");
                let help = help.into_iter().chain(has_steps.then_some(until)).collect::<Vec<_>>().join("; ");
                let message = format!("entry {} of the file: {message}", script.entry(at));
                return Err(Failure { message, help: Some(help).filter(|help| !help.is_empty()) });
            }
            if let Some(say) =
                say.as_ref().filter(|_| !matches!(task, Task::Await { .. } | Task::AwaitGone { .. }))
            {
                self.recorder.say(say);
            }
            if self.recorder.steps().len() != before || say.is_some() {
                self.keep(None, false)?;
            }
        }
        Ok(())
    }

    /// Writes what there is, and says what is new of it; how many steps the guide has.
    fn keep(
        &mut self,
        end: Option<(capture::Place, capture::Picture, capture::Words)>,
        is_whole: bool,
    ) -> Result<usize, Failure> {
        let about = (self.title.as_deref(), &*self.lang);
        let start = self.recorder.begun_at().unwrap_or_default().to_owned();
        let mut recorded = self.recorder.recorded(&start, about, &self.browser, end);
        // A recording that ends with an error must not be published as it is.
        recorded.is_draft = !is_whole;
        let written = match written(&recorded) {
            Ok(written) => written,
            // What was written before stays, and the next step may be sayable again.
            Err(refusal) if recorded.end.is_none() => {
                self.printer.always(&format!(
                    "warning: the guide can't be written with this step: {}",
                    refusal.message
                ));
                return Ok(0);
            }
            Err(refusal) => return Err(Failure::new(refusal.message)),
        };
        let language = Language::from_tag(&self.lang);
        let now: Vec<String> =
            recorded.steps.iter().map(|step| capture::spoken(&language.sentence(step))).collect();
        for (at, line) in now.iter().enumerate() {
            if self.shown.get(at) != Some(line) {
                self.printer.say(&format!("{:>3}  {line}", at + 1));
            }
        }
        self.shown = now;
        self.keeper.keep(&written)?;
        Ok(written.steps)
    }

    fn end(&mut self, folder: &Path) -> Result<(), Failure> {
        self.recorder.fonts();
        let end = self.recorder.finish();
        if self.recorder.begun_at().is_none() {
            return Err(Failure::new("nothing was recorded")
                .help("type an address in the window, and do there what the guide is to show"));
        }
        let steps = self.keep(end, true)?;
        if let Some(failure) = self.recorder.failures().first() {
            self.printer.always(&format!(
                "warning: a step may be missing, since the page could not be read: {failure}"
            ));
        }
        let redacted =
            self.recorder.steps().iter().map(|step| step.words.secrets.len()).max().unwrap_or_default();
        if redacted > 0 {
            self.printer.say("keys or card numbers stood on the page, and are redacted: look whether anything else must be");
        }
        let doubts =
            self.recorder.steps().iter().map(|step| step.words.doubts.len()).max().unwrap_or_default();
        if doubts > 0 {
            self.printer.always(
                "warning: e-mail addresses or random strings stand on the pictures; `proposals` in `capture.json` says where. The guide is a draft: redact what readers must not see, then remove `draft: true`",
            );
        }
        let steps = work::count(steps, "step");
        self.printer.say(&format!("recorded {steps} in `{}`", folder.join("index.md").display()));
        Ok(())
    }
}

/// The language of the project that a guide will stand in.
fn project_language(folder: &Path) -> String {
    settings(folder).map_or_else(|| "en".to_owned(), |settings| settings.lang)
}

/// What the project says that a guide will stand in.
fn settings(folder: &Path) -> Option<project::Settings> {
    let around = folder.canonicalize().unwrap_or_default();
    let root = around.ancestors().find(|folder| folder.join(project::PROJECT_FILE).is_file())?;
    let world = crate::source::DiskWorld::new(root).ok()?;
    Some(project::load(&world, None).project.settings)
}

/// The application of the project that is recorded, and what its pages are to be like.
fn application(folder: &Path, url: &str) -> Result<(Option<String>, Conditions), Failure> {
    let Some(settings) = settings(folder) else { return Ok((None, Conditions::default())) };
    let Some((key, app)) = refresh::app_at(&settings, url, &work::variable_text) else {
        return Ok((None, Conditions::default()));
    };
    let conditions = refresh::conditions(app, &project::Capture::default());
    let conditions = conditions.map_err(|(message, help)| Failure::new(message).help(help))?;
    Ok((Some(key.to_owned()), conditions))
}

/// Becomes true when the user presses Ctrl-C.
fn interrupted() -> Arc<AtomicBool> {
    let stopped = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stopped);
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        if let Ok(runtime) = runtime {
            let _ = runtime.block_on(tokio::signal::ctrl_c());
            seen.store(true, Ordering::Relaxed);
        }
    });
    stopped
}

/// Opens the editor on the new guide.
fn edit(folder: &Path, printer: &Printer) -> Result<Status, Failure> {
    let serve = Serve {
        path: Some(folder.join("index.md")),
        port: None,
        host: None,
        open: true,
        poll: false,
        work: Work { jobs: None, cache: None, no_cache: false },
    };
    super::serve::run(&serve, printer)
}

fn failed(error: BrowserError) -> Failure {
    let BrowserError::NotFound(_) = &error else { return Failure::new(error.to_string()) };
    let help = capture::how_to_get_one("guidemark record …");
    Failure::new(error.to_string()).help(help)
}

impl From<RecordError> for Failure {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Browser(error) => failed(error),
            RecordError::NotFound(anchor, seen) => {
                Self::new(format!("`{anchor}` is not on the page")).help(seen)
            }
            RecordError::Step(message, help) => Self::new(message).help(help),
        }
    }
}

impl From<KeepError> for Failure {
    fn from(error: KeepError) -> Self {
        let message = error.to_string();
        match error {
            KeepError::Taken(_) => {
                Self::new(message).help("name a folder that does not exist yet: `-o guides/NAME`")
            }
            KeepError::Leak { .. } => Self::new(message)
                .help("nothing of this step was written; type the variable into its field alone"),
            KeepError::Disk(..) => Self::new(message),
        }
    }
}

//! `guidemark serve`: the site in the browser, as the files are now.

use super::args::Serve;
use super::failure::{Failure, words};
use super::printer::Printer;
use super::progress::Bar;
use super::target::Target;
use super::{Status, work};
use crate::diagnostic::{Diagnostic, Report};
use crate::serve::{Message, Rebuilt, ServeError, ServeOptions, Server};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// Runs the command, until somebody presses Ctrl-C.
pub fn run(args: &Serve, printer: &Printer) -> Result<Status, Failure> {
    let target = Target::find(args.path.as_deref())?;
    work::expect_guides(&target, &target.world)?;
    let options = ServeOptions {
        only: target.only.clone(),
        host: args.host.clone(),
        port: args.port,
        poll: args.poll,
        jobs: work::jobs(&args.work),
        editor: ["VISUAL", "EDITOR"].into_iter().find_map(|name| work::said(name)?.into_string().ok()),
        cache: work::cache(&args.work),
    };
    let bar = Arc::new(Bar::new(printer));
    let server = Server::start(target.world.clone(), &options, Box::new(Arc::clone(&bar)))?;
    if let Some(host) = &args.host {
        printer.always(&format!("warning: whoever reaches `{host}` can read the guides, drafts included"));
    }
    let mut told = Vec::new();
    loop {
        match server.next() {
            Message::Interrupted => return Ok(Status::Done),
            Message::Polling(why) => {
                printer.always(&format!(
                    "warning: the system does not tell of changes ({why}): looking for them 5 times a second"
                ));
            }
            Message::Rebuilt(rebuilt) => {
                bar.clear();
                tell(&rebuilt, &mut told, &target, printer);
                if rebuilt.first {
                    printer.say(&format!("serving at {} (Ctrl-C ends it)", server.url()));
                    if args.open {
                        open(server.url(), printer);
                    }
                }
            }
        }
    }
}

/// One line, and before it what is newly wrong or weak.
fn tell(rebuilt: &Rebuilt, told: &mut Vec<Diagnostic>, target: &Target, printer: &Printer) {
    let Rebuilt { outcome, time, first, news } = rebuilt;
    if !news {
        return;
    }
    let new = outcome.diagnostics.iter().filter(|found| !told.contains(found));
    let new: Vec<Diagnostic> = new.filter(|found| found.is_error() || !printer.is_quiet()).cloned().collect();
    if !new.is_empty() {
        let report = Report::new(&new, &outcome.sources, &target.prefix);
        printer.always(&report.human(printer.colored_err()));
    }
    told.clone_from(&outcome.diagnostics);
    if let Some(failure) = &outcome.failure {
        printer.always(&format!("error: {failure}"));
    }
    let verb = if *first { "built" } else { "rebuilt" };
    let what = match outcome.summary.rendered {
        0 if outcome.summary.written > 0 => "the library".to_owned(),
        0 => "nothing".to_owned(),
        rendered => work::count(rendered, "guide"),
    };
    let counts = Report::new(&outcome.diagnostics, &outcome.sources, "").counts();
    let wrong = if outcome.diagnostics.is_empty() { String::new() } else { format!(": {counts}") };
    printer.say(&format!("{verb} {what} in {}{wrong}", took(*time)));
}

/// `12 ms`, `1.4 s`.
fn took(time: Duration) -> String {
    match time.as_millis() {
        ms @ 0..1_000 => format!("{ms} ms"),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}

/// Opens an address in the user's browser.
fn open(url: &str, printer: &Printer) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let mut command = Command::new(program);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Err(error) = command.spawn() {
        printer.say(&format!("warning: cannot open a browser with `{program}`: {}", words(&error)));
    }
}

impl From<ServeError> for Failure {
    fn from(ServeError { message, help }: ServeError) -> Self {
        Self { message, help }
    }
}

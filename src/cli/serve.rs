//! `guidemark serve`: the site in the browser, as the files are now.

use super::args::Serve;
use super::chromium;
use super::printer::Printer;
use super::progress::Bar;
use super::target::Target;
use super::{Status, work};
use crate::diagnostic::{Failure, Report, Reported};
use crate::project;
use crate::serve::{Message, Rebuilt, ServeOptions, Server};
use crate::source::in_words;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tempfile::NamedTempFile;

/// Runs the command, until the user presses Ctrl-C.
pub fn run(args: &Serve, printer: &Printer) -> Result<Status, Failure> {
    let target = Target::find(args.path.as_deref())?;
    let project = project::load(&target.world, target.only.as_ref()).project;
    let is_empty = project.guides.is_empty();
    let options = ServeOptions {
        only: target.only.clone(),
        host: args.host.clone(),
        port: args.port,
        poll: args.poll,
        jobs: work::jobs(&args.work),
        editor: ["VISUAL", "EDITOR"].into_iter().find_map(|name| work::variable(name)?.into_string().ok()),
        cache: work::cache(&args.work),
        browser: chromium::found().ok(),
        screen: work::screen(),
        lookup: Some(work::variable_text),
    };
    let bar = Arc::new(Bar::new(printer));
    let server = Server::start(target.world.clone(), &options, Box::new(Arc::clone(&bar)))?;
    if let Some(host) = &args.host {
        printer
            .always(&format!("warning: anyone who can reach `{host}` can read the guides, drafts included"));
    }
    let (mut reported, mut opening) = (Reported::default(), None);
    loop {
        match server.next() {
            Message::Interrupted => return Ok(Status::Done),
            Message::Polling(why) => {
                printer.always(&format!(
                    "warning: the system does not report changes ({why}): looking for them 5 times a second"
                ));
            }
            Message::Entered(next) => {
                printer.say(&format!("a browser can edit now; for another one, open {next}"));
                // What led there need not lie about any longer.
                drop(opening.take());
            }
            Message::Rebuilt(rebuilt) => {
                bar.clear();
                print(&rebuilt, &mut reported, &target, printer);
                if rebuilt.first {
                    printer.say(&format!("serving at {} (Ctrl-C ends it)", server.url()));
                    let what = if is_empty { "there is no guide yet: to make one" } else { "to edit" };
                    printer.say(&format!("{what}, open {}", server.way_in()));
                    if args.open {
                        opening = open(&server.way_in(), printer);
                    }
                }
            }
        }
    }
}

/// One line, and before it what is newly wrong or weak.
fn print(rebuilt: &Rebuilt, reported: &mut Reported, target: &Target, printer: &Printer) {
    let Rebuilt { outcome, time, first, news } = rebuilt;
    if !news {
        return;
    }
    let new = reported.unreported(&outcome.diagnostics, &outcome.sources).into_iter();
    let new: Vec<_> = new.filter(|found| found.is_error() || !printer.is_quiet()).cloned().collect();
    if !new.is_empty() {
        let report = Report::new(&new, &outcome.sources, &target.prefix);
        printer.always(&report.human(printer.colored_err()));
    }
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

/// Opens an address in the user's browser, by a page that only the user can read and that must be kept until then: what a
/// program is started with, every user of the machine sees.
fn open(url: &str, printer: &Printer) -> Option<NamedTempFile> {
    let page = page_to(url);
    if let Err(error) = &page {
        printer.say(&format!("warning: cannot open a browser: {}", in_words(error)));
    }
    let page = page.ok()?;
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let mut command = Command::new(program);
    command.arg(page.path()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Err(error) = command.spawn() {
        printer.say(&format!("warning: cannot open a browser with `{program}`: {}", in_words(&error)));
    }
    Some(page)
}

/// A page that leads to an address, in a file that no other user can read.
fn page_to(url: &str) -> std::io::Result<NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix("guidemark-").suffix(".html").tempfile()?;
    write!(
        file,
        "<!doctype html><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">\
         <meta http-equiv=\"refresh\" content=\"0; url={url}\"><title>Guidemark</title><a href=\"{url}\">Guides</a>"
    )?;
    Ok(file)
}

//! `guidemark check`: all that is wrong or weak, without writing.

use super::args::{Check, Format};
use super::fix;
use super::printer::Printer;
use super::progress::Bar;
use super::shown;
use super::target::Target;
use super::{Status, work};
use crate::diagnostic::{Failure, Report};
use crate::shot::Purpose;
use crate::site::{self, BuildOptions, BuildWorld};
use std::time::SystemTime;

/// Runs the command.
pub fn run(args: &Check, printer: &Printer) -> Result<Status, Failure> {
    let target = Target::find(args.path.as_deref())?;
    let (jobs, cache) = (work::jobs(&args.work), work::cache(&args.work));
    let world = BuildWorld::new(&target.world, cache.as_ref(), SystemTime::now());
    let project = work::expect_guides(&target, &world)?;
    if args.fix {
        fix::run(args, &target, &project, printer)?;
        if args.dry_run {
            return Ok(Status::Done);
        }
    }
    let options = BuildOptions {
        only: target.only.clone(),
        drafts: true,
        jobs,
        cache,
        fresh: true,
        purpose: Purpose::Publish,
        downloads: None,
        lang: None,
    };
    let bar = Bar::new(printer);
    let mut outcome = site::check(&world, &options, &bar);
    world.save(target.only.is_none());
    bar.clear();
    if args.strict {
        let warnings: Vec<_> = shown::left_out_warnings(&outcome).collect();
        outcome.diagnostics.extend(warnings);
    } else {
        shown::left_out(&outcome, &target, printer);
    }
    let report = Report::new(&outcome.diagnostics, &outcome.sources, &target.prefix);
    // The findings are what was asked for: data.
    printer.data(&match args.format {
        Format::Human => report.short(printer.colored_out()),
        Format::Json => report.json() + &shown::json(&outcome, &target),
        Format::Github => report.github(),
    });
    let found = outcome.has_errors() || args.strict && !outcome.diagnostics.is_empty();
    if outcome.diagnostics.is_empty() {
        printer.say(&format!("checked {}: no problems found", work::count(outcome.summary.guides, "guide")));
    } else {
        printer.say(&report.counts().to_string());
    }
    shown::unanchored(&outcome, &target, printer);
    Ok(if found { Status::Findings } else { Status::Done })
}

//! `guidemark check --fix`: what has one right answer is written into the guides.

use super::args::Check;
use super::printer::Printer;
use super::target::Target;
use super::work;
use crate::author::{self, Unsaved};
use crate::diagnostic::Failure;
use crate::edit;
use crate::guide;
use crate::project::Project;
use crate::source::{ProjectPath, Source};
use similar::TextDiff;

/// Fixes every guide of a project; with `--dry-run` only shows what would change.
pub fn run(args: &Check, target: &Target, project: &Project, printer: &Printer) -> Result<(), Failure> {
    let mut count = 0;
    for path in &project.guides {
        // The check that follows reports what can't be read.
        let Ok(source) = guide::read(&target.world, path) else { continue };
        match edit::fixed(&source, &project.settings, &target.world) {
            Ok(text) if text == source.text() => {}
            Ok(text) => {
                count += 1;
                if args.dry_run {
                    printer.data(&difference(&target.shown(path.as_str()), &source, &text));
                } else {
                    save(target, path, &source, &text)?;
                    printer.say(&format!("fixed `{}`", target.shown(path.as_str())));
                }
            }
            Err(refusal) => printer.say(&format!("`{}`: {}", target.shown(path.as_str()), refusal.message)),
        }
    }
    let guides = work::count(count, "guide");
    match (count, args.dry_run) {
        (0, _) => printer.say("nothing to fix"),
        (_, true) => printer.say(&format!("{guides} would be changed")),
        (_, false) => {}
    }
    Ok(())
}

fn save(target: &Target, path: &ProjectPath, source: &Source, text: &str) -> Result<(), Failure> {
    author::replace(&target.world, path, source.text(), text).map_err(|error| match error {
        Unsaved::Changed => Failure::new(format!("`{}` was changed meanwhile", target.shown(path.as_str())))
            .help("nothing was written to it; run the command again"),
        Unsaved::Failed(message) => Failure::new(message),
    })
}

fn difference(name: &str, source: &Source, text: &str) -> String {
    let diff = TextDiff::from_lines(source.text(), text);
    diff.unified_diff().header(name, name).to_string()
}

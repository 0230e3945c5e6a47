//! `guidemark embed`: the code to paste.

use super::args::Embed;
use super::printer::Printer;
use super::target::Target;
use super::{Status, work};
use crate::diagnostic::Failure;
use crate::page;
use crate::project::{PROJECT_FILE, near};
use crate::site::{BuildOptions, Memory, Plan};

/// Runs the command.
pub fn run(args: &Embed, printer: &Printer) -> Result<Status, Failure> {
    let target = Target::find(args.path.as_deref())?;
    let options = BuildOptions { drafts: true, jobs: work::processors(), ..BuildOptions::default() };
    let plan = Plan::make(&target.world, &options, &mut Memory::default());
    if plan.is_void() {
        let message = format!("`{PROJECT_FILE}` has an error, so no guide has an address");
        return Err(Failure::new(message).help("`guidemark check` shows where"));
    }
    let settings = &plan.project.settings;
    let index = plan.index(|_| true);
    let Some(entry) = index.entries.iter().find(|entry| entry.slug == args.slug) else {
        return Err(unknown(&args.slug, index.entries.iter().map(|entry| entry.slug.as_str())));
    };
    printer.data(&format!("{}\n", page::embed_code(entry, settings)));
    match settings.base_url {
        Some(_) => {
            let code = page::script_code(&entry.slug, settings);
            printer.say(&format!("or, with events and a height that fits:\n{code}"));
        }
        None => printer
            .say("note: the project has no `base_url`, so the code works only on a page of the same site"),
    }
    Ok(Status::Done)
}

/// Most guides that are named where none is near.
const NAMED: usize = 10;

fn unknown<'a>(slug: &str, known: impl Iterator<Item = &'a str> + Clone) -> Failure {
    let message = format!("there is no guide `{slug}`");
    let named: Vec<String> = known.clone().take(NAMED).map(|slug| format!("`{slug}`")).collect();
    let help = match (near::nearest(slug, known.clone()), known.count()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, 0) => "this project has no guide yet".to_owned(),
        (None, 1..=NAMED) => format!("the guides are {}", named.join(", ")),
        (None, all) => format!("there are {} and {} more", named.join(", "), all - NAMED),
    };
    Failure::new(message).help(help)
}

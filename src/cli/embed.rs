//! `guidemark embed`: the code to paste.

use super::args::Embed;
use super::failure::Failure;
use super::printer::Printer;
use super::target::Target;
use super::{Status, work};
use crate::page;
use crate::project::near;
use crate::site::{BuildOptions, Memory, Plan};

/// Runs the command.
pub fn run(args: &Embed, printer: &Printer) -> Result<Status, Failure> {
    let target = Target::find(args.path.as_deref())?;
    let options = BuildOptions { drafts: true, jobs: work::processors(), ..BuildOptions::default() };
    let plan = Plan::make(&target.world, &options, &mut Memory::default());
    let settings = &plan.project.settings;
    let index = plan.index(|_| true);
    let Some(entry) = index.entries.iter().find(|entry| entry.slug == args.slug) else {
        return Err(unknown(&args.slug, index.entries.iter().map(|entry| entry.slug.as_str())));
    };
    printer.data(&format!("{}\n", page::embed_code(entry, settings)));
    if settings.base_url.is_none() {
        printer.say("note: the project has no `base_url`, so the code works only on a page of the same site");
    }
    Ok(Status::Done)
}

fn unknown<'a>(slug: &str, known: impl Iterator<Item = &'a str> + Clone) -> Failure {
    let message = format!("there is no guide `{slug}`");
    let help = match near::nearest(slug, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => match known.map(|slug| format!("`{slug}`")).collect::<Vec<_>>().join(", ") {
            all if all.is_empty() => "this project has no guide yet".to_owned(),
            all => format!("the guides are {all}"),
        },
    };
    Failure::new(message, help)
}

//! What of each guide is shown: steps, screenshots, and what stands in the article only.

use super::printer::Printer;
use super::target::Target;
use super::work::count;
use crate::diagnostic::Diagnostic;
use crate::site::{GuideSummary, Outcome, Unanchored};
use crate::source::{MARKDOWN, ProjectPath};
use serde::Serialize;
use std::collections::BTreeSet;

/// Most guides that are named one by one.
const MOST: usize = 12;

/// Says which pages are left out, in one line.
pub fn left_out(outcome: &Outcome, target: &Target, printer: &Printer) {
    let paths: Vec<String> =
        outcome.left_out.iter().map(|path| format!("`{}`", target.shown(path.as_str()))).collect();
    if let Some(first) = paths.first() {
        let more = paths.len() - 1;
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        printer.say(&format!("left out {} without steps: {first}{rest}", count(paths.len(), "page")));
        paths.iter().for_each(|path| printer.detail(&format!("left out {path}")));
    }
}

/// Says which guides have no new page since something is wrong in them.
pub fn not_built(outcome: &Outcome, target: &Target, printer: &Printer) {
    let wrong = outcome.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let guides: BTreeSet<&ProjectPath> = wrong
        .map(|diagnostic| &diagnostic.path)
        .filter(|path| MARKDOWN.contains(&&*path.extension()))
        .collect();
    let mut names: Vec<String> =
        guides.iter().take(MOST).map(|path| format!("`{}`", target.shown(path.as_str()))).collect();
    if guides.len() > MOST {
        names.push(format!("and {} more", guides.len() - MOST));
    }
    if !names.is_empty() {
        let have = if guides.len() == 1 { "has" } else { "have" };
        printer.say(&format!("not built: {}, which {have} errors", names.join(", ")));
    }
}

/// The pages that are left out, as warnings.
pub fn left_out_warnings(outcome: &Outcome) -> impl Iterator<Item = Diagnostic> + '_ {
    let warning = |path: &ProjectPath| {
        let help = "number its steps, or name it in `exclude` in `guidemark.toml`";
        Diagnostic::file_warning("no-steps", path, "the page has no steps, and is left out").help(help)
    };
    outcome.left_out.iter().map(warning)
}

/// Says it for people: of each guide of a small project; of a large one, of those with pictures in the article only.
pub fn tell(outcome: &Outcome, target: &Target, printer: &Printer) {
    if outcome.summary.rendered == 0 {
        return;
    }
    left_out(outcome, target, printer);
    let few = outcome.guide_summaries.len() <= MOST;
    let mut named = 0;
    for (path, summary) in &outcome.guide_summaries {
        let line = line(path, summary, target);
        if few || summary.article_only > 0 && named < MOST {
            named += 1;
            printer.say(&line);
        } else {
            printer.detail(&line);
        }
    }
}

/// Says how many actions a replay would have to find by their place alone; with `--verbose`, which.
pub fn unanchored(outcome: &Outcome, target: &Target, printer: &Printer) {
    let replays =
        outcome.guide_summaries.iter().filter_map(|(path, summary)| Some((path, summary.replay.as_ref()?)));
    let (mut actions, mut missing) = (0, 0);
    for (path, replay) in replays {
        actions += replay.actions;
        missing += replay.unanchored.len();
        for Unanchored { line, verb } in &replay.unanchored {
            printer.detail(&format!("{}:{line}: `@{verb}` has no anchor", target.shown(path.as_str())));
        }
    }
    if missing > 0 {
        let more = if printer.is_verbose() { "" } else { "; `--verbose` lists them" };
        let actions = count(actions, "action");
        let have = if missing == 1 { "has" } else { "have" };
        printer.say(&format!("{missing} of {actions} {have} no anchor for `refresh` to find it by{more}"));
    }
}

fn line(path: &ProjectPath, summary: &GuideSummary, target: &Target) -> String {
    let GuideSummary { steps, screenshots, article_only, replay: _ } = *summary;
    let mut text = format!(
        "`{}`: {}, {}",
        target.shown(path.as_str()),
        count(steps, "step"),
        count(screenshots, "screenshot")
    );
    if article_only > 0 {
        text += &format!("; {} in the article only", count(article_only, "picture"));
    }
    text
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    kind: &'static str,
    file: String,
    steps: usize,
    screenshots: usize,
    article_only: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    actions: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unanchored: Option<usize>,
}

/// One JSON object a line for programs.
pub fn json(outcome: &Outcome, target: &Target) -> String {
    let line = |(path, summary): (&ProjectPath, &GuideSummary)| {
        let GuideSummary { steps, screenshots, article_only, ref replay } = *summary;
        let file = target.shown(path.as_str());
        let (actions, unanchored) =
            replay.as_ref().map(|replay| (replay.actions, replay.unanchored.len())).unzip();
        let line = Line { kind: "summary", file, steps, screenshots, article_only, actions, unanchored };
        serde_json::to_string(&line).unwrap_or_default() + "\n"
    };
    outcome.guide_summaries.iter().map(line).collect()
}

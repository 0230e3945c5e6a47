//! For people: a line for each step that is not the same, with its place.

use super::{GuideReport, Outcome};
use crate::refresh::run::StepRun;
use crate::refresh::verdict::Verdict;
use std::fmt::Write;

/// All that is to be said; `is_all`: of steps that are the same, too.
pub fn human(outcome: &Outcome, is_all: bool, is_colored: bool) -> String {
    let mut text = String::new();
    for guide in &outcome.guides {
        one(&mut text, guide, is_all, is_colored);
    }
    text
}

fn one(text: &mut String, guide: &GuideReport, is_all: bool, is_colored: bool) {
    if let Some((why, help)) = &guide.run.failure {
        let verdict = styled(Verdict::CouldNotRun, is_colored);
        // A `String` takes everything.
        let _ = writeln!(text, "{}: {verdict}: {why}", guide.file);
        if !help.is_empty() {
            let _ = writeln!(text, "  help: {help}");
        }
    }
    for step in &guide.run.steps {
        let verdict = step.verdict();
        if (verdict == Verdict::Same && !is_all)
            || (verdict == Verdict::CouldNotRun && guide.run.failure.is_some())
        {
            continue;
        }
        let _ = writeln!(text, "{}", line(guide, step, is_colored));
        if let Some(help) = &step.help {
            let _ = writeln!(text, "  help: {help}");
        }
    }
    for (line, why) in &guide.left {
        let _ = writeln!(text, "{}:{line}: {why}", guide.file);
    }
    for file in &guide.written {
        let _ = writeln!(text, "wrote {file}");
    }
    if let Some(patch) = &guide.patch {
        text.push_str("not written yet; `--accept` writes it:\n");
        text.push_str(patch);
    }
}

fn line(guide: &GuideReport, step: &StepRun, is_colored: bool) -> String {
    let verdict = styled(step.verdict(), is_colored);
    let why = if step.verdict() == Verdict::Same { "" } else { step.why() };
    let end = if why.is_empty() { String::new() } else { format!(": {why}") };
    format!("{}:{}: {verdict}: step {}, {}{end}", guide.file, step.line, step.number, step.title)
}

fn styled(verdict: Verdict, is_colored: bool) -> String {
    let color = match verdict {
        Verdict::Same | Verdict::NotChecked => "2",
        Verdict::Changed => "33",
        Verdict::Stale | Verdict::Renamed | Verdict::Broken | Verdict::CouldNotRun => "1;31",
    };
    if is_colored { format!("\x1b[{color}m{}\x1b[0m", verdict.words()) } else { verdict.words().to_owned() }
}

/// `11 same, 1 stale`.
pub fn counts(outcome: &Outcome) -> String {
    counted(&outcome.guides)
}

/// The same of some guides.
pub(super) fn counted(guides: &[GuideReport]) -> String {
    let count = |verdict| guides.iter().map(|guide| guide.run.count(verdict)).sum::<usize>();
    let counted = Verdict::ALL.into_iter().map(|verdict| (verdict, count(verdict)));
    let counts = counted
        .filter(|(_, count)| *count > 0)
        .map(|(verdict, count)| format!("{count} {}", verdict.words()));
    let counts = counts.collect::<Vec<_>>().join(", ");
    if counts.is_empty() { "no step was replayed".to_owned() } else { counts }
}

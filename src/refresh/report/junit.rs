//! For test tools: JUnit's XML, a suite for each guide and a case for each step.

use super::{GuideReport, Outcome};
use crate::page::escape;
use crate::refresh::run::StepRun;
use crate::refresh::verdict::Verdict;
use std::fmt::Write;

/// All of it. `strict`: what changed fails, too.
pub fn junit(outcome: &Outcome, strict: bool) -> String {
    let mut text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"guidemark refresh\">\n".to_owned();
    for guide in &outcome.guides {
        suite(&mut text, guide, strict);
    }
    text + "</testsuites>\n"
}

fn suite(text: &mut String, guide: &GuideReport, strict: bool) {
    let count_of =
        |status: u8| guide.run.steps.iter().filter(|step| step.verdict().status(strict) == status).count();
    let skipped = guide.run.count(Verdict::NotChecked);
    let own = usize::from(guide.run.failure.is_some());
    // A `String` takes everything.
    let _ = writeln!(
        text,
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{skipped}\">",
        escaped(&guide.file),
        guide.run.steps.len() + own,
        count_of(1),
        count_of(2) + own,
    );
    if let Some((why, help)) = &guide.run.failure {
        let (why, help) = (escaped(why), escaped(help));
        let name = escaped(&guide.title);
        let _ = writeln!(
            text,
            "    <testcase name=\"{name}\" classname=\"{}\"><error message=\"{why}\">{help}</error></testcase>",
            escaped(&guide.file)
        );
    }
    for step in &guide.run.steps {
        case(text, guide, step, strict);
    }
    text.push_str("  </testsuite>\n");
}

fn case(text: &mut String, guide: &GuideReport, step: &StepRun, strict: bool) {
    let verdict = step.verdict();
    let message = format!("{}: {}", verdict.words(), step.why());
    let (message, help) = (escaped(&message), escaped(step.help.as_deref().unwrap_or_default()));
    let inner = match (verdict.status(strict), verdict) {
        (1, _) => format!("<failure type=\"{}\" message=\"{message}\">{help}</failure>", verdict.words()),
        (2, _) => format!("<error message=\"{message}\">{help}</error>"),
        (_, Verdict::NotChecked) => format!("<skipped message=\"{message}\"/>"),
        (_, Verdict::Changed) => format!("<system-out>{message}</system-out>"),
        _ => String::new(),
    };
    let name = escaped(&format!("{}. {}", step.number, step.title));
    let _ = writeln!(
        text,
        "    <testcase name=\"{name}\" classname=\"{}\" file=\"{}\" line=\"{}\">{inner}</testcase>",
        escaped(&guide.file),
        escaped(&guide.file),
        step.line
    );
}

/// A text in XML, on one line.
fn escaped(text: &str) -> String {
    escape::xml(&text.replace(['\n', '\t'], " "))
}

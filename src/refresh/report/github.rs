//! For GitHub: commands that mark lines of a pull request, and a summary in Markdown.

use super::{Outcome, counts};
use crate::refresh::verdict::Verdict;
use std::fmt::Write;

/// One command a line.
pub fn github(outcome: &Outcome, strict: bool) -> String {
    let mut text = String::new();
    for guide in &outcome.guides {
        let file = property(&guide.file);
        if let Some((why, help)) = &guide.run.failure {
            // A `String` takes everything.
            let _ = writeln!(
                text,
                "::error file={file},title=could not run::{}",
                data(&format!("{why}\n{help}"))
            );
        }
        for step in &guide.run.steps {
            let verdict = step.verdict();
            let kind = match verdict {
                Verdict::Same | Verdict::NotChecked => continue,
                Verdict::CouldNotRun if guide.run.failure.is_some() => continue,
                Verdict::Changed if !strict => "warning",
                _ => "error",
            };
            let help = step.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
            let message = data(&format!("step {}, {}: {}{help}", step.number, step.title, step.why()));
            let _ = writeln!(
                text,
                "::{kind} file={file},line={},title={}::{message}",
                step.line,
                verdict.words()
            );
        }
    }
    text
}

/// A comment for a pull request.
pub fn summary(outcome: &Outcome) -> String {
    let mut text = format!("### Guides against the application: {}\n", counts(outcome));
    let is_named = |verdict: Verdict| !matches!(verdict, Verdict::Same | Verdict::NotChecked);
    if !outcome.guides.iter().any(|guide| is_named(guide.run.verdict())) {
        return text + "\nEvery step shows what the application shows.\n";
    }
    text.push_str("\n| guide | step | verdict | why |\n| --- | --- | --- | --- |\n");
    for guide in &outcome.guides {
        if let Some((why, help)) = &guide.run.failure {
            let _ =
                writeln!(text, "| {} | | could not run | {} {} |", cell(&guide.file), cell(why), cell(help));
        }
        for step in guide.run.steps.iter().filter(|step| is_named(step.verdict())) {
            let (file, title, why) = (cell(&guide.file), cell(&step.title), cell(step.why()));
            let _ = writeln!(
                text,
                "| {file}:{} | {}. {title} | {} | {why} |",
                step.line,
                step.number,
                step.verdict().words()
            );
        }
    }
    let _ = writeln!(text, "\nRenew them with `{}`.", outcome.command.replace('`', "'"));
    text
}

/// A text in a cell of a table: nothing in it is Markdown, a mention or a tag.
fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '|' | '*' | '_' | '[' | ']' | '#' | '!' | '~' => {
                safe.push('\\');
                safe.push(c);
            }
            '<' => safe.push_str("&lt;"),
            '&' => safe.push_str("&amp;"),
            '@' => safe.push_str("&#64;"),
            '`' => safe.push('\''),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

fn data(text: &str) -> String {
    text.trim_end().replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

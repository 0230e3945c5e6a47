//! `@allow`: warnings that an author has seen and keeps.

use super::ProjectFacts;
use crate::diagnostic::Diagnostic;
use crate::guide::Guide;
use crate::source::{ProjectPath, Source, Span, Spanned};
use std::collections::BTreeMap;

/// The findings in a guide that it does not allow. Errors stay, whatever it says.
pub fn quiet(guide: &Guide, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.into_iter().filter(|found| found.is_error() || !is_allowed(guide, found)).collect()
}

/// The findings of a project that neither their guide nor `guidemark.toml` allows.
pub(super) fn quiet_project(facts: &ProjectFacts<'_>, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if found.is_empty() {
        return found;
    }
    let guides: BTreeMap<&ProjectPath, &Guide> =
        facts.guides.iter().map(|(guide, _, source)| (source.path(), *guide)).collect();
    let project: Vec<Spanned<&str>> = facts.project.source.as_ref().map(in_project_file).unwrap_or_default();
    let allowed = |found: &Diagnostic| {
        project.iter().any(|code| code.value == found.code)
            || guides.get(&found.path).is_some_and(|guide| is_allowed(guide, found))
    };
    found.into_iter().filter(|found| found.is_error() || !allowed(found)).collect()
}

/// Whether the guide as a whole allows a code.
pub(super) fn allows(guide: &Guide, code: &str) -> bool {
    guide.allows.iter().filter(|allow| allow.step.is_none()).any(|allow| names(&allow.codes, code))
}

/// The codes that `guidemark.toml` allows in the whole project: `# @allow CODE …` on a line of its own.
pub(super) fn in_project_file(source: &Source) -> Vec<Spanned<&str>> {
    let mut codes = Vec::new();
    let mut at = 0;
    for line in source.text().split_inclusive('\n') {
        let comment = line.trim_start().strip_prefix('#').map(str::trim_start);
        if let Some(rest) = comment.and_then(|comment| comment.strip_prefix("@allow"))
            && rest.starts_with(|c: char| c.is_ascii_whitespace())
        {
            let mut from = at + line.len() - rest.len();
            for word in rest.split(|c: char| c.is_ascii_whitespace()) {
                if !word.is_empty() {
                    codes.push(Spanned::new(word, Span::new(from, from + word.len())));
                }
                from += word.len() + 1;
            }
        }
        at += line.len();
    }
    codes
}

fn is_allowed(guide: &Guide, found: &Diagnostic) -> bool {
    let step = found.span.and_then(|span| step_at(guide, span));
    guide
        .allows
        .iter()
        .filter(|allow| allow.step.is_none() || allow.step == step)
        .any(|allow| names(&allow.codes, found.code))
}

/// The step a place lies in.
fn step_at(guide: &Guide, span: Span) -> Option<usize> {
    let at = guide.steps.partition_point(|step| step.span.start <= span.start).checked_sub(1)?;
    guide.steps.get(at).filter(|step| span.start < step.span.end).map(|_| at)
}

fn names(codes: &[Spanned<String>], code: &str) -> bool {
    codes.iter().any(|allowed| allowed.value == code)
}

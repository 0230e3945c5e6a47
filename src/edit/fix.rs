//! What has one right answer, written into a guide: indentation, images that code hosts don't show, notes of other
//! generators, numbers, the case of a name.

use super::model::{Model, Piece};
use super::replacement::{Refusal, Replacement, apply};
use crate::guide::{self, Fix};
use crate::project::Settings;
use crate::source::{Source, World};

/// What is right after one fix may be seen only then; more rounds than these are never needed.
const ROUNDS: usize = 8;

/// The text of a guide with all that has one right answer written so; the same text if there is nothing.
///
/// # Errors
/// [`Refusal`] if the guide would mean something else then.
pub fn fixed(source: &Source, settings: &Settings, world: &dyn World) -> Result<String, Refusal> {
    fixed_on(source, settings, world, None)
}

/// The same, `lines`: only of what begins on one of these, from 1.
///
/// # Errors
/// [`Refusal`] if the guide would mean something else then.
pub fn fixed_on(
    source: &Source,
    settings: &Settings,
    world: &dyn World,
    lines: Option<(usize, usize)>,
) -> Result<String, Refusal> {
    let mut current = source.clone();
    let here = |fix: &Fix, on: &Source| {
        let line = on.position(fix.span.start).line;
        lines.is_none_or(|(from, to)| (from..=to).contains(&line))
    };
    for _ in 0..lines.map_or(ROUNDS, |_| 1) {
        let understood = guide::understand(&current, settings, world);
        let fixes = apart(understood.fixes.into_iter().filter(|fix| here(fix, &current)).collect());
        if fixes.is_empty() {
            break;
        }
        let next = Source::new(current.path().clone(), apply(current.text(), &fixes));
        let (before, after) =
            (Model::new(&understood.guide, &current), Model::new(&guide::parse(&next).guide, &next));
        if shown(&before) != shown(&after) || after.steps.len() < before.steps.len() {
            return Err(Refusal::new("what would be fixed changes what the guide means: fix it by hand"));
        }
        current = next;
    }
    Ok(current.text().to_owned())
}

/// In order, and none over another.
fn apart(mut fixes: Vec<Fix>) -> Vec<Replacement> {
    fixes.sort_by_key(|fix| (fix.span.start, fix.span.end));
    let mut apart: Vec<Replacement> = Vec::new();
    for Fix { span, text } in fixes {
        if apart.last().is_none_or(|last| last.span.end <= span.start) {
            apart.push(Replacement { span, text });
        }
    }
    apart
}

/// Screenshots and annotations in order: which annotation stands below which screenshot.
fn shown(model: &Model) -> Vec<Option<&str>> {
    let pieces = model.steps.iter().flat_map(|step| &step.pieces);
    pieces
        .map(|piece| match piece {
            Piece::Shot(..) => None,
            Piece::Annotation(line) => Some(line.as_str()),
        })
        .collect()
}

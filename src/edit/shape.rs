//! What an edit must leave as it was: an edit that would make the guide lose or gain something else than it asks
//! for is not made.

use super::ask::Edit;
use super::model::{Model, Piece, StepModel, among, less};
use super::replacement::{Refusal, Replacement, apply};
use super::{find, meta, sections};
use crate::guide::{self, Guide, Parsed};
use crate::source::Source;
use std::ops::Range;

/// Refuses replacements on `source` that would do something else than `edit` asks for. `before`: what `source` says. What
/// the guide holds before and after, if the edit is one of its steps or of what stands around them.
pub fn check(
    before: &Parsed,
    source: &Source,
    replacements: &[Replacement],
    edit: &Edit,
) -> Result<Option<(Model, Model)>, Refusal> {
    if replacements.is_empty() {
        return Ok(None);
    }
    let guide = &before.guide;
    let text = apply(source.text(), replacements);
    let after = Source::new(source.path().clone(), text);
    let parsed = guide::parse(&after);
    if parsed.guide.broken || opened(&parsed) > opened(before) {
        return Err(Refusal::new("a comment or the front matter would never be closed"));
    }
    let (old, new) = (Model::new(guide, source), Model::new(&parsed.guide, &after));
    if let Edit::Meta(edit) = edit {
        let same =
            old.steps == new.steps && old.prose == new.prose && old.headings.len() == new.headings.len();
        meta::check(source, &after, &parsed.guide.front, edit)?;
        return if same { Ok(None) } else { Err(swallows()) };
    }
    steps(&old, &new, edit)?;
    if let Some(same) = around(&old, &new, guide, edit) {
        return match edit {
            _ if same && old.front == new.front => Ok(Some((old, new))),
            Edit::Heading { title, .. } if title.trim().is_empty() => Err(Refusal::new(
                "without this heading the text below it would belong to the step above: move or remove that text first",
            )),
            Edit::MoveProse { .. } => Err(Refusal::new("there the text would belong to the step above")),
            _ => Err(swallows()),
        };
    }
    let outside = old.prose == new.prose && old.headings == new.headings && old.front == new.front;
    let found = !matches!(edit, Edit::Annotate { .. }) || in_scene(guide, &parsed.guide, edit);
    if outside && found && means(&old, &new, guide, edit) { Ok(Some((old, new))) } else { Err(swallows()) }
}

fn swallows() -> Refusal {
    Refusal::new("it would change or swallow something else: close every comment and code block in the text")
}

/// How many comments are never closed.
fn opened(parsed: &Parsed) -> usize {
    parsed.diagnostics.iter().filter(|found| found.code == "unclosed-comment").count()
}

/// Refuses another number of steps than asked for.
fn steps(old: &Model, new: &Model, edit: &Edit) -> Result<(), Refusal> {
    let count = old.steps.len();
    let wanted = match edit {
        Edit::AddStep { .. } | Edit::Duplicate { .. } | Edit::Split { .. } => count + 1,
        Edit::AddSteps { steps, .. } => count + steps.len(),
        Edit::Delete { .. } => count.saturating_sub(1),
        Edit::Annotate { .. }
        | Edit::Set { .. }
        | Edit::SetRegion { .. }
        | Edit::SetText { .. }
        | Edit::All { .. }
        | Edit::DeleteSteps { .. }
        | Edit::DuplicateSteps { .. }
        | Edit::MoveSteps { .. }
        | Edit::Remove { .. }
        | Edit::Shift { .. }
        | Edit::Text { .. }
        | Edit::Alt { .. }
        | Edit::Id { .. }
        | Edit::Screenshot { .. }
        | Edit::AddScreenshot { .. }
        | Edit::Move { .. }
        | Edit::Prose { .. }
        | Edit::AddProse { .. }
        | Edit::AddChapter { .. }
        | Edit::Heading { .. }
        | Edit::MoveChapter { .. }
        | Edit::MoveProse { .. }
        | Edit::Meta(_) => count,
    };
    let found = new.steps.len();
    if found == wanted {
        return Ok(());
    }
    let why = if found < wanted { ": a list without a screenshot or an annotation is text" } else { "" };
    Err(Refusal::new(format!("the guide would have {found} steps instead of {wanted}{why}")))
}

/// Whether the new guide is the old one but for what was asked.
fn means(old: &Model, new: &Model, guide: &Guide, edit: &Edit) -> bool {
    match edit {
        Edit::Annotate { step, .. } => {
            one(old, new, *step, |old, new| gained(&old.pieces, &new.pieces, true))
        }
        Edit::Set { at, .. } | Edit::SetRegion { at, .. } | Edit::SetText { at, .. } => {
            is_step_of(guide, *at, |step| one(old, new, step, |old, new| differ(old, new, false)))
        }
        Edit::Remove { at } => is_step_of(guide, *at, |step| {
            one(old, new, step, |old, new| gained(&new.pieces, &old.pieces, true))
        }),
        Edit::Shift { at, .. } => is_step_of(guide, *at, |step| {
            one(old, new, step, |old, new| sorted(&old.pieces) == sorted(&new.pieces))
        }),
        Edit::Alt { step, .. } | Edit::Screenshot { step, .. } => {
            one(old, new, *step, |old, new| differ(old, new, true))
        }
        Edit::Id { step, .. } => one(old, new, *step, |old, new| {
            let bare = |step: &StepModel| step.clone().without_ids().pieces;
            bare(old) == bare(new)
        }),
        Edit::AddScreenshot { step, .. } => {
            one(old, new, *step, |old, new| gained(&old.pieces, &new.pieces, false))
        }
        Edit::Text { step, run, .. } => text(old, new, *step, *run),
        Edit::AddStep { after, path, .. } => added(old, new, *after, &[path.is_some()]),
        Edit::AddSteps { after, steps } => {
            added(old, new, *after, &steps.iter().map(|step| step.path.is_some()).collect::<Vec<_>>())
        }
        Edit::Duplicate { step } => {
            let copy = old.steps.get(*step).cloned().map(StepModel::without_ids);
            less(&new.steps, step + 1) == old.steps && new.steps.get(step + 1) == copy.as_ref()
        }
        Edit::Delete { step } => less(&old.steps, *step) == new.steps,
        Edit::Move { step, to } => {
            less(&old.steps, *step) == less(&new.steps, *to) && old.steps.get(*step) == new.steps.get(*to)
        }
        Edit::Split { step, .. } => split(old, new, *step),
        // What stands around the steps was looked at before, and several changes one by one.
        Edit::Prose { .. }
        | Edit::All { .. }
        | Edit::DeleteSteps { .. }
        | Edit::DuplicateSteps { .. }
        | Edit::MoveSteps { .. }
        | Edit::AddProse { .. }
        | Edit::AddChapter { .. }
        | Edit::Heading { .. }
        | Edit::MoveChapter { .. }
        | Edit::MoveProse { .. }
        | Edit::Meta(_) => true,
    }
}

/// Of an edit of what stands around the steps, whether it changes no more than it asks for.
fn around(old: &Model, new: &Model, guide: &Guide, edit: &Edit) -> Option<bool> {
    let steps = old.steps == new.steps;
    Some(match edit {
        // An author may write headings into a text.
        Edit::Prose { at, .. } => {
            let written = sections::prose(guide, *at);
            steps && among(&old.headings, &new.headings) && is_rest_same(&old.prose, &new.prose, &written)
        }
        Edit::AddProse { .. } => {
            steps && among(&old.headings, &new.headings) && among(&old.prose, &new.prose)
        }
        Edit::AddChapter { .. } => {
            let one = old.headings.len() + 1 == new.headings.len() && among(&old.headings, &new.headings);
            steps && one && old.prose == new.prose
        }
        Edit::Heading { title, .. } => {
            let gone = usize::from(title.trim().is_empty());
            let count = old.headings.len() == new.headings.len() + gone;
            let other = old.headings.iter().zip(&new.headings).filter(|(old, new)| old != new).count();
            steps && count && (gone == 1 || other <= 1) && old.prose == new.prose
        }
        Edit::MoveProse { .. } => steps && old.headings == new.headings && same(&old.prose, &new.prose),
        Edit::MoveChapter { .. } => {
            let mut left = new.steps.clone();
            let found = old.steps.iter().all(|step| match left.iter().position(|other| other == step) {
                Some(at) => {
                    left.remove(at);
                    true
                }
                None => false,
            });
            found && left.is_empty() && same(&old.headings, &new.headings) && same(&old.prose, &new.prose)
        }
        _ => return None,
    })
}

/// Whether there are the same texts, in any order.
fn same(old: &[String], new: &[String]) -> bool {
    let (mut old, mut new) = (old.to_vec(), new.to_vec());
    old.sort();
    new.sort();
    old == new
}

/// Whether all texts but those that are written anew stand where they stood.
fn is_rest_same(old: &[String], new: &[String], written: &Range<usize>) -> bool {
    let (head, tail) = (written.start, old.len().saturating_sub(written.end));
    new.len() >= head + tail
        && new.get(..head) == old.get(..head)
        && new.get(new.len() - tail..) == old.get(old.len() - tail..)
}

/// Whether there are steps more, each with a screenshot where one was asked for.
fn added(old: &Model, new: &Model, after: Option<usize>, shown: &[bool]) -> bool {
    let at = after.map_or(0, |after| after + 1);
    let is_shot = |piece: &Piece| matches!(piece, Piece::Shot(..));
    let shows = |step: &StepModel| step.pieces.iter().any(is_shot);
    let (before, rest) = new.steps.split_at(at.min(new.steps.len()));
    let (own, after) = rest.split_at(shown.len().min(rest.len()));
    [before, after].concat() == old.steps && own.iter().zip(shown).all(|(step, shown)| shows(step) || !shown)
}

/// Asks about the step of the annotation at byte `at`.
fn is_step_of(guide: &Guide, at: usize, same: impl Fn(usize) -> bool) -> bool {
    find::annotation(guide, at).is_ok_and(|(step, _)| same(step))
}

/// Whether only the pieces of one step differ, in the way asked for.
fn one(old: &Model, new: &Model, step: usize, same: impl Fn(&StepModel, &StepModel) -> bool) -> bool {
    let pair = old.steps.get(step).zip(new.steps.get(step));
    less(&old.steps, step) == less(&new.steps, step)
        && pair.is_some_and(|(old, new)| {
            words(&old.texts) == words(&new.texts) && old.plain == new.plain && same(old, new)
        })
}

/// Whether there is one annotation (or one screenshot) more.
fn gained(few: &[Piece], many: &[Piece], annotation: bool) -> bool {
    let at = few.iter().zip(many).take_while(|(one, other)| one == other).count();
    less(many, at) == few
        && many.get(at).is_some_and(|piece| matches!(piece, Piece::Annotation(_)) == annotation)
}

/// Whether no more than one screenshot (or one annotation) differs.
fn differ(old: &StepModel, new: &StepModel, shot: bool) -> bool {
    let other: Vec<_> = old.pieces.iter().zip(&new.pieces).filter(|(old, new)| old != new).collect();
    let is_shot = |piece: &Piece| matches!(piece, Piece::Shot(..));
    old.pieces.len() == new.pieces.len()
        && other.len() <= 1
        && other.iter().all(|(old, new)| is_shot(old) == shot && is_shot(new) == shot)
}

fn sorted(pieces: &[Piece]) -> Vec<Piece> {
    let mut sorted = pieces.to_vec();
    sorted.sort();
    sorted
}

/// Whether a text changed and nothing was lost. An author may write screenshots and annotations in a text.
fn text(old: &Model, new: &Model, step: usize, run: usize) -> bool {
    let Some((was, is)) = old.steps.get(step).zip(new.steps.get(step)) else { return false };
    less(&old.steps, step) == less(&new.steps, step)
        && among(&was.pieces, &is.pieces)
        && among(&was.plain, &is.plain)
        && among(&words(&less(&was.texts, run)), &words(&is.texts))
}

fn words(texts: &[String]) -> Vec<&str> {
    texts.iter().flat_map(|text| text.split_whitespace()).collect()
}

/// Whether two steps hold what one did.
fn split(old: &Model, new: &Model, step: usize) -> bool {
    let (Some(was), Some(head), Some(tail)) =
        (old.steps.get(step), new.steps.get(step), new.steps.get(step + 1))
    else {
        return false;
    };
    let letters = |steps: &[&StepModel]| steps.iter().flat_map(|step| words(&step.texts)).collect::<String>();
    let plain = [head.plain.as_slice(), &tail.plain].concat();
    less(&less(&new.steps, step), step) == less(&old.steps, step)
        && sorted(&was.pieces) == sorted(&[head.pieces.as_slice(), &tail.pieces].concat())
        && plain.len() == was.plain.len()
        && plain.iter().all(|line| was.plain.contains(line))
        && letters(&[was]) == letters(&[head, tail])
}

/// Whether a new annotation speaks of the scene it was drawn on.
fn in_scene(old: &Guide, new: &Guide, edit: &Edit) -> bool {
    let Edit::Annotate { step, scene, .. } = edit else { return true };
    let counts = |guide: &Guide| -> Vec<usize> {
        find::scenes(guide, *step).iter().map(|scene| scene.annotations.len()).collect()
    };
    let (old, new) = (counts(old), counts(new));
    // `@id` speaks of the step.
    old == new
        || (old.len() == new.len()
            && old
                .iter()
                .zip(&new)
                .enumerate()
                .all(|(at, (old, new))| old + usize::from(at == *scene) == *new))
}

//! Several changes as one: each is made on the text that those before it left, and all or none of them come to stand there.

use super::ask::Edit;
use super::replacement::{Change, Refusal, Replacement, apply, between};
use super::{change, find};
use crate::guide::{self, Guide, Resolved};
use crate::source::{Source, Span};

/// More changes at once than anybody makes by hand.
const MOST: usize = 2_000;

/// One after another.
pub fn all(source: &Source, edits: &[Edit], resolved: Option<&Resolved>) -> Change {
    if edits.len() > MOST {
        return Err(Refusal::new(format!("more than {MOST} changes at once")));
    }
    let mut draft = Draft::new(source, resolved);
    for edit in edits {
        if matches!(edit, Edit::All { .. }) {
            return Err(Refusal::new("several changes at once hold no several changes"));
        }
        draft.make(edit)?;
    }
    Ok(draft.replacements())
}

/// Removes steps. A list that would be text without one of them goes with its others, so the order in which they go is tried.
pub fn delete(source: &Source, guide: &Guide, steps: &[usize]) -> Change {
    let mut left = chosen(guide, steps)?;
    if left.len() >= guide.steps.len() {
        return Err(Refusal::new("a guide needs at least one step"));
    }
    let mut draft = Draft::new(source, None);
    while !left.is_empty() {
        let mut refused = None;
        let gone = (0..left.len()).rev().find(|&at| {
            let step = left.get(at).copied().unwrap_or_default();
            draft.make(&Edit::Delete { step }).map_err(|why| refused = Some(why)).is_ok()
        });
        let Some(at) = gone else { return Err(refused.unwrap_or_else(nothing)) };
        left.remove(at);
        left.iter_mut().skip(at).for_each(|step| *step -= 1);
    }
    Ok(draft.replacements())
}

/// Repeats steps: the copies stand behind the last of them, in their order; where they can't, each behind its own.
pub fn duplicate(source: &Source, guide: &Guide, steps: &[usize]) -> Change {
    let steps = chosen(guide, steps)?;
    let mut draft = Draft::new(source, None);
    for &step in steps.iter().rev() {
        draft.make(&Edit::Duplicate { step })?;
    }
    let copies: Vec<usize> = steps.iter().enumerate().map(|(at, step)| step + at + 1).collect();
    let last = copies.last().copied().unwrap_or_default();
    let behind = last + 1 - copies.len();
    let mut apart = draft.clone();
    if apart.gather(&copies, behind).is_ok() {
        draft = apart;
    }
    Ok(draft.replacements())
}

/// Moves steps behind each other, so that the first of them has the index `to` afterwards.
pub fn shift(source: &Source, guide: &Guide, steps: &[usize], to: usize) -> Change {
    let steps = chosen(guide, steps)?;
    if to + steps.len() > guide.steps.len() {
        return Err(Refusal::new(format!("there is no place {}", to + steps.len())));
    }
    let mut draft = Draft::new(source, None);
    draft.gather(&steps, to)?;
    Ok(draft.replacements())
}

/// Indices in order, each once, of steps that are there.
fn chosen(guide: &Guide, steps: &[usize]) -> Result<Vec<usize>, Refusal> {
    let mut chosen = steps.to_vec();
    chosen.sort_unstable();
    chosen.dedup();
    chosen.last().map_or_else(|| Err(nothing()), |last| find::step(guide, *last))?;
    Ok(chosen)
}

fn nothing() -> Refusal {
    Refusal::new("no step is chosen")
}

/// A text on which changes are made one after another.
#[derive(Clone)]
struct Draft<'a> {
    before: &'a Source,
    now: Source,
    /// What changed, on the text before. [`between`] finds lines that only stand elsewhere now.
    made: Vec<Replacement>,
    resolved: Option<&'a Resolved>,
}

impl<'a> Draft<'a> {
    fn new(before: &'a Source, resolved: Option<&'a Resolved>) -> Self {
        Self { before, now: before.clone(), made: Vec::new(), resolved }
    }

    fn make(&mut self, edit: &Edit) -> Result<(), Refusal> {
        let replacements = change(&self.now, edit, self.resolved)?;
        let after = apply(self.now.text(), &replacements);
        self.made =
            composed(&self.made, &replacements).unwrap_or_else(|| between(self.before.text(), &after, 0));
        self.now = Source::new(self.now.path().clone(), after);
        Ok(())
    }

    /// Moves steps, given in order, behind each other.
    fn gather(&mut self, steps: &[usize], to: usize) -> Result<(), Refusal> {
        let count = guide::parse(&self.now).guide.steps.len();
        let others = (0..count).filter(|step| !steps.contains(step));
        // The place in the order of all of them that has `to` of the others before it.
        let mut gap = others.clone().nth(to).unwrap_or(count);
        if to > 0 {
            gap = others.clone().nth(to - 1).map_or(gap, |before| before + 1);
        }
        // The last first: the first of a list leaves its number to the one that takes its place.
        for (moved, step) in steps.iter().rev().filter(|step| **step < gap).enumerate() {
            self.place(*step, gap - 1 - moved)?;
        }
        for (moved, step) in steps.iter().filter(|step| **step >= gap).enumerate() {
            self.place(*step, gap + moved)?;
        }
        Ok(())
    }

    fn place(&mut self, step: usize, to: usize) -> Result<(), Refusal> {
        if step == to { Ok(()) } else { self.make(&Edit::Move { step, to }) }
    }

    fn replacements(self) -> Vec<Replacement> {
        let is_change = |one: &Replacement| self.before.slice(one.span) != one.text;
        if apply(self.before.text(), &self.made) == self.now.text() {
            return self.made.into_iter().filter(is_change).collect();
        }
        between(self.before.text(), self.now.text(), 0)
    }
}

/// Replacements of a text, and others of what they made of it, as replacements of that text: `None` where they touch.
fn composed(first: &[Replacement], second: &[Replacement]) -> Option<Vec<Replacement>> {
    let mut all = first.to_vec();
    for Replacement { span, text } in second {
        let (mut grown, mut shrunk) = (0_usize, 0_usize);
        for one in first {
            let start = one.span.start + grown - shrunk;
            let end = start + one.text.len();
            if span.end < start {
                break;
            }
            if span.start <= end {
                return None;
            }
            grown += one.text.len();
            shrunk += one.span.len();
        }
        let back = |at: usize| at + shrunk - grown;
        all.push(Replacement::new(Span::new(back(span.start), back(span.end)), text.clone()));
    }
    all.sort_by_key(|one| (one.span.start, one.span.end));
    Some(all)
}

//! An edit of a text that has changed meanwhile.

use super::replacement::{Replacement, apply, between};
use super::shape::Shape;
use crate::guide;
use crate::source::{Source, Span};

/// Replacements on `base` as replacements on `now`, where they still fit: `None` if `now` differs from `base`
/// at or right beside a place that they change.
pub fn rebase(base: &str, now: &str, replacements: &[Replacement]) -> Option<Vec<Replacement>> {
    let changes = between(base, now, 0);
    replacements.iter().map(|replacement| moved(replacement, &changes)).collect()
}

fn moved(replacement: &Replacement, changes: &[Replacement]) -> Option<Replacement> {
    let Span { start, end } = replacement.span;
    if changes.iter().any(|change| change.span.start <= end && start <= change.span.end) {
        return None;
    }
    let before = changes.iter().filter(|change| change.span.end < start);
    let (grown, shrunk) = before
        .fold((0, 0), |(grown, shrunk), change| (grown + change.text.len(), shrunk + change.span.len()));
    let at = start + grown - shrunk;
    Some(Replacement::new(Span::new(at, at + replacement.span.len()), replacement.text.clone()))
}

/// Whether `moved`, made of `replacements`, does to the guide of `now` what those do to the guide of `base`: as many
/// steps, screenshots and annotations more or less.
pub fn same_effect(base: &Source, replacements: &[Replacement], now: &Source, moved: &[Replacement]) -> bool {
    let effect = |source: &Source, replacements: &[Replacement]| {
        let after = Source::new(source.path().clone(), apply(source.text(), replacements));
        let shape = |source: &Source| Shape::of(&guide::parse(source).guide);
        let (before, after) = (shape(source), shape(&after));
        (after.without(before), before.without(after))
    };
    effect(base, replacements) == effect(now, moved)
}

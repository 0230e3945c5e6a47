//! An edit of a text that has changed meanwhile.

use super::replacement::{Replacement, apply, between};
use crate::guide::{self, Part};
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
        let (before, after) = (counts(source), counts(&after));
        std::array::from_fn::<_, 3, _>(|at| after[at] - before[at])
    };
    effect(base, replacements) == effect(now, moved)
}

/// How many steps, screenshots and annotations a guide has.
fn counts(source: &Source) -> [i64; 3] {
    let steps = guide::parse(source).guide.steps;
    steps.iter().fold([0; 3], |[count, shots, annotations], step| {
        let count_of = |wanted: fn(&&Part) -> bool| step.parts.iter().filter(wanted).count() as i64;
        let new = [
            count_of(|part| matches!(part, Part::Screenshot(_))),
            count_of(|part| matches!(part, Part::Annotation(_))),
        ];
        [count + 1, shots + new[0], annotations + new[1]]
    })
}

//! An edit of a text that has changed meanwhile.

use super::replacement::{Replacement, between};
use crate::source::Span;

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

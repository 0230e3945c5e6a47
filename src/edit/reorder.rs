//! Steps in another order.

use super::item::Item;
use super::labels::{self, Labels};
use super::list::{List, Marker, remark};
use super::replacement::{Change, Refusal, Replacement, apply, between};
use super::steps::{behind, place, taken};
use crate::guide::Guide;
use crate::source::{Source, Span};

/// Moves a step, so that its index is `to` afterwards.
pub fn shift(source: &Source, guide: &Guide, step: usize, to: usize) -> Change {
    if labels::are_labels(guide, step) && to < guide.steps.len() {
        return Labels::for_step(source, guide, step)?.shift(step, to);
    }
    let (list, item) = place(source, guide, step)?;
    if to >= guide.steps.len() {
        return Err(Refusal::new(format!("there is no place {}", to + 1)));
    }
    if step == to {
        return Ok(Vec::new());
    }
    // The neighbours, by their indices before the move.
    let before = to.checked_sub(1).map(|before| if before < step { before } else { before + 1 });
    let after = Some(if to < step { to } else { to + 1 }).filter(|after| *after < guide.steps.len());
    let own = |near: Option<usize>| near.is_some_and(|near| list.steps.contains(&near));
    if own(before) || own(after) {
        return Ok(within(source, &list, step, to));
    }
    let same = before.zip(after).is_none_or(|(before, after)| {
        List::for_step(guide, before, source).is_some_and(|list| list.steps.contains(&after))
    });
    let mut all = taken(source, &list, step, item);
    all.push(match (before, after) {
        (Some(before), _) => {
            let (other, near) = place(source, guide, before)?;
            let body = remarked(source, item, &like(source, item, near, None));
            // Behind the last of a list, its gap is that before it.
            behind(
                source,
                near,
                other.breaks(if same { before } else { before.saturating_sub(1) }, guide, source),
                &body,
            )
        }
        (None, Some(after)) => {
            let (other, near) = place(source, guide, after)?;
            let first = source.slice(near.number);
            let body = remarked(source, item, &like(source, item, near, Some(first)));
            let ending = super::lines::ending(source.text(), near.number.start);
            let breaks = ending.repeat(other.breaks(after, guide, source));
            Replacement::new(Span::at(near.line), body + &breaks)
        }
        (None, None) => return Ok(Vec::new()),
    });
    Ok(all)
}

/// The marker of an item in the list of another.
fn like(source: &Source, item: Item, near: Item, number: Option<&str>) -> Marker {
    let (own, other) = (Marker::for_item(item, source), Marker::for_item(near, source));
    let number = number.map_or(own.number, str::to_owned);
    Marker { lead: other.lead, delimiter: other.delimiter, number, gap: own.gap }
}

/// An item's text with another marker.
fn remarked(source: &Source, item: Item, marker: &Marker) -> String {
    let body = Span::new(item.line, item.end);
    let moved = remark(source, item, marker).into_iter().map(|one| {
        let Span { start, end } = one.span;
        Replacement::new(Span::new(start - body.start, end - body.start), one.text)
    });
    apply(source.slice(body), &super::replacement::tidy(moved.collect()))
}

/// Another order of the items of one list; what stands between them stays where it is.
fn within(source: &Source, list: &List, step: usize, to: usize) -> Vec<Replacement> {
    let text = source.text();
    let mut order: Vec<Item> = list.items.clone();
    let item = order.remove(step - list.steps.start);
    order.insert((to - list.steps.start).min(order.len()), item);
    let (Some(first), Some(last)) = (list.items.first(), list.items.last()) else { return Vec::new() };
    let mut new = String::new();
    for (at, item) in order.iter().enumerate() {
        let marker = Marker::for_item(*item, source);
        let is_first = at == 0 && item != first;
        let marker = if is_first { marker.with(source.slice(first.number)) } else { marker };
        new += &remarked(source, *item, &marker);
        let gap = list.items.get(at).zip(list.items.get(at + 1));
        new += gap.and_then(|(one, next)| text.get(one.end..next.line)).unwrap_or_default();
    }
    between(source.slice(Span::new(first.line, last.end)), &new, first.line)
}

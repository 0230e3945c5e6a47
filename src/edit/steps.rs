//! Steps: added, repeated, removed. Numbers that an author typed stay: nothing counts by them but the first.

use super::ask::NewStep;
use super::item::{Item, Margin};
use super::labels::{self, Labels};
use super::list::{List, Marker, next_number, remark};
use super::replacement::{Change, Refusal, Replacement, apply};
use super::text::new_lines;
use super::{find, image, lines, uncomment};
use crate::guide::{self, Guide, StepForm};
use crate::source::{Source, Span};

/// Adds steps behind another one, or before the first.
pub fn add_all(source: &Source, guide: &Guide, after: Option<usize>, steps: &[NewStep]) -> Change {
    if steps.is_empty() {
        return Ok(Vec::new());
    }
    let contents = steps.iter().map(content).collect::<Result<Vec<_>, _>>()?;
    if guide.steps.is_empty() && after.is_none() {
        return Ok(first(source, &contents));
    }
    let near = after.unwrap_or(0);
    if labels::are_labels(guide, near) {
        return Labels::for_step(source, guide, near)?.add(after, &contents);
    }
    let (list, item) = place(source, guide, near)?;
    let (margin, mut marker) = (Margin::for_step(guide, near, source), Marker::for_item(item, source));
    let ending = lines::ending(source.text(), item.number.start);
    let breaks = list.breaks(near, guide, source);
    let repeats = list.repeats(source);
    if after.is_some() {
        marker = marker.with(list.number_after(item, source));
    }
    let mut items = Vec::new();
    for content in &contents {
        items.push(marker.item(content, &margin, ending));
        let next = if repeats { marker.number.clone() } else { next_number(&marker.number) };
        marker = marker.with(next);
    }
    let all = items.join(&ending.repeat(breaks));
    Ok(match after {
        None => vec![Replacement::new(Span::at(item.line), all + &ending.repeat(breaks))],
        Some(_) => vec![behind(source, item, breaks, &all)],
    })
}

/// The lines of a step without indentation.
fn content(step: &NewStep) -> Result<Vec<String>, Refusal> {
    let mut content = new_lines(&step.markdown);
    if let Some(path) = &step.path {
        content.extend((!content.is_empty()).then(String::new));
        content.push(image::markdown(path, &step.alt)?);
    }
    Ok(content)
}

/// The first steps, at the end of a guide that has none.
fn first(source: &Source, contents: &[Vec<String>]) -> Vec<Replacement> {
    let text = source.text();
    let end = lines::trimmed(text, text.len());
    let ending = lines::ending(text, end);
    let items = contents.iter().enumerate().map(|(at, content)| {
        let marker =
            Marker { lead: String::new(), number: (at + 1).to_string(), delimiter: '.', gap: " ".to_owned() };
        marker.item(content, &Margin::spaces(marker.column()), ending)
    });
    let all = items.collect::<Vec<_>>().join(&ending.repeat(2));
    let before = if end == 0 { String::new() } else { ending.repeat(2) };
    let after = if end == text.len() { ending } else { "" };
    vec![Replacement::new(Span::at(end), before + &all + after)]
}

/// The list and the item of a step.
pub fn place(source: &Source, guide: &Guide, step: usize) -> Result<(List, Item), Refusal> {
    if find::step(guide, step)?.form != StepForm::Item {
        let message = "the steps of this guide are not a list: add, move and remove them in its file";
        return Err(Refusal::new(message));
    }
    let list = List::for_step(guide, step, source);
    let item = list.as_ref().and_then(|list| list.item(step));
    list.zip(item).ok_or_else(|| Refusal::new("the list of this step can't be found"))
}

/// What puts an item behind another.
pub fn behind(source: &Source, item: Item, breaks: usize, all: &str) -> Replacement {
    let text = source.text();
    let ending = lines::ending(text, item.end);
    Replacement::new(Span::at(lines::end(text, item.end)), ending.repeat(breaks) + all)
}

/// Repeats a step behind itself.
pub fn duplicate(source: &Source, guide: &Guide, step: usize) -> Change {
    if labels::are_labels(guide, step) {
        let labels = Labels::for_step(source, guide, step)?;
        let id = guide.steps.get(step).and_then(find::id);
        let gone = id.map(|id| uncomment::remove(source, guide, id.span.start)).transpose()?;
        return labels.duplicate(step, &labels.body_after(step, &gone.unwrap_or_default()));
    }
    let (list, item) = place(source, guide, step)?;
    let body = source.slice(Span::new(item.line, item.end)).to_owned();
    let alone = Source::new(source.path().clone(), without_ids(source, body)?);
    let marker = Marker::for_item(item, source).with(list.number_after(item, source));
    let copy = match guide::parse(&alone).guide.steps.first() {
        Some(step) => apply(alone.text(), &remark(&alone, Item::new(step, &alone), &marker)),
        None => alone.text().to_owned(),
    };
    Ok(vec![behind(source, item, list.breaks(step, guide, source), copy.trim_end())])
}

/// The text of one step without its `@id`s.
fn without_ids(source: &Source, body: String) -> Result<String, Refusal> {
    let alone = Source::new(source.path().clone(), body);
    let guide = guide::parse(&alone).guide;
    match guide.steps.iter().find_map(find::id) {
        Some(id) => {
            let shorter = apply(alone.text(), &uncomment::remove(&alone, &guide, id.span.start)?);
            without_ids(&alone, shorter)
        }
        None => Ok(alone.text().to_owned()),
    }
}

/// Removes a step; with the last of a list, the list.
pub fn delete(source: &Source, guide: &Guide, step: usize) -> Change {
    find::step(guide, step)?;
    if guide.steps.len() == 1 {
        return Err(Refusal::new("a guide needs at least one step"));
    }
    if labels::are_labels(guide, step) {
        return Labels::for_step(source, guide, step)?.delete(step);
    }
    let (list, item) = place(source, guide, step)?;
    Ok(taken(source, &list, step, item))
}

/// What takes a step out of its list.
pub fn taken(source: &Source, list: &List, step: usize, item: Item) -> Vec<Replacement> {
    let text = source.text();
    let before = step.checked_sub(1).and_then(|before| list.item(before));
    match (before, list.item(step + 1)) {
        (Some(before), None) => {
            let (start, end) = (lines::end(text, before.end), lines::end(text, item.end));
            vec![Replacement::new(Span::new(start, end), "")]
        }
        (Some(_), Some(next)) => vec![Replacement::new(Span::new(item.line, next.line), "")],
        (None, Some(next)) => {
            let mut all = vec![Replacement::new(Span::new(item.line, next.line), "")];
            all.extend(remark(source, next, &Marker::for_item(next, source).with(source.slice(item.number))));
            all
        }
        (None, None) => vec![Replacement::new(alone(text, item), "")],
    }
}

/// The only item of a list, with the blank lines on one of its sides.
fn alone(text: &str, item: Item) -> Span {
    let rest = text.get(item.end..).unwrap_or_default();
    let next = item.end + rest.len() - rest.trim_start().len();
    if next < text.len() {
        return Span::new(item.line, lines::start(text, next));
    }
    Span::new(lines::trimmed(text, item.line), item.end)
}

//! Annotations: added, and moved among those of their scene.

use super::ask::AnnotationFields;
use super::item::{Item, Margin};
use super::replacement::{Change, Refusal, Replacement};
use super::{fields, find, lines, reword, uncomment};
use crate::guide::Guide;
use crate::guide::annotation::Annotation;
use crate::source::{Source, Span};

/// Adds an annotation behind those of its scene.
pub fn add(source: &Source, guide: &Guide, step: usize, scene: usize, fields: &AnnotationFields) -> Change {
    let line = fields::line(fields)?;
    let found = find::scene(guide, step, scene)?;
    let image = found.image.map(|image| image.span);
    let last = found.annotations.iter().map(|annotation| annotation.span);
    let last = last.filter(|span| image.is_none_or(|image| image.end <= span.start)).max();
    let place = Place { source, margin: Margin::for_step(guide, step, source).text };
    let added = match (last, image) {
        (Some(last), _) => place.behind(find::comment(find::step(guide, step)?, last)?, last, &line),
        (None, Some(image)) => place.below(image, &comment(&line)),
        (None, None) => place.at_end(Item::new(find::step(guide, step)?, source), &comment(&line)),
    };
    Ok(vec![added])
}

/// Gives a step an `@id`, or another one, or takes it away.
pub fn set_id(source: &Source, guide: &Guide, step: usize, id: Option<&str>) -> Change {
    let there = find::id(find::step(guide, step)?).map(|annotation| annotation.span.start);
    let wanted = id.map(|id| AnnotationFields {
        verb: "id".to_owned(),
        word: Some(id.to_owned()),
        ..AnnotationFields::default()
    });
    match (there, wanted) {
        (Some(at), Some(fields)) => reword::set(source, guide, at, &fields, None),
        (Some(at), None) => uncomment::remove(source, guide, at),
        (None, Some(fields)) => add(source, guide, step, 0, &fields),
        (None, None) => Ok(Vec::new()),
    }
}

fn comment(line: &str) -> String {
    format!("<!-- {line} -->")
}

/// Where new lines of a step go.
struct Place<'a> {
    source: &'a Source,
    margin: String,
}

impl Place<'_> {
    /// Behind the last annotation of a scene: one line more in its comment, or a comment below it.
    fn behind(&self, comment: Span, last: Span, line: &str) -> Replacement {
        let text = self.source.text();
        let goes_on = text.get(last.end..comment.end).is_some_and(|rest| rest.contains('\n'));
        if !goes_on {
            return self.below(comment, &self::comment(line));
        }
        let begin = lines::start(text, last.start);
        let lead = match text.get(begin..last.start) {
            Some(lead) if is_lead(lead) => lead,
            _ => lines::lead(text, last.start),
        };
        let at = lines::end(text, last.end);
        Replacement::new(Span::at(at), format!("{}{lead}{line}", lines::ending(text, last.end)))
    }

    /// Right below something, or right beside it where its line goes on.
    fn below(&self, what: Span, comment: &str) -> Replacement {
        let text = self.source.text();
        let end = lines::end(text, what.end);
        let rest = text.get(what.end..end).unwrap_or_default().trim();
        if !(rest.is_empty() || is_comments(rest)) {
            return Replacement::new(Span::at(what.end), format!(" {comment}"));
        }
        let lead = text.get(lines::start(text, what.start)..what.start).filter(|lead| is_lead(lead));
        let lead = lead.unwrap_or(&self.margin);
        Replacement::new(Span::at(end), format!("{}{lead}{comment}", lines::ending(text, what.end)))
    }

    fn at_end(&self, item: Item, comment: &str) -> Replacement {
        if item.is_empty() {
            return Replacement::new(Span::new(item.marked(), item.end), format!(" {comment}"));
        }
        let text = self.source.text();
        let end = lines::end(text, item.end);
        let ending = lines::ending(text, item.end);
        Replacement::new(Span::at(end), format!("{ending}{}{comment}", self.margin))
    }
}

/// Whether a line may begin so before something that stands on a line of its own.
fn is_lead(lead: &str) -> bool {
    lead.chars().all(|c| matches!(c, ' ' | '\t' | '>'))
}

/// Whether the rest of a line is comments that end on it.
fn is_comments(rest: &str) -> bool {
    let between = |part: &str| part.split_once("-->").is_none_or(|(_, after)| after.trim().is_empty());
    rest.starts_with("<!--") && rest.ends_with("-->") && rest.split("<!--").all(between)
}

/// Lets an annotation change places with the one `by` places further on in its scene.
pub fn shift(source: &Source, guide: &Guide, at: usize, by: isize) -> Change {
    let (step, _) = find::annotation(guide, at)?;
    let scenes = find::scenes(guide, step);
    let scene =
        scenes.iter().find(|scene| scene.annotations.iter().any(|annotation| annotation.span.start == at));
    let Some(scene) = scene else { return Err(Refusal::new("this annotation has no place in an order")) };
    let mut sorted: Vec<&Annotation> = scene.annotations.clone();
    sorted.sort_by_key(|annotation| annotation.span.start);
    let from = sorted.iter().position(|annotation| annotation.span.start == at);
    let to = from.and_then(|from| from.checked_add_signed(by));
    let pair = from.and_then(|from| sorted.get(from)).zip(to.and_then(|to| sorted.get(to)));
    let Some((one, other)) = pair else {
        return Err(Refusal::new("there is no annotation of the same screenshot to change places with"));
    };
    let (first, second) = (one.span.min(other.span), one.span.max(other.span));
    if source.slice(first) == source.slice(second) {
        return Ok(Vec::new());
    }
    Ok(vec![Replacement::new(first, source.slice(second)), Replacement::new(second, source.slice(first))])
}

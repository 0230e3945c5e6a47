//! Marks bind to the picture they stand below: what stands between is reported, and a redaction never lands elsewhere.

use super::Context;
use super::pictures::Pictures;
use crate::guide::events::end_of;
use crate::guide::markdown;
use crate::guide::verb::{Annotation, On};
use crate::guide::written::{Events, Part, WrittenStep};
use crate::source::Span;
use pulldown_cmark::{CodeBlockKind, Event, Tag};
use std::collections::BTreeSet;

/// Smallest side of a picture amid text that a mark may be meant for, in points.
const LARGE: f64 = 200.0;

/// Something that looks like a picture and is no screenshot.
struct Obstacle {
    span: Span,
    what: &'static str,
}

/// Reports marks that would act on another picture than the one right above them: the first bytes of these. `is_shown`: a
/// step before has a screenshot.
pub fn misplaced(
    step: &WrittenStep,
    is_shown: bool,
    pictures: &mut Pictures,
    context: &mut Context<'_>,
) -> BTreeSet<usize> {
    let mut misplaced = BTreeSet::new();
    let marks: Vec<&Annotation> = step
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Annotation(annotation) if annotation.verb.on == On::Screenshot => Some(&**annotation),
            _ => None,
        })
        .collect();
    if marks.is_empty() {
        return misplaced;
    }
    let shots: Vec<Span> = step
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Screenshot(image) => Some(image.span),
            _ => None,
        })
        .collect();
    let obstacles = obstacles(step, pictures, context);
    for annotation in marks {
        let at = annotation.span.start;
        let shot = shots.iter().rev().find(|shot| shot.start < at);
        let obstacle = obstacles.iter().rev().find(|obstacle| obstacle.span.start < at);
        let between = obstacle.filter(|obstacle| shot.is_none_or(|shot| shot.start < obstacle.span.start));
        if let Some(Obstacle { span, what }) = between {
            let line = context.source.position(span.start).line;
            let message = format!(
                "{what} in line {line} stands between this `@{}` and its screenshot",
                annotation.verb.name
            );
            let help = "write the picture on a line of its own, `![What it shows](picture.png)`, and the annotation below it";
            context.error("misplaced-annotation", annotation.span, message, help);
            misplaced.insert(at);
        } else if shot.is_none() && is_shown && annotation.verb.name == "redact" {
            let message = "this `@redact` would act on the screenshot of a step before";
            let help = "write it below the screenshot that it is for; a redaction holds wherever that picture is shown";
            context.error("misplaced-annotation", annotation.span, message, help);
            misplaced.insert(at);
        }
    }
    misplaced
}

fn obstacles(step: &WrittenStep, pictures: &mut Pictures, context: &mut Context<'_>) -> Vec<Obstacle> {
    let mut found = Vec::new();
    for part in &step.parts {
        if let Part::Prose(events) = part {
            in_text(events, pictures, context, &mut found);
        }
    }
    found.sort_by_key(|obstacle| obstacle.span.start);
    found
}

fn in_text(events: &Events, pictures: &mut Pictures, context: &mut Context<'_>, found: &mut Vec<Obstacle>) {
    let mut at = 0;
    while let Some((event, span)) = events.get(at) {
        let end = end_of(events, at);
        let inside = events.get(at..end).unwrap_or_default();
        match event {
            Event::Start(Tag::Table(_)) => {
                let image = inside.iter().find(|(event, _)| matches!(event, Event::Start(Tag::Image { .. })));
                found.extend(
                    image.map(|(_, span)| Obstacle { span: *span, what: "the picture in the table" }),
                );
                at = end;
                continue;
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                let text = context.source.slice(*span);
                found.extend(text.find("![").map(|from| Obstacle {
                    span: Span::at(span.start + from),
                    what: "the picture in the indented code",
                }));
                at = end;
                continue;
            }
            Event::Start(Tag::Image { .. }) => {
                let image = markdown::image(events, at, context.source);
                let size = image.and_then(|image| pictures.size(&image, context));
                // What can't be measured may be large.
                if size.is_none_or(|size| size.width > LARGE || size.height > LARGE) {
                    found.push(Obstacle { span: *span, what: "the picture amid text" });
                }
            }
            Event::Html(html) | Event::InlineHtml(html)
                if ["<img", "<video", "<iframe"].iter().any(|tag| html.contains(tag)) =>
            {
                found.push(Obstacle { span: *span, what: "the HTML" });
            }
            Event::Text(text) if text.contains("{{<") || text.contains("{%") => {
                found.push(Obstacle { span: *span, what: "the markup of another generator" });
            }
            Event::Start(Tag::Link { dest_url, .. })
                if crate::guide::reading::is_picture(dest_url) && inside.len() <= 4 =>
            {
                found.push(Obstacle { span: *span, what: "the link to a picture" });
            }
            _ => {}
        }
        at += 1;
    }
}

//! Every picture that a guide names, wherever it stands.

use super::reading::{html, pictures};
use super::written::{Block, Guide, Image, Part};
use super::{Events, markdown};
use crate::project::url;
use crate::source::{Source, Spanned};
use pulldown_cmark::{Event, Tag};

/// The pictures that a guide names, in the order of its text: screenshots, those amid text and in tables, those in HTML, and
/// those that links lead to: of these, what is named is the address alone.
pub fn named_pictures(guide: &Guide, source: &Source) -> Vec<Image> {
    let mut found = Vec::new();
    for block in &guide.blocks {
        match block {
            Block::Heading { content: events, .. } | Block::Prose { events, .. } => {
                amid(events, source, &mut found);
            }
            Block::Steps { .. } => {}
        }
    }
    for part in guide.steps.iter().flat_map(|step| &step.parts) {
        match part {
            Part::Prose(events) => amid(events, source, &mut found),
            Part::Screenshot(image) => found.push(image.clone()),
            Part::Annotation(_) => {}
        }
    }
    found.sort_by_key(|image| image.span.start);
    found.dedup_by_key(|image| image.span.start);
    found
}

fn is_own(link: &str) -> bool {
    super::is_picture(link) && url::scheme(link).is_none() && !link.starts_with("//")
}

fn amid(events: &Events, source: &Source, found: &mut Vec<Image>) {
    for (at, (event, span)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Image { .. }) => found.extend(markdown::image(events, at, source)),
            // A link to a picture leads nowhere without it.
            Event::Start(Tag::Link { dest_url, .. }) if is_own(dest_url) => {
                let at = markdown::target_span(source, *span, dest_url);
                let target = Spanned::new(dest_url.to_string(), at);
                let image = Image { target, alt: String::new(), caption: None, link: None, span: at };
                found.extend(Some(image).filter(|_| source.slice(at) == dest_url.as_ref()));
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                let tags = html::tags(source.slice(*span), span.start);
                found.extend(tags.iter().filter(|tag| tag.name == "img").filter_map(pictures::image_of));
            }
            _ => {}
        }
    }
}

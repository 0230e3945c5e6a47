//! The slides that chapters open with in the walkthrough.

use super::front::ChapterOpening;
use super::{Prose, Resolved, Section, text};
use pulldown_cmark::{Event, Tag, TagEnd};

/// The slide that a chapter opens with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slide {
    /// Index into [`Resolved::chapters`].
    pub chapter: usize,
    /// Words of its heading and its first paragraph.
    pub words: usize,
}

impl Resolved {
    /// The slide before a step, by the step's index: the step is the first of its chapter, and chapters open with slides.
    pub fn slide(&self, step: usize) -> Option<Slide> {
        let chapter = self.steps.get(step)?.chapter?;
        if self.chapter_opening != ChapterOpening::Slides || self.chapters.get(chapter)?.steps.start != step {
            return None;
        }
        let is_heading =
            |section: &Section| matches!(section, Section::Chapter { chapter: at, .. } if *at == chapter);
        let at = self.sections.iter().position(is_heading)?;
        let Section::Chapter { content, .. } = self.sections.get(at)? else { return None };
        let (first, _) = self.opening(at);
        Some(Slide {
            chapter,
            words: text::words(&content.events) + first.map_or(0, |first| text::words(&first.events)),
        })
    }

    /// What follows the section `at`, a chapter's heading, in two parts: a first paragraph of words alone, and the rest of
    /// that text.
    pub fn opening(&self, at: usize) -> (Option<Prose>, Option<Prose>) {
        let Some(Section::Prose(prose)) = self.sections.get(at + 1) else { return (None, None) };
        let is_end = |(event, _): &(Event<'_>, _)| matches!(event, Event::End(TagEnd::Paragraph));
        let end = match prose.events.first() {
            Some((Event::Start(Tag::Paragraph), _)) => {
                prose.events.iter().position(is_end).map_or(0, |end| end + 1)
            }
            _ => 0,
        };
        let (first, rest) = prose.events.split_at(end);
        let has_picture = first.iter().any(|(event, _)| matches!(event, Event::Start(Tag::Image { .. })));
        if first.is_empty() || has_picture {
            return (None, Some(prose.clone()));
        }
        let heading_ids = prose.heading_ids.clone();
        let rest = Some(Prose { events: rest.to_vec(), heading_ids }).filter(|rest| !rest.events.is_empty());
        (Some(Prose { events: first.to_vec(), heading_ids: Vec::new() }), rest)
    }
}

//! The slides that chapters open with in the walkthrough.

use super::opening::ChapterOpening;
use super::{Resolved, Section, text};
use crate::source::Span;
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
        Some(Slide { chapter, words: text::words(&content.events) + text::words(self.lead(at)) })
    }

    /// The first paragraph behind the section `at`, a chapter's heading; empty if no text follows, or none of words alone.
    pub fn lead(&self, at: usize) -> &[(Event<'static>, Span)] {
        let Some(Section::Prose(prose)) = self.sections.get(at + 1) else { return &[] };
        let Some((Event::Start(Tag::Paragraph), _)) = prose.events.first() else { return &[] };
        let end = prose.events.iter().position(|(event, _)| matches!(event, Event::End(TagEnd::Paragraph)));
        let lead = end.and_then(|end| prose.events.get(..=end)).unwrap_or_default();
        let has_picture = lead.iter().any(|(event, _)| matches!(event, Event::Start(Tag::Image { .. })));
        if has_picture { &[] } else { lead }
    }
}

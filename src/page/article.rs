//! The article from top to bottom.

use super::escape;
use super::figure::{self, Figures};
use super::prose::Setting;
use crate::guide::{Action, ActionKind, Body, Chapter, Prose, Scene, Section, Step};
use crate::theme::context::{BodyView, ChapterView, SectionView, StepView};
use std::collections::BTreeSet;

/// The sections of a guide.
pub fn sections(setting: &Setting<'_>, figures: &mut Figures<'_>) -> Vec<SectionView> {
    let resolved = setting.resolved;
    let mut views = Vec::new();
    // How many events of the text that follows stand on a slide.
    let mut on_slide = 0;
    for (at, section) in resolved.sections.iter().enumerate() {
        match section {
            Section::Prose(prose) => match std::mem::take(&mut on_slide) {
                0 => views.push(SectionView::Prose { html: setting.html(prose) }),
                taken => {
                    let rest = prose.events.get(taken..).filter(|rest| !rest.is_empty());
                    views.extend(rest.map(|rest| {
                        let heading_ids = prose.heading_ids.clone();
                        let rest = Prose { events: rest.to_vec(), heading_ids };
                        SectionView::Prose { html: setting.html(&rest) }
                    }));
                }
            },
            Section::Chapter { chapter, level, content } => {
                let Some(Chapter { id, steps, .. }) = resolved.chapters.get(*chapter) else { continue };
                let slide = resolved.slide(steps.start).is_some_and(|slide| slide.chapter == *chapter);
                let lead = if slide { resolved.lead(at) } else { &[] };
                on_slide = lead.len();
                let lead = match lead {
                    [] => String::new(),
                    lead => setting.html(&Prose { events: lead.to_vec(), heading_ids: Vec::new() }),
                };
                let (level, id, html) = (setting.level(*level), id.clone(), setting.inline(content));
                views.push(SectionView::Chapter { level, id, html, slide, lead });
            }
            Section::Steps(range) => {
                let steps = resolved.steps.get(range.clone()).unwrap_or_default();
                let Some(start) = steps.first().map(|step| step.number) else { continue };
                let steps = steps.iter().map(|found| step(setting, figures, found)).collect();
                views.push(SectionView::Steps { start, steps });
            }
        }
    }
    views
}

fn step(setting: &Setting<'_>, figures: &mut Figures<'_>, step: &Step) -> StepView {
    let mut body = Vec::new();
    for part in &step.body {
        match part {
            Body::Prose(prose) => body.push(BodyView::Text { html: setting.html(prose), generated: false }),
            Body::Scene(at) => {
                let figure = step.scenes.get(*at).and_then(|scene| figures.figure(step, scene));
                body.extend(figure.map(|figure| BodyView::Figure { figure: Box::new(figure) }));
            }
        }
    }
    for scene in silent(step) {
        body.extend(silent_view(setting, figures, step, scene));
    }
    StepView { number: step.number, id: step.id.clone(), title: step.title.clone(), body }
}

/// The scenes that stand nowhere in the step's body: cards, and those whose screenshot is an earlier
/// step's.
fn silent(step: &Step) -> impl Iterator<Item = &Scene> {
    let placed = step.body.iter().filter_map(|part| match part {
        Body::Scene(at) => Some(*at),
        Body::Prose(_) => None,
    });
    let placed: BTreeSet<usize> = placed.collect();
    step.scenes.iter().enumerate().filter(move |(at, _)| !placed.contains(at)).map(|(_, scene)| scene)
}

/// Such a scene in the article: its screenshot again if it marks a place there, else what is done.
fn silent_view(
    setting: &Setting<'_>,
    figures: &mut Figures<'_>,
    step: &Step,
    scene: &Scene,
) -> Option<BodyView> {
    let marks_a_place = !scene.marks.is_empty() || scene.actions.iter().any(has_place);
    if scene.shot.is_some() && (marks_a_place || !scene.inherited) {
        return figures.figure(step, scene).map(|figure| BodyView::Figure { figure: Box::new(figure) });
    }
    let notes = figure::notes(setting.words, &scene.actions);
    let items: String = notes.iter().map(|note| format!("<li>{}</li>", escape::html(note))).collect();
    (!items.is_empty())
        .then(|| BodyView::Text { html: format!("<ul class=\"doings\">{items}</ul>"), generated: true })
}

fn has_place(action: &Action) -> bool {
    match action.kind {
        ActionKind::Point { .. }
        | ActionKind::Type { .. }
        | ActionKind::Select { .. }
        | ActionKind::Drag { .. } => true,
        ActionKind::Press { .. } | ActionKind::Scroll { .. } | ActionKind::Wait { .. } => false,
    }
}

/// The chapters of a guide.
pub fn chapters(setting: &Setting<'_>) -> Vec<ChapterView> {
    let view = |chapter: &Chapter| {
        let steps = setting.resolved.steps.get(chapter.steps.clone())?;
        let (first, last) = (steps.first()?, steps.last()?);
        Some(ChapterView {
            title: chapter.title.clone(),
            id: chapter.id.clone(),
            first: first.number,
            last: last.number,
            step_id: first.id.clone(),
        })
    };
    setting.resolved.chapters.iter().filter_map(view).collect()
}

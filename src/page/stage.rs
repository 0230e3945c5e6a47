//! The walkthrough as data for the player.

use super::figure::{self, direction, gesture, shot_id, side};
use crate::guide::{Action, ActionKind, Frame, Mark, MarkKind, Rect, Resolved, Scene, Step, Zoom};
use crate::project::Color;
use crate::shot::Sheet;
use crate::theme::Num;
use crate::theme::color;
use crate::theme::stage::{StageAction, StageChapter, StageData, StageMark, StageScene, StageStep};

/// The walkthrough of a guide.
pub fn data(resolved: &Resolved, sheet: &Sheet) -> StageData {
    let chapters = resolved.chapters.iter().filter(|chapter| !chapter.steps.is_empty());
    StageData {
        guide: resolved.slug.clone(),
        width: resolved.stage.width.into(),
        height: resolved.stage.height.into(),
        frame: frame(resolved.frame),
        cursor: resolved.cursor.name.clone(),
        color: resolved.cursor.color.map(color::hex),
        chapters: chapters
            .map(|chapter| StageChapter {
                title: chapter.title.clone(),
                first: chapter.steps.start + 1,
                last: chapter.steps.end,
            })
            .collect(),
        steps: resolved.steps.iter().map(|found| step(resolved, sheet, found)).collect(),
    }
}

/// The name of a frame.
pub fn frame(frame: Frame) -> &'static str {
    match frame {
        Frame::Browser => "browser",
        Frame::Window => "window",
        Frame::None => "none",
    }
}

fn step(resolved: &Resolved, sheet: &Sheet, step: &Step) -> StageStep {
    StageStep {
        id: step.id.clone(),
        title: step.title.clone(),
        words: step.words,
        scenes: step.scenes.iter().map(|found| scene(resolved, sheet, found)).collect(),
    }
}

fn scene(resolved: &Resolved, sheet: &Sheet, scene: &Scene) -> StageScene {
    StageScene {
        shot: scene.shot.map(shot_id),
        view: rect(figure::view(resolved, sheet, scene.shot)),
        alt: scene.alt.clone(),
        url: scene.url.clone(),
        zoom: match scene.zoom {
            Zoom::Auto if resolved.auto_zoom => None,
            Zoom::Auto | Zoom::None => Some(None),
            Zoom::Region(region) => Some(Some(rect(region))),
        },
        actions: scene.actions.iter().map(|found| action(found, |at| ground(sheet, scene, at))).collect(),
        marks: scene.marks.iter().map(mark).collect(),
    }
}

fn rect(rect: Rect) -> [Num; 4] {
    [rect.x.into(), rect.y.into(), rect.w.into(), rect.h.into()]
}

/// The colour of a field as the player takes it.
fn ground(sheet: &Sheet, scene: &Scene, at: Rect) -> Option<String> {
    let [red, green, blue] = sheet.ground(scene.shot, at)?;
    Some(color::hex(Color { red, green, blue }))
}

fn action(action: &Action, ground: impl Fn(Rect) -> Option<String>) -> StageAction {
    let none = StageAction { verb: "wait", at: None, to: None, text: None, ground: None, ms: None };
    match &action.kind {
        ActionKind::Point { gesture: how, at, label } => {
            StageAction { verb: gesture(*how), at: Some(rect(*at)), text: label.clone(), ..none }
        }
        ActionKind::Type { at, text } => StageAction {
            verb: "type",
            at: Some(rect(*at)),
            text: Some(text.clone()),
            ground: ground(*at),
            ..none
        },
        ActionKind::Select { at, option } => StageAction {
            verb: "select",
            at: Some(rect(*at)),
            text: Some(option.clone()),
            ground: ground(*at),
            ..none
        },
        ActionKind::Press { keys } => StageAction { verb: "press", text: Some(keys.clone()), ..none },
        ActionKind::Drag { from, to } => {
            StageAction { verb: "drag", at: Some(rect(*from)), to: Some(rect(*to)), ..none }
        }
        ActionKind::Scroll { direction: way } => {
            StageAction { verb: "scroll", text: Some(direction(*way).to_owned()), ..none }
        }
        ActionKind::Wait { ms } => StageAction { ms: Some(*ms), ..none },
    }
}

fn mark(mark: &Mark) -> StageMark {
    let at = rect(mark.at);
    match &mark.kind {
        MarkKind::Highlight => StageMark { verb: "highlight", at, text: None, side: None },
        MarkKind::Callout { text, side: place } => {
            StageMark { verb: "callout", at, text: Some(text.clone()), side: Some(side(*place)) }
        }
    }
}

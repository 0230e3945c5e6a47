//! The walkthrough as data for the player.

use super::figure::{self, gesture, shot_id, side};
use crate::guide::{
    Action, ActionKind, Direction, Frame, Lettering, Mark, MarkKind, Rect, Resolved, Scene, Side, Step, Turn,
    Zoom,
};
use crate::project::Color;
use crate::shot::{self, Sheet};
use crate::theme::Num;
use crate::theme::color;
use crate::theme::stage::{
    StageAction, StageColor, StageData, StageLetters, StageNote, StageScene, StageSlide, StageStep, StageTurn,
};

/// The walkthrough of a guide.
pub fn data(resolved: &Resolved, sheet: &Sheet) -> StageData {
    StageData {
        guide: resolved.slug.clone(),
        width: resolved.stage.width.into(),
        height: resolved.stage.height.into(),
        cursor: resolved.cursor.name.clone(),
        color: resolved
            .cursor
            .color
            .map(|brand| StageColor { brand: color::hex(brand), on_brand: color::hex(color::on(brand)) }),
        maps: maps(resolved, sheet),
        steps: resolved
            .steps
            .iter()
            .enumerate()
            .map(|(at, found)| step(resolved, sheet, at, found))
            .collect(),
    }
}

/// What there is to see in each shot, and words that belong to what steps act on.
fn maps(resolved: &Resolved, sheet: &Sheet) -> Vec<String> {
    let with_words = |(shot, map): (usize, &String)| {
        let words = resolved.seen.beside.iter().filter(|(on, _)| *on == shot);
        let words: Vec<Rect> = words.map(|(_, at)| *at).collect();
        match words.is_empty() {
            true => map.clone(),
            false => shot::with_words(map, figure::view(resolved, sheet, Some(shot)), &words),
        }
    };
    let lights = resolved.light_shots().len();
    sheet.maps.iter().take(lights).enumerate().map(with_words).collect()
}

/// The name of a frame.
pub fn frame(frame: Frame) -> &'static str {
    match frame {
        Frame::Browser => "browser",
        Frame::Window => "window",
        Frame::None => "none",
    }
}

fn step(resolved: &Resolved, sheet: &Sheet, at: usize, step: &Step) -> StageStep {
    let turns = step.turns();
    let mut scenes: Vec<StageScene> = step.scenes.iter().map(|found| scene(resolved, sheet, found)).collect();
    let slide =
        resolved.slide(at).and_then(|slide| Some((resolved.chapters.get(slide.chapter)?, slide.words)));
    let turns: Vec<StageTurn> = match slide {
        Some((chapter, words)) => {
            let slide = StageSlide { id: chapter.id.clone(), title: chapter.title.clone(), chapter: "" };
            // Last, so that the others are counted as they were.
            let own = scenes.len();
            scenes.push(bare(resolved, sheet));
            let slide = StageTurn { slide: Some(slide), words, text: [0, 1], scenes: [own, own + 1] };
            std::iter::once(slide).chain(turns.iter().map(turn)).collect()
        }
        None if turns.len() > 1 => turns.iter().map(turn).collect(),
        None => Vec::new(),
    };
    StageStep {
        id: step.id.clone(),
        title: step.title.clone(),
        chapter: step.chapter.and_then(|at| resolved.chapters.get(at)).map(|chapter| chapter.title.clone()),
        words: step.words,
        scenes,
        turns,
    }
}

fn turn(Turn { scenes, text, words }: &Turn) -> StageTurn {
    StageTurn { slide: None, words: *words, text: [text.start, text.end], scenes: [scenes.start, scenes.end] }
}

/// A scene without a screenshot, on which nothing happens.
fn bare(resolved: &Resolved, sheet: &Sheet) -> StageScene {
    StageScene {
        shot: None,
        view: rect(figure::view(resolved, sheet, None)),
        alt: String::new(),
        url: None,
        zoom: Some(None),
        actions: Vec::new(),
        focus: None,
        side: None,
        dim: None,
        notes: Vec::new(),
    }
}

fn scene(resolved: &Resolved, sheet: &Sheet, scene: &Scene) -> StageScene {
    StageScene {
        shot: scene.shot.map(shot_id),
        view: rect(figure::view(resolved, sheet, scene.shot)),
        alt: scene.alt.clone(),
        url: scene.url.as_deref().map(|url| without_scheme(url).to_owned()),
        zoom: match scene.zoom {
            Zoom::Auto if resolved.auto_zoom => None,
            Zoom::Auto | Zoom::None => Some(None),
            Zoom::Region(region) => Some(Some(rect(region))),
        },
        actions: scene
            .actions
            .iter()
            .map(|found| action(found, |at| (ground(resolved, sheet, scene, at), letters(resolved, at))))
            .collect(),
        focus: scene.marks.iter().map(|mark| mark.at).reduce(Rect::around).map(rect),
        side: side_name(scene.side),
        dim: figure::dim(EVERYWHERE, &scene.marks),
        notes: scene.marks.iter().filter_map(note).collect(),
    }
}

fn without_scheme(url: &str) -> &str {
    url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url)
}

/// More than a camera sees.
const EVERYWHERE: Rect = Rect { x: -9999.0, y: -9999.0, w: 29_998.0, h: 29_998.0 };

fn rect(rect: Rect) -> [Num; 4] {
    [rect.x.into(), rect.y.into(), rect.w.into(), rect.h.into()]
}

/// What shows a direction.
fn arrow(way: Direction) -> &'static str {
    match way {
        Direction::Up => "↑",
        Direction::Down => "↓",
        Direction::Left => "←",
        Direction::Right => "→",
    }
}

/// A side, if the author has said it.
fn side_name(place: Side) -> Option<&'static str> {
    Some(place).filter(|&place| place != Side::Auto).map(side)
}

/// The colour of a field as the player takes it.
fn ground(resolved: &Resolved, sheet: &Sheet, scene: &Scene, at: Rect) -> Option<String> {
    let ground_of = |shot: Option<usize>| {
        let [red, green, blue] = sheet.ground(shot, at)?;
        Some(color::hex(Color { red, green, blue }))
    };
    let light = ground_of(scene.shot)?;
    let dark = scene.shot.and_then(|shot| ground_of(Some(*resolved.dark.get(&shot)?)));
    Some(match dark {
        Some(dark) if dark != light => format!("light-dark({light},{dark})"),
        Some(_) | None => light,
    })
}

/// The letters of a field, if a recording knows them.
fn letters(resolved: &Resolved, at: Rect) -> Option<StageLetters> {
    let Lettering { size, faces, .. } = resolved.seen.lettering.iter().find(|known| known.at == at)?;
    Some(StageLetters { f: (*size).into(), face: faces.clone() })
}

fn action(action: &Action, field: impl Fn(Rect) -> (Option<String>, Option<StageLetters>)) -> StageAction {
    let side = side_name(action.side);
    let none = StageAction { verb: "wait", side, ..StageAction::default() };
    match &action.kind {
        ActionKind::Point { gesture: how, at, label } => {
            StageAction { verb: gesture(*how), at: Some(rect(*at)), text: label.clone(), ..none }
        }
        ActionKind::Type { at, text } => {
            let (ground, letters) = field(*at);
            let (at, text) = (Some(rect(*at)), Some(text.clone()));
            StageAction { verb: "type", at, text, ground, letters, ..none }
        }
        ActionKind::Select { at, option } => {
            let (ground, letters) = field(*at);
            let (at, text) = (Some(rect(*at)), Some(option.clone()));
            StageAction { verb: "select", at, text, ground, letters, ..none }
        }
        ActionKind::Press { keys } => StageAction { verb: "press", text: Some(keys.clone()), ..none },
        ActionKind::Drag { from, to } => {
            StageAction { verb: "drag", at: Some(rect(*from)), to: Some(rect(*to)), ..none }
        }
        ActionKind::Scroll { direction: way } => {
            StageAction { verb: "scroll", text: Some(arrow(*way).to_owned()), ..none }
        }
        ActionKind::Wait { ms } => StageAction { ms: Some(*ms), ..none },
    }
}

fn note(mark: &Mark) -> Option<StageNote> {
    match &mark.kind {
        MarkKind::Highlight => None,
        MarkKind::Callout { text, side: place } => {
            Some(StageNote { at: rect(mark.at), text: text.clone(), side: side(*place) })
        }
    }
}

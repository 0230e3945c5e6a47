//! Screenshots with their marks, as the article shows them.

use super::bubble;
use crate::guide::{
    Action, ActionKind, Direction, Gesture, Mark, MarkKind, Rect, Resolved, Scene, Side, Size, Step, Zoom,
};
use crate::shot::{Composed, Layer, Piece, Sheet};
use crate::theme::context::{
    BoxView, BubbleView, CutView, FigureView, LayerView, LineView, NoteView, RingView, SameView, ShotView,
};
use crate::theme::words::{self, Words};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Width in CSS pixels that figures have in the article, about.
const COLUMN: f64 = 640.0;

/// Makes figures one after the other; each shot is defined in the first that needs it.
pub struct Figures<'a> {
    resolved: &'a Resolved,
    sheet: &'a Sheet,
    words: &'a Words,
    /// Addresses of the pieces.
    hrefs: Vec<Option<String>>,
    /// Pieces that several shots draw.
    shared: BTreeSet<usize>,
    /// Where those stand that the page has.
    drawn: BTreeMap<usize, Layer>,
    defined: BTreeSet<usize>,
    /// Shots that are others in dark and that the page has.
    schemes: BTreeSet<usize>,
    /// How many figures there are so far.
    count: usize,
    /// How many parts of pictures there are so far.
    cuts: usize,
}

/// Id of a shot's group in the page.
pub fn shot_id(shot: usize) -> String {
    format!("gm-shot-{}", shot + 1)
}

/// The part of a shot that is shown, in points.
pub fn view(resolved: &Resolved, sheet: &Sheet, shot: Option<usize>) -> Rect {
    match shot.and_then(|shot| sheet.shots.get(shot)) {
        Some(Composed { x, y, width, height, .. }) => Rect { x: *x, y: *y, w: *width, h: *height },
        None => Rect { x: 0.0, y: 0.0, w: resolved.stage.width, h: resolved.stage.height },
    }
}

impl<'a> Figures<'a> {
    /// For the figures of one page.
    pub fn new(resolved: &'a Resolved, sheet: &'a Sheet, words: &'a Words) -> Self {
        let href = |piece: &Piece| Some(super::prose::data_uri(piece.mime, &piece.bytes));
        let hrefs = sheet.pieces.iter().map(href).collect();
        let (shared, drawn) = (shared(sheet), BTreeMap::new());
        let (defined, schemes) = (BTreeSet::new(), BTreeSet::new());
        Self { resolved, sheet, words, hrefs, shared, drawn, defined, schemes, count: 0, cuts: 0 }
    }

    /// The picture on the guide's cover, without marks; one that is not of the first step fills the stage.
    pub fn cover(&mut self) -> Option<FigureView> {
        let shot = self.resolved.cover.filter(|shot| *shot < self.sheet.shots.len())?;
        let scenes = || self.resolved.steps.iter().flat_map(|step| &step.scenes);
        let alt = scenes().find(|scene| scene.shot == Some(shot)).map(|scene| scene.alt.clone());
        let alt = alt.filter(|alt| !alt.is_empty()).unwrap_or_else(|| self.resolved.title.clone());
        let whole = view(self.resolved, self.sheet, Some(shot));
        let part = if self.resolved.has_own_cover() { filling(whole, self.resolved.stage) } else { whole };
        Some(self.unmarked(shot, whole, part, alt))
    }

    /// The figure of a scene; `None` for a card.
    pub fn figure(&mut self, step: &Step, scene: &Scene) -> Option<FigureView> {
        let shot = scene.shot?;
        let whole = view(self.resolved, self.sheet, scene.shot);
        let part = surroundings(scene, whole);
        let unit = unit(part);
        let (rings, drags) = rings(&scene.actions, unit);
        let (highlights, callouts) = marks(&scene.marks, part, unit, &rings);
        let alt = if scene.alt.is_empty() { step.title.clone() } else { scene.alt.clone() };
        Some(FigureView {
            dim: dim(whole, &scene.marks),
            rings,
            highlights,
            drags,
            callouts,
            notes: numbered_notes(self.words, &scene.actions),
            caption: scene.caption.clone(),
            ..self.unmarked(shot, whole, part, alt)
        })
    }

    /// A part of a shot, without marks.
    fn unmarked(&mut self, shot: usize, whole: Rect, part: Rect, alt: String) -> FigureView {
        self.count += 1;
        FigureView {
            id: format!("gm-figure-{}", self.count),
            shot: shot_id(shot),
            shots: self.stack(shot),
            whole: boxed(whole),
            defines: self.define(shot),
            alt,
            x: part.x.into(),
            y: part.y.into(),
            width: part.w.into(),
            height: part.h.into(),
            unit: unit(part).into(),
            dim: None,
            rings: Vec::new(),
            highlights: Vec::new(),
            drags: Vec::new(),
            callouts: Vec::new(),
            notes: Vec::new(),
            caption: None,
        }
    }

    /// The shots that only the walkthrough shows.
    pub fn rest(&mut self) -> Vec<ShotView> {
        let shots: Vec<usize> =
            self.resolved.steps.iter().flat_map(|step| &step.scenes).filter_map(|scene| scene.shot).collect();
        shots.into_iter().flat_map(|shot| self.define(shot)).collect()
    }

    /// Ids of what draws a shot: it and those below it, lowest first; of one that is another in dark, it alone.
    fn stack(&self, shot: usize) -> Vec<String> {
        match self.resolved.dark.contains_key(&shot) {
            true => vec![shot_id(shot)],
            false => self.layers(shot),
        }
    }

    /// Ids of a shot's own layers and of those below it, lowest first.
    fn layers(&self, shot: usize) -> Vec<String> {
        let below = |shot: &usize| self.sheet.shots.get(*shot)?.base;
        let stack = std::iter::successors(Some(shot), below);
        let mut ids: Vec<String> = stack.map(|shot| self.layers_id(shot)).collect();
        ids.reverse();
        ids
    }

    /// Id of the group of a shot's own layers.
    fn layers_id(&self, shot: usize) -> String {
        match self.resolved.dark.contains_key(&shot) {
            true => format!("gm-layers-{}", shot + 1),
            false => shot_id(shot),
        }
    }

    /// The shot and what it consists of, as far as the page does not have it yet.
    fn define(&mut self, shot: usize) -> Vec<ShotView> {
        let mut shots = self.define_layers(shot);
        if let Some(dark) = self.resolved.dark.get(&shot).copied().filter(|_| self.schemes.insert(shot)) {
            shots.extend(self.define_layers(dark));
            let (id, light, dark) = (shot_id(shot), self.layers(shot), self.layers(dark));
            shots.push(ShotView { id, base: None, layers: Vec::new(), light, dark });
        }
        shots
    }

    /// The layers of a shot and of those below it, as far as the page does not have them yet; lowest first.
    fn define_layers(&mut self, shot: usize) -> Vec<ShotView> {
        let mut shots = Vec::new();
        let mut next = Some(shot);
        while let Some(shot) = next.take() {
            let Some(composed) = self.sheet.shots.get(shot) else { break };
            if !self.defined.insert(shot) {
                break;
            }
            next = composed.base;
            shots.push(self.shot(shot, composed));
        }
        shots.reverse();
        shots
    }

    fn shot(&mut self, shot: usize, composed: &Composed) -> ShotView {
        let layers = composed.layers.iter().map(|layer| self.layer(layer)).collect();
        let base = composed.base.map(|base| self.layers_id(base));
        ShotView { id: self.layers_id(shot), base, layers, light: Vec::new(), dark: Vec::new() }
    }

    fn layer(&mut self, layer: &Layer) -> LayerView {
        let shared = self.shared.contains(&layer.piece);
        let id = format!("gm-piece-{}", layer.piece + 1);
        let first = self.drawn.get(&layer.piece).copied();
        self.drawn.entry(layer.piece).or_insert(*layer);
        // Of one piece at two densities, each is drawn by itself.
        let like = first.filter(|first| (first.width, first.height) == (layer.width, layer.height));
        LayerView {
            id: (shared && first.is_none()).then(|| id.clone()),
            same: like.map(|first| SameView {
                id,
                x: (layer.x - first.x).into(),
                y: (layer.y - first.y).into(),
            }),
            href: self
                .hrefs
                .get_mut(layer.piece)
                .map(|href| take(href, self.sheet, layer.piece))
                .unwrap_or_default(),
            x: layer.x.into(),
            y: layer.y.into(),
            width: layer.width.into(),
            height: layer.height.into(),
            cut: layer.part.map(|part| self.cut(part)),
        }
    }

    fn cut(&mut self, Rect { x, y, w, h }: Rect) -> CutView {
        self.cuts += 1;
        let id = format!("gm-cut-{}", self.cuts);
        CutView { id, x: x.into(), y: y.into(), width: w.into(), height: h.into() }
    }
}

/// The pieces that are drawn more than once.
fn shared(sheet: &Sheet) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let layers = sheet.shots.iter().flat_map(|shot| &shot.layers);
    layers.map(|layer| layer.piece).filter(|piece| !seen.insert(*piece)).collect()
}

/// Points of a figure's part for a point of the page.
fn unit(part: Rect) -> f64 {
    (part.w / COLUMN).max(0.5)
}

/// The part of a picture that has the stage's proportions: its whole width from the top, or its middle.
fn filling(whole: Rect, stage: Size) -> Rect {
    let h = whole.h.min(whole.w * stage.height / stage.width);
    let w = whole.w.min(whole.h * stage.width / stage.height);
    Rect { x: whole.x + (whole.w - w) / 2.0, y: whole.y, w, h }
}

/// Size in points of the part of a large screenshot that a figure shows: its text is as high as on the screen, nearly.
const SHOWN: (f64, f64) = (760.0, 475.0);
/// Points around what is marked.
const AROUND: f64 = 40.0;

/// The part of a screenshot that a figure shows: the surroundings of all that is marked, or all of it.
fn surroundings(scene: &Scene, whole: Rect) -> Rect {
    let actions = scene.actions.iter().flat_map(|action| match &action.kind {
        ActionKind::Point { at, .. } | ActionKind::Type { at, .. } | ActionKind::Select { at, .. } => {
            vec![*at]
        }
        ActionKind::Drag { from, to } => vec![*from, *to],
        ActionKind::Press { .. } | ActionKind::Scroll { .. } | ActionKind::Wait { .. } => Vec::new(),
    });
    // The author wants it whole.
    if scene.zoom == Zoom::None {
        return whole;
    }
    let Some(marked) = actions.chain(scene.marks.iter().map(|mark| mark.at)).reduce(Rect::around) else {
        return whole;
    };
    let (middle_x, middle_y) = (marked.x + marked.w / 2.0, marked.y + marked.h / 2.0);
    let wide = (marked.w + 2.0 * AROUND).max(SHOWN.0).min(whole.w);
    let high = (marked.h + 2.0 * AROUND).max(SHOWN.1).min(whole.h);
    // Little more would show all of it.
    if wide > whole.w * 0.8 && high > whole.h * 0.8 {
        return whole;
    }
    let x = (middle_x - wide / 2.0).clamp(whole.x, whole.x + whole.w - wide).round();
    let y = (middle_y - high / 2.0).clamp(whole.y, whole.y + whole.h - high).round();
    Rect { x, y, w: wide.round(), h: high.round() }
}

fn take(href: &mut Option<String>, sheet: &Sheet, piece: usize) -> String {
    href.take().unwrap_or_else(|| {
        let piece = sheet.pieces.get(piece);
        piece.map(|piece| super::prose::data_uri(piece.mime, &piece.bytes)).unwrap_or_default()
    })
}

/// A region for a template.
pub fn boxed(rect: Rect) -> BoxView {
    BoxView { x: rect.x.into(), y: rect.y.into(), w: rect.w.into(), h: rect.h.into() }
}

/// The name of a gesture: its verb.
pub fn gesture(gesture: Gesture) -> &'static str {
    match gesture {
        Gesture::Click => "click",
        Gesture::DoubleClick => "double-click",
        Gesture::RightClick => "right-click",
        Gesture::Hover => "hover",
    }
}

/// The name of a direction.
pub fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
        Direction::Left => "left",
        Direction::Right => "right",
    }
}

/// The name of a side.
pub fn side(side: Side) -> &'static str {
    match side {
        Side::Auto => "auto",
        Side::Top => "top",
        Side::Right => "right",
        Side::Bottom => "bottom",
        Side::Left => "left",
    }
}

fn rings(actions: &[Action], unit: f64) -> (Vec<RingView>, Vec<LineView>) {
    let mut rings: Vec<RingView> = Vec::new();
    let mut drags = Vec::new();
    let mut ring = |verb, at: &Rect, text: Option<&String>| {
        let (outline, radius) = outline(*at, unit);
        let (number, text, at) = (rings.len() + 1, text.cloned(), boxed(*at));
        rings.push(RingView { number, verb, text, at, outline: boxed(outline), radius: radius.into() });
    };
    for action in actions {
        match &action.kind {
            ActionKind::Point { gesture: how, at, label } => ring(gesture(*how), at, label.as_ref()),
            ActionKind::Type { at, text } => ring("type", at, Some(text)),
            ActionKind::Select { at, option } => ring("select", at, Some(option)),
            ActionKind::Drag { from, to } => {
                ring("drag", from, None);
                ring("drop", to, None);
                drags.push(line(*from, *to));
            }
            ActionKind::Press { .. } | ActionKind::Scroll { .. } | ActionKind::Wait { .. } => {}
        }
    }
    (rings, drags)
}

/// A ring around a target, and the radius of its corners; around a point, a circle.
fn outline(at: Rect, unit: f64) -> (Rect, f64) {
    let (pad, least) = (3.0 * unit, 22.0 * unit);
    let (w, h) = ((at.w + 2.0 * pad).max(least), (at.h + 2.0 * pad).max(least));
    let ring = Rect { x: at.x + at.w / 2.0 - w / 2.0, y: at.y + at.h / 2.0 - h / 2.0, w, h };
    let point = at.w == 0.0 && at.h == 0.0;
    (ring, if point { w / 2.0 } else { (7.0 * unit).min(h / 2.0) })
}

fn line(from: Rect, to: Rect) -> LineView {
    let middle = |rect: Rect| (rect.x + rect.w / 2.0, rect.y + rect.h / 2.0);
    let ((x1, y1), (x2, y2)) = (middle(from), middle(to));
    LineView { x1: x1.into(), y1: y1.into(), x2: x2.into(), y2: y2.into() }
}

fn marks(marks: &[Mark], part: Rect, unit: f64, rings: &[RingView]) -> (Vec<BoxView>, Vec<NoteView>) {
    let mut highlights = Vec::new();
    let mut callouts: Vec<NoteView> = Vec::new();
    let unboxed = |at: BoxView| Rect { x: at.x.0, y: at.y.0, w: at.w.0, h: at.h.0 };
    let mut clear: Vec<Rect> = rings.iter().map(|ring| unboxed(ring.outline)).collect();
    for mark in marks {
        match &mark.kind {
            MarkKind::Highlight => highlights.push(boxed(mark.at)),
            MarkKind::Callout { text, side: place } => {
                let note = bubble::place(text, mark.at, *place, part, unit, &clear);
                clear.extend(note);
                callouts.push(NoteView {
                    text: text.clone(),
                    side: side(*place),
                    at: boxed(mark.at),
                    letter: letter(callouts.len()),
                    bubble: note.map(|note| bubbled(note, mark.at, unit)),
                });
            }
        }
    }
    (highlights, callouts)
}

fn bubbled(note: Rect, at: Rect, unit: f64) -> BubbleView {
    let ((x1, y1), (x2, y2)) = bubble::line(note, at);
    let line = LineView { x1: x1.into(), y1: y1.into(), x2: x2.into(), y2: y2.into() };
    let (width, height) = ((note.w / unit).into(), (note.h / unit).into());
    BubbleView { x: note.x.into(), y: note.y.into(), width, height, line }
}

/// `A` to `Z`, then numbers.
fn letter(at: usize) -> String {
    u32::try_from(at)
        .ok()
        .filter(|&at| at < 26)
        .and_then(|at| char::from_u32(u32::from('A') + at))
        .map_or_else(|| (at + 1).to_string(), String::from)
}

/// A region with round holes for the highlights, as the data of a path; `None` without highlights.
pub fn dim(part: Rect, marks: &[Mark]) -> Option<String> {
    let mut holes = marks.iter().filter(|mark| mark.kind == MarkKind::Highlight).peekable();
    holes.peek()?;
    let num = crate::theme::Num;
    let mut path =
        format!("M{} {}h{}v{}h{}z", num(part.x), num(part.y), num(part.w), num(part.h), num(-part.w));
    for Mark { at, .. } in holes {
        let (x, y, w, h) = (at.x - 4.0, at.y - 4.0, at.w + 8.0, at.h + 8.0);
        let r = 8f64.min(w / 2.0).min(h / 2.0);
        let (across, down, r) = (num(w - 2.0 * r), num(h - 2.0 * r), num(r));
        let _ = write!(
            path,
            "M{} {}h{across}a{r} {r} 0 0 1 {r} {r}v{down}a{r} {r} 0 0 1 -{r} {r}h-{across}a{r} {r} 0 0 1 -{r} -{r}v-{down}a{r} {r} 0 0 1 {r} -{r}z",
            num(x + r.0),
            num(y),
        );
    }
    Some(path)
}

/// What is done without pointing at a place, in words; typed texts and options too, since a ring shows
/// only where.
pub fn notes(words: &Words, actions: &[Action]) -> Vec<String> {
    actions.iter().filter_map(|action| note(words, action)).collect()
}

/// The same below a picture: where it has several rings, with the number of the ring.
fn numbered_notes(words: &Words, actions: &[Action]) -> Vec<String> {
    let all: usize = actions.iter().map(rings_of).sum();
    let mut number = 0;
    let numbered = |action: &Action| {
        let own = rings_of(action);
        number += own;
        let note = note(words, action)?;
        Some(if own > 0 && all > 1 { format!("({number}) {note}") } else { note })
    };
    actions.iter().filter_map(numbered).collect()
}

fn note(words: &Words, action: &Action) -> Option<String> {
    match &action.kind {
        ActionKind::Type { text, .. } => Some(words::fill(words, "do_type", &[("text", text)])),
        ActionKind::Select { option, .. } => Some(words::fill(words, "do_select", &[("text", option)])),
        ActionKind::Press { keys } => Some(words::fill(words, "do_press", &[("text", keys)])),
        ActionKind::Scroll { direction: way } => {
            Some(words::fill(words, &format!("do_scroll_{}", direction(*way)), &[]))
        }
        ActionKind::Point { .. } | ActionKind::Drag { .. } | ActionKind::Wait { .. } => None,
    }
}

/// How many rings of a picture mark an action.
fn rings_of(action: &Action) -> usize {
    match &action.kind {
        ActionKind::Point { .. } | ActionKind::Type { .. } | ActionKind::Select { .. } => 1,
        ActionKind::Drag { .. } => 2,
        ActionKind::Press { .. } | ActionKind::Scroll { .. } | ActionKind::Wait { .. } => 0,
    }
}

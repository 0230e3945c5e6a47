//! The scenes of a step: which screenshot, and what happens on it.

use super::Context;
use super::marks;
use super::pictures::Pictures;
use super::place::{measure, place};
use super::sets::Sets;
use crate::guide::region::Region;
use crate::guide::verb::{Annotation, Effect, Kind, Need, On, Placed};
use crate::guide::written::{WrittenScene, WrittenStep};
use crate::guide::{Picture, Rect, Redaction, Scene, Shot, Side, Size, Step, Zoom};
use crate::source::{ProjectPath, Span};
use std::collections::BTreeMap;

/// What goes on from step to step while scenes are read.
#[derive(Debug)]
pub struct Stage {
    /// The pictures read so far.
    pub pictures: Pictures,
    sets: Sets,
    shots: Vec<Shot>,
    redactions: BTreeMap<PictureKey, Vec<Redaction>>,
    last: Option<Shown>,
    url: Option<String>,
}

/// One content shown at one density: copies of a file are redacted together.
type PictureKey = ([u8; 32], u32);

fn key(picture: &Picture) -> PictureKey {
    (picture.hash, picture.density)
}

/// A screenshot on the stage; without a picture if it couldn't be read.
#[derive(Debug, Clone)]
struct Shown {
    picture: Option<Picture>,
    crop: Option<Rect>,
    alt: String,
}

/// A scene before its annotations are applied.
struct Draft<'a> {
    /// `None`: a card.
    shown: Option<Shown>,
    caption: Option<String>,
    inherited: bool,
    span: Span,
    annotations: Vec<&'a Annotation>,
}

/// The scenes of a step as read, and where its own screenshots stand among them.
pub struct Read {
    /// At least one.
    pub scenes: Vec<Scene>,
    /// Index of the scene of the step's first own screenshot; the others follow.
    pub first_own: usize,
}

impl Stage {
    /// The stage before the first step.
    pub fn new(url: Option<String>) -> Self {
        Self {
            pictures: Pictures::default(),
            sets: Sets::default(),
            shots: Vec::new(),
            redactions: BTreeMap::new(),
            last: None,
            url,
        }
    }

    /// Reads the scenes of one step.
    pub fn step(&mut self, step: &WrittenStep, context: &mut Context<'_>) -> Read {
        let misplaced = marks::misplaced(step, self.last.is_some(), &mut self.pictures, context);
        let mut drafts = self.drafts(step, context);
        for draft in &mut drafts {
            draft.annotations.retain(|annotation| !misplaced.contains(&annotation.span.start));
        }
        let first_own = usize::from(drafts.first().is_some_and(|draft| draft.inherited));
        let scenes = drafts.into_iter().map(|draft| self.scene(draft, context)).collect();
        Read { scenes, first_own }
    }

    fn drafts<'s>(&mut self, step: &'s WrittenStep, context: &mut Context<'_>) -> Vec<Draft<'s>> {
        let mut scenes = step.scenes();
        let first_inherits = scenes.first().is_some_and(|first| first.image.is_none());
        if self.last.is_none() && first_inherits && scenes.len() > 1 {
            scenes.remove(0).annotations.iter().for_each(|annotation| no_screenshot(annotation, context));
        }
        scenes.into_iter().map(|scene| self.draft(scene, step, context)).collect()
    }

    fn draft<'s>(
        &mut self,
        scene: WrittenScene<'s>,
        step: &WrittenStep,
        context: &mut Context<'_>,
    ) -> Draft<'s> {
        let WrittenScene { image, annotations } = scene;
        let Some(image) = image else {
            let shown = self.last.clone().filter(|_| !step.is_card());
            return Draft { shown, caption: None, inherited: true, span: step.span, annotations };
        };
        let picture = self.pictures.get(&image.target, image.embed(context.source), context);
        let picture = picture.map(|first| self.in_language(first, image.span, context));
        let shown = Shown { picture, crop: None, alt: image.alt.clone() };
        let caption = image.caption.clone();
        Draft { shown: Some(shown), caption, inherited: false, span: image.span, annotations }
    }

    fn scene(&mut self, draft: Draft<'_>, context: &mut Context<'_>) -> Scene {
        let Draft { mut shown, caption, inherited, span, annotations } = draft;
        twice(&annotations, context);
        let mut scene = Scene {
            shot: None,
            inherited: inherited && shown.is_some(),
            alt: shown.as_ref().map(|shown| shown.alt.clone()).unwrap_or_default(),
            caption,
            url: None,
            actions: Vec::new(),
            marks: Vec::new(),
            side: Side::Auto,
            zoom: if context.guide.front.auto_zoom.is_none_or(|zoom| zoom.value) {
                Zoom::Auto
            } else {
                Zoom::None
            },
            span,
        };
        // The crop first: the others must lie on what it leaves.
        let (crops, others): (Vec<&Annotation>, Vec<&Annotation>) =
            annotations.into_iter().partition(|annotation| annotation.verb.name == "crop");
        for annotation in crops.into_iter().chain(others) {
            if let Some(effect) = effect(annotation, shown.as_ref(), context) {
                self.apply(effect, annotation, &mut scene, &mut shown);
            }
        }
        scene.url.clone_from(&self.url);
        if let Some(shown) = &shown {
            scene.shot = shown.picture.as_ref().map(|picture| self.shot(picture, shown.crop, span));
            self.last = Some(shown.clone());
        }
        scene
    }

    fn apply(
        &mut self,
        effect: Effect,
        annotation: &Annotation,
        scene: &mut Scene,
        shown: &mut Option<Shown>,
    ) {
        match effect {
            Effect::Act(kind, side) => {
                scene.actions.push(crate::guide::Action { kind, side, span: annotation.span })
            }
            Effect::Mark(kind, at, side) => {
                scene.marks.push(crate::guide::Mark { kind, at, span: annotation.span });
                if side != Side::Auto {
                    scene.side = side;
                }
            }
            Effect::Zoom(zoom) => scene.zoom = zoom,
            Effect::Crop(crop) => {
                if let Some(shown) = shown {
                    shown.crop = Some(crop);
                }
            }
            Effect::Redact(redaction) => {
                if let Some(picture) = shown.as_ref().and_then(|shown| shown.picture.as_ref()) {
                    let all = self.redactions.entry(key(picture)).or_default();
                    if !all.contains(&redaction) {
                        all.push(redaction);
                    }
                }
            }
            Effect::Url(url) => self.url = Some(url),
            Effect::Goto(address) => self.url = Some(opened(&address, self.url.as_deref())),
            Effect::Id(_) | Effect::Card | Effect::Nothing => {}
        }
    }

    fn shot(&mut self, picture: &Picture, crop: Option<Rect>, span: Span) -> usize {
        let same = |shot: &Shot| shot.picture.path == picture.path && shot.crop == crop;
        self.shots.iter().position(same).unwrap_or_else(|| {
            self.shots.push(Shot { picture: picture.clone(), redactions: Vec::new(), crop, span });
            self.shots.len() - 1
        })
    }

    /// The shot of a picture as the steps show it first, cropped if they crop it; one of its own if they don't.
    pub fn cover(&mut self, picture: &Picture, span: Span) -> usize {
        let shown = self.shots.iter().position(|shot| shot.picture.path == picture.path);
        shown.unwrap_or_else(|| self.shot(picture, None, span))
    }

    /// A picture as a guide in this language shows it.
    pub fn in_language(&mut self, first: Picture, span: Span, context: &mut Context<'_>) -> Picture {
        self.sets.in_language(first, span, &mut self.pictures, context)
    }

    /// The screenshots, and the pictures amid text, with all that is redacted anywhere in the guide.
    pub fn finish(mut self, mut inline: Vec<Shot>, context: &mut Context<'_>) -> Shots {
        let mut shots = std::mem::take(&mut self.shots);
        for shot in shots.iter_mut().chain(&mut inline) {
            shot.redactions = self.redactions.get(&key(&shot.picture)).cloned().unwrap_or_default();
        }
        let mut dark = BTreeMap::new();
        for index in 0..shots.len() {
            let found = shots.get(index).and_then(|shot| self.dark(shot, context));
            if let Some(found) = found {
                dark.insert(index, shots.len());
                shots.push(found);
            }
        }
        Shots { shots, dark, inline, firsts: self.sets.firsts() }
    }

    /// What stands for a screenshot where the reader's page is dark: redacted and cropped as that is.
    fn dark(&mut self, shot: &Shot, context: &mut Context<'_>) -> Option<Shot> {
        let picture = self.sets.dark(&shot.picture, shot.span, &mut self.pictures, context)?;
        let mut redactions = shot.redactions.clone();
        let own = self.redactions.get(&key(&picture)).into_iter().flatten();
        redactions.extend(own.filter(|own| !shot.redactions.contains(own)));
        Some(Shot { picture, redactions, ..shot.clone() })
    }
}

/// The pictures of a guide.
pub struct Shots {
    /// The different screenshots, and last those that stand for others where the reader's page is dark.
    pub shots: Vec<Shot>,
    /// By the index of a screenshot, that of what stands for it in dark.
    pub dark: BTreeMap<usize, usize>,
    /// Pictures amid text.
    pub inline: Vec<Shot>,
    /// The picture that the guide names, by the one of its language that is shown.
    pub firsts: BTreeMap<ProjectPath, ProjectPath>,
}

/// Tells of annotations that count once and stand twice.
fn twice(annotations: &[&Annotation], context: &mut Context<'_>) {
    for (at, annotation) in annotations.iter().enumerate() {
        let before = annotations.iter().take(at).any(|other| other.verb.name == annotation.verb.name);
        if annotation.verb.once && before {
            let message = format!("a second `@{}` for the same screenshot", annotation.verb.name);
            context.error("duplicate-annotation", annotation.span, message, "keep one of them");
        }
    }
}

fn no_screenshot(annotation: &Annotation, context: &mut Context<'_>) {
    let message = format!("there is no screenshot before this `@{}`", annotation.verb.name);
    let help = "write the annotation below its image, which stands on a line of its own";
    context.error("no-screenshot", annotation.span, message, help);
}

/// An address as the frame shows it: a path is of the site that was shown before.
fn opened(address: &str, before: Option<&str>) -> String {
    let Some((scheme, rest)) =
        before.and_then(|url| url.split_once("://")).filter(|_| address.starts_with('/'))
    else {
        return address.to_owned();
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    format!("{scheme}://{host}{address}")
}

/// The anchor of an annotation that has no region yet, and which of its regions that is. A replay finds the place by the
/// anchor; a reader's page can't.
fn unplaced(annotation: &Annotation) -> Option<(Span, &'static str)> {
    if annotation.verb.kind == Kind::Replay {
        return None;
    }
    let first = annotation
        .anchor
        .as_ref()
        .filter(|_| annotation.region.is_none())
        .map(|anchor| (anchor.span, "a region"));
    let second = annotation.to_anchor.as_ref().filter(|_| annotation.to.is_none());
    first.or(second.map(|anchor| (anchor.span, "a second region")))
}

fn not_placed(annotation: &Annotation, span: Span, which: &str, context: &mut Context<'_>) {
    let name = annotation.verb.name;
    let message = format!("`@{name}` says what it stands on, and lacks {which} on this screenshot");
    let form = if annotation.verb.takes.to == Need::Never {
        format!("@{name} X,Y WxH on …")
    } else {
        format!("@{name} X,Y WxH on … to X,Y WxH on …")
    };
    context.error(
        "missing-region",
        span,
        message,
        format!("run `guidemark refresh`, or give it {which}: `{form}`"),
    );
}

/// What an annotation does on a scene; `None` after telling why it can't.
fn effect(annotation: &Annotation, shown: Option<&Shown>, context: &mut Context<'_>) -> Option<Effect> {
    let (region, to) = match (annotation.verb.on, shown) {
        (On::Screenshot, None) => {
            no_screenshot(annotation, context);
            return None;
        }
        // A picture that can't be read was reported; where things lie on it can't be known.
        (On::Screenshot, Some(shown)) => {
            if let Some((span, which)) = unplaced(annotation) {
                not_placed(annotation, span, which, context);
                return None;
            }
            let picture = shown.picture.as_ref()?;
            let crop = shown.crop.filter(|_| !matches!(annotation.verb.name, "crop" | "redact"));
            let region = on_picture(annotation, annotation.region.as_ref(), picture, crop, context)?;
            (region, on_picture(annotation, annotation.to.as_ref(), picture, crop, context)?)
        }
        (On::Scene | On::Step, _) => (Rect::CORNER, Rect::CORNER),
    };
    Some((annotation.verb.effect)(&Placed { annotation, region, to }))
}

fn on_picture(
    annotation: &Annotation,
    region: Option<&Region>,
    picture: &Picture,
    crop: Option<Rect>,
    context: &mut Context<'_>,
) -> Option<Rect> {
    let Some(region) = region else { return Some(Rect::CORNER) };
    let size = picture.size();
    let Some(rect) = place(region, size) else {
        let message = format!("the region of `@{}` lies off the screenshot", annotation.verb.name);
        context.error("region-outside", region.span, message, off_help(&measure(region, size), picture));
        return None;
    };
    if crop.is_some_and(|crop| !crop.meets(&rect)) {
        let message =
            format!("the region of `@{}` lies outside the part that `@crop` shows", annotation.verb.name);
        let help = "coordinates count from the corner of the whole screenshot, cropped or not";
        context.error("region-outside", region.span, message, help);
        return None;
    }
    Some(rect)
}

fn off_help(rect: &Rect, picture: &Picture) -> String {
    let size = picture.size();
    let far = |at: f64, long: f64| (at + long).max(at);
    let whole = format!("`{}` is {}×{} points", picture.path.name(), number(size.width), number(size.height));
    if rect.x < 0.0 || rect.y < 0.0 {
        return format!("{whole}, counted from 0,0 in its upper-left corner");
    }
    let in_pixels =
        far(rect.x, rect.w) <= f64::from(picture.width) && far(rect.y, rect.h) <= f64::from(picture.height);
    if picture.density > 1 && in_pixels {
        return format!("{whole}: halve the numbers, they are pixels");
    }
    let (right, bottom) = (number(far(rect.x, rect.w)), number(far(rect.y, rect.h)));
    format!("{whole}, the region reaches {right},{bottom}")
}

/// A number as people write it: at most two decimals.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The size of most screenshots as shown; of several as frequent, the first.
pub fn stage(steps: &[Step], shots: &[Shot]) -> Option<Size> {
    let mut counts: Vec<(Size, usize)> = Vec::new();
    let shown = steps.iter().flat_map(|step| &step.scenes).filter_map(|scene| shots.get(scene.shot?));
    for shot in shown {
        let size = shot.crop.map_or(shot.picture.size(), |crop| Size { width: crop.w, height: crop.h });
        match counts.iter_mut().find(|(known, _)| *known == size) {
            Some((_, count)) => *count += 1,
            None => counts.push((size, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.iter().find(|(_, count)| *count == most).map(|(size, _)| *size)
}

//! What an editor shows of a guide: as written, with the places that edits name.

use super::ask::{AnnotationFields, Area, CaptureKey};
use super::find;
use super::runs::{indent, runs};
use super::sections::{Section, sections};
use crate::guide::annotation::Annotation;
use crate::guide::front::{AppValue, CursorValue};
use crate::guide::region::{Length, Region};
use crate::guide::{Guide, Resolved, Shot, Size, WrittenScene, WrittenStep};
use crate::source::Source;
use serde::Serialize;
use std::collections::BTreeMap;

/// A guide for an editor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outline {
    /// The front matter.
    pub meta: Meta,
    /// The steps in order.
    pub steps: Vec<StepOutline>,
    /// What stands outside the front matter, in order.
    pub sections: Vec<Section>,
    /// The different pictures, in the order of first use.
    pub pictures: Vec<PictureOutline>,
}

/// The keys of the front matter that an editor changes, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Meta {
    /// The title, from wherever it comes.
    pub title: String,
    /// `description`
    pub description: Option<String>,
    /// `app`: a key of `[apps]`.
    pub app: Option<String>,
    /// Whether `app` is a table, which this editor does not change.
    pub app_is_table: bool,
    /// `cursor`: its name; empty for `false`.
    pub cursor: Option<String>,
    /// Colour of the cursor, `#rrggbb`.
    pub cursor_color: Option<String>,
    /// `cover`
    pub cover: Option<String>,
    /// `backdrop`
    pub backdrop: Option<String>,
    /// `steps`
    pub steps: Option<String>,
    /// `chapters`
    pub chapters: Option<String>,
    /// `order`, as a number.
    pub order: Option<String>,
    /// `capture`, each key as it is written.
    pub capture: CaptureOutline,
    /// `tags`
    pub tags: Vec<String>,
    /// `authors`
    pub authors: Vec<String>,
    /// `created`: `YYYY-MM-DD`.
    pub created: Option<String>,
    /// `updated`: `YYYY-MM-DD`.
    pub updated: Option<String>,
    /// `lang`
    pub lang: Option<String>,
    /// `draft`
    pub draft: bool,
    /// `slug`
    pub slug: Option<String>,
    /// `url`
    pub url: Option<String>,
    /// `frame`
    pub frame: Option<String>,
    /// `theme`
    pub theme: Option<String>,
    /// `zoom`: `auto` or `none`.
    pub zoom: Option<String>,
    /// `cta`: label and address.
    pub cta: Option<(String, String)>,
}

/// The keys of `capture` for an editor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CaptureOutline {
    /// `start`
    pub start: Option<String>,
    /// `viewport`
    pub viewport: Option<String>,
    /// `scale`
    pub scale: Option<String>,
    /// `scheme`
    pub scheme: Option<String>,
    /// `login`
    pub login: Option<String>,
}

/// A step for an editor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepOutline {
    /// Its id in the page.
    pub id: String,
    /// What its `@id` says.
    pub own_id: Option<String>,
    /// Its title.
    pub title: String,
    /// Title of its chapter.
    pub chapter: Option<String>,
    /// Line of the file it begins at, from 1.
    pub line: usize,
    /// Its source without indentation, lines ended by `\n`.
    pub source: String,
    /// The runs of its text, as Markdown without indentation.
    pub runs: Vec<String>,
    /// At least one.
    pub scenes: Vec<SceneOutline>,
}

/// A scene for an editor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SceneOutline {
    /// Index into [`Outline::pictures`]; `None`: a card, or a picture that can't be read.
    pub picture: Option<usize>,
    /// Whether the screenshot is that of the steps before.
    pub inherited: bool,
    /// Alternative text.
    pub alt: String,
    /// The part of the picture that is shown; `None`: all.
    pub crop: Option<Area>,
    /// What is said of it, in order.
    pub annotations: Vec<AnnotationOutline>,
}

/// An annotation for an editor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnnotationOutline {
    /// First byte in the file: its name in edits.
    pub at: usize,
    /// Line of the file, from 1.
    pub line: usize,
    /// As written.
    pub source: String,
    /// What it says, regions in points of the whole picture.
    #[serde(flatten)]
    pub fields: AnnotationFields,
}

/// A picture for an editor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PictureOutline {
    /// Path in the project.
    pub path: String,
    /// Hash of the file's bytes, as hexadecimal digits.
    pub hash: String,
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
}

/// The outline of a guide. `resolved` is that guide as meant; without it, nothing is known of pictures, titles
/// and ids.
pub fn outline(source: &Source, guide: &Guide, resolved: Option<&Resolved>) -> Outline {
    let mut pictures = Vec::new();
    let steps = guide.steps.iter().enumerate();
    let steps = steps
        .map(|(index, step)| step_outline((source, guide), step, index, resolved, &mut pictures))
        .collect();
    Outline { meta: meta(guide, resolved), steps, sections: sections(source, guide), pictures }
}

fn meta(guide: &Guide, resolved: Option<&Resolved>) -> Meta {
    let front = &guide.front;
    let text = |text: &Option<crate::source::Spanned<String>>| text.as_ref().map(|text| text.value.clone());
    Meta {
        title: resolved
            .map(|resolved| resolved.title.clone())
            .or_else(|| text(&front.title))
            .unwrap_or_default(),
        description: text(&front.description),
        app: match &front.app {
            Some(AppValue::Key(key)) => Some(key.value.clone()),
            Some(AppValue::Table(app, _)) => Some(app.name.clone()),
            None => None,
        },
        app_is_table: matches!(front.app, Some(AppValue::Table(..))),
        cursor: match &front.cursor {
            Some(CursorValue::NoName) => Some(String::new()),
            Some(CursorValue::Named(name, _)) => name.clone(),
            None => None,
        },
        cursor_color: super::meta::colored(front),
        cover: super::meta::covered(front),
        backdrop: super::meta::behind(front),
        steps: front.steps.map(|form| form.value.word().to_owned()),
        order: front.order.map(|order| crate::guide::front::Front::order_in_words(order.value)),
        chapters: front.chapters.map(|opening| opening.value.word().to_owned()),
        capture: CaptureOutline {
            start: super::meta::captured(front, CaptureKey::Start),
            viewport: super::meta::captured(front, CaptureKey::Viewport),
            scale: super::meta::captured(front, CaptureKey::Scale),
            scheme: super::meta::captured(front, CaptureKey::Scheme),
            login: super::meta::captured(front, CaptureKey::Login),
        },
        tags: super::meta::texts(&front.tags),
        authors: super::meta::texts(&front.authors),
        created: super::meta::day(front.created.as_ref()),
        updated: super::meta::day(front.updated.as_ref()),
        lang: front.lang.clone(),
        draft: front.draft.as_ref().is_some_and(|draft| draft.value),
        slug: text(&front.slug),
        url: text(&front.url),
        frame: front.frame.map(|frame| frame.value.word().to_owned()),
        theme: text(&front.theme),
        zoom: super::meta::zoom(front).map(str::to_owned),
        cta: front.cta.as_ref().map(|cta| (cta.label.clone(), cta.url.clone())),
    }
}

fn step_outline(
    (source, guide): (&Source, &Guide),
    step: &WrittenStep,
    index: usize,
    resolved: Option<&Resolved>,
    pictures: &mut Vec<PictureOutline>,
) -> StepOutline {
    let meant = resolved.and_then(|resolved| Some((resolved, resolved.steps.get(index)?)));
    let written = find::scenes(guide, index);
    let scenes = written.iter().enumerate().map(|(at, scene)| {
        let meant = meant.and_then(|(resolved, step)| Some((resolved, step.scenes.get(at)?)));
        let shot = meant.and_then(|(resolved, scene)| resolved.shots.get(scene.shot?));
        let alt = meant.map(|(_, meant)| meant.alt.clone());
        scene_outline(source, scene, shot, alt.unwrap_or_default(), pictures)
    });
    let scenes = scenes.collect();
    let chapter = meant.and_then(|(resolved, step)| resolved.chapters.get(step.chapter?));
    StepOutline {
        id: meant.map(|(_, step)| step.id.clone()).unwrap_or_default(),
        own_id: find::id(step).and_then(|annotation| Some(annotation.word.as_ref()?.value.clone())),
        title: meant.map(|(_, step)| step.title.clone()).unwrap_or_default(),
        chapter: chapter.map(|chapter| chapter.title.clone()),
        line: source.position(step.span.start).line,
        source: super::runs::outdent(source.slice(step.span), indent(step, source)),
        runs: runs(step, source).into_iter().map(|run| run.markdown).collect(),
        scenes,
    }
}

fn scene_outline(
    source: &Source,
    scene: &WrittenScene<'_>,
    shot: Option<&Shot>,
    alt: String,
    pictures: &mut Vec<PictureOutline>,
) -> SceneOutline {
    let size = shot.map(|shot| shot.picture.size());
    SceneOutline {
        picture: shot.map(|shot| picture_index(shot, pictures)),
        inherited: scene.image.is_none(),
        alt,
        crop: shot.and_then(|shot| shot.crop).map(|at| Area { x: at.x, y: at.y, w: at.w, h: at.h }),
        annotations: scene
            .annotations
            .iter()
            .map(|annotation| annotation_outline(source, annotation, size))
            .collect(),
    }
}

fn picture_index(shot: &Shot, pictures: &mut Vec<PictureOutline>) -> usize {
    let path = shot.picture.path.as_str();
    pictures.iter().position(|known| known.path == path).unwrap_or_else(|| {
        let Size { width, height } = shot.picture.size();
        let hash = shot.picture.hash.iter().map(|byte| format!("{byte:02x}")).collect();
        pictures.push(PictureOutline { path: path.to_owned(), hash, width, height });
        pictures.len() - 1
    })
}

fn annotation_outline(source: &Source, annotation: &Annotation, size: Option<Size>) -> AnnotationOutline {
    AnnotationOutline {
        at: annotation.span.start,
        line: source.position(annotation.span.start).line,
        source: source.slice(annotation.span).to_owned(),
        fields: AnnotationFields {
            verb: annotation.verb.name.to_owned(),
            region: annotation.region.as_ref().map(|region| area(region, size)),
            on: annotation.anchor.as_ref().map(|anchor| anchor.value.to_string()),
            to: annotation.to.as_ref().map(|region| area(region, size)),
            to_on: annotation.to_anchor.as_ref().map(|anchor| anchor.value.to_string()),
            text: annotation.text.as_ref().map(|text| text.value.clone()),
            word: annotation.word.as_ref().map(|word| word.value.clone()),
            options: options(annotation),
        },
    }
}

/// The options of an annotation.
pub fn options(annotation: &Annotation) -> BTreeMap<String, String> {
    annotation.options.iter().map(|option| (option.key.value.clone(), option.value.value.clone())).collect()
}

/// A region in points; percentages of a picture that isn't known count as points.
fn area(region: &Region, size: Option<Size>) -> Area {
    let points = |length: Length, whole: Option<f64>| match (length, whole) {
        (Length::Points(number), _) | (Length::Percent(number), None) => number,
        (Length::Percent(number), Some(whole)) => number * whole / 100.0,
    };
    let (width, height) = (size.map(|size| size.width), size.map(|size| size.height));
    let (w, h) = region.size.map_or((0.0, 0.0), |(w, h)| (points(w, width), points(h, height)));
    Area { x: points(region.x, width), y: points(region.y, height), w, h }
}

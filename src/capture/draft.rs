//! Steps as a guide: its text, its pictures, and the lock beside it.

use super::address;
use super::event::{Doubt, Find, Place, Target, Words, Zone};
use super::frames::Picture;
use super::sentence::{Language, title};
use super::steps::{Gesture, Step, StepKind};
use crate::edit::{
    AnnotationFields, Area, Draft, DraftChapter, DraftPicture, DraftScene, DraftStep, DraftValue, Refusal,
    annotation_line,
};
use crate::guide::anchor::Anchor;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Longest name of a picture's file.
const LONGEST_NAME: usize = 40;
/// What a secret is written as.
const DOTS: &str = "••••";

/// All that was recorded.
#[derive(Debug, Clone)]
pub struct Recorded<'a> {
    /// The steps.
    pub steps: &'a [Step],
    /// What the page looks like in the end.
    pub end: Option<(Place, Picture, Words)>,
    /// Where it began.
    pub start: &'a str,
    /// The title of the guide, if one was asked for.
    pub title: Option<&'a str>,
    /// BCP 47 tag.
    pub lang: &'a str,
    /// Width and height of the page.
    pub viewport: (u32, u32),
    /// Pixels a point.
    pub scale: u32,
    /// Which browser.
    pub browser: &'a str,
    /// A hash of how letters are drawn; may be empty.
    pub fonts: &'a str,
    /// The application it is about, as a key of the project.
    pub app: Option<&'a str>,
    /// Whether the guide is a draft whatever stands on its pictures.
    pub is_draft: bool,
}

impl Recorded<'_> {
    /// Whether it must be reviewed before it is published: because the caller says so, or because its pictures show
    /// something that may have to be redacted.
    fn is_unpublished(&self) -> bool {
        let end = self.end.iter().map(|(_, _, words)| words);
        self.is_draft
            || self.steps.iter().map(|step| &step.words).chain(end).any(|words| !words.doubts.is_empty())
    }
}

/// The guide of it before it is text.
#[derive(Debug, Clone)]
pub struct Drafted {
    /// The guide.
    pub draft: Draft,
    /// `capture.json`
    pub lock: String,
    /// The pictures by path.
    pub pictures: BTreeMap<String, Picture>,
}

/// What is written of it.
#[derive(Debug, Clone)]
pub struct Written {
    /// `index.md`
    pub markdown: String,
    /// How many steps it has, the one that shows the end among them.
    pub steps: usize,
    /// `capture.json`
    pub lock: String,
    /// The pictures by path.
    pub pictures: BTreeMap<String, Picture>,
}

/// The guide of what was recorded.
///
/// # Errors
/// [`Refusal`] if it can't be said in a guide.
pub fn written(recorded: &Recorded<'_>) -> Result<Written, Refusal> {
    let Drafted { draft, lock, pictures } = drafted(recorded)?;
    let steps = draft.chapters.iter().map(|chapter| chapter.steps.len()).sum();
    Ok(Written { markdown: draft.markdown()?, steps, lock, pictures })
}

/// The guide of what was recorded, for others to add to.
///
/// # Errors
/// [`Refusal`] if it can't be said in a guide.
pub fn drafted(recorded: &Recorded<'_>) -> Result<Drafted, Refusal> {
    let mut writer = Writer {
        recorded,
        language: Language::from_tag(recorded.lang),
        names: BTreeMap::new(),
        pictures: BTreeMap::new(),
        shown: None,
        page: 1,
        url: address::origin(&address::shown(recorded.start)).to_owned() + "/",
        lock: Lock::default(),
    };
    let mut steps = Vec::new();
    for step in recorded.steps {
        steps.push(writer.step(step)?);
    }
    steps.extend(writer.end()?);
    let draft = Draft {
        title: writer.title(),
        keys: writer.keys(),
        introduction: String::new(),
        chapters: vec![DraftChapter { title: None, introduction: String::new(), steps }],
        conclusion: String::new(),
    };
    let lock = writer.lock.text(recorded);
    Ok(Drafted { draft, lock, pictures: writer.pictures })
}

struct Writer<'a> {
    recorded: &'a Recorded<'a>,
    language: Language,
    /// Paths of pictures by their hash.
    names: BTreeMap<[u8; 32], String>,
    pictures: BTreeMap<String, Picture>,
    /// The picture that is shown last.
    shown: Option<[u8; 32]>,
    /// The tab of the step before.
    page: u32,
    /// The address that the frame shows.
    url: String,
    lock: Lock,
}

impl Writer<'_> {
    fn title(&self) -> String {
        let first = self.recorded.steps.iter().map(title).find(|title| !title.is_empty());
        self.recorded.title.map(str::to_owned).or(first).unwrap_or_else(|| "Recording".to_owned())
    }

    fn keys(&self) -> Vec<(String, DraftValue)> {
        let Recorded { start, lang, viewport: (width, height), scale, .. } = self.recorded;
        let start = address::shown(start);
        let capture = vec![
            ("start".to_owned(), DraftValue::Text(start.clone())),
            ("viewport".to_owned(), DraftValue::Text(format!("{width}x{height}"))),
            ("scale".to_owned(), DraftValue::Number(u64::from(*scale))),
        ];
        let lang = (*lang != "en").then(|| ("lang".to_owned(), DraftValue::Text((*lang).to_owned())));
        let app = self.recorded.app.map(|app| ("app".to_owned(), DraftValue::Text(app.to_owned())));
        let url = ("url".to_owned(), DraftValue::Text(address::origin(&start).to_owned() + "/"));
        let draft = self.recorded.is_unpublished().then(|| ("draft".to_owned(), DraftValue::Bool(true)));
        lang.into_iter()
            .chain(app)
            .chain(draft)
            .chain([url, ("capture".to_owned(), DraftValue::Table(capture))])
            .collect()
    }

    fn step(&mut self, step: &Step) -> Result<DraftStep, Refusal> {
        let sentence = self.language.sentence(step);
        let mut annotations = Vec::new();
        let picture = self.picture(step.picture.as_ref(), step, &mut annotations)?;
        let factor = step.picture.as_ref().map(|picture| points(picture, &step.place));
        self.address(step, &mut annotations)?;
        if let Some(factor) = factor {
            let fields = self.fields(step, factor);
            if let Some(target) = &step.target {
                self.lock.target(step, target, fields.as_ref().and_then(|fields| fields.on.as_deref()));
            }
            annotations.extend(fields.as_ref().map(annotation_line).transpose()?);
        }
        let is_empty = picture.is_none() && annotations.is_empty();
        let scenes = if is_empty {
            Vec::new()
        } else {
            vec![DraftScene { picture, annotations, ..DraftScene::default() }]
        };
        Ok(DraftStep { sentence, annotations: Vec::new(), scenes, within: None })
    }

    fn end(&mut self) -> Result<Option<DraftStep>, Refusal> {
        let Some((place, picture, words)) = self.recorded.end.clone() else { return Ok(None) };
        let last = self.recorded.steps.last().and_then(|step| step.picture.as_ref());
        if self.recorded.steps.is_empty() || last.is_some_and(|last| last.hash == picture.hash) {
            return Ok(None);
        }
        let at = self.recorded.steps.last().map(|step| step.at.clone()).unwrap_or_default();
        let step = Step {
            kind: StepKind::Look,
            t: 0.0,
            target: None,
            at,
            place,
            picture: Some(picture),
            words,
            dialog: None,
            sentence: None,
        };
        let sentence = self.language.done(&title(&step));
        let mut annotations = Vec::new();
        let picture = self.picture(step.picture.as_ref(), &step, &mut annotations)?;
        self.address(&step, &mut annotations)?;
        Ok(Some(DraftStep {
            sentence,
            annotations: Vec::new(),
            scenes: vec![DraftScene { picture, annotations, ..DraftScene::default() }],
            within: None,
        }))
    }

    /// The picture of a step, unless it is shown already, and what is redacted on it.
    fn picture(
        &mut self,
        picture: Option<&Picture>,
        step: &Step,
        annotations: &mut Vec<String>,
    ) -> Result<Option<DraftPicture>, Refusal> {
        let Some(picture) = picture else { return Ok(None) };
        if self.shown == Some(picture.hash) {
            return Ok(None);
        }
        self.shown = Some(picture.hash);
        let path = self.name(picture, step);
        let factor = points(picture, &step.place);
        for zone in &step.words.secrets {
            if let Some(region) = area(zone_around(*zone), factor, &step.place) {
                let holder = step.words.holders.iter().find(|holder| holder.zone == *zone);
                let on = holder.and_then(|holder| holder.anchor.anchor()).map(|anchor| anchor.to_string());
                let fields = AnnotationFields {
                    verb: "redact".to_owned(),
                    region: Some(region),
                    on,
                    ..AnnotationFields::default()
                };
                annotations.push(annotation_line(&fields)?);
            }
        }
        self.lock.picture(&path, picture, step, factor);
        let called = step.target.as_ref().map(|target| target.called.clone()).unwrap_or_default();
        let alt =
            [title(step), called].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        Ok(Some(DraftPicture { path, alt, ..DraftPicture::default() }))
    }

    /// A name by what is shown.
    fn name(&mut self, picture: &Picture, step: &Step) -> String {
        if let Some(path) = self.names.get(&picture.hash) {
            return path.clone();
        }
        let stem = slug(&title(step));
        let density = if density(picture, &step.place) == 2 { "@2x" } else { "" };
        let numbered = |number: u32| match number {
            1 => format!("shots/{stem}{density}.png"),
            number => format!("shots/{stem}-{number}{density}.png"),
        };
        let path = (1..).map(numbered).find(|path| !self.pictures.contains_key(path)).unwrap_or_default();
        self.names.insert(picture.hash, path.clone());
        self.pictures.insert(path.clone(), picture.clone());
        path
    }

    /// The address that is opened, or that the frame shows from now on.
    fn address(&mut self, step: &Step, annotations: &mut Vec<String>) -> Result<(), Refusal> {
        let start = address::shown(self.recorded.start);
        let with_text = |verb: &str, text: String| AnnotationFields {
            verb: verb.to_owned(),
            text: Some(text),
            ..AnnotationFields::default()
        };
        if let StepKind::Open { url } = &step.kind {
            let url = address::shown(url);
            let path = address::relative(&url, &start);
            let within = address::origin(&self.url) == address::origin(&start);
            annotations.push(annotation_line(&with_text("goto", if within { path } else { url.clone() }))?);
            self.url = url;
            return Ok(());
        }
        let url = address::shown(&step.place.url);
        if !url.is_empty() && url != self.url && !url.starts_with("about:") {
            annotations.push(annotation_line(&with_text("url", url.clone()))?);
            self.url = url;
        }
        Ok(())
    }

    fn fields(&mut self, step: &Step, factor: f64) -> Option<AnnotationFields> {
        let on = step.target.as_ref().and_then(|target| self.anchor(target, step));
        let on = on.map(|anchor| anchor.to_string());
        let zone = step.target.as_ref().map(|target| target.zone);
        let region = zone.and_then(|zone| area(zone, factor, &step.place));
        let with_verb = |verb: &str| AnnotationFields {
            verb: verb.to_owned(),
            region,
            on: on.clone(),
            ..AnnotationFields::default()
        };
        Some(match &step.kind {
            StepKind::Open { .. } | StepKind::Look => return None,
            StepKind::Press { keys } => AnnotationFields {
                verb: "press".to_owned(),
                text: Some(keys.clone()),
                ..AnnotationFields::default()
            },
            StepKind::Scroll { direction } => AnnotationFields {
                verb: "scroll".to_owned(),
                word: Some((*direction).to_owned()),
                ..AnnotationFields::default()
            },
            StepKind::Drag { from, to, onto } => {
                let to_on =
                    onto.as_ref().and_then(|onto| self.anchor(onto, step)).map(|anchor| anchor.to_string());
                let (region, to) = (area(*from, factor, &step.place), area(*to, factor, &step.place));
                to?;
                AnnotationFields {
                    verb: "drag".to_owned(),
                    region,
                    on,
                    to,
                    to_on,
                    ..AnnotationFields::default()
                }
            }
            _ if region.is_none() => return None,
            StepKind::Hover => with_verb("hover"),
            StepKind::Files { .. } => with_verb("click"),
            StepKind::Click(Gesture::Once | Gesture::NewTab) => with_verb("click"),
            StepKind::Click(Gesture::Double) => with_verb("double-click"),
            StepKind::Click(Gesture::Secondary) => with_verb("right-click"),
            StepKind::Type { value, .. } if value.trim().is_empty() => with_verb("click"),
            StepKind::Type { value, variable } => typed(with_verb("type"), value, variable.as_deref(), step),
            StepKind::Select { value } => {
                AnnotationFields { text: Some(plain(value)), ..with_verb("select") }
            }
        })
    }

    /// How a target is found again: in which tab, if that is another than before, and in which frame.
    fn anchor(&mut self, target: &Target, step: &Step) -> Option<Anchor> {
        let mut anchor = target.anchor.as_ref()?.anchor()?;
        anchor.frame.clone_from(&step.at.frame);
        if step.at.page != self.page && step.at.page > 0 {
            self.page = step.at.page;
            anchor.page = Some(step.at.page);
        }
        Some(anchor)
    }
}

fn typed(fields: AnnotationFields, value: &str, variable: Option<&str>, step: &Step) -> AnnotationFields {
    let target = step.target.as_ref();
    let secret = variable.is_some() || target.is_some_and(|target| target.secret);
    if !secret {
        return AnnotationFields { text: Some(plain(value)), ..fields };
    }
    let name = target.map(|target| &*target.called).unwrap_or_default();
    let name = variable.map_or_else(|| variable_of(name), str::to_owned);
    let options = [("value".to_owned(), format!("${name}"))].into();
    AnnotationFields { text: Some(DOTS.to_owned()), options, ..fields }
}

/// A variable called as a field is.
fn variable_of(name: &str) -> String {
    let upper: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect();
    let words: Vec<&str> = upper.split('_').filter(|word| !word.is_empty()).collect();
    let joined = words.join("_");
    if joined.starts_with(|c: char| c.is_ascii_alphabetic()) { joined } else { "SECRET".to_owned() }
}

/// A text that can stand in a comment.
fn plain(text: &str) -> String {
    text.replace("-->", "→")
}

/// Pixels a point, as the name of a picture says them.
fn density(picture: &Picture, place: &Place) -> u32 {
    let width = picture.size().map_or(0.0, |(width, _)| f64::from(width));
    if place.view.w > 0.0 && width / place.view.w >= 1.75 { 2 } else { 1 }
}

/// Points of a picture for a CSS pixel of its page: 1, but on a screen of a fractional density.
fn points(picture: &Picture, place: &Place) -> f64 {
    let width = picture.size().map_or(0.0, |(width, _)| f64::from(width));
    if place.view.w < 1.0 || width < 1.0 {
        return 1.0;
    }
    width / f64::from(density(picture, place)) / place.view.w
}

/// A little more than what is redacted: letters reach over their boxes.
fn zone_around(zone: Zone) -> Zone {
    Zone { x: zone.x - 2.0, y: zone.y - 2.0, w: zone.w + 4.0, h: zone.h + 4.0 }
}

/// What of a zone lies on the picture, in whole points; `None` if nothing does.
fn area(zone: Zone, factor: f64, place: &Place) -> Option<Area> {
    let (width, height) = ((place.view.w * factor).floor(), (place.view.h * factor).floor());
    let left = (zone.x * factor).round().max(0.0);
    let top = (zone.y * factor).round().max(0.0);
    let right = ((zone.x + zone.w) * factor).round().min(width);
    let low = ((zone.y + zone.h) * factor).round().min(height);
    if ![left, top, right, low].iter().all(|number| number.is_finite()) || right < left || low < top {
        return None;
    }
    let is_point = right - left < 1.0 || low - top < 1.0;
    let (w, h) = if is_point { (0.0, 0.0) } else { (right - left, low - top) };
    Some(Area { x: left, y: top, w, h })
}

/// A title as the name of a file.
fn slug(title: &str) -> String {
    let lower = title.to_lowercase();
    let plain: String = lower.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let mut slug = String::new();
    for word in plain.split_whitespace() {
        if slug.len() + word.len() >= LONGEST_NAME {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug += word;
    }
    if slug.is_empty() { "page".to_owned() } else { slug }
}

/// Evidence for replays.
#[derive(Debug, Default)]
struct Lock {
    /// By the page's path and the anchor.
    targets: BTreeMap<String, BTreeMap<String, Value>>,
    pictures: BTreeMap<String, Value>,
}

impl Lock {
    fn target(&mut self, step: &Step, target: &Target, anchor: Option<&str>) {
        let Some(anchor) = anchor else { return };
        let Zone { x, y, w, h } = target.zone;
        let place = [x, y, w, h].map(f64::round);
        let page = address::pattern(&step.place.url);
        self.targets.entry(page).or_default().insert(anchor.to_owned(), target.evidence(place));
    }

    fn picture(&mut self, path: &str, picture: &Picture, step: &Step, factor: f64) {
        let covered = |zone: Zone| step.words.secrets.iter().any(|secret| overlap(*secret, zone));
        let words = step.words.texts.iter().filter(|text| !covered(text.zone)).take(400).map(|text| {
            let Zone { x, y, w, h } = text.zone;
            let place = [x, y, w, h].map(|number| (number * factor).round());
            json!([text.text, place])
        });
        let proposals = step.words.doubts.iter().map(|doubt| {
            let Zone { x, y, w, h } = doubt.zone;
            let place = [x, y, w, h].map(|number| (number * factor).round());
            proposed(doubt, place)
        });
        let proposals: Vec<Value> = proposals.collect();
        let hash: String = picture.hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let known = json!({
            "hash": hash, "address": address::shown(&step.place.url), "title": step.place.title,
            "words": words.collect::<Vec<_>>(), "proposals": proposals,
            "scroll": [step.place.scroll.0.round(), step.place.scroll.1.round()],
        });
        self.pictures.insert(path.to_owned(), known);
    }

    /// One target and one picture a line, sorted.
    fn text(&self, recorded: &Recorded<'_>) -> String {
        let (width, height) = recorded.viewport;
        let lines = |map: &BTreeMap<String, Value>, margin: &str| {
            let lines = map.iter().map(|(key, value)| format!("{margin}{}: {value}", json!(key)));
            lines.collect::<Vec<_>>().join(",\n")
        };
        let targets = self
            .targets
            .iter()
            .map(|(path, targets)| format!("    {}: {{\n{}\n    }}", json!(path), lines(targets, "      ")));
        format!(
            "{{\n  \"version\": 1,\n  \"viewport\": [{width}, {height}],\n  \"scale\": {},\n  \"lang\": {},\n  \"browser\": {},\n{}  \"targets\": {{\n{}\n  }},\n  \"pictures\": {{\n{}\n  }}\n}}\n",
            recorded.scale,
            json!(recorded.lang),
            json!(recorded.browser),
            if recorded.fonts.is_empty() {
                String::new()
            } else {
                format!("  \"fonts\": {},\n", json!(recorded.fonts))
            },
            targets.collect::<Vec<_>>().join(",\n"),
            lines(&self.pictures, "    "),
        )
    }
}

/// A proposal as the lock has it.
pub fn proposed(doubt: &Doubt, place: [f64; 4]) -> Value {
    match doubt.anchor.as_ref().and_then(Find::anchor) {
        Some(anchor) => json!([doubt.why, place, anchor.to_string()]),
        None => json!([doubt.why, place]),
    }
}

fn overlap(a: Zone, b: Zone) -> bool {
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}

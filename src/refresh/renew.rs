//! What is written anew after a replay: pictures, regions, redactions, and what is known of them. Pure.

use super::compare::Part;
use super::lock::Lock;
use super::plan::{Mark, Plan};
use super::run::{FoundMark, PictureRun, Run};
use super::setting::Setting;
use super::verdict::{Verdict, spot};
use crate::capture::{Picture, Zone, address, proposed};
use crate::edit::{self, AnnotationFields, Area, Edit, MetaEdit, Refusal, Replacement, Which};
use crate::guide::{Guide, Rect, Resolved};
use crate::shot;
use crate::source::{ProjectPath, Source};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Points around what is redacted: letters reach over their boxes.
const MARGIN: f64 = 2.0;
/// How far a difference must be from a redaction without an anchor for that to stay.
const AROUND: f64 = 24.0;
/// Quality of JPEG files: nothing is seen of it.
const QUALITY: u8 = 95;
/// Most words of a picture that the lock holds.
const MOST_WORDS: usize = 400;

/// What is written anew.
#[derive(Debug, Clone, Default)]
pub struct Renewal {
    /// The guide, if it says something else.
    pub text: Option<String>,
    /// Pictures by path.
    pub pictures: BTreeMap<ProjectPath, Vec<u8>>,
    /// The lock, if it holds something else.
    pub lock: Option<String>,
    /// The guide with other names, which the author must accept.
    pub proposed: Option<String>,
    /// What stays, and must be looked at: its line and why.
    pub left: Vec<(usize, String)>,
    /// What is redacted on the pictures that are written, by path.
    pub redacted: BTreeMap<ProjectPath, Vec<Part>>,
}

/// What it is made of.
pub struct Renewing<'a> {
    /// The guide's text.
    pub source: &'a Source,
    /// As written.
    pub guide: &'a Guide,
    /// As meant.
    pub resolved: Option<&'a Resolved>,
    /// What was done.
    pub plan: &'a Plan,
    /// What came of it.
    pub run: &'a Run,
    /// How.
    pub setting: &'a Setting,
    /// What was known.
    pub lock: &'a Lock,
    /// Whether other names are written, and all pictures.
    pub is_accepted: bool,
    /// Whether anchors are proposed for what has none.
    pub is_proposing: bool,
    /// The day: `YYYY-MM-DD`.
    pub today: &'a str,
}

impl Renewing<'_> {
    /// What is written anew.
    ///
    /// # Errors
    /// [`Refusal`] if the guide can't say it.
    pub fn renewal(&self) -> Result<Renewal, Refusal> {
        let mut renewal = Renewal::default();
        if self.run.failure.is_some() {
            return Ok(renewal);
        }
        if !self.setting.variant.is_first() {
            return Ok(self.set());
        }
        let mut changes = Vec::new();
        let mut secrets = Vec::new();
        let refused = self.pictures(&mut renewal, &mut changes, &mut secrets)?;
        self.regions(&renewal, &refused, &mut changes)?;
        let names = self.names()?;
        let plain = merged(&changes);
        let mut text = edit::apply(self.source.text(), &plain);
        let mut proposed = None;
        if !names.is_empty() {
            let all = merged(&[changes, names].concat());
            let with = edit::apply(self.source.text(), &all);
            match self.is_accepted {
                true => text = with,
                false => proposed = Some(with),
            }
        }
        for (step, scene, fields) in secrets {
            let add = |text: &str| -> Result<String, Refusal> {
                let source = Source::new(self.source.path().clone(), text.to_owned());
                let edit = Edit::Annotate { step, scene, fields: fields.clone() };
                Ok(edit::apply(text, &edit::change(&source, &edit, None)?))
            };
            text = add(&text)?;
            proposed = proposed.map(|text| add(&text)).transpose()?;
        }
        if text != self.source.text() || !renewal.pictures.is_empty() {
            text = self.dated(&text)?;
            proposed = proposed.map(|text| self.dated(&text)).transpose()?;
        }
        if text != self.source.text() || !renewal.pictures.is_empty() {
            let lock = self.known(&renewal).text();
            renewal.lock = Some(lock);
        }
        renewal.text = Some(text).filter(|text| text != self.source.text());
        renewal.proposed = proposed;
        Ok(renewal)
    }

    /// Which pictures are written, and what of them moves; those that must not be.
    fn pictures(
        &self,
        renewal: &mut Renewal,
        changes: &mut Vec<Replacement>,
        secrets: &mut Vec<(usize, usize, AnnotationFields)>,
    ) -> Result<BTreeSet<ProjectPath>, Refusal> {
        let mut seen = BTreeSet::new();
        let mut refused = BTreeSet::new();
        for (at, step) in self.run.steps.iter().enumerate() {
            for (scene, picture) in step.scenes.iter().enumerate() {
                let Some(picture) = &picture.picture else { continue };
                let path = &picture.planned.path;
                if !seen.insert(path.clone()) || !self.is_wanted(picture) {
                    continue;
                }
                let done = match encoded(path, &picture.after) {
                    Ok(bytes) => self.redactions(picture)?.map(|moved| (bytes, moved)),
                    Err(why) => Err((picture.planned.line, why)),
                };
                match done {
                    Ok((bytes, moved)) => {
                        changes.extend(moved.changes);
                        secrets.extend(moved.uncovered.into_iter().map(|fields| (at, scene, fields)));
                        changes.extend(self.loose(picture, &mut renewal.left)?);
                        renewal.pictures.insert(path.clone(), bytes);
                        renewal.redacted.insert(path.clone(), moved.covered);
                    }
                    Err((line, why)) => {
                        let why = format!("{why}: `{}` was not written", picture.planned.written);
                        renewal.left.push((line, why));
                        refused.insert(path.clone());
                    }
                }
            }
        }
        Ok(refused)
    }

    /// Whether a picture is to be written.
    fn is_wanted(&self, picture: &PictureRun) -> bool {
        if picture.is_kept {
            return false;
        }
        let path = &picture.planned.path;
        let differs =
            picture.reason.verdict >= Verdict::Changed && picture.reason.verdict != Verdict::CouldNotRun;
        let moved = self.found_on(path).any(|found| found.mark.region.is_some() && found.region.is_some());
        let renamed = self.found_on(path).any(|found| found.renamed.is_some());
        let same = picture.before.as_deref() == Some(&*picture.after.png);
        let anew = self.is_accepted && picture.difference.is_none();
        (picture.before.is_none() || differs || moved || renamed || anew) && !same
    }

    fn found_on<'s>(&'s self, path: &'s ProjectPath) -> impl Iterator<Item = &'s FoundMark> {
        self.scenes_on(path).flat_map(|(_, scene)| &scene.found)
    }

    /// The scenes of the run that show a picture, with their plan.
    fn scenes_on<'s>(
        &'s self,
        path: &'s ProjectPath,
    ) -> impl Iterator<Item = (&'s super::plan::PlanScene, &'s super::run::SceneRun)> {
        let steps = self.plan.steps.iter().zip(&self.run.steps);
        let scenes = steps.flat_map(|(plan, run)| plan.scenes.iter().zip(&run.scenes));
        scenes.filter(move |(plan, _)| plan.on.as_ref().is_some_and(|on| on.path == *path))
    }

    /// Where the redactions of a picture go, or why that is not known.
    fn redactions(&self, picture: &PictureRun) -> Result<Result<Moved, (usize, String)>, Refusal> {
        let path = &picture.planned.path;
        let planned = self.plan.scenes().map(|(_, scene)| scene);
        let planned = planned.filter(|scene| scene.on.as_ref().is_some_and(|on| on.path == *path));
        let all: Vec<&Mark> =
            planned.flat_map(|scene| &scene.marks).filter(|mark| mark.verb == "redact").collect();
        let mut moved = Moved::default();
        let mut covered: Vec<Part> = Vec::new();
        let loose: Vec<&Mark> = all.iter().filter(|mark| mark.anchor.is_none()).copied().collect();
        let sorted = in_order(&picture.words.secrets);
        for mark in &all {
            let size = points_of(picture);
            let old = mark.part(size);
            let new = match &mark.anchor {
                Some(anchor) => {
                    let Some(found) = self.found_on(path).find(|found| found.mark.at == mark.at) else {
                        return Ok(Err((mark.line, format!("what is redacted, `{anchor}`, is not found"))));
                    };
                    match (found.region, old) {
                        // All of what it stands on, wherever that is now.
                        (None, Some(old)) if within(old, found.part) => old,
                        (Some(region), Some(_)) => wider(region.around(found.part), size),
                        _ => wider(found.part, size),
                    }
                }
                None => match self.followed(mark, old, picture, &loose, &sorted) {
                    Some(part) => part,
                    None => {
                        let why = "it is not sure where to redact, since the redaction has no anchor";
                        return Ok(Err((mark.line, why.to_owned())));
                    }
                },
            };
            covered.push(new);
            if old.is_none_or(|old| old.off(new) > 0.5) {
                moved.changes.extend(self.moved(mark, new)?);
            }
        }
        let uncovered = sorted.iter().map(|zone| wider(*zone, points_of(picture)));
        let uncovered = uncovered.filter(|zone| !covered.iter().any(|covered| holds(*covered, *zone)));
        moved.uncovered = uncovered.filter(|zone| zone.w >= 1.0 && zone.h >= 1.0).map(redact).collect();
        moved.covered = covered;
        Ok(Ok(moved))
    }

    /// Where a redaction without an anchor goes.
    fn followed(
        &self,
        mark: &Mark,
        old: Option<Part>,
        picture: &PictureRun,
        loose: &[&Mark],
        secrets: &[Part],
    ) -> Option<Part> {
        let old = old?;
        let (wide, groups) =
            (grown(old, AROUND), picture.difference.as_ref().map(|difference| &difference.groups));
        // Nothing around it has changed.
        if groups.is_some_and(|groups| !groups.iter().any(|group| meets(group.part, wide))) {
            return Some(old);
        }
        // As many keys stand on the page as are redacted: they are those.
        if loose.len() == secrets.len() {
            let mut places: Vec<(Part, usize)> =
                loose.iter().filter_map(|mark| Some((mark.part(points_of(picture))?, mark.at))).collect();
            places.sort_by(|(one, _), (other, _)| one.y.total_cmp(&other.y).then(one.x.total_cmp(&other.x)));
            let at = places.iter().position(|(_, at)| *at == mark.at)?;
            return secrets.get(at).map(|zone| wider(*zone, points_of(picture)));
        }
        follow(picture, old)
    }

    /// Marks without an anchor: they go with the picture under them, or stay and are reported.
    fn loose(
        &self,
        picture: &PictureRun,
        left: &mut Vec<(usize, String)>,
    ) -> Result<Vec<Replacement>, Refusal> {
        let mut changes = Vec::new();
        if picture.before.is_none() {
            return Ok(changes);
        }
        let path = &picture.planned.path;
        let lost: Vec<&Mark> = self.scenes_on(path).flat_map(|(_, scene)| &scene.lost).collect();
        for mark in lost.into_iter().filter(|mark| !matches!(mark.verb, "redact" | "crop" | "zoom")) {
            let Some(old) = mark.part(points_of(picture)) else { continue };
            match follow(picture, old) {
                Some(new) if new.off(old) > 0.5 => changes.extend(self.moved(mark, new)?),
                Some(_) => {}
                None => {
                    let why =
                        format!("`@{}` stays at {}: look whether it still lies right", mark.verb, spot(old));
                    left.push((mark.line, why));
                }
            }
        }
        Ok(changes)
    }

    /// Regions that go with their anchors.
    fn regions(
        &self,
        renewal: &Renewal,
        refused: &BTreeSet<ProjectPath>,
        changes: &mut Vec<Replacement>,
    ) -> Result<(), Refusal> {
        let steps = self.plan.steps.iter().zip(&self.run.steps);
        for (plan, run) in steps.flat_map(|(plan, run)| plan.scenes.iter().zip(&run.scenes)) {
            let Some(on) = &plan.on else { continue };
            let is_kept = plan.is_kept || refused.contains(&on.path);
            let is_written = renewal.pictures.contains_key(&on.path);
            let size = (f64::from(self.run.viewport.0), f64::from(self.run.viewport.1));
            for found in run.found.iter().filter(|found| found.mark.verb == "redact" && !is_kept) {
                // Where the picture stays as it is, a redaction without a region gets one all the same.
                if found.mark.region.is_none() && !is_written {
                    changes.extend(self.moved(&found.mark, wider(found.part, size))?);
                }
            }
            for found in run.found.iter().filter(|found| found.mark.verb != "redact" && !is_kept) {
                let is_new = found.mark.region.is_none() || renewal.pictures.contains_key(&on.path);
                if let Some(region) = found.region.filter(|_| is_new) {
                    changes.extend(self.moved(&found.mark, region)?);
                }
            }
        }
        Ok(())
    }

    fn moved(&self, mark: &Mark, to: Part) -> Result<Vec<Replacement>, Refusal> {
        let which = if mark.is_second { Which::To } else { Which::Region };
        let area = Area { x: to.x.max(0.0), y: to.y.max(0.0), w: to.w, h: to.h };
        edit::change(self.source, &Edit::SetRegion { at: mark.at, which, area }, self.resolved)
    }

    /// Anchors and sentences of what is called otherwise.
    fn names(&self) -> Result<Vec<Replacement>, Refusal> {
        let outline = edit::outline(self.source, self.guide, self.resolved);
        let mut changes = Vec::new();
        let annotations =
            outline.steps.iter().flat_map(|step| &step.scenes).flat_map(|scene| &scene.annotations);
        let proposals = self.run.steps.iter().flat_map(|step| &step.proposals).filter(|_| self.is_proposing);
        for (at, anchor) in proposals {
            let Some(known) = annotations.clone().find(|annotation| annotation.at == *at) else { continue };
            let fields = AnnotationFields { on: Some(anchor.to_string()), ..known.fields.clone() };
            changes.extend(edit::change(self.source, &Edit::Set { at: *at, fields }, self.resolved)?);
        }
        for (index, run) in self.run.steps.iter().enumerate() {
            for found in run.scenes.iter().flat_map(|scene| &scene.found) {
                let (Some(anchor), Some(old)) = (&found.renamed, &found.mark.anchor) else { continue };
                let span = self.anchor_span(found);
                changes.extend(span.map(|span| Replacement::new(span, format!("on {anchor}"))));
                let (Some(old), Some(new)) = (name_of(old), name_of(anchor)) else { continue };
                let step = outline.steps.get(index);
                for (run, markdown) in step.into_iter().flat_map(|step| step.runs.iter().enumerate()) {
                    let (from, to) = (format!("**{old}**"), format!("**{}**", edit::plain_markdown(&new)));
                    if markdown.contains(&from) {
                        let markdown = markdown.replace(&from, &to);
                        let edit = Edit::Text { step: index, run, markdown };
                        changes.extend(edit::change(self.source, &edit, self.resolved)?);
                    }
                }
            }
        }
        Ok(changes)
    }

    fn anchor_span(&self, found: &FoundMark) -> Option<crate::source::Span> {
        use crate::guide::Part as Written;
        let mut parts = self.guide.steps.iter().flat_map(|step| &step.parts);
        parts.find_map(|part| match part {
            Written::Annotation(annotation) if annotation.span.start == found.mark.at => {
                let anchor = if found.mark.is_second { &annotation.to_anchor } else { &annotation.anchor };
                anchor.as_ref().map(|anchor| anchor.span)
            }
            Written::Annotation(_) | Written::Prose(_) | Written::Screenshot(_) => None,
        })
    }

    /// The text with the day of the change.
    fn dated(&self, text: &str) -> Result<String, Refusal> {
        let source = Source::new(self.source.path().clone(), text.to_owned());
        let edit = Edit::Meta(MetaEdit::Updated { value: Some(self.today.to_owned()) });
        Ok(edit::apply(text, &edit::change(&source, &edit, None)?))
    }

    /// What is known afterwards.
    fn known(&self, renewal: &Renewal) -> Lock {
        let mut lock = self.lock.clone();
        let run = self.run;
        lock.set("version", json!(1));
        lock.set("viewport", json!([run.viewport.0, run.viewport.1]));
        lock.set("scale", json!(run.scale));
        lock.set("browser", json!(run.browser));
        lock.set("seconds", json!(run.seconds.round()));
        if !run.fonts.is_empty() {
            lock.set("fonts", json!(run.fonts));
        }
        for found in run.steps.iter().flat_map(|step| &step.scenes).flat_map(|scene| &scene.found) {
            let Some(anchor) = &found.mark.anchor else { continue };
            let anchor = match &found.renamed {
                Some(renamed) if self.is_accepted => {
                    lock.drop_target(&anchor.to_string());
                    renamed
                }
                // What it was called is what its anchor still says.
                Some(_) => continue,
                None => anchor,
            };
            lock.set_target(&found.page, &anchor.to_string(), target(found));
        }
        let shown = run.steps.iter().flat_map(super::run::StepRun::pictures);
        let mut seen = BTreeSet::new();
        for picture in shown.filter(|picture| renewal.pictures.contains_key(&picture.planned.path)) {
            if seen.insert(&picture.planned.path) {
                lock.set_picture(&picture.planned.written, self.picture(picture, renewal));
            }
        }
        lock
    }

    /// What is known of a picture that is written: not the words that are redacted on it.
    fn picture(&self, picture: &PictureRun, renewal: &Renewal) -> Value {
        let path = &picture.planned.path;
        let redacted = renewal.redacted.get(path).map_or(&[][..], Vec::as_slice);
        let whole = |zone: Zone| [zone.x, zone.y, zone.w, zone.h].map(f64::round);
        let secrets = &picture.words.secrets;
        let covered = |zone: Zone| {
            let secrets = secrets.iter().map(|secret| part_of(*secret));
            secrets.chain(redacted.iter().copied()).any(|part| meets(part, part_of(zone)))
        };
        let texts = picture.words.texts.iter().filter(|text| !covered(text.zone)).take(MOST_WORDS);
        let words: Vec<Value> = texts.map(|text| json!([text.text, whole(text.zone)])).collect();
        let doubts = picture.words.doubts.iter();
        let doubts: Vec<Value> = doubts.map(|doubt| proposed(doubt, whole(doubt.zone))).collect();
        // Of the file: a picture may be written as JPEG.
        let hash =
            renewal.pictures.get(path).map_or(picture.after.hash, |bytes| *blake3::hash(bytes).as_bytes());
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let (x, y) = picture.place.scroll;
        let mut known = json!({
            "hash": hash, "address": self.setting.shown(&picture.place.url), "title": picture.place.title,
            "words": words, "proposals": doubts, "scroll": [x.round(), y.round()],
        });
        let masks: Vec<Value> = picture
            .masks
            .iter()
            .map(|mask| json!([mask.x, mask.y, mask.w, mask.h].map(f64::round)))
            .collect();
        if let (Some(fields), false) = (known.as_object_mut(), masks.is_empty()) {
            fields.insert("masks".to_owned(), Value::from(masks));
        }
        known
    }
}

/// A picture as the ending of its name says; never anything but a picture, and nothing hidden.
fn encoded(path: &ProjectPath, picture: &Picture) -> Result<Vec<u8>, String> {
    let ending =
        path.name().rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if path.as_str().split('/').any(|part| part.starts_with('.')) {
        return Err("it would be a hidden file".to_owned());
    }
    if ending == "png" {
        return Ok(picture.png.to_vec());
    }
    let mut bytes = Vec::new();
    let read = image::load_from_memory_with_format(&picture.png, image::ImageFormat::Png);
    let pixels = read.map_err(|error| error.to_string())?.into_rgb8();
    let written = match ending.as_str() {
        "webp" => pixels.write_with_encoder(image::codecs::webp::WebPEncoder::new_lossless(&mut bytes)),
        "jpg" | "jpeg" => {
            pixels.write_with_encoder(image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, QUALITY))
        }
        _ => return Err("only PNG, WebP and JPEG are taken".to_owned()),
    };
    written.map(|()| bytes).map_err(|error| error.to_string())
}

/// What moves on a picture.
#[derive(Debug, Default)]
struct Moved {
    changes: Vec<Replacement>,
    /// What must be redacted besides.
    uncovered: Vec<AnnotationFields>,
    /// What is redacted as the guide says.
    covered: Vec<Part>,
}

fn redact(part: Part) -> AnnotationFields {
    let region = Some(Area { x: part.x, y: part.y, w: part.w, h: part.h });
    AnnotationFields { verb: "redact".to_owned(), region, ..AnnotationFields::default() }
}

/// What the lock knows of a target.
fn target(found: &FoundMark) -> Value {
    let Part { x, y, w, h } = found.part;
    found.target.evidence([x, y, w, h].map(f64::from))
}

/// Replacements in order, each once; of two that overlap the first is kept.
fn merged(changes: &[Replacement]) -> Vec<Replacement> {
    let mut sorted: Vec<Replacement> = changes.to_vec();
    sorted.sort_by_key(|one| (one.span.start, one.span.end));
    sorted.dedup();
    let mut end = 0;
    sorted.retain(|one| {
        let fits = one.span.start >= end;
        end = if fits { one.span.end } else { end };
        fits
    });
    sorted
}

/// Where what a part of a picture showed is now, if that is sure.
fn follow(picture: &PictureRun, old: Part) -> Option<Part> {
    let before = shot::decode(picture.before.as_deref()?).ok()?;
    let after = shot::decode(&picture.after.png).ok()?;
    // A point is known by what is around it.
    let around = if old.w < 1.0 || old.h < 1.0 { grown(old, 16.0) } else { old };
    let rect = Rect { x: around.x.max(0.0), y: around.y.max(0.0), w: around.w, h: around.h };
    let found = shot::followed(&before, &after, picture.planned.density, rect)?;
    Some(Part { x: old.x + found.x - rect.x, y: old.y + found.y - rect.y, ..old })
}

/// The size of a picture in points, before if it was there.
fn points_of(picture: &PictureRun) -> (f64, f64) {
    let density = f64::from(picture.planned.density.max(1));
    let size = picture.after.size().unwrap_or_default();
    (f64::from(size.0) / density, f64::from(size.1) / density)
}

fn in_order(zones: &[Zone]) -> Vec<Part> {
    let mut parts: Vec<Part> = zones.iter().copied().map(part_of).collect();
    parts.sort_by(|one, other| one.y.total_cmp(&other.y).then(one.x.total_cmp(&other.x)));
    parts
}

fn part_of(zone: Zone) -> Part {
    Part { x: zone.x, y: zone.y, w: zone.w, h: zone.h }
}

fn grown(part: Part, by: f64) -> Part {
    Part { x: part.x - by, y: part.y - by, w: part.w + 2.0 * by, h: part.h + 2.0 * by }
}

/// A little more than a part, in whole points on the picture.
pub(super) fn wider(part: Part, (width, height): (f64, f64)) -> Part {
    let (left, top) = ((part.x - MARGIN).floor().max(0.0), (part.y - MARGIN).floor().max(0.0));
    let (right, low) =
        ((part.x + part.w + MARGIN).ceil().min(width), (part.y + part.h + MARGIN).ceil().min(height));
    Part { x: left, y: top, w: (right - left).max(0.0), h: (low - top).max(0.0) }
}

fn meets(a: Part, b: Part) -> bool {
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}

/// Whether a part holds all of another.
fn within(outer: Part, inner: Part) -> bool {
    outer.x <= inner.x
        && outer.y <= inner.y
        && outer.x + outer.w >= inner.x + inner.w
        && outer.y + outer.h >= inner.y + inner.h
}

/// Whether a part holds another, but for the room around it.
fn holds(outer: Part, inner: Part) -> bool {
    let room = 2.0 * MARGIN;
    outer.x <= inner.x + room
        && outer.y <= inner.y + room
        && outer.x + outer.w + room >= inner.x + inner.w
        && outer.y + outer.h + room >= inner.y + inner.h
}

fn name_of(anchor: &crate::guide::anchor::Anchor) -> Option<String> {
    match &anchor.target {
        crate::guide::anchor::Target::Role { element, .. } => element.name.clone(),
        crate::guide::anchor::Target::By(_, text) => Some(text.clone()),
    }
}

impl Setting {
    /// An address as files say it: of the origin that the guide was recorded on, without what gives access.
    pub fn shown(&self, url: &str) -> String {
        let path = self.below(url);
        address::shown(&format!("{}{path}", self.recorded_origin().unwrap_or_default()))
    }
}

mod set;

#[cfg(test)]
mod tests;

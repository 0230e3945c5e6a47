//! A picture is taken and compared with its file.

use super::place::{clipped, part_of};
use super::{Replay, Stop};
use crate::capture::{Shot, Zone, address};
use crate::guide::Rect;
use crate::guide::anchor::Anchor;
use crate::refresh::compare::{Part, compare};
use crate::refresh::lock::Known;
use crate::refresh::plan::{Mark, PlanPicture, PlanScene};
use crate::refresh::renew::wider;
use crate::refresh::run::PictureRun;
use crate::refresh::verdict::{Facts, Reason, Verdict, of_picture};
use crate::shot::{self, Canvas};
use std::time::Duration;

/// How often a picture that differs is taken again, and how long after the one before.
const LOOKS: u32 = 3;
const LATER: Duration = Duration::from_millis(700);

impl Replay<'_> {
    /// A picture, compared with its file. One that differs is looked at again for a while: what a page adds late is no
    /// change.
    pub(super) fn picture(
        &mut self,
        planned: &PlanPicture,
        scene: &PlanScene,
        known: Option<&Known>,
    ) -> Result<PictureRun, Stop> {
        let mut run = self.looked(planned, scene, known)?;
        for _ in 0..LOOKS {
            if run.before.is_none() || !matches!(run.reason.verdict, Verdict::Changed | Verdict::Stale) {
                break;
            }
            self.recorder.pass(LATER)?;
            run = self.looked(planned, scene, known)?;
        }
        Ok(run)
    }

    fn looked(
        &mut self,
        planned: &PlanPicture,
        scene: &PlanScene,
        known: Option<&Known>,
    ) -> Result<PictureRun, Stop> {
        let Shot { picture: after, place, words } = self.recorder.shot()?;
        let masks = self.masks(scene, known);
        let before = self.world.read(&planned.path, shot::MAX_FILE).ok();
        let mut run = PictureRun {
            planned: planned.clone(),
            after,
            before,
            place,
            words,
            difference: None,
            masks,
            covered: Vec::new(),
            reason: Reason::new(Verdict::Stale, "the picture is not there yet"),
            is_kept: scene.is_kept,
        };
        run.covered = self.covered(planned, &run.words.secrets);
        let Some(bytes) = &run.before else {
            // One that is kept has been made by hand, and so would be one of the set.
            if scene.is_kept && !self.setting.variant.is_first() {
                run.reason = Reason::new(Verdict::NotChecked, "the picture is kept: `@keep`");
            }
            return Ok(run);
        };
        let (before, now) = match (shot::decode(bytes), shot::decode(&run.after.png)) {
            (Ok(before), Ok(now)) => (before, now),
            (Err(broken), _) | (_, Err(broken)) => {
                let why = format!("the picture {}", broken.message);
                run.reason = Reason::new(Verdict::CouldNotRun, why);
                return Ok(run);
            }
        };
        let mut left_out = run.masks.clone();
        left_out.extend(run.covered.iter().copied());
        left_out.extend(outside(scene, (before.width(), before.height()), planned.density));
        run.difference = compare(&before, &now, planned.density, &left_out);
        run.reason = self.judged(&run, known, (&before, &now));
        if self.shows_redacted(&run, &before, scene) {
            let why = format!("`{}` shows what is redacted", planned.path);
            run.reason = Reason::new(Verdict::Stale, why);
        }
        if scene.is_kept {
            run.reason = Reason::new(Verdict::NotChecked, "the picture is kept: `@keep`");
        }
        Ok(run)
    }

    /// Whether a picture of a set shows what is redacted: it must be painted over in the file.
    fn shows_redacted(&mut self, run: &PictureRun, before: &Canvas, scene: &PlanScene) -> bool {
        if self.setting.variant.is_first() || run.difference.is_none() {
            return false;
        }
        let redactions = scene.marks.iter().filter(|mark| mark.verb == "redact");
        let anchors: Vec<Anchor> = redactions.filter_map(|mark| mark.anchor.clone()).collect();
        let view = self.view();
        let zones = self.recorder.zones(&anchors).into_iter().chain(run.words.secrets.iter().copied());
        let parts = zones.map(|zone| clipped(zone, view)).filter(|part| part.w > 0.0 && part.h > 0.0);
        let rects: Vec<Rect> = parts.map(|Part { x, y, w, h }| Rect { x, y, w, h }).collect();
        !shot::is_painted(before, &rects, run.planned.density)
    }

    fn judged(&self, run: &PictureRun, known: Option<&Known>, (before, now): (&Canvas, &Canvas)) -> Reason {
        if run.difference.is_none() {
            let size = |canvas: &Canvas| format!("{}x{}", canvas.width(), canvas.height());
            let off = before.width().abs_diff(now.width()).max(before.height().abs_diff(now.height()));
            let verdict = if off <= 24 * run.planned.density { Verdict::Changed } else { Verdict::Stale };
            let why = format!("the picture has {} pixels instead of {}", size(now), size(before));
            return Reason::new(verdict, why);
        }
        let now_path = self.setting.path(&run.place.url);
        let paths = known.and_then(|known| known.address.as_ref());
        let paths = paths.map(|before| (address::pattern(before), now_path));
        let titles = known.and_then(|known| known.title.as_ref());
        let titles = titles.map(|before| (before.clone(), run.place.title.clone()));
        // Numbers in a title count something.
        let titles = titles.filter(|(before, after)| without_numbers(before) != without_numbers(after));
        of_picture(&Facts { difference: run.difference.clone(), paths, titles })
    }

    /// What of a picture is not compared.
    fn masks(&mut self, scene: &PlanScene, known: Option<&Known>) -> Vec<Part> {
        let mut anchors = self.setting.masks.clone();
        anchors.extend(scene.masks.iter().filter_map(|mask| mask.anchor.clone()));
        let zones = self.recorder.zones(&anchors).into_iter().map(part_of);
        let size = self.size_on(scene);
        let drawn = scene.masks.iter().filter_map(|mask| mask.part(size));
        zones.chain(drawn).chain(known.into_iter().flat_map(|known| known.masks.clone())).collect()
    }

    /// What of a picture is redacted, before and now.
    fn covered(&mut self, planned: &PlanPicture, secrets: &[Zone]) -> Vec<Part> {
        let on = |scene: &&PlanScene| scene.on.as_ref().is_some_and(|on| on.path == planned.path);
        let scenes: Vec<&PlanScene> = self.plan.scenes().map(|(_, scene)| scene).filter(on).collect();
        let size = scenes.first().map_or_else(|| self.view(), |scene| self.size_on(scene));
        let redactions: Vec<&Mark> =
            scenes.iter().flat_map(|scene| &scene.marks).filter(|mark| mark.verb == "redact").collect();
        let anchors: Vec<Anchor> = redactions.iter().filter_map(|mark| mark.anchor.clone()).collect();
        let zones = self.recorder.zones(&anchors).into_iter().chain(secrets.iter().copied()).map(part_of);
        let drawn = redactions.iter().filter_map(|mark| mark.part(size));
        if self.setting.variant.is_first() {
            return drawn.chain(zones).collect();
        }
        // Painted over in the file, and so not compared: the same whole points.
        let view = self.view();
        let parts = drawn.filter(|_| self.setting.keeps_places()).chain(zones).map(|part| wider(part, view));
        parts.filter(|part| part.w > 0.0 && part.h > 0.0).collect()
    }
}

/// What of a picture its scene does not show.
fn outside(scene: &PlanScene, (width, height): (u32, u32), density: u32) -> Vec<Part> {
    let density = f64::from(density);
    let (width, height) = (f64::from(width) / density, f64::from(height) / density);
    let crop = scene.marks.iter().find(|mark| mark.verb == "crop");
    let Some(Part { x, y, w, h }) = crop.and_then(|crop| crop.part((width, height))) else {
        return Vec::new();
    };
    let part = |x: f64, y: f64, w: f64, h: f64| Part { x, y, w, h };
    vec![
        part(0.0, 0.0, width, y - 2.0),
        part(0.0, y + h + 2.0, width, height - y - h),
        part(0.0, 0.0, x - 2.0, height),
        part(x + w + 2.0, 0.0, width - x - w, height),
    ]
}

fn without_numbers(title: &str) -> String {
    title.chars().filter(|c| !c.is_ascii_digit()).collect()
}

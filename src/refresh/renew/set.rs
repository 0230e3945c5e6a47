//! What is written of a set of pictures beside the first: pictures and their lock, and nothing of the guide.
//!
//! The guide says where things lie on its first pictures alone. So what is redacted is painted over in the files of a set, and
//! a picture of which that is not sure is not written.

use super::*;
use crate::refresh::verdict::of_box;

impl Renewing<'_> {
    /// What is written anew of a set.
    pub(super) fn set(&self) -> Renewal {
        let mut renewal = Renewal::default();
        let mut seen = BTreeSet::new();
        let pictures = self.run.steps.iter().flat_map(super::super::run::StepRun::pictures);
        for picture in pictures.filter(|picture| self.is_wanted_of_set(picture)) {
            if !seen.insert(&picture.planned.path) {
                continue;
            }
            match self.covered(picture) {
                Ok(bytes) => {
                    renewal.left.extend(self.elsewhere(picture));
                    renewal.pictures.insert(picture.planned.path.clone(), bytes);
                }
                Err((line, why)) => {
                    renewal.left.push((line, format!("{why}: `{}` was not written", picture.planned.path)));
                }
            }
        }
        if !renewal.pictures.is_empty() {
            renewal.lock = Some(self.known(&renewal).text());
        }
        renewal
    }

    fn is_wanted_of_set(&self, picture: &PictureRun) -> bool {
        let differs =
            picture.reason.verdict >= Verdict::Changed && picture.reason.verdict != Verdict::CouldNotRun;
        let anew = self.is_accepted && picture.difference.is_none();
        let moved = self.found_on(&picture.planned.path).any(|found| found.region.is_some());
        !picture.is_kept && (picture.before.is_none() || differs || moved || anew)
    }

    /// The file of a picture, without what is redacted; or why that can't be made.
    fn covered(&self, picture: &PictureRun) -> Result<Vec<u8>, (usize, String)> {
        let planned = &picture.planned;
        let parts = self.redacted(picture)?;
        let wrong = |why: &str| (planned.line, why.to_owned());
        if parts.is_empty() {
            return encoded(&planned.path, &picture.after).map_err(|why| wrong(&why));
        }
        let rects: Vec<Rect> = parts.iter().map(|part| rect(*part)).collect();
        let bytes = shot::painted(&picture.after.png, &rects, planned.density)
            .ok_or_else(|| wrong("it can't be painted over"))?;
        encoded(&planned.path, &Picture::new(bytes)).map_err(|why| wrong(&why))
    }

    /// What of a picture is painted over: all that the guide redacts on the first one, and the keys on the page.
    fn redacted(&self, picture: &PictureRun) -> Result<Vec<Part>, (usize, String)> {
        let (path, size) = (&picture.planned.path, points_of(picture));
        let planned = self.plan.scenes().map(|(_, scene)| scene);
        let planned = planned.filter(|scene| scene.on.as_ref().is_some_and(|on| on.path == *path));
        let redactions: Vec<&Mark> =
            planned.flat_map(|scene| &scene.marks).filter(|mark| mark.verb == "redact").collect();
        let mut parts = Vec::new();
        for mark in &redactions {
            let Some(anchor) = &mark.anchor else {
                // A key that stands where the guide covers one.
                let own = mark.part(size).filter(|_| self.setting.keeps_places());
                let key = |zone: &Zone| own.is_some_and(|own| within(grown(own, MARGIN), part_of(*zone)));
                if picture.words.secrets.iter().any(key) {
                    continue;
                }
                let why = "it is not sure where to redact in this set, since the redaction has no anchor";
                return Err((mark.line, why.to_owned()));
            };
            let Some(found) = self.found_on(path).find(|found| found.mark.at == mark.at) else {
                return Err((mark.line, format!("what is redacted, `{anchor}`, is not found")));
            };
            parts.push(wider(found.part, size));
        }
        parts.extend(&picture.covered);
        parts.retain(|part| part.w > 0.0 && part.h > 0.0);
        Ok(parts)
    }

    /// What the guide says a place of that is not right on a picture of this set, if its pages show that.
    fn elsewhere(&self, picture: &PictureRun) -> Vec<(usize, String)> {
        let lang = self.resolved.map_or("", |resolved| &resolved.lang);
        let is_own = |locale: &String| crate::project::variant::locale(lang).as_ref() == Some(locale);
        if !self.setting.keeps_size() || !self.setting.variant.locale.as_ref().is_none_or(is_own) {
            return Vec::new();
        }
        let size = points_of(picture);
        let mut left = Vec::new();
        for found in self.found_on(&picture.planned.path).filter(|found| found.mark.verb != "redact") {
            let Some(region) = found.mark.part(size) else { continue };
            let name = found.mark.called();
            let lies = within(grown(region, 2.0 * MARGIN), found.part) || holds(found.part, region);
            if lies || of_box(&name, region, found.part).verdict < Verdict::Stale {
                continue;
            }
            let why = format!(
                "{name} is at {} on `{}`, and the guide says {}: look whether it may be shown",
                spot(found.part),
                picture.planned.path,
                spot(region)
            );
            left.push((found.mark.line, why));
        }
        left
    }
}

pub(super) fn rect(part: Part) -> Rect {
    Rect { x: part.x, y: part.y, w: part.w, h: part.h }
}

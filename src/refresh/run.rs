//! What came of a replay.

use super::compare::{Difference, Part};
use super::plan::{Mark, Plan, PlanPicture};
use super::verdict::{Reason, Verdict, worst};
use crate::capture::{Picture, Place, Target, Words};
use crate::guide::anchor::Anchor;
use crate::source::ProjectPath;
use std::collections::BTreeMap;

/// What helps where a browser did not do what it was asked.
pub(super) const AGAIN: &str = "run the command again";

/// A replay of a guide.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// In order.
    pub steps: Vec<StepRun>,
    /// Why the whole of it can't be compared: what is wrong, and what to write.
    pub failure: Option<(String, String)>,
    /// Whether that is a browser that broke off, so that another one may do it.
    pub is_lost: bool,
    /// How letters are drawn here.
    pub fonts: String,
    /// Which browser it was.
    pub browser: String,
    /// Width and height of the page, and pixels a point.
    pub viewport: (u32, u32),
    /// Pixels a point.
    pub scale: u32,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// What came of a step.
#[derive(Debug, Clone, Default)]
pub struct StepRun {
    /// From 1.
    pub number: usize,
    /// Line of the file, from 1.
    pub line: usize,
    /// Its first sentence.
    pub title: String,
    /// All that is to be said of it.
    pub reasons: Vec<Reason>,
    /// What to write instead, of what is not found.
    pub help: Option<String>,
    /// Anchors for annotations that have none, by their first byte.
    pub proposals: Vec<(usize, Anchor)>,
    /// What it shows, in order.
    pub scenes: Vec<SceneRun>,
}

/// What came of a scene.
#[derive(Debug, Clone, Default)]
pub struct SceneRun {
    /// Its own picture.
    pub picture: Option<PictureRun>,
    /// What was found of what stands on it.
    pub found: Vec<FoundMark>,
    /// What was not found, or has no anchor.
    pub lost: Vec<Mark>,
}

/// A picture, before and after.
#[derive(Debug, Clone)]
pub struct PictureRun {
    /// Which.
    pub planned: PlanPicture,
    /// What it looks like now.
    pub after: Picture,
    /// The file as it is; `None`: there is none yet.
    pub before: Option<Vec<u8>>,
    /// The page that it shows.
    pub place: Place,
    /// What is written on that.
    pub words: Words,
    /// What differs.
    pub difference: Option<Difference>,
    /// What was not compared but by redactions.
    pub masks: Vec<Part>,
    /// What of it is redacted, before and now.
    pub covered: Vec<Part>,
    /// What is said of it.
    pub reason: Reason,
    /// Whether it is never replaced.
    pub is_kept: bool,
}

/// Something that was found.
#[derive(Debug, Clone)]
pub struct FoundMark {
    /// What stands on it.
    pub mark: Mark,
    /// What it is.
    pub target: Target,
    /// Where it is now, on the picture.
    pub part: Part,
    /// Where its region lies from now on, if that is elsewhere.
    pub region: Option<Part>,
    /// The page that it is on.
    pub page: String,
    /// The anchor that finds it, if it is called otherwise.
    pub renamed: Option<Anchor>,
}

impl Run {
    /// A step that shows the picture of one before is as old as that: it is said of both.
    pub(super) fn pass_on(&mut self, plan: &Plan) {
        let mut shown: BTreeMap<&ProjectPath, (usize, Reason)> = BTreeMap::new();
        for (planned, step) in plan.steps.iter().zip(&mut self.steps) {
            for (scene, run) in planned.scenes.iter().zip(&step.scenes) {
                let Some(on) = &scene.on else { continue };
                if let Some(picture) = &run.picture {
                    shown.insert(&on.path, (step.number, picture.reason.clone()));
                } else if let Some((number, reason)) = shown.get(&on.path)
                    && matches!(reason.verdict, Verdict::Changed | Verdict::Stale)
                    && *number != step.number
                {
                    let why = format!("it shows the screenshot of step {number}: {}", reason.why);
                    step.reasons.push(Reason::new(reason.verdict, why));
                }
            }
        }
    }
}

impl StepRun {
    /// What is said of it: the worst.
    pub fn verdict(&self) -> Verdict {
        worst(&self.reasons).map_or(Verdict::Same, |reason| reason.verdict)
    }

    /// Why.
    pub fn why(&self) -> &str {
        worst(&self.reasons).map_or("", |reason| &reason.why)
    }

    /// Its pictures.
    pub fn pictures(&self) -> impl Iterator<Item = &PictureRun> {
        self.scenes.iter().filter_map(|scene| scene.picture.as_ref())
    }
}

impl Run {
    /// The worst of all.
    pub fn verdict(&self) -> Verdict {
        if self.failure.is_some() {
            return Verdict::CouldNotRun;
        }
        self.steps.iter().map(StepRun::verdict).max().unwrap_or(Verdict::Same)
    }

    /// How many steps there are of a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.steps.iter().filter(|step| step.verdict() == verdict).count()
    }
}

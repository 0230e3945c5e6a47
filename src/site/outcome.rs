//! What came of a build.

use super::SinkError;
use crate::diagnostic::{Diagnostic, Sources};
use crate::guide::Resolved;
use crate::project::Backdrop;
use crate::source::ProjectPath;
use std::collections::{BTreeMap, BTreeSet};

/// All that a build has to tell.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What is wrong or weak.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics speak of.
    pub sources: Sources,
    /// Numbers.
    pub summary: Summary,
    /// The file of each guide that can be meant, with or without errors, by its slug.
    pub guides: BTreeMap<String, ProjectPath>,
    /// What of each guide that can be meant is shown, by its file.
    pub guide_summaries: BTreeMap<ProjectPath, GuideSummary>,
    /// Pages of a docs folder that have no steps, and are no guides.
    pub left_out: Vec<ProjectPath>,
    /// What was left in the output though earlier builds are said to have written it: a sentence each.
    pub left: Vec<String>,
    /// What kept the site from being written, outside the guides.
    pub failure: Option<SinkError>,
}

impl Outcome {
    /// Whether a guide has an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// What of a guide is shown where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GuideSummary {
    /// Steps of the walkthrough.
    pub steps: usize,
    /// Different screenshots of the walkthrough.
    pub screenshots: usize,
    /// Different pictures that stand in the article only.
    pub article_only: usize,
}

impl GuideSummary {
    /// What of a guide is shown where.
    pub fn of(resolved: &Resolved) -> Self {
        let scenes = resolved.steps.iter().flat_map(|step| &step.scenes);
        let shots = scenes.filter_map(|scene| resolved.shots.get(scene.shot?));
        let pictures: BTreeSet<&ProjectPath> = shots.map(|shot| &shot.picture.path).collect();
        let inline = resolved.inline.iter().map(|shot| &shot.picture);
        let large = inline.filter(|picture| picture.size().width > SMALL || picture.size().height > SMALL);
        let is_behind =
            |path: &ProjectPath| matches!(&resolved.backdrop, Backdrop::Picture(behind) if behind == path);
        let article_only =
            large.filter(|picture| !pictures.contains(&picture.path) && !is_behind(&picture.path)).count();
        Self { steps: resolved.steps.len(), screenshots: pictures.len(), article_only }
    }
}

/// Largest side of a picture that is part of a sentence, in points.
const SMALL: f64 = 200.0;

/// Numbers of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Guides with a page in the site, older pages that stand included.
    pub guides: usize,
    /// Guides whose page was rendered in this build.
    pub rendered: usize,
    /// Files with other bytes than before.
    pub written: usize,
    /// Screenshots of the rendered guides.
    pub shots: usize,
    /// How many of these came from the cache.
    pub cached_shots: usize,
    /// Bytes of the files these screenshots came from.
    pub source_bytes: u64,
    /// Bytes that these screenshots became.
    pub shot_bytes: u64,
}

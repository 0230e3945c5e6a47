//! What came of a build.

use crate::diagnostic::{Diagnostic, Failure, Sources};
use crate::guide::front::AppValue;
use crate::guide::{Guide, Resolved, WrittenStep};
use crate::project::{Backdrop, Settings};
use crate::source::{ProjectPath, Source};
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
    pub failure: Option<Failure>,
}

impl Outcome {
    /// Whether a guide has an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// What of a guide is shown where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GuideSummary {
    /// Steps of the walkthrough.
    pub steps: usize,
    /// Different screenshots of the walkthrough.
    pub screenshots: usize,
    /// Different pictures that stand in the article only.
    pub article_only: usize,
    /// What a replay would do; of a guide that says where it starts.
    pub replay: Option<ReplaySummary>,
}

/// What a replay of a guide would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReplaySummary {
    /// Actions at a place of a screenshot.
    pub actions: usize,
    /// Those that don't say what they act on.
    pub unanchored: Vec<Unanchored>,
}

/// An action without an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unanchored {
    /// Line of the guide, from 1.
    pub line: usize,
    /// Without its `@`.
    pub verb: &'static str,
}

impl ReplaySummary {
    /// Of a guide, if it or its application says where it starts.
    fn new(guide: &Guide, source: &Source, settings: &Settings) -> Option<Self> {
        let app = match &guide.front.app {
            Some(AppValue::Key(key)) => settings.captures.get(&key.value),
            Some(AppValue::Table(..)) | None => None,
        };
        guide.front.capture.start.as_ref().or(app.and_then(|app| app.capture.start.as_ref()))?;
        let actions = || guide.steps.iter().flat_map(WrittenStep::placed_actions);
        let unanchored = actions().filter(|action| !action.is_anchored());
        let unanchored = unanchored.map(|action| Unanchored {
            line: source.position(action.name.start).line,
            verb: action.verb.name,
        });
        Some(Self { actions: actions().count(), unanchored: unanchored.collect() })
    }
}

impl GuideSummary {
    /// Of a guide in a project.
    pub fn new(guide: &Guide, source: &Source, resolved: &Resolved, settings: &Settings) -> Self {
        let scenes = resolved.steps.iter().flat_map(|step| &step.scenes);
        let shots = scenes.filter_map(|scene| resolved.shots.get(scene.shot?));
        let pictures: BTreeSet<&ProjectPath> = shots.map(|shot| &shot.picture.path).collect();
        let inline = resolved.inline.iter().map(|shot| &shot.picture);
        let large = inline.filter(|picture| picture.size().width > SMALL || picture.size().height > SMALL);
        let is_behind =
            |path: &ProjectPath| matches!(&resolved.backdrop, Backdrop::Picture(behind) if behind == path);
        let article_only =
            large.filter(|picture| !pictures.contains(&picture.path) && !is_behind(&picture.path)).count();
        let replay = ReplaySummary::new(guide, source, settings);
        Self { steps: resolved.steps.len(), screenshots: pictures.len(), article_only, replay }
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

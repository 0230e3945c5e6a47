//! What is said of a run: for people, programs, test tools and GitHub. Pure.

mod github;
mod html;
mod human;
mod json;
mod junit;

pub use github::{github, summary};
pub use html::html;
pub use human::{counts, human};
pub use json::json;
pub use junit::junit;

use super::run::Run;
use super::verdict::Verdict;

/// A guide and what came of it.
#[derive(Debug, Clone, Default)]
pub struct GuideReport {
    /// Its file, as the reader would type it.
    pub file: String,
    /// Its title.
    pub title: String,
    /// What came of it.
    pub run: Run,
    /// What was written of it, as the reader would type it.
    pub written: Vec<String>,
    /// What could not be renewed, or is to be looked at: line and why.
    pub left: Vec<(usize, String)>,
    /// What `--accept` would write besides, as a patch.
    pub patch: Option<String>,
}

impl GuideReport {
    /// What a run ends with that renews: what was renewed is as it should be.
    fn status(&self) -> u8 {
        let is_left = !self.left.is_empty() || self.patch.is_some();
        match self.run.verdict() {
            Verdict::CouldNotRun => 2,
            Verdict::Broken => 1,
            Verdict::Same | Verdict::NotChecked | Verdict::Changed | Verdict::Stale | Verdict::Renamed => {
                u8::from(is_left)
            }
        }
    }
}

/// All guides of a run.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// In order.
    pub guides: Vec<GuideReport>,
    /// What to type to renew them.
    pub command: String,
    /// Whether only a check was asked for.
    pub is_check: bool,
}

impl Outcome {
    /// The status that a run ends with.
    pub fn status(&self, strict: bool) -> u8 {
        if !self.is_check {
            return self.guides.iter().map(GuideReport::status).max().unwrap_or(0);
        }
        let verdicts = self.guides.iter().map(|guide| guide.run.verdict());
        let steps = self.guides.iter().flat_map(|guide| guide.run.steps.iter().map(|step| step.verdict()));
        verdicts.chain(steps).map(|verdict| verdict.status(strict)).max().unwrap_or(0)
    }

    /// How many steps there are of a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.guides.iter().map(|guide| guide.run.count(verdict)).sum()
    }
}

#[cfg(test)]
mod tests;

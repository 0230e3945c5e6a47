//! The one way from a guide's text to what it means, and to what is wrong with it.

use super::lints::{self, GuideFacts};
use super::{Fix, Guide, Parsed, Resolution, Resolved, parse, resolve};
use crate::diagnostic::Diagnostic;
use crate::project::Settings;
use crate::source::{Source, World};

/// A guide's text, as it is written and as it is meant.
#[derive(Debug, Clone)]
pub struct Understood {
    /// As written.
    pub guide: Guide,
    /// As meant, whenever it can be meant at all.
    pub resolved: Option<Resolved>,
    /// What is wrong with either, less what the guide allows.
    pub diagnostics: Vec<Diagnostic>,
    /// What has one right answer. Where two stand at one place, the first knows the project's files.
    pub fixes: Vec<Fix>,
}

/// Reads a guide and decides what it leaves open. Its pictures are measured in `world`, and not decoded. The build, the
/// server and the editor all ask this.
pub fn understand(source: &Source, settings: &Settings, world: &dyn World) -> Understood {
    let Parsed { guide, mut diagnostics, fixes: written } = parse(source);
    let Resolution { resolved, diagnostics: meant, mut fixes } = resolve(&guide, source, settings, world);
    diagnostics.extend(meant);
    fixes.extend(written);
    Understood { diagnostics: lints::quiet(&guide, diagnostics), guide, resolved, fixes }
}

impl Understood {
    /// What is wrong and what is weak in the guide by itself, less what it allows. `source` and `settings` are those it
    /// was understood with; what other files there are is asked of `world`.
    pub fn findings(&self, source: &Source, settings: &Settings, world: &dyn World) -> Vec<Diagnostic> {
        let Self { guide, resolved, diagnostics, fixes: _ } = self;
        let weak = resolved
            .as_ref()
            .map(|resolved| lints::check_guide(&GuideFacts { guide, resolved, source, settings, world }));
        diagnostics.iter().cloned().chain(weak.into_iter().flatten()).collect()
    }
}

//! A small project in memory, and what `check` finds in it.

use guidemark::diagnostic::{Diagnostic, Report, Severity, Sources};
use guidemark::guide::lints::{self, GuideFacts, Others, PageFacts, ProjectFacts};
use guidemark::guide::{self, Guide, Index, Resolved};
use guidemark::project;
use guidemark::source::{ProjectPath, Source, World};

#[allow(dead_code, reason = "not every test that shares this file makes pictures")]
/// A picture of one grey; `shade` tells pictures apart.
pub fn png(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let pixels = image::GrayImage::from_pixel(width, height, image::Luma([shade]));
    pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

pub fn path(path: &str) -> ProjectPath {
    ProjectPath::new(path).unwrap()
}

/// What is found in a project.
pub struct Found {
    pub diagnostics: Vec<Diagnostic>,
    #[allow(dead_code, reason = "not every test that shares this file prints them")]
    sources: Sources,
}

impl Found {
    /// All of it as people read it.
    #[allow(dead_code, reason = "not every test that shares this file reads it")]
    pub fn human(&self) -> String {
        Report::new(&self.diagnostics, &self.sources, "").human(false)
    }
}

/// Reads a project as `check` does. `page_bytes`: the size that every page is taken to have.
pub fn check(world: &dyn World, page_bytes: usize) -> Found {
    let loaded = project::load(world, None);
    let mut diagnostics = loaded.diagnostics;
    let mut sources = Sources::from_iter(loaded.project.source.clone());
    let mut guides: Vec<(Guide, Resolved, Source)> = Vec::new();
    for path in &loaded.project.guides {
        let source = guide::read(world, path).unwrap();
        let parsed = guide::parse(&source);
        let settings = &loaded.project.settings;
        let resolution = guide::resolve(&parsed.guide, &source, settings, world);
        let written = parsed.diagnostics.into_iter().chain(resolution.diagnostics).collect();
        diagnostics.extend(lints::quiet(&parsed.guide, written));
        sources.insert(source.clone());
        if let Some(resolved) = resolution.resolved {
            let guide = &parsed.guide;
            let facts = GuideFacts { guide, resolved: &resolved, source: &source, settings, world };
            diagnostics.extend(lints::check_guide(&facts));
            let facts = PageFacts { guide, resolved: &resolved, bytes: page_bytes };
            diagnostics.extend(lints::check_page(&facts));
            guides.push((parsed.guide, resolved, source));
        }
    }
    let index = Index::new(guides.iter().map(|(_, resolved, _)| resolved.entry()).collect());
    let all: Vec<_> = guides.iter().map(|(guide, resolved, source)| (guide, resolved, source)).collect();
    let facts =
        ProjectFacts { index: &index, guides: &all, project: &loaded.project, others: Others::NONE, world };
    for severity in [Severity::Error, Severity::Warning] {
        diagnostics.extend(lints::check_project(&facts, severity));
    }
    Found { diagnostics, sources }
}

//! Lints: what is weak in a guide or between guides, though it can be built.
//!
//! A new lint is one file with its [`Lint`] and one line in [`LINTS`]. It needs a page in
//! `docs/reference/diagnostics/` and a case in `tests/cases/lints/`; tests hold both.

mod allow;
mod facts;
mod findings;
mod text;

mod broken_link;
mod deep_html;
mod draft_link;
mod duplicate_slug;
mod empty_item;
mod empty_step;
mod heavy_page;
mod heavy_screenshot;
mod long_step;
mod long_title;
mod lost_html;
mod low_contrast;
mod missing_alt;
mod missing_description;
mod odd_size;
mod option_list;
mod pictures_outside;
mod placeholder_text;
mod published_originals;
mod redacted_elsewhere;
mod redacted_words;
mod repeated_word;
mod small_target;
mod spelled_out_redaction;
mod unknown_allow;
mod unpublished_link;
mod unread_picture;
mod unused_image;
mod useless_alt;

pub use allow::quiet;
pub use facts::{GuideFacts, Others, PageFacts, ProjectFacts};
pub use findings::Findings;
pub use placeholder_text::PLACEHOLDER;

use crate::diagnostic::{Diagnostic, Severity};
use crate::project::{CODES, Code};

/// All lints, by code.
pub static LINTS: &[&Lint] = &[
    &broken_link::LINT,
    &deep_html::LINT,
    &draft_link::LINT,
    &duplicate_slug::LINT,
    &empty_item::LINT,
    &empty_step::LINT,
    &heavy_page::LINT,
    &heavy_screenshot::LINT,
    &long_step::LINT,
    &long_title::LINT,
    &lost_html::LINT,
    &low_contrast::LINT,
    &missing_alt::LINT,
    &missing_description::LINT,
    &odd_size::LINT,
    &option_list::LINT,
    &pictures_outside::LINT,
    &placeholder_text::LINT,
    &published_originals::LINT,
    &redacted_elsewhere::LINT,
    &redacted_words::LINT,
    &repeated_word::LINT,
    &small_target::LINT,
    &spelled_out_redaction::LINT,
    &unknown_allow::LINT,
    &unpublished_link::LINT,
    &unread_picture::LINT,
    &unused_image::LINT,
    &useless_alt::LINT,
];

/// One kind of weakness and how it is found.
#[derive(Debug)]
pub struct Lint {
    /// Kebab-case name, the same for ever.
    pub code: &'static str,
    /// How bad it is. Warnings can be quieted with `@allow`, errors cannot.
    pub severity: Severity,
    /// What it tells of, in one line.
    pub summary: &'static str,
    /// How it is found.
    pub check: Check,
}

/// What a lint looks at.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// One guide by itself.
    Guide(fn(&GuideFacts<'_>, &mut Findings<'_>)),
    /// The project: its settings, files, and all guides.
    Project(fn(&ProjectFacts<'_>, &mut Findings<'_>)),
    /// The page a guide became.
    Page(fn(&PageFacts<'_>, &mut Findings<'_>)),
}

/// What is weak in one guide, less what it allows.
pub fn check_guide(facts: &GuideFacts<'_>) -> Vec<Diagnostic> {
    let found = each(|check, found| match check {
        Check::Guide(check) => check(facts, found),
        Check::Project(_) | Check::Page(_) => {}
    });
    quiet(facts.guide, found)
}

/// What is wrong, or what is weak, between guides and in the project's settings, less what is allowed. What is wrong keeps
/// guides from being built, so it is asked for first.
pub fn check_project(facts: &ProjectFacts<'_>, severity: Severity) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for lint in LINTS.iter().filter(|lint| lint.severity == severity) {
        if let Check::Project(check) = lint.check {
            check(facts, &mut Findings::new(lint, &mut found));
        }
    }
    allow::quiet_project(facts, found)
}

/// What is redacted in some guides of a project and shows in others: all that has to be known of guides which are not
/// built themselves.
pub fn check_redactions(facts: &ProjectFacts<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    redacted_elsewhere::check(facts, &mut Findings::new(&redacted_elsewhere::LINT, &mut found));
    found
}

/// What is weak in the page of a guide, less what the guide allows.
pub fn check_page(facts: &PageFacts<'_>) -> Vec<Diagnostic> {
    let found = each(|check, found| match check {
        Check::Page(check) => check(facts, found),
        Check::Guide(_) | Check::Project(_) => {}
    });
    quiet(facts.guide, found)
}

/// Every code that `check` may tell of in guides and in the project file, by name: those of the
/// language and those of the lints.
pub fn codes() -> Vec<Code> {
    let lint = |lint: &&Lint| Code { name: lint.code, severity: lint.severity, summary: lint.summary };
    let mut codes: Vec<Code> = CODES.iter().copied().chain(LINTS.iter().map(lint)).collect();
    codes.sort_by_key(|code| code.name);
    codes
}

fn each(mut run: impl FnMut(Check, &mut Findings<'_>)) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    for lint in LINTS {
        run(lint.check, &mut Findings::new(lint, &mut all));
    }
    all
}

//! Which guides there are, what each means, and which of them can be built.

use super::asking::{Asking, Reads};
use super::decoding::{DecodeLimit, largest};
use super::{BuildOptions, Memory, Planned, workers};
use crate::diagnostic::{Diagnostic, Severity, Sources};
use crate::guide::lints::{self, Others, ProjectFacts};
use crate::guide::{self, Guide, Index, Resolved};
use crate::project::{self, Project};
use crate::shot::{Elsewhere, Purpose};
use crate::source::{ProjectPath, Source, Span, World};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Everything known before the first page is rendered.
#[derive(Debug)]
pub struct Plan {
    /// The project.
    pub project: Project,
    /// Guides that could be read, sorted by path; drafts left out unless they were asked for.
    pub guides: Vec<Planned>,
    /// Drafts that were left out.
    drafts: Vec<Planned>,
    /// Every guide that could not be read at all.
    pub unread: Vec<ProjectPath>,
    /// Pages of a docs folder that have no steps, and are no guides.
    pub pages: Vec<Planned>,
    /// Findings so far.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the findings speak of.
    pub sources: Sources,
    /// All guides that can be meant, drafts included.
    pub(super) all: Index,
    /// Whether one guide alone is read.
    is_alone: bool,
    /// All guides of the project, found when one alone is read and they are asked for.
    others: OnceLock<Vec<ProjectPath>>,
}

/// What reading one guide gave.
struct Read {
    path: ProjectPath,
    source: Option<Source>,
    meant: Option<(Guide, Resolved)>,
    diagnostics: Vec<Diagnostic>,
    asked: Reads,
}

impl Plan {
    /// Reads the project and every guide in it that is not known from the build before.
    pub fn make(world: &dyn World, options: &BuildOptions, memory: &mut Memory) -> Self {
        let loaded = project::load(world, options.only.as_ref());
        let project = loaded.project;
        let mut plan = Plan {
            guides: Vec::new(),
            drafts: Vec::new(),
            unread: Vec::new(),
            pages: Vec::new(),
            diagnostics: loaded.diagnostics,
            sources: Sources::new(),
            all: Index::default(),
            is_alone: options.only.is_some(),
            others: OnceLock::new(),
            project,
        };
        plan.diagnostics.extend(guide::check_captures(&plan.project.settings));
        if let Some(source) = &plan.project.source {
            plan.sources.insert(source.clone());
        }
        // What guides get wrong by a project file that can't be understood is no news.
        if plan.is_void() {
            return plan;
        }
        let mut known = memory.take(format!("{:?}", plan.project.settings));
        let (old, new): (Vec<_>, Vec<_>) =
            plan.project.guides.iter().partition(|path| known.contains_key(*path));
        let old: Vec<Planned> = old.into_iter().filter_map(|path| known.remove(path)).collect();
        for read in workers::each(options.jobs, &new, |path| read(path, &plan.project, world)) {
            plan.take(read);
        }
        plan.diagnostics.extend(old.iter().flat_map(|planned| planned.found.iter().cloned()));
        plan.guides.extend(old);
        if let Some(lang) = &options.lang {
            plan.speak(lang);
        }
        plan.guides.sort_by(|one, other| one.resolved.path.cmp(&other.resolved.path));
        if options.only.is_none() {
            plan.leave_out_pages();
        }
        plan.list(std::mem::take(&mut memory.index));
        let wrong = plan.check(Severity::Error, Others::NONE, world);
        plan.diagnostics.extend(wrong);
        let leaks = match &options.only {
            Some(only) => plan.redacted_elsewhere(only, options, world),
            None => {
                copies(plan.guides.iter().map(|planned| &planned.resolved).collect(), None, options, world)
            }
        };
        plan.diagnostics.extend(leaks);
        if !options.drafts && options.only.is_none() {
            plan.leave_out_drafts();
        }
        plan.block();
        plan
    }

    /// Whether an error of the project file makes every page wrong.
    pub fn is_void(&self) -> bool {
        self.diagnostics.iter().any(|d| d.is_error() && d.path.as_str() == project::PROJECT_FILE)
    }

    /// What guides may know of each other: those that have, or are going to have, a page.
    pub fn index(&self, has_page: impl Fn(&Planned) -> bool) -> Cow<'_, Index> {
        let chosen: Vec<&Planned> = self.guides.iter().filter(|guide| has_page(guide)).collect();
        if chosen.len() == self.all.entries.len() {
            return Cow::Borrowed(&self.all);
        }
        Cow::Owned(Index::new(chosen.iter().map(|guide| guide.resolved.entry()).collect()))
    }

    /// Where a theme is asked for: by the project file, by guides.
    pub(super) fn theme_places(&self, name: &str) -> Vec<(ProjectPath, Span)> {
        let Project { settings, source, theme_at, .. } = &self.project;
        let project = source.as_ref().zip(*theme_at).filter(|_| settings.theme == name);
        let project = project.map(|(source, span)| (source.path().clone(), span));
        let guides = self.guides.iter().filter_map(|planned| {
            let theme = planned.guide.front.theme.as_ref().filter(|theme| theme.value == name)?;
            Some((planned.resolved.path.clone(), theme.span))
        });
        project.into_iter().chain(guides).collect()
    }

    /// Lists all guides. `before` is the list of the build before, in which only those that were read anew
    /// can have changed.
    fn list(&mut self, before: Index) {
        let paths = self.guides.iter().map(|planned| &planned.resolved.path);
        let mut entries = before.entries;
        if entries.iter().map(|entry| &entry.path).eq(paths) {
            for (entry, planned) in entries.iter_mut().zip(&self.guides).filter(|(_, planned)| !planned.known)
            {
                *entry = planned.resolved.entry();
            }
        } else {
            entries = self.guides.iter().map(|planned| planned.resolved.entry()).collect();
        }
        self.all = Index::new(entries);
    }

    fn take(&mut self, read: Read) {
        let Read { path, source, meant, diagnostics, asked } = read;
        self.diagnostics.extend(diagnostics.iter().cloned());
        match (source, meant) {
            (Some(source), Some((guide, resolved))) => {
                let found = diagnostics;
                let (blocked, known) = (false, false);
                self.guides.push(Planned { source, guide, resolved, blocked, known, asked, found });
            }
            (source, _) => {
                self.unread.push(path);
                source.into_iter().for_each(|source| self.sources.insert(source));
            }
        }
    }

    /// What is weak between guides and in the project's settings. It keeps no page from being built, so none waits for it.
    /// `is_built` says whether pages are made of it.
    pub fn weak(&self, is_built: bool, world: &dyn World) -> Vec<Diagnostic> {
        if self.is_void() {
            return Vec::new();
        }
        let others = self.linked_others(world);
        let others = if is_built { Others::Unbuilt(others) } else { Others::Unread(others) };
        let found = self.check(Severity::Warning, others, world);
        // Of one guide alone it is not known what the others show.
        let is_known = |found: &Diagnostic| !self.is_alone || found.code != "unused-image";
        let found = found.into_iter().filter(is_known);
        found.filter(|diagnostic| !self.is_left_out(&diagnostic.path)).collect()
    }

    /// The guides of the project that are not read, if the one that is has a link to another text.
    fn linked_others(&self, world: &dyn World) -> &[ProjectPath] {
        let links = || self.all.entries.iter().flat_map(|entry| &entry.links);
        let leads_to_text = || {
            links().any(|link| {
                link.value.path.as_ref().is_some_and(|path| path.is_markdown() || path.extension().is_empty())
            })
        };
        if self.is_alone && leads_to_text() { self.others(world) } else { &[] }
    }

    fn others(&self, world: &dyn World) -> &[ProjectPath] {
        self.others.get_or_init(|| project::load(world, None).project.guides)
    }

    /// What can only be seen with all guides at hand.
    fn check(&self, severity: Severity, others: Others<'_>, world: &dyn World) -> Vec<Diagnostic> {
        let all = self.guides.iter().chain(&self.drafts);
        let guides: Vec<(&Guide, &Resolved, &Source)> =
            all.map(|planned| (&planned.guide, &planned.resolved, &planned.source)).collect();
        let facts = ProjectFacts { index: &self.all, guides: &guides, project: &self.project, others, world };
        lints::check_project(&facts, severity)
    }

    /// In a docs folder, pages without steps that say nothing of ours are no guides. A project with a folder of its own for
    /// guides is none.
    fn leave_out_pages(&mut self) {
        let settings = &self.project.settings;
        let is_own = settings.guides.as_str() == "guides"
            && settings.include.is_empty()
            && settings.exclude.is_empty();
        if is_own || self.guides.iter().all(|planned| planned.resolved.steps.is_empty()) {
            return;
        }
        let ours: BTreeSet<ProjectPath> = self
            .diagnostics
            .iter()
            .filter(|found| {
                matches!(found.code, "stray-annotation" | "unknown-verb" | "bad-annotation" | "bad-region")
            })
            .map(|found| found.path.clone())
            .collect();
        let is_page = |planned: &Planned| {
            planned.resolved.steps.is_empty()
                && !planned.guide.front.is_ours()
                && !ours.contains(&planned.resolved.path)
        };
        (self.pages, self.guides) = std::mem::take(&mut self.guides).into_iter().partition(is_page);
        let left_out: BTreeSet<&ProjectPath> = self.pages.iter().map(|page| &page.resolved.path).collect();
        self.diagnostics.retain(|found| !left_out.contains(&found.path));
    }

    /// What the other guides of the project redact and this one shows.
    fn redacted_elsewhere(
        &self,
        only: &ProjectPath,
        options: &BuildOptions,
        world: &dyn World,
    ) -> Vec<Diagnostic> {
        if self
            .guides
            .iter()
            .all(|planned| planned.resolved.shots.is_empty() && planned.resolved.inline.is_empty())
        {
            return Vec::new();
        }
        let paths: Vec<&ProjectPath> = self.others(world).iter().filter(|path| *path != only).collect();
        let others: Vec<Read> =
            workers::each(options.jobs, &paths, |path| read_alone(path, &self.project, world));
        let others = others.iter().filter_map(|read| {
            let (guide, resolved) = read.meant.as_ref()?;
            Some((guide, resolved, read.source.as_ref()?))
        });
        let own = self.guides.iter().map(|planned| (&planned.guide, &planned.resolved, &planned.source));
        let guides: Vec<(&Guide, &Resolved, &Source)> = own.chain(others).collect();
        let others = Others::NONE;
        let facts = ProjectFacts { index: &self.all, guides: &guides, project: &self.project, others, world };
        let found = lints::check_redactions(&facts).into_iter().filter(|found| found.path == *only);
        let resolved = guides.iter().map(|(_, resolved, _)| *resolved).collect();
        found.chain(copies(resolved, Some(only), options, world)).collect()
    }

    /// As if each guide said this language itself.
    fn speak(&mut self, lang: &str) {
        for planned in &mut self.guides {
            planned.guide.front.lang = Some(lang.to_owned());
            planned.resolved.lang = lang.to_owned();
        }
    }

    /// A build reports nothing about drafts, which it leaves out; `check` does.
    fn leave_out_drafts(&mut self) {
        let all = std::mem::take(&mut self.guides);
        (self.drafts, self.guides) = all.into_iter().partition(|planned| planned.resolved.draft);
        let found = std::mem::take(&mut self.diagnostics);
        self.diagnostics =
            found.into_iter().filter(|diagnostic| !self.is_left_out(&diagnostic.path)).collect();
    }

    fn is_left_out(&self, path: &ProjectPath) -> bool {
        self.drafts.iter().any(|draft| draft.resolved.path == *path)
    }

    /// Nothing with an error is built, and no address twice.
    fn block(&mut self) {
        let wrong: BTreeSet<&ProjectPath> =
            self.diagnostics.iter().filter(|d| d.is_error()).map(|d| &d.path).collect();
        let mut taken = BTreeSet::new();
        for planned in &mut self.guides {
            let Planned { resolved, blocked, .. } = planned;
            *blocked = wrong.contains(&resolved.path) || !taken.insert(guide::file_name(&resolved.slug));
        }
    }
}

/// Copies of pictures that other guides redact, in all guides or in one. Who waits for a page is not kept waiting: nothing
/// is published by it.
fn copies(
    guides: Vec<&Resolved>,
    only: Option<&ProjectPath>,
    options: &BuildOptions,
    world: &dyn World,
) -> Vec<Diagnostic> {
    if options.purpose == Purpose::Preview {
        return Vec::new();
    }
    let elsewhere = Elsewhere::new(guides.iter().copied());
    // Pictures that are redacted are read beside those that are compared with them.
    let redacted = elsewhere.guides().map(largest).max().unwrap_or_default();
    let asked: Vec<&Resolved> =
        guides.into_iter().filter(|guide| only.is_none_or(|only| *only == guide.path)).collect();
    let decoding = DecodeLimit::default();
    let found = workers::each(options.jobs, &asked, |guide| {
        if !elsewhere.concerns(guide) {
            return Vec::new();
        }
        let _permit = decoding.take(largest(guide).max(redacted));
        elsewhere.check(guide, options.cache.as_ref(), world)
    });
    found.into_iter().flatten().collect()
}

fn read(path: &ProjectPath, project: &Project, world: &dyn World) -> Read {
    let asking = Asking::new(world);
    let mut read = read_alone(path, project, &asking);
    read.asked = asking.asked();
    // It is looked at when the page is made.
    let logo = read.meant.as_ref().and_then(|(_, resolved)| resolved.app.as_ref()?.logo.clone());
    read.asked.extend(logo);
    read
}

/// As [`read`], without noting what was asked.
fn read_alone(path: &ProjectPath, project: &Project, world: &dyn World) -> Read {
    let (diagnostics, asked) = (Vec::new(), Reads::new());
    let mut read = Read { path: path.clone(), source: None, meant: None, diagnostics, asked };
    let source = match guide::read(world, path) {
        Ok(source) => source,
        Err(diagnostic) => {
            read.diagnostics.push(diagnostic);
            return read;
        }
    };
    let understood = guide::understand(&source, &project.settings, world);
    read.diagnostics = understood.findings(&source, &project.settings, world);
    read.meant = understood.resolved.map(|resolved| (understood.guide, resolved));
    read.source = Some(source);
    read
}

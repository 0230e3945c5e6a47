//! From a project to a site.

use super::decoding::DecodeLimit;
use super::fingerprint::Fingerprint;
use super::library::Library;
use super::memory::Pages;
use super::plan::Plan;
use super::planned::Planned;
use super::render::{Press, Printed, files_of};
use super::themes::Themes;
use super::{BuildOptions, GuideRecord, GuideSummary, Memory, Outcome, Progress, Sink, workers};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Failure;
use crate::guide;
use crate::project::Download;
use crate::shot::ShotOptions;
use crate::source::{ProjectPath, Source, World};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Builds the site of a project into `sink`. Guides with errors are left as they were.
pub fn build(world: &dyn World, options: &BuildOptions, sink: &dyn Sink, progress: &dyn Progress) -> Outcome {
    run(world, options, Some(sink), progress, &mut Memory::default())
}

/// Builds the site again, and makes only what changed: `memory` is that of the build before into the same
/// sink, and has heard of every change since.
pub fn rebuild(
    world: &dyn World,
    options: &BuildOptions,
    sink: &dyn Sink,
    progress: &dyn Progress,
    memory: &mut Memory,
) -> Outcome {
    run(world, options, Some(sink), progress, memory)
}

/// Finds all that is wrong or weak, drafts included, and writes nothing.
pub fn check(world: &dyn World, options: &BuildOptions, progress: &dyn Progress) -> Outcome {
    let options = BuildOptions { drafts: true, ..options.clone() };
    run(world, &options, None, progress, &mut Memory::default())
}

fn run(
    world: &dyn World,
    options: &BuildOptions,
    sink: Option<&dyn Sink>,
    progress: &dyn Progress,
    memory: &mut Memory,
) -> Outcome {
    let plan = Plan::make(world, options, memory);
    let mut build = Build { world, options, sink, old: BTreeMap::new(), outcome: Outcome::default() };
    if !plan.is_void() {
        build.outcome.failure = build.site(&plan, progress, memory).err();
    }
    build.outcome.diagnostics.extend(plan.weak(build.sink.is_some(), world));
    build.outcome.diagnostics.extend(plan.diagnostics);
    for planned in &plan.guides {
        let Planned { guide, source, resolved, .. } = planned;
        let summary = GuideSummary::new(guide, source, resolved, &plan.project.settings);
        build.outcome.guide_summaries.insert(resolved.path.clone(), summary);
        build.outcome.guides.entry(resolved.slug.clone()).or_insert_with(|| resolved.path.clone());
    }
    build.outcome.left_out = plan.pages.iter().map(|page| page.resolved.path.clone()).collect();
    build.outcome.sources = plan.sources;
    build.add_sources(&plan.guides);
    memory.keep(plan.guides.into_iter().chain(plan.pages), plan.all);
    build.outcome
}

/// What was reported for each page.
type ByGuide = BTreeMap<ProjectPath, Vec<Diagnostic>>;

struct Build<'a> {
    world: &'a dyn World,
    options: &'a BuildOptions,
    sink: Option<&'a dyn Sink>,
    /// What earlier builds wrote for guides that can't be built now.
    old: BTreeMap<ProjectPath, GuideRecord>,
    outcome: Outcome,
}

impl Build<'_> {
    fn site(&mut self, plan: &Plan, progress: &dyn Progress, memory: &mut Memory) -> Result<(), Failure> {
        let settings = &plan.project.settings;
        let mut ready: Vec<&Planned> = plan.guides.iter().filter(|planned| !planned.blocked).collect();
        // A user may be waiting for what changed.
        ready.sort_by_key(|planned| planned.known);
        // What is wrong with the theme of a guide that can't be built is reported with all the rest.
        let names = plan.guides.iter().map(|planned| planned.resolved.theme.as_str());
        let names: BTreeSet<&str> = names.chain([settings.theme.as_str()]).collect();
        let themes = memory.themes(self.world, &names);
        let done = self.pages(plan, &ready, &themes, progress, memory);
        memory.keep_themes(themes);
        done
    }

    fn pages(
        &mut self,
        plan: &Plan,
        ready: &[&Planned],
        themes: &Themes,
        progress: &dyn Progress,
        memory: &mut Memory,
    ) -> Result<(), Failure> {
        let settings = &plan.project.settings;
        self.outcome.diagnostics.extend(themes.diagnostics(|name| plan.theme_places(name)));
        self.remember(plan, ready);
        let scope = self.options.scope();
        let makers = self.options.downloads.as_deref().filter(|_| scope.is_site() && self.sink.is_some());
        let downloads: &[Download] = if makers.is_some() { &settings.downloads } else { &[] };
        if let Some(sink) = self.sink {
            let files =
                ready.iter().flat_map(|planned| files_of(&planned.resolved, settings, downloads, scope));
            let own = Library::files(settings).filter(|_| scope.is_site()).map(str::to_owned);
            sink.begin(&mut files.chain(own))?;
        }
        let index = plan.index(|planned| !planned.blocked || self.old.contains_key(&planned.resolved.path));
        let fingerprint = Fingerprint::new(settings, scope, self.world);
        let around = fingerprint.around(themes, &index);
        // Whatever happens below, what is not remembered is made again.
        let Pages { around: before, reported } = std::mem::take(&mut memory.pages);
        let press = Press {
            world: self.world,
            settings,
            index: &index,
            themes,
            shots: ShotOptions {
                quality: settings.quality,
                cache: self.options.cache.clone(),
                purpose: self.options.purpose,
            },
            scope,
            downloads,
            makers,
            sink: self.sink,
            fingerprint,
            known: (before == around).then_some(reported),
            fresh: self.options.fresh,
            hurried: AtomicU64::new(0),
            decoding: DecodeLimit::default(),
        };
        progress.planned(ready.len());
        let (records, reported) = self.print(&press, ready, progress)?;
        self.outcome.summary.guides = if self.sink.is_some() { records.len() } else { plan.guides.len() };
        let Some(sink) = self.sink else { return Ok(()) };
        if scope.is_site() {
            let library = Library { press: &press, plan, records: &records };
            let complete = !self.outcome.has_errors() && !plan.diagnostics.iter().any(Diagnostic::is_error);
            let listed = &mut memory.library;
            self.outcome.summary.written +=
                library.write(sink, complete, &around, listed, &mut self.outcome.diagnostics)?;
        }
        self.outcome.left = sink.finish(records)?;
        memory.pages = Pages { around, reported };
        Ok(())
    }

    /// A guide that can't be built now keeps what it had, unless another guide has taken its address.
    fn remember(&mut self, plan: &Plan, ready: &[&Planned]) {
        let Some(sink) = self.sink else { return };
        let taken: BTreeSet<&str> = ready.iter().map(|planned| planned.resolved.slug.as_str()).collect();
        let blocked = plan.guides.iter().filter(|planned| planned.blocked);
        let hidden = |path: &ProjectPath| plan.project.unreadable.iter().any(|folder| path.is_below(folder));
        let unseen: Vec<ProjectPath> = sink.guides().into_iter().filter(hidden).collect();
        for path in blocked.map(|planned| &planned.resolved.path).chain(&plan.unread).chain(&unseen) {
            if let Some(record) = sink.remembered(path).filter(|record| !taken.contains(record.slug.as_str()))
            {
                self.old.insert(path.clone(), record);
            }
        }
    }

    /// Renders the guides, a few at a time, and returns all that have a page.
    fn print(
        &mut self,
        press: &Press<'_>,
        ready: &[&Planned],
        progress: &dyn Progress,
    ) -> Result<(BTreeMap<ProjectPath, GuideRecord>, ByGuide), Failure> {
        let stop = AtomicBool::new(false);
        let results = workers::each(self.options.jobs, ready, |planned| {
            if stop.load(Ordering::Relaxed) {
                return Printed::default();
            }
            let printed = press.print(planned);
            stop.fetch_or(printed.failure.is_some(), Ordering::Relaxed);
            progress.done(&planned.resolved.path);
            printed
        });
        let mut records = std::mem::take(&mut self.old);
        let (mut failure, mut reported) = (None, ByGuide::new());
        for (planned, printed) in ready.iter().zip(results) {
            let path = &planned.resolved.path;
            let summary = &mut self.outcome.summary;
            summary.written += printed.written;
            if printed.record.is_some() && !printed.same {
                summary.rendered += 1;
                summary.shots += printed.statistics.shots;
                summary.cached_shots += printed.statistics.cached_shots();
                summary.source_bytes += printed.statistics.source_bytes;
                summary.shot_bytes += printed.statistics.bytes;
            }
            if printed.record.is_some() {
                reported.insert(path.clone(), printed.diagnostics.clone());
            }
            self.outcome.diagnostics.extend(printed.diagnostics);
            failure = failure.or(printed.failure);
            let old = || self.sink.and_then(|sink| sink.remembered(path));
            if let Some(record) = printed.record.or_else(old) {
                records.insert(path.clone(), record);
            }
        }
        if let Some(sink) = self.sink {
            records.values().flat_map(|record| &record.files).for_each(|path| sink.keep(path));
        }
        failure.map_or(Ok((records, reported)), Err)
    }

    /// The texts that findings speak of; the others are not held on to.
    fn add_sources(&mut self, guides: &[Planned]) {
        let reported: BTreeSet<ProjectPath> =
            self.outcome.diagnostics.iter().filter(|d| d.span.is_some()).map(|d| d.path.clone()).collect();
        for planned in guides.iter().filter(|planned| reported.contains(&planned.resolved.path)) {
            self.outcome.sources.insert(planned.source.clone());
        }
        for path in
            reported.iter().filter(|path| self.outcome.sources.get(path).is_none()).collect::<Vec<_>>()
        {
            if let Ok(bytes) = self.world.read(path, guide::MAX_FILE) {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                self.outcome.sources.insert(Source::new(path.clone(), text));
            }
        }
    }
}

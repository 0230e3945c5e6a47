//! One guide from meaning to bytes. Its pictures and its page are gone when it is done.

use super::decoding::{DecodeLimit, largest};
use super::fingerprint::Fingerprint;
use super::themes::Themes;
use super::{Downloads, GuideRecord, Offered, Planned, Put, Sink};
use crate::card;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Failure;
use crate::guide::lints::{self, PageFacts};
use crate::guide::{Attachment, Index, Resolved};
use crate::page::{self, GuideInput, Scope};
use crate::project::{Download, Settings};
use crate::shot::{self, Purpose, ShotOptions, Statistics, Thumbnail};
use crate::source::{ProjectPath, World};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// Most bytes of quickly made screenshots that a build puts into its pages; past them it takes the time to make them small.
const QUICK: u64 = 256 << 20;

/// What every guide of a build is rendered with.
pub struct Press<'a> {
    pub world: &'a dyn World,
    pub settings: &'a Settings,
    pub index: &'a Index,
    pub themes: &'a Themes,
    pub shots: ShotOptions,
    /// What pages have beside them.
    pub scope: Scope,
    /// What pages offer.
    pub downloads: &'a [Download],
    /// Who makes that.
    pub makers: Option<&'a dyn Downloads>,
    /// Where the files go; `None`: they are only looked at.
    pub sink: Option<&'a dyn Sink>,
    pub fingerprint: Fingerprint,
    /// What was reported of the pages of the build before, if they need not change but with their guides.
    pub known: Option<BTreeMap<ProjectPath, Vec<Diagnostic>>>,
    /// Whether pages that would be the same are rendered too.
    pub fresh: bool,
    /// Bytes of quickly made screenshots so far.
    pub hurried: AtomicU64,
    /// How many pixels are decoded at once.
    pub decoding: DecodeLimit,
}

/// What became of one guide.
#[derive(Debug, Default)]
pub struct Printed {
    pub diagnostics: Vec<Diagnostic>,
    /// Set if it has no error.
    pub record: Option<GuideRecord>,
    pub statistics: Statistics,
    /// Nothing it is made from has changed, so its page was left alone.
    pub same: bool,
    /// Files with other bytes than before.
    pub written: usize,
    pub failure: Option<Failure>,
}

impl Press<'_> {
    /// Renders and writes one guide.
    pub fn print(&self, planned: &Planned) -> Printed {
        if let Some(printed) = self.unchanged(planned) {
            return printed;
        }
        let mut printed = Printed::default();
        let resolved = &planned.resolved;
        // What is wrong with a theme has been reported once for all its guides.
        let Some(theme) = self.themes.get(&resolved.theme) else { return printed };
        let input = self.fingerprint.page_hash(planned, theme, self.index, self.world);
        if let Some(record) = self.standing(resolved, &input) {
            return Printed { record: Some(record), same: true, ..printed };
        }
        if !self.scope.is_site() {
            printed.diagnostics.extend(check_size(resolved));
        }
        let _permit = self.decoding.take(largest(resolved));
        // Past a size, pictures that are quickly made would take more memory than there is.
        let purpose = match self.shots.purpose {
            Purpose::Preview if self.hurried.load(Ordering::Relaxed) < QUICK => Purpose::Preview,
            _ => Purpose::Publish,
        };
        let composed = shot::compose(resolved, &ShotOptions { purpose, ..self.shots.clone() }, self.world);
        if purpose == Purpose::Preview && !composed.statistics.cached {
            self.hurried.fetch_add(composed.statistics.bytes, Ordering::Relaxed);
        }
        printed.diagnostics.extend(composed.diagnostics);
        printed.statistics = composed.statistics;
        let Some(sheet) = composed.sheet else { return printed };
        let Press { world, settings, index, scope, downloads, .. } = *self;
        let html = match page::guide(&GuideInput {
            resolved,
            sheet: &sheet,
            theme,
            settings,
            index,
            world,
            scope,
            downloads,
        }) {
            Ok(html) => html,
            Err(found) => {
                printed.diagnostics.extend(found);
                return printed;
            }
        };
        drop(sheet);
        if self.shots.purpose == Purpose::Publish {
            let facts = PageFacts { guide: &planned.guide, resolved, bytes: html.len() };
            printed.diagnostics.extend(lints::check_page(&facts));
        }
        if printed.diagnostics.iter().any(Diagnostic::is_error) {
            return printed;
        }
        match self.write(planned, &html, &mut printed) {
            Ok(None) => {}
            // What has to be reported is reported by every build, so its page is made by every build.
            Ok(Some(record)) if !printed.diagnostics.is_empty() => printed.record = Some(record),
            Ok(Some(record)) => printed.record = Some(GuideRecord { input, ..record }),
            Err(failure) => printed.failure = Some(failure),
        }
        printed
    }

    /// The page of the build before, if nothing it is made from can have changed.
    fn unchanged(&self, planned: &Planned) -> Option<Printed> {
        let sink = self.sink.filter(|_| planned.known)?;
        let diagnostics = self.known.as_ref()?.get(&planned.resolved.path)?.clone();
        let record = sink.remembered(&planned.resolved.path)?;
        let stands = record.slug == planned.resolved.slug && sink.stands(&record);
        stands.then(|| Printed { record: Some(record), diagnostics, same: true, ..Printed::default() })
    }

    /// The page of an earlier build, if this one would make the same.
    fn standing(&self, resolved: &Resolved, input: &str) -> Option<GuideRecord> {
        let sink = self.sink.filter(|_| !self.fresh)?;
        let record = sink.remembered(&resolved.path)?;
        (!input.is_empty() && record.input == input && record.slug == resolved.slug && sink.stands(&record))
            .then_some(record)
    }

    /// The files beside a page.
    fn beside<'r>(&self, resolved: &'r Resolved) -> Result<Beside<'r>, Diagnostic> {
        if !self.scope.is_site() || self.sink.is_none() {
            return Ok(Beside::default());
        }
        let cover = shot::cover(resolved, &self.shots, self.world)?;
        let card = match self.shots.purpose {
            Purpose::Preview => None,
            Purpose::Publish => Some(card::preview(resolved, self.settings, &self.shots, self.world)?),
        };
        let attached = attachments(resolved, self.world)?;
        Ok(Beside { cover, card, attached })
    }

    /// What the page offers.
    fn offered(&self, planned: &Planned, html: &str) -> Result<Vec<(Download, Vec<u8>)>, Failure> {
        let Some(makers) = self.makers else { return Ok(Vec::new()) };
        let Planned { source, guide, resolved, .. } = planned;
        let offered = Offered { page: html.as_bytes(), source, guide, resolved, world: self.world };
        let make = |download: &Download| match makers.make(*download, offered) {
            Ok(bytes) => Ok((*download, bytes)),
            Err(Failure { message, help }) => {
                let title = download.title();
                let message = format!("the {title} of `{}` can't be made: {message}", resolved.path);
                Err(Failure { message, help })
            }
        };
        self.downloads.iter().map(make).collect()
    }

    /// Writes a guide's files, whole or not at all: if a picture went since the page was made, the files of the build
    /// before stay, and that is reported.
    fn write(
        &self,
        planned: &Planned,
        html: &str,
        printed: &mut Printed,
    ) -> Result<Option<GuideRecord>, Failure> {
        let resolved = &planned.resolved;
        let Printed { diagnostics, written, .. } = printed;
        let slug = resolved.slug.clone();
        let mut record = GuideRecord { slug, input: String::new(), files: Vec::new(), cover: None };
        let Some(sink) = self.sink else { return Ok(Some(record)) };
        let mut put = |name: &str, bytes: &[u8]| {
            let path = format!("{}/{name}", resolved.slug);
            *written += usize::from(sink.put(&path, bytes)? == Put::Written);
            record.files.push(path);
            Ok::<_, Failure>(())
        };
        // The page last, so that what it names is there when it is; but not where the user waits for it.
        if self.shots.purpose == Purpose::Preview {
            put("index.html", html.as_bytes())?;
        }
        let Beside { cover, card, attached } = match self.beside(resolved) {
            Ok(beside) => beside,
            Err(found) => {
                diagnostics.push(found);
                if self.shots.purpose == Purpose::Publish {
                    return Ok(None);
                }
                Beside::default()
            }
        };
        if let Some(cover) = &cover {
            put("cover.webp", &cover.bytes)?;
        }
        if let Some(bytes) = &card {
            put("card.png", bytes)?;
        }
        if self.scope.is_site() {
            let has_card = self.shots.purpose == Purpose::Preview || card.is_some();
            if let Some(text) = page::oembed(&resolved.entry(), self.settings, has_card) {
                put("oembed.json", text.as_bytes())?;
            }
        }
        for (file, bytes) in attached {
            put(file, &bytes)?;
        }
        for (download, bytes) in self.offered(planned, html)? {
            put(&download.file(&resolved.slug), &bytes)?;
        }
        if self.shots.purpose == Purpose::Publish {
            put("index.html", html.as_bytes())?;
        }
        record.cover = cover.map(|cover| (cover.width, cover.height));
        Ok(Some(record))
    }
}

/// The files beside a page, of a guide that has them.
#[derive(Default)]
struct Beside<'a> {
    cover: Option<Thumbnail>,
    card: Option<Vec<u8>>,
    /// Files that its text links to, by their place beside the page.
    attached: Vec<(&'a str, Vec<u8>)>,
}

/// The files that go with a guide's page.
fn attachments<'a>(resolved: &'a Resolved, world: &dyn World) -> Result<Vec<(&'a str, Vec<u8>)>, Diagnostic> {
    let read = |attachment: &'a Attachment| {
        let bytes = world.read(&attachment.path, attachment.bytes).map_err(|error| {
            let message = format!("{}, or has just been changed", error.about(&attachment.path));
            Diagnostic::error("cannot-read", &resolved.path, attachment.at, message).help("build again")
        })?;
        Ok((attachment.file.as_str(), bytes))
    };
    resolved.attachments.iter().map(read).collect()
}

/// A page of its own holds its files, so they are small.
fn check_size(resolved: &Resolved) -> impl Iterator<Item = Diagnostic> {
    let large = resolved.attachments.iter().filter(|attachment| attachment.bytes > page::MAX_INSIDE);
    large.map(|attachment| {
        let message =
            format!("`{}` is too large for a page that stands alone: it may have 1 MB", attachment.path);
        Diagnostic::error("too-large", &resolved.path, attachment.at, message)
            .help("build the project, which puts the file beside the page, or link to where it is published")
    })
}

/// The files that a guide's page consists of, as far as is known before it is rendered.
pub fn files_of(
    resolved: &Resolved,
    settings: &Settings,
    downloads: &[Download],
    scope: Scope,
) -> Vec<String> {
    let cover = resolved.cover().is_some().then_some("cover.webp");
    let oembed = settings.base_url.is_some().then_some("oembed.json");
    let beside = ["card.png"].into_iter().chain(cover).chain(oembed).filter(|_| scope.is_site());
    let offered = downloads.iter().map(|download| download.file(&resolved.slug));
    let names = beside.chain(["index.html"]).map(str::to_owned).chain(offered);
    let attached =
        resolved.attachments.iter().filter(|_| scope.is_site()).map(|attachment| attachment.file.clone());
    names.chain(attached).map(|name| format!("{}/{name}", resolved.slug)).collect()
}

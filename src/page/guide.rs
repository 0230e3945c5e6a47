//! The page of a guide.

use super::article;
use super::figure::Figures;
use super::head::{self, Page};
use super::json_ld::{self, iso};
use super::neighbours;
use super::prose::{self, Setting};
use super::{Scope, embed, escape, links, logo, stage};
use crate::diagnostic::Diagnostic;
use crate::guide::{Date, Index, Resolved};
use crate::project::{App, Backdrop, Cta, Download, Settings};
use crate::shot::Sheet;
use crate::source::World;
use crate::theme::context::{AppView, DateView, DownloadView, GuidePage, GuideView, LinkView};
use crate::theme::words::{self, Words};
use crate::theme::{Dress, Theme};

/// All that the page of a guide is made from.
#[derive(Clone, Copy)]
pub struct GuideInput<'a> {
    /// The guide.
    pub resolved: &'a Resolved,
    /// Its pictures.
    pub sheet: &'a Sheet,
    /// Its theme.
    pub theme: &'a Theme,
    /// The project's settings.
    pub settings: &'a Settings,
    /// The guides of the build.
    pub index: &'a Index,
    /// Who reads the logos.
    pub world: &'a dyn World,
    /// What the page has beside it.
    pub scope: Scope,
    /// Files that the page offers.
    pub downloads: &'a [Download],
}

/// The page of a guide: one HTML document that makes no request.
///
/// # Errors
/// Diagnostics about the theme's templates, or of a logo that went meanwhile.
pub fn guide(input: &GuideInput<'_>) -> Result<String, Vec<Diagnostic>> {
    let world = logo::Noting::new(input.world);
    let dress = dress(input);
    let context = dressed(&GuideInput { world: &world, ..*input }, &dress);
    if let Some(problem) = world.problem(&input.resolved.path) {
        return Err(vec![problem]);
    }
    let html = input.theme.render("guide.html", &context).map_err(|problem| vec![problem])?;
    Ok(dress.trim(&html))
}

/// What the templates of a guide get.
pub fn context(input: &GuideInput<'_>) -> GuidePage {
    dressed(input, &dress(input))
}

fn dressed(input: &GuideInput<'_>, dress: &Dress) -> GuidePage {
    let GuideInput { resolved, sheet, theme, settings, index, world, scope, downloads } = *input;
    let words = theme.words(&resolved.lang);
    let setting = Setting {
        resolved,
        sheet,
        index: scope.in_site(index),
        theme,
        words,
        inside: (!scope.is_site()).then_some(world),
        shift: prose::shift(resolved),
    };
    let mut figures = Figures::new(resolved, sheet, words);
    // In the order of the page: each shot is defined where it is needed first.
    let cover = figures.cover();
    let sections = article::sections(&setting, &mut figures);
    let chapters = article::chapters(&setting);
    let options = theme.options();
    let contents = chapters.len() > 1 && resolved.steps.len() >= options.contents;
    let link = |entry| neighbours::link(words, &resolved.lang, entry);
    let none = Index::default();
    let index = scope.in_site(index).unwrap_or(&none);
    let (previous, next) = index.around(&resolved.path);
    GuidePage {
        page: page_head(input, dress),
        site: head::site(settings, world, scope.in_site("../")),
        guide: view(input, words, cover),
        sections,
        chapters,
        contents,
        shots: figures.rest(),
        related: neighbours::related(resolved, index, options.related).iter().map(link).collect(),
        previous: previous.map(link),
        next: next.map(link),
        downloads: downloads.iter().map(|download| offered(*download, &resolved.slug)).collect(),
        embed_code: embed::code(&resolved.slug, &resolved.title, settings),
        embed_script: scope.is_site().then(|| embed::script_code(&resolved.slug, settings)),
        stage_html: escape::json(&stage::data(resolved, sheet)),
        json_ld_html: escape::json(&json_ld::guide(resolved, settings, scope)),
        words: words.clone(),
    }
}

fn offered(download: Download, slug: &str) -> DownloadView {
    DownloadView { label: download.title().to_owned(), href: format!("./{}", download.file(slug)) }
}

/// Style and script of the page, with what stands behind its stage.
fn dress(input: &GuideInput<'_>) -> Dress {
    let dress = input.theme.guide_dress(input.settings);
    let behind = match &input.resolved.backdrop {
        Backdrop::Brand => return dress,
        Backdrop::Plain => "var(--quiet)".to_owned(),
        Backdrop::Color(color) => color.hex(),
        Backdrop::Picture(path) => {
            let at = input.resolved.inline.iter().position(|shot| shot.picture.path == *path);
            let piece = at.and_then(|at| input.sheet.pieces.get(*input.sheet.inline.get(at)?));
            let Some(piece) = piece else { return dress };
            format!("url({}) 50%/cover", prose::data_uri(piece.mime, &piece.bytes))
        }
    };
    // What says how far one is may lie on anything: it gets ground of its own.
    let bar = ".gm-segs{padding-inline:10px;background:var(--paper)}";
    dress.and(&format!(".gm-stage{{background:{behind}}}{bar}"))
}

fn page_head(input: &GuideInput<'_>, dress: &Dress) -> crate::theme::context::PageHead {
    let GuideInput { resolved, settings, scope, .. } = *input;
    let owner = settings.brand.name.as_ref().or(Some(&settings.title)).filter(|name| !name.is_empty());
    let title = match owner {
        Some(owner) if *owner != resolved.title => format!("{} · {owner}", resolved.title),
        _ => resolved.title.clone(),
    };
    let path = format!("{}/", resolved.slug);
    let image = scope.in_site(format!("{path}card.png"));
    let page = Page {
        lang: &resolved.lang,
        title,
        description: &resolved.description,
        path: &path,
        image,
        pictures: "",
        stage: !resolved.steps.is_empty(),
        beacon: settings.beacon.as_deref(),
    };
    let mut head = head::head(page, dress, settings);
    match scope {
        Scope::Site => head.oembed = head.canonical.as_ref().map(|page| format!("{page}oembed.json")),
        Scope::Alone => {
            head.canonical = None;
            head.feed = None;
        }
    }
    head
}

fn view(
    input: &GuideInput<'_>,
    words: &Words,
    cover: Option<crate::theme::context::FigureView>,
) -> GuideView {
    let GuideInput { resolved, world, .. } = *input;
    let first = resolved.steps.first();
    GuideView {
        slug: resolved.slug.clone(),
        title: resolved.title.clone(),
        title_html: escape::title(&resolved.title),
        description: resolved.description.clone(),
        app: resolved.app.as_ref().map(|found| app(found, world)),
        tags: resolved.tags.clone(),
        authors: resolved.authors.clone(),
        created: resolved.created.map(|day| date(words, day)),
        updated: resolved.updated.map(|day| date(words, day)),
        draft: resolved.draft,
        steps: resolved.steps.len(),
        minutes: neighbours::minutes(resolved.seconds()),
        summary: neighbours::summary(words, &resolved.lang, resolved.steps.len(), resolved.seconds()),
        goals: goals(resolved),
        width: resolved.stage.width.into(),
        height: resolved.stage.height.into(),
        frame: stage::frame(resolved.frame),
        url: first.and_then(|step| step.scenes.first()).and_then(|scene| scene.url.clone()),
        cover,
        own_cover: resolved.has_own_cover(),
        points: resolved.points(),
        first_step: first.map(|step| step.id.clone()),
        cta: resolved.cta.as_ref().and_then(|cta| call(cta, input.scope.in_site(input.index))),
    }
}

/// The chapters, as far as a cover can list them.
fn goals(resolved: &Resolved) -> Vec<String> {
    let titles = || resolved.chapters.iter().map(|chapter| chapter.title.clone());
    if (2..=4).contains(&resolved.chapters.len()) { titles().collect() } else { Vec::new() }
}

fn call(cta: &Cta, index: Option<&Index>) -> Option<LinkView> {
    let target = links::target(&cta.url, &cta.from, index)?;
    Some(LinkView { label: cta.label.clone(), href: target.href })
}

fn app(app: &App, world: &dyn World) -> AppView {
    let website =
        app.website.as_ref().filter(|url| url.starts_with("http://") || url.starts_with("https://"));
    AppView {
        name: app.name.clone(),
        initial: app
            .name
            .chars()
            .find(|c| c.is_alphanumeric())
            .map(|c| c.to_uppercase().collect())
            .unwrap_or_default(),
        description: app.description.clone(),
        website: website.map(|url| LinkView { label: bare(url), href: url.clone() }),
        industry: app.industry.clone(),
        logo: logo::logo(world, app.logo.as_ref()),
    }
}

/// An address without what people don't say.
fn bare(url: &str) -> String {
    let bare = url.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    bare.trim_end_matches('/').to_owned()
}

/// A day for a page.
pub fn date(words: &Words, date: Date) -> DateView {
    DateView { iso: iso(date), text: words::date(words, date) }
}

//! What stands in a page's `<head>`.

use crate::project::Settings;
use crate::source::World;
use crate::theme::context::{PageHead, SiteView};
use crate::theme::words;
use crate::theme::{Dress, inline_hash};

/// Marks a page that shows its walkthrough alone before anything of it is laid out.
const ALONE: &str =
    "if(/[?&]view=player/.test(location.search))document.documentElement.className='stage-alone'";

/// What a head says of its page.
pub struct Page<'a> {
    /// BCP 47 tag.
    pub lang: &'a str,
    /// Full title of the document.
    pub title: String,
    /// For search engines.
    pub description: &'a str,
    /// Its path below the site's root: empty or ending in `/`.
    pub path: &'a str,
    /// Path of its picture below the site's root.
    pub image: Option<String>,
    /// What pictures it may show, beside `data:`.
    pub pictures: &'a str,
    /// Whether it has a walkthrough, which may be shown alone.
    pub stage: bool,
    /// Where its events are posted; `None`: nowhere.
    pub beacon: Option<&'a str>,
}

/// The head of a page.
pub fn head(page: Page<'_>, dress: &Dress, settings: &Settings) -> PageHead {
    let Page { lang, title, description, path, image, pictures, stage, beacon } = page;
    let at = |path: &str| settings.base_url.as_ref().map(|base| format!("{base}{path}"));
    PageHead {
        lang: lang.to_owned(),
        dir: words::direction(lang),
        title,
        description: description.to_owned(),
        canonical: at(path),
        image: image.and_then(|image| at(&image)),
        oembed: None,
        feed: at("feed.xml"),
        beacon: beacon.map(str::to_owned),
        csp: format!(
            "default-src 'none'; img-src data:{pictures};{} style-src {}; script-src {}{}{}; base-uri 'none'; form-action 'none'",
            if dress.style.contains("@font-face") { " font-src data:;" } else { "" },
            dress.style_hash,
            dress.script_hash,
            if stage { format!(" {}", inline_hash(ALONE)) } else { String::new() },
            beacon.map(connect).unwrap_or_default()
        ),
        style_html: dress.style.to_string(),
        early_html: if stage { ALONE } else { "" },
        script_html: dress.script.to_string(),
        theme_color: dress.page.clone(),
        theme_color_dark: dress.page_dark.clone(),
        icon: icon(&dress.brand_color),
        generator: concat!("Guidemark ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

/// What lets a page post to one address. A policy names no query.
fn connect(beacon: &str) -> String {
    format!("; connect-src {}", beacon.split('?').next().unwrap_or_default())
}

/// Whose site it is.
pub fn site(settings: &Settings, world: &dyn World, library_href: Option<&str>) -> SiteView {
    SiteView {
        title: settings.title.clone(),
        description: settings.description.clone(),
        brand_name: settings.brand.name.clone(),
        brand_logo: super::logo::logo(world, settings.brand.logo.as_ref()),
        library_href: library_href.map(str::to_owned),
    }
}

/// A cursor on the brand's colour: without an icon of its own a page would ask its host for one.
fn icon(color: &str) -> String {
    let color = color.replace('#', "%23");
    format!(
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='{color}'/%3E%3Cpath d='M10 8l14 7-6.5 2-3 6.5z' fill='%23fff'/%3E%3C/svg%3E"
    )
}

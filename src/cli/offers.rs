//! Files that pages offer, made while the site is built. The browser that draws them starts with the first that needs it.

use super::chromium;
use crate::browser::{Browser, BrowserError};
use crate::cache::{BUILT_FROM, Cache, Key, Writer};
use crate::diagnostic::Failure;
use crate::export::{self, ExportError, ExportOptions, Exporting, Leads};
use crate::project::Download;
use crate::site::{Downloads, Offered};
use crate::theme;
use std::sync::{Mutex, PoisonError};

/// Makes what pages offer.
pub struct Offers {
    /// Where it is kept between builds.
    cache: Option<Cache>,
    browser: Mutex<Option<Browser>>,
}

impl std::fmt::Debug for Offers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Offers")
    }
}

impl Offers {
    /// With the cache of the build.
    pub fn new(cache: Option<Cache>) -> Self {
        Self { cache, browser: Mutex::default() }
    }

    fn browser(&self) -> Result<Browser, BrowserError> {
        let mut running = self.browser.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(browser) = &*running {
            return Ok(browser.clone());
        }
        let browser = Browser::launch(&chromium::found()?)?;
        *running = Some(browser.clone());
        Ok(browser)
    }
}

impl Downloads for Offers {
    fn make(&self, download: Download, offered: Offered<'_>) -> Result<Vec<u8>, Failure> {
        let key = key(download, offered);
        if let Some(cached) = self.cache.as_ref().and_then(|cache| cache.get(key)) {
            return Ok(cached);
        }
        let made = self.made(download, offered)?;
        if let Some(cache) = &self.cache {
            cache.put(key, &made);
        }
        Ok(made)
    }
}

/// All that decides the bytes but the browser.
fn key(download: Download, offered: Offered<'_>) -> Key {
    let mut description = Writer::default();
    for part in ["download", BUILT_FROM, download.name(), offered.source.text()] {
        description.bytes(part.as_bytes());
    }
    description.bytes(offered.page);
    Key::new(description)
}

impl Offers {
    fn made(&self, download: Download, offered: Offered<'_>) -> Result<Vec<u8>, Failure> {
        let drawn = |error: &BrowserError| chromium::unusable(error.to_string());
        let form = export::form(download.name()).ok_or_else(|| Failure::new("there is no such form"))?;
        let browser = match export::needs_browser(form) {
            true => Some(self.browser().map_err(|error| drawn(&error))?),
            false => None,
        };
        let Offered { page, source, guide, resolved, world } = offered;
        let parts = theme::export_parts(world, &resolved.theme, &resolved.lang);
        let parts = parts.map_err(|_| Failure::new("its theme has errors"))?;
        let leads = Leads::new(world, source);
        let exporting = Exporting {
            page,
            slug: &resolved.slug,
            title: &resolved.title,
            film: &parts.film,
            lang: &resolved.lang,
            words: &parts.words,
            source,
            leads: &leads,
            guide,
            world,
        };
        let options = ExportOptions::new(form);
        let made = export::export(exporting, &options, browser.as_ref(), &mut |_, _| {});
        match made.map(|files| files.into_iter().next()) {
            Ok(Some((_, bytes))) => Ok(bytes),
            Ok(None) => Err(Failure::new("nothing was made")),
            Err(ExportError::Browser(error)) => Err(drawn(&error)),
            Err(error) => Err(Failure::new(error.to_string())),
        }
    }
}

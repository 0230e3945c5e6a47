//! A built page, shown by the browser.
#![allow(clippy::disallowed_methods)] // the edge: the browser opens a file

use super::ExportError;
use super::png_file::png_of;
use crate::browser::{Browser, BrowserError, Media, Page, Viewport};
use crate::shot::decode;
use std::path::PathBuf;

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    #[default]
    Light,
    Dark,
}

/// An open page of a guide.
pub struct Shown {
    /// To ask and to draw.
    pub page: Page,
    browser: Browser,
    media: Media,
    /// The size that pictures of a film are made, where they are drawn larger.
    shrunk: Option<(u32, u32)>,
    file: PathBuf,
    /// Removed with what it holds when the page is no longer needed.
    _folder: tempfile::TempDir,
}

impl Shown {
    /// Makes a page ready to be shown.
    pub fn open(browser: &Browser, html: &[u8], scheme: Scheme) -> Result<Self, ExportError> {
        let failed =
            |error: std::io::Error| ExportError::Failed(format!("cannot write a temporary file: {error}"));
        let folder = tempfile::Builder::new().prefix("guidemark-export").tempdir().map_err(failed)?;
        let file = folder.path().join("index.html");
        std::fs::write(&file, html).map_err(failed)?;
        let mut page = browser.new_page()?;
        // Cursor and camera are at once where they arrive.
        let media = Media { dark: scheme == Scheme::Dark, reduced_motion: true, ..Media::default() };
        page.set_media(media)?;
        Ok(Self { page, browser: browser.clone(), media, shrunk: None, file, _folder: folder })
    }

    /// Shows the article, at the width of a document.
    pub fn article(&mut self, density: f64) -> Result<(), BrowserError> {
        self.load("", Viewport { width: 1024, height: 900, density, mobile: false })?;
        // What the page does with figures that come into view is a part of how it looks.
        self.paint()
    }

    /// Shows the walkthrough alone, as a film: by the theme's own player, else by a script that drives the parts of the
    /// built-in one. `size` is that of its pictures.
    pub fn film(&mut self, window: Viewport, size: (u32, u32), script: &str) -> Result<(), ExportError> {
        self.shrunk = (window.width != size.0).then_some(size);
        let Media { dark, .. } = self.media;
        self.page.set_media(Media { dark, ..Media::default() })?;
        self.load("?view=film", window)?;
        self.page.wait_for("document.querySelector('guidemark-player') && customElements.get('guidemark-player') !== undefined")?;
        self.page.evaluate(&format!("{script};true"))?;
        let missing = self.page.evaluate("guidemarkFilm()")?;
        match missing.as_str() {
            Some("") => {}
            Some(why) => {
                return Err(ExportError::Nothing(format!("the theme of this guide can't be filmed: {why}")));
            }
            None => return Err(ExportError::Failed("the theme of this guide can't be filmed".to_owned())),
        }
        Ok(self.paint()?)
    }

    /// The moment of a film that is shown, as a PNG.
    pub fn picture(&mut self) -> Result<Vec<u8>, ExportError> {
        let png = self.page.screenshot_quick()?;
        let Some((width, height)) = self.shrunk else { return Ok(png) };
        let small = decode(&png).ok().and_then(|canvas| canvas.resized(width, height));
        let small = small.as_ref().and_then(png_of);
        small.ok_or_else(|| ExportError::Failed("a picture of the browser can't be made small".to_owned()))
    }

    /// A page that shows nothing and runs a script, for work that only a browser can do: in a browser of its own on one
    /// processor, since what encoders of several write depends on how long each of them takes.
    pub fn beside(&self, script: &str) -> Result<Page, ExportError> {
        let mut page = self.browser.on_one_core()?.new_page()?;
        // Encoders are given to files and not to empty pages.
        let file = self.file.with_file_name("work.html");
        std::fs::write(&file, "<!doctype html><title>Work</title>")
            .map_err(|error| ExportError::Failed(format!("cannot write a temporary file: {error}")))?;
        page.navigate(&crate::browser::file_address(&file))?;
        page.evaluate(&format!("{script};true"))?;
        Ok(page)
    }

    fn load(&mut self, query: &str, window: Viewport) -> Result<(), BrowserError> {
        self.page.set_viewport(window)?;
        self.page.navigate(&format!("{}{query}", crate::browser::file_address(&self.file)))?;
        self.page.wait_for("document.fonts.ready.then(() => true)").map(drop)
    }

    /// Waits until what was changed is painted.
    pub fn paint(&mut self) -> Result<(), BrowserError> {
        let frames =
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
        self.page.wait_for(frames).map(drop)
    }
}

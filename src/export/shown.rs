//! A built page, shown by the browser.
#![allow(clippy::disallowed_methods)] // the edge: the browser opens a file

use super::ExportError;
use crate::browser::{Browser, BrowserError, Media, Page, Viewport};
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
        page.set_media(Media { dark: scheme == Scheme::Dark, reduced_motion: true, ..Media::default() })?;
        Ok(Self { page, file, _folder: folder })
    }

    /// Shows the article, at the width of a document.
    pub fn article(&mut self, density: f64) -> Result<(), BrowserError> {
        self.load("", (1024, 900), density)
    }

    /// Shows the player alone.
    pub fn player(&mut self, size: (u32, u32)) -> Result<(), BrowserError> {
        self.load("?view=player", size, 1.0)?;
        self.page.wait_for("document.querySelector('guidemark-player')?.total > 0").map(drop)
    }

    fn load(&mut self, query: &str, (width, height): (u32, u32), density: f64) -> Result<(), BrowserError> {
        self.page.set_viewport(Viewport { width, height, density, mobile: false })?;
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

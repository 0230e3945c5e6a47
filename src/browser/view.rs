//! How a page is shown, and what it looks like.

use super::{BrowserError, Page};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// The window a page is shown in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// Device pixels a CSS pixel.
    pub density: f64,
    /// A phone: touch instead of a mouse, and the page's own viewport settings count.
    pub mobile: bool,
}

impl Viewport {
    /// A window on a desk.
    pub fn desktop(width: u32, height: u32) -> Self {
        Self { width, height, density: 1.0, mobile: false }
    }

    /// A phone.
    pub fn phone(width: u32, height: u32) -> Self {
        Self { width, height, density: 2.0, mobile: true }
    }
}

/// A size of paper, in inches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper {
    /// Its shorter side when it stands upright.
    pub width: f64,
    /// Its longer side.
    pub height: f64,
}

impl Paper {
    /// 210 × 297 mm.
    pub const A4: Self = Self { width: 8.27, height: 11.69 };
}

/// What a reader has set. All off: a light screen with motion.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Media {
    /// `prefers-color-scheme: dark`.
    pub dark: bool,
    /// `prefers-reduced-motion: reduce`.
    pub reduced_motion: bool,
    /// `forced-colors: active`.
    pub forced_colors: bool,
    /// On paper.
    pub print: bool,
}

impl Page {
    /// Sets the window.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn set_viewport(&mut self, viewport: Viewport) -> Result<(), BrowserError> {
        let Viewport { width, height, density, mobile } = viewport;
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": density, "mobile": mobile });
        self.command("Emulation.setDeviceMetricsOverride", &metrics)?;
        let touch = json!({ "enabled": mobile, "maxTouchPoints": if mobile { 5 } else { 1 } });
        self.command("Emulation.setTouchEmulationEnabled", &touch)?;
        Ok(())
    }

    /// Sets what the reader prefers.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn set_media(&mut self, media: Media) -> Result<(), BrowserError> {
        let Media { dark, reduced_motion, forced_colors, print } = media;
        let pick = |on: bool, yes: &'static str, no: &'static str| if on { yes } else { no };
        let params = json!({
            "media": pick(print, "print", ""),
            "features": [
                { "name": "prefers-color-scheme", "value": pick(dark, "dark", "light") },
                { "name": "prefers-reduced-motion", "value": pick(reduced_motion, "reduce", "no-preference") },
                { "name": "forced-colors", "value": pick(forced_colors, "active", "none") },
            ],
        });
        self.command("Emulation.setEmulatedMedia", &params)?;
        Ok(())
    }

    /// Lets pages run no script of their own, from the next address on. [`Page::evaluate`] still works.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn disable_javascript(&mut self) -> Result<(), BrowserError> {
        self.command("Emulation.setScriptExecutionDisabled", &json!({ "value": true }))?;
        Ok(())
    }

    /// The window's content as a PNG.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn screenshot(&mut self) -> Result<Vec<u8>, BrowserError> {
        self.capture(json!({ "format": "png" }))
    }

    /// The same, made in the least time: the file is larger.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn screenshot_quick(&mut self) -> Result<Vec<u8>, BrowserError> {
        self.capture(json!({ "format": "png", "optimizeForSpeed": true }))
    }

    /// The whole page as a PNG, beyond the window.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn screenshot_all(&mut self) -> Result<Vec<u8>, BrowserError> {
        let metrics = self.command("Page.getLayoutMetrics", &json!({}))?;
        let (width, height) = (&metrics["cssContentSize"]["width"], &metrics["cssContentSize"]["height"]);
        self.clip(json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 }))
    }

    /// The first element that fits a selector, as a PNG, with what lies over it.
    ///
    /// # Errors
    /// [`BrowserError::Script`] if there is none or it has no size.
    pub fn screenshot_of(&mut self, selector: &str) -> Result<Vec<u8>, BrowserError> {
        let script = format!(
            "(() => {{
                const box = document.querySelector({}).getBoundingClientRect();
                if (!box.width || !box.height) throw new Error('the element has no size');
                return {{ x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height, scale: 1 }};
            }})()",
            Value::from(selector)
        );
        let clip = self.evaluate(&script)?;
        self.clip(clip)
    }

    /// The page on paper of this size in inches, as a PDF, with its backgrounds.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses: one with a window may.
    pub fn print(&mut self, width: f64, height: f64) -> Result<Vec<u8>, BrowserError> {
        // The margins are the page's own.
        let params = json!({
            "paperWidth": width, "paperHeight": height, "printBackground": true, "preferCSSPageSize": true,
        });
        let answer = self.command("Page.printToPDF", &params)?;
        decoded(&answer)
    }

    /// The page on paper as a document with tags, an outline and page numbers. The page's own margins count.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses: one with a window may.
    pub fn print_document(&mut self, paper: Paper) -> Result<Vec<u8>, BrowserError> {
        let Paper { width, height } = paper;
        let footer = "<div style='font: 8pt sans-serif; color: #555; inline-size: 100%; text-align: center'>\
            <span class='pageNumber'></span> / <span class='totalPages'></span></div>";
        let params = json!({
            "paperWidth": width, "paperHeight": height, "printBackground": true, "preferCSSPageSize": true,
            "generateTaggedPDF": true, "generateDocumentOutline": true,
            "displayHeaderFooter": true, "headerTemplate": "<span></span>", "footerTemplate": footer,
        });
        let answer = self.command("Page.printToPDF", &params)?;
        decoded(&answer)
    }

    fn clip(&mut self, clip: Value) -> Result<Vec<u8>, BrowserError> {
        self.capture(json!({ "format": "png", "captureBeyondViewport": true, "clip": clip }))
    }

    fn capture(&mut self, params: Value) -> Result<Vec<u8>, BrowserError> {
        let answer = self.command("Page.captureScreenshot", &params)?;
        decoded(&answer)
    }
}

fn decoded(answer: &Value) -> Result<Vec<u8>, BrowserError> {
    let data = answer["data"].as_str().unwrap_or_default();
    STANDARD.decode(data).map_err(|error| BrowserError::Connection(error.to_string()))
}

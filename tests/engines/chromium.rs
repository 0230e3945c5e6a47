//! Chromium, which the others are compared with.

use super::engine::{Engine, WATCH, WINDOW};
use guidemark::browser::{Browser, LaunchOptions, Page, Viewport};
use image::RgbImage;
use serde_json::Value;
use std::path::PathBuf;

pub struct Chromium {
    page: Page,
    _browser: Browser,
}

impl Chromium {
    pub fn start() -> Self {
        let given = std::env::var_os("GUIDEMARK_CHROMIUM").map(PathBuf::from);
        let options = LaunchOptions::find(given.as_deref(), std::env::var_os("PATH").as_deref());
        let browser = Browser::launch(&options.expect("Chromium is installed")).expect("Chromium starts");
        let mut page = browser.new_page().expect("a page opens");
        page.set_viewport(Viewport::desktop(WINDOW.0, WINDOW.1)).expect("a window");
        page.before_each_document(WATCH).expect("watched");
        Self { page, _browser: browser }
    }
}

impl Engine for Chromium {
    fn open(&mut self, url: &str) {
        self.page.navigate(url).expect("the page opens");
    }

    fn value(&mut self, expression: &str) -> Value {
        self.page.evaluate(expression).expect("the script runs")
    }

    fn click(&mut self, selector: &str) {
        self.page.click(selector).expect("clicked");
    }

    fn picture(&mut self) -> RgbImage {
        let bytes = self.page.screenshot().expect("a picture");
        image::load_from_memory(&bytes).expect("a picture").to_rgb8()
    }
}

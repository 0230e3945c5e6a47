//! How far a build is, on a terminal only.

use super::printer::Printer;
use crate::site::Progress;
use crate::source::ProjectPath;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A line on standard error that counts guides; nothing where that is not a terminal.
pub struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// A line that appears with the first guide.
    pub fn new(printer: &Printer) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if printer.is_watched() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        // A template that could not be read would only look plainer.
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} guides  {wide_msg}") {
            bar.set_style(style.progress_chars("━╸─"));
        }
        Self { bar }
    }

    /// Takes the line away.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for std::sync::Arc<Bar> {
    fn planned(&self, guides: usize) {
        (**self).planned(guides);
    }

    fn done(&self, guide: &ProjectPath) {
        (**self).done(guide);
    }
}

impl Progress for Bar {
    fn planned(&self, guides: usize) {
        self.bar.set_length(guides as u64);
    }

    fn done(&self, guide: &ProjectPath) {
        self.bar.set_message(guide.to_string());
        self.bar.inc(1);
    }
}

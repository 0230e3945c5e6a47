//! An element that the user points at, instead of acting on it.

use super::event::Target;
use super::recorder::{RecordError, Recorder};
use super::steps::{Steps, Where};
use crate::browser::Dialogs;
use crate::guide::anchor::Anchor;

impl Recorder {
    /// What was done until now is no part of the recording, and tabs may show any page from now on. `dialogs`: who answers
    /// those of pages.
    pub fn begin_anew(&mut self, dialogs: Dialogs) {
        self.steps = Steps::default();
        self.current = self.newest();
        self.picked = None;
        self.tools.set_dialogs(dialogs);
        self.tools.keep_to_any();
    }

    /// Who answers the dialogs of pages.
    pub fn answer_dialogs(&mut self, dialogs: Dialogs) {
        self.tools.set_dialogs(dialogs);
    }

    /// Lets the pages show what lies under the pointer, and tell what is pressed without doing it. Asked again for pages that
    /// were opened since.
    pub fn offer_picking(&mut self) {
        for (session, context, _) in self.worlds_of(self.newest()) {
            // A frame that has gone needs nothing any more.
            let _ = self.evaluate(&session, context, "guidemark.pick()");
        }
    }

    /// The anchor of what was picked since this was asked last; inside: `None` if nothing finds it again.
    pub fn picked(&mut self) -> Option<Option<Anchor>> {
        let (target, at) = self.picked.take()?;
        let anchor = target.anchor.as_ref().and_then(super::event::Find::anchor);
        let page = Some(at.page).filter(|page| *page > 1);
        Some(anchor.map(|anchor| Anchor { frame: at.frame, page, ..anchor }))
    }

    pub(super) fn note_picked(&mut self, target: Target, at: Where) {
        self.picked = Some((target, at));
    }

    /// Opens an address in the tab that is used, without waiting for it.
    ///
    /// # Errors
    /// [`RecordError`] if it can't be opened.
    pub fn open_at(&mut self, url: &str) -> Result<(), RecordError> {
        let session = self.session()?;
        self.navigate(&session, url)
    }
}

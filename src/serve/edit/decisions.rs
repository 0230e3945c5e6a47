//! What the author has decided on that may have to be redacted.

use super::desk::Desk;
use super::proposals::{known, open};
use super::refused::{Refused, unsaved};
use crate::author;
use crate::edit::Area;
use crate::refresh::{Proposal, lock_path};
use serde::Deserialize;
use serde_json::{Value, json};

/// One that the user leaves as it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Left {
    /// Path of the picture in the project.
    picture: String,
    why: String,
    area: Area,
}

impl Desk {
    /// Takes a proposal out of `capture.json`.
    ///
    /// # Errors
    /// [`Refused`]; the file is as it was then.
    pub fn leave(&self, slug: &str, left: &Left) -> Result<Value, Refused> {
        let guide = self.source(slug)?.path().clone();
        let (before, mut lock) = known(self.world(), &guide).ok_or(Refused::Missing)?;
        let folder = guide.parent();
        let is_it =
            |known: &Proposal| folder.join(&known.picture).is_ok_and(|path| path.as_str() == left.picture);
        let Area { x, y, w, h } = left.area;
        let part = crate::refresh::compare::Part { x, y, w, h };
        let found = lock
            .proposals()
            .into_iter()
            .find(|known| is_it(known) && known.why == left.why && known.part.off(part) <= 0.5);
        if found.is_some_and(|found| lock.drop_proposal(&found)) {
            let path = lock_path(&guide);
            author::replace(self.world(), &path, &before, &lock.text())
                .map_err(|error| unsaved(error, &path))?;
        }
        Ok(json!({}))
    }

    /// That all proposals were decided on.
    ///
    /// # Errors
    /// [`Refused`] with how many were not.
    pub fn all_decided(&self, slug: &str) -> Result<(), Refused> {
        let guide = self.understand(self.source(slug)?);
        match open(self.world(), &guide).len() {
            0 => Ok(()),
            1 => Err(Refused::Edit(
                "a place on its screenshots may have to be redacted: open it, and decide".to_owned(),
            )),
            many => Err(Refused::Edit(format!(
                "{many} places on its screenshots may have to be redacted: open it, and decide"
            ))),
        }
    }
}

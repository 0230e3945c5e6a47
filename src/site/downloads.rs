//! Files that a guide's page offers: who builds the site says how they are made.

use crate::diagnostic::Failure;
use crate::guide::{Guide, Resolved};
use crate::project::Download;
use crate::source::{Source, World};
use std::fmt;

/// A guide whose page has been made.
#[derive(Clone, Copy)]
pub struct Offered<'a> {
    /// The page.
    pub page: &'a [u8],
    /// Its text.
    pub source: &'a Source,
    /// As written.
    pub guide: &'a Guide,
    /// As meant.
    pub resolved: &'a Resolved,
    /// Where its pictures are read from.
    pub world: &'a dyn World,
}

/// Makes what pages offer, for several guides at once.
pub trait Downloads: fmt::Debug + Send + Sync {
    /// The bytes of one file.
    ///
    /// # Errors
    /// Why it can't be made.
    fn make(&self, download: Download, offered: Offered<'_>) -> Result<Vec<u8>, Failure>;
}

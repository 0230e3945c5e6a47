//! Zip archives of others: what is unpacked is limited, and nothing of it reaches the disk by a name of its own.

use super::ImportError;
use std::cell::Cell;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;
use zip::ZipArchive;

/// The most bytes that all that is read of an archive may unpack to.
const MAX_UNPACKED: u64 = 1 << 30;
/// The most bytes of one part.
const MAX_PART: u64 = 256 << 20;
/// The most parts.
const MAX_PARTS: usize = 200_000;

/// An open archive.
pub struct Archive {
    zip: ZipArchive<File>,
    unpacked: Cell<u64>,
}

impl Archive {
    /// Opens the archive at `path`.
    ///
    /// # Errors
    /// [`ImportError`] if it can't be read, is none, or has too many parts.
    pub fn open(path: &Path) -> Result<Self, ImportError> {
        let broken = |reason: String| {
            ImportError::new(
                format!("cannot read `{}`: {reason}", path.display()),
                "name a zip file as Playwright writes it: `trace.zip`",
            )
        };
        #[allow(clippy::disallowed_methods)] // the edge: an archive may be too large for the memory
        let file = File::open(path).map_err(|error| broken(error.to_string()))?;
        let zip = ZipArchive::new(file).map_err(|error| broken(error.to_string()))?;
        if zip.len() > MAX_PARTS {
            return Err(broken(format!("it has more than {MAX_PARTS} parts")));
        }
        Ok(Self { zip, unpacked: Cell::new(0) })
    }

    /// The names of its parts.
    pub fn names(&self) -> Vec<String> {
        self.zip.file_names().flatten().map(std::borrow::Cow::into_owned).collect()
    }

    /// A part's bytes; `None` if there is none of that name.
    ///
    /// # Errors
    /// Why it can't be read, to be read behind the part's name.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Ok(part) = self.zip.by_name(name) else { return Ok(None) };
        let left = MAX_UNPACKED.saturating_sub(self.unpacked.get()).min(MAX_PART);
        let mut bytes = Vec::new();
        match part.take(left + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 > left => Err("unpacks to more than the limits allow".to_owned()),
            Ok(read) => {
                self.unpacked.set(self.unpacked.get() + read as u64);
                Ok(Some(bytes))
            }
            Err(error) if error.kind() == ErrorKind::Unsupported => {
                Err("is packed in an unknown way".to_owned())
            }
            Err(error) => Err(format!("is damaged: {error}")),
        }
    }
}

//! The pictures that a guide names: each is read or fetched once, and gets a name of ours.

use super::address;
use super::fetch::Fetcher;
use super::names::Names;
use super::pictures::too_many;
use super::places::{Place, Places};
use super::{ImportError, ImportNote, ImportedPicture, MAX_BYTES, MAX_PICTURES};
use crate::guide::{self, PictureFinder};
use crate::shot;
use crate::source::World;
use std::collections::BTreeMap;

/// The pictures of one guide.
pub struct Copies<'a> {
    finder: PictureFinder<'a>,
    world: &'a dyn World,
    fetcher: &'a dyn Fetcher,
    places: Places,
    names: Names,
    size: usize,
    /// By the file or the address that they come from.
    known: BTreeMap<String, Result<Copied, String>>,
    /// What was copied.
    pub pictures: Vec<ImportedPicture>,
    /// What was not.
    pub notes: Vec<ImportNote>,
}

/// A picture that was copied.
#[derive(Debug, Clone)]
pub struct Copied {
    /// Path relative to the new guide.
    pub path: String,
    /// Width and height in pixels.
    pub size: (f64, f64),
}

impl<'a> Copies<'a> {
    /// None yet.
    pub fn new(
        finder: PictureFinder<'a>,
        world: &'a dyn World,
        fetcher: &'a dyn Fetcher,
        places: Places,
    ) -> Self {
        Self {
            finder,
            world,
            fetcher,
            places,
            names: Names::default(),
            size: 0,
            known: BTreeMap::new(),
            pictures: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Copies the picture at an address; `None` after saying why not. `sentence` names one of another server.
    ///
    /// # Errors
    /// [`ImportError`] if these are too many.
    pub fn copy(&mut self, written: &str, sentence: &str) -> Result<Option<Copied>, ImportError> {
        let place = self.places.next(written);
        let copied = self.find(written, place, sentence)?;
        Ok(copied.map_err(|reason| self.leave(written, place, &reason)).ok())
    }

    /// The same, of a picture at a known place, and without saying anything.
    ///
    /// # Errors
    /// [`ImportError`] if these are too many.
    pub fn find(
        &mut self,
        written: &str,
        place: Place,
        sentence: &str,
    ) -> Result<Result<Copied, String>, ImportError> {
        Ok(match self.origin(written, place) {
            Ok(origin) => match self.known.get(&origin) {
                Some(known) => known.clone(),
                None => {
                    let copied = self.take(&origin, written, sentence)?;
                    self.known.insert(origin, copied.clone());
                    copied
                }
            },
            Err(reason) => Err(reason),
        })
    }

    fn leave(&mut self, written: &str, place: Place, reason: &str) {
        let message = format!("left a link to the picture `{written}`: {reason}");
        self.notes.push(ImportNote { message, line: place.line });
    }

    /// The path of the file, or the address to fetch.
    fn origin(&mut self, written: &str, place: Place) -> Result<String, String> {
        if is_remote(written) {
            return Ok(address::read(written).url);
        }
        self.finder.find(written, place.embed).map(|path| path.as_str().to_owned())
    }

    fn take(
        &mut self,
        origin: &str,
        written: &str,
        sentence: &str,
    ) -> Result<Result<Copied, String>, ImportError> {
        let bytes = match self.bytes(origin, is_remote(written)) {
            Ok(bytes) => bytes,
            Err(reason) => return Ok(Err(reason)),
        };
        let canvas = match shot::decode(&bytes) {
            Ok(canvas) => canvas,
            Err(broken) => return Ok(Err(format!("it {}", broken.message))),
        };
        self.size += bytes.len();
        if self.pictures.len() >= MAX_PICTURES || self.size > MAX_BYTES {
            return Err(too_many());
        }
        let path = self.names.picture(&stem(origin, written, sentence), shot::ending(&bytes));
        self.pictures.push(ImportedPicture { path: path.clone(), bytes });
        Ok(Ok(Copied { path, size: (f64::from(canvas.width()), f64::from(canvas.height())) }))
    }

    fn bytes(&self, origin: &str, remote: bool) -> Result<Vec<u8>, String> {
        if remote {
            return self.fetcher.fetch(origin);
        }
        let path = crate::source::ProjectPath::new(origin).map_err(|_| "it is not a path".to_owned())?;
        self.world.read(&path, guide::MAX_PICTURE).map_err(|error| error.about(&path))
    }
}

/// Whether an address is that of another server.
pub fn is_remote(written: &str) -> bool {
    written.starts_with("https://") || written.starts_with("http://")
}

/// A name for a picture: its own where that says something, else what its step says.
fn stem(origin: &str, written: &str, sentence: &str) -> String {
    let name = origin.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if is_remote(written) || stem.is_empty() { sentence.to_owned() } else { stem.to_owned() }
}

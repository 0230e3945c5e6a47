//! Screenshots, a step each.

use super::names::Names;
use super::{
    ImportError, ImportNote, Imported, ImportedPicture, MAX_BYTES, MAX_PICTURES, natural_order, sentence,
};
use crate::edit::{DraftChapter, DraftPicture, DraftScene, DraftStep};
use crate::shot;

/// A file that may be a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureFile {
    /// Its name with its ending, without folders.
    pub name: String,
    /// Its content, or why it can't be read.
    pub bytes: Result<Vec<u8>, String>,
}

/// A guide of a step a picture, in the natural order of their names.
///
/// `files` are read one after the other, so that what is no picture takes no memory.
///
/// # Errors
/// [`ImportError`] if there is no picture among them, or more than the limits allow.
pub fn pictures(files: impl IntoIterator<Item = PictureFile>) -> Result<Imported, ImportError> {
    let mut found = Vec::new();
    let mut imported = Imported::default();
    let mut size = 0;
    for file in files {
        match checked(&file) {
            Ok(bytes) => {
                size += bytes.len();
                found.push((file.name, bytes));
            }
            Err(reason) => {
                imported.notes.push(ImportNote::new(format!("left out `{}`: it {reason}", file.name)))
            }
        }
        if found.len() > MAX_PICTURES || size > MAX_BYTES {
            return Err(too_many());
        }
    }
    if found.is_empty() {
        return Err(ImportError::new(
            "there is no picture to import",
            "name PNG, JPEG, WebP or GIF files, or a folder of them",
        ));
    }
    found.sort_by(|(a, _), (b, _)| natural_order(a, b));
    let mut names = Names::default();
    let mut steps = Vec::new();
    for (name, bytes) in found {
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let path = names.picture(stem, shot::ending(&bytes));
        steps.push(step(stem, &path));
        imported.pictures.push(ImportedPicture { path, bytes });
    }
    imported.draft.chapters.push(DraftChapter { steps, ..DraftChapter::default() });
    Ok(imported)
}

pub fn too_many() -> ImportError {
    ImportError::new(
        format!("these are more than {MAX_PICTURES} pictures, or more than {} MB", MAX_BYTES >> 20),
        "import them in parts",
    )
}

fn checked(file: &PictureFile) -> Result<Vec<u8>, String> {
    let bytes = file.bytes.clone()?;
    match shot::decode(&bytes) {
        Ok(_) => Ok(bytes),
        Err(broken) => Err(broken.message),
    }
}

fn step(stem: &str, path: &str) -> DraftStep {
    // No alternative text: a name says too little, and `check` asks for one.
    let picture = Some(DraftPicture { path: path.to_owned(), ..DraftPicture::default() });
    let scene = DraftScene { picture, ..DraftScene::default() };
    DraftStep { sentence: sentence::of_name(stem), scenes: vec![scene], ..DraftStep::default() }
}

//! Logos: pictures that go into a page as they are.

use crate::diagnostic::Diagnostic;
use crate::source::{ProjectPath, ReadError, Spanned, World};

/// Largest logo, in bytes: it stands in every page.
pub const MAX_LOGO: u64 = 200_000;

/// Tells of a logo, named at a place of the file `path`, that can't be read as a picture. SVG is one: a page
/// shows it as an image, where scripts don't run.
pub fn check(
    logo: &Spanned<ProjectPath>,
    path: &ProjectPath,
    world: &dyn World,
    found: &mut Vec<Diagnostic>,
) {
    let file = &logo.value;
    let (code, message, help) = match world.read(file, MAX_LOGO) {
        Ok(bytes) if is_picture(&bytes) => return,
        Ok(_) => (
            "unreadable-image",
            format!("`{file}` is not a picture"),
            "save it as SVG, PNG, JPEG, WebP or GIF".to_owned(),
        ),
        Err(ReadError::Missing | ReadError::NotAFile) => (
            "missing-image",
            format!("there is no file `{file}`"),
            "name a picture of the project".to_owned(),
        ),
        Err(error @ ReadError::Outside) => {
            ("path-outside", error.about(file), "copy the picture itself into the project".to_owned())
        }
        Err(ReadError::TooLarge(limit)) => (
            "image-too-large",
            format!("`{file}` is larger than {} kB", limit / 1000),
            "it stands in every page: save it smaller".to_owned(),
        ),
        Err(error @ ReadError::Failed(_)) => {
            ("unreadable-image", error.about(file), "look at the file's permissions".to_owned())
        }
    };
    found.push(Diagnostic::error(code, path, logo.span, message).help(help));
}

/// Reports a file that cannot be the picture behind the stage: it is decoded, so it must have pixels.
pub fn check_backdrop(
    picture: &Spanned<ProjectPath>,
    path: &ProjectPath,
    world: &dyn World,
    found: &mut Vec<Diagnostic>,
) {
    if picture.value.extension() == "svg" {
        let message = format!("`{}` is an SVG, which has no pixels of its own", picture.value);
        let help = "save it as PNG, JPEG, WebP or GIF";
        found.push(Diagnostic::error("svg-image", path, picture.span, message).help(help));
        return;
    }
    check(picture, path, world, found);
}

fn is_picture(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    image::guess_format(bytes).is_ok() || String::from_utf8_lossy(head).contains("<svg")
}

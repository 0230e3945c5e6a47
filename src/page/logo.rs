//! Logos as addresses.

use super::prose::data_uri;
use crate::source::{ProjectPath, World};

/// A larger logo would weigh on every page.
const LIMIT: u64 = 200_000;

/// A picture of the project as a `data:` address; `None` if it cannot be read or is no picture (the
/// lints say so).
pub fn logo(world: &dyn World, path: Option<&ProjectPath>) -> Option<String> {
    let path = path?;
    let mime = match path.extension().as_str() {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        _ => return None,
    };
    let bytes = world.read(path, LIMIT).ok()?;
    Some(data_uri(mime, &bytes))
}

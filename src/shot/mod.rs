//! Screenshots: decode within limits, redact, crop, layer, encode.
//!
//! Redaction comes first: whatever is compared, cached or written later has never held what a redaction
//! covers.

mod canvas;
mod checked;
mod choose;
mod compose;
mod cover;
mod covered;
mod decode;
mod detail;
mod edges;
mod elsewhere;
mod encode;
mod fields;
mod followed;
mod joined;
mod layers;
mod leak;
mod likeness;
mod loaded;
mod moves;
mod offsets;
mod paint;
mod palette;
mod patches;
mod placed;
mod profile;
mod purpose;
mod quick;
mod rectangle;
mod redact;
mod rows;
mod secret;
mod shades;
mod sheet;
mod stored;
mod surface;
mod tiles;
mod tones;

pub use canvas::{Area, Canvas, Pixel};
pub use compose::{Composition, Statistics, compose};
pub use cover::{Thumbnail, cover};
pub use decode::{Broken, MAX_FILE, MAX_PIXELS, MAX_SIDE, decode, ending};
pub use detail::with_words;
pub use elsewhere::Elsewhere;
pub use encode::{Effort, Form, encode};
pub use fields::Field;
pub use followed::followed;
pub use loaded::{Loaded, load, shown, unwritable};
pub use paint::{is_painted, painted};
pub use palette::png;
pub use purpose::Purpose;
pub use sheet::*;
pub use stored::shot_key;

use crate::cache::Cache;
use crate::project::Quality;

/// How the screenshots of a build are made.
#[derive(Debug, Clone, Default)]
pub struct ShotOptions {
    /// How they are encoded.
    pub quality: Quality,
    /// Where finished work is kept; `None`: nowhere.
    pub cache: Option<Cache>,
    /// What they are made for.
    pub purpose: Purpose,
}

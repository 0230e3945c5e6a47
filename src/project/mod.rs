//! `guidemark.toml` and which guides there are.

pub mod capture;
mod codes;
mod color;
pub mod fields;
mod language;
mod load;
pub mod logo;
pub mod near;
mod settings;
pub mod tables;
pub mod url;
pub mod variant;

pub use capture::{AppCapture, Capture, Scheme};
pub use codes::{CODES, Code};
pub use color::Color;
pub use language::{is_language_tag, language};
pub use load::{Loaded, PROJECT_FILE, Project, load, not_utf8, theme, would_list, wrong};
pub use settings::*;
pub use variant::Variant;

//! `guidemark.toml` and which guides there are.

pub mod capture;
mod codes;
pub mod fields;
mod load;
pub mod logo;
pub mod near;
mod settings;
pub mod tables;
pub mod url;
pub mod variant;

pub use capture::{AppCapture, Capture, Scheme};
pub use codes::{CODES, Code};
pub use load::{Loaded, PROJECT_FILE, Project, language, load, not_utf8, theme, would_list, wrong};
pub use settings::*;
pub use variant::Variant;

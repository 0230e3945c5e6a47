//! The language: what a guide says (as written) and what it means (as resolved).

pub mod anchor;
pub mod annotation;
mod arguments;
mod blocks;
mod capture;
mod comment;
mod entry;
mod fix;
pub mod front;
pub mod lints;
mod markdown;
mod nesting;
mod parse;
mod playing;
mod read;
mod reading;
pub mod region;
mod resolve;
mod resolved;
mod text;
mod tokens;
pub mod verbs;
mod written;

pub use capture::check_captures;
pub use entry::*;
pub use fix::Fix;
pub use markdown::markdown_options;
pub use nesting::{MAX_ELEMENTS, Nesting};
pub use parse::{MAX_STEPS, MAX_TEXT, Parsed, parse};
pub use read::{MAX_FILE, read};
pub use reading::without_label;
pub use resolve::{MAX_PICTURE, MAX_PIXELS, MAX_SIDE, Resolution, link_of, picture_path, resolve, slug_of};
pub use resolved::*;
pub use text::plain;
pub use written::*;

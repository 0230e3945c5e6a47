//! The language: what a guide says (as written) and what it means (as resolved).

pub mod anchor;
pub mod annotation;
mod arguments;
mod blocks;
mod capture;
mod comment;
mod entry;
mod events;
mod fix;
pub mod front;
mod geometry;
pub mod lints;
mod markdown;
mod named;
mod nesting;
mod opening;
mod parse;
mod paths;
mod playing;
mod problem;
mod read;
mod reading;
pub mod region;
mod resolve;
mod resolved;
mod screen;
mod seen;
mod slides;
mod text;
mod tokens;
mod turns;
mod verb;
pub mod verbs;
mod written;

pub use capture::check_captures;
pub use entry::*;
pub use events::markdown_options;
pub use fix::Fix;
pub use geometry::*;
pub use named::named_pictures;
pub use nesting::{MAX_ELEMENTS, Nesting};
pub use opening::ChapterOpening;
pub use parse::{MAX_STEPS, MAX_TEXT, Parsed, parse};
pub use paths::picture_path;
pub use read::{MAX_FILE, read};
pub use reading::{is_picture, without_label};
pub use resolve::{
    Link, MAX_PICTURE, MAX_PIXELS, MAX_SIDE, PictureFinder, Resolution, link_of, resolve, slug_of,
};
pub use resolved::*;
pub use screen::{Screens, Word, capture_path};
pub use seen::{Covered, Lettering, Seen};
pub use slides::Slide;
pub use text::{bold, cut, plain, split_sentence};
pub use turns::Turn;
pub use written::*;

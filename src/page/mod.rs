//! A resolved guide and a theme become the bytes of a page; all guides become the library.

mod article;
mod bubble;
mod clean;
mod code;
mod embed;
pub mod escape;
mod feed;
mod figure;
mod guide;
mod guides_json;
mod head;
mod json_ld;
mod library;
mod links;
mod logo;
mod neighbours;
mod oembed;
mod preview;
mod prose;
mod scope;
mod search_index;
mod sitemap;
mod stage;

pub use embed::{embed_code, script_code};
pub use feed::feed;
pub use guide::{GuideInput, context, guide};
pub use guides_json::guides_json;
pub use library::{Cover, LibraryInput, library, library_context};
pub use neighbours::{known_to_others, texts_of_others};
pub use oembed::oembed;
pub use preview::preview;
pub use prose::MAX_INSIDE;
pub use scope::Scope;
pub use sitemap::sitemap;

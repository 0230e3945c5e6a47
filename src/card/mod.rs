//! Pictures with lettering: what a link to a guide shows elsewhere.

mod lettering;
mod preview;

pub use preview::preview;

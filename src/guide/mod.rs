//! The language: what a guide says (as written) and what it means (as resolved).

mod entry;
mod resolved;

pub use entry::*;
pub use resolved::*;

//! The language: what a guide says (as written) and what it means (as resolved).

mod resolved;

pub use resolved::*;

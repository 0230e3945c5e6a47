//! What becomes of screenshots, seen from outside.

mod cache;
mod formats;
mod layers;
mod redact;
mod support;

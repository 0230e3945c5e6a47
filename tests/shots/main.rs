//! What becomes of screenshots, seen from outside.

mod formats;
mod layers;
mod redact;
mod support;

//! What becomes of screenshots, seen from outside.

mod cache;
mod card;
mod formats;
mod layers;
mod redact;
mod support;

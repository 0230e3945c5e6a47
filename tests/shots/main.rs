//! What becomes of screenshots, seen from outside.

mod cache;
mod card;
mod formats;
mod kinds;
mod layers;
mod moves;
mod quick;
mod redact;
mod shades;
mod support;

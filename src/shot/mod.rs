//! Screenshots: decode within limits, redact, crop, layer, encode.

mod sheet;

pub use sheet::*;

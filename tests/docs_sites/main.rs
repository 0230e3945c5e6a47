//! The sites of `examples/`, each built by its own tool, opened in a real Chromium: the guide in the page
//! is played to its end and the page hears its events.
//!
//! `tests/docs_sites/tools` installs the tools.

#[allow(dead_code, unused_imports, reason = "shared with the tests of pages, which use all of it")]
#[path = "../browser/support/mod.rs"]
mod support;

mod host;
mod sites;

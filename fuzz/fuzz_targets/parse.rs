//! Any text parses, and everything found in it has a place in it.
#![no_main]

use guidemark::guide::parse;
use guidemark::source::{ProjectPath, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let source = Source::new(ProjectPath::new("guides/a.md").unwrap_or_default(), text.to_owned());
    for found in parse(&source).diagnostics {
        if let Some(span) = found.span {
            assert!(span.end <= text.len(), "{found:?}");
            assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{found:?}");
        }
    }
});

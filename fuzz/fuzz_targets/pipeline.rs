//! From a guide's text and a picture to a sheet: no panic, and a sheet only where there is no error.
//!
//! The input is the text, a NUL, then the bytes of `a.png`, which the text may show.
#![no_main]

use guidemark::guide::{parse, resolve};
use guidemark::project::Settings;
use guidemark::shot::{ShotOptions, compose, cover};
use guidemark::source::{MemoryWorld, ProjectPath, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let end = input.iter().position(|byte| *byte == 0).unwrap_or(input.len());
    let (text, picture) = input.split_at(end);
    let Ok(text) = std::str::from_utf8(text) else { return };
    let path = |path: &str| ProjectPath::new(path).unwrap_or_default();
    let world = MemoryWorld::new().with(path("a.png"), picture.get(1..).unwrap_or_default());
    let source = Source::new(path("a.md"), text.to_owned());
    let parsed = parse(&source);
    let Some(resolved) = resolve(&parsed.guide, &source, &Settings::default(), &world).resolved else { return };
    // Large pictures are tried by `picture`; here they would only be slow.
    let large = |width: u32, height: u32| u64::from(width) * u64::from(height) > 1 << 16;
    if resolved.shots.iter().any(|shot| large(shot.picture.width, shot.picture.height)) {
        return;
    }
    let options = ShotOptions::default();
    let composition = compose(&resolved, &options, &world);
    assert_eq!(composition.sheet.is_none(), !composition.diagnostics.is_empty());
    let _ = cover(&resolved, &options, &world);
});

//! Any bytes are a picture or no picture.
#![no_main]

use guidemark::shot::{MAX_PIXELS, decode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(canvas) = decode(bytes) {
        let pixels = u64::from(canvas.width()) * u64::from(canvas.height());
        assert!(pixels > 0 && pixels <= MAX_PIXELS);
        assert_eq!(canvas.pixels().len() as u64, pixels * 4);
    }
});

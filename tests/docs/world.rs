//! The small world the examples of the pages live in.

use super::blocks::{Block, Page};
use super::project::path;
use guidemark::source::MemoryWorld;
use image::{ImageFormat, Rgb, RgbImage};

/// What a theme is shown by.
const GUIDE: &str = "# How to open the menu\n\nStart there.\n\n1. Open the door.\n2. Go in.\n";

/// A project with the example's files, and the pictures of `shots/` that the page names:
/// `01.png` to `99.png` (1280 × 800 points, with something like a token at 16,209 505x19), `NN@2x.png`,
/// `icon.png`, and some that are wrong: `odd.png` (another size), `heavy.png` (over 2 MB), `damaged.png`
/// (cut off), `text.png` (no picture), `huge.png` (60,000 × 60,000 pixels), `drawing.svg`.
pub fn world(page: &Page, blocks: &[Block]) -> MemoryWorld {
    let mut world = MemoryWorld::new();
    for block in blocks {
        let name = match (&block.path, block.lang.as_str()) {
            (Some(path), _) => path,
            (None, "toml") => "guidemark.toml",
            (None, _) => "guides/guide.md",
        };
        world = world.with(path(name), block.text.clone());
    }
    if !blocks.iter().any(|block| block.lang == "markdown") {
        world = world.with(path("guides/guide.md"), GUIDE);
    }
    for name in pictures_named(&page.text) {
        if let Some(bytes) = picture(&name) {
            world = world.with(path(&format!("guides/shots/{name}")), bytes);
        }
    }
    world
}

/// What follows `shots/` in a text.
fn pictures_named(text: &str) -> Vec<String> {
    let name = |rest: &str| -> String {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "@.-_/".contains(*c)).collect()
    };
    text.split("shots/").skip(1).map(|rest| name(rest).trim_end_matches('.').to_owned()).collect()
}

fn picture(name: &str) -> Option<Vec<u8>> {
    // One of the dark set is of another window.
    if name == "dark/unlike.png" {
        return Some(png(&screen(1440, 900)));
    }
    let name = name.strip_prefix("dark/").unwrap_or(name);
    let numbered = |stem: &str| stem.len() == 2 && stem.bytes().all(|b| b.is_ascii_digit());
    let (stem, extension) = name.rsplit_once('.')?;
    // Pictures of different names are different pictures.
    let whole = || {
        let mut screen = screen(1280, 800);
        let sum = name.bytes().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte));
        screen.put_pixel(1279, 799, Rgb([sum, sum, sum]));
        png(&screen)
    };
    Some(match (stem, extension) {
        (stem, "png") if numbered(stem) || matches!(stem, "set" | "unlike") => whole(),
        (stem, "png") if stem.strip_suffix("@2x").is_some_and(numbered) => png(&screen(2560, 1600)),
        ("odd", "png") => png(&screen(1024, 768)),
        ("icon", "png") => png(&screen(16, 16)),
        ("heavy", "png") => {
            let mut bytes = whole();
            bytes.resize(2_300_000, 0);
            bytes
        }
        ("damaged", "png") => {
            let mut bytes = whole();
            bytes.truncate(bytes.len() / 2);
            bytes
        }
        ("huge", "png") => huge(),
        ("text", "png") => b"This is no picture.".to_vec(),
        ("drawing", "svg") => br#"<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"/>"#.to_vec(),
        _ => return None,
    })
}

/// A blank screen with dark marks like letters in one place.
fn screen(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let token = (20..500).contains(&x) && (212..224).contains(&y);
        // Mixed, so that no two columns are alike: a pattern that repeats itself says nothing.
        let mixed = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).wrapping_mul(2_246_822_519);
        let ink = token && mixed.count_ones() % 2 == 0;
        if ink { Rgb([20, 20, 20]) } else { Rgb([250, 250, 250]) }
    })
}

fn png(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A PNG that claims to have 60,000 pixels a side. A reader has to stop at the size, before the checksum
/// (which is right) and the pixels (which are missing).
fn huge() -> Vec<u8> {
    let mut bytes = png(&screen(1, 1));
    bytes[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let sum = crc(&bytes[12..29]).to_be_bytes();
    bytes[29..33].copy_from_slice(&sum);
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

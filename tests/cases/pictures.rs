//! The pictures that every case has beside its guide.

use guidemark::source::{MemoryWorld, ProjectPath, ReadError, World};
use std::io::Cursor;
use std::sync::LazyLock;

/// The files of a case, its pictures, and `shots/link.png`, a link that leads out of the project.
pub struct CaseWorld(pub MemoryWorld);

impl World for CaseWorld {
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        match path.as_str() {
            "guides/shots/link.png" => Err(ReadError::Outside),
            "guides/shots/heavy.png" => Err(ReadError::TooLarge(limit)),
            "guides/locked.md" => Err(ReadError::Failed("permission denied".to_owned())),
            "guides/large.md" => Err(ReadError::TooLarge(limit)),
            "guides/latin1.md" => self.0.read(path, limit).map(|bytes| latin1(&bytes)),
            _ => self.0.read(path, limit),
        }
    }

    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        self.0.list(folder)
    }
}

/// The pictures, by their paths.
pub static PICTURES: LazyLock<MemoryWorld> = LazyLock::new(pictures);

fn pictures() -> MemoryWorld {
    let files: [(&str, Vec<u8>); 33] = [
        ("guides/shots/05.png", png(1280, 800, 5)),
        ("guides/shots/09.png", png(1280, 800, 9)),
        ("guides/shots/16.png", png(1280, 800, 16)),
        // What writers name their screenshots.
        ("guides/shots/1.png", png(800, 600, 61)),
        ("guides/shots/2.png", png(800, 600, 62)),
        ("guides/shots/3.png", png(800, 600, 63)),
        ("guides/shots/a#1.png", png(800, 600, 64)),
        ("guides/shots/b+c d.png", png(800, 600, 65)),
        ("guides/shots/größe.png", png(800, 600, 66)),
        ("guides/shots/Screenshot 2026-11-27 at 12.00.png", png(800, 600, 67)),
        ("guides/shots/icon.png", png(24, 24, 68)),
        ("guides/shots/home.png", png(800, 600, 1)),
        ("guides/shots/a.png", png(800, 600, 10)),
        ("guides/shots/b.png", png(800, 600, 20)),
        ("guides/shots/copy-of-a.png", png(800, 600, 10)),
        ("guides/shots/small.png", png(400, 300, 30)),
        ("guides/shots/sharp@2x.png", png(1600, 1200, 40)),
        ("guides/shots/my shot.png", png(800, 600, 50)),
        // Sets beside the first pictures.
        ("guides/shots/set.png", png(800, 600, 70)),
        ("guides/shots/de/set.png", png(800, 600, 71)),
        ("guides/shots/dark/set.png", png(800, 600, 72)),
        ("guides/shots/dark-de/set.png", png(800, 600, 73)),
        ("guides/shots/unlike.png", png(800, 600, 74)),
        ("guides/shots/dark/unlike.png", png(375, 812, 75)),
        ("guides/shots/broken.png", png(800, 600, 76)),
        ("guides/shots/fr/broken.png", b"this is no picture".to_vec()),
        ("guides/shots/text.png", b"this is no picture".to_vec()),
        ("guides/shots/disguised.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()),
        ("guides/shots/huge.png", head(60_000, 60_000)),
        ("guides/shots/wide.png", head(40_000, 10)),
        ("guides/shots/square.png", head(12_000, 12_000)),
        ("guides/shots/drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()),
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()),
    ];
    files
        .into_iter()
        .fold(MemoryWorld::new(), |world, (path, bytes)| world.with(ProjectPath::new(path).unwrap(), bytes))
}

fn latin1(utf8: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(utf8).chars().map(|c| u8::try_from(c).unwrap()).collect()
}

fn png(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let pixels = image::GrayImage::from_pixel(width, height, image::Luma([shade]));
    pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// The head of a picture of that many pixels, without them.
fn head(width: u32, height: u32) -> Vec<u8> {
    let mut small = png(8, 8, 0);
    small[16..20].copy_from_slice(&width.to_be_bytes());
    small[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&small[12..29]);
    small[29..33].copy_from_slice(&sum.to_be_bytes());
    small
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8)
            .fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & (0_u32.wrapping_sub(sum & 1))))
    })
}

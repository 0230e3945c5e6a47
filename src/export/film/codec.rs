//! A track of a film: what an encoder made, as the files around it need it.

/// What the pictures are coded as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codec {
    /// Plays everywhere; not every Chromium can write it.
    H264,
    /// Plays in every browser.
    Vp9,
}

/// A coded picture. Times are frames.
#[derive(Debug, Clone)]
pub struct Chunk {
    pub from: u64,
    pub to: u64,
    pub is_key: bool,
    pub data: Vec<u8>,
}

/// What the numbers of the colours mean, as ITU-T H.273 counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color {
    pub primaries: u8,
    pub transfer: u8,
    pub matrix: u8,
    pub full_range: bool,
}

impl Color {
    /// By the names that browsers give them.
    pub fn named(primaries: &str, transfer: &str, matrix: &str, full_range: bool) -> Self {
        let number_of = |table: &[(&str, u8)], name: &str| {
            table.iter().find(|(known, _)| *known == name).map_or(2, |(_, number)| *number)
        };
        Self {
            primaries: number_of(
                &[("bt709", 1), ("bt470bg", 5), ("smpte170m", 6), ("bt2020", 9), ("smpte432", 12)],
                primaries,
            ),
            transfer: number_of(
                &[("bt709", 1), ("smpte170m", 6), ("linear", 8), ("iec61966-2-1", 13)],
                transfer,
            ),
            matrix: number_of(
                &[("rgb", 0), ("bt709", 1), ("bt470bg", 5), ("smpte170m", 6), ("bt2020-ncl", 9)],
                matrix,
            ),
            full_range,
        }
    }
}

/// A coded film without its sound, which it has none of.
#[derive(Debug, Clone)]
pub struct Track {
    pub width: u32,
    pub height: u32,
    pub fps: u32,
    pub color: Color,
    /// What decoders need before the first picture: `avcC` of H.264.
    pub description: Vec<u8>,
    pub chunks: Vec<Chunk>,
}

//! A film as a GIF that repeats: of each picture what differs from the one before, in the colours of all.

use super::{Picture, Take};
use crate::export::ExportError;
use crate::export::shown::Shown;
use crate::shot::{Area, Canvas, decode};
use color_quant::NeuQuant;
use gif::{DisposalMethod, Encoder, Frame, Repeat};
use std::borrow::Cow;
use std::collections::HashMap;

/// What stands for a pixel that stays as it is.
const SAME: u8 = 255;
/// How many colours of the pictures the palette is made from.
const SAMPLES: usize = 120_000;

/// The file.
pub fn file(
    shown: &mut Shown,
    (width, height): (u32, u32),
    fps: u32,
    pictures: &mut dyn FnMut(&mut Shown, Take<'_>) -> Result<(), ExportError>,
) -> Result<Vec<u8>, ExportError> {
    let mut all = Vec::new();
    let mut colors = Colors::default();
    pictures(shown, &mut |_, picture| {
        colors.add(&canvas(&picture.png)?);
        all.push(picture);
        Ok(())
    })?;
    let mut palette = colors.palette();
    let mut film = Film::new(width, height, &palette.bytes())?;
    for Picture { png, from, to, .. } in all {
        film.show(&canvas(&png)?, &mut palette, hundredths(to, fps) - hundredths(from, fps))?;
    }
    film.finish()
}

/// GIF counts hundredths of a second.
fn hundredths(frames: u64, fps: u32) -> u64 {
    (frames * 100 + u64::from(fps) / 2) / u64::from(fps).max(1)
}

fn canvas(png: &[u8]) -> Result<Canvas, ExportError> {
    decode(png).map_err(|broken| ExportError::Failed(format!("a picture of the browser {}", broken.message)))
}

/// The colours of all pictures, and how often each is there.
#[derive(Default)]
struct Colors {
    counted: HashMap<[u8; 3], u64>,
}

impl Colors {
    /// Every third pixel of every third row: enough to know what there is much of.
    fn add(&mut self, canvas: &Canvas) {
        let whole = canvas.whole();
        for y in (0..whole.height).step_by(3) {
            for pixel in canvas.row(whole, y).chunks_exact(4).step_by(3) {
                if let [r, g, b, _] = *pixel {
                    *self.counted.entry([r, g, b]).or_default() += 1;
                }
            }
        }
    }

    fn palette(self) -> Palette {
        let mut counted: Vec<([u8; 3], u64)> = self.counted.into_iter().collect();
        counted.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
        // What there is most of is exactly right: white stays white.
        let (common, rare) = counted.split_at(counted.len().min(COMMON));
        let mut table: Vec<[u8; 3]> = common.iter().map(|(color, _)| *color).collect();
        let left = usize::from(SAME) - table.len();
        if !rare.is_empty() && rare.len() <= left {
            table.extend(rare.iter().map(|(color, _)| *color));
        } else if !rare.is_empty() {
            let all: u64 = rare.iter().map(|(_, count)| count.isqrt()).sum();
            let share = |count: u64| (count.isqrt() * SAMPLES as u64 / all.max(1)).max(1);
            let samples: Vec<u8> = rare
                .iter()
                .flat_map(|([r, g, b], count)| {
                    let times = usize::try_from(share(*count)).unwrap_or(1);
                    std::iter::repeat_n([*r, *g, *b, 255], times)
                })
                .flatten()
                .collect();
            let net = NeuQuant::new(3, left.max(64), &samples);
            table.extend(
                net.color_map_rgb()
                    .chunks_exact(3)
                    .take(left)
                    .filter_map(|color| <[u8; 3]>::try_from(color).ok()),
            );
        }
        Palette { table, known: HashMap::new() }
    }
}

/// How many of the most frequent colours are those of plain ground: white, a page's grey.
const PLAIN: u8 = 4;
/// How many colours of the palette are the most frequent ones.
const COMMON: usize = 64;

struct Palette {
    table: Vec<[u8; 3]>,
    known: HashMap<[u8; 3], u8>,
}

impl Palette {
    /// With a place for what stands for nothing.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes: Vec<u8> = self.table.concat();
        bytes.resize(256 * 3, 0);
        bytes
    }

    /// The colour itself, if it is one of plain ground, on which what is nearly right would leave the outline of what stood
    /// there; else the one that is shown, if the difference cannot be seen; else the nearest.
    fn index(&mut self, color: [u8; 3], shown: Option<u8>) -> u8 {
        let table = &self.table;
        let nearest = *self.known.entry(color).or_insert_with(|| {
            let nearest = table.iter().enumerate().min_by_key(|(_, other)| far(color, **other));
            nearest.and_then(|(at, _)| u8::try_from(at).ok()).unwrap_or(0)
        });
        let distance = |at: u8| table.get(usize::from(at)).map_or(i32::MAX, |other| far(color, *other));
        if nearest < PLAIN && distance(nearest) == 0 {
            return nearest;
        }
        shown.filter(|at| distance(*at) <= UNSEEN).unwrap_or(nearest)
    }
}

/// How far colours are apart. Eyes see green best, and blue least.
fn far(one: [u8; 3], other: [u8; 3]) -> i32 {
    let parts = one.iter().zip(other).zip([3, 6, 1]);
    parts.map(|((one, other), weight)| weight * (i32::from(*one) - i32::from(other)).pow(2)).sum()
}

/// How far colours may be apart that look the same: 4 of 255 in each part.
const UNSEEN: i32 = 160;

/// What is written picture by picture.
struct Film {
    encoder: Encoder<Vec<u8>>,
    size: (u32, u32),
    /// What is shown, by the palette.
    last: Option<Vec<u8>>,
    /// A frame that still waits for its time.
    waiting: Option<(Frame<'static>, u64)>,
}

impl Film {
    fn new(width: u32, height: u32, palette: &[u8]) -> Result<Self, ExportError> {
        let mut encoder = Encoder::new(Vec::new(), narrow(width), narrow(height), palette).map_err(failed)?;
        encoder.set_repeat(Repeat::Infinite).map_err(failed)?;
        Ok(Self { encoder, size: (width, height), last: None, waiting: None })
    }

    fn show(&mut self, canvas: &Canvas, palette: &mut Palette, time: u64) -> Result<(), ExportError> {
        let shown = self.last.as_deref().unwrap_or_default();
        let pixels = canvas.pixels().chunks_exact(4).enumerate();
        let indices: Vec<u8> = pixels
            .map(|(at, pixel)| match *pixel {
                [r, g, b, _] => palette.index([r, g, b], shown.get(at).copied()),
                _ => 0,
            })
            .collect();
        let area = match &self.last {
            Some(last) => changed(last, &indices, self.size),
            None => Some(Area { x: 0, y: 0, width: self.size.0, height: self.size.1 }),
        };
        let Some(area) = area else {
            // Nothing moved: the frame before stands longer.
            if let Some((_, stands)) = &mut self.waiting {
                *stands += time;
            }
            return Ok(());
        };
        self.write()?;
        let frame = Frame {
            left: narrow(area.x),
            top: narrow(area.y),
            width: narrow(area.width),
            height: narrow(area.height),
            dispose: DisposalMethod::Keep,
            transparent: self.last.is_some().then_some(SAME),
            buffer: Cow::Owned(self.part(&indices, area)),
            ..Frame::default()
        };
        self.waiting = Some((frame, time));
        self.last = Some(indices);
        Ok(())
    }

    /// The pixels of an area that differ from what is shown.
    fn part(&self, indices: &[u8], area: Area) -> Vec<u8> {
        let row = |all: &[u8], y: u32| -> Vec<u8> {
            let start = (area.y + y) as usize * self.size.0 as usize + area.x as usize;
            all.get(start..start + area.width as usize).unwrap_or_default().to_vec()
        };
        let rows = (0..area.height).flat_map(|y| {
            let now = row(indices, y);
            match &self.last {
                Some(last) => {
                    let same = |(now, before): (u8, u8)| if now == before { SAME } else { now };
                    now.into_iter().zip(row(last, y)).map(same).collect()
                }
                None => now,
            }
        });
        rows.collect()
    }

    fn write(&mut self) -> Result<(), ExportError> {
        let Some((mut frame, time)) = self.waiting.take() else { return Ok(()) };
        frame.delay = u16::try_from(time).unwrap_or(u16::MAX);
        self.encoder.write_frame(&frame).map_err(failed)
    }

    fn finish(mut self) -> Result<Vec<u8>, ExportError> {
        self.write()?;
        self.encoder.into_inner().map_err(|error| ExportError::Failed(error.to_string()))
    }
}

/// The smallest box of what differs.
fn changed(one: &[u8], other: &[u8], (width, _): (u32, u32)) -> Option<Area> {
    let side = width as usize;
    let rows = one.chunks_exact(side).zip(other.chunks_exact(side)).zip(0_u32..);
    let mut found: Option<(u32, u32, usize, usize)> = None;
    for ((one, other), y) in rows.filter(|((one, other), _)| one != other) {
        let differs = |at: &usize| one.get(*at) != other.get(*at);
        let (Some(left), Some(right)) = ((0..side).find(differs), (0..side).rev().find(differs)) else {
            continue;
        };
        let (top, _, least, most) = found.unwrap_or((y, y, left, right));
        found = Some((top, y, least.min(left), most.max(right)));
    }
    let (top, bottom, left, right) = found?;
    let narrow = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    Some(Area { x: narrow(left), y: top, width: narrow(right - left + 1), height: bottom - top + 1 })
}

fn narrow(side: u32) -> u16 {
    u16::try_from(side).unwrap_or(u16::MAX)
}

fn failed(error: gif::EncodingError) -> ExportError {
    ExportError::Failed(format!("cannot write the GIF: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shadow_that_goes_leaves_nothing_on_plain_ground() {
        let mut palette = Palette { table: vec![[255; 3], [251; 3], [0; 3]], known: HashMap::new() };
        assert_eq!(palette.index([255; 3], Some(1)), 0);
        assert_eq!(
            palette.index([252; 3], Some(0)),
            0,
            "what is no colour of the palette stays as it is shown"
        );
        assert_eq!(palette.index([252; 3], None), 1);
        assert_eq!(palette.index([9; 3], Some(0)), 2);
    }
}

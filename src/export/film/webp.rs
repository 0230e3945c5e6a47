//! A film as an animated WebP that repeats: of each picture exactly what differs from the one before.
//!
//! libwebp's own encoder of animations takes pixels for the same that nearly are, and what went shows through faintly where it stood.

use super::{Picture, Take};
use crate::export::ExportError;
use crate::export::shown::Shown;
use crate::shot::{Area, Canvas, Effort, Form, decode, encode};

/// How exact pictures of many colours are.
const QUALITY: u8 = 68;
/// Side of the squares that lossy pictures leave out where nothing changed: that of their own blocks.
const BLOCK: u32 = 16;
/// How much is tried for those of few.
const EFFORT: Effort = Effort { method: 4, quality: 60 };

/// The file.
pub fn file(
    shown: &mut Shown,
    size: (u32, u32),
    fps: u32,
    pictures: &mut dyn FnMut(&mut Shown, Take<'_>) -> Result<(), ExportError>,
) -> Result<Vec<u8>, ExportError> {
    let mut film = Film { frames: Vec::new(), last: None };
    pictures(shown, &mut |_, Picture { png, from, to, .. }| {
        let canvas = decode(&png)
            .map_err(|broken| ExportError::Failed(format!("a picture of the browser {}", broken.message)))?;
        let ms = |frames: u64| frames * 1000 / u64::from(fps).max(1);
        film.show(canvas, ms(to) - ms(from))
            .ok_or_else(|| ExportError::Failed("cannot write the WebP".to_owned()))
    })?;
    Ok(film.file(size))
}

/// A part of the picture, and how long all stands after it.
struct Frame {
    area: Area,
    data: Vec<u8>,
    ms: u64,
}

struct Film {
    frames: Vec<Frame>,
    last: Option<Canvas>,
}

impl Film {
    fn show(&mut self, canvas: Canvas, ms: u64) -> Option<()> {
        let area = match &self.last {
            Some(last) => changed(last, &canvas),
            None => Some(canvas.whole()),
        };
        match (area, self.frames.last_mut()) {
            // Nothing moved: the frame before stands longer.
            (None, Some(before)) => before.ms += ms,
            (area, _) => {
                let area = area.unwrap_or(Area { x: 0, y: 0, width: 1, height: 1 });
                let data = smallest(&canvas, self.last.as_ref(), area)?;
                self.frames.push(Frame { area, data, ms });
            }
        }
        self.last = Some(canvas);
        Some(())
    }

    fn file(self, (width, height): (u32, u32)) -> Vec<u8> {
        // It moves, and it has transparent parts.
        let mut head = vec![0x12, 0, 0, 0];
        head.extend(small(width - 1).into_iter().chain(small(height - 1)));
        let mut body = chunk(b"VP8X", &head);
        // On white, again and again.
        body.extend(chunk(b"ANIM", &[255, 255, 255, 255, 0, 0]));
        for Frame { area, data, ms } in self.frames {
            let ms = u32::try_from(ms).unwrap_or(u32::MAX).min(0x00ff_ffff);
            let numbers = [area.x / 2, area.y / 2, area.width - 1, area.height - 1, ms];
            let mut frame: Vec<u8> = numbers.into_iter().flat_map(small).collect();
            frame.push(0);
            frame.extend(data);
            body.extend(chunk(b"ANMF", &frame));
        }
        chunk(b"RIFF", &[b"WEBP", body.as_slice()].concat())
    }
}

/// The pixels of an area in the fewest bytes: those near a change nearly as they are, or those that changed as they are.
fn smallest(canvas: &Canvas, last: Option<&Canvas>, area: Area) -> Option<Vec<u8>> {
    let part = canvas.cut(area);
    let (near, exact) = match last.map(|last| last.cut(area)) {
        Some(before) => (only_near(&part, &before)?, only_changed(&part, &before)?),
        None => (part.clone(), part),
    };
    let lossy = pixels(&encode(&near, Form::Lossy(QUALITY))?);
    let exact = pixels(&encode(&exact, Form::Lossless(EFFORT))?);
    Some(if exact.len() <= lossy.len() { exact } else { lossy })
}

/// The blocks of a part in which something changed; the others are transparent.
fn only_near(part: &Canvas, before: &Canvas) -> Option<Canvas> {
    let (width, height) = (part.width(), part.height());
    let mut near = Canvas::new(width, height, vec![0; part.pixels().len()])?;
    for y in (0..height).step_by(BLOCK as usize) {
        for x in (0..width).step_by(BLOCK as usize) {
            let block = Area { x, y, width: BLOCK, height: BLOCK }.within(part.whole());
            if (y..block.bottom()).any(|y| part.row(block, y) != before.row(block, y)) {
                near.paste(&part.cut(block), x, y);
            }
        }
    }
    Some(near)
}

/// The pixels of a part that differ from those before; the others are transparent.
fn only_changed(part: &Canvas, before: &Canvas) -> Option<Canvas> {
    let pairs = part.pixels().chunks_exact(4).zip(before.pixels().chunks_exact(4));
    let pixels = pairs.flat_map(|(now, before)| if now == before { &[0; 4] } else { now });
    Canvas::new(part.width(), part.height(), pixels.copied().collect())
}

/// The chunks of a still that hold its pixels.
fn pixels(still: &[u8]) -> Vec<u8> {
    let mut rest = still.get(12..).unwrap_or_default();
    let mut chunks = Vec::new();
    while let Some((head, body)) = rest.split_at_checked(8) {
        let length = head.get(4..8).and_then(|length| length.try_into().ok()).map_or(0, u32::from_le_bytes);
        let length = usize::try_from(length).unwrap_or(0).next_multiple_of(2).min(body.len());
        let (content, after) = body.split_at(length);
        if matches!(head.get(..4), Some(b"ALPH" | b"VP8 " | b"VP8L")) {
            chunks.extend_from_slice(head);
            chunks.extend_from_slice(content);
        }
        rest = after;
    }
    chunks
}

/// The smallest box of what differs that begins at even numbers.
fn changed(one: &Canvas, other: &Canvas) -> Option<Area> {
    let whole = other.whole();
    let rows: Vec<u32> = (0..whole.height).filter(|y| one.row(whole, *y) != other.row(whole, *y)).collect();
    let (top, bottom) = (*rows.first()?, *rows.last()?);
    let differs = |x: u32| rows.iter().any(|y| one.pixel(x, *y) != other.pixel(x, *y));
    let left = (0..whole.width).find(|x| differs(*x))?;
    let right = (0..whole.width).rev().find(|x| differs(*x))?;
    let (x, y) = (left - left % 2, top - top % 2);
    Some(Area { x, y, width: right - x + 1, height: bottom - y + 1 })
}

/// A number of three bytes.
fn small(value: u32) -> [u8; 3] {
    let [a, b, c, _] = value.to_le_bytes();
    [a, b, c]
}

fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes();
    let pad = vec![0; body.len() % 2];
    [&kind[..], &length, body, &pad].concat()
}

//! What a redaction covered, kept for as long as a guide is composed, to find it where it was forgotten.

use super::{Area, Canvas, Pixel};
use std::collections::BTreeSet;

/// Fewer different neighbouring columns than this are no text.
const COLUMNS: usize = 12;
/// Fewer different neighbouring rows than this are no text.
const ROWS: usize = 4;
/// Fewer kinds of columns, or of rows, than this repeat themselves: the edge of a box, a row of dots.
const KINDS: (usize, usize) = (8, 3);
/// What stands out differs so much from the background, in one channel.
const OUT: u8 = 40;
/// A line that has one colour but for this many pixels at its ends is the edge of a box with round corners.
const CORNER: usize = 12;
/// How much of what stands out must be the same at the same place, in percent.
const SAME: usize = 90;

/// A line of text, or a drawing, that a redaction covered.
#[derive(Debug, Clone)]
pub struct Secret {
    /// Where it is in its picture.
    pub area: Area,
    pixels: Canvas,
    ground: Pixel,
    anchor: Option<(u32, u32, [u8; 16])>,
}

/// The lines below a redaction that hold something to find again: not blank, not just a box.
pub fn secrets(canvas: &Canvas, redacted: Area) -> Vec<Secret> {
    let core = strip(canvas, redacted.within(canvas.whole()));
    lines(canvas, core).into_iter().filter_map(|area| Secret::new(canvas, area)).collect()
}

impl Secret {
    fn new(canvas: &Canvas, area: Area) -> Option<Self> {
        let pixels = canvas.cut(area);
        let differing_rows = (1..pixels.height())
            .filter(|y| pixels.row(pixels.whole(), *y) != pixels.row(pixels.whole(), y - 1));
        let differing_columns = (1..pixels.width()).filter(|x| column(&pixels, *x) != column(&pixels, x - 1));
        let ground = commonest(&pixels);
        let tells = differing_columns.count() >= COLUMNS
            && differing_rows.count() >= ROWS
            && says_something(&pixels, ground);
        let anchor = anchor(&pixels);
        tells.then_some(Self { area, pixels, ground, anchor })
    }

    /// Whether most of it shows at the same place of another picture.
    pub fn shows_in_place(&self, canvas: &Canvas, visible: Area) -> bool {
        let (mut all, mut same) = (0, 0);
        for (y, own) in (self.area.y..).zip(self.pixels.pixels().chunks(self.area.width as usize * 4)) {
            for (x, pixel) in
                (self.area.x..).zip(own.chunks_exact(4)).filter(|(_, pixel)| **pixel != self.ground)
            {
                all += 1;
                same += usize::from(
                    visible.holds(x, y) && canvas.pixel(x, y).is_some_and(|other| other == *pixel),
                );
            }
        }
        all > 0 && same * 100 >= all * SAME
    }

    /// Where exactly these pixels show in another picture.
    pub fn find(&self, canvas: &Canvas, visible: Area) -> Option<Area> {
        let (dx, dy, pattern) = self.anchor?;
        for y in visible.y..visible.bottom() {
            let row = canvas.row(visible, y);
            let at = |index: usize| {
                let x = (visible.x + u32::try_from(index).ok()?).checked_sub(dx)?;
                let found = Area { x, y: y.checked_sub(dy)?, ..self.area };
                (visible.contains(found) && self.equals(canvas, found)).then_some(found)
            };
            let hits = row.windows(16).step_by(4).enumerate().filter(|(_, window)| *window == pattern);
            if let Some(found) = hits.filter_map(|(index, _)| at(index)).next() {
                return Some(found);
            }
        }
        None
    }

    fn equals(&self, canvas: &Canvas, at: Area) -> bool {
        let own = self.pixels.whole();
        (0..at.height).all(|row| canvas.row(at, at.y + row) == self.pixels.row(own, row))
    }
}

/// Whether what stands out from the ground has enough different columns and rows to be a text or a drawing. Shades,
/// shadows and lines hold nothing that could be distinguished elsewhere from the same ornament.
fn says_something(pixels: &Canvas, ground: Pixel) -> bool {
    let out = |x: u32, y: u32| {
        let pixel = pixels.pixel(x, y).unwrap_or(ground);
        pixel.iter().zip(ground).any(|(own, ground)| own.abs_diff(ground) > OUT)
    };
    let (width, height) = (pixels.width(), pixels.height());
    let columns: BTreeSet<Vec<bool>> = (0..width).map(|x| (0..height).map(|y| out(x, y)).collect()).collect();
    let rows: BTreeSet<Vec<bool>> = (0..height).map(|y| (0..width).map(|x| out(x, y)).collect()).collect();
    columns.len() >= KINDS.0 && rows.len() >= KINDS.1
}

/// The area less blank edges and the box around a field.
fn strip(canvas: &Canvas, mut area: Area) -> Area {
    loop {
        let before = area;
        while area.height > 0 && is_line(canvas.row(area, area.y).chunks_exact(4)) {
            area = Area { y: area.y + 1, height: area.height - 1, ..area };
        }
        while area.height > 0 && is_line(canvas.row(area, area.bottom() - 1).chunks_exact(4)) {
            area.height -= 1;
        }
        while area.width > 0
            && is_line(column(&canvas.cut(Area { width: 1, ..area }), 0).iter().map(|p| &p[..]))
        {
            area = Area { x: area.x + 1, width: area.width - 1, ..area };
        }
        while area.width > 0
            && is_line(
                column(&canvas.cut(Area { x: area.right() - 1, width: 1, ..area }), 0).iter().map(|p| &p[..]),
            )
        {
            area.width -= 1;
        }
        if area == before || area.is_empty() {
            return area;
        }
    }
}

/// Whether pixels in a row are all one colour, the ends aside.
fn is_line<'a>(pixels: impl ExactSizeIterator<Item = &'a [u8]>) -> bool {
    let ends = CORNER.min(pixels.len() / 4);
    let middle = pixels.len() - 2 * ends;
    let mut middle = pixels.skip(ends).take(middle);
    let first = middle.next();
    middle.all(|pixel| Some(pixel) == first)
}

/// Parts between blank rows.
fn lines(canvas: &Canvas, area: Area) -> Vec<Area> {
    let mut lines: Vec<Area> = Vec::new();
    for y in area.y..area.bottom() {
        let row = canvas.row(area, y);
        if row.chunks_exact(4).all(|pixel| Some(pixel) == row.get(..4)) {
            continue;
        }
        match lines.last_mut() {
            Some(line) if line.bottom() == y => line.height += 1,
            _ => lines.push(Area { y, height: 1, ..area }),
        }
    }
    lines.into_iter().map(|line| strip_sides(canvas, line)).collect()
}

fn strip_sides(canvas: &Canvas, mut area: Area) -> Area {
    let blank = |x: u32| {
        let column = column(&canvas.cut(Area { x, width: 1, ..area }), 0);
        column.iter().all(|pixel| Some(pixel) == column.first())
    };
    let first = (area.x..area.right()).find(|x| !blank(*x)).unwrap_or(area.x);
    let last = (area.x..area.right()).rev().find(|x| !blank(*x)).unwrap_or(area.x);
    (area.x, area.width) = (first, last + 1 - first);
    area
}

fn column(canvas: &Canvas, x: u32) -> Vec<Pixel> {
    (0..canvas.height()).filter_map(|y| canvas.pixel(x, y)).collect()
}

fn commonest(canvas: &Canvas) -> Pixel {
    let mut counts = std::collections::BTreeMap::<Pixel, usize>::new();
    for pixel in canvas.pixels().chunks_exact(4).filter_map(|pixel| Pixel::try_from(pixel).ok()) {
        *counts.entry(pixel).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(pixel, _)| pixel).unwrap_or_default()
}

/// Four neighbouring pixels as unlike each other as there are, and where they are: what is looked for first.
fn anchor(canvas: &Canvas) -> Option<(u32, u32, [u8; 16])> {
    let unlike = |window: &[u8]| {
        let pairs = window.chunks_exact(4).zip(window.chunks_exact(4).skip(1));
        pairs
            .map(|(a, b)| a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(*b)).min(60)).sum::<u32>())
            .sum::<u32>()
    };
    let rows = (0..canvas.height()).flat_map(|y| {
        let windows = canvas.row(canvas.whole(), y).windows(16).step_by(4).zip(0u32..);
        windows.map(move |(window, x)| (unlike(window), x, y, window))
    });
    let (_, x, y, window) = rows.max_by_key(|(unlike, ..)| *unlike)?;
    Some((x, y, window.try_into().ok()?))
}

//! What differs between two pictures of one page: cells in which pixels differ to the eye, and groups of such cells.

use crate::shot::Canvas;

/// Side of a cell, in points.
const CELL: u32 = 16;
/// Pixels of a cell of 16 × 16 that must differ.
const PIXELS: u32 = 20;
/// How far two colours must be apart, as pixelmatch counts: 0.1 of the largest distance.
const FAR: f64 = 35_215.0 * 0.1 * 0.1;
/// Points around a part that is not compared.
const MARGIN: f64 = 2.0;

/// A part of a picture, in points.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
pub struct Part {
    /// From the left edge.
    pub x: f64,
    /// From the upper edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Part {
    /// The smallest that holds two.
    pub fn around(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, low) =
            ((self.x + self.w).max(other.x + other.w), (self.y + self.h).max(other.y + other.h));
        Self { x, y, w: right - x, h: low - y }
    }

    /// How far one of its edges is from the same edge of another.
    pub fn off(self, other: Self) -> f64 {
        let edges = |part: Self| [part.x, part.y, part.x + part.w, part.y + part.h];
        let far = edges(self).into_iter().zip(edges(other)).map(|(one, other)| (one - other).abs());
        far.fold(0.0, f64::max)
    }

    fn wider(self, by: f64) -> Self {
        Self { x: self.x - by, y: self.y - by, w: self.w + 2.0 * by, h: self.h + 2.0 * by }
    }
}

/// What differs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difference {
    /// Groups of cells that touch, the largest first.
    pub groups: Vec<Group>,
}

/// Cells that touch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// How many.
    pub cells: usize,
    /// What holds all of them.
    pub part: Part,
}

impl Difference {
    /// Cells of the largest group.
    pub fn largest(&self) -> usize {
        self.groups.first().map_or(0, |group| group.cells)
    }
}

/// What differs between two pictures; `None` if they are not of one size. `left_out`: parts that are not compared.
pub fn compare(before: &Canvas, after: &Canvas, density: u32, left_out: &[Part]) -> Option<Difference> {
    let (width, height) = (before.width(), before.height());
    if (width, height) != (after.width(), after.height()) {
        return None;
    }
    let density = density.max(1);
    let side = CELL * density;
    let (columns, rows) = (width.div_ceil(side), height.div_ceil(side));
    let parts: Vec<Part> = left_out.iter().map(|part| part.wider(MARGIN)).collect();
    let mut counts = vec![0_u32; (columns * rows) as usize];
    let (one, other) = (Pixels::new(before), Pixels::new(after));
    for y in 0..height {
        for x in 0..width {
            if one.at(x, y) == other.at(x, y) || is_out(&parts, x, y, density) || !differs(&one, &other, x, y)
            {
                continue;
            }
            if let Some(count) = counts.get_mut(((y / side) * columns + x / side) as usize) {
                *count += 1;
            }
        }
    }
    let least = PIXELS * density * density;
    let differing: Vec<bool> = counts.iter().map(|count| *count >= least).collect();
    Some(Difference { groups: groups(&differing, columns, rows) })
}

fn is_out(parts: &[Part], x: u32, y: u32, density: u32) -> bool {
    if parts.is_empty() {
        return false;
    }
    let point = |at: u32| (f64::from(at) + 0.5) / f64::from(density);
    let (x, y) = (point(x), point(y));
    parts
        .iter()
        .any(|part| (part.x..=part.x + part.w).contains(&x) && (part.y..=part.y + part.h).contains(&y))
}

/// Groups of cells that touch at a side or a corner, the largest first.
fn groups(differing: &[bool], columns: u32, rows: u32) -> Vec<Group> {
    let mut left = differing.to_vec();
    let mut groups = Vec::new();
    for start in 0..left.len() {
        let mut stack = vec![start];
        let mut cells = 0;
        let mut part: Option<Part> = None;
        while let Some(at) = stack.pop() {
            if !left.get(at).copied().unwrap_or(false) {
                continue;
            }
            if let Some(cell) = left.get_mut(at) {
                *cell = false;
            }
            cells += 1;
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            let (x, y) = (at % columns, at / columns);
            let side = f64::from(CELL);
            let here = Part { x: f64::from(x) * side, y: f64::from(y) * side, w: side, h: side };
            part = Some(part.map_or(here, |part| part.around(here)));
            for (dx, dy) in AROUND {
                let (Some(x), Some(y)) = (x.checked_add_signed(dx), y.checked_add_signed(dy)) else {
                    continue;
                };
                if x < columns && y < rows {
                    stack.push((y * columns + x) as usize);
                }
            }
        }
        groups.extend(part.map(|part| Group { cells, part }));
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.cells));
    groups
}

const AROUND: [(i32, i32); 8] = [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)];

/// The pixels of a picture, on white where it is transparent.
struct Pixels<'a> {
    bytes: &'a [u8],
    width: u32,
    height: u32,
}

impl<'a> Pixels<'a> {
    fn new(canvas: &'a Canvas) -> Self {
        Self { bytes: canvas.pixels(), width: canvas.width(), height: canvas.height() }
    }

    fn at(&self, x: u32, y: u32) -> [u8; 4] {
        let at = (y as usize * self.width as usize + x as usize) * 4;
        self.bytes.get(at..at + 4).and_then(|pixel| pixel.try_into().ok()).unwrap_or_default()
    }

    fn yiq(&self, x: u32, y: u32) -> [f64; 3] {
        let [r, g, b, a] = self.at(x, y).map(f64::from);
        let over = |value: f64| 255.0 + (value - 255.0) * a / 255.0;
        let (r, g, b) = (over(r), over(g), over(b));
        [
            r * 0.298_895_31 + g * 0.586_622_47 + b * 0.114_482_23,
            r * 0.595_977_99 - g * 0.274_176_10 - b * 0.321_801_89,
            r * 0.211_470_17 - g * 0.522_617_11 + b * 0.311_146_94,
        ]
    }
}

/// Whether two pictures differ at a pixel to the eye; edges that are only smoothed otherwise don't count.
fn differs(one: &Pixels<'_>, other: &Pixels<'_>, x: u32, y: u32) -> bool {
    let (a, b) = (one.yiq(x, y), other.yiq(x, y));
    let [dy, di, dq] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    let far = 0.5053 * dy * dy + 0.299 * di * di + 0.1957 * dq * dq;
    far > FAR && !smoothed(one, other, x, y) && !smoothed(other, one, x, y)
}

/// Whether a pixel is part of a smoothed edge, after Vyšniauskas (2009), as pixelmatch does.
fn smoothed(one: &Pixels<'_>, other: &Pixels<'_>, x: u32, y: u32) -> bool {
    let own = one.yiq(x, y)[0];
    let is_edge = x == 0 || y == 0 || x + 1 == one.width || y + 1 == one.height;
    let mut zeroes = u32::from(is_edge);
    let (mut darkest, mut lightest) = ((0.0, (0, 0)), (0.0, (0, 0)));
    for (near_x, near_y) in around(one, x, y) {
        let delta = own - one.yiq(near_x, near_y)[0];
        if delta == 0.0 {
            zeroes += 1;
            if zeroes > 2 {
                return false;
            }
        } else if delta < darkest.0 {
            darkest = (delta, (near_x, near_y));
        } else if delta > lightest.0 {
            lightest = (delta, (near_x, near_y));
        }
    }
    if darkest.0 == 0.0 || lightest.0 == 0.0 {
        return false;
    }
    let plain = |(x, y): (u32, u32)| has_siblings(one, x, y) && has_siblings(other, x, y);
    plain(darkest.1) || plain(lightest.1)
}

fn has_siblings(pixels: &Pixels<'_>, x: u32, y: u32) -> bool {
    let own = pixels.at(x, y);
    let is_edge = x == 0 || y == 0 || x + 1 == pixels.width || y + 1 == pixels.height;
    let same = around(pixels, x, y).filter(|(x, y)| pixels.at(*x, *y) == own).count();
    same + usize::from(is_edge) > 2
}

fn around(pixels: &Pixels<'_>, x: u32, y: u32) -> impl Iterator<Item = (u32, u32)> + use<> {
    let (width, height) = (pixels.width, pixels.height);
    AROUND.into_iter().filter_map(move |(dx, dy)| {
        let (x, y) = (x.checked_add_signed(dx)?, y.checked_add_signed(dy)?);
        (x < width && y < height).then_some((x, y))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(width: u32, height: u32) -> Vec<u8> {
        [255, 255, 255, 255].repeat((width * height) as usize)
    }

    fn filled(mut bytes: Vec<u8>, width: u32, (x, y, w, h): (u32, u32, u32, u32)) -> Canvas {
        for row in y..y + h {
            for column in x..x + w {
                let at = ((row * width + column) * 4) as usize;
                bytes[at..at + 3].fill(0);
            }
        }
        let height = u32::try_from(bytes.len()).unwrap() / 4 / width;
        Canvas::new(width, height, bytes).unwrap()
    }

    fn cells(at: (u32, u32, u32, u32), left_out: &[Part]) -> Vec<usize> {
        let before = filled(plain(320, 320), 320, (0, 0, 0, 0));
        let after = filled(plain(320, 320), 320, at);
        let found = compare(&before, &after, 1, left_out).unwrap();
        found.groups.iter().map(|group| group.cells).collect()
    }

    #[test]
    fn a_cell_counts_with_twenty_pixels() {
        assert_eq!(cells((16, 16, 19, 1), &[]), Vec::<usize>::new());
        assert_eq!(cells((16, 16, 4, 5), &[]), [1]);
        assert_eq!(cells((16, 16, 32, 32), &[]), [4]);
    }

    #[test]
    fn cells_that_touch_at_a_corner_are_one_group() {
        let before = filled(plain(320, 320), 320, (0, 0, 0, 0));
        let once = filled(plain(320, 320), 320, (16, 16, 16, 16));
        let twice = filled(once.pixels().to_vec(), 320, (32, 32, 16, 16));
        let apart = filled(twice.pixels().to_vec(), 320, (160, 160, 16, 16));
        let found = compare(&before, &apart, 1, &[]).unwrap();
        assert_eq!(found.groups.iter().map(|group| group.cells).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(found.groups[0].part, Part { x: 16.0, y: 16.0, w: 32.0, h: 32.0 });
    }

    #[test]
    fn what_is_left_out_reaches_two_points_over_its_edge() {
        let part = Part { x: 18.0, y: 18.0, w: 28.0, h: 28.0 };
        assert_eq!(cells((16, 16, 32, 32), &[part]), Vec::<usize>::new());
        assert_eq!(cells((16, 16, 32, 48), &[part]).len(), 1);
    }

    #[test]
    fn a_cell_is_as_large_to_the_eye_at_any_density() {
        let before = filled(plain(320, 320), 320, (0, 0, 0, 0));
        let after = filled(plain(320, 320), 320, (32, 32, 32, 32));
        assert_eq!(compare(&before, &after, 2, &[]).unwrap().largest(), 1);
        let thin = filled(plain(320, 320), 320, (32, 32, 79, 1));
        assert_eq!(compare(&before, &thin, 2, &[]).unwrap().largest(), 0);
    }

    #[test]
    fn pictures_of_two_sizes_are_not_compared() {
        let one = filled(plain(32, 32), 32, (0, 0, 0, 0));
        let other = filled(plain(32, 48), 32, (0, 0, 0, 0));
        assert_eq!(compare(&one, &other, 1, &[]), None);
    }
}

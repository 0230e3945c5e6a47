//! How bright a picture is, one value a point: what is left of it at another density or quality.

use super::{Area, Canvas};

/// Brightness from 0 to 255, rows from the top.
#[derive(Debug, Clone)]
pub struct Tones {
    width: u32,
    height: u32,
    values: Vec<u8>,
}

impl Tones {
    /// The tones of a picture of `density` pixels a point, softened: neither the noise of a JPEG file nor the
    /// smoothing of letters is distinguished from what they show.
    pub fn new(canvas: &Canvas, density: u32) -> Self {
        let width = canvas.width() as usize;
        let values = canvas.pixels().chunks_exact(4).map(brightness).collect();
        let all = Self { width: canvas.width(), height: canvas.height(), values };
        if width == 0 { all } else { all.coarser(density.max(1)).softened() }
    }

    /// The same picture in half the size.
    pub fn half(&self) -> Self {
        self.coarser(2)
    }

    /// The same picture with dark and light changed, as an application looks in its other scheme.
    pub fn negative(&self) -> Self {
        Self { values: self.values.iter().map(|value| 255 - value).collect(), ..*self }
    }

    /// All of it.
    pub fn whole(&self) -> Area {
        Area { x: 0, y: 0, width: self.width, height: self.height }
    }

    /// The part of a row that lies in `area`.
    pub fn row(&self, area: Area, y: u32) -> &[u8] {
        let start = y as usize * self.width as usize + area.x as usize;
        self.values.get(start..start + area.width as usize).unwrap_or_default()
    }

    /// A copy of the part in `area`.
    pub fn cut(&self, area: Area) -> Self {
        let area = area.within(self.whole());
        let values = (area.y..area.bottom()).flat_map(|y| self.row(area, y)).copied().collect();
        Self { width: area.width, height: area.height, values }
    }

    /// The mean of each square of `side` pixels.
    fn coarser(self: &Tones, side: u32) -> Self {
        if side == 1 {
            return self.clone();
        }
        let (width, height) = (self.width / side, self.height / side);
        let mut values = Vec::with_capacity(width as usize * height as usize);
        for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
            let square = Area { x: x * side, y: y * side, width: side, height: side };
            let sum: u32 =
                (square.y..square.bottom()).flat_map(|y| self.row(square, y)).map(|v| u32::from(*v)).sum();
            values.push((sum / (side * side)) as u8);
        }
        Self { width, height, values }
    }

    /// Each value the mean of its neighbours and itself.
    fn softened(&self) -> Self {
        let lines = |values: &[u8], step: usize, count: usize| -> Vec<u8> {
            let at = |index: usize, by: isize| {
                let other = index.checked_add_signed(by * step as isize).filter(|other| {
                    // A step along a row stays in it.
                    step != 1 || other / count == index / count
                });
                u16::from(other.and_then(|other| values.get(other)).copied().unwrap_or_else(|| values[index]))
            };
            (0..values.len())
                .map(|index| ((at(index, -1) + 2 * at(index, 0) + at(index, 1)) / 4) as u8)
                .collect()
        };
        let width = self.width as usize;
        let values = lines(&lines(&self.values, 1, width), width, width);
        Self { values, ..*self }
    }
}

/// Of a pixel, over white.
fn brightness(pixel: &[u8]) -> u8 {
    let &[red, green, blue, alpha] = pixel else { return 0 };
    let own = (u32::from(red) * 77 + u32::from(green) * 151 + u32::from(blue) * 28) >> 8;
    ((own * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255) as u8
}

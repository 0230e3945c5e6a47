//! What `blur` and `pixelate` paint: colours of the surroundings and a noise of the place. It looks like
//! text made illegible, and holds nothing of the text that was there.

use super::{Area, Canvas, Pixel};

/// How far outside the rectangle colours are taken, in pixels.
const REACH: u32 = 3;
/// Colours are taken coarsely: this many steps a channel.
const STEPS: u32 = 16;
/// Side of a square of `pixelate`, in points.
const SQUARE: u32 = 8;
/// Distance of the points between which `blur` is smooth, in points.
const SMUDGE: u32 = 6;

/// The surroundings of a rectangle, in one colour for each side.
#[derive(Debug, Clone)]
pub struct Surface {
    area: Area,
    left: [u32; 3],
    top: [u32; 3],
    right: [u32; 3],
    bottom: [u32; 3],
    ink: [u32; 3],
}

impl Surface {
    /// Looks at the pixels just outside `area` that are not `covered` by any redaction.
    pub fn around(canvas: &Canvas, area: Area, covered: impl Fn(u32, u32) -> bool) -> Self {
        let mean = |strip: Area| mean(canvas, strip.within(canvas.whole()), &covered);
        let Area { x, y, width, height } = area;
        let sides = [
            mean(Area { x: x.saturating_sub(REACH), width: x.min(REACH), y, height }),
            mean(Area { y: y.saturating_sub(REACH), height: y.min(REACH), x, width }),
            mean(Area { x: area.right(), width: REACH, y, height }),
            mean(Area { y: area.bottom(), height: REACH, x, width }),
        ];
        let found: Vec<[u32; 3]> = sides.iter().flatten().copied().collect();
        let fallback = average(&found).unwrap_or([0xb0; 3]);
        let [left, top, right, bottom] = sides.map(|side| side.unwrap_or(fallback));
        let light = fallback.iter().sum::<u32>() > 3 * 110;
        let ink = if light { [0x30, 0x34, 0x3c] } else { [0xd8, 0xdc, 0xe4] };
        Self { area, left, top, right, bottom, ink }
    }

    /// The colour of `blur` at a pixel.
    pub fn smudge(&self, x: u32, y: u32, density: u32) -> Pixel {
        let cell = SMUDGE * density;
        let (along, down) = (x - self.area.x.min(x), y - self.area.y.min(y));
        let (column, row) = (along / cell, down / cell);
        let (u, v) = (along % cell * 16 / cell, down % cell * 16 / cell);
        let corner = |column, row| self.noise(column, row) % 100;
        let upper = corner(column, row) * (16 - u) + corner(column + 1, row) * u;
        let lower = corner(column, row + 1) * (16 - u) + corner(column + 1, row + 1) * u;
        let strength = (upper * (16 - v) + lower * v) / 256;
        self.mix(x, y, strength / 5 * 2)
    }

    /// The colour of `pixelate` at a pixel.
    pub fn square(&self, x: u32, y: u32, density: u32) -> Pixel {
        let cell = SQUARE * density;
        let (column, row) = ((x - self.area.x.min(x)) / cell, (y - self.area.y.min(y)) / cell);
        let middle = |start: u32, index: u32| start + index * cell + cell / 2;
        let strength = self.noise(column, row) % 4 * 14;
        self.mix(middle(self.area.x, column), middle(self.area.y, row), strength)
    }

    /// The colour that the sides give a pixel, with `strength` percent of ink.
    fn mix(&self, x: u32, y: u32, strength: u32) -> Pixel {
        let share = |at: u32, start: u32, size: u32| (at.saturating_sub(start) * 256 / size.max(1)).min(256);
        let (u, v) = (share(x, self.area.x, self.area.width), share(y, self.area.y, self.area.height));
        let mut pixel = [255; 4];
        let sides = self.left.iter().zip(&self.right).zip(self.top.iter().zip(&self.bottom));
        for ((channel, ((left, right), (top, bottom))), ink) in pixel.iter_mut().zip(sides).zip(self.ink) {
            let ground = (left * (256 - u) + right * u + top * (256 - v) + bottom * v) / 512;
            let value = (ground * (100 - strength.min(100)) + ink * strength.min(100)) / 100;
            *channel = u8::try_from(value).unwrap_or(255);
        }
        pixel
    }

    /// A number that depends on the place of the rectangle and of the cell in it.
    fn noise(&self, column: u32, row: u32) -> u32 {
        let words = [self.area.x, self.area.y, self.area.width, self.area.height, column, row];
        let mixed = words.iter().fold(0x811c_9dc5_u32, |sum, word| {
            let sum = (sum ^ word).wrapping_mul(0x85eb_ca6b);
            (sum ^ (sum >> 13)).wrapping_mul(0xc2b2_ae35)
        });
        mixed ^ (mixed >> 16)
    }
}

/// The mean colour of what is not covered, in coarse steps.
fn mean(canvas: &Canvas, strip: Area, covered: &impl Fn(u32, u32) -> bool) -> Option<[u32; 3]> {
    let mut colors = Vec::new();
    for y in strip.y..strip.bottom() {
        for x in (strip.x..strip.right()).filter(|x| !covered(*x, y)) {
            let [red, green, blue, alpha] = canvas.pixel(x, y).unwrap_or_default();
            // Over white, as a page shows what is transparent.
            let over =
                |value: u8| (u32::from(value) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255;
            colors.push([over(red), over(green), over(blue)]);
        }
    }
    average(&colors).map(|color| color.map(|value| (value * (STEPS - 1) + 127) / 255 * 255 / (STEPS - 1)))
}

fn average(colors: &[[u32; 3]]) -> Option<[u32; 3]> {
    let count = u64::try_from(colors.len()).ok().filter(|count| *count > 0)?;
    let mut sums = [0u64; 3];
    for color in colors {
        sums.iter_mut().zip(color).for_each(|(sum, value)| *sum += u64::from(*value));
    }
    Some(sums.map(|sum| u32::try_from(sum / count).unwrap_or(255)))
}

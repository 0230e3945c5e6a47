//! Whether a picture is painted or photographed where it shows much: shades that no lossless file holds in few bytes.

use super::tiles::{Changes, tiles};
use super::{Area, Canvas};

/// Steps between neighbours of a gradient are at most so large.
const SOFT: u8 = 6;
/// Of 112 pairs of neighbours in a tile so many differ at least where there is a gradient,
const SOME: usize = 8;
/// and so many in a photograph. Beside letters and lines most pairs are alike.
const MOST: usize = 84;

/// The tiles of a picture that have shades.
pub fn shades(canvas: &Canvas) -> Changes {
    let (columns, tiles) = tiles(canvas.whole());
    Changes { columns, cells: tiles.map(|tile| is_shaded(canvas, tile)).collect() }
}

fn is_shaded(canvas: &Canvas, tile: Area) -> bool {
    let (mut differing, mut largest) = (0, 0);
    let mut look = |one: &[u8], other: &[u8]| {
        let steps = one.iter().zip(other).map(|(a, b)| a.abs_diff(*b));
        let step = steps.max().unwrap_or_default();
        differing += usize::from(step > 0);
        largest = largest.max(step);
    };
    for y in tile.y..tile.bottom() {
        let row = canvas.row(tile, y).as_chunks::<4>().0;
        row.iter().zip(row.iter().skip(1)).for_each(|(one, other)| look(one, other));
        if y + 1 < tile.bottom() {
            let below = canvas.row(tile, y + 1).as_chunks::<4>().0;
            row.iter().zip(below).for_each(|(one, other)| look(one, other));
        }
    }
    differing >= MOST || differing >= SOME && largest <= SOFT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(shade: impl Fn(u32, u32) -> [u8; 3]) -> Canvas {
        let pixels = (0..80).flat_map(|y| (0..80).map(move |x| (x, y)));
        let pixels = pixels.flat_map(|(x, y)| shade(x, y).into_iter().chain([255]));
        Canvas::new(80, 80, pixels.collect()).unwrap()
    }

    #[test]
    fn gradients_and_photographs_have_shades_and_words_have_none() {
        let byte = |value: u32| u8::try_from(value % 256).unwrap();
        let gradient = painted(|x, y| [byte(40 + x / 2 + y), byte(90 + x), 200]);
        let photo = painted(|x, y| [byte(x * 31 + y * 57), byte(x * 17 + y * 91), byte(x * 101)]);
        let words = painted(|x, y| if x % 8 < 2 && y % 16 < 8 { [30; 3] } else { [250; 3] });
        let plain = painted(|_, _| [250; 3]);
        let count = |canvas| shades(canvas).count();
        assert_eq!([&gradient, &photo, &words, &plain].map(count), [100, 100, 0, 0]);
    }
}

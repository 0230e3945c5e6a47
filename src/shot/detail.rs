//! A coarse map of a screenshot: how much there is to see in each part of it, so that a card can keep off that.

use super::{Area, Canvas};
use crate::guide::Rect;

/// Columns and rows of a map; the player knows them too.
const COLUMNS: u32 = 20;
const ROWS: u32 = 12;
/// How much two neighbours differ in brightness, of 255, where something can be seen.
const EDGE: u8 = 18;
/// Shares of a cell's pixels, in thousandths, from which on it counts as 1, 2 and 3.
const LEVELS: [usize; 3] = [4, 25, 90];

/// Points of a word in a cell from which on it stands there.
const REACH: f64 = 3.0;

/// The map of what is shown of a picture: a cell from 0 to 3, two of them a hexadecimal digit, row by row.
pub fn map(canvas: &Canvas, visible: Area) -> String {
    let mut counts = [0_usize; (COLUMNS * ROWS) as usize];
    for y in 0..visible.height {
        let row = brightness(canvas, visible, y);
        let below = if y + 1 < visible.height { brightness(canvas, visible, y + 1) } else { row.clone() };
        for (x, (&here, &under)) in row.iter().zip(&below).enumerate() {
            let beside = row.get(x + 1).copied().unwrap_or(here);
            if here.abs_diff(beside) > EDGE || here.abs_diff(under) > EDGE {
                let column = cell(u32::try_from(x).unwrap_or_default(), visible.width, COLUMNS);
                let at = cell(y, visible.height, ROWS) * COLUMNS + column;
                if let Some(count) = counts.get_mut(at as usize) {
                    *count += 1;
                }
            }
        }
    }
    let pixels = (visible.pixels() / counts.len()).max(1);
    let level = |count: usize| LEVELS.iter().filter(|&&least| count * 1000 >= least * pixels).count();
    let digit = |pair: &[usize; 2]| {
        char::from_digit(pair.iter().fold(0, |sum, &count| sum * 4 + level(count) as u32), 16)
    };
    counts.as_chunks().0.iter().filter_map(digit).collect()
}

/// The same map where words stand that a card must not lie on: their cells are full, however pale the letters are. `view`:
/// what is shown of the picture, in points.
pub fn with_words(map: &str, view: Rect, words: &[Rect]) -> String {
    let (wide, high) = (view.w / f64::from(COLUMNS), view.h / f64::from(ROWS));
    let is_full = |at: usize| {
        let at = u32::try_from(at).unwrap_or_default();
        let (x, y) = (view.x + f64::from(at % COLUMNS) * wide, view.y + f64::from(at / COLUMNS) * high);
        words.iter().any(|word| {
            let across = (word.x + word.w).min(x + wide) - word.x.max(x);
            let down = (word.y + word.h).min(y + high) - word.y.max(y);
            across > REACH && down > REACH
        })
    };
    let digit = |(at, digit): (usize, char)| {
        let full = u32::from(is_full(2 * at)) * 12 + u32::from(is_full(2 * at + 1)) * 3;
        digit.to_digit(16).and_then(|levels| char::from_digit(levels | full, 16)).unwrap_or(digit)
    };
    map.chars().enumerate().map(digit).collect()
}

fn cell(at: u32, size: u32, cells: u32) -> u32 {
    (u64::from(at) * u64::from(cells) / u64::from(size.max(1))).try_into().unwrap_or_default()
}

fn brightness(canvas: &Canvas, visible: Area, y: u32) -> Vec<u8> {
    let pixels = canvas.row(visible, visible.y + y).as_chunks::<4>().0;
    pixels
        .iter()
        .map(|&[red, green, blue, _]| {
            ((u32::from(red) * 3 + u32::from(green) * 6 + u32::from(blue)) / 10) as u8
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// White, with letters (fine stripes) in one area.
    fn written(area: Area) -> Canvas {
        let mut canvas = Canvas::filled(400, 240, [255, 255, 255]);
        for x in (area.x..area.right()).step_by(4) {
            canvas.fill(Area { x, y: area.y, width: 2, height: area.height }, [20, 20, 20]);
        }
        canvas
    }

    #[test]
    fn an_empty_screenshot_has_an_empty_map() {
        let canvas = Canvas::filled(400, 240, [30, 90, 200]);
        assert_eq!(map(&canvas, canvas.whole()), "0".repeat(120));
    }

    #[test]
    fn the_map_tells_where_something_is_written() {
        // The upper-left quarter: ten columns and six rows.
        let canvas = written(Area { x: 0, y: 0, width: 200, height: 120 });
        let rows: Vec<String> = map(&canvas, canvas.whole())
            .as_bytes()
            .chunks(10)
            .map(|row| String::from_utf8_lossy(row).into_owned())
            .collect();
        assert_eq!(rows.len(), 12);
        assert!(rows.iter().take(6).all(|row| row == "fffff00000"), "{rows:?}");
        assert!(rows.iter().skip(6).all(|row| row == "0000000000"), "{rows:?}");
    }

    #[test]
    fn a_crop_has_the_map_of_what_it_shows() {
        let canvas = written(Area { x: 0, y: 0, width: 200, height: 240 });
        let right = Area { x: 204, y: 0, width: 196, height: 240 };
        assert_eq!(map(&canvas, right), "0".repeat(120));
    }

    #[test]
    fn pale_words_count_as_much_as_others() {
        let empty = "0".repeat(120);
        let view = Rect { x: 100.0, y: 50.0, w: 400.0, h: 240.0 };
        // The second and third cell of the second row.
        let map = with_words(&empty, view, &[Rect { x: 122.0, y: 72.0, w: 30.0, h: 16.0 }]);
        assert_eq!(map, format!("{}3c{}", "0".repeat(10), "0".repeat(108)));
        assert_eq!(with_words(&map, view, &[]), map);
    }

    #[test]
    fn tiny_screenshots_have_one_too() {
        let canvas = Canvas::filled(3, 2, [255, 255, 255]);
        assert_eq!(map(&canvas, canvas.whole()).len(), 120);
    }
}

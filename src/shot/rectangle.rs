//! The heaviest rectangle of a grid.

use super::Area;

/// The rectangle whose weights have the largest sum, and that sum; weights are rows from the top, of so many columns.
/// Takes time by the rows and the square of the columns.
pub fn heaviest(weights: &[i32], columns: usize) -> (i32, Area) {
    let columns = columns.max(1);
    let rows = weights.len() / columns;
    let mut best = (0, Area::default());
    for left in 0..columns {
        let mut sums = vec![0_i32; rows];
        for right in left..columns {
            let column = weights.iter().skip(right).step_by(columns);
            sums.iter_mut().zip(column).for_each(|(sum, weight)| *sum = sum.saturating_add(*weight));
            let (weight, start, end) = run(&sums);
            if weight > best.0 {
                let [x, y, width, height] = [left, start, right + 1 - left, end - start]
                    .map(|side| u32::try_from(side).unwrap_or(u32::MAX));
                best = (weight, Area { x, y, width, height });
            }
        }
    }
    best
}

/// The heaviest run of numbers: its sum, where it starts, and where it ends (excluded).
fn run(numbers: &[i32]) -> (i32, usize, usize) {
    let (mut best, mut sum, mut start) = ((0, 0, 0), 0_i32, 0);
    for (at, number) in numbers.iter().enumerate() {
        if sum <= 0 {
            (sum, start) = (0, at);
        }
        sum = sum.saturating_add(*number);
        if sum > best.0 {
            best = (sum, start, at + 1);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_rectangle_may_hold_lighter_cells() {
        let weights = [
            -1, -1, -1, -1, //
            -1, 5, -2, -1, //
            -1, 3, 4, -9, //
            -1, -1, -1, 8,
        ];
        assert_eq!(heaviest(&weights, 4), (10, Area { x: 1, y: 1, width: 2, height: 2 }));
        assert_eq!(heaviest(&[-1, -2, -3, -4], 2).0, 0);
        assert_eq!(heaviest(&[], 0).0, 0);
    }
}

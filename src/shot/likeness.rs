//! What a covered part looks like: found again in a picture of another density, or in one that was saved with loss.

use super::Area;
use super::tones::Tones;

/// Narrower or lower than this nothing can be distinguished.
const LEAST: (u32, u32) = (16, 5);
/// The part is compared in strips about as wide as a letter.
const STRIP: u32 = 8;
/// A strip whose values stray less than this shows nothing.
const FLAT: f64 = 12.0;
/// How far off the mean of such a strip may be.
const SHADE: f64 = 32.0;
/// How far off a value may be where a look decides whether to compare.
const LOOK: u8 = 56;
/// How many of the looks may miss.
const MISSES: usize = 6;
/// How many strips of ten must be alike at the same place: a caret or a changed letter hides nothing there.
const SAME_PLACE: usize = 9;

/// How much alike (as correlations) the whole must be, and each strip.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    whole: f64,
    letter: f64,
}

/// Between two pictures that could hold the same pixels.
pub const CLOSE: Measure = Measure { whole: 0.95, letter: 0.85 };
/// Between pictures of two densities, or where one was saved with loss.
pub const LOOSE: Measure = Measure { whole: 0.85, letter: 0.6 };

/// A part of a picture in points.
#[derive(Debug, Clone)]
pub struct Likeness {
    part: Tones,
    looks: Vec<(u32, u32, u8)>,
    /// Where its strips begin, those first that tell most: on ground that is nearly as dark as what is looked for, nearly
    /// every place of a large picture is compared, and the first strip that is not alike ends that.
    starts: Vec<u32>,
}

impl Likeness {
    /// What lies in `area`; `None` if that is too little to be distinguished.
    pub fn new(tones: &Tones, area: Area) -> Option<Self> {
        let part = tones.cut(area);
        let Area { width, height, .. } = part.whole();
        if width < LEAST.0 || height < LEAST.1 {
            return None;
        }
        let (looks, starts) = (looks(&part), starts(&part));
        Some(Self { part, looks, starts })
    }

    /// The same in half the size.
    pub fn half(&self) -> Option<Self> {
        let part = self.part.half();
        Self::new(&part, part.whole())
    }

    /// Whether it shows at this place, but for a letter or two.
    pub fn shows_at(&self, tones: &Tones, (x, y): (u32, u32), visible: Area, measure: Measure) -> bool {
        let place = Area { x, y, ..self.part.whole() };
        visible.contains(place) && tones.whole().contains(place) && {
            let mut unlike = self.starts.iter().filter(|x| !self.is_alike(**x, tones, place, measure));
            unlike.nth(self.starts.len() * (10 - SAME_PLACE) / 10).is_none()
                && self.correlation(tones, place) >= measure.whole
        }
    }

    /// Where all of it shows.
    pub fn find(&self, tones: &Tones, visible: Area, measure: Measure) -> Option<Area> {
        let visible = visible.within(tones.whole());
        let Area { width, height, .. } = self.part.whole();
        let (right, bottom) = (visible.right().checked_sub(width)?, visible.bottom().checked_sub(height)?);
        let places =
            (visible.y..=bottom).flat_map(|y| (visible.x..=right).map(move |x| Area { x, y, width, height }));
        let mut near = places.filter(|place| self.looks_alike(tones, *place));
        near.find(|place| {
            self.starts.iter().all(|x| self.is_alike(*x, tones, *place, measure))
                && self.correlation(tones, *place) >= measure.whole
        })
    }

    fn correlation(&self, tones: &Tones, place: Area) -> f64 {
        correlation(&self.part, self.part.whole(), tones, place).0
    }

    fn looks_alike(&self, tones: &Tones, place: Area) -> bool {
        let mut misses = 0;
        for (x, y, value) in &self.looks {
            let at = Area { x: place.x + x, width: 1, ..place };
            let found = tones.row(at, place.y + y).first();
            misses += usize::from(found.is_none_or(|found| found.abs_diff(*value) > LOOK));
            if misses > MISSES {
                return false;
            }
        }
        true
    }

    /// Whether the strip that begins at `x` shows where it would be at this place.
    fn is_alike(&self, x: u32, tones: &Tones, place: Area, measure: Measure) -> bool {
        let own = strip(&self.part, x);
        let other = Area { x: place.x + x, y: place.y, ..own };
        let (correlation, [strays, other_strays], shade) = correlation(&self.part, own, tones, other);
        match strays < FLAT {
            true => other_strays < 2.0 * FLAT && shade <= SHADE,
            false => correlation >= measure.letter,
        }
    }
}

/// The strip of a part that begins at `x`.
fn strip(part: &Tones, x: u32) -> Area {
    let whole = part.whole();
    Area { x, width: STRIP.min(whole.width.saturating_sub(x)), ..whole }
}

/// Where the strips of a part begin, the one whose values stray most first.
fn starts(part: &Tones) -> Vec<u32> {
    let strays = |x: u32| {
        let own = strip(part, x);
        correlation(part, own, part, own).1[0]
    };
    let starts = (0..part.whole().width).step_by(STRIP as usize);
    let mut starts: Vec<(f64, u32)> = starts.map(|x| (strays(x), x)).collect();
    starts.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    starts.into_iter().map(|(_, x)| x).collect()
}

/// Correlation of two parts of one size, how far the values of each stray from their mean, and how far the means are apart.
fn correlation(one: &Tones, at: Area, other: &Tones, there: Area) -> (f64, [f64; 2], f64) {
    let (mut sums, mut squares, mut product) = ([0_u64; 2], [0_u64; 2], 0_u64);
    for row in 0..at.height {
        let pairs = one.row(at, at.y + row).iter().zip(other.row(there, there.y + row));
        for (a, b) in pairs.map(|(a, b)| (u64::from(*a), u64::from(*b))) {
            sums = [sums[0] + a, sums[1] + b];
            squares = [squares[0] + a * a, squares[1] + b * b];
            product += a * b;
        }
    }
    let (sums, squares, product) =
        (sums.map(|sum| sum as f64), squares.map(|square| square as f64), product as f64);
    let count = f64::from(at.width * at.height).max(1.0);
    let [mean, other_mean] = sums.map(|sum| sum / count);
    let spread = |square: f64, mean: f64| (square / count - mean * mean).max(0.0).sqrt();
    let strays = [spread(squares[0], mean), spread(squares[1], other_mean)];
    let both = strays[0] * strays[1];
    let correlation = if both > 0.0 { (product / count - mean * other_mean) / both } else { 0.0 };
    (correlation, strays, (mean - other_mean).abs())
}

/// Where a look tells most: in each part of the width the darkest and the lightest value, the most telling first.
fn looks(part: &Tones) -> Vec<(u32, u32, u8)> {
    const PARTS: u32 = 12;
    let whole = part.whole();
    let mut looks = Vec::new();
    for index in 0..PARTS {
        let (x, right) = (whole.width * index / PARTS, whole.width * (index + 1) / PARTS);
        let strip = Area { x, width: right - x, ..whole };
        let values = (0..whole.height).flat_map(|y| {
            let row = part.row(strip, y).iter().zip(x..);
            row.map(move |(value, x)| (x, y, *value))
        });
        let values: Vec<_> = values.collect();
        looks.extend(values.iter().min_by_key(|(.., value)| *value).copied());
        looks.extend(values.iter().max_by_key(|(.., value)| *value).copied());
    }
    let sum: u64 = looks.iter().map(|(.., value)| u64::from(*value)).sum();
    let mean = (sum / looks.len().max(1) as u64) as u8;
    looks.sort_by_key(|(.., value)| std::cmp::Reverse(value.abs_diff(mean)));
    looks
}

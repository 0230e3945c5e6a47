//! Decoded pixels, and rectangles of them.

use crate::guide::Rect;

/// Pixels as RGBA, 8 bits each, not premultiplied, rows from the top. Always `width * height * 4` bytes;
/// a transparent pixel has no hidden colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canvas {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

/// A colour with its opacity.
pub type Pixel = [u8; 4];

impl Canvas {
    /// A canvas of RGBA bytes; `None` if their number does not fit the size.
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Option<Self> {
        let wanted = (width as usize).checked_mul(height as usize)?.checked_mul(4)?;
        (wanted == pixels.len()).then_some(Self { width, height, pixels })
    }

    /// A canvas of one opaque colour.
    pub fn filled(width: u32, height: u32, color: [u8; 3]) -> Self {
        let [red, green, blue] = color;
        let pixels = [red, green, blue, 255].repeat(width as usize * height as usize);
        Self { width, height, pixels }
    }

    /// Width in pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// All bytes.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The rectangle of all pixels.
    pub fn whole(&self) -> Area {
        Area { x: 0, y: 0, width: self.width, height: self.height }
    }

    /// The bytes of a row's part that lies in `area`; empty outside the canvas.
    pub fn row(&self, area: Area, y: u32) -> &[u8] {
        self.range(area, y).and_then(|range| self.pixels.get(range)).unwrap_or_default()
    }

    /// The same, to be changed.
    pub fn row_mut(&mut self, area: Area, y: u32) -> &mut [u8] {
        match self.range(area, y) {
            Some(range) => self.pixels.get_mut(range).unwrap_or_default(),
            None => &mut [],
        }
    }

    fn range(&self, area: Area, y: u32) -> Option<std::ops::Range<usize>> {
        let area = area.within(self.whole());
        let row = area.y..area.bottom();
        let start = (y as usize * self.width as usize + area.x as usize) * 4;
        row.contains(&y).then(|| start..start + area.width as usize * 4)
    }

    /// The pixel at a place; `None` outside.
    pub fn pixel(&self, x: u32, y: u32) -> Option<Pixel> {
        let inside = x < self.width && y < self.height;
        let at = (y as usize * self.width as usize + x as usize) * 4;
        let bytes = inside.then(|| self.pixels.get(at..at + 4)).flatten()?;
        bytes.try_into().ok()
    }

    /// A copy of the part in `area`.
    pub fn cut(&self, area: Area) -> Canvas {
        let area = area.within(self.whole());
        let mut pixels = Vec::with_capacity(area.pixels() * 4);
        for y in area.y..area.bottom() {
            pixels.extend_from_slice(self.row(area, y));
        }
        Canvas { width: area.width, height: area.height, pixels }
    }

    /// The part in `area`, without a copy if that is all.
    pub fn into_part(self, area: Area) -> Canvas {
        if area == self.whole() { self } else { self.cut(area) }
    }

    /// The same, opaque, over one colour.
    pub fn over(mut self, color: [u8; 3]) -> Canvas {
        for pixel in self.pixels.chunks_exact_mut(4).filter(|pixel| pixel.last() != Some(&255)) {
            let alpha = pixel.last().copied().map_or(0, u32::from);
            for (value, below) in pixel.iter_mut().zip(color) {
                *value = ((u32::from(*value) * alpha + u32::from(below) * (255 - alpha)) / 255) as u8;
            }
            pixel.last_mut().into_iter().for_each(|alpha| *alpha = 255);
        }
        self
    }

    /// The picture at another size; `None` for no size at all.
    pub fn resized(self, width: u32, height: u32) -> Option<Canvas> {
        // `DynamicImage` and not the generic functions: those would be compiled here, without optimisation
        // in tests.
        let halved = width * 3 <= self.width * 2;
        let image = image::RgbaImage::from_raw(self.width, self.height, self.pixels)?;
        let image = image::DynamicImage::from(image);
        let image = if halved {
            image.thumbnail_exact(width.max(1), height.max(1))
        } else {
            image.resize_exact(width.max(1), height.max(1), image::imageops::FilterType::CatmullRom)
        };
        Canvas::new(image.width(), image.height(), image.into_rgba8().into_raw())
    }

    /// Gives every pixel of `area` one opaque colour.
    pub fn fill(&mut self, area: Area, color: [u8; 3]) {
        let [red, green, blue] = color;
        for y in area.y..area.bottom() {
            let row = self.row_mut(area, y).chunks_exact_mut(4);
            row.for_each(|pixel| pixel.copy_from_slice(&[red, green, blue, 255]));
        }
    }

    /// Puts another canvas at a place, instead of what is there.
    pub fn paste(&mut self, other: &Canvas, x: u32, y: u32) {
        let area = Area { x, y, width: other.width, height: other.height };
        for row in 0..other.height {
            let from = other.row(other.whole(), row);
            self.row_mut(area, y.saturating_add(row)).iter_mut().zip(from).for_each(|(to, from)| *to = *from);
        }
    }

    /// Draws `color` over an opaque pixel with `cover` from 0 to 1; nothing outside.
    pub fn blend(&mut self, x: u32, y: u32, color: [u8; 3], cover: f32) {
        let pixel = self.row_mut(Area { x, y, width: 1, height: 1 }, y);
        for (to, from) in pixel.iter_mut().zip(color) {
            *to = (f32::from(*to) * (1.0 - cover) + f32::from(from) * cover).round().clamp(0.0, 255.0) as u8;
        }
    }

    /// Whether all pixels of `area` are the same.
    pub fn is_flat(&self, area: Area) -> bool {
        let first = self.pixel(area.x, area.y);
        (area.y..area.bottom()).all(|y| {
            self.row(area, y)
                .chunks_exact(4)
                .all(|pixel| first.is_some_and(|first| first.as_slice() == pixel))
        })
    }

    /// Whether every pixel of `area` is fully opaque.
    pub fn is_opaque(&self, area: Area) -> bool {
        (area.y..area.bottom())
            .all(|y| self.row(area, y).chunks_exact(4).all(|pixel| pixel.last() == Some(&255)))
    }
}

/// A rectangle of whole pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Area {
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width; 0 for an empty area.
    pub width: u32,
    /// Height; 0 for an empty area.
    pub height: u32,
}

impl Area {
    /// The whole pixels that a rectangle in points touches, at least one.
    pub fn covering(rect: Rect, density: u32) -> Self {
        let density = f64::from(density.max(1));
        // A float to integer cast saturates: no number a guide can hold overflows here.
        let span = |from: f64, size: f64| {
            let start = (from * density).floor().clamp(0.0, f64::from(u32::MAX)) as u32;
            let end = ((from + size) * density).ceil().clamp(0.0, f64::from(u32::MAX)) as u32;
            (start, end.saturating_sub(start).max(1))
        };
        let ((x, width), (y, height)) = (span(rect.x, rect.w), span(rect.y, rect.h));
        Self { x, y, width, height }
    }

    /// One past the last column.
    pub fn right(self) -> u32 {
        self.x.saturating_add(self.width)
    }

    /// One past the last row.
    pub fn bottom(self) -> u32 {
        self.y.saturating_add(self.height)
    }

    /// Number of pixels.
    pub fn pixels(self) -> usize {
        self.width as usize * self.height as usize
    }

    /// Whether it holds no pixel.
    pub fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// The part of this area inside `outer`; empty if they are apart.
    pub fn within(self, outer: Area) -> Area {
        let (x, y) = (self.x.max(outer.x), self.y.max(outer.y));
        let width = self.right().min(outer.right()).saturating_sub(x);
        let height = self.bottom().min(outer.bottom()).saturating_sub(y);
        if width == 0 || height == 0 { Area::default() } else { Area { x, y, width, height } }
    }

    /// The smallest area that holds both.
    pub fn join(self, other: Area) -> Area {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, bottom) = (self.right().max(other.right()), self.bottom().max(other.bottom()));
        Area { x, y, width: right - x, height: bottom - y }
    }

    /// The area with `margin` more pixels on every side, as far as `outer` goes.
    pub fn grow(self, margin: u32, outer: Area) -> Area {
        let (x, y) = (self.x.saturating_sub(margin), self.y.saturating_sub(margin));
        let (right, bottom) = (self.right().saturating_add(margin), self.bottom().saturating_add(margin));
        Area { x, y, width: right - x, height: bottom - y }.within(outer)
    }

    /// Whether the pixel lies in it.
    pub fn holds(self, x: u32, y: u32) -> bool {
        (self.x..self.right()).contains(&x) && (self.y..self.bottom()).contains(&y)
    }

    /// Whether all of `inner` lies in it.
    pub fn contains(self, inner: Area) -> bool {
        inner.within(self) == inner
    }
}

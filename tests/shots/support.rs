//! Guides made of pictures, and a painter that puts sheets back together.

use guidemark::guide::{Cursor, Frame, Picture, Rect, RedactStyle, Redaction, Resolved, Shot, Size};
use guidemark::project::Backdrop;
use guidemark::shot::{Composition, Sheet, ShotOptions, compose};
use guidemark::source::{MemoryWorld, ProjectPath, Span};
use image::{ImageFormat, Pixel as _, Rgba, RgbaImage};
use std::io::Cursor as Bytes;

/// A guide of pictures in memory.
pub struct Book {
    pub world: MemoryWorld,
    pub resolved: Resolved,
}

impl Book {
    pub fn new() -> Self {
        Self { world: MemoryWorld::new(), resolved: empty() }
    }

    /// One more shot of these bytes; the size is what a picture library measures, 1 × 1 where it can't.
    pub fn file(mut self, name: &str, bytes: Vec<u8>) -> Self {
        let (width, height) = measure(&bytes);
        let picture = Picture {
            path: ProjectPath::new(name).unwrap(),
            width,
            height,
            density: if name.contains("@2x") { 2 } else { 1 },
            bytes: bytes.len() as u64,
            hash: *blake3::hash(&bytes).as_bytes(),
        };
        self.world = self.world.with(picture.path.clone(), bytes);
        let span = Span::at(self.resolved.shots.len());
        self.resolved.shots.push(Shot { picture, redactions: Vec::new(), crop: None, span });
        self
    }

    /// One more shot of this picture, as a PNG.
    pub fn picture(self, name: &str, image: &RgbaImage) -> Self {
        self.file(name, png(image))
    }

    /// Redacts a part of the last shot.
    pub fn redact(mut self, at: Rect, style: RedactStyle) -> Self {
        self.resolved.shots.last_mut().unwrap().redactions.push(Redaction { at, style });
        self
    }

    /// Crops the last shot.
    pub fn crop(mut self, at: Rect) -> Self {
        self.resolved.shots.last_mut().unwrap().crop = Some(at);
        self
    }

    /// The last shot stands amid text.
    pub fn inline(mut self) -> Self {
        let shot = self.resolved.shots.pop().unwrap();
        self.resolved.inline.push(shot);
        self
    }

    pub fn compose(&self, options: &ShotOptions) -> Composition {
        compose(&self.resolved, options, &self.world)
    }

    /// The sheet of a guide without faults.
    pub fn sheet(&self, options: &ShotOptions) -> Sheet {
        let composition = self.compose(options);
        assert_eq!(composition.diagnostics, [], "the guide has faults");
        composition.sheet.unwrap()
    }
}

pub fn rect(x: f64, y: f64, w: f64, h: f64) -> Rect {
    Rect { x, y, w, h }
}

fn measure(bytes: &[u8]) -> (u32, u32) {
    let reader = image::ImageReader::new(Bytes::new(bytes)).with_guessed_format().unwrap();
    reader.into_dimensions().unwrap_or((1, 1))
}

pub fn png(image: &RgbaImage) -> Vec<u8> {
    encoded(image, ImageFormat::Png)
}

pub fn encoded(image: &RgbaImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Bytes::new(Vec::new());
    image::DynamicImage::from(image.clone()).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A picture with something to see everywhere: a page with lines of "text".
pub fn page(width: u32, height: u32, seed: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, y| {
        let mut noise =
            x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca6b) ^ seed.wrapping_mul(0xc2b2_ae35);
        noise = (noise ^ (noise >> 15)).wrapping_mul(0x2c1b_3c6d);
        let ink = (y / 6) % 3 == 1 && (x / 5) % 7 != 0 && noise & 0x300 == 0;
        if ink { image::Rgba([40, 42, (seed % 200) as u8, 255]) } else { image::Rgba([250, 251, 252, 255]) }
    })
}

/// The shot as the page shows it: the stack drawn from the bottom, the view cut out.
pub fn paint(sheet: &Sheet, index: usize, density: u32) -> RgbaImage {
    let shot = &sheet.shots[index];
    let scale = f64::from(density);
    let pixels = |points: f64| {
        let pixels = points * scale;
        assert_eq!(pixels, pixels.round(), "an edge lies between pixels");
        pixels as i64
    };
    let (width, height) = (pixels(shot.x + shot.width), pixels(shot.y + shot.height));
    let mut canvas = RgbaImage::new(width as u32, height as u32);
    draw(sheet, index, &mut canvas, &pixels);
    let (x, y) = (pixels(shot.x) as u32, pixels(shot.y) as u32);
    image::imageops::crop_imm(&canvas, x, y, width as u32 - x, height as u32 - y).to_image()
}

fn draw(sheet: &Sheet, index: usize, canvas: &mut RgbaImage, pixels: &dyn Fn(f64) -> i64) {
    let shot = &sheet.shots[index];
    if let Some(base) = shot.base {
        assert!(base < index, "a base comes before what is drawn over it");
        draw(sheet, base, canvas, pixels);
    }
    for layer in &shot.layers {
        let piece = &sheet.pieces[layer.piece];
        assert_eq!(piece.mime, "image/webp");
        let image =
            image::load_from_memory_with_format(&piece.bytes, ImageFormat::WebP).unwrap().into_rgba8();
        assert_eq!(image.dimensions(), (piece.width, piece.height));
        let size = (pixels(layer.width) as u32, pixels(layer.height) as u32);
        assert_eq!(image.dimensions(), size, "a piece is drawn at its own size");
        let shown = layer.part.map(|part| [part.x, part.x + part.w, part.y, part.y + part.h].map(pixels));
        for (x, y, pixel) in image.enumerate_pixels() {
            let (x, y) = (i64::from(x) + pixels(layer.x), i64::from(y) + pixels(layer.y));
            let is_cut = shown.is_some_and(|[left, right, top, bottom]| {
                !(left..right).contains(&x) || !(top..bottom).contains(&y)
            });
            // What is drawn beyond the view does not show.
            let inside = (0..canvas.width().into()).contains(&x) && (0..canvas.height().into()).contains(&y);
            if inside && !is_cut {
                over(canvas.get_pixel_mut(x as u32, y as u32), *pixel);
            }
        }
    }
}

/// Exact where nothing has to be mixed: the painter must not round what the sheet has right.
fn over(below: &mut Rgba<u8>, above: Rgba<u8>) {
    if below.0[3] == 0 || above.0[3] == 255 {
        *below = above;
    } else {
        below.blend(&above);
    }
}

/// The pixels that differ, in words short enough for a failing test.
pub fn assert_same(shown: &RgbaImage, wanted: &RgbaImage, what: &str) {
    assert_eq!(shown.dimensions(), wanted.dimensions(), "{what}: size");
    let differing = shown.enumerate_pixels().filter(|(x, y, pixel)| wanted.get_pixel(*x, *y) != *pixel);
    let places: Vec<_> = differing.map(|(x, y, _)| (x, y)).collect();
    assert!(places.is_empty(), "{what}: {} pixels differ, first at {:?}", places.len(), places.first());
}

fn empty() -> Resolved {
    Resolved {
        path: ProjectPath::new("guides/test.md").unwrap(),
        slug: "test".into(),
        title: "How to test".into(),
        description: String::new(),
        app: None,
        tags: Vec::new(),
        authors: Vec::new(),
        created: None,
        updated: None,
        lang: "en".into(),
        draft: false,
        cursor: Cursor::default(),
        frame: Frame::Browser,
        backdrop: Backdrop::Brand,
        auto_zoom: true,
        order: None,
        chapter_opening: Default::default(),
        cta: None,
        theme: "default".into(),
        stage: Size { width: 1280.0, height: 800.0 },
        chapters: Vec::new(),
        sections: Vec::new(),
        steps: Vec::new(),
        shots: Vec::new(),
        dark: std::collections::BTreeMap::new(),
        firsts: std::collections::BTreeMap::new(),
        cover: Some(0),
        inline: Vec::new(),
        attachments: Vec::new(),
        footnotes: std::collections::BTreeMap::new(),
        words: 0,
        seen: guidemark::guide::Seen::default(),
    }
}

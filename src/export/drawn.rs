//! The stills of the article, drawn without a browser: screenshots with one ring or one spotlight, which most are. Words on a
//! picture, and lines, only a browser draws.

use super::png_file::png_of;
use super::stills::Still;
use super::{ExportError, Exporting};
use crate::guide::{self, Index, Rect};
use crate::page::{self, GuideInput, Scope};
use crate::project;
use crate::shot::{self, Area, Canvas, Composed, Layer, Sheet, ShotOptions, decode};
use crate::theme::Theme;
use crate::theme::context::{BodyView, BoxView, FigureView, SectionView};

/// The dark of a spotlight, and how much of it there is.
const DIM: ([u8; 3], f32) = ([11, 11, 20], 0.45);

/// The stills of each step, in order; nothing if one of them takes a browser.
pub fn by_step(exporting: Exporting<'_>) -> Result<Option<Vec<Vec<Still>>>, ExportError> {
    let Exporting { source, guide, world, .. } = exporting;
    let failed = |what: &str| ExportError::Failed(what.to_owned());
    let settings = project::load(world, Some(source.path())).project.settings;
    let resolved = guide::resolve(guide, source, &settings, world).resolved;
    let resolved = resolved.ok_or_else(|| failed("the guide has errors"))?;
    let theme =
        Theme::load(world, &resolved.theme).map_err(|_| failed("the theme of the guide has errors"))?;
    let options = ShotOptions { quality: project::Quality::Lossless, ..ShotOptions::default() };
    let sheet = shot::compose(&resolved, &options, world).sheet;
    let sheet = sheet.ok_or_else(|| failed("the screenshots can't be drawn"))?;
    let index = Index::new(vec![resolved.entry()]);
    let settings = &settings;
    let input = GuideInput {
        resolved: &resolved,
        sheet: &sheet,
        theme: &theme,
        settings,
        index: &index,
        world,
        scope: Scope::Alone,
        downloads: &[],
    };
    let brand = channels(&theme.guide_dress(settings).brand_color);
    let mut all = Vec::new();
    for section in page::context(&input).sections {
        let SectionView::Steps { steps, .. } = section else { continue };
        for step in steps {
            let mut stills = Vec::new();
            for part in step.body {
                let BodyView::Figure { figure } = part else { continue };
                let Some(canvas) = draw(&figure, &sheet, brand) else { return Ok(None) };
                let png = png_of(&canvas).ok_or_else(|| failed("cannot write a picture"))?;
                // Callouts are words on a picture: a browser draws those.
                let FigureView { alt, caption, notes, .. } = *figure;
                stills.push(Still { png, alt, caption, notes });
            }
            all.push(stills);
        }
    }
    Ok(Some(all))
}

/// `#rrggbb`.
fn channels(color: &str) -> [u8; 3] {
    let part =
        |at: usize| color.get(at..at + 2).and_then(|part| u8::from_str_radix(part, 16).ok()).unwrap_or(0);
    [part(1), part(3), part(5)]
}

/// A figure, if it has nothing that takes letters or lines.
fn draw(figure: &FigureView, sheet: &Sheet, brand: [u8; 3]) -> Option<Canvas> {
    if figure.rings.len() > 1 || !figure.callouts.is_empty() || !figure.drags.is_empty() {
        return None;
    }
    let shot: usize = figure.shot.rsplit('-').next()?.parse().ok()?;
    let (whole, scale) = pixels(sheet, shot.checked_sub(1)?)?;
    let mut canvas = whole.cut(Area {
        x: round((figure.x.0 - figure.whole.x.0) * scale),
        y: round((figure.y.0 - figure.whole.y.0) * scale),
        width: round(figure.width.0 * scale),
        height: round(figure.height.0 * scale),
    });
    let placed = |at: &BoxView| Shape {
        x: (at.x.0 - figure.x.0) * scale,
        y: (at.y.0 - figure.y.0) * scale,
        w: at.w.0 * scale,
        h: at.h.0 * scale,
        radius: 0.0,
    };
    if figure.dim.is_some() {
        let holes: Vec<Shape> = figure.highlights.iter().map(|at| placed(at).grown(4.0 * scale)).collect();
        dim(&mut canvas, &holes, 8.0 * scale);
    }
    for ring in &figure.rings {
        let shape = Shape { radius: ring.radius.0 * scale, ..placed(&ring.outline) };
        // As wide as in the article, whatever the size of the screenshot.
        let width = figure.unit.0 * scale;
        stroke(&mut canvas, shape, 12.0 * width, brand, 0.22);
        stroke(&mut canvas, shape, 2.5 * width, brand, 1.0);
    }
    Some(canvas)
}

/// A shot as it is, and its pixels a point.
fn pixels(sheet: &Sheet, shot: usize) -> Option<(Canvas, f64)> {
    let composed = sheet.shots.get(shot)?;
    // Shots stand on those before them, so this ends.
    let below = match composed.base.filter(|base| *base < shot) {
        Some(base) => Some(pixels(sheet, base)?),
        None => None,
    };
    let first = composed.layers.first();
    let own = first.and_then(|layer| Some(f64::from(sheet.pieces.get(layer.piece)?.width) / layer.width));
    let scale = below.as_ref().map(|(_, scale)| *scale).or(own)?;
    let mut canvas = match below {
        Some((canvas, _)) => canvas,
        None => {
            Canvas::filled(round(composed.width * scale), round(composed.height * scale), [255, 255, 255])
        }
    };
    for layer in &composed.layers {
        lay(&mut canvas, composed, layer, decode(&sheet.pieces.get(layer.piece)?.bytes).ok()?, scale);
    }
    Some((canvas, scale))
}

/// Draws what is shown of a layer.
fn lay(canvas: &mut Canvas, shot: &Composed, layer: &Layer, piece: Canvas, scale: f64) {
    let all = Rect { x: layer.x, y: layer.y, w: layer.width, h: layer.height };
    let Rect { x, y, w, h } = layer.part.unwrap_or(all);
    // A piece that was moved may begin beyond the picture.
    let (left, top) = (x.max(shot.x), y.max(shot.y));
    let part = Area {
        x: round((left - layer.x) * scale),
        y: round((top - layer.y) * scale),
        width: round((x + w - left) * scale),
        height: round((y + h - top) * scale),
    };
    canvas.paste(&piece.into_part(part), round((left - shot.x) * scale), round((top - shot.y) * scale));
}

/// A box with round corners, in pixels.
#[derive(Debug, Clone, Copy)]
struct Shape {
    x: f64,
    y: f64,
    w: f64,
    h: f64,
    radius: f64,
}

impl Shape {
    fn grown(self, by: f64) -> Self {
        let Self { x, y, w, h, radius } = self;
        Self { x: x - by, y: y - by, w: w + 2.0 * by, h: h + 2.0 * by, radius }
    }

    /// How far a point is outside; less than 0 within.
    fn far(self, x: f64, y: f64) -> f64 {
        let radius = self.radius.min(self.w / 2.0).min(self.h / 2.0);
        let beyond = |at: f64, start: f64, size: f64| (at - start - size / 2.0).abs() - size / 2.0 + radius;
        let (across, down) = (beyond(x, self.x, self.w), beyond(y, self.y, self.h));
        across.max(0.0).hypot(down.max(0.0)) + across.max(down).min(0.0) - radius
    }
}

fn dim(canvas: &mut Canvas, holes: &[Shape], radius: f64) {
    let (color, cover) = DIM;
    each(canvas, |x, y| {
        let within = holes.iter().map(|hole| Shape { radius, ..*hole }.far(x, y)).fold(f64::MAX, f64::min);
        (color, cover * edge(within))
    });
}

fn stroke(canvas: &mut Canvas, shape: Shape, width: f64, color: [u8; 3], cover: f32) {
    each(canvas, |x, y| (color, cover * edge(width / 2.0 - shape.far(x, y).abs())));
}

/// How much of a pixel lies beyond an edge that is so far away.
fn edge(far: f64) -> f32 {
    (far + 0.5).clamp(0.0, 1.0) as f32
}

fn each(canvas: &mut Canvas, color: impl Fn(f64, f64) -> ([u8; 3], f32)) {
    let (width, height) = (canvas.width(), canvas.height());
    for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
        let (color, cover) = color(f64::from(x) + 0.5, f64::from(y) + 0.5);
        if cover > 0.0 {
            canvas.blend(x, y, color, cover);
        }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // lengths of screenshots
fn round(value: f64) -> u32 {
    value.round().max(0.0) as u32
}

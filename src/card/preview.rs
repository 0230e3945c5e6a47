//! The picture that a link to a guide shows elsewhere.

use super::lettering::Lettering;
use crate::cache::keep;
use crate::diagnostic::Diagnostic;
use crate::guide::{Frame, Resolved};
use crate::project::{Color, Settings};
use crate::shot::{Area, Canvas, Loaded, ShotOptions, load, png, shot_key, unwritable};
use crate::source::World;

/// Size of a card in pixels, as networks want it.
pub const SIZE: (u32, u32) = (1200, 630);
/// What a card should not exceed, in bytes.
const BYTES: usize = 60_000;
/// Distance of everything from the edges.
const EDGE: u32 = 64;
/// Height of the bar above the screenshot.
const BAR: u32 = 40;
/// Radius of the window's corners.
const ROUND: f32 = 14.0;
/// Where the window begins if nothing stands above it.
const ALONE: u32 = 72;
/// Sizes of the title, largest first.
const TITLE: [f32; 4] = [64.0, 56.0, 48.0, 40.0];
/// Colour of guides whose project has none.
const BRAND: [u8; 3] = [0x56, 0x45, 0xe6];
/// How far the window's shadow reaches, in pixels.
const SHADOW: u32 = 26;
/// What stands behind the screenshot.
const PAPER: [u8; 3] = [0xf3, 0xf4, 0xf7];
const INK: [u8; 3] = [0x16, 0x18, 0x22];
const WHITE: [u8; 3] = [255; 3];

/// The card of a guide, a PNG file of 1200 × 630 pixels: its application, its title and the picture
/// on its cover in a window, on the brand's colour. Words that the built-in face can't write are left out.
///
/// # Errors
/// A diagnostic if the screenshot can't be read, or no memory is left for it.
pub fn preview(
    resolved: &Resolved,
    settings: &Settings,
    options: &ShotOptions,
    world: &dyn World,
) -> Result<Vec<u8>, Diagnostic> {
    let brand = settings.brand.color.map_or(BRAND, |Color { red, green, blue }| [red, green, blue]);
    let app = resolved.app.as_ref().map_or("", |app| app.name.as_str());
    let frame = match resolved.frame {
        Frame::Browser => "browser",
        Frame::Window => "window",
        Frame::None => "none",
    };
    let shot = resolved.cover();
    let color = format!("{brand:?}");
    let key = || shot_key("card", shot, &[&resolved.title, app, frame, &color]);
    let mut wrong = None;
    let make = || {
        let loaded = match shot.map(|shot| load(shot, world).map_err(|problem| problem.at(resolved, shot))) {
            None => None,
            Some(Ok(loaded)) => Some(loaded),
            Some(Err(problem)) => {
                wrong = Some(problem);
                return None;
            }
        };
        png(&paint(resolved, app, brand, loaded)?, BYTES)
    };
    let out_of_memory = || match shot {
        Some(shot) => unwritable(resolved, shot),
        None => {
            let message = "the guide's card could not be made: memory ran out";
            Diagnostic::file_error("broken-picture", &resolved.path, message)
        }
    };
    match keep(options.cache.as_ref(), key, make) {
        Some((bytes, _)) => Ok(bytes),
        None => Err(wrong.unwrap_or_else(out_of_memory)),
    }
}

fn paint(resolved: &Resolved, app: &str, brand: [u8; 3], loaded: Option<Loaded>) -> Option<Canvas> {
    let mut card = Canvas::filled(SIZE.0, SIZE.1, mixed(brand, WHITE, 0.84));
    stripe(&mut card, brand);
    let alone = loaded.is_none();
    let below = words(&mut card, resolved, app, mixed(brand, INK, 0.25), alone);
    if let Some(loaded) = loaded {
        let top = below.map_or(ALONE, |below| below as u32 + 36);
        window(&mut card, top, resolved.frame, loaded, mixed(brand, INK, 0.55))?;
    }
    Some(card)
}

/// A line of the brand's own colour along the upper edge.
fn stripe(card: &mut Canvas, brand: [u8; 3]) {
    card.fill(Area { x: 0, y: 0, width: SIZE.0, height: 10 }, brand);
}

/// Application and title; where they end, if anything could be written.
fn words(card: &mut Canvas, resolved: &Resolved, app: &str, quiet: [u8; 3], alone: bool) -> Option<f32> {
    let room = (SIZE.0 - 2 * EDGE) as f32;
    let most = if alone { 4 } else { 2 };
    let fitting = TITLE.iter().filter_map(|size| Lettering::new(*size)).find_map(|face| {
        let lines = face.wrap(&resolved.title, room, most)?;
        Some((face, lines))
    });
    let (face, lines) = match fitting {
        Some(found) => found,
        None => {
            let face = Lettering::new(TITLE.last().copied().unwrap_or(40.0))?;
            let line = face.cut(&resolved.title, room);
            (face, vec![line])
        }
    };
    if lines.is_empty() || !face.can_write(&resolved.title) {
        return None;
    }
    let small = Lettering::new(30.0).filter(|small| !app.is_empty() && small.can_write(app));
    let above = small.as_ref().map_or(0.0, |small| small.line() + 8.0);
    let height = above + face.line() * lines.len() as f32;
    let mut y = if alone { (SIZE.1 as f32 - height) / 2.0 } else { 52.0 };
    if let Some(small) = small {
        small.draw(card, &small.cut(app, room), EDGE as f32, y, quiet);
        y += above;
    }
    for line in lines {
        face.draw(card, &line, EDGE as f32, y, INK);
        y += face.line();
    }
    Some(y)
}

/// The screenshot in its frame, cut off by the card's lower edge.
fn window(card: &mut Canvas, top: u32, frame: Frame, loaded: Loaded, shade: [u8; 3]) -> Option<()> {
    let width = SIZE.0 - 2 * EDGE;
    let bar = match frame {
        Frame::Browser | Frame::Window => BAR,
        Frame::None => 0,
    };
    let outer = Area { x: EDGE, y: top, width, height: SIZE.1 - top };
    shadow(card, outer, shade);
    let mut inside = Canvas::filled(width, outer.height, PAPER);
    if bar > 0 {
        for (x, color) in [(26, [0xe0, 0x6c, 0x62]), (50, [0xe3, 0xb3, 0x4c]), (74, [0x6a, 0xb5, 0x6e])] {
            disc(&mut inside, x as f32, BAR as f32 / 2.0, 7.0, color);
        }
    }
    let shot = fitted(loaded, width, outer.height - bar)?;
    inside.paste(&shot, 0, bar);
    let round = ROUND.ceil() as u32;
    for (x, y) in (0..round).flat_map(|y| (0..width).map(move |x| (x, y))) {
        let [red, green, blue, _] = inside.pixel(x, y).unwrap_or_default();
        card.blend(EDGE + x, top + y, [red, green, blue], rounded(x, y, width));
    }
    let straight = Area { y: round, height: outer.height - round, ..inside.whole() };
    card.paste(&inside.cut(straight), EDGE, top + round);
    Some(())
}

/// The upper part of the shot, as wide as the window.
fn fitted(loaded: Loaded, width: u32, height: u32) -> Option<Canvas> {
    let Loaded { canvas, visible, lossy: _ } = loaded;
    let scale = f64::from(visible.width) / f64::from(width);
    let part =
        Area { height: visible.height.min((f64::from(height) * scale).ceil() as u32).max(1), ..visible };
    let tall = ((f64::from(part.height) / scale).round() as u32).clamp(1, height);
    canvas.into_part(part).over(PAPER).resized(width, tall)
}

/// How much of a pixel lies inside the window, whose upper corners are round.
fn rounded(x: u32, y: u32, width: u32) -> f32 {
    let (x, y) = (x.min(width - 1 - x) as f32 + 0.5, y as f32 + 0.5);
    if x >= ROUND || y >= ROUND {
        return 1.0;
    }
    (ROUND - (ROUND - x).hypot(ROUND - y) + 0.5).clamp(0.0, 1.0)
}

/// A soft edge around the window, in steps that compress well.
fn shadow(card: &mut Canvas, window: Area, color: [u8; 3]) {
    let outer = window.grow(SHADOW, card.whole());
    for (x, y) in (outer.y..outer.bottom()).flat_map(|y| (outer.x..outer.right()).map(move |x| (x, y))) {
        let corner = window.y + ROUND as u32;
        if (window.x..window.right()).contains(&x) && y > corner {
            continue;
        }
        let beside = window.x.saturating_sub(x).max((x + 1).saturating_sub(window.right())) as f32;
        let away = beside.hypot(window.y.saturating_sub(y) as f32);
        let near = (1.0 - away / SHADOW as f32).clamp(0.0, 1.0);
        card.blend(x, y, color, (near * near * 14.0).round() / 14.0 * 0.2);
    }
}

fn disc(canvas: &mut Canvas, x: f32, y: f32, radius: f32, color: [u8; 3]) {
    let range = |middle: f32| (middle - radius - 1.0) as u32..=(middle + radius + 1.0) as u32;
    for py in range(y) {
        for px in range(x) {
            let away = (px as f32 + 0.5 - x).hypot(py as f32 + 0.5 - y);
            canvas.blend(px, py, color, (radius - away + 0.5).clamp(0.0, 1.0));
        }
    }
}

/// `share` of the other colour, 0 to 1.
fn mixed(color: [u8; 3], other: [u8; 3], share: f32) -> [u8; 3] {
    let mut result = color;
    for (value, other) in result.iter_mut().zip(other) {
        *value = (f32::from(*value) * (1.0 - share) + f32::from(other) * share).round() as u8;
    }
    result
}

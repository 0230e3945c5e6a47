//! The brand's colour in shades that can be read.

use crate::project::Color;

/// Contrast that text needs on its ground (WCAG 2.2, AA).
pub const CONTRAST: f64 = 4.5;

/// The grounds of the default theme, on which brand-coloured text stands.
const PAGE: Color = Color { red: 0xfc, green: 0xfc, blue: 0xfe };
const PAGE_DARK: Color = Color { red: 0x0e, green: 0x0f, blue: 0x14 };
const CARD_DARK: Color = Color { red: 0x1b, green: 0x1c, blue: 0x24 };
const WHITE: Color = Color { red: 255, green: 255, blue: 255 };
const INK: Color = Color { red: 0x12, green: 0x12, blue: 0x17 };

/// The shades of one mode, light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shades {
    /// Fills: buttons, rings, segments.
    pub brand: Color,
    /// Text on a fill.
    pub on_brand: Color,
    /// Text on the page, on cards and on the tint.
    pub text: Color,
    /// A tint of the page: backdrops, chosen filters.
    pub soft: Color,
    /// The page.
    pub page: Color,
}

/// The shades of a brand colour on a light page.
pub fn light(brand: Color) -> Shades {
    let soft = mix(brand, WHITE, 0.1);
    let on_brand = on(brand);
    let text = toward(brand, Color { red: 0, green: 0, blue: 0 }, &[PAGE, WHITE, soft]);
    Shades { brand, on_brand, text, soft, page: PAGE }
}

/// The shades of a brand colour on a dark page.
pub fn dark(brand: Color) -> Shades {
    // A dark fill would vanish on the page: 3:1 is what parts of an interface need.
    let fill = step(brand, WHITE, |shade| contrast(shade, CARD_DARK) >= 3.6);
    let soft = mix(brand, PAGE_DARK, 0.2);
    let text = toward(brand, WHITE, &[PAGE_DARK, CARD_DARK, soft]);
    Shades { brand: fill, on_brand: on(fill), text, soft, page: PAGE_DARK }
}

/// The properties of the shades in light and dark, as declarations of a style sheet.
pub fn declarations(light: &Shades, dark: &Shades) -> String {
    let named = |shades: &Shades| {
        let Shades { brand, on_brand, text, soft, page } = *shades;
        [("brand", brand), ("on-brand", on_brand), ("brand-text", text), ("brand-soft", soft), ("page", page)]
    };
    let pair = |((name, light), (_, dark)): ((&str, Color), (&str, Color))| match light == dark {
        true => format!("--{name}:{};", hex(light)),
        false => format!("--{name}:light-dark({},{});", hex(light), hex(dark)),
    };
    named(light).into_iter().zip(named(dark)).map(pair).collect()
}

/// `#rrggbb`.
pub fn hex(color: Color) -> String {
    let Color { red, green, blue } = color;
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Contrast of two colours, 1 to 21 (WCAG 2.2).
pub fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    if one > other { one / other } else { other / one }
}

fn luminance(color: Color) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
}

/// What can be read on a fill: white as long as it can, else ink, else black.
pub fn on(fill: Color) -> Color {
    let black = Color { red: 0, green: 0, blue: 0 };
    [WHITE, INK].into_iter().find(|&text| contrast(text, fill) >= CONTRAST).unwrap_or(black)
}

/// The first shade on the way from `color` to `end` that is read on all `grounds`.
fn toward(color: Color, end: Color, grounds: &[Color]) -> Color {
    step(color, end, |shade| grounds.iter().all(|&ground| contrast(shade, ground) >= CONTRAST))
}

fn step(color: Color, end: Color, enough: impl Fn(Color) -> bool) -> Color {
    (0..=50).map(|at| mix(end, color, f64::from(at) / 50.0)).find(|&shade| enough(shade)).unwrap_or(end)
}

/// `share` of `color`, the rest of `ground`.
fn mix(color: Color, ground: Color, share: f64) -> Color {
    let channel = |color: u8, ground: u8| {
        let value = f64::from(color) * share + f64::from(ground) * (1.0 - share);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let value = value.round().clamp(0.0, 255.0) as u8;
        value
    };
    Color {
        red: channel(color.red, ground.red),
        green: channel(color.green, ground.green),
        blue: channel(color.blue, ground.blue),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_brand_colour_makes_readable_text() {
        for red in (0..=255).step_by(51) {
            for green in (0..=255).step_by(51) {
                for blue in (0..=255).step_by(51) {
                    let brand = Color { red, green, blue };
                    for shades in [light(brand), dark(brand)] {
                        let name = hex(brand);
                        assert!(contrast(shades.on_brand, shades.brand) >= CONTRAST, "on a button: {name}");
                        assert!(contrast(shades.text, shades.page) >= CONTRAST, "on the page: {name}");
                        assert!(contrast(shades.text, shades.soft) >= CONTRAST, "on the tint: {name}");
                    }
                    assert!(contrast(light(brand).text, WHITE) >= CONTRAST);
                    assert!(contrast(dark(brand).text, CARD_DARK) >= CONTRAST);
                }
            }
        }
    }
}

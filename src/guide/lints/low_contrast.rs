//! A brand colour in which text is hard to read.

use super::{Check, Findings, Lint, ProjectFacts};
use crate::diagnostic::Severity;
use crate::project::Color;
use crate::source::data::{Value, parse_toml};
use crate::source::{Source, Span};

/// What WCAG 2.2 asks of text (AA).
const NEEDED: f64 = 4.5;

pub(super) static LINT: Lint = Lint {
    code: "low-contrast",
    severity: Severity::Warning,
    summary: "text in the brand's colour would be hard to read",
    check: Check::Project(check),
};

/// On white: no colour reaches the contrast on white and on a dark page both, so that dark pages use a
/// lighter shade in any case.
fn check(facts: &ProjectFacts<'_>, found: &mut Findings<'_>) {
    let Some(color) = facts.project.settings.brand.color else { return };
    let Some(source) = &facts.project.source else { return };
    let contrast = contrast_on_white(color);
    if contrast >= NEEDED {
        return;
    }
    // Rounded down: 4.49 is not enough, and shouldn't read as if it were.
    let shown = (contrast * 10.0).floor() / 10.0;
    let message =
        format!("text in the brand's colour has a contrast of {shown}:1 on white, less than {NEEDED}:1");
    let help = format!(
        "write `{}` or darker; else pages keep `{}` for surfaces and darken it for text",
        hex(readable(color)),
        hex(color)
    );
    found.at(source.path(), place(source).unwrap_or_default(), message, help);
}

/// Where the colour is written.
fn place(source: &Source) -> Option<Span> {
    let start = source.text().find(|c| c != '\u{feff}')?;
    let mut node = parse_toml(source.slice(Span::new(start, source.text().len())), start).ok()?;
    for key in ["brand", "color"] {
        let Value::Table(fields) = node.value else { return None };
        node = fields.into_iter().find(|field| field.key.value == key)?.node;
    }
    Some(node.span)
}

/// The first shade on the way to black that can be read on white.
fn readable(color: Color) -> Color {
    let darker = |share: u32| {
        let channel = |value: u8| u8::try_from(u32::from(value) * share / 100).unwrap_or(value);
        Color { red: channel(color.red), green: channel(color.green), blue: channel(color.blue) }
    };
    (0..=100).rev().map(darker).find(|&shade| contrast_on_white(shade) >= NEEDED).unwrap_or(darker(0))
}

fn contrast_on_white(color: Color) -> f64 {
    1.05 / (luminance(color) + 0.05)
}

/// Relative luminance, 0 to 1 (WCAG 2.2).
fn luminance(Color { red, green, blue }: Color) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

fn hex(Color { red, green, blue }: Color) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

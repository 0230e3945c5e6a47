//! A picture before and now, with buttons that lay one over the other.

use crate::page::escape;
use crate::refresh::compare::Part;
use crate::refresh::run::PictureRun;
use crate::shot::{self, Canvas};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write;

/// What is laid over what is redacted.
const COVER: [u8; 3] = [64, 64, 64];

/// Writes a picture as it was and as it is. `name`: of its buttons, no other's on the page; `moved`: what was where, and is where.
pub(super) fn write(
    text: &mut String,
    name: &str,
    title: &str,
    picture: &PictureRun,
    moved: &[(Option<Part>, Part)],
) {
    let (width, height) = size_of(picture);
    let Some(after) = address(&picture.after.png, picture) else { return };
    let before = picture.before.as_deref().and_then(|bytes| address(bytes, picture));
    let _ = writeln!(text, "<div class=\"pair\" data-view=\"beside\">");
    if before.is_some() {
        text.push_str("<fieldset><legend>Show</legend>");
        for (value, words) in [
            ("beside", "Side by side"),
            ("slide", "Slider"),
            ("blink", "Blink"),
            ("difference", "Difference"),
        ] {
            let checked = if value == "beside" { " checked" } else { "" };
            let _ = write!(
                text,
                "<label><input type=\"radio\" name=\"{name}\" value=\"{value}\"{checked}> {words}</label>"
            );
        }
        text.push_str("<label class=\"slide\">How much of the new one <input type=\"range\" min=\"0\" max=\"100\" value=\"50\"></label></fieldset>\n");
    }
    text.push_str("<div class=\"pictures\">\n");
    let alt = escape::html(title);
    if let Some(before) = before {
        let olds = moved.iter().filter_map(|(old, _)| *old).map(|part| rect(part, "old"));
        let _ = writeln!(
            text,
            "<figure><div class=\"shown\"><img src=\"{before}\" alt=\"Before: {alt}\"><svg viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">{}</svg></div><figcaption>Before</figcaption></figure>",
            olds.collect::<String>()
        );
    }
    let groups = picture.difference.iter().flat_map(|difference| &difference.groups);
    let groups = groups.map(|group| rect(group.part, "differs"));
    let news = moved.iter().map(|(_, new)| rect(*new, "new"));
    let _ = writeln!(
        text,
        "<figure class=\"after\"><div class=\"shown\"><img src=\"{after}\" alt=\"After: {alt}\"><svg viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">{}</svg></div><figcaption>Now: what differs is framed, and so is what moved</figcaption></figure>",
        groups.chain(news).collect::<String>()
    );
    text.push_str("</div>\n</div>\n");
}

fn rect(part: Part, class: &str) -> String {
    let Part { x, y, w, h } = part;
    format!(
        "<rect class=\"{class}\" x=\"{x:.0}\" y=\"{y:.0}\" width=\"{:.0}\" height=\"{:.0}\"/>",
        w.max(4.0),
        h.max(4.0)
    )
}

pub(super) fn size_of(picture: &PictureRun) -> (f64, f64) {
    let (width, height) = picture.after.size().unwrap_or_default();
    let density = f64::from(picture.planned.density.max(1));
    (f64::from(width) / density, f64::from(height) / density)
}

/// A picture without what is redacted on it, as an address.
fn address(bytes: &[u8], picture: &PictureRun) -> Option<String> {
    let mut canvas = shot::decode(bytes).ok()?;
    let whole = canvas.whole();
    for part in &picture.covered {
        let Part { x, y, w, h } = *part;
        let rect = crate::guide::Rect { x: x - 2.0, y: y - 2.0, w: w + 4.0, h: h + 4.0 };
        let area = shot::Area::covering(rect, picture.planned.density).within(whole);
        canvas.fill(area, COVER);
    }
    Some(format!("data:image/png;base64,{}", STANDARD.encode(png(&canvas)?)))
}

fn png(canvas: &Canvas) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    let color = image::ExtendedColorType::Rgba8;
    image::ImageEncoder::write_image(encoder, canvas.pixels(), canvas.width(), canvas.height(), color)
        .ok()?;
    Some(bytes)
}

//! One page for reviewers: verdicts by guide, and for each step that differs its picture before and after.

use super::{GuideReport, Outcome, counts};
use crate::page::escape;
use crate::refresh::compare::Part;
use crate::refresh::run::{PictureRun, StepRun};
use crate::refresh::verdict::Verdict;
use crate::shot::{self, Canvas};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fmt::Write;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// What is laid over what is redacted.
const COVER: [u8; 3] = [64, 64, 64];

/// The page. It makes no request, and nothing of a guide or an application in it is more than text.
pub fn html(outcome: &Outcome) -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    let policy = format!(
        "default-src 'none'; img-src data:; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    );
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Guides against the application</title>\n<style>{STYLE}</style>\n<body>\n<header>\n<h1>Guides against the application</h1>\n<p class=\"counts\">{}</p>\n",
        escape::html(&counts(outcome))
    );
    if outcome.is_check && outcome.status(true) > 0 {
        // A `String` takes everything.
        let _ = writeln!(text, "<p>To renew them: <code>{}</code></p>", escape::html(&outcome.command));
    }
    text.push_str("</header>\n<main>\n");
    for (at, guide) in outcome.guides.iter().enumerate() {
        self::guide(&mut text, guide, at);
    }
    let _ = write!(text, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n");
    text
}

fn guide(text: &mut String, guide: &GuideReport, at: usize) {
    let verdict = guide.run.verdict();
    let title = if guide.title.is_empty() { &guide.file } else { &guide.title };
    let _ = writeln!(
        text,
        "<section aria-labelledby=\"guide-{at}\">\n<h2 id=\"guide-{at}\">{} {}</h2>\n<p class=\"file\">{}</p>",
        escape::html(title),
        badge(verdict),
        escape::html(&guide.file)
    );
    if let Some((why, help)) = &guide.run.failure {
        let _ = writeln!(text, "<p>{}</p>\n<p class=\"help\">{}</p>", escape::html(why), escape::html(help));
    }
    text.push_str("<ol>\n");
    for step in &guide.run.steps {
        self::step(text, guide, step);
    }
    text.push_str("</ol>\n");
    if !guide.left.is_empty() {
        text.push_str("<h3>To be looked at</h3>\n<ul>\n");
        for (line, why) in &guide.left {
            let _ = writeln!(text, "<li>{}:{line}: {}</li>", escape::html(&guide.file), escape::html(why));
        }
        text.push_str("</ul>\n");
    }
    if let Some(patch) = &guide.patch {
        let _ =
            writeln!(text, "<h3>Written with <code>--accept</code></h3>\n<pre>{}</pre>", escape::html(patch));
    }
    text.push_str("</section>\n");
}

fn step(text: &mut String, guide: &GuideReport, step: &StepRun) {
    let verdict = step.verdict();
    let _ = writeln!(
        text,
        "<li value=\"{}\">\n<h3>{} {}</h3>",
        step.number,
        escape::html(&step.title),
        badge(verdict)
    );
    if matches!(verdict, Verdict::Same) {
        text.push_str("</li>\n");
        return;
    }
    let _ = writeln!(text, "<p class=\"file\">{}:{}</p>\n<ul>", escape::html(&guide.file), step.line);
    let reasons = step.reasons.iter().filter(|reason| reason.verdict != Verdict::Same);
    for reason in reasons {
        let _ = writeln!(text, "<li>{}: {}</li>", reason.verdict.words(), escape::html(&reason.why));
    }
    text.push_str("</ul>\n");
    if let Some(help) = &step.help {
        let _ = writeln!(text, "<p class=\"help\">{}</p>", escape::html(help));
    }
    for (at, picture) in step.pictures().enumerate() {
        let moved: Vec<(Option<Part>, Part)> = step
            .scenes
            .iter()
            .flat_map(|scene| &scene.found)
            .filter_map(|found| Some((found.mark.part(size_of(picture)), found.region?)))
            .collect();
        if picture.reason.verdict >= Verdict::Changed || verdict >= Verdict::Changed {
            self::picture(text, step, picture, at, &moved);
        }
    }
    text.push_str("</li>\n");
}

fn picture(
    text: &mut String,
    step: &StepRun,
    picture: &PictureRun,
    at: usize,
    moved: &[(Option<Part>, Part)],
) {
    let (width, height) = size_of(picture);
    let Some(after) = address(&picture.after.png, picture) else { return };
    let before = picture.before.as_deref().and_then(|bytes| address(bytes, picture));
    let _ = writeln!(text, "<div class=\"pair\" data-view=\"beside\">");
    if before.is_some() {
        let name = format!("view-{}-{at}-{}", step.number, step.line);
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
    let alt = escape::html(&step.title);
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

fn size_of(picture: &PictureRun) -> (f64, f64) {
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

fn badge(verdict: Verdict) -> String {
    format!("<span class=\"badge {}\">{}</span>", verdict.words().replace(' ', "-"), verdict.words())
}

//! Pictures amid the texts of a guide, in tables and in HTML.

use super::ImportError;
use super::copies::Copies;
use crate::edit::{image_markdown, link_address};
use crate::guide::{Image, named_pictures, parse};
use crate::source::{ProjectPath, Source, Span};

/// Copies the pictures that a text names, and names the copies in it. `definitions`: those of references, which the text may name.
///
/// # Errors
/// [`ImportError`] if these are too many.
pub fn copied(
    text: &str,
    sentence: &str,
    definitions: &str,
    copies: &mut Copies<'_>,
) -> Result<String, ImportError> {
    if !text.contains("](") && !text.contains("![") && !text.to_ascii_lowercase().contains("<img") {
        return Ok(text.to_owned());
    }
    // White space that makes the first line code must not be taken for anything else.
    let source = Source::new(ProjectPath::default(), format!("{text}\n\n{definitions}"));
    let mut places: Vec<(Span, String)> = Vec::new();
    for image in named_pictures(&parse(&source).guide, &source) {
        if image.span.end > text.len() || places.last().is_some_and(|(last, _)| last.end > image.span.start) {
            continue;
        }
        let copy = copies.copy(&image.target.value, sentence)?;
        let written = source.slice(image.span);
        let new = match copy {
            Some(copy) => named(written, &image, &copy.path),
            None => link(written, &image),
        };
        places.push((image.span, new));
    }
    let mut text = text.to_owned();
    for (span, new) in places.into_iter().rev() {
        text.replace_range(span.start..span.end, &new);
    }
    Ok(text)
}

/// The image with the address of its copy.
fn named(written: &str, image: &Image, path: &str) -> String {
    let target = &image.target.value;
    if written == target {
        return path.to_owned();
    }
    let is_html = written.starts_with('<');
    let from = if is_html { written.to_ascii_lowercase().find("src").unwrap_or(0) } else { 0 };
    let is_inline = is_html || written.starts_with("![") && written.ends_with(')');
    let rest = written.get(from..).unwrap_or_default();
    let at = if is_html { rest.find(target.as_str()) } else { rest.rfind(target.as_str()) };
    match at.filter(|_| is_inline && !target.is_empty()) {
        Some(at) => {
            let (before, after) = (from + at, from + at + target.len());
            let before = written.get(..before).unwrap_or_default();
            format!("{before}{path}{}", written.get(after..).unwrap_or_default())
        }
        None => image_markdown(path, &image.alt).unwrap_or_else(|_| written.to_owned()),
    }
}

/// The link that stays of a picture which can't be copied.
fn link(written: &str, image: &Image) -> String {
    // A link to a picture stays as it is.
    if written == image.target.value {
        return written.to_owned();
    }
    let words = words(&image.alt);
    let address = link_address(&image.target.value);
    match written.starts_with('<') {
        true => {
            let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
            format!("<a href=\"{}\">{}</a>", escaped(&address), escaped(&words))
        }
        false => markdown_link(&words, &address),
    }
}

/// What is written on the link to a picture: what it shows, if its author says that.
pub fn words(alt: &str) -> String {
    if alt.trim().is_empty() { "Screenshot".to_owned() } else { alt.to_owned() }
}

/// A link as Markdown.
pub fn markdown_link(words: &str, address: &str) -> String {
    format!("[{}]({address})", crate::edit::alt_markdown(words))
}

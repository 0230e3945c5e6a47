//! A text while it is written.

use super::clean;
use crate::guide::markdown_options;
use pulldown_cmark::{Parser, html};

/// The HTML of some Markdown by itself, cleaned of all that could run, style or load: links lead nowhere in the
/// project, pictures are left out, and code has no colours.
pub fn preview(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut out, Parser::new_ext(markdown, markdown_options()));
    clean::clean(&out, &[])
}

#[cfg(test)]
mod tests {
    use super::preview;

    #[test]
    fn nothing_in_a_text_can_run_or_load() {
        let html =
            preview("**Bold** <img src=https://evil.example onerror=alert(1)> [x](javascript:alert(1))");
        assert!(html.contains("<strong>Bold</strong>"), "{html}");
        assert!(
            !html.contains("evil") && !html.contains("onerror") && !html.contains("javascript"),
            "{html}"
        );
    }
}

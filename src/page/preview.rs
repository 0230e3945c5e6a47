//! A text while it is written.

use super::{clean, escape};
use crate::guide::{MAX_ELEMENTS, Nesting, markdown_options};
use pulldown_cmark::{Parser, html};

/// The HTML of some Markdown by itself, cleaned of all that could run, style or load: links lead nowhere in the
/// project, pictures are left out, and code has no colours. What is nested too deeply for a page is shown as it is written.
pub fn preview(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut out, Parser::new_ext(markdown, markdown_options()));
    // Lists and quotes may stand as deep as elements, each with two of its own.
    if Nesting::default().read(&out, 3 * MAX_ELEMENTS).is_some() {
        return format!("<pre>{}</pre>", escape::html(markdown));
    }
    clean::clean(&out, &[], &[], &[])
}

#[cfg(test)]
mod tests {
    use super::preview;

    #[test]
    fn what_is_nested_too_deeply_is_shown_as_it_is_written() {
        for deep in ["<div>".repeat(20_000), "> ".repeat(20_000), "<b x=1>".repeat(20_000)] {
            let html = preview(&deep);
            assert!(html.starts_with("<pre>") && !html.contains("<div>"), "{}", &html[..80]);
        }
    }

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

//! Style and script in few bytes.

mod css;
mod js;
mod unused;

pub use css::{addresses, at_rules, css, skip, unbalanced};
pub use js::{Kind, SyntaxError, js, syntax_error};
pub use unused::used;

/// What must not stand inside an inline `<style>` or `<script>`, if any of it does.
pub fn unsafe_inline(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    ["</script", "</style", "<!--", "<script"].into_iter().find(|bad| lower.contains(bad))
}

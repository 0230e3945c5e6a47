//! Style and script without comments, needless white space and long names.

mod bindings;
mod css;
mod js;
mod names;
mod tokens;

pub use css::{css, unbalanced};
pub use js::js;
pub use names::shorten;

/// What must not stand inside an inline `<style>` or `<script>`, if any of it does.
pub fn unsafe_inline(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    ["</script", "</style", "<!--", "<script"].into_iter().find(|bad| lower.contains(bad))
}

//! Raw HTML in a guide is untrusted: what could run, style or load is taken out.

use ammonia::Builder;
use std::borrow::Cow;

/// The HTML of a prose that holds raw HTML, cleaned. Classes and ids are kept where Guidemark writes
/// them: on its own elements, and on headings named in `ids`.
pub fn clean(html: &str, ids: &[String]) -> String {
    let ids: Vec<String> = ids.to_vec();
    Builder::default()
        .add_tags(["input", "section", "figure", "figcaption"])
        .add_generic_attributes(["class", "id", "role", "aria-label", "dir", "lang"])
        .add_tag_attributes("input", ["type", "disabled", "checked"])
        .add_tag_attributes("div", ["tabindex"])
        .add_tag_attributes("img", ["loading", "decoding"])
        .add_url_schemes(["data"])
        .link_rel(Some("noopener"))
        .attribute_filter(move |element, attribute, value| filter(element, attribute, value, &ids))
        .clean(html)
        .to_string()
}

fn filter<'v>(element: &str, attribute: &str, value: &'v str, ids: &[String]) -> Option<Cow<'v, str>> {
    let is_data = value.trim_start().to_ascii_lowercase().starts_with("data:");
    let keep = match (element, attribute) {
        // A picture from elsewhere would be a request.
        ("img", "src") => is_data,
        ("input", "type") => value == "checkbox",
        (_, "id") => ids.iter().any(|id| id == value) || value.starts_with("fn-"),
        (_, "href" | "src" | "cite") => !is_data,
        _ => true,
    };
    keep.then_some(Cow::Borrowed(value))
}

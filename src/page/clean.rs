//! Raw HTML in a guide is untrusted: what could run, style or load is taken out.

use ammonia::Builder;
use std::borrow::Cow;
use std::collections::HashSet;

/// The HTML of a prose that holds raw HTML, cleaned. Classes and ids are kept where Guidemark writes
/// them: on its own elements, and on headings named in `ids`. Of pictures those in `pictures` are kept.
pub fn clean(html: &str, ids: &[String], pictures: &[String]) -> String {
    let ids: Vec<String> = ids.to_vec();
    let pictures: HashSet<String> = pictures.iter().cloned().collect();
    Builder::default()
        .add_tags(["input", "section", "figure", "figcaption"])
        .add_generic_attributes(["class", "id", "role", "aria-label", "dir", "lang"])
        .add_tag_attributes("input", ["type", "disabled", "checked"])
        .add_tag_attributes("div", ["tabindex"])
        .add_tag_attributes("img", ["loading", "decoding"])
        .url_schemes(["http", "https", "mailto", "tel", "data"].into())
        .link_rel(Some("noopener"))
        .attribute_filter(move |element, attribute, value| filter(element, attribute, value, &ids, &pictures))
        .clean(html)
        .to_string()
}

fn filter<'v>(
    element: &str,
    attribute: &str,
    value: &'v str,
    ids: &[String],
    pictures: &HashSet<String>,
) -> Option<Cow<'v, str>> {
    let is_data = value.trim_start().to_ascii_lowercase().starts_with("data:");
    let keep = match (element, attribute) {
        // A picture from elsewhere would be a request, and one in the text is no file that was looked at.
        ("img", "src") => pictures.contains(value),
        ("input", "type") => value == "checkbox",
        (_, "id") => ids.iter().any(|id| id == value) || value.starts_with("fn-"),
        (_, "href" | "src" | "cite") => !is_data,
        _ => true,
    };
    keep.then_some(Cow::Borrowed(value))
}

//! Raw HTML in a guide is untrusted: what could run, style or load is taken out.

use ammonia::Builder;
use std::borrow::Cow;
use std::collections::HashSet;

/// The HTML of a prose that holds raw HTML, cleaned. Classes and ids are kept where Guidemark writes
/// them: on its own elements, and on headings named in `ids`. Of pictures those in `pictures` are kept, and of links
/// that hold a file itself those in `files`.
pub fn clean(html: &str, ids: &[String], pictures: &[String], files: &[String]) -> String {
    let own = Own {
        ids: ids.to_vec(),
        pictures: pictures.iter().cloned().collect(),
        files: files.iter().cloned().collect(),
    };
    Builder::default()
        .add_tags(["input", "section", "figure", "figcaption"])
        .add_generic_attributes(["class", "id", "role", "aria-label", "dir", "lang"])
        .add_tag_attributes("input", ["type", "disabled", "checked"])
        .add_tag_attributes("div", ["tabindex"])
        .add_tag_attributes("a", ["download"])
        .add_tag_attributes("img", ["loading", "decoding"])
        .url_schemes(["http", "https", "mailto", "tel", "data"].into())
        .link_rel(Some("noopener"))
        .attribute_filter(move |element, attribute, value| filter(element, attribute, value, &own))
        .clean(html)
        .to_string()
}

/// What Guidemark itself has written into a prose.
struct Own {
    ids: Vec<String>,
    pictures: HashSet<String>,
    files: HashSet<String>,
}

fn filter<'v>(element: &str, attribute: &str, value: &'v str, own: &Own) -> Option<Cow<'v, str>> {
    let is_data = value.trim_start().to_ascii_lowercase().starts_with("data:");
    let keep = match (element, attribute) {
        // A picture from elsewhere would be a request, and one in the text is no file that was looked at.
        ("img", "src") => own.pictures.contains(value),
        ("input", "type") => value == "checkbox",
        (_, "id") => own.ids.iter().any(|id| id == value) || value.starts_with("fn-"),
        ("a", "href") => !is_data || own.files.contains(value),
        (_, "href" | "src" | "cite") => !is_data,
        _ => true,
    };
    keep.then_some(Cow::Borrowed(value))
}

//! The page for an address that names nothing.

use super::live;
use super::path::encode;
use crate::page::escape::html;
use std::sync::LazyLock;

/// Guides named at most.
const MOST: usize = 5;

const STYLE: &str = ":root{color-scheme:light dark}body{font:1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:16vh auto;padding:0 1.5rem}\
h1{font-size:1.5rem;margin:0 0 .5rem}a{color:LinkText}code{overflow-wrap:anywhere}";

static POLICY: LazyLock<String> = LazyLock::new(|| {
    let (style, script) = (live::hash(STYLE), &*live::HASH);
    format!(
        "default-src 'none'; style-src {style}; script-src {script}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"
    )
});

/// A page that says so, with the guides that may be meant. It changes into the page when there is one.
pub fn page(wanted: &str, slugs: &[String]) -> String {
    let near = near(wanted, slugs);
    let item = |slug: &&String| format!("<li><a href=\"/{}/\">{}</a></li>", encode(slug), html(slug));
    let list: String = near.iter().map(item).collect();
    let meant = if list.is_empty() { String::new() } else { format!("<p>Did you mean</p><ul>{list}</ul>") };
    let sentence = match wanted {
        "" => "There is no guide to show yet.".to_owned(),
        wanted => {
            format!("There is no guide at <code>/{}</code>. <a href=\"/\">All guides</a>", html(wanted))
        }
    };
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>Not found</title>\
         <link rel=\"icon\" href=\"data:,\"><style>{STYLE}</style></head><body><main><h1>Not found</h1>\
         <p>{sentence}</p>{meant}</main>{}</body></html>",
        html(&POLICY),
        live::tag("")
    )
}

/// The slugs nearest to what was asked for: those that share a beginning or are a few letters away.
fn near<'a>(wanted: &str, slugs: &'a [String]) -> Vec<&'a String> {
    let wanted = wanted.split('/').next().unwrap_or_default().to_lowercase();
    if wanted.is_empty() || wanted.chars().count() > 200 {
        return Vec::new();
    }
    let mut near: Vec<(usize, &String)> = slugs
        .iter()
        .filter_map(|slug| {
            let lower = slug.to_lowercase();
            let distance = strsim::damerau_levenshtein(&wanted, &lower);
            let close = distance <= 1 + wanted.chars().count() / 3;
            (close || lower.contains(&wanted) || wanted.contains(&lower)).then_some((distance, slug))
        })
        .collect();
    near.sort();
    near.into_iter().take(MOST).map(|(_, slug)| slug).collect()
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn near_guides_are_named_and_nothing_is_taken_for_markup() {
        let slugs = ["invite-a-colleague".to_owned(), "refund-an-order".to_owned()];
        let text = page("invite-a-coleague/", &slugs);
        assert!(text.contains("<a href=\"/invite-a-colleague/\">invite-a-colleague</a>"));
        assert!(!text.contains("refund"));
        assert!(page("<script>alert(1)</script>", &slugs).contains("<code>/&lt;script&gt;alert(1)"));
    }
}

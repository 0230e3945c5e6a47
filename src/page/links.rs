//! Where links lead: safe schemes only, links between guides by their address in the site.

use crate::guide::Index;
use crate::source::ProjectPath;

/// A link fit for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The address.
    pub href: String,
    /// Whether it leads out of the site.
    pub external: bool,
}

/// Where a link written in the guide `from` leads; `None` if its scheme is not safe.
pub fn target(written: &str, from: &ProjectPath, index: Option<&Index>) -> Option<Target> {
    let href: String = written.trim().chars().filter(|c| !c.is_control()).collect();
    let href = href.replace(' ', "%20");
    if let Some(scheme) = scheme(&href) {
        let safe = ["http", "https", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str());
        return safe.then_some(Target { href, external: true });
    }
    let external = href.starts_with("//");
    let guide = index.filter(|_| !external).and_then(|index| between_guides(&href, from, index));
    Some(Target { href: guide.unwrap_or(href), external })
}

/// `name` of `name:…`.
fn scheme(href: &str) -> Option<&str> {
    let (scheme, _) = href.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    // What looks like a scheme to one reader and not to another is none to us, and unsafe.
    let path = scheme.contains(['/', '?', '#']);
    (valid || !path).then_some(scheme)
}

fn between_guides(href: &str, from: &ProjectPath, index: &Index) -> Option<String> {
    let (path, anchor) = href.split_once('#').map_or((href, None), |(path, anchor)| (path, Some(anchor)));
    if path.is_empty() || path.starts_with(['/', '?']) {
        return None;
    }
    let named = from.parent().join(&path.replace("%20", " ")).ok()?;
    let (file, entry) =
        named.pages().into_iter().find_map(|file| index.get(&file).map(|entry| (file, entry)))?;
    let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
    if file == *from {
        return Some(if anchor.is_empty() { "#".to_owned() } else { anchor });
    }
    Some(format!("../{}/{anchor}", entry.slug))
}

//! Which addresses a guide may name.

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadUrl {
    /// It would run code: `javascript:`, `vbscript:`, `data:`.
    Unsafe,
    /// It isn't of the kinds allowed here, or malformed.
    Malformed,
}

/// The scheme of an address in lower case, as a browser sees it: white space and control characters in
/// it don't count.
pub fn scheme(url: &str) -> Option<String> {
    let seen: String = url.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let (scheme, _) = seen.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    valid.then(|| scheme.to_ascii_lowercase())
}

/// Whether following the address would run code.
pub fn is_unsafe(url: &str) -> bool {
    matches!(scheme(url).as_deref(), Some("javascript" | "vbscript" | "data"))
}

/// An address of the web: `http` or `https`, with a host.
///
/// # Errors
/// [`BadUrl`].
pub fn web(url: &str) -> Result<(), BadUrl> {
    if is_unsafe(url) {
        return Err(BadUrl::Unsafe);
    }
    let rest = ["http://", "https://"].iter().find_map(|start| strip_prefix_ignore_case(url, start));
    let host = rest.and_then(|rest| rest.chars().next());
    if host.is_some_and(|c| !matches!(c, '/' | '?' | '#' | ':')) && is_clean(url) {
        return Ok(());
    }
    Err(BadUrl::Malformed)
}

/// An address that pages may post to. It stands in their Content-Security-Policy, where `*` means any,
/// `;`, `,` and `'` end what they stand in, and a user's name or a fragment matches nothing.
///
/// # Errors
/// [`BadUrl`].
pub fn beacon(url: &str) -> Result<(), BadUrl> {
    web(url)?;
    let plain = |c: char| c.is_ascii_graphic() && !"*;,'@#".contains(c);
    if url.chars().all(plain) { Ok(()) } else { Err(BadUrl::Malformed) }
}

/// An address to follow from a guide: of the web, `mailto:`, or relative.
///
/// # Errors
/// [`BadUrl`].
pub fn link(url: &str) -> Result<(), BadUrl> {
    match scheme(url).as_deref() {
        None if !url.starts_with("//") && !url.is_empty() && is_clean(url) => Ok(()),
        Some("mailto") if is_clean(url) => Ok(()),
        _ => web(url),
    }
}

/// An address that is shown, not followed: anything that wouldn't run code.
///
/// # Errors
/// [`BadUrl`].
pub fn shown(url: &str) -> Result<(), BadUrl> {
    if is_unsafe(url) { Err(BadUrl::Unsafe) } else { Ok(()) }
}

fn is_clean(url: &str) -> bool {
    !url.chars().any(|c| c.is_control() || c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\' | '`'))
}

fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let start = text.get(..prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then(|| text.get(prefix.len()..)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beacon_is_one_address() {
        assert_eq!(beacon("https://stats.example.com/guides?site=docs"), Ok(()));
        assert_eq!(beacon("javascript:alert(1)"), Err(BadUrl::Unsafe));
        for wide in
            ["https://*.example.com/", "https://a.org/;script-src", "https://me@a.org/", "https://ä.org/"]
        {
            assert_eq!(beacon(wide), Err(BadUrl::Malformed), "{wide}");
        }
    }

    #[test]
    fn tells_what_a_browser_would_do() {
        assert!(
            is_unsafe("java\nscript:alert(1)") && is_unsafe(" JavaScript:x") && is_unsafe("data:text/html,x")
        );
        assert!(!is_unsafe("guide.md") && !is_unsafe("https://x.org/javascript:"));
        assert_eq!(web("https://docs.example.com/api"), Ok(()));
        assert_eq!(web("https:///x"), Err(BadUrl::Malformed));
        assert_eq!(web("ftp://x"), Err(BadUrl::Malformed));
        assert_eq!(link("mailto:a@b.org"), Ok(()));
        assert_eq!(link("../other/"), Ok(()));
        assert_eq!(link("//evil.org"), Err(BadUrl::Malformed));
        assert_eq!(link("javascript:alert(1)"), Err(BadUrl::Unsafe));
    }
}

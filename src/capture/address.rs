//! Addresses as a guide may say them: without what gives access.

/// Names of parameters whose values are secrets.
const SECRET: [&str; 19] = [
    "token",
    "key",
    "apikey",
    "api_key",
    "secret",
    "password",
    "passwd",
    "pwd",
    "pw",
    "pass",
    "pin",
    "code",
    "auth",
    "sig",
    "signature",
    "session",
    "sid",
    "jwt",
    "otp",
];

/// An address without user, password, and the values of parameters that are secrets.
pub fn shown(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").map_or(("", url), |(scheme, rest)| (scheme, rest));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let (path, fragment) =
        path.split_once('#').map_or((path, None), |(path, fragment)| (path, Some(fragment)));
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    let start = if scheme.is_empty() { String::new() } else { format!("{scheme}://") };
    let mut shown = format!("{start}{host}{path}");
    if let Some(query) = query {
        shown = shown + "?" + &parameters(query);
    }
    if let Some(fragment) = fragment {
        shown = shown + "#" + &parameters(fragment);
    }
    shown.chars().filter(|c| !c.is_control()).collect()
}

fn parameters(query: &str) -> String {
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, value)) if !value.is_empty() && is_secret(name) => format!("{name}=…"),
        Some(_) | None => pair.to_owned(),
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase().replace('-', "_");
    SECRET.iter().any(|secret| name == *secret || name.ends_with(&format!("_{secret}")))
}

/// An address as people type it, whole: a host of this machine has no certificate. `None`: it is none of the web.
pub fn typed(url: &str) -> Option<String> {
    let url = url.trim();
    let whole = if url.contains("://") {
        url.to_owned()
    } else if ["localhost", "127.", "[::1]"].iter().any(|local| url.starts_with(local)) {
        format!("http://{url}")
    } else {
        format!("https://{url}")
    };
    crate::project::url::web(&whole).is_ok().then_some(whole)
}

/// Scheme, host and port.
pub fn origin(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(start..).and_then(|rest| rest.find(['/', '?', '#'])).map_or(url.len(), |at| start + at);
    url.get(..end).unwrap_or(url)
}

/// The path of an address on the same site as `start`, else the whole.
pub fn relative(url: &str, start: &str) -> String {
    match url.strip_prefix(origin(start)) {
        Some(path) if path.starts_with('/') => path.to_owned(),
        Some("") => "/".to_owned(),
        Some(_) | None => url.to_owned(),
    }
}

/// A path for the lock: numbers and long hexadecimal parts may be others tomorrow.
pub fn pattern(url: &str) -> String {
    let path = url.strip_prefix(origin(url)).unwrap_or(url).split(['?', '#']).next().unwrap_or_default();
    let part = |part: &str| {
        let digits = part.chars().all(|c| c.is_ascii_digit());
        let hex = part.len() >= 8 && part.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
        if !part.is_empty() && (digits || hex) { "*".to_owned() } else { part.to_owned() }
    };
    let parts: Vec<String> = path.split('/').map(part).collect();
    let joined = parts.join("/");
    if joined.is_empty() { "/".to_owned() } else { joined }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_lets_nobody_in() {
        assert_eq!(
            shown("https://me:pw@a.example/x?token=abc&page=2#access_token=xyz"),
            "https://a.example/x?token=…&page=2#access_token=…"
        );
        assert_eq!(shown("http://127.0.0.1:8001/-/login"), "http://127.0.0.1:8001/-/login");
        assert_eq!(shown("/reports?api-key=1"), "/reports?api-key=…");
    }

    #[test]
    fn paths_are_of_the_site_that_was_started_on() {
        assert_eq!(relative("http://a:1/x?y", "http://a:1/"), "/x?y");
        assert_eq!(relative("http://a:1", "http://a:1/"), "/");
        assert_eq!(relative("http://a:11/x", "http://a:1/"), "http://a:11/x");
        assert_eq!(pattern("http://a:1/users/42/5f2b8c91ab/edit?x"), "/users/*/*/edit");
    }
}

//! What makes a served page live: a script of ours, let in by its hash.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// Runs before the page's own modules.
const SCRIPT: &str = include_str!("live.js");

/// The script's source for a Content-Security-Policy.
pub static HASH: LazyLock<String> = LazyLock::new(|| hash(SCRIPT));

/// `'sha256-…'` of an inline script or style.
pub fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// A page with the live script at its end and a policy that lets it run and talk to this server alone.
/// `version` is the hash of the page as it was built.
pub fn dress(html: &[u8], version: &str) -> Vec<u8> {
    let html = String::from_utf8_lossy(html);
    let script = tag(version);
    let (head, end) = html.rfind("</body>").map_or((&*html, ""), |at| html.split_at(at));
    let (before, after) = opened(head);
    [before, &after, &script, end].concat().into_bytes()
}

/// How a version is written where it does not matter which it is.
pub const BLANK: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The live script with the version of its page.
pub fn tag(version: &str) -> String {
    format!("<meta name=\"guidemark-version\" content=\"{version}\"><script>{SCRIPT}</script>")
}

/// The page with its policy opened for the live script: what stands before the policy, and the rest. A theme
/// of its own may have none, and then nothing need be opened.
fn opened(html: &str) -> (&str, String) {
    const POLICY: &str = "http-equiv=\"Content-Security-Policy\" content=\"";
    let Some(start) = html.find(POLICY).map(|at| at + POLICY.len()) else { return ("", html.to_owned()) };
    let (before, rest) = html.split_at(start);
    let (policy, after) = rest.split_at(rest.find('"').unwrap_or_default());
    let mut policy = policy.to_owned();
    let mut allow = |name: &str, source: &str| match policy.find(name) {
        Some(at) => policy.insert_str(at + name.len(), &format!(" {source}")),
        None => policy.push_str(&format!("; {name} {source}")),
    };
    allow("script-src", &HASH);
    allow("connect-src", "'self'");
    (before, policy + after)
}

#[cfg(test)]
mod tests {
    use super::{HASH, dress};

    fn dressed(policy: &str) -> String {
        let html = format!(
            "<head><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"></head><body>A</body>"
        );
        String::from_utf8(dress(html.as_bytes(), "v1")).unwrap()
    }

    #[test]
    fn a_page_gets_the_script_and_the_right_to_run_it() {
        let page = dressed("default-src 'none'; script-src 'sha256-x'; form-action 'none'");
        let policy = format!(
            "default-src 'none'; script-src {} 'sha256-x'; form-action 'none'; connect-src 'self'\"",
            *HASH
        );
        assert!(page.contains(&policy), "{page}");
        assert!(page.contains("<body>A<meta name=\"guidemark-version\" content=\"v1\"><script>"));
        assert!(page.ends_with("</script></body>"));
    }

    #[test]
    fn a_page_that_may_talk_to_one_address_may_talk_to_it_still() {
        let page = dressed("script-src 'sha256-x'; connect-src https://stats.example.com");
        assert!(page.contains("connect-src 'self' https://stats.example.com\""), "{page}");
    }

    #[test]
    fn a_page_without_policy_or_body_gets_the_script_alone() {
        let page = String::from_utf8(dress(b"<p>A", "v")).unwrap();
        assert!(page.starts_with("<p>A<meta name=\"guidemark-version\""));
    }
}

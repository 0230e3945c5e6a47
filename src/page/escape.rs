//! Text inside HTML and JSON inside HTML.

use serde::Serialize;

/// Text for HTML, fit for an attribute in quotes too.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Text for XML, fit for an attribute in quotes too; characters that no XML may hold, not even by number, are left out.
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// A title for HTML: a line never breaks at the hyphen of `read-only`.
pub fn title(text: &str) -> String {
    let word = |word: &str| {
        let short = word.contains('-') && word.chars().count() <= 20;
        if short { format!("<span class=\"nobr\">{}</span>", html(word)) } else { html(word) }
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A value as JSON that cannot end or comment out the element it stands in, and that old parsers of
/// scripts read too.
pub fn json(value: &impl Serialize) -> String {
    let plain = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
    let mut out = String::with_capacity(plain.len() + 16);
    for c in plain.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

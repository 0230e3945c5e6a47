//! Text of strangers made harmless for a terminal.

use std::borrow::Cow;

/// Longest message or help that is printed, in characters.
const LONGEST: usize = 1_000;

/// What stands in the place of a character that would command the terminal or turn the reading
/// direction of what follows; `None`: the character may stay. Tabs may stay.
pub(super) fn replacement(c: char) -> Option<char> {
    match c {
        '\t' => None,
        '\u{7f}' => Some('␡'),
        // The control pictures stand in the order of the controls.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => Some(char::REPLACEMENT_CHARACTER),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some(char::REPLACEMENT_CHARACTER)
        }
        _ => None,
    }
}

/// A message: no control character is left, and it is cut after [`LONGEST`] characters.
pub(super) fn message(text: &str) -> String {
    cut(text).chars().map(|c| replacement(c).unwrap_or(c)).collect()
}

/// A help text: the same, but it may have several lines.
pub(super) fn help(text: &str) -> String {
    let safe = |c: char| if c == '\n' { c } else { replacement(c).unwrap_or(c) };
    cut(text).chars().map(safe).collect()
}

fn cut(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

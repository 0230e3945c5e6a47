//! The lines of a text: where they begin and end, how they are indented, what ends them.

/// First byte of the line that holds byte `at`; a byte order mark is no part of the first one.
pub fn start(text: &str, at: usize) -> usize {
    let first = text.len() - text.trim_start_matches('\u{feff}').len();
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(first.min(at), |found| found + 1)
}

/// End of the line that holds byte `at`, before its line break.
pub fn end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    match rest.find('\n') {
        Some(found) if found > 0 && rest.get(found - 1..found) == Some("\r") => at + found - 1,
        Some(found) => at + found,
        None => text.len(),
    }
}

/// First byte of the line after the one that holds byte `at`; the end of the text if there is none.
pub fn next(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |found| at + found + 1)
}

/// End of the line before the one that starts at `start`, before its line break.
pub fn end_before(text: &str, start: usize) -> usize {
    end(text, self::start(text, start.saturating_sub(1)))
}

/// What ends the line that holds byte `at`; of a last line without an end, what ends the line before.
pub fn ending(text: &str, at: usize) -> &'static str {
    let line = start(text, at);
    let comment_from = |from: usize| {
        let to = end(text, from);
        text.get(to..next(text, from)).filter(|ending| !ending.is_empty())
    };
    match comment_from(line).or_else(|| comment_from(start(text, line.saturating_sub(1)))) {
        Some("\r\n") => "\r\n",
        _ => "\n",
    }
}

/// The white space that the line of byte `at` begins with.
pub fn lead(text: &str, at: usize) -> &str {
    let line = text.get(start(text, at)..end(text, at)).unwrap_or_default();
    line.get(..line.len() - line.trim_start().len()).unwrap_or_default()
}

/// Whether there is nothing but white space between two bytes.
pub fn blank(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to).is_none_or(|between| between.trim().is_empty())
}

/// Where the white space that ends at `at` begins.
pub fn trimmed(text: &str, at: usize) -> usize {
    text.get(..at).map_or(at, |before| before.trim_end().len())
}

/// Lines of Markdown as they stand in a file: ended by `ending`, and all but the first indented by `margin`.
/// Blank lines stay empty.
pub fn indented<S: AsRef<str>>(lines: &[S], margin: &str, ending: &str) -> String {
    let mut lines = lines.iter().map(AsRef::as_ref);
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |all, line| all + ending + &under(line, margin))
}

/// A line behind its margin; a blank one stays empty.
pub fn under(line: &str, margin: &str) -> String {
    if line.trim().is_empty() { String::new() } else { margin.to_owned() + line }
}

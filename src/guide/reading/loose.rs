//! Images that CommonMark reads as text: `![[a.png]]`, file names with spaces, `(a.png =500x)`; and those that cannot be read.

use crate::source::Span;

/// An image in a text that is none to CommonMark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loose {
    /// All of it, counted from the text's start.
    pub span: Span,
    /// What it is.
    pub kind: LooseKind,
}

/// What an image that CommonMark reads as text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LooseKind {
    /// It is plain what is meant: how to write it.
    Meant(String),
    /// White space stands between `]` and `(`.
    Apart,
    /// Nothing defines the reference.
    Undefined(String),
}

/// Longest image that is looked for, in bytes: many that begin and never end must not cost a look at all that follows.
const LONGEST: usize = 2_000;
const PICTURES: [&str; 5] = [".png", ".jpg", ".jpeg", ".gif", ".webp"];

/// Whether an address ends as the name of a picture does.
pub fn is_picture(target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or_default().to_lowercase();
    PICTURES.iter().any(|ending| path.ends_with(ending))
}

/// The images in a line of text.
pub fn find(text: &str) -> Vec<Loose> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find("![")).map(|at| at + from) {
        let end = text.floor_char_boundary((start + LONGEST).min(text.len()));
        let rest = text.get(start..end).unwrap_or_default();
        let read = if rest.starts_with("![[") { wiki(rest) } else { written(rest) };
        from = match read {
            Some((length, kind)) => {
                found.push(Loose { span: Span::new(start, start + length), kind });
                start + length
            }
            None => start + 2,
        };
    }
    found
}

/// `![[picture.png|300]]`
fn wiki(text: &str) -> Option<(usize, LooseKind)> {
    let end = text.find("]]")?;
    let (name, alt) = embed(text.get(3..end)?);
    is_picture(name).then(|| (end + 2, LooseKind::Meant(image(alt, name, ""))))
}

/// Name and alternative text of what stands between `![[` and `]]`.
fn embed(inner: &str) -> (&str, &str) {
    let (name, size) = inner.split_once('|').unwrap_or((inner, ""));
    let is_size = size.chars().all(|c| c.is_ascii_digit() || c == 'x');
    (name.trim(), if is_size { "" } else { size.trim() })
}

/// An embed as an image of Markdown, of the file that it was found to mean.
pub fn embed_of(written: &str, path: &str) -> Option<String> {
    let inner = written.strip_prefix("![[")?.strip_suffix("]]")?;
    Some(image(embed(inner).1, path, ""))
}

/// `![alt](a b.png)`, `![alt](a.png =500x)`, `![alt] (a.png)`, `![alt][nothing]`
fn written(text: &str) -> Option<(usize, LooseKind)> {
    let close = closing(text)?;
    let alt = text.get(2..close)?;
    let after = text.get(close + 1..)?;
    let gap = after.len() - after.trim_start_matches(' ').len();
    if let Some(inner) = after.get(gap..).and_then(|rest| rest.strip_prefix('(')) {
        let (length, target, title) = target(inner)?;
        let end = close + 1 + gap + 1 + length + 1;
        let kind = if gap > 0 { LooseKind::Apart } else { LooseKind::Meant(image(alt, target, title)) };
        return Some((end, kind));
    }
    let label = after.strip_prefix('[')?;
    let end = label.find(']')?;
    let name = label.get(..end)?;
    (!name.trim().is_empty()).then(|| (close + 2 + end + 1, LooseKind::Undefined(name.to_owned())))
}

fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '[' => depth += 1,
            ']' if depth == 1 => return Some(at),
            ']' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

/// The target up to the `)` behind which no picture's name goes on, its title, and the length of both.
fn target(inner: &str) -> Option<(usize, &str, &str)> {
    for (at, _) in inner.match_indices(')') {
        let all = inner.get(..at)?;
        let (path, title) = match all.trim_end().strip_suffix('"').and_then(|rest| rest.rsplit_once(" \"")) {
            Some((path, title)) => (path, title),
            None => (all, ""),
        };
        let path = without_size(path.trim()).trim();
        if is_picture(path) && path.matches('(').count() == path.matches(')').count() {
            return Some((at, path.trim_start_matches('<').trim_end_matches('>'), title));
        }
        if at > 1000 {
            return None;
        }
    }
    None
}

fn without_size(path: &str) -> &str {
    match path.rsplit_once(" =") {
        Some((path, size))
            if size.chars().all(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X' | '*' | '%')) =>
        {
            path
        }
        _ => path,
    }
}

fn image(alt: &str, path: &str, title: &str) -> String {
    let title = if title.is_empty() { String::new() } else { format!(" \"{title}\"") };
    let plain = !path.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')'));
    if plain { format!("![{alt}]({path}{title})") } else { format!("![{alt}](<{path}>{title})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<LooseKind> {
        find(text).into_iter().map(|loose| loose.kind).collect()
    }

    #[test]
    fn says_how_to_write_what_is_meant() {
        for (text, wanted) in [
            ("![[1.png]]", "![](1.png)"),
            ("a ![[shots/my shot.png|300]] b", "![](<shots/my shot.png>)"),
            ("![[1.png|The list]]", "![The list](1.png)"),
            ("![a](my shot.png)", "![a](<my shot.png>)"),
            ("![a](shot (1).png)", "![a](<shot (1).png>)"),
            ("![a](a.png =500x)", "![a](a.png)"),
            ("![a](a.png =500x300)", "![a](a.png)"),
            ("![a](my shot.png \"The list\")", "![a](<my shot.png> \"The list\")"),
            ("![a [b] c](my shot.PNG)", "![a [b] c](<my shot.PNG>)"),
        ] {
            assert_eq!(kinds(text), [LooseKind::Meant(wanted.to_owned())], "{text}");
        }
    }

    #[test]
    fn tells_what_cannot_be_read() {
        assert_eq!(kinds("![a] (a.png)"), [LooseKind::Apart]);
        assert_eq!(kinds("![a][list] and ![b][]"), [LooseKind::Undefined("list".to_owned())]);
        assert_eq!(kinds("![[note]] ![a](b c) ![x] y !["), []);
    }

    #[test]
    fn is_not_quadratic() {
        assert!(find(&"![".repeat(100_000)).is_empty());
        assert!(find(&"![a](".repeat(20_000)).is_empty());
    }
}

//! How deep the elements of HTML stand in each other.

/// Elements within each other that a page may have in its text.
pub const MAX_ELEMENTS: usize = 60;

/// Elements without an end.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
/// Elements that end where the next of their kind begins.
const OPEN: [&str; 12] = ["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "option", "rt", "rp"];

/// The elements that are open while some HTML is read.
#[derive(Debug, Default)]
pub struct Nesting {
    open: Vec<String>,
}

impl Nesting {
    /// Reads on. The place of the first tag that stands in more than `most` elements, if there is one.
    pub fn read(&mut self, html: &str, most: usize) -> Option<usize> {
        let mut at = 0;
        while let Some(start) = html.get(at..).and_then(|rest| rest.find('<')).map(|found| at + found) {
            let rest = html.get(start..).unwrap_or_default();
            if rest.starts_with("<!--") {
                at = rest.find("-->").map_or(html.len(), |end| start + end + 3);
                continue;
            }
            let (name, closes) = name_of(rest);
            at = start + 1 + name.len();
            if name.is_empty() {
                continue;
            }
            self.tag(name.to_ascii_lowercase(), closes);
            if self.open.len() > most {
                return Some(start);
            }
        }
        None
    }

    fn tag(&mut self, name: String, closes: bool) {
        if closes {
            if let Some(at) = self.open.iter().rposition(|open| *open == name) {
                self.open.truncate(at);
            }
            return;
        }
        if OPEN.contains(&name.as_str()) {
            let same = self.open.iter().rposition(|open| *open == name || !OPEN.contains(&open.as_str()));
            if let Some(at) = same.filter(|at| self.open.get(*at) == Some(&name)) {
                self.open.truncate(at);
            }
        }
        if !VOID.contains(&name.as_str()) {
            self.open.push(name);
        }
    }
}

/// The name of the tag that a text begins with, if it does, and whether it is an end.
fn name_of(text: &str) -> (&str, bool) {
    let rest = text.get(1..).unwrap_or_default();
    let (rest, closes) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
    let letters =
        rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/' | '<')).unwrap_or(rest.len());
    let name = rest.get(..letters).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()));
    (name.unwrap_or_default(), closes)
}

#[cfg(test)]
mod tests {
    use super::Nesting;

    #[test]
    fn what_is_open_counts() {
        let deep = |html: &str, most| Nesting::default().read(html, most).is_some();
        assert!(deep(&"<div>".repeat(11), 10) && !deep(&"<div>".repeat(10), 10));
        assert!(deep(&"<b x=1>".repeat(11), 10), "formatting too");
        assert!(!deep(&"<div></div>".repeat(99), 10) && !deep(&"<br>".repeat(99), 10));
        assert!(!deep(&"<li>One".repeat(99), 10) && !deep(&"<tr><td>1<td>2".repeat(99), 10));
        assert!(!deep(&"<!-- <div> -->".repeat(99), 10) && !deep(&"1 < 2".repeat(99), 10));
        assert!(deep(&"</i><div></b>".repeat(11), 10), "ends of nothing end nothing");
    }
}

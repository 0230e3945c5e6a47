//! Texts and what differs between them.

use guidemark::source::{ProjectPath, Source};
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// A text as a guide's file.
pub fn source(text: &str) -> Source {
    Source::new(ProjectPath::new("guides/guide.md").unwrap(), text.to_owned())
}

/// The lines that differ, with one line around them.
pub fn difference(old: &str, new: &str) -> String {
    let olds: Vec<&str> = old.split_inclusive('\n').collect();
    let news: Vec<&str> = new.split_inclusive('\n').collect();
    let ops = capture_diff_slices(Algorithm::Myers, &olds, &news);
    let mut out = String::new();
    for (at, op) in ops.iter().enumerate() {
        let (old, new) = (&olds[op.old_range()], &news[op.new_range()]);
        if op.tag() != DiffTag::Equal {
            out.extend(old.iter().map(|line| shown('-', line)));
            out.extend(new.iter().map(|line| shown('+', line)));
            continue;
        }
        let head = if at > 0 { 1.min(old.len()) } else { 0 };
        let tail = if at + 1 < ops.len() { 1.min(old.len() - head) } else { 0 };
        out.extend(old[..head].iter().map(|line| shown(' ', line)));
        if head + tail < old.len() && at > 0 && at + 1 < ops.len() {
            out += "…\n";
        }
        out.extend(old[old.len() - tail..].iter().map(|line| shown(' ', line)));
    }
    out
}

/// A line of a difference; what can't be seen is made visible.
fn shown(mark: char, line: &str) -> String {
    let (text, end) = match line.strip_suffix('\n') {
        Some(text) => (text, "\n"),
        None => (line, "⏎\n"),
    };
    format!("{mark}{}{end}", visible(text))
}

/// `␍` for a carriage return, `⇥` for a tab, `␠` for white space at the end of a line, `⟦BOM⟧` for the mark.
pub fn visible(line: &str) -> String {
    let line = line.replace('\r', "␍").replace('\t', "⇥").replace('\u{feff}', "⟦BOM⟧");
    let end = line.trim_end_matches(' ').len();
    line[..end].to_owned() + &"␠".repeat(line.len() - end)
}

/// The text that [`visible`] shows.
pub fn meant(text: &str) -> String {
    text.replace('␍', "\r").replace('⇥', "\t").replace("⟦BOM⟧", "\u{feff}").replace('␠', " ")
}

//! Notes and blocks in the markup of other generators: `!!! note`, `:::tip`, `{% hint %}`. The marker is reported, what is in
//! them is read in its place.

use super::recovered::Recovered;
use super::view::Patch;
use crate::diagnostic::Diagnostic;
use crate::guide::written::Events;
use crate::source::{Source, Span};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::BTreeSet;

/// A line of the text.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    start: usize,
    /// Without its line ending.
    text: &'a str,
}

/// A container that is open.
struct Open {
    /// Its marker: where it stands, and its indentation in bytes.
    at: usize,
    indent: usize,
    note: Option<&'static str>,
    title: String,
    /// Whether `{% end… %}` closes it, or `:::`.
    tag: bool,
}

/// Finds the containers of a text whose Markdown begins at byte `body`.
pub fn find(events: &Events, source: &Source, body: usize, recovered: &mut Recovered) {
    let text = source.text().get(body..).unwrap_or_default();
    if !["!!!", "???", ":::", "{%", "{{<", "{{%"].iter().any(|marker| text.contains(marker)) {
        return;
    }
    let readable = text_lines(events);
    let lines = lines(text, body);
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let marker = line.text.trim();
        let indent = line.text.len() - line.text.trim_start().len();
        at += 1;
        if !readable.contains(&(line.start + indent)) {
            continue;
        }
        if marker.starts_with("!!! ") || marker.starts_with("??? ") || marker.starts_with("???+ ") {
            admonition(&lines, at - 1, source, recovered);
        } else if let Some(rest) = marker.strip_prefix(":::") {
            let rest = rest.trim_start_matches(':').trim();
            if rest.is_empty() {
                let closed = open.iter().rposition(|open| !open.tag);
                closed.map(|closed| open.remove(closed)).into_iter().for_each(|open| {
                    close(&open, &lines, at - 1, source, recovered);
                });
            } else {
                open.push(opening(rest, at - 1, indent, false));
            }
        } else if let Some(tag) = marker.strip_prefix("{%").and_then(|rest| rest.strip_suffix("%}")) {
            tagged(tag.trim().trim_matches('-').trim(), at - 1, indent, &lines, &mut open, source, recovered);
        } else {
            shortcodes(*line, source, recovered);
        }
    }
    // What is never closed loses its marker alone.
    for open in open {
        report_marker(lines.get(open.at), source, None, recovered);
        blank(lines.get(open.at), false, recovered);
    }
}

/// First bytes of the text of lines that are read as Markdown text: those of code and HTML are not.
fn text_lines(events: &Events) -> BTreeSet<usize> {
    let mut starts = BTreeSet::new();
    let mut in_code = false;
    let mut first = true;
    for (event, span) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if !in_code && first => {
                starts.insert(span.start);
            }
            _ => {}
        }
        first = !matches!(event, Event::Text(_));
    }
    starts
}

fn lines(text: &str, body: usize) -> Vec<Line<'_>> {
    let mut at = body;
    text.split_inclusive('\n')
        .map(|line| {
            let start = at;
            at += line.len();
            Line { start, text: line.trim_end_matches(['\n', '\r']) }
        })
        .collect()
}

/// The kind of note that a word names; `None`: a container that is no note.
fn note(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "note" | "info" | "abstract" | "summary" | "seealso" | "details" | "question" | "example"
        | "quote" | "prerequisites" => "NOTE",
        "tip" | "hint" | "success" | "check" | "done" => "TIP",
        "important" => "IMPORTANT",
        "warning" | "caution" | "attention" | "warn" => "WARNING",
        "danger" | "error" | "failure" | "bug" => "CAUTION",
        _ => return None,
    })
}

/// `!!! type "Title"` with its indented lines.
fn admonition(lines: &[Line<'_>], at: usize, source: &Source, recovered: &mut Recovered) {
    let Some(marker) = lines.get(at) else { return };
    let indent = marker.text.len() - marker.text.trim_start().len();
    let lead = marker.text.get(..indent).unwrap_or_default();
    let words = marker.text.trim().trim_start_matches(['!', '?', '+']).trim();
    let word = words.split(|c: char| c.is_whitespace() || c == '"').next().unwrap_or_default();
    let title = words.split_once('"').map(|(_, rest)| rest.trim_end_matches('"')).unwrap_or_default();
    let is_inside = |line: &&Line<'_>| {
        let rest = line.text.strip_prefix(lead);
        line.text.trim().is_empty()
            || rest.is_some_and(|rest| rest.starts_with("    ") || rest.starts_with('\t'))
    };
    let mut inside: Vec<&Line<'_>> =
        lines.get(at + 1..).unwrap_or_default().iter().take_while(is_inside).collect();
    while inside.last().is_some_and(|line| line.text.trim().is_empty()) {
        inside.pop();
    }
    let kind = note(word).unwrap_or("NOTE");
    let steps = has_steps(inside.iter().map(|line| line.text));
    report_marker(Some(marker), source, (!steps).then_some(kind), recovered);
    head(marker, lead, kind, title, steps, recovered);
    for line in inside {
        let rest = line.text.get(lead.len()..).unwrap_or_default();
        let width = if rest.starts_with('\t') {
            1
        } else {
            rest.len().min(4).min(rest.len() - rest.trim_start().len())
        };
        let start = (line.start + lead.len()).min(line.start + line.text.len());
        let text = if steps { String::new() } else { "> ".to_owned() };
        recovered.patches.push(Patch { span: Span::new(start, start + width), text, right: !steps });
    }
}

/// Lines that hold numbered items with pictures are steps, which a note can't hold.
fn has_steps<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> bool {
    let item = |line: &str| {
        let rest = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < line.trim_start().len() && (rest.starts_with(". ") || rest.starts_with(") "))
    };
    lines.clone().any(item) && lines.clone().any(|line| line.contains("![") || line.contains("<img"))
}

fn head(marker: &Line<'_>, lead: &str, kind: &str, title: &str, steps: bool, recovered: &mut Recovered) {
    let title = title.trim();
    let text = match (steps, title.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!("**{title}**\n"),
        (false, true) => format!("> [!{kind}]"),
        (false, false) => format!("> [!{kind}]\n{lead}> **{title}**\n{lead}>"),
    };
    let span = Span::new(marker.start + lead.len(), marker.start + marker.text.len());
    recovered.patches.push(Patch { span, text, right: !steps });
}

fn opening(head: &str, at: usize, indent: usize, tag: bool) -> Open {
    let word: String =
        head.trim_start_matches(['{', '.']).chars().take_while(|c| c.is_alphanumeric()).collect();
    let rest = head.trim_start_matches(['{', '.']).get(word.len()..).unwrap_or_default();
    let title = rest.trim().trim_start_matches(['}', '[']).trim_end_matches([']', '}']).trim();
    let title = if tag || title.starts_with('{') || title.contains('=') { "" } else { title };
    Open { at, indent, note: note(&word), title: title.to_owned(), tag }
}

/// A container that ends: its marker and its end go, and a note's lines become a quote.
fn close(open: &Open, lines: &[Line<'_>], end: usize, source: &Source, recovered: &mut Recovered) {
    let Some(marker) = lines.get(open.at) else { return };
    let lead = marker.text.get(..open.indent).unwrap_or_default();
    let inside = lines.get(open.at + 1..end).unwrap_or_default();
    let nested = inside.iter().any(|line| line.text.trim_start().starts_with(":::"));
    let note = open.note.filter(|_| !nested && !has_steps(inside.iter().map(|line| line.text)));
    report_marker(Some(marker), source, note, recovered);
    blank(lines.get(end), note.is_some(), recovered);
    let Some(kind) = note else { return blank(Some(marker), false, recovered) };
    head(marker, lead, kind, &open.title, false, recovered);
    for line in inside {
        let lead = if line.text.starts_with(lead) { lead.len() } else { 0 };
        recovered.patches.push(Patch {
            span: Span::at(line.start + lead),
            text: "> ".to_owned(),
            right: true,
        });
    }
}

/// `{% hint %}`, `{% endhint %}`, and other tags on a line of their own.
fn tagged(
    tag: &str,
    at: usize,
    indent: usize,
    lines: &[Line<'_>],
    open: &mut Vec<Open>,
    source: &Source,
    recovered: &mut Recovered,
) {
    if let Some(style) = tag.strip_prefix("hint") {
        let word = style.split('"').nth(1).unwrap_or("note");
        open.push(opening(word, at, indent, true));
    } else if tag == "endhint" {
        let closed = open.iter().rposition(|open| open.tag);
        if let Some(closed) = closed.map(|closed| open.remove(closed)) {
            close(&closed, lines, at, source, recovered);
        }
    } else if tag.contains(".png")
        || tag.contains(".jpg")
        || tag.contains(".gif")
        || tag.contains(".webp")
        || tag.contains(".jpeg")
    {
        lines.get(at).into_iter().for_each(|line| shortcodes(*line, source, recovered));
    } else {
        report_marker(lines.get(at), source, None, recovered);
        blank(lines.get(at), false, recovered);
    }
}

/// Shortcodes that can't be read.
fn shortcodes(line: Line<'_>, source: &Source, recovered: &mut Recovered) {
    let Some(start) = ["{{<", "{{%", "{%"].iter().filter_map(|marker| line.text.find(marker)).min() else {
        return;
    };
    let span = Span::new(line.start + start, line.start + line.text.trim_end().len());
    let message = "this markup of another generator is not read";
    let help = "write Markdown: pictures as `![What it shows](picture.png)`";
    recovered.found.push(Diagnostic::warning("foreign-markup", source.path(), span, message).help(help));
}

fn report_marker(marker: Option<&Line<'_>>, source: &Source, note: Option<&str>, recovered: &mut Recovered) {
    let Some(line) = marker else { return };
    let indent = line.text.len() - line.text.trim_start().len();
    let span = Span::new(line.start + indent, line.start + line.text.trim_end().len());
    let message = "this markup of another generator is ignored; the text in it is read";
    let help = match note {
        Some(kind) => format!("write `> [!{kind}]`, and `> ` before each line of the note"),
        None => "remove it".to_owned(),
    };
    recovered.found.push(Diagnostic::warning("foreign-markup", source.path(), span, message).help(help));
}

/// Leaves a marker out; `right`: it may be left out of the file, too.
fn blank(line: Option<&Line<'_>>, right: bool, recovered: &mut Recovered) {
    let Some(line) = line else { return };
    let indent = line.text.len() - line.text.trim_start().len();
    let span = Span::new(line.start + indent, line.start + line.text.len());
    recovered.patches.push(Patch { span, text: String::new(), right });
}

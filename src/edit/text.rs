//! The text of steps.

use super::item::{Item, Margin};
use super::replacement::{Change, Refusal, Replacement, trim};
use super::runs::{Run, indent, runs, strip};
use super::{find, lines};
use crate::guide::Guide;
use crate::source::{Source, Span};
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Writes one run of a step's text anew.
pub fn set(source: &Source, guide: &Guide, index: usize, run: usize, markdown: &str) -> Change {
    let step = find::step(guide, index)?;
    let item = Item::new(step, source);
    let margin = Margin::for_step(guide, index, source);
    let new = new_lines(markdown);
    let all = runs(step, source);
    match all.get(run) {
        Some(old) if new.is_empty() => Ok(vec![Replacement::new(without(source.text(), item, old), "")]),
        Some(old) => {
            Ok(Writer { source, item, margin, old: old_lines(source, old, indent(step, source)) }
                .rewrite(&new))
        }
        None if run > all.len() => Err(Refusal::new(format!("step {} has no such text", index + 1))),
        None if new.is_empty() => Ok(Vec::new()),
        None => Ok(vec![first(source.text(), item, &margin.text, &new)]),
    }
}

/// Lines of Markdown without blank lines around them.
pub fn new_lines(markdown: &str) -> Vec<String> {
    let markdown = markdown.replace("\r\n", "\n").replace('\r', "\n");
    let markdown = markdown.trim();
    if markdown.is_empty() { Vec::new() } else { markdown.split('\n').map(str::to_owned).collect() }
}

/// A line of a run in the file.
struct Line {
    /// First byte of what is left without the step's indentation.
    start: usize,
    /// Its end, before its line break.
    end: usize,
    /// What is left, as the editor sees it.
    text: String,
    /// What its indentation is made of.
    prefix: String,
}

impl Line {
    /// Whether the line is in the file as the editor sees it: no tab reaches into it.
    fn is_plain(&self) -> bool {
        self.end - self.start == self.text.len()
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

fn old_lines(source: &Source, run: &Run, indent: usize) -> Vec<Line> {
    let mut found = Vec::new();
    let mut at = run.span.start;
    for raw in source.slice(run.span).split('\n') {
        let line = raw.strip_suffix('\r').unwrap_or(raw);
        let (taken, text) = if at == run.span.start { (0, line.to_owned()) } else { strip(line, indent) };
        let prefix = line.get(..taken).unwrap_or_default().to_owned();
        found.push(Line { start: at + taken, end: at + line.len(), text, prefix });
        at += raw.len() + 1;
    }
    found
}

struct Writer<'a> {
    source: &'a Source,
    item: Item,
    margin: Margin,
    old: Vec<Line>,
}

impl Writer<'_> {
    fn rewrite(&self, new: &[String]) -> Vec<Replacement> {
        let old: Vec<&str> = self.old.iter().map(|line| line.text.as_str()).collect();
        let new: Vec<&str> = new.iter().map(String::as_str).collect();
        let mut replacements = Vec::new();
        for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
            if op.tag() == DiffTag::Equal {
                continue;
            }
            let come = new.get(op.new_range()).unwrap_or_default();
            let (from, to) = (op.old_range().start, op.old_range().end);
            let pairs = come.len().min(to - from);
            let changed = self.old.iter().skip(from).zip(come).take(pairs);
            replacements
                .extend(changed.enumerate().map(|(at, (old, new))| self.changed(from + at, old, new)));
            replacements.extend(self.gone(from + pairs, to));
            replacements.extend(self.come(from + pairs, come.get(pairs..).unwrap_or_default()));
        }
        replacements
    }

    fn changed(&self, index: usize, old: &Line, new: &str) -> Replacement {
        if index == 0 || (old.is_plain() && !old.is_blank() && !new.trim().is_empty()) {
            return trim(&old.text, new, old.start);
        }
        let begin = lines::start(self.source.text(), old.start);
        Replacement::new(Span::new(begin, old.end), lines::under(new, &self.prefix(index)))
    }

    fn gone(&self, from: usize, to: usize) -> Option<Replacement> {
        let last = self.old.get(to.checked_sub(1)?).filter(|_| from < to)?;
        let span = match (from.checked_sub(1).and_then(|at| self.old.get(at)), self.old.get(to)) {
            (Some(before), _) => Span::new(before.end, last.end),
            (None, Some(after)) => Span::new(self.old.first()?.start, after.start),
            (None, None) => Span::new(self.old.first()?.start, last.end),
        };
        Some(Replacement::new(span, ""))
    }

    fn come(&self, index: usize, new: &[&str]) -> Option<Replacement> {
        let (text, first) = (self.source.text(), self.old.first()?);
        new.first()?;
        let Some(before) = index.checked_sub(1).and_then(|at| self.old.get(at)) else {
            let ending = lines::ending(text, first.start);
            let all = lines::indented(new, &self.margin.text, ending);
            let margin = self.first_margin(first);
            return Some(Replacement::new(Span::at(first.start), format!("{all}{ending}{margin}")));
        };
        let ending = lines::ending(text, before.start);
        let prefix = self.prefix(index - 1);
        let all: String = new.iter().map(|line| ending.to_owned() + &lines::under(line, &prefix)).collect();
        Some(Replacement::new(Span::at(before.end), all))
    }

    /// What stands before the first line, if it has a line of its own.
    fn first_margin(&self, first: &Line) -> &str {
        let text = self.source.text();
        let begin = lines::start(text, first.start);
        let before = text.get(begin..first.start).filter(|before| before.trim().is_empty());
        before.filter(|_| begin > self.item.line).unwrap_or(&self.margin.text)
    }

    /// The indentation of new lines behind an old one: its own, unless it is none of a step's content.
    fn prefix(&self, index: usize) -> String {
        let line = self.old.get(index).filter(|line| index > 0 && line.is_plain() && !line.is_blank());
        let columns = |line: &Line| super::item::columns(&line.prefix, 0);
        let own = line.filter(|line| columns(line) >= self.item.column);
        own.map_or(self.margin.text.clone(), |line| line.prefix.clone())
    }
}

/// What goes with a run that is emptied: the white space on one of its sides.
fn without(text: &str, item: Item, run: &Run) -> Span {
    let rest = text.get(run.span.end..item.end).unwrap_or_default();
    let after = run.span.end + rest.len() - rest.trim_start().len();
    if run.span.start > item.content {
        return Span::new(lines::trimmed(text, run.span.start), run.span.end);
    }
    // What follows takes the place behind the marker.
    if after >= item.end { Span::new(item.marked(), item.end) } else { Span::new(run.span.start, after) }
}

/// A first text before everything else in a step.
fn first(text: &str, item: Item, margin: &str, new: &[String]) -> Replacement {
    let ending = lines::ending(text, item.number.start);
    let all = lines::indented(new, margin, ending);
    let rest = text.get(item.content..item.end).unwrap_or_default();
    let blank = if rest.starts_with("<!--") { "" } else { ending };
    let apart = text.get(item.marked()..item.content).is_some_and(|between| between.contains('\n'));
    if item.is_empty() {
        return Replacement::new(Span::new(item.marked(), item.end), format!(" {all}"));
    }
    if apart {
        return Replacement::new(Span::at(item.marked()), format!(" {all}{blank}"));
    }
    Replacement::new(Span::at(item.content), format!("{all}{ending}{blank}{margin}"))
}

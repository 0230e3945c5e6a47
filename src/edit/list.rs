//! A list of steps, and items in the style of their list.

use super::item::{Item, Margin, columns};
use super::lines;
use super::replacement::Replacement;
use super::runs::strip;
use crate::guide::{Block, Guide};
use crate::source::{Source, Span};
use std::ops::Range;

/// A list of steps as its items are written.
#[derive(Debug, Clone)]
pub struct List {
    /// Indices of its steps.
    pub steps: Range<usize>,
    /// Its items, at least one.
    pub items: Vec<Item>,
}

impl List {
    /// All lists of a guide.
    pub fn all(guide: &Guide, source: &Source) -> Vec<Self> {
        let of_block = |block: &Block| match block {
            Block::Steps { steps, .. } => Some(steps.clone()),
            Block::Heading { .. } | Block::Prose { .. } => None,
        };
        let items = |steps: &Range<usize>| {
            let steps = guide.steps.get(steps.clone()).unwrap_or_default();
            steps.iter().map(|step| Item::new(step, source)).collect()
        };
        let lists = guide.blocks.iter().filter_map(of_block);
        lists
            .map(|steps| Self { items: items(&steps), steps })
            .filter(|list| !list.items.is_empty())
            .collect()
    }

    /// The list of a step.
    pub fn for_step(guide: &Guide, step: usize, source: &Source) -> Option<Self> {
        Self::all(guide, source).into_iter().find(|list| list.steps.contains(&step))
    }

    /// The item of a step.
    pub fn item(&self, step: usize) -> Option<Item> {
        self.items.get(step.checked_sub(self.steps.start)?).copied()
    }

    /// The number that follows that of an item: one more, or the same if the list repeats one number.
    pub fn number_after(&self, item: Item, source: &Source) -> String {
        let number = source.slice(item.number);
        if self.repeats(source) { number.to_owned() } else { next_number(number) }
    }

    /// Whether all items have the same number.
    pub fn repeats(&self, source: &Source) -> bool {
        let mut numbers = self.items.iter().map(|item| source.slice(item.number));
        let first = numbers.next();
        self.items.len() > 1 && numbers.all(|number| Some(number) == first)
    }

    /// Line breaks between an item and its neighbours: 1 in a tight list, 2 with a blank line between.
    pub fn breaks(&self, near: usize, guide: &Guide, source: &Source) -> usize {
        let at = near.saturating_sub(self.steps.start);
        let gap = |at: usize| {
            let (before, after) = (self.items.get(at)?, self.items.get(at + 1)?);
            Some(source.slice(Span::new(before.end, after.line)).matches('\n').count())
        };
        let own = gap(at).or_else(|| gap(at.checked_sub(1)?));
        let others = || {
            let lists = Self::all(guide, source).into_iter().filter(|list| list.items.len() > 1);
            let first = lists.map(|list| (list.items.first().copied(), list.items.get(1).copied())).next();
            let (before, after) = first?;
            Some(source.slice(Span::new(before?.end, after?.line)).matches('\n').count())
        };
        let loose = || {
            let all = self.items.iter().map(|item| source.slice(Span::new(item.line, item.end)));
            if all.into_iter().any(|item| item.contains("\n\n") || item.contains("\n\r\n")) { 2 } else { 1 }
        };
        own.or_else(others).unwrap_or_else(loose).clamp(1, 2)
    }
}

/// The number after one; the same where CommonMark knows no larger one.
pub fn next_number(number: &str) -> String {
    let next = number.parse::<u64>().ok().map(|number| (number + 1).to_string());
    next.filter(|next| next.len() <= 9).unwrap_or_else(|| number.to_owned())
}

/// The marker of an item: where it stands and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// White space before it.
    pub lead: String,
    /// Its number.
    pub number: String,
    /// `.` or `)`.
    pub delimiter: char,
    /// White space behind it.
    pub gap: String,
}

impl Marker {
    /// That of an item.
    pub fn for_item(item: Item, source: &Source) -> Self {
        let text = source.text();
        let gap = text.get(item.marked()..item.content).unwrap_or_default();
        let plain = !gap.is_empty() && !gap.contains('\n') && item.content < item.end;
        let width = columns(gap, 0);
        Self {
            lead: text.get(item.line..item.number.start).unwrap_or_default().to_owned(),
            number: source.slice(item.number).to_owned(),
            delimiter: item.delimiter,
            gap: if plain && width <= 4 { gap.to_owned() } else { " ".to_owned() },
        }
    }

    /// The same with another number.
    pub fn with(self, number: impl Into<String>) -> Self {
        Self { number: number.into(), ..self }
    }

    /// All of it.
    pub fn text(&self) -> String {
        format!("{}{}{}{}", self.lead, self.number, self.delimiter, self.gap)
    }

    /// The column that content behind it starts at.
    pub fn column(&self) -> usize {
        columns(&self.text(), 0)
    }

    /// A new item of lines without indentation; its lines are indented as `near`, if that fits.
    pub fn item<S: AsRef<str>>(&self, content: &[S], near: &Margin, ending: &str) -> String {
        let column = self.column();
        let margin = if near.fits(column) { near.clone() } else { Margin::spaces(column) };
        let all = self.text() + &lines::indented(content, &margin.text, ending);
        all.trim_end().to_owned()
    }
}

/// What gives an item another marker, and moves its lines with it so that they mean the same.
pub fn remark(source: &Source, item: Item, new: &Marker) -> Vec<Replacement> {
    let text = source.text();
    let old = Span::new(item.line, item.marked());
    let marker = format!("{}{}{}", new.lead, new.number, new.delimiter);
    let before = columns(source.slice(old), 0);
    let after = columns(&marker, 0);
    let mut replacements = vec![super::replacement::trim(source.slice(old), &marker, old.start)];
    let column = moved_column(text, item, before, after);
    let mut at = lines::next(text, item.line);
    let mut found = Vec::new();
    while at < item.end && column != item.column {
        let end = lines::end(text, at);
        found.push(Span::new(at, end));
        at = lines::next(text, end);
    }
    if !still_fits(source, &found, item.column, column) {
        replacements.extend(found.iter().filter_map(|line| moved(source, *line, item.column, column)));
    }
    replacements
}

/// Where content comes to start whose marker ends at column `after` instead of `before`.
fn moved_column(text: &str, item: Item, before: usize, after: usize) -> usize {
    let gap = text.get(item.marked()..item.content).unwrap_or_default();
    let apart = gap.is_empty() || gap.contains('\n') || columns(gap, before) - before > 4;
    if apart { after + 1 } else { columns(gap, after) }
}

/// Whether lines indented with a tab, or further than they must, may stay where they are.
fn still_fits(source: &Source, found: &[Span], old: usize, new: usize) -> bool {
    let written = found.iter().map(|line| source.slice(*line)).filter(|line| !line.trim().is_empty());
    let leads = written.map(|line| line.get(..line.len() - line.trim_start().len()).unwrap_or_default());
    let own: Vec<&str> = leads.filter(|lead| columns(lead, 0) >= old).collect();
    let margin = own.iter().map(|lead| columns(lead, 0)).min().unwrap_or(new);
    (new..new + 4).contains(&margin) && (new > old || own.iter().all(|lead| lead.starts_with('\t')))
}

fn moved(source: &Source, line: Span, old: usize, new: usize) -> Option<Replacement> {
    let text = source.slice(line);
    let lead = text.get(..text.len() - text.trim_start().len()).unwrap_or_default();
    // A line that is indented less goes on with a paragraph, wherever it stands.
    if text.trim().is_empty() || columns(lead, 0) < old {
        return None;
    }
    let (_, rest) = strip(text, old);
    let beyond = rest.get(..rest.len() - rest.trim_start().len()).unwrap_or_default();
    Some(super::replacement::trim(lead, &(" ".repeat(new) + beyond), line.start))
}

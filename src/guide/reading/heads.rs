//! Headings and paragraphs with a number in front, as steps.

use super::label::{Label, LabelStyle, label};
use super::pieces::{BlockKind, Piece, Plan, StepHead, StepPlan, TopBlock};
use crate::diagnostic::Diagnostic;
use crate::guide::written::Events;
use crate::source::{Source, Span};
use pulldown_cmark::{Event, Tag};
use std::collections::BTreeMap;
use std::ops::Range;

/// The level of steps that begin with a paragraph: below that of every heading.
pub const PARAGRAPH: u8 = 7;

/// Steps of one form.
#[derive(Debug)]
pub struct Heads {
    /// 1 to 6; [`PARAGRAPH`].
    pub level: u8,
    /// In order, at least one.
    pub heads: Vec<Head>,
}

/// The beginning of a step.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    /// Index of its block.
    block: usize,
    /// Its number; `None` where headings without numbers are steps.
    label: Option<Label>,
}

/// All forms of numbered headings and paragraphs that count from 0 or 1, at least two of them.
pub fn all(events: &Events, blocks: &[TopBlock], source: &Source) -> Vec<Heads> {
    let mut forms: BTreeMap<(u8, LabelStyle), Vec<Head>> = BTreeMap::new();
    for (at, block) in blocks.iter().enumerate() {
        let level = match block.kind {
            BlockKind::Heading(level) => level,
            BlockKind::Paragraph => PARAGRAPH,
            _ => continue,
        };
        let inner = events.get(block.range.start + 1..block.range.end.saturating_sub(1)).unwrap_or_default();
        let found = if level == PARAGRAPH { paragraph_label(inner, source) } else { label(&lead(inner)) };
        if let Some(label) = found {
            forms.entry((level, label.style)).or_default().push(Head { block: at, label: Some(label) });
        }
    }
    let found = forms.into_iter().map(|((level, _), heads)| Heads { level, heads });
    found.filter(|heads| heads.heads.len() >= 2 && heads.heads.first().is_some_and(Head::is_first)).collect()
}

/// Headings without numbers: of the level whose headings have the most pictures right below them, from the first that
/// has one to the last.
pub fn unnumbered(blocks: &[TopBlock]) -> Option<Heads> {
    let mut levels: BTreeMap<u8, Vec<(usize, usize)>> = BTreeMap::new();
    let mut current: Option<(u8, usize)> = None;
    for (at, block) in blocks.iter().enumerate() {
        if let BlockKind::Heading(level) = block.kind {
            levels.entry(level).or_default().push((at, 0));
            current = Some((level, at));
        } else if let Some((level, _)) = current
            && let Some((_, pictures)) = levels.get_mut(&level).and_then(|heads| heads.last_mut())
        {
            *pictures += block.pictures;
        }
    }
    let sum = |heads: &[(usize, usize)]| heads.iter().map(|(_, pictures)| pictures).sum::<usize>();
    let (level, heads) =
        levels.into_iter().max_by_key(|(level, heads)| (sum(heads), std::cmp::Reverse(*level)))?;
    let first = heads.iter().position(|(_, pictures)| *pictures > 0)?;
    let last = heads.iter().rposition(|(_, pictures)| *pictures > 0)?;
    let heads =
        heads.get(first..=last)?.iter().map(|(block, _)| Head { block: *block, label: None }).collect();
    Some(Heads { level, heads })
}

/// The text that a block begins with, up to a break or anything that is no plain or bold text.
pub fn lead(inner: &[(Event<'_>, Span)]) -> String {
    let mut text = String::new();
    for (event, _) in inner {
        match event {
            Event::Text(part) => text.push_str(part),
            Event::Start(Tag::Strong | Tag::Emphasis) | Event::End(_) => {}
            _ => break,
        }
    }
    text
}

/// The number of a paragraph: bold, escaped, wide, or a word that punctuation follows.
pub fn paragraph_label(inner: &[(Event<'_>, Span)], source: &Source) -> Option<Label> {
    let (first, span) = inner.first()?;
    let found = label(&lead(inner))?;
    let bold = matches!(first, Event::Start(Tag::Strong));
    if bold {
        return Some(found);
    }
    if !matches!(first, Event::Text(_)) {
        return None;
    }
    let written = source.text().get(span.start..).unwrap_or_default();
    let digits = written.trim_start_matches(|c: char| c.is_ascii_digit());
    let means = match found.style {
        LabelStyle::Word => found.marked,
        LabelStyle::Number => digits.starts_with(['\\', '、', '．', '）', '：']),
        LabelStyle::Part => false,
    };
    means.then_some(found)
}

impl Head {
    fn is_first(&self) -> bool {
        self.label.is_none_or(|label| label.number <= 1)
    }
}

impl Heads {
    /// For each step, the indices of its blocks, the head's included.
    fn extents(&self, blocks: &[TopBlock]) -> Vec<Range<usize>> {
        let ends = self.heads.iter().skip(1).map(|head| head.block).chain([blocks.len()]);
        let is_last = |at: usize| at + 1 == self.heads.len();
        let above = |block: &TopBlock, last: bool| match block.kind {
            BlockKind::Heading(level) => {
                level < self.level || (last && level == self.level) || self.level == PARAGRAPH
            }
            _ => false,
        };
        let cut = |(at, (head, end)): (usize, (&Head, usize))| {
            let inside = blocks.get(head.block + 1..end).unwrap_or_default();
            let length = inside.iter().position(|block| above(block, is_last(at))).unwrap_or(inside.len());
            head.block..head.block + 1 + length
        };
        self.heads.iter().zip(ends).enumerate().map(cut).collect()
    }

    /// How many pictures their steps hold.
    pub fn pictures(&self, blocks: &[TopBlock]) -> usize {
        let inside = |range: Range<usize>| blocks.get(range).unwrap_or_default();
        self.extents(blocks).into_iter().flat_map(inside).map(|block| block.pictures).sum()
    }

    /// The events that their steps reach over.
    pub fn reach(&self, blocks: &[TopBlock]) -> Vec<Range<usize>> {
        let events = |range: Range<usize>| {
            let (first, last) = (blocks.get(range.start)?, blocks.get(range.end.checked_sub(1)?)?);
            Some(first.range.start..last.range.end)
        };
        self.extents(blocks).into_iter().filter_map(events).collect()
    }

    /// The guide with these as its steps.
    pub fn plan(&self, blocks: &[TopBlock], source: &Source) -> Plan {
        let mut plan = Plan { found: self.odd_numbers(blocks, source), ..Plan::default() };
        let (mut at, mut notes) = (0, Vec::new());
        for (head, extent) in self.heads.iter().zip(self.extents(blocks)) {
            outside(blocks.get(at..extent.start).unwrap_or_default(), &mut plan);
            let (Some(block), Some(rest)) =
                (blocks.get(head.block), blocks.get(extent.start + 1..extent.end))
            else {
                continue;
            };
            let step = StepPlan {
                head: StepHead::Labelled {
                    block: block.range.clone(),
                    label: head.label.map_or(0, |label| label.length),
                },
                blocks: rest
                    .iter()
                    .filter(|block| !is_note(block))
                    .map(|block| block.range.clone())
                    .collect(),
            };
            match plan.pieces.last_mut() {
                Some(Piece::Steps(steps)) => steps.push(step),
                _ => plan.pieces.push(Piece::Steps(vec![step])),
            }
            notes.extend(
                rest.iter().filter(|block| is_note(block)).map(|block| Piece::Block(block.range.clone())),
            );
            at = extent.end;
        }
        outside(blocks.get(at..).unwrap_or_default(), &mut plan);
        plan.pieces.extend(notes);
        plan
    }

    /// Numbers that are missing or stand twice.
    fn odd_numbers(&self, blocks: &[TopBlock], source: &Source) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let numbered =
            self.heads.iter().filter_map(|head| Some((blocks.get(head.block)?.span, head.label?.number)));
        let mut before: Option<u32> = None;
        for (span, number) in numbered {
            let message = match before {
                Some(last) if number == last && number > 1 => {
                    Some(format!("the number {number} stands twice"))
                }
                Some(last) if number > 1 && number != last + 1 => {
                    Some(format!("number {number} follows number {last}"))
                }
                _ => None,
            };
            before = Some(number);
            let line = Span::new(span.start, span.start + source.slice(span).trim_end().len());
            found.extend(message.map(|message| {
                Diagnostic::warning("step-number", source.path(), line, message)
                    .help("steps are shown in the order they stand in; look for one that is missing, or that has lost its form")
            }));
        }
        found
    }
}

/// Footnotes belong to the guide, wherever they are written.
fn is_note(block: &TopBlock) -> bool {
    block.kind == BlockKind::Footnote
}

fn outside(blocks: &[TopBlock], plan: &mut Plan) {
    plan.pieces.extend(blocks.iter().map(|block| Piece::Block(block.range.clone())));
}

/// The inline content of a heading or a paragraph without the first `length` bytes of its text.
pub fn without_label(inner: &[(Event<'static>, Span)], length: usize) -> Events {
    let mut left = length;
    let mut rest = Events::new();
    for (event, span) in inner {
        match event {
            Event::Text(text) if left > 0 => {
                let cut = left.min(text.len());
                left -= cut;
                let text = text.get(cut..).unwrap_or_default();
                if !text.is_empty() {
                    let start = (span.end - text.len().min(span.end)).max(span.start);
                    rest.push((Event::Text(text.to_owned().into()), Span::new(start, span.end)));
                }
            }
            _ => rest.push((event.clone(), *span)),
        }
    }
    without_empty(rest)
}

/// Events without emphasis around nothing.
fn without_empty(mut events: Events) -> Events {
    while let Some(at) = events
        .windows(2)
        .position(|pair| matches!(pair, [(Event::Start(Tag::Strong | Tag::Emphasis), _), (Event::End(_), _)]))
    {
        events.drain(at..at + 2);
    }
    if let Some((Event::Text(text), span)) = events.first_mut() {
        let trimmed = text.trim_start();
        span.start += text.len() - trimmed.len();
        *text = trimmed.to_owned().into();
    }
    while matches!(events.first(), Some((Event::SoftBreak | Event::HardBreak, _))) {
        events.remove(0);
    }
    events
}

/// Whether some events are more than breaks and white space.
pub fn has_words(events: &[(Event<'_>, Span)]) -> bool {
    let blank = |event: &Event<'_>| match event {
        Event::Text(text) => text.trim().is_empty(),
        Event::SoftBreak | Event::HardBreak => true,
        _ => false,
    };
    !events.iter().all(|(event, _)| blank(event))
}

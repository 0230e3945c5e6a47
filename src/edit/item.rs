//! A step as an item of a list: its marker, and how its lines are indented.

use super::lines;
use crate::guide::{Guide, Part, WrittenStep};
use crate::source::{Source, Span};
use pulldown_cmark::{Event, TagEnd};

/// The item that a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// First byte of its line.
    pub line: usize,
    /// The number of its marker.
    pub number: Span,
    /// `.` or `)`.
    pub delimiter: char,
    /// First byte of its content; its end if it has none.
    pub content: usize,
    /// One past its last byte that is no white space.
    pub end: usize,
    /// Column its content starts at (CommonMark 5.2).
    pub column: usize,
}

/// What an author indents the lines of a step with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Margin {
    /// White space.
    pub text: String,
    /// The column it reaches to.
    pub columns: usize,
}

impl Item {
    /// The item of a step.
    pub fn new(step: &WrittenStep, source: &Source) -> Self {
        let text = source.text();
        let item = source.slice(step.span);
        let start = step.span.start + item.len() - item.trim_start().len();
        let rest = text.get(start..step.span.end).unwrap_or_default();
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number = Span::new(start, start + digits);
        let delimiter = if rest.get(digits..).is_some_and(|rest| rest.starts_with(')')) { ')' } else { '.' };
        let marked = (number.end + 1).min(step.span.end);
        let inner = text.get(marked..step.span.end).unwrap_or_default();
        let content = marked + inner.len() - inner.trim_start().len();
        let line = lines::start(text, start);
        let column = content_column(text, line, marked, content);
        Self { line, number, delimiter, content, end: step.span.end, column }
    }

    /// One past the delimiter.
    pub fn marked(self) -> usize {
        (self.number.end + 1).min(self.end)
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.content >= self.end
    }
}

fn content_column(text: &str, line: usize, marked: usize, content: usize) -> usize {
    let marker = columns(text.get(line..marked).unwrap_or_default(), 0);
    let between = text.get(marked..content).unwrap_or_default();
    let column = columns(between, marker);
    // Five columns or more, or nothing on the marker's line: the content starts one column after the marker.
    let apart = between.contains('\n') || between.is_empty() || column - marker > 4;
    if apart { marker + 1 } else { column }
}

/// The column after some text that starts at column `from`: tabs reach to the next multiple of 4.
pub fn columns(text: &str, from: usize) -> usize {
    text.chars().fold(from, |at, c| if c == '\t' { at + 4 - at % 4 } else { at + 1 })
}

impl Margin {
    /// So many spaces.
    pub fn spaces(columns: usize) -> Self {
        Self { text: " ".repeat(columns), columns }
    }

    /// Whether lines behind it belong to content that starts at `column`, and are no code for being indented.
    pub fn fits(&self, column: usize) -> bool {
        (column..column + 4).contains(&self.columns)
    }

    /// What the lines of a step are indented with; without lines of its own, what those of its neighbours are.
    pub fn for_step(guide: &Guide, index: usize, source: &Source) -> Self {
        let column = guide.steps.get(index).map_or(0, |step| Item::new(step, source).column);
        let before = guide.steps.iter().take(index).rev();
        let after = guide.steps.iter().skip(index + 1);
        let own = guide.steps.get(index).into_iter();
        let mut margins = own.chain(before).chain(after).filter_map(|step| Self::own(step, source));
        margins.find(|margin| margin.fits(column)).unwrap_or_else(|| Self::spaces(column))
    }

    /// What a step's lines are indented with, by the line that is indented least.
    pub fn own(step: &WrittenStep, source: &Source) -> Option<Self> {
        let item = Item::new(step, source);
        let text = source.text();
        let of_line = |start: &usize| {
            let line = lines::start(text, *start);
            let lead = lines::lead(text, *start);
            let margin = Self { text: lead.to_owned(), columns: columns(lead, 0) };
            (line > item.line && lines::blank(text, line, *start) && margin.fits(item.column))
                .then_some(margin)
        };
        let starts = step.parts.iter().flat_map(starts).chain(step.comments.iter().map(|span| span.start));
        let margins: Vec<Self> = starts.collect::<Vec<_>>().iter().filter_map(of_line).collect();
        margins.into_iter().min_by_key(|margin| margin.columns)
    }
}

/// Where the blocks directly in a step, and the lines of its paragraphs, start.
fn starts(part: &Part) -> Vec<usize> {
    let events = match part {
        Part::Prose(events) => events,
        Part::Screenshot(image) => return vec![image.span.start],
        Part::Annotation(_) => return Vec::new(),
    };
    let mut starts = Vec::new();
    let mut depth = 0_usize;
    for (event, span) in events {
        if matches!(event, Event::End(tag) if is_container(*tag)) {
            depth = depth.saturating_sub(1);
            continue;
        }
        if depth == 0 && !matches!(event, Event::SoftBreak | Event::HardBreak | Event::End(_)) {
            starts.push(span.start);
        }
        depth += usize::from(matches!(event, Event::Start(tag) if is_container(tag.to_end())));
    }
    starts
}

/// Whether the lines within a block have their own indentation.
fn is_container(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Table
    )
}

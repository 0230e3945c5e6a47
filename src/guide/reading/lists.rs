//! Numbered lists as steps: which of them, and what between and behind their items belongs to them.

use super::pieces::{BlockKind, Piece, Plan, StepHead, StepPlan, TopBlock, first_section, item_steps};
use crate::diagnostic::Diagnostic;
use crate::guide::blocks::{item_content, items};
use crate::guide::fix::Fix;
use crate::guide::written::Events;
use crate::source::{Source, Span};
use pulldown_cmark::{Event, Tag};

/// Steps of one or several lists that go on.
struct Run {
    steps: Vec<StepPlan>,
    /// The number of its last item.
    last: u64,
    /// Whether every list so far is one item numbered 1.
    single: bool,
    /// Indices of the blocks since its last item.
    pending: Vec<usize>,
}

/// The steps that the numbered lists at the top level are.
pub fn plan(events: &Events, blocks: &[TopBlock], source: &Source) -> Plan {
    let mut lists = Lists { events, blocks, source, plan: Plan::default(), run: None };
    let is_step = which(events, blocks, source);
    for (at, block) in blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Heading(_) => {
                lists.close();
                lists.plan.pieces.push(Piece::Block(block.range.clone()));
            }
            BlockKind::Ordered(first) if is_step.get(at) == Some(&true) => lists.list(block, first),
            BlockKind::Footnote => lists.plan.pieces.push(Piece::Block(block.range.clone())),
            _ => match &mut lists.run {
                Some(run) => {
                    if let Some((diagnostic, fix)) = bad_number(block, run.last, source) {
                        lists.plan.found.push(diagnostic);
                        lists.plan.fixes.push(fix);
                    }
                    run.pending.push(at);
                }
                None => lists.plan.pieces.push(Piece::Block(block.range.clone())),
            },
        }
    }
    lists.close();
    lists.plan
}

/// A paragraph that begins with the next number, and is no item: no space follows the number, or one that is none to
/// Markdown.
fn bad_number(block: &TopBlock, last: u64, source: &Source) -> Option<(Diagnostic, Fix)> {
    if block.kind != BlockKind::Paragraph {
        return None;
    }
    let text = source.slice(block.span);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = text.get(..digits)?;
    let delimiter =
        text.get(digits..)?.chars().next().filter(|c| matches!(c, '.' | ')' | '、' | '．' | '）'))?;
    let behind = text.get(digits + delimiter.len_utf8()..)?.chars().next()?;
    let is_version = delimiter == '.' && behind.is_ascii_digit();
    if number.parse::<u64>().ok()? != last.checked_add(1)? || is_version || behind == ' ' {
        return None;
    }
    let span = Span::new(block.span.start, block.span.start + digits + delimiter.len_utf8());
    let message = format!(
        "`{number}{delimiter}` begins no step: an ordinary space must follow a number and its full stop"
    );
    let help = format!("write `{number}. `");
    let gap = if behind.is_whitespace() { behind.len_utf8() } else { 0 };
    let fix = Fix { span: Span::new(span.start, span.end + gap), text: format!("{number}. ") };
    Some((Diagnostic::error("bad-number", source.path(), span, message).help(help), fix))
}

struct Lists<'a> {
    events: &'a Events,
    blocks: &'a [TopBlock],
    source: &'a Source,
    plan: Plan,
    run: Option<Run>,
}

impl Lists<'_> {
    fn list(&mut self, block: &TopBlock, first: u64) {
        let steps = item_steps(self.events, &block.range);
        let count = steps.len() as u64;
        let last = self.number(steps.last()).unwrap_or_else(|| first.saturating_add(count.saturating_sub(1)));
        let single = count == 1 && first == 1;
        if let Some(run) = &mut self.run
            && (first > run.last && first > 1 || (single && run.single))
        {
            let between = std::mem::take(&mut run.pending);
            let ranges =
                between.into_iter().filter_map(|at| self.blocks.get(at)).map(|block| block.range.clone());
            if let Some(step) = run.steps.last_mut() {
                step.blocks.extend(ranges);
            }
            run.steps.extend(steps);
            (run.last, run.single) = (last, run.single && single);
            return;
        }
        self.close();
        self.run = Some(Run { steps, last, single, pending: Vec::new() });
    }

    /// The number that an item is written with: its list may count otherwise.
    fn number(&self, step: Option<&StepPlan>) -> Option<u64> {
        let StepHead::Item { list, item } = &step?.head else { return None };
        let (_, span) = self.events.get(list.start + item.start)?;
        let text = self.source.slice(*span).trim_start();
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        text.get(..digits)?.parse().ok()
    }

    /// Ends the steps: what follows them down to the last picture before a list belongs to the last.
    fn close(&mut self) {
        let Some(mut run) = self.run.take() else { return };
        let pending: Vec<&TopBlock> = run.pending.iter().filter_map(|at| self.blocks.get(*at)).collect();
        let count = belonging(&pending);
        let mut ranges = pending.into_iter().map(|block| block.range.clone());
        if let Some(step) = run.steps.last_mut() {
            step.blocks.extend(ranges.by_ref().take(count));
        }
        self.plan.pieces.push(Piece::Steps(run.steps));
        self.plan.pieces.extend(ranges.map(Piece::Block));
    }
}

/// How many of the blocks behind a list belong to its last item.
fn belonging(pending: &[&TopBlock]) -> usize {
    let is_list = |block: &&TopBlock| matches!(block.kind, BlockKind::Bullets | BlockKind::Ordered(_));
    let end = pending.iter().position(is_list).unwrap_or(pending.len());
    let before = pending.get(..end).unwrap_or_default();
    let pictured = before.iter().rposition(|block| block.pictures > 0).map_or(0, |at| at + 1);
    // The marks right below that picture, or below one within the item.
    let marks = before.iter().skip(pictured).take_while(|block| block.annotated).count();
    pictured + marks
}

/// For each block, whether it is a list of steps.
fn which(events: &Events, blocks: &[TopBlock], source: &Source) -> Vec<bool> {
    let section = first_section(blocks);
    let ordered = |block: &TopBlock| matches!(block.kind, BlockKind::Ordered(_));
    let last = blocks.iter().rposition(ordered);
    let decide = |(at, block): (usize, &TopBlock)| {
        if !ordered(block) {
            return false;
        }
        let before = at.checked_sub(1).and_then(|before| blocks.get(before));
        let says = |word| before.is_some_and(|before| before.says(word, events, source));
        if says("@text") {
            return false;
        }
        if says("@steps") {
            return true;
        }
        let list = events.get(block.range.clone()).unwrap_or_default();
        let is_early = section.is_some_and(|section| at < section) && last.is_some_and(|last| at < last);
        let is_plain =
            || !is_part(blocks, at, list) && block.pictures == 0 && !super::any_annotation(list, source);
        !(is_contents(list) || is_early && is_plain())
    };
    blocks.iter().enumerate().map(decide).collect()
}

/// Whether a list goes on with another, or another with it, or pictures follow it before the next list or heading.
fn is_part(blocks: &[TopBlock], at: usize, list: &[(Event<'_>, Span)]) -> bool {
    let Some(TopBlock { kind: BlockKind::Ordered(first), .. }) = blocks.get(at) else { return false };
    let next = first.saturating_add(items(list).count() as u64);
    for block in blocks.iter().skip(at + 1) {
        match block.kind {
            BlockKind::Heading(_) => break,
            BlockKind::Ordered(number) => return *first > 1 || number == next,
            _ if block.pictures > 0 => return true,
            _ => {}
        }
    }
    *first > 1
}

/// Whether a list is nothing but links into the page.
fn is_contents(list: &[(Event<'_>, Span)]) -> bool {
    let mut found = false;
    for item in items(list) {
        let mut inside = false;
        for (event, _) in item_content(list, &item) {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with('#') => {
                    (inside, found) = (true, true)
                }
                Event::End(pulldown_cmark::TagEnd::Link) => inside = false,
                Event::Text(text) if !inside && !text.trim().is_empty() => return false,
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => return false,
                _ => {}
            }
        }
    }
    found
}

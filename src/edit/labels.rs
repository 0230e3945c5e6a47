//! Steps that are headings with numbers: added, repeated, moved, removed. Each place keeps its number, whichever step stands there.

use super::lines;
use super::replacement::{Change, Refusal, Replacement, apply, between};
use crate::guide::{Block, Guide, StepForm};
use crate::source::{Source, Span};
use std::ops::Range;

/// The steps between two other blocks, as they are written.
#[derive(Debug, Clone)]
pub struct Labels<'a> {
    source: &'a Source,
    /// Their indices.
    steps: Range<usize>,
    /// Their texts, without the white space behind them.
    bodies: Vec<&'a str>,
    /// The white space between them.
    gaps: Vec<&'a str>,
    /// From the first byte of the first line to the last byte of the last step.
    span: Span,
}

/// Whether the steps of a guide are headings that can be put in another order.
pub fn are_labels(guide: &Guide, step: usize) -> bool {
    guide.steps.get(step).is_some_and(|step| matches!(step.form, StepForm::Label { level: 1..=6 }))
}

impl<'a> Labels<'a> {
    /// Those among which a step stands.
    pub fn for_step(source: &'a Source, guide: &Guide, step: usize) -> Result<Self, Refusal> {
        let message = "the steps of this guide are not a list: add, move and remove them in its file";
        let refused = || Refusal::new(message);
        let block = guide.blocks.iter().find_map(|block| match block {
            Block::Steps { steps, .. } if steps.contains(&step) => Some(steps.clone()),
            Block::Steps { .. } | Block::Heading { .. } | Block::Prose { .. } => None,
        });
        let steps = block.ok_or_else(refused)?;
        let text = source.text();
        let starts: Vec<usize> = guide
            .steps
            .get(steps.clone())
            .unwrap_or_default()
            .iter()
            .map(|step| lines::start(text, step.span.start))
            .collect();
        let last = guide.steps.get(steps.end - 1).map(|step| step.span.end).ok_or_else(refused)?;
        let ends = starts.iter().skip(1).copied().chain([last]);
        let (mut bodies, mut gaps) = (Vec::new(), Vec::new());
        for (start, end) in starts.iter().zip(ends) {
            let trimmed = lines::trimmed(text, end).max(*start);
            let body = source.slice(Span::new(*start, trimmed));
            number(body).ok_or_else(refused)?;
            bodies.push(body);
            gaps.push(source.slice(Span::new(trimmed, end)));
        }
        gaps.pop();
        let first = starts.first().copied().ok_or_else(refused)?;
        let span = Span::new(first, lines::trimmed(text, last).max(first));
        Ok(Self { source, steps, bodies, gaps, span })
    }

    /// Steps more behind one, or before the first: lines without indentation.
    pub fn add(&self, after: Option<usize>, contents: &[Vec<String>]) -> Change {
        let ending = lines::ending(self.source.text(), self.span.start);
        let near = self.bodies.first().copied().unwrap_or_default();
        let (lead, _, rest) = parts(near).unwrap_or_default();
        let mark: String = rest.chars().take_while(|c| !c.is_alphanumeric() && !c.is_whitespace()).collect();
        let new = contents.iter().map(|content| {
            let title = content.first().map(String::as_str).unwrap_or_default();
            let below = content.get(1..).unwrap_or_default().join(ending);
            let below = below.trim_start_matches(['\r', '\n']);
            let gap = if below.is_empty() { String::new() } else { ending.repeat(2) };
            format!("{lead}1{mark} {title}{gap}{below}")
        });
        let at = after.map_or(0, |after| after + 1 - self.steps.start);
        let mut bodies: Vec<String> = self.bodies.iter().map(|&body| body.to_owned()).collect();
        bodies.splice(at..at, new);
        Ok(self.written(&bodies))
    }

    /// Without a step.
    pub fn delete(&self, step: usize) -> Change {
        let text = self.source.text();
        if self.bodies.len() == 1 {
            let end = lines::next(text, self.span.end);
            let blank = text.get(end..).unwrap_or_default();
            let more = blank.len() - blank.trim_start_matches(['\r', '\n']).len();
            return Ok(vec![Replacement::new(Span::new(self.span.start, end + more), "")]);
        }
        let mut bodies: Vec<String> = self.bodies.iter().map(|&body| body.to_owned()).collect();
        bodies.remove(step - self.steps.start);
        Ok(self.written(&bodies))
    }

    /// A step at another place among these.
    pub fn shift(&self, step: usize, to: usize) -> Change {
        if !self.steps.contains(&to) {
            return Err(Refusal::new(
                "a step that is a heading moves within its chapter: move it in the file",
            ));
        }
        let mut bodies: Vec<String> = self.bodies.iter().map(|&body| body.to_owned()).collect();
        let body = bodies.remove(step - self.steps.start);
        bodies.insert(to - self.steps.start, body);
        Ok(self.written(&bodies))
    }

    /// A step twice; `copy` is its text without what can't be there twice.
    pub fn duplicate(&self, step: usize, copy: &str) -> Change {
        let mut bodies: Vec<String> = self.bodies.iter().map(|&body| body.to_owned()).collect();
        bodies.insert(step + 1 - self.steps.start, copy.trim_end().to_owned());
        Ok(self.written(&bodies))
    }

    /// The text of a step after some replacements in it.
    pub fn body_after(&self, step: usize, replacements: &[Replacement]) -> String {
        let at = step - self.steps.start;
        let whole = self.source.text();
        let body = self.bodies.get(at).copied().unwrap_or_default();
        let before: usize =
            self.bodies.iter().zip(&self.gaps).take(at).map(|(body, gap)| body.len() + gap.len()).sum();
        let start = self.span.start + before;
        let after = apply(whole, replacements);
        let shorter = whole.len() - after.len();
        after.get(start..start + body.len() - shorter).unwrap_or_default().to_owned()
    }

    /// These texts in the place of the old ones, each with the number of its place.
    fn written(&self, bodies: &[String]) -> Vec<Replacement> {
        let numbers: Vec<u64> = self.bodies.iter().filter_map(|body| parts(body)?.1.parse().ok()).collect();
        let ending = lines::ending(self.source.text(), self.span.start);
        let usual = self.gaps.first().map_or_else(|| ending.repeat(2), |gap| (*gap).to_owned());
        let last = numbers.last().copied().unwrap_or_default();
        let mut new = String::new();
        for (at, body) in bodies.iter().enumerate() {
            let beyond = at.saturating_sub(numbers.len().saturating_sub(1)) as u64;
            let own = numbers.get(at).copied().unwrap_or(last + beyond);
            new += &numbered(body, own);
            if at + 1 < bodies.len() {
                new += self.gaps.get(at).copied().unwrap_or(&usual);
            }
        }
        between(self.source.slice(self.span), &new, self.span.start)
    }
}

/// Where the number stands in a heading: `## 3. Save`, `### Step 3: Save`.
fn number(body: &str) -> Option<Range<usize>> {
    let line = body.lines().next()?;
    let marks = line.len() - line.trim_start_matches('#').len();
    let rest = line.get(marks..)?;
    let at = marks + rest.len() - rest.trim_start().len();
    if marks == 0 || at == marks {
        return None;
    }
    let rest = line.get(at..)?;
    let word = rest.len() - rest.trim_start_matches(char::is_alphabetic).len();
    let space = rest.get(word..)?.len() - rest.get(word..)?.trim_start().len();
    let start = if word > 0 && space > 0 { at + word + space } else { at };
    let digits = line.get(start..)?;
    let length = digits.len() - digits.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (1..=9).contains(&length).then_some(start..start + length)
}

/// What stands before the number of a heading, the number, and the rest.
pub fn parts(body: &str) -> Option<(&str, &str, &str)> {
    let at = number(body)?;
    Some((body.get(..at.start)?, body.get(at.clone())?, body.get(at.end..)?))
}

fn numbered(body: &str, own: u64) -> String {
    parts(body).map_or_else(|| body.to_owned(), |(lead, _, rest)| format!("{lead}{own}{rest}"))
}

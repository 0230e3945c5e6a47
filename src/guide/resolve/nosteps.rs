//! What to do about a guide without steps: the form that was found, and what to write.

use crate::guide::events::end_of;
use crate::guide::reading::pictures;
use crate::guide::written::{Block, Guide};
use crate::source::Source;
use pulldown_cmark::{Event, Tag};

/// Names the form in which steps seem to be written, and the way out.
pub fn help(guide: &Guide, source: &Source) -> String {
    let found = Found::new(guide, source);
    let help = if found.headings > 1 {
        "headings with pictures below them are steps with `steps: headings` in the front matter"
    } else if found.bullets > 0 {
        "bullets are not steps: number them, `1. Open the **menu**.`"
    } else if found.quoted {
        "the numbered list stands in a quote, which is not a list of steps: remove the `>`"
    } else if found.tables > 0 {
        "the steps stand in a table: write them as a numbered list, `1. Open the **menu**.`, each with its picture below it"
    } else if found.letters {
        "letters are not numbers: write `1. Open the **menu**.`"
    } else if found.numbers {
        "a number needs an ordinary full stop and a space behind it: `1. Open the **menu**.`"
    } else if found.pictures > 0 {
        "number the instructions, `1. Open the **menu**.`; or, if each picture ends a step, write `steps: pictures` in the front matter"
    } else {
        "number the instructions: `1. Open the **menu**.`"
    };
    help.to_owned()
}

#[derive(Default)]
struct Found {
    /// Headings with a picture before the next.
    headings: usize,
    /// Bullets, of lists with pictures if any has.
    bullets: usize,
    quoted: bool,
    tables: usize,
    letters: bool,
    numbers: bool,
    pictures: usize,
}

impl Found {
    fn new(guide: &Guide, source: &Source) -> Self {
        let mut found = Self::default();
        let mut under_heading = false;
        for block in &guide.blocks {
            match block {
                Block::Heading { level, .. } => under_heading = *level > 1,
                Block::Prose { events, span } => {
                    let count = pictures::count(events);
                    found.pictures += count;
                    found.headings += usize::from(count > 0 && std::mem::take(&mut under_heading));
                    let text = source.slice(*span).trim_start();
                    match events.first().map(|(event, _)| event) {
                        Some(Event::Start(Tag::List(None))) if count > 0 || found.bullets == 0 => {
                            found.bullets += items(events, count);
                        }
                        Some(Event::Start(Tag::BlockQuote(_))) => {
                            let list = |event: &Event<'_>| matches!(event, Event::Start(Tag::List(Some(_))));
                            found.quoted |= events.iter().any(|(event, _)| list(event));
                        }
                        Some(Event::Start(Tag::Table(_))) => {
                            let image = |event: &Event<'_>| matches!(event, Event::Start(Tag::Image { .. }));
                            found.tables += usize::from(events.iter().any(|(event, _)| image(event)));
                        }
                        _ => {
                            found.letters |= is_letter(text);
                            found.numbers |= is_number(text);
                        }
                    }
                }
                Block::Steps { .. } => {}
            }
        }
        found
    }
}

/// Items of a list of bullets that has pictures, or several items.
fn items(events: &[(Event<'_>, crate::source::Span)], pictures: usize) -> usize {
    let mut at = 1;
    let mut count = 0;
    while matches!(events.get(at), Some((Event::Start(Tag::Item), _))) {
        at = end_of(events, at);
        count += 1;
    }
    if pictures > 0 { count } else { 0 }
}

fn is_letter(text: &str) -> bool {
    let word: String = text.chars().take_while(|c| c.is_ascii_alphabetic()).collect();
    let roman = !word.is_empty() && word.len() <= 4 && word.chars().all(|c| "ivxIVX".contains(c));
    let rest = text.get(word.len()..).unwrap_or_default();
    (word.len() == 1 || roman)
        && rest.starts_with(['.', ')'])
        && rest.get(1..).is_some_and(|rest| rest.starts_with(' '))
}

fn is_number(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_numeric() || c == '#');
    rest.len() < text.len() && (text.starts_with('#') || rest.starts_with(['.', ')', '．', '）', ':']))
}

//! Quotes that begin with a word such as `**Note:**`: notes, as `> [!NOTE]` writes them.

use crate::guide::events::end_of;
use crate::guide::written::Events;
use crate::source::Span;
use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

/// Words in bold or before a colon that begin a note, in lower case.
const WORDS: [(BlockQuoteKind, &[&str]); 5] = [
    (
        BlockQuoteKind::Note,
        &[
            "note",
            "notes",
            "info",
            "information",
            "hinweis",
            "anmerkung",
            "nota",
            "remarque",
            "opmerking",
            "notitie",
            "примечание",
            "uwaga",
            "poznámka",
            "catatan",
            "not",
            "备注",
            "注",
            "説明",
            "补充",
            "備考",
            "補足",
            "メモ",
            "참고",
        ],
    ),
    (
        BlockQuoteKind::Tip,
        &[
            "tip",
            "tips",
            "hint",
            "tipp",
            "consejo",
            "astuce",
            "conseil",
            "dica",
            "suggerimento",
            "совет",
            "wskazówka",
            "提示",
            "ヒント",
            "팁",
        ],
    ),
    (
        BlockQuoteKind::Important,
        &[
            "important",
            "wichtig",
            "importante",
            "belangrijk",
            "важно",
            "ważne",
            "önemli",
            "penting",
            "重要",
            "중요",
        ],
    ),
    (
        BlockQuoteKind::Warning,
        &[
            "warning",
            "attention",
            "warnung",
            "achtung",
            "advertencia",
            "atención",
            "avertissement",
            "aviso",
            "atenção",
            "avvertenza",
            "attenzione",
            "waarschuwing",
            "предупреждение",
            "ostrzeżenie",
            "警告",
            "경고",
        ],
    ),
    (
        BlockQuoteKind::Caution,
        &[
            "caution",
            "danger",
            "vorsicht",
            "gefahr",
            "precaución",
            "cuidado",
            "peligro",
            "внимание",
            "注意",
            "주의",
        ],
    ),
];

/// The events with such quotes as notes, without the word.
pub fn notes(events: Events) -> Events {
    let begins = |at: usize| matches!(events.get(at), Some((Event::Start(Tag::BlockQuote(None)), _)));
    if !(0..events.len()).any(begins) {
        return events;
    }
    let mut read = Events::with_capacity(events.len());
    // The kinds of the quotes around, outermost first.
    let mut open: Vec<Option<BlockQuoteKind>> = Vec::new();
    let mut at = 0;
    while let Some((event, span)) = events.get(at) {
        at += 1;
        match event {
            Event::Start(Tag::BlockQuote(kind)) => {
                let found = kind.is_none().then(|| label(events.get(at..).unwrap_or_default())).flatten();
                open.push(found.as_ref().map(|label| label.kind).or(*kind));
                read.push((Event::Start(Tag::BlockQuote(open.last().copied().flatten())), *span));
                if let Some(label) = found {
                    read.extend(label.paragraph);
                    at += label.length;
                }
            }
            Event::End(TagEnd::BlockQuote(kind)) => {
                read.push((Event::End(TagEnd::BlockQuote(open.pop().unwrap_or(*kind))), *span));
            }
            _ => read.push((event.clone(), *span)),
        }
    }
    read
}

/// The word that a quote begins with.
struct Label {
    kind: BlockQuoteKind,
    /// How many events the first paragraph of the quote has.
    length: usize,
    /// That paragraph without the word; empty if it has no other.
    paragraph: Events,
}

/// The word at the start of a quote's content, in bold, or followed by a colon.
fn label(inside: &[(Event<'static>, Span)]) -> Option<Label> {
    let Some((Event::Start(Tag::Paragraph), _)) = inside.first() else { return None };
    let length = end_of(inside, 0);
    let paragraph = inside.get(1..length.checked_sub(1)?)?;
    let (kind, rest) = match paragraph {
        [
            (Event::Start(Tag::Strong), _),
            (Event::Text(word), _),
            (Event::End(TagEnd::Strong), _),
            rest @ ..,
        ] => (kind(word.trim().trim_end_matches([':', '：']).trim_end())?, rest.to_vec()),
        [(Event::Text(text), span), rest @ ..] => {
            let (word, _) = text.split_once([':', '：'])?;
            let kind = kind(word.trim())?;
            let first = (Event::Text(text.get(word.len()..)?.to_owned().into()), behind(*span, word.len()));
            (kind, std::iter::once(first).chain(rest.iter().cloned()).collect())
        }
        _ => return None,
    };
    let rest = without_colon(rest);
    let (start, end) = (inside.first()?.clone(), inside.get(length - 1)?.clone());
    let paragraph = if rest.is_empty() {
        Events::new()
    } else {
        std::iter::once(start).chain(rest).chain([end]).collect()
    };
    Some(Label { kind, length, paragraph })
}

fn kind(word: &str) -> Option<BlockQuoteKind> {
    let word = word.to_lowercase();
    WORDS.iter().find(|(_, words)| words.contains(&&*word)).map(|(kind, _)| *kind)
}

/// What stands behind a word: no colon, dash, space or break comes first.
fn without_colon(mut rest: Events) -> Events {
    while let Some((event, span)) = rest.first_mut() {
        match event {
            Event::SoftBreak | Event::HardBreak => drop(rest.remove(0)),
            Event::Text(text) => {
                let left = text.trim_start().trim_start_matches([':', '：', '–', '—']).trim_start();
                if left.is_empty() {
                    rest.remove(0);
                    continue;
                }
                *span = behind(*span, text.len() - left.len());
                *text = left.to_owned().into();
                break;
            }
            _ => break,
        }
    }
    rest
}

fn behind(span: Span, bytes: usize) -> Span {
    Span::new((span.start + bytes).min(span.end), span.end)
}

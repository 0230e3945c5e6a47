//! A guide's text as it is meant, where it is written in a way that CommonMark reads otherwise: patches over the source,
//! and the way back from every place.

use crate::source::{Source, Span};

/// A part of the source that is read as something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    /// The part; empty where something is only added.
    pub span: Span,
    /// What it is read as.
    pub text: String,
    /// Whether it is the one right way to write it, too.
    pub right: bool,
}

/// A text with patches.
#[derive(Debug)]
pub struct View {
    /// The patched text from the body's start on.
    pub text: String,
    /// For each patch: where it stands in the view, and in the source.
    places: Vec<(Span, Span)>,
    body: usize,
}

impl View {
    /// The source from byte `body` on, with patches, which are in order and do not overlap.
    pub fn new(source: &Source, body: usize, patches: &[Patch]) -> Self {
        let mut view = Self { text: String::new(), places: Vec::new(), body };
        let mut at = body;
        for patch in patches.iter().filter(|patch| patch.span.start >= body) {
            if patch.span.start < at {
                continue;
            }
            view.text.push_str(source.text().get(at..patch.span.start).unwrap_or_default());
            let start = view.text.len();
            view.text.push_str(&patch.text);
            view.places.push((Span::new(start, view.text.len()), patch.span));
            at = patch.span.end;
        }
        view.text.push_str(source.text().get(at..).unwrap_or_default());
        view
    }

    /// The place in the source of a place in the view.
    pub fn source(&self, span: Span) -> Span {
        let start = self.place(span.start, false);
        Span::new(start, self.place(span.end, true).max(start))
    }

    fn place(&self, at: usize, is_end: bool) -> usize {
        // What starts where something was left out starts behind it; what ends there ends before it.
        let before = self.places.partition_point(|(view, _)| view.start < at || !is_end && view.start == at);
        match before.checked_sub(1).and_then(|before| self.places.get(before)) {
            None => at + self.body,
            Some((view, source)) if at < view.end => {
                if is_end {
                    source.end
                } else {
                    source.start
                }
            }
            Some((view, source)) => at - view.end + source.end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ProjectPath;

    #[test]
    fn every_place_leads_back() {
        let text = "--ab [[x]] cd !!! e";
        let source = Source::new(ProjectPath::root(), text.to_owned());
        let patches = [
            Patch { span: Span::new(5, 10), text: "![](<x>)".to_owned(), right: true },
            Patch { span: Span::at(14), text: "\n".to_owned(), right: true },
            Patch { span: Span::new(14, 17), text: String::new(), right: true },
        ];
        let view = View::new(&source, 2, &patches);
        assert_eq!(view.text, "ab ![](<x>) cd \n e");
        let back = |part: &str| {
            let at = view.text.find(part).unwrap();
            let span = view.source(Span::new(at, at + part.len()));
            &text[span.start..span.end]
        };
        assert_eq!(back("ab"), "ab");
        assert_eq!(back("![](<x>)"), "[[x]]");
        assert_eq!(back("x"), "[[x]]");
        assert_eq!(back("cd"), "cd");
        assert_eq!(back(" e"), " e");
    }
}

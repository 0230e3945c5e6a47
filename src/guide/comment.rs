//! HTML comments within pieces of HTML.

use crate::source::Span;

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment<'a> {
    /// From `<!--` to `-->` or the end of what it swallowed.
    pub span: Span,
    /// What is in it, by lines: the text, and its first byte in the source.
    pub lines: Vec<(&'a str, usize)>,
    /// Whether it ends with `-->`.
    pub closed: bool,
}

/// What is in pieces of HTML.
#[derive(Debug, Default)]
pub struct Found<'a> {
    /// The comments.
    pub comments: Vec<Comment<'a>>,
    /// What is left without them.
    pub rest: Vec<Span>,
}

/// The lines of an inline piece of HTML, without the indentation and the `>` of what they stand in.
pub fn inline_pieces(text: &str, span: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut at = span.start;
    for line in text.get(span.start..span.end).unwrap_or_default().split_inclusive('\n') {
        let inner = if at == span.start { line } else { line.trim_start_matches([' ', '\t', '>']) };
        pieces.push(Span::new(at + line.len() - inner.len(), at + line.len()));
        at += line.len();
    }
    pieces
}

/// Separates the comments from the rest. `pieces` are the lines of the HTML in order, in `text`.
pub fn scan<'a>(text: &'a str, pieces: impl IntoIterator<Item = Span>) -> Found<'a> {
    let mut found = Found::default();
    let mut open: Option<Comment<'a>> = None;
    for piece in pieces {
        let mut at = piece.start;
        while at < piece.end {
            let Some(rest) = text.get(at..piece.end) else { break };
            at = match open.take() {
                Some(comment) => inside(comment, rest, at, &mut open, &mut found),
                None => outside(rest, at, &mut open, &mut found),
            };
        }
    }
    found.comments.extend(open);
    found
}

/// Goes on in a comment; returns where to go on from.
fn inside<'a>(
    mut comment: Comment<'a>,
    rest: &'a str,
    at: usize,
    open: &mut Option<Comment<'a>>,
    found: &mut Found<'a>,
) -> usize {
    let end = rest.find("-->");
    let line = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
    comment.lines.push((line.trim_end(), at));
    let next = at + end.map_or(rest.len(), |end| end + "-->".len());
    comment.span.end = next;
    if end.is_some() {
        comment.closed = true;
        found.comments.push(comment);
    } else {
        *open = Some(comment);
    }
    next
}

/// Goes on outside a comment; returns where to go on from.
fn outside<'a>(rest: &'a str, at: usize, open: &mut Option<Comment<'a>>, found: &mut Found<'a>) -> usize {
    let Some(start) = rest.find("<!--") else {
        found.rest.push(Span::new(at, at + rest.len()));
        return at + rest.len();
    };
    if start > 0 {
        found.rest.push(Span::new(at, at + start));
    }
    let begin = at + start;
    let after = begin + "<!--".len();
    let comment = Comment { span: Span::new(begin, after), lines: Vec::new(), closed: false };
    // `<!-->` and `<!--->` are whole comments.
    for short in [">", "->"] {
        if rest.get(start + "<!--".len()..).is_some_and(|rest| rest.starts_with(short)) {
            let span = Span::new(begin, after + short.len());
            found.comments.push(Comment { span, closed: true, ..comment });
            return span.end;
        }
    }
    *open = Some(comment);
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_comments_from_the_rest() {
        let text = "<b><!-- @a --> x <!-->y<!-- @b\n@c\n";
        let found = scan(text, inline_pieces(text, Span::new(0, text.len())));
        let lines: Vec<_> =
            found.comments.iter().map(|c| c.lines.iter().map(|l| l.0.trim()).collect::<Vec<_>>()).collect();
        assert_eq!(lines, [vec!["@a"], vec![], vec!["@b", "@c"]]);
        assert_eq!(found.comments.iter().map(|c| c.closed).collect::<Vec<_>>(), [true, true, false]);
        let rest: Vec<_> = found.rest.iter().map(|span| &text[span.start..span.end]).collect();
        assert_eq!(rest, ["<b>", " x ", "y"]);
    }
}

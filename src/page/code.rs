//! Code blocks, their words in classed spans.

use super::escape;
use std::sync::LazyLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// Longer code stays plain: highlighting takes time and adds weight.
const LIMIT: usize = 20_000;

/// Scopes and the classes their text gets; the innermost scope decides, the first that fits.
static CLASSES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    [
        ("comment", "c"),
        ("string", "s"),
        ("constant.numeric", "n"),
        ("constant", "l"),
        ("keyword.operator", "o"),
        ("keyword", "k"),
        ("storage", "k"),
        ("entity.name.function", "f"),
        ("support.function", "f"),
        ("entity.name.tag", "t"),
        ("entity.other.attribute-name", "a"),
        ("entity.name", "y"),
        ("support", "y"),
        ("variable", "v"),
        ("markup.inserted", "i"),
        ("markup.deleted", "d"),
        ("markup.heading", "h"),
    ]
    .into_iter()
    .filter_map(|(scope, class)| Scope::new(scope).ok().map(|scope| (scope, class)))
    .collect()
});

/// The inside of `<code>` for a block in `language` (as written after the fence; may be empty).
pub fn html<'s>(code: &str, language: &str, syntaxes: impl FnOnce() -> &'s SyntaxSet) -> String {
    if language.is_empty() || code.len() > LIMIT {
        return escape::html(code);
    }
    let syntaxes = syntaxes();
    let Some(syntax) = find(syntaxes, language) else { return escape::html(code) };
    spans(code, syntax, syntaxes).unwrap_or_else(|| escape::html(code))
}

fn find<'s>(syntaxes: &'s SyntaxSet, language: &str) -> Option<&'s SyntaxReference> {
    let token = match language.to_ascii_lowercase().as_str() {
        "ts" | "typescript" | "jsx" | "tsx" | "mjs" => "js".to_owned(),
        "shell" | "console" | "zsh" | "shell-session" => "sh".to_owned(),
        "jsonc" | "json5" => "json".to_owned(),
        "toml" | "ini" | "conf" => "properties".to_owned(),
        "text" | "txt" | "plain" => return None,
        other => other.to_owned(),
    };
    syntaxes.find_syntax_by_token(&token)
}

fn spans(code: &str, syntax: &SyntaxReference, syntaxes: &SyntaxSet) -> Option<String> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut out = String::with_capacity(code.len() * 2);
    let mut open: Option<&'static str> = None;
    for line in code.split_inclusive('\n') {
        let mut start = 0;
        for (at, op) in state.parse_line(line, syntaxes).ok()? {
            write(&mut out, &mut open, &stack, line.get(start..at)?);
            start = at;
            stack.apply(&op).ok()?;
        }
        write(&mut out, &mut open, &stack, line.get(start..)?);
    }
    if open.is_some() {
        out.push_str("</span>");
    }
    Some(out)
}

fn write(out: &mut String, open: &mut Option<&'static str>, stack: &ScopeStack, text: &str) {
    if text.is_empty() {
        return;
    }
    let class = if text.trim().is_empty() { *open } else { class(stack) };
    if class != *open {
        if open.is_some() {
            out.push_str("</span>");
        }
        if let Some(class) = class {
            out.push_str("<span class=\"h-");
            out.push_str(class);
            out.push_str("\">");
        }
        *open = class;
    }
    out.push_str(&escape::html(text));
}

fn class(stack: &ScopeStack) -> Option<&'static str> {
    let class_of =
        |scope: &Scope| CLASSES.iter().find(|(start, _)| start.is_prefix_of(*scope)).map(|&(_, class)| class);
    stack.as_slice().iter().rev().find_map(class_of)
}

//! The words and signs of a Rust file, without comments, texts in quotes and what only tests compile.

/// The tokens of `text`: names, `::`, and every other sign by itself.
pub fn tokens(text: &str) -> Vec<String> {
    without_tests(split(&without_texts(text)))
}

/// Comments and literals become blanks.
fn without_texts(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let end = comment(rest).or_else(|| raw(rest, &out)).or_else(|| literal(rest));
        out.push(if end.is_some() { ' ' } else { sign });
        rest = &rest[end.unwrap_or(sign.len_utf8())..];
    }
    out
}

fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    rest.starts_with("/*").then(|| rest.find("*/").map_or(rest.len(), |at| at + 2))
}

/// The length of a raw text, `r"…"` or `r#"…"#`, whose `r` ends no name.
fn raw(rest: &str, before: &str) -> Option<usize> {
    let marks = rest.strip_prefix('r')?;
    let hashes = marks.len() - marks.trim_start_matches('#').len();
    let inner = marks[hashes..].strip_prefix('"')?;
    let name = before.chars().next_back().is_some_and(|sign| sign.is_alphanumeric() || sign == '_');
    let close = format!("\"{}", "#".repeat(hashes));
    (!name || before.ends_with('b')).then(|| 2 + hashes + inner.find(&close).unwrap_or(0) + close.len())
}

/// The length of a text or a character; the quote of a lifetime begins neither.
fn literal(rest: &str) -> Option<usize> {
    let quote = rest.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
    let mut signs = rest.char_indices().skip(1);
    let mut count = 0;
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' => drop(signs.next()),
            _ if sign == quote => return Some(at + 1),
            _ if quote == '\'' && count > 0 && !rest.starts_with("'\\") => return None,
            _ => {}
        }
        count += 1;
    }
    None
}

fn split(code: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut before = ' ';
    for sign in code.chars() {
        let named = |sign: char| sign.is_alphanumeric() || sign == '_';
        let goes_on = (named(sign) && named(before)) || (sign == ':' && before == ':');
        match tokens.last_mut().filter(|last| goes_on && *last != "::") {
            Some(last) => last.push(sign),
            None if sign.is_whitespace() => {}
            None => tokens.push(sign.into()),
        }
        before = sign;
    }
    tokens
}

/// Leaves out each item, field or statement after `#[cfg(test)]`.
fn without_tests(mut tokens: Vec<String>) -> Vec<String> {
    let mark = ["#", "[", "cfg", "(", "test", ")", "]"];
    while let Some(at) = tokens.windows(mark.len()).position(|some| some == mark) {
        let end = at + mark.len() + item(&tokens[at + mark.len()..]);
        tokens.drain(at..end);
    }
    tokens
}

/// How many tokens the item has that `tokens` begin with: to its `;` or `,`, or to the `}` of its body.
fn item(tokens: &[String]) -> usize {
    let body = !tokens.iter().take(4).any(|word| ["use", "const", "static", "type"].contains(&word.as_str()));
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" if depth == 0 => return at,
            "}" | ")" | "]" => depth -= 1,
            _ => {}
        }
        let ends = matches!(token.as_str(), ";" | ",") || (token == "}" && body);
        if depth == 0 && ends {
            return at + 1;
        }
    }
    tokens.len()
}

//! A style sheet without the rules for what a page does not hold.

use super::css::skip;

/// What only some guides have: classes and elements of the article that its style knows. Rules for anything
/// else stay, whoever makes it.
const OPTIONAL: [&str; 50] = [
    "around",
    "badge",
    "blockquote",
    "center",
    "chip",
    "code",
    "contents",
    "cta",
    "doings",
    "draft",
    "drag",
    "drawn",
    "footnote",
    "frame",
    "gm-dark",
    "gm-light",
    "h-a",
    "h-c",
    "h-d",
    "h-f",
    "h-h",
    "h-i",
    "h-k",
    "h-l",
    "h-n",
    "h-s",
    "h-t",
    "h-y",
    "hr",
    "kbd",
    "large",
    "later",
    "nobr",
    "note",
    "note-caution",
    "note-tip",
    "note-title",
    "note-warning",
    "noted",
    "opening",
    "paper",
    "pin",
    "pre",
    "related",
    "said",
    "table",
    "td",
    "th",
    "tr",
    "zoom",
];

/// The squeezed style sheet less the rules that need what `page` lacks.
pub fn used(style: &str, page: &str) -> String {
    let absent: Vec<&str> = OPTIONAL.into_iter().filter(|name| !holds(page, name)).collect();
    let mut out = String::with_capacity(style.len());
    keep(style, &absent, &mut out);
    out
}

/// Whether a page has an element of that name, or says it as a class, in markup or in a script.
fn holds(page: &str, name: &str) -> bool {
    let around = |at: usize| {
        let before = page.get(..at).and_then(|text| text.chars().next_back());
        let after = page.get(at + name.len()..).and_then(|text| text.chars().next());
        before.is_some_and(|c| "\"'` <".contains(c)) && after.is_some_and(|c| "\"'` >".contains(c))
    };
    page.match_indices(name).any(|(at, _)| around(at))
}

fn keep(style: &str, absent: &[&str], out: &mut String) {
    let mut rest = style;
    while let Some(open) = rest.find('{') {
        let (selector, body) = rest.split_at(open);
        let end = skip(body);
        let (body, after) = body.split_at(end);
        rest = after;
        if selector.starts_with("@media") || selector.starts_with("@container") {
            let mut inner = String::new();
            keep(body.get(1..body.len().saturating_sub(1)).unwrap_or_default(), absent, &mut inner);
            if !inner.is_empty() {
                out.extend([selector, "{", &inner, "}"]);
            }
        } else if selector.starts_with('@') || selectors(selector).any(|one| !needs(one, absent)) {
            out.push_str(selector);
            out.push_str(body);
        }
    }
    out.push_str(rest);
}

/// The selectors of a list; what stands in brackets is left whole.
fn selectors(list: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    list.split(move |c| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        c == ',' && depth == 0
    })
}

/// Whether a selector can only match with something that is absent. Alternatives and negations need nothing.
fn needs(selector: &str, absent: &[&str]) -> bool {
    let plain = selector.split('(').next().unwrap_or_default();
    plain.split([' ', '>', '+', '~']).any(|part| {
        let name = part.trim_start_matches('.').split([':', '.', '[']).next().unwrap_or_default();
        absent.contains(&name)
    })
}

#[cfg(test)]
mod tests {
    use super::used;

    #[test]
    fn rules_for_what_a_page_does_not_hold_are_left_out() {
        let style = ".note{a:b}.note-tip .x,.y{c:d}table{e:f}.ours{g:h}@media print{.note>p{i:j}.ours{k:l}}@media print{.note{m:n}}";
        assert_eq!(used(style, "<p>"), ".note-tip .x,.y{c:d}.ours{g:h}@media print{.ours{k:l}}");
        assert_eq!(used(style, "<p class=\"big note\"><table>"), style);
        assert_eq!(used(".note{a:b}", "e.className=`note`"), ".note{a:b}");
    }

    #[test]
    fn rules_that_could_match_without_it_stay() {
        for style in [
            ":not(pre)>code2{a:b}",
            ":is(.note,.x){a:b}",
            "@font-face{a:b}",
            "a{b:\"{\"}.x{}",
            ":root{--note:1}",
        ] {
            assert_eq!(used(style, "<p>"), style);
        }
    }
}

//! A style sheet without the rules for what a page does not hold.

use super::css::skip;
use std::collections::BTreeSet;

/// What only some guides have: classes and elements of the article that its style knows. Rules for anything
/// else stay, whoever makes it. Sorted.
const OPTIONAL: [&str; 65] = [
    "around",
    "badge",
    "blockquote",
    "center",
    "chip",
    "code",
    "contents",
    "cta",
    "dl",
    "doings",
    "draft",
    "drag",
    "drawn",
    "footnote",
    "frame",
    "gm-after",
    "gm-chrome",
    "gm-cta",
    "gm-dark",
    "gm-gap",
    "gm-goal",
    "gm-goals",
    "gm-light",
    "gm-own",
    "gm-plain",
    "gm-url",
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
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
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

/// Whether the data of a page's stage asks for something.
type Asks = fn(&str) -> bool;

/// What the stage makes of its data, and what in the data asks for it.
const STAGED: [(&str, Asks); 11] = [
    ("[data-verb=double-click]", |page| does(page, "double-click")),
    ("[data-verb=right-click]", |page| does(page, "right-click")),
    ("gm-aid", |page| does(page, "press") || does(page, "scroll")),
    ("gm-bare", |page| page.contains("{\"view\":")),
    ("gm-drag", |page| does(page, "drag")),
    ("gm-key", |page| does(page, "press")),
    ("gm-note", |page| page.contains("\"notes\":[")),
    ("gm-options", |page| does(page, "select")),
    ("gm-select", |page| does(page, "select")),
    ("gm-tall", |page| is_tall(page, "type") || is_tall(page, "select")),
    ("gm-typed", |page| ["type", "select", "drag"].iter().any(|verb| does(page, verb))),
];

/// What a language asks for.
const SPOKEN: [(&str, &str); 2] = [(":dir(rtl)", "dir=\"rtl\""), (":lang(de)", "lang=\"de")];

/// Height of a field above which its letters begin at the top, in points, as the player has it.
const TALL: f64 = 64.0;

/// What stands behind each action of a verb in the data of the stage.
fn actions<'a>(page: &'a str, verb: &str) -> impl Iterator<Item = &'a str> {
    let sign = format!("\"verb\":\"{verb}\"");
    page.match_indices(&sign)
        .map(|(at, _)| page.get(at + sign.len()..).unwrap_or_default())
        .collect::<Vec<_>>()
        .into_iter()
}

fn does(page: &str, verb: &str) -> bool {
    actions(page, verb).next().is_some()
}

/// Whether one of them is done in a tall field.
fn is_tall(page: &str, verb: &str) -> bool {
    actions(page, verb).any(|rest| {
        let region = rest.strip_prefix(",\"at\":[").and_then(|rest| rest.split(']').next());
        let height = region.and_then(|region| region.rsplit(',').next()?.parse::<f64>().ok());
        height.is_none_or(|height| height > TALL)
    })
}

/// The squeezed style sheet less the rules that need what `page` lacks.
pub fn used(style: &str, page: &str) -> String {
    let markup = without_data(page);
    let staged = markup.contains("\"scenes\":[");
    let idle = STAGED.iter().filter(|(_, asks)| staged && !asks(&markup));
    let unspoken = SPOKEN.iter().filter(|(_, sign)| !markup.contains(sign));
    let held = held(&markup);
    let lacking = OPTIONAL.into_iter().filter(|name| !held.contains(name));
    let absent = lacking.chain(idle.map(|(name, _)| *name)).chain(unspoken.map(|(name, _)| *name));
    let absent: Vec<&str> = absent.collect();
    let mut out = String::with_capacity(style.len());
    keep(style, page, &absent, &mut out);
    out
}

/// A page without the bytes of its pictures and fonts, which are most of it: no name stands in them.
fn without_data(page: &str) -> String {
    const DATA: &str = ";base64,";
    let is_data = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
    let mut out = String::new();
    let mut rest = page;
    while let Some((before, data)) = rest.split_once(DATA) {
        out.extend([before, DATA]);
        let end = data.bytes().position(|byte| !is_data(byte)).unwrap_or(data.len());
        rest = data.get(end..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// The optional names that a page has an element of, or says as a class, in markup or in a script.
fn held(page: &str) -> BTreeSet<&'static str> {
    let mut held = BTreeSet::new();
    // What stands before a name, and where it begins.
    let mut word: Option<(u8, usize)> = None;
    for (at, edge) in page.bytes().enumerate().filter(|(_, byte)| b"\"'` <>".contains(byte)) {
        let quoted = word.filter(|(before, _)| *before != b'>' && edge != b'<');
        let name = quoted.and_then(|(_, start)| page.get(start..at));
        let known = name.and_then(|name| OPTIONAL.get(OPTIONAL.binary_search(&name).ok()?));
        held.extend(known);
        word = Some((edge, at + 1));
    }
    held
}

fn keep(style: &str, page: &str, absent: &[&str], out: &mut String) {
    let mut rest = style;
    while let Some(open) = rest.find('{') {
        let (selector, body) = rest.split_at(open);
        let end = skip(body);
        let (body, after) = body.split_at(end);
        rest = after;
        if selector.starts_with("@media") || selector.starts_with("@container") {
            let mut inner = String::new();
            keep(body.get(1..body.len().saturating_sub(1)).unwrap_or_default(), page, absent, &mut inner);
            if !inner.is_empty() {
                out.extend([selector, "{", &inner, "}"]);
            }
        } else if selector == "@font-face" {
            if face_is_needed(body, page) {
                out.extend([selector, body]);
            }
        } else if selector.starts_with('@') {
            out.extend([selector, body]);
        } else {
            let left: Vec<&str> = selectors(selector).filter(|one| !needs(one, absent)).collect();
            if !left.is_empty() {
                out.extend([left.join(",").as_str(), body]);
            }
        }
    }
    out.push_str(rest);
}

/// Whether a page has a letter of a font's face. One that does not say which it is for is for all.
fn face_is_needed(body: &str, page: &str) -> bool {
    let Some((_, ranges)) = body.split_once("unicode-range:") else { return true };
    let ranges: Vec<(u32, u32)> =
        ranges.split([';', '}']).next().unwrap_or_default().split(',').filter_map(range).collect();
    page.chars().any(|c| ranges.iter().any(|(from, to)| (*from..=*to).contains(&u32::from(c))))
}

/// `U+26`, `U+0-7F` or `U+4??` as code points, the last one included.
fn range(written: &str) -> Option<(u32, u32)> {
    let written = written.trim().get(2..)?;
    let (from, to) = written.split_once('-').unwrap_or((written, written));
    let point = |digits: &str, any: &str| u32::from_str_radix(&digits.replace('?', any), 16).ok();
    Some((point(from, "0")?, point(to, "F")?))
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

/// Whether a selector can only match with something that is absent. Of alternatives it begins with, each has to.
fn needs(selector: &str, absent: &[&str]) -> bool {
    let alternatives = selector.strip_prefix(":is(").and_then(|rest| rest.strip_suffix(')'));
    if let Some(alternatives) = alternatives.filter(|inner| closes(inner)) {
        return selectors(alternatives).all(|one| needs(one, absent));
    }
    let whole = |part: &&&str| part.starts_with(['[', ':']);
    absent.iter().filter(whole).any(|part| selector.contains(*part))
        || outside(selector).split([' ', '>', '+', '~', '.']).any(|part| {
            let name = part.split([':', '[']).next().unwrap_or_default();
            absent.contains(&name)
        })
}

/// Whether every bracket of a text is opened and closed in it.
fn closes(text: &str) -> bool {
    let mut depth = 0_i32;
    text.chars().all(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth >= 0
    })
}

/// A selector without what stands in brackets: negations need nothing, nor do alternatives behind something.
fn outside(selector: &str) -> String {
    let mut depth = 0_i32;
    let outside = |c: &char| {
        depth += i32::from(*c == '(') - i32::from(*c == ')');
        depth == 0
    };
    selector.chars().filter(outside).collect()
}

#[cfg(test)]
mod tests {
    use super::{OPTIONAL, used};

    #[test]
    fn a_name_is_a_whole_word_in_markup_or_in_quotes() {
        assert!(OPTIONAL.is_sorted());
        let style = "table{a:b}";
        for page in ["<table>", "<table class=x>", "'table'", "`a table `", " table>"] {
            assert_eq!(used(style, page), style, "{page}");
        }
        for page in ["table", "<table", "table>", ">table<", " table<", "<table2>", "</table>", ""] {
            assert_eq!(used(style, page), "", "{page}");
        }
    }

    #[test]
    fn what_stands_behind_pictures_and_in_them_is_told_apart() {
        let style = "table{a:b}pre{c:d}";
        let page = |data: &str| format!("<img src=\"data:image/webp;base64,{data}\"><pre >");
        assert_eq!(used(style, &page("table+/=")), "pre{c:d}");
        assert_eq!(used(style, &page("AA==\"><table title=\"")), style);
        assert_eq!(used(style, "<p>;base64,"), "");
        assert_eq!(used(style, "<p>;base64, table é;base64,é`pre`"), style);
    }

    #[test]
    fn rules_for_what_a_page_does_not_hold_are_left_out() {
        let style = ".note{a:b}.note-tip .x,.y{c:d}table{e:f}.ours{g:h}@media print{.note>p{i:j}.ours{k:l}}@media print{.note{m:n}}";
        assert_eq!(used(style, "<p>"), ".y{c:d}.ours{g:h}@media print{.ours{k:l}}");
        assert_eq!(used(style, "<p class=\"big note note-tip\"><table>"), style);
        assert_eq!(used(".note{a:b}", "e.className=`note`"), ".note{a:b}");
    }

    #[test]
    fn rules_for_what_a_walkthrough_never_shows_are_left_out() {
        let style =
            ":is(p:not(.x) .gm-bare,.gm-plain){a:b}.gm-tall .y,.gm-note::after{c:d}.gm-stage.gm-plain{e:f}";
        let page = |scene: &str| format!("<script>{{\"scenes\":[{scene}]}}</script>toggle(`gm-note`)");
        let typed = |height| page(&format!("{{\"verb\":\"type\",\"at\":[1,2,3,{height}],\"text\":\"a\"}}"));
        assert_eq!(used(".gm-tall .y{c:d}.gm-typed{e:f}", &typed(64.5)), ".gm-tall .y{c:d}.gm-typed{e:f}");
        assert_eq!(used(".gm-tall .y{c:d}.gm-typed{e:f}", &typed(64.0)), ".gm-typed{e:f}");
        let verbs =
            "[data-verb=double-click]::before{a:b}.gm-hot[data-verb=right-click]::after{c:d}.gm-key{e:f}";
        assert_eq!(used(verbs, &page("{\"verb\":\"click\"}")), "");
        assert_eq!(used(verbs, &page("{\"verb\":\"press\"}")), ".gm-key{e:f}");
        assert_eq!(
            used(verbs, &page("{\"verb\":\"double-click\"}")),
            "[data-verb=double-click]::before{a:b}"
        );
        assert_eq!(used(style, &page("{\"shot\":1}")), "");
        assert_eq!(used(style, &page("{\"shot\":1,\"notes\":[{}]}")), ".gm-note::after{c:d}");
        assert_eq!(used(style, &page("{\"view\":[]}")), ":is(p:not(.x) .gm-bare,.gm-plain){a:b}");
        // A theme may have data of its own.
        assert_eq!(used(style, "toggle(`gm-plain`)"), style);
    }

    #[test]
    fn rules_for_other_languages_are_left_out() {
        let style = ".x :dir(rtl){a:b}:lang(de) :is(p,li){c:d}";
        assert_eq!(used(style, "<html lang=\"en\" dir=\"ltr\">"), "");
        assert_eq!(used(style, "<html lang=\"de-AT\" dir=\"ltr\">"), ":lang(de) :is(p,li){c:d}");
        assert_eq!(used(style, "<html lang=\"ar\" dir=\"rtl\">"), ".x :dir(rtl){a:b}");
    }

    #[test]
    fn faces_of_letters_that_a_page_lacks_are_left_out() {
        let face = |ranges: &str| {
            format!("@font-face{{src:url(data:font/woff2;base64,AA==);unicode-range:{ranges}}}")
        };
        for (ranges, page) in
            [("U+0-7F", "a"), ("U+3??,U+26", "\u{3b1}"), ("u+1f600", "\u{1f600}"), ("U+400-4FF, U+26", "&")]
        {
            assert_eq!(used(&face(ranges), page), face(ranges), "{ranges}");
        }
        assert_eq!(used(&format!("{}a{{b:c}}", face("U+370-3FF,U+4??")), "plain"), "a{b:c}");
        assert_eq!(used("@font-face{src:x}", ""), "@font-face{src:x}");
    }

    #[test]
    fn rules_that_could_match_without_it_stay() {
        for style in [
            ":not(pre)>code2{a:b}",
            ":is(.note,.x){a:b}",
            ":is(.note) :is(.note,.x){a:b}",
            ".x:is(.note,.y) p{a:b}",
            "@font-face{a:b}",
            "a{b:\"{\"}.x{}",
            ":root{--note:1}",
        ] {
            assert_eq!(used(style, "<p>"), style);
        }
    }
}

//! What the files of a theme use and the policy of its pages blocks.

use super::assets::is_local;
use super::files::Files;
use super::squeeze;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};
use std::ops::Range;

/// A warning for each place of a template or a style sheet whose use no page of the theme allows.
pub fn check(files: &Files) -> Vec<Diagnostic> {
    let found = |(name, source): (&String, &Source)| match name.rsplit_once('.') {
        Some((_, "html")) => template(name, source),
        Some((_, "css")) => sheet(source),
        _ => Vec::new(),
    };
    files.iter().flat_map(found).collect()
}

fn blocked(source: &Source, at: Range<usize>, what: &str, help: &str) -> Diagnostic {
    let message = format!("the page's policy blocks {what}");
    Diagnostic::warning("theme-blocked", source.path(), Span::from(at), message).help(help)
}

fn sheet(source: &Source) -> Vec<Diagnostic> {
    let problem_of = |(at, address): (Range<usize>, &str)| {
        let remote = !is_local(address) && !address.starts_with("data:") && !address.starts_with('#');
        let help = "put the file into the theme, and name it relative to the style sheet: it stands in the page then";
        (remote && !address.is_empty()).then(|| blocked(source, at, "files of other servers", help))
    };
    let imports = squeeze::at_rules(source.text(), "@import").into_iter().map(|at| {
        blocked(
            source,
            at,
            "`@import`",
            "put the sheet into `style/`, and name it in `style` of `theme.toml`",
        )
    });
    squeeze::addresses(source.text()).into_iter().filter_map(problem_of).chain(imports).collect()
}

fn template(name: &str, source: &Source) -> Vec<Diagnostic> {
    let text = plain(source.text());
    let mut found = Vec::new();
    for tag in tags(&text) {
        let written = source.text().get(tag.at.end..).unwrap_or_default();
        if let Some((what, help)) = element(&tag, written) {
            found.push(blocked(source, tag.at.clone(), what, help));
        }
        for Attribute { name: attribute, value, at } in &tag.attributes {
            let dynamic = source.text().get(at.clone()).is_some_and(|written| written.contains("{{"));
            let value = if dynamic { "" } else { *value };
            if let Some((what, help)) = use_of(&tag, name, attribute, value) {
                found.push(blocked(source, at.clone(), &what, help));
            }
        }
    }
    found
}

const IN_PLAYER: &str = "put it into a module of `player/`, and name that in `script` of `theme.toml`";
const INSIDE: &str = "name it by `url(…)` in a style sheet of the theme: it stands in the page then";

/// An element that has no effect, with what stands behind its first tag.
fn element(tag: &Tag<'_>, behind: &str) -> Option<(&'static str, &'static str)> {
    let inside = |end: &str| behind.split(end).next().unwrap_or_default();
    match tag.name.as_str() {
        "script" => {
            let data = tag.value("type").is_some_and(|kind| kind.contains("json") || kind.contains("text/"));
            let own =
                ["page.script_html", "page.early_html"].iter().any(|own| inside("</script").contains(own));
            (!data && !own).then_some(("scripts that are not the page's own", IN_PLAYER))
        }
        "style" => (!inside("</style").contains("page.style_html"))
            .then_some(("styles that are not the page's own", "put it into `style/custom.css`")),
        "link" => tag
            .value("rel")
            .is_some_and(|rel| rel.contains("stylesheet"))
            .then_some(("style sheets beside the page", "put it into `style/custom.css`")),
        "iframe" | "object" | "embed" | "video" | "audio" => {
            Some(("frames, films and sounds", "link to it instead"))
        }
        "form" => Some(("forms", "link to a page that has it")),
        "base" => Some(("`<base>`", "write addresses relative to the page")),
        _ => None,
    }
}

/// An attribute that has no effect.
fn use_of(tag: &Tag<'_>, template: &str, name: &str, value: &str) -> Option<(String, &'static str)> {
    let picture = match (tag.name.as_str(), name) {
        ("img", "src" | "srcset") | ("source", "srcset") | ("image" | "use", "href" | "xlink:href") => true,
        ("link", "href") => tag.value("rel").is_some_and(|rel| rel.contains("icon")),
        _ => false,
    };
    // Files beside the library are its own.
    let elsewhere = !value.is_empty() && !value.starts_with("data:") && !value.starts_with('#');
    if picture && elsewhere && (template != "library.html" || !is_local(value)) {
        return Some(("pictures that do not stand in the page".to_owned(), INSIDE));
    }
    match name {
        "style" => {
            Some(("`style` attributes".to_owned(), "write a class, and its rule in `style/custom.css`"))
        }
        _ if name.starts_with("on") && name.chars().all(|c| c.is_ascii_lowercase()) => {
            Some((format!("`{name}` attributes"), IN_PLAYER))
        }
        "href" if value.starts_with("javascript:") => Some(("`javascript:` links".to_owned(), IN_PLAYER)),
        _ => None,
    }
}

/// The first tag of an element.
struct Tag<'a> {
    name: String,
    at: Range<usize>,
    attributes: Vec<Attribute<'a>>,
}

struct Attribute<'a> {
    name: String,
    value: &'a str,
    at: Range<usize>,
}

impl Tag<'_> {
    fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| attribute.value)
    }
}

/// The template with blanks for comments and for what is filled in: every byte keeps its place.
fn plain(text: &str) -> String {
    let mut out = text.to_owned();
    for (start, end) in [("{#", "#}"), ("{{", "}}"), ("{%", "%}"), ("<!--", "-->")] {
        let mut from = 0;
        while let Some(at) = out.get(from..).and_then(|rest| rest.find(start)).map(|at| from + at) {
            let rest = out.get(at..).unwrap_or_default();
            let stop = at + rest.find(end).map_or(rest.len(), |stop| stop + end.len());
            out.replace_range(at..stop, &" ".repeat(stop - at));
            from = stop;
        }
    }
    out
}

/// The tags that open elements. Text of scripts and styles is read like the rest: no tag stands in a template's.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('<') {
        let rest = text.get(at + 1..).unwrap_or_default();
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
        let name = rest.get(..length).unwrap_or_default();
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let start = at + 1 + length;
            found.push(Tag {
                name: name.to_ascii_lowercase(),
                at: at..start,
                attributes: attributes(text, start),
            });
        }
    }
    found
}

/// The attributes from a place inside of a tag to its end.
fn attributes(text: &str, start: usize) -> Vec<Attribute<'_>> {
    let mut found = Vec::new();
    let mut at = start;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        at += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/').len();
        let rest = text.get(at..).unwrap_or_default();
        let length = rest.find(|c: char| c.is_whitespace() || "=>/".contains(c)).unwrap_or(rest.len());
        if length == 0 {
            return found;
        }
        let name = rest.get(..length).unwrap_or_default().to_ascii_lowercase();
        let (value, taken) = value(rest.get(length..).unwrap_or_default());
        found.push(Attribute { name, value, at: at..at + length + taken });
        at += length + taken;
    }
}

/// The value behind an attribute's name, and how many bytes it takes with its sign and its quotes.
fn value(rest: &str) -> (&str, usize) {
    let Some(written) = rest.strip_prefix('=') else { return ("", 0) };
    match written.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let inside = written.get(1..).unwrap_or_default();
            let end = inside.find(quote).unwrap_or(inside.len());
            (inside.get(..end).unwrap_or_default().trim(), (end + 3).min(rest.len()))
        }
        _ => {
            let end = written.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(written.len());
            (written.get(..end).unwrap_or_default(), end + 1)
        }
    }
}

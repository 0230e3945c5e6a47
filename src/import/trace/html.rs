//! The document of a snapshot, without anything that could run.

use super::events::Snapshot;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most bytes of one document: parts of a tree may be used many times.
const MAX_HTML: usize = 64 << 20;
/// How deep elements may be nested.
const MAX_DEPTH: usize = 400;
/// Elements without an end.
const VOID: [&str; 16] = [
    "AREA", "BASE", "BR", "COL", "COMMAND", "EMBED", "HR", "IMG", "INPUT", "KEYGEN", "LINK", "META", "PARAM",
    "SOURCE", "TRACK", "WBR",
];
/// What `<meta http-equiv>` may still say.
const META: [&str; 4] = ["content-type", "content-language", "default-style", "x-ua-compatible"];
/// Where the documents of frames are found: no such host exists.
pub const FRAMES: &str = "https://frames.guidemark.invalid/";

/// Writes the documents of one frame.
pub struct Writer<'a> {
    snapshots: &'a [Snapshot],
    /// The nodes of a snapshot in the order in which others number them.
    nodes: BTreeMap<usize, Arc<Vec<&'a Value>>>,
    html: String,
}

impl<'a> Writer<'a> {
    /// A writer for all snapshots of a frame, in order.
    pub fn new(snapshots: &'a [Snapshot]) -> Self {
        Self { snapshots, nodes: BTreeMap::new(), html: String::new() }
    }

    /// A snapshot as a document; `None` if there is none, or it is larger than the limits.
    pub fn document(&mut self, at: usize) -> Option<String> {
        let snapshot = self.snapshots.get(at)?;
        self.html.clear();
        if let Some(doctype) = &snapshot.doctype {
            let name: String = doctype.chars().filter(char::is_ascii_alphanumeric).collect();
            self.html = format!("<!DOCTYPE {name}>");
        }
        self.node(&snapshot.html, at, "", 0)?;
        Some(std::mem::take(&mut self.html))
    }

    fn node(&mut self, node: &'a Value, at: usize, parent: &str, depth: usize) -> Option<()> {
        if self.html.len() > MAX_HTML || depth > MAX_DEPTH {
            return None;
        }
        if let Some(text) = node.as_str() {
            escape(text, &mut self.html);
            return Some(());
        }
        let list = node.as_array()?;
        match list.first()? {
            Value::Array(reference) => {
                let back = usize::try_from(reference.first()?.as_u64()?).ok()?;
                let number = usize::try_from(reference.get(1)?.as_u64()?).ok()?;
                // What refers to nothing is left out, and the rest goes on.
                let Some(before) = at.checked_sub(back) else { return Some(()) };
                let Some(node) = self.nodes_of(before).get(number).copied() else { return Some(()) };
                self.node(node, before, parent, depth + 1)
            }
            Value::String(name) => self.element(name, list, at, parent, depth),
            _ => Some(()),
        }
    }

    fn element(
        &mut self,
        name: &'a str,
        list: &'a [Value],
        at: usize,
        parent: &str,
        depth: usize,
    ) -> Option<()> {
        let upper = name.to_ascii_uppercase();
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
        // Inside `<noscript>`, `<svg>` and elsewhere alike, a script is never written.
        if matches!(upper.as_str(), "SCRIPT" | "SVG:SCRIPT" | "OBJECT" | "EMBED" | "APPLET")
            || !name.chars().all(plain)
        {
            return Some(());
        }
        let tag = if upper == "NOSCRIPT" { "x-noscript" } else { name };
        self.html.push('<');
        self.html.push_str(tag);
        let fields = list.get(1).and_then(Value::as_object);
        let attributes: Vec<(&str, &str)> = fields
            .into_iter()
            .flatten()
            .filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)))
            .collect();
        attributes_of(&upper, parent, &attributes, &mut self.html);
        if upper == "STYLE" {
            let text = list.get(2).and_then(Value::as_str).unwrap_or_default();
            self.html.push('>');
            self.html.push_str(&text.replace("</", "<\\/"));
            self.html.push_str("</style>");
            return Some(());
        }
        self.html.push('>');
        for child in list.iter().skip(2) {
            self.node(child, at, &upper, depth + 1)?;
        }
        if !VOID.contains(&upper.as_str()) {
            self.html.push_str("</");
            self.html.push_str(tag);
            self.html.push('>');
        }
        Some(())
    }

    /// The nodes of a snapshot: texts and elements, children before their parents, without references.
    fn nodes_of(&mut self, at: usize) -> Arc<Vec<&'a Value>> {
        let snapshots = self.snapshots;
        let list = self.nodes.entry(at).or_insert_with(|| {
            let mut nodes = Vec::new();
            if let Some(snapshot) = snapshots.get(at) {
                number(&snapshot.html, &mut nodes);
            }
            Arc::new(nodes)
        });
        Arc::clone(list)
    }
}

/// Depth is bounded by what the JSON parser takes.
fn number<'a>(node: &'a Value, nodes: &mut Vec<&'a Value>) {
    match node {
        Value::String(_) => nodes.push(node),
        Value::Array(list) if list.first().is_some_and(Value::is_string) => {
            list.iter().skip(2).for_each(|child| number(child, nodes));
            nodes.push(node);
        }
        _ => {}
    }
}

fn attributes_of(element: &str, parent: &str, all: &[(&str, &str)], html: &mut String) {
    let current = "__playwright_current_src__";
    let has_current = all.iter().any(|(key, _)| *key == current);
    let is_frame = matches!(element, "IFRAME" | "FRAME");
    for (key, value) in all {
        let lower = key.to_ascii_lowercase();
        let odd = key.is_empty()
            || key.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>/=".contains(c));
        if odd || lower.starts_with("on") {
            continue;
        }
        let refused = match (element, lower.as_str()) {
            ("META", "http-equiv") => !META.contains(&value.trim().to_ascii_lowercase().as_str()),
            ("IFRAME" | "FRAME", "srcdoc" | "sandbox") => true,
            ("IMG", "src" | "srcset") => has_current,
            ("SOURCE", "srcset") => parent == "PICTURE",
            (_, "href" | "src" | "action" | "formaction" | "xlink:href") => is_code(value),
            (_, "autofocus" | "autoplay" | "nonce" | "integrity") => true,
            _ => false,
        };
        if refused {
            continue;
        }
        let (name, value) = match *key {
            _ if is_frame && lower == "src" => ("src", frame_address(value)),
            key if key == current && element == "IMG" => ("src", (*value).to_owned()),
            key => (key, (*value).to_owned()),
        };
        html.push(' ');
        html.push_str(name);
        html.push_str("=\"");
        escape(&value, html);
        html.push('"');
    }
}

/// A frame's document is asked for by its id: the last part of what the snapshot names.
fn frame_address(value: &str) -> String {
    format!("{FRAMES}{}", frame_name(value.rsplit('/').next().unwrap_or_default()))
}

/// A frame's id as a part of an address.
pub fn frame_name(id: &str) -> String {
    id.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Whether an address is a script.
fn is_code(value: &str) -> bool {
    let address: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let address = address.to_ascii_lowercase();
    address.starts_with("javascript:") || address.starts_with("vbscript:")
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Snapshot, Writer};
    use serde_json::{Value, json};

    fn documents(trees: &[Value]) -> Vec<Option<String>> {
        let snapshot = |html: &Value| Snapshot { html: html.clone(), ..Snapshot::default() };
        let snapshots: Vec<_> = trees.iter().map(snapshot).collect();
        let mut writer = Writer::new(&snapshots);
        (0..snapshots.len()).map(|at| writer.document(at)).collect()
    }

    #[test]
    fn parts_of_earlier_trees_are_found() {
        let first = json!(["HTML", {}, ["BODY", {"class": "a"}, "one", ["P", {}, "two & <three>"]]]);
        // Numbers: 0 "one", 1 "two", 2 P, 3 BODY.
        let second = json!(["HTML", {}, ["BODY", {}, [[1, 2]], "new", [[1, 0]]]]);
        let third = json!(["HTML", {}, [[1, 1]], [[9, 9]], [[0, 99]]]);
        let found = documents(&[first, second, third]);
        let one = "<HTML><BODY class=\"a\">one<P>two &amp; &lt;three&gt;</P></BODY></HTML>";
        assert_eq!(found[0].as_deref(), Some(one));
        let two = "<HTML><BODY><P>two &amp; &lt;three&gt;</P>newone</BODY></HTML>";
        assert_eq!(found[1].as_deref(), Some(two));
        assert_eq!(
            found[2].as_deref(),
            Some("<HTML><BODY><P>two &amp; &lt;three&gt;</P>newone</BODY></HTML>")
        );
    }

    #[test]
    fn nothing_that_runs_is_written() {
        let tree = json!(["HTML", {"onload": "x()"}, ["BODY", {},
            ["SCRIPT", {}, "x()"], ["svg", {}, ["script", {}, "x()"]], ["A", {"href": "java\nscript:x()"}, "a"],
            ["IFRAME", {"srcdoc": "<script>x()</script>", "src": "https://a.example"}], ["OBJECT", {"data": "x"}],
            ["META", {"http-equiv": "refresh", "content": "0;url=https://a.example"}], ["P onclick=x()", {}, "b"],
            ["P", {"a\"><script>x()</script>": "1", "title": "\"><script>x()</script>"}, "c"],
            ["STYLE", {}, "</style><script>x()</script>"], ["NOSCRIPT", {}, ["IMG", {"onerror": "x()", "src": "a.png"}]]]]);
        let html = documents(&[tree]).remove(0).unwrap();
        // What stands in a style is text up to its end.
        let (before, style) = html.split_once("<STYLE>").unwrap();
        let (style, after) = style.split_once("</style>").unwrap();
        assert_eq!(style, "<\\/style><script>x()<\\/script>");
        let html = format!("{before}{after}");
        for bad in [
            "<script",
            "onload",
            "onerror",
            "javascript",
            "java\nscript",
            "srcdoc",
            "<OBJECT",
            "refresh",
            "onclick",
            "</style><",
        ] {
            assert!(!html.contains(bad), "{bad} in {html}");
        }
        assert!(html.contains("<IMG src=\"a.png\">"), "{html}");
    }

    #[test]
    fn a_tree_that_doubles_stops() {
        let mut trees = vec![json!(["P", {}, "0123456789"])];
        // Each tree is the one before it, twice.
        trees.extend((0..40).map(|at| {
            let last = if at == 0 { 1 } else { 0 };
            json!(["P", {}, [[1, last]], [[1, last]]])
        }));
        let found = documents(&trees);
        assert!(found[5].is_some() && found[40].is_none());
    }
}

//! The roles that an anchor may name: those of ARIA, and two families of them.

use std::fmt::{self, Display, Formatter};

/// A role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Role(&'static str);

/// Whatever is typed into: text boxes, search boxes, passwords, numbers, editable text.
const FIELD: &str = "field";
/// Whatever is chosen from: selects, combo boxes, list boxes; lists of other things, too.
const LIST: &str = "list";

/// All names, sorted.
const NAMES: [&str; 75] = [
    "alert",
    "alertdialog",
    "application",
    "article",
    "banner",
    "blockquote",
    "button",
    "caption",
    "cell",
    "checkbox",
    "code",
    "columnheader",
    "combobox",
    "complementary",
    "contentinfo",
    "definition",
    "dialog",
    "directory",
    "document",
    "emphasis",
    "feed",
    "field",
    "figure",
    "form",
    "grid",
    "gridcell",
    "group",
    "heading",
    "image",
    "img",
    "link",
    "list",
    "listbox",
    "listitem",
    "log",
    "main",
    "mark",
    "marquee",
    "math",
    "menu",
    "menubar",
    "menuitem",
    "menuitemcheckbox",
    "menuitemradio",
    "meter",
    "navigation",
    "note",
    "option",
    "paragraph",
    "progressbar",
    "radio",
    "radiogroup",
    "region",
    "row",
    "rowgroup",
    "rowheader",
    "scrollbar",
    "search",
    "searchbox",
    "separator",
    "slider",
    "spinbutton",
    "status",
    "strong",
    "switch",
    "tab",
    "table",
    "tablist",
    "tabpanel",
    "term",
    "textbox",
    "toolbar",
    "tooltip",
    "tree",
    "treeitem",
];

/// What people and HTML call some of them.
const OTHERS: [(&str, &str); 14] = [
    ("a", "link"),
    ("btn", "button"),
    ("drop-down", "list"),
    ("dropdown", "list"),
    ("h1", "heading"),
    ("h2", "heading"),
    ("icon", "img"),
    ("input", "field"),
    ("modal", "dialog"),
    ("nav", "navigation"),
    ("password", "field"),
    ("picture", "img"),
    ("select", "list"),
    ("textarea", "field"),
];

impl Role {
    /// Whatever is typed into.
    pub const FIELD: Role = Role(FIELD);
    /// Whatever is chosen from.
    pub const LIST: Role = Role(LIST);

    /// The role of that name.
    pub fn find(name: &str) -> Option<Self> {
        NAMES.iter().find(|known| **known == name).map(|known| Self(known))
    }

    /// As written.
    pub fn name(self) -> &'static str {
        self.0
    }

    /// The roles of ARIA that it stands for.
    pub fn family(self) -> &'static [&'static str] {
        const FIELDS: [&str; 4] = ["textbox", "searchbox", "spinbutton", "combobox"];
        const LISTS: [&str; 3] = ["combobox", "listbox", "list"];
        match self.0 {
            FIELD => &FIELDS,
            LIST => &LISTS,
            name => NAMES
                .iter()
                .position(|known| *known == name)
                .map_or(&[], |at| NAMES.get(at..=at).unwrap_or_default()),
        }
    }

    /// All names, sorted.
    pub fn names() -> &'static [&'static str] {
        &NAMES
    }

    /// The role that is meant by what is no name of one.
    pub fn meant(written: &str) -> Option<&'static str> {
        let lower = written.to_lowercase();
        let other = OTHERS.iter().find(|(other, _)| *other == lower).map(|(_, name)| *name);
        other.or_else(|| {
            crate::project::near::nearest(
                written,
                NAMES.iter().copied().chain(super::Way::ALL.map(super::Way::word)),
            )
        })
    }
}

impl Display for Role {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

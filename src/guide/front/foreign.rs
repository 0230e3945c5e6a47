//! Keys that other generators have in front matter: those that mean something here are read, the others are known to mean
//! nothing. Hugo, Jekyll, Docusaurus, MkDocs, VitePress.

use super::{Date, Front};
use crate::project::fields::Fields;
use crate::source::Spanned;
use crate::source::data::{Node, Value};

/// What other generators' keys say.
#[derive(Default)]
pub struct Foreign {
    title: Option<Spanned<String>>,
    description: Option<Spanned<String>>,
    slug: Option<Spanned<String>>,
    created: Option<Spanned<Date>>,
    updated: Option<Spanned<Date>>,
    authors: Vec<Spanned<String>>,
    /// `published: false`
    unpublished: Option<Spanned<bool>>,
}

/// Keys that mean nothing here.
const SILENT: [&str; 63] = [
    "aliases",
    "aside",
    "bread_crumbs",
    "breadcrumbs",
    "cascade",
    "categories",
    "category",
    "class",
    "comments",
    "custom_edit_url",
    "displayed_sidebar",
    "editLink",
    "excerpt_separator",
    "footer",
    "grand_parent",
    "has_children",
    "has_toc",
    "head",
    "hero",
    "hide",
    "hide_table_of_contents",
    "hide_title",
    "icon",
    "image",
    "keywords",
    "lastUpdated",
    "layout",
    "level",
    "linkTitle",
    "link_title",
    "markup",
    "mathjax",
    "menu",
    "meta",
    "nav",
    "nav_exclude",
    "nav_order",
    "navbar",
    "navigation_weight",
    "next",
    "outline",
    "pageClass",
    "pagination_label",
    "pagination_next",
    "pagination_prev",
    "parent",
    "permalink",
    "prev",
    "redirect_from",
    "redirect_to",
    "search",
    "section",
    "sidebar",
    "sidebar_class_name",
    "sidebar_position",
    "status",
    "template",
    "titleTemplate",
    "toc",
    "toc_max_heading_level",
    "toc_min_heading_level",
    "type",
    "weight",
];

/// Keys that mean one of a guide, and which.
pub const MEANT: [(&str, &str); 13] = [
    ("sidebar_label", "title"),
    ("nav_title", "title"),
    ("lab", "title"),
    ("summary", "description"),
    ("excerpt", "description"),
    ("id", "slug"),
    ("date", "created"),
    ("lastmod", "updated"),
    ("last_updated", "updated"),
    ("modified", "updated"),
    ("last_update", "updated"),
    ("author", "authors"),
    ("published", "draft"),
];

/// Reads the keys.
pub fn read(fields: &mut Fields<'_>) -> Foreign {
    SILENT.iter().for_each(|key| fields.accept(key));
    let mut all = Foreign {
        title: quiet(fields, "sidebar_label").or_else(|| quiet(fields, "nav_title")),
        description: quiet(fields, "summary").or_else(|| quiet(fields, "excerpt")),
        slug: quiet(fields, "id").map(last_part),
        created: day(fields, "date"),
        updated: day(fields, "lastmod")
            .or_else(|| day(fields, "last_updated"))
            .or_else(|| day(fields, "modified")),
        authors: fields.accepted("author").and_then(text).into_iter().collect(),
        unpublished: None,
    };
    if let Some(Node { value: Value::Bool(false), span }) = fields.accepted("published") {
        all.unpublished = Some(Spanned::new(true, *span));
    }
    // Docusaurus: `last_update: { date, author }`. Microsoft's labs: `lab: { title }`.
    if let Some(Node { value: Value::Table(table), .. }) = fields.accepted("last_update") {
        let date = table.iter().find(|field| field.key.value == "date").and_then(|field| date(&field.node));
        all.updated = all.updated.or(date);
    }
    if let Some(Node { value: Value::Table(table), .. }) = fields.accepted("lab") {
        let title = table.iter().find(|field| field.key.value == "title").and_then(|field| text(&field.node));
        all.title = title.or(all.title);
    }
    all
}

/// Gives a front matter what its own keys don't say.
pub fn fill(front: &mut Front, others: Foreign) {
    let Foreign { title, description, slug, created, updated, authors, unpublished } = others;
    front.other_title = title;
    front.description = front.description.take().or(description);
    front.slug = front.slug.take().or(slug);
    front.created = front.created.or(created);
    front.updated = front.updated.or(updated);
    front.draft = front.draft.or(unpublished);
    if front.authors.is_empty() {
        front.authors = authors;
    }
}

/// The last part of an address: other generators have whole paths as slugs.
pub fn last_part(slug: Spanned<String>) -> Spanned<String> {
    if !slug.value.contains('/') || slug.value.contains("..") {
        return slug;
    }
    let last = slug.value.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    if last.is_empty() { slug } else { slug.map(|_| last) }
}

fn quiet(fields: &mut Fields<'_>, key: &'static str) -> Option<Spanned<String>> {
    fields.accepted(key).and_then(text)
}

fn text(node: &Node) -> Option<Spanned<String>> {
    match &node.value {
        Value::Text(text) => {
            let line = crate::project::fields::one_line(text);
            (!line.is_empty()).then(|| Spanned::new(line, node.span))
        }
        _ => None,
    }
}

fn day(fields: &mut Fields<'_>, key: &'static str) -> Option<Spanned<Date>> {
    fields.accepted(key).and_then(date)
}

/// The day of a date, with or without a time behind it.
fn date(node: &Node) -> Option<Spanned<Date>> {
    let (Value::Text(text) | Value::Date(text)) = &node.value else { return None };
    let day = Date::parse(text.trim().get(..10)?)?;
    Some(Spanned::new(day, node.span))
}

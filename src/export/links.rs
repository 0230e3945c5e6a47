//! Links of a guide for readers who have it without its folder: a path leads nowhere there.

use crate::guide;
use crate::project;
use crate::source::{ProjectPath, Source, World};
use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag};
use std::collections::BTreeMap;

/// Where the links of a guide lead that are written as paths.
#[derive(Debug, Default)]
pub struct Leads {
    /// By how they are written: the address of a guide that is published, or nothing.
    by_path: BTreeMap<String, Option<String>>,
    /// `base_url` of the project.
    base: Option<String>,
    /// What `[r]: …` says at the end of a guide, by its label: an export may hold what names it and not the end.
    definitions: BTreeMap<String, String>,
}

impl Leads {
    /// Of a guide, by what its folder and `base_url` of its project say.
    pub fn new(world: &dyn World, source: &Source) -> Self {
        let settings = project::load(world, Some(source.path())).project.settings;
        let parser = Parser::new_ext(source.text(), Options::ENABLE_TABLES);
        let defined = parser.reference_definitions().iter();
        let definitions = defined.map(|(name, defined)| (label(name), defined.dest.to_string())).collect();
        let written = parser.filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
            _ => None,
        });
        let address = |path: &str| {
            let base = settings.base_url.as_ref()?;
            let (slug, anchor) = published(world, source.path(), path, &settings)?;
            Some(format!("{base}{slug}/{anchor}"))
        };
        let by_path = written.filter(|written| is_path(written)).map(|path| {
            let address = address(&path);
            (path, address)
        });
        let by_path = by_path.collect();
        Self { by_path, base: settings.base_url.clone(), definitions }
    }

    /// The links that become text, as they are written.
    pub fn lost(&self) -> impl Iterator<Item = &str> {
        self.by_path.iter().filter(|(_, address)| address.is_none()).map(|(path, _)| path.as_str())
    }

    /// A page with links that lead somewhere from anywhere; others are their text. `slug` is the last part of its own address.
    pub fn applied_to_page(&self, page: &str, slug: &str) -> String {
        // Scripts stay: their hashes are in the page.
        let parts = page.split("</script>").map(|part| {
            let (text, script) = part.split_at(part.find("<script").unwrap_or(part.len()));
            let mut tags = text.split("<a ");
            let first = tags.next().unwrap_or_default().to_owned();
            tags.fold(first, |all, rest| all + "<a " + &self.with_address(rest, slug)) + script
        });
        parts.collect::<Vec<_>>().join("</script>")
    }

    /// What follows `<a `, with another address or none.
    fn with_address(&self, rest: &str, slug: &str) -> String {
        let found = rest.find("href=\"").filter(|at| !rest.get(..*at).unwrap_or_default().contains('>'));
        let value = found.and_then(|at| Some((at, rest.get(at + 6..)?.split_once('"')?.0)));
        let Some((at, value)) = value else { return rest.to_owned() };
        let written = value.replace("&amp;", "&");
        if !is_path(&written) && !written.starts_with("data:") {
            return rest.to_owned();
        }
        let (before, after) = (rest.get(..at), rest.get(at + 7 + value.len()..));
        let address = self.address(&written, slug).map(|to| format!("href=\"{}\"", to.replace('&', "&amp;")));
        [before.unwrap_or_default(), &address.unwrap_or_default(), after.unwrap_or_default()].concat()
    }

    /// Where a link of a page leads: as the guide writes it, or from one page of the site to another.
    fn address(&self, written: &str, slug: &str) -> Option<String> {
        if let Some(known) = self.by_path.get(written) {
            return known.clone();
        }
        let below = written.strip_prefix("../").filter(|rest| !rest.starts_with("../"));
        match (self.base.as_ref()?, below) {
            (_, None) if written.starts_with(['/', '.']) || written.contains(':') => None,
            (base, None) => Some(format!("{base}{slug}/{written}")),
            (base, Some(rest)) => Some(format!("{base}{rest}")),
        }
    }

    /// Markdown with links that lead somewhere from anywhere; others are their text.
    pub fn applied(&self, markdown: &str) -> String {
        let defined = |link: BrokenLink<'_>| {
            let address = self.definitions.get(&label(&link.reference))?;
            Some((CowStr::from(address.clone()), CowStr::Borrowed("")))
        };
        let mut text = markdown.to_owned();
        let links = Parser::new_with_broken_link_callback(markdown, Options::ENABLE_TABLES, Some(defined));
        let changes = links.into_offset_iter().filter_map(|(event, range)| match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let is_short = matches!(link_type, LinkType::Collapsed | LinkType::CollapsedUnknown);
                let rest = markdown.get(range.end..).unwrap_or_default();
                // What the parser calls a link of `[r][]` may end before the empty brackets.
                let more = if is_short && rest.starts_with("[]") { "[]".len() } else { 0 };
                let range = range.start..range.end + more;
                let changed = self.changed(link_type, &dest_url, markdown.get(range.clone())?)?;
                Some((range, changed))
            }
            _ => None,
        });
        for (range, changed) in changes.collect::<Vec<_>>().into_iter().rev() {
            text.replace_range(range, &changed);
        }
        text
    }

    /// What stands in a link's place; nothing if it stays.
    fn changed(&self, kind: LinkType, address: &str, written: &str) -> Option<String> {
        let known = self.by_path.get(address);
        let ends = match kind {
            LinkType::Inline => "](",
            LinkType::Shortcut | LinkType::ShortcutUnknown => "]",
            LinkType::Autolink | LinkType::Email | LinkType::WikiLink { .. } => return None,
            _ => "][",
        };
        if kind == LinkType::Inline && known.is_none() {
            return None;
        }
        let words = written.get(1..written.rfind(ends)?)?;
        Some(match known {
            Some(None) => words.to_owned(),
            Some(Some(address)) => format!("[{words}]({address})"),
            None => format!("[{words}](<{address}>)"),
        })
    }
}

/// `#here`, `https:…` and `//host` lead where they do from anywhere.
fn is_path(written: &str) -> bool {
    let is_scheme =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let has_scheme = written.split_once(':').is_some_and(|(name, _)| is_scheme(name));
    !(written.is_empty() || written.starts_with('#') || written.starts_with("//") || has_scheme)
}

/// Labels are the same in capitals and with other spaces.
fn label(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The last part of the address of the guide that a path names, and the place in it; nothing if it is no guide, or a draft.
fn published(
    world: &dyn World,
    from: &ProjectPath,
    written: &str,
    settings: &project::Settings,
) -> Option<(String, String)> {
    let (path, anchor) =
        written.split_once('#').map_or((written, None), |(path, anchor)| (path, Some(anchor)));
    let named = from.parent().join(&path.replace("%20", " ")).ok()?;
    let mut pages = named.pages().into_iter().filter(ProjectPath::is_markdown);
    let found = pages.find_map(|page| {
        let source = guide::read(world, &page).ok()?;
        guide::understand(&source, settings, world).resolved
    })?;
    let is_published = !found.draft && !found.steps.is_empty();
    is_published.then(|| (found.slug, anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::Leads;

    #[test]
    fn links_lead_somewhere_or_are_text() {
        let leads = Leads {
            base: None,
            by_path: [("../b/".to_owned(), Some("https://e.org/b/".to_owned())), ("a.txt".to_owned(), None)]
                .into(),
            definitions: [
                ("r".to_owned(), "../b/".to_owned()),
                ("x y".to_owned(), "https://x.org".to_owned()),
            ]
            .into(),
        };
        for (before, after) in [
            ("[*b*](../b/ \"B\") and [a](a.txt)!", "[*b*](https://e.org/b/) and a!"),
            ("[b][r], [R], [r][]", "[b](https://e.org/b/), [R](https://e.org/b/), [r](https://e.org/b/)"),
            ("[x][X  y], [none][z], <https://a.org>", "[x](<https://x.org>), [none][z], <https://a.org>"),
            (
                "[here](#here) `[a](a.txt)` [s](https://s.org)",
                "[here](#here) `[a](a.txt)` [s](https://s.org)",
            ),
        ] {
            assert_eq!(leads.applied(before), after);
        }
        let leads = Leads { base: Some("https://e.org/".to_owned()), ..leads };
        for (before, after) in [
            ("<a class=\"x\" href=\"../b/\">B</a>", "<a class=\"x\" href=\"https://e.org/b/\">B</a>"),
            ("<a href=\"../c/?a&amp;b#d\">C</a>", "<a href=\"https://e.org/c/?a&amp;b#d\">C</a>"),
            ("<a href=\"a.txt\">A</a> <a href=\"data:,x\" download>A</a>", "<a >A</a> <a  download>A</a>"),
            ("<a href=\"#x\">x</a><a>href=\"a.txt\"", "<a href=\"#x\">x</a><a>href=\"a.txt\""),
            ("<a href=\"/x\"><a href=\"s.pdf\">", "<a ><a href=\"https://e.org/s/s.pdf\">"),
            ("<script>'<a href=\"a.txt\">'</script>", "<script>'<a href=\"a.txt\">'</script>"),
        ] {
            assert_eq!(leads.applied_to_page(before, "s"), after);
        }
    }
}

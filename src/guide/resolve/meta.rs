//! What stands at the head of a guide: title, slug, app, cursor.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::guide::front::{AppValue, CursorValue};
use crate::guide::written::Block;
use crate::guide::{Cursor, text};
use crate::project::{App, logo, near};
use crate::source::{ProjectPath, Span, Spanned};

/// Longest description made from a paragraph, in characters: about what search engines show.
const DESCRIPTION: usize = 160;
/// Longest slug, in bytes.
const SLUG: usize = 100;
/// Names at the root of a site that no guide may have.
const RESERVED: [&str; 6] = ["index.html", "guides.json", "sitemap.xml", "feed.xml", "embed.js", "404.html"];

/// Names that some systems keep for devices, with any extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// The same, with one digit behind them.
const PORTS: [&str; 2] = ["com", "lpt"];

/// A description from the first paragraph.
pub fn description(paragraph: &str) -> String {
    text::cut(paragraph, DESCRIPTION)
}

impl Context<'_> {
    /// The title, and the index of the heading that says it and is not said again in the article.
    pub fn title(&mut self) -> (String, Option<usize>) {
        let heading = self.guide.blocks.iter().enumerate().find_map(|(at, block)| match block {
            Block::Heading { level: 1, content, .. } => Some((at, text::plain(content))),
            Block::Heading { .. } | Block::Prose { .. } | Block::Steps { .. } => None,
        });
        match (&self.guide.front.title, heading) {
            (Some(title), Some((at, heading))) => {
                (title.value.clone(), (heading == title.value).then_some(at))
            }
            (Some(title), None) => (title.value.clone(), None),
            (None, Some((at, heading))) if !heading.is_empty() => (heading, Some(at)),
            (None, _) => match &self.guide.front.other_title {
                Some(title) => (title.value.clone(), None),
                None => self.guessed_title(),
            },
        }
    }

    /// The first heading, else the name of the file, where no title is written.
    fn guessed_title(&mut self) -> (String, Option<usize>) {
        let heading = self.guide.blocks.iter().enumerate().find_map(|(at, block)| match block {
            Block::Heading { content, span, .. } => {
                Some((at, text::plain(content), *span)).filter(|(_, title, _)| !title.is_empty())
            }
            Block::Prose { .. } | Block::Steps { .. } => None,
        });
        let (title, at, place) = match heading {
            Some((at, title, span)) => {
                let first = at == 0 && !self.is_chapter(at);
                (title, first.then_some(at), span)
            }
            None => (self.name().replace(['-', '_'], " "), None, self.start()),
        };
        // A title of the wrong type was reported.
        let empty = self.guide.front.title.is_none() && !self.guide.front.has_title;
        if empty && !self.guide.front.broken {
            let message = format!("the guide has no title, and is called `{title}`");
            let help = "write `title: …` in the front matter, or a heading `# …`";
            let warning = Diagnostic::warning("missing-title", self.source.path(), place, message);
            self.found.push(warning.help(help));
        }
        (title, at)
    }

    /// Whether other headings follow on the same level, so that this one names a part and not the whole.
    fn is_chapter(&self, at: usize) -> bool {
        let level = |block: &Block| match block {
            Block::Heading { level, .. } => Some(*level),
            Block::Prose { .. } | Block::Steps { .. } => None,
        };
        let own = self.guide.blocks.get(at).and_then(level);
        self.guide
            .blocks
            .iter()
            .skip(at + 1)
            .filter_map(level)
            .any(|other| own.is_some_and(|own| other <= own))
    }

    /// Where findings about the whole guide point.
    pub fn start(&self) -> Span {
        let text = self.source.text();
        Span::at(text.len() - text.trim_start_matches('\u{feff}').len())
    }

    /// The file's name without `.md`; of a folder's own page, the folder's.
    fn name(&self) -> String {
        let path = &self.guide.path;
        let folder = path.parent();
        let own = ["index", "_index", "readme"].iter().any(|name| path.stem().eq_ignore_ascii_case(name));
        let name = if own && folder != ProjectPath::root() { folder.name() } else { path.stem() };
        if name.is_empty() { "guide".to_owned() } else { name.to_owned() }
    }

    /// The last part of the guide's address.
    pub fn slug(&mut self) -> String {
        let Some(written) = &self.guide.front.slug else { return slug_of(&self.name()) };
        let good = slug_of(&written.value);
        if good == written.value {
            return good;
        }
        let message = format!("`{}` can't be part of an address", written.value);
        self.error("bad-slug", written.span, message, format!("write `{good}`"));
        good
    }

    /// The application the guide is about.
    pub fn app(&mut self) -> Option<App> {
        match self.guide.front.app.as_ref()? {
            AppValue::Table(app, logo) => {
                if let Some(logo) = logo {
                    logo::check(logo, self.source.path(), self.world, &mut self.found);
                }
                Some(app.clone())
            }
            AppValue::Key(key) => match self.settings.apps.get(&key.value) {
                Some(app) => Some(app.clone()),
                None => {
                    self.unknown_app(key);
                    None
                }
            },
        }
    }

    fn unknown_app(&mut self, key: &Spanned<String>) {
        let known = self.settings.apps.keys().map(String::as_str);
        let help = match near::nearest(&key.value, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add `[apps.{}]` with a `name` to `guidemark.toml`", key.value),
        };
        let message = format!("`guidemark.toml` has no app `{}`", key.value);
        self.error("unknown-app", key.span, message, help);
    }

    /// The walkthrough's cursor.
    pub fn cursor(&self) -> Cursor {
        let project = Cursor { name: self.settings.cursor_name.clone(), color: self.settings.cursor_color };
        match &self.guide.front.cursor {
            None => project,
            Some(CursorValue::NoName) => Cursor { name: None, ..project },
            Some(CursorValue::Named(name, color)) => {
                Cursor { name: name.clone().or(project.name), color: color.or(project.color) }
            }
        }
    }
}

/// The nearest good slug: letters, digits, `-`, `_` and `.`, not reserved, not hidden.
pub fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        let c = if c.is_alphanumeric() || matches!(c, '_' | '.') { c } else { '-' };
        if !(c == '-' && (slug.is_empty() || slug.ends_with('-'))) && slug.len() + c.len_utf8() <= SLUG {
            slug.push(c);
        }
    }
    let slug = slug.trim_start_matches(['.', '-']).trim_end_matches(['.', '-']);
    let reserved = RESERVED.iter().any(|name| name.eq_ignore_ascii_case(slug));
    match slug {
        "" => "guide".to_owned(),
        slug if is_device(slug) => format!("guide-{slug}"),
        slug if reserved => slug.replace('.', "-"),
        slug => slug.to_owned(),
    }
}

/// Whether no file can have that name on some systems.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let port = |port: &&str| {
        let mut rest = stem.strip_prefix(*port).unwrap_or_default().chars();
        rest.next().is_some_and(|digit| digit.is_ascii_digit() || "¹²³".contains(digit))
            && rest.next().is_none()
    };
    DEVICES.contains(&stem.as_str()) || PORTS.iter().any(port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_stay_in_the_site() {
        for (name, slug) in [
            ("create-token", "create-token"),
            ("How to  save", "How-to-save"),
            ("../../etc/passwd", "etc-passwd"),
            ("..", "guide"),
            ("guides.json", "guides-json"),
            (".guidemark", "guidemark"),
            ("über", "über"),
            ("v1.2", "v1.2"),
            ("a\"><script>", "a-script"),
            ("con", "guide-con"),
            ("Nul.txt", "guide-Nul.txt"),
            ("COM1", "guide-COM1"),
            ("lpt².x", "guide-lpt².x"),
            ("console", "console"),
            ("com10", "com10"),
            ("company", "company"),
        ] {
            assert_eq!(slug_of(name), slug);
        }
    }
}

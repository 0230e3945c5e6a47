//! The themes of a build, each read once.

use crate::diagnostic::Diagnostic;
use crate::source::{ProjectPath, Span, World};
use crate::theme::Theme;
use std::collections::{BTreeMap, BTreeSet};

/// Themes by name.
#[derive(Debug, Default)]
pub struct Themes {
    found: BTreeMap<String, Result<Theme, Vec<Diagnostic>>>,
}

impl Themes {
    /// Reads every theme of `names`.
    pub fn load<'a>(world: &dyn World, names: impl Iterator<Item = &'a str>) -> Self {
        let mut themes = Self::default();
        for name in names {
            if themes.found.contains_key(name) {
                continue;
            }
            themes.found.insert(name.to_owned(), Theme::load(world, name));
        }
        themes
    }

    /// A theme that could be read.
    pub fn get(&self, name: &str) -> Option<&Theme> {
        self.found.get(name)?.as_ref().ok()
    }

    /// What is weak in those, and wrong with the others. `asked` says where a theme is asked for: what is wrong with one that
    /// there is not is wrong there.
    pub fn diagnostics(&self, asked: impl Fn(&str) -> Vec<(ProjectPath, Span)>) -> Vec<Diagnostic> {
        let weak = self.found.values().filter_map(|theme| theme.as_ref().ok()).flat_map(Theme::warnings);
        let mut diagnostics: Vec<Diagnostic> = weak.cloned().collect();
        for (name, theme) in &self.found {
            for found in theme.as_ref().err().into_iter().flatten() {
                let places = if found.code == "theme-unknown" && found.span.is_none() {
                    asked(name)
                } else {
                    Vec::new()
                };
                let at = |(path, span)| Diagnostic { path, span: Some(span), ..found.clone() };
                let none = places.is_empty().then(|| found.clone());
                diagnostics.extend(places.into_iter().map(at).chain(none));
            }
        }
        diagnostics
    }

    /// Whether these are the themes that were asked for.
    pub fn are(&self, names: &BTreeSet<&str>) -> bool {
        names.iter().copied().eq(self.found.keys().map(String::as_str))
    }

    /// Changes with any of them.
    pub fn fingerprint(&self) -> String {
        let theme = |(name, theme): (&String, &Result<Theme, Vec<Diagnostic>>)| {
            format!("{name} {}\n", theme.as_ref().map(Theme::fingerprint).unwrap_or_default())
        };
        self.found.iter().map(theme).collect()
    }
}

//! The themes of a build, each read once.

use crate::diagnostic::Diagnostic;
use crate::source::World;
use crate::theme::Theme;
use std::collections::{BTreeMap, BTreeSet};

/// Themes by name.
#[derive(Debug, Default)]
pub struct Themes {
    found: BTreeMap<String, Option<Theme>>,
    diagnostics: Vec<Diagnostic>,
}

impl Themes {
    /// Reads every theme of `names`.
    pub fn load<'a>(world: &dyn World, names: impl Iterator<Item = &'a str>) -> Self {
        let mut themes = Self::default();
        for name in names {
            if themes.found.contains_key(name) {
                continue;
            }
            let theme = Theme::load(world, name).map_err(|found| themes.diagnostics.extend(found)).ok();
            themes.found.insert(name.to_owned(), theme);
        }
        themes
    }

    /// A theme that could be read.
    pub fn get(&self, name: &str) -> Option<&Theme> {
        self.found.get(name)?.as_ref()
    }

    /// What is wrong with the others.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether these are the themes that were asked for.
    pub fn are(&self, names: &BTreeSet<&str>) -> bool {
        names.iter().copied().eq(self.found.keys().map(String::as_str))
    }

    /// Changes with any of them.
    pub fn fingerprint(&self) -> String {
        let theme = |(name, theme): (&String, &Option<Theme>)| {
            format!("{name} {}\n", theme.as_ref().map(Theme::fingerprint).unwrap_or_default())
        };
        self.found.iter().map(theme).collect()
    }
}

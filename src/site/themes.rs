//! The themes of a build, each read once.

use crate::diagnostic::Diagnostic;
use crate::source::World;
use crate::theme::Theme;
use std::collections::BTreeMap;

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
    pub fn take_diagnostics(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.diagnostics)
    }
}

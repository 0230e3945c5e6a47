//! Files of a project by names that are nearly theirs: another case, another normal form of Unicode, a name without folders.

use crate::source::{ProjectPath, World};
use icu_normalizer::ComposingNormalizerBorrowed;
use std::collections::HashMap;

/// The pictures of a project, listed once and only if a picture is missing.
#[derive(Debug, Default)]
pub struct Files {
    listed: Option<Listed>,
}

#[derive(Debug, Default)]
struct Listed {
    paths: HashMap<String, Vec<ProjectPath>>,
    names: HashMap<String, Vec<ProjectPath>>,
}

impl Files {
    /// The one file whose path differs from `missing` in case or normal form alone; with `anywhere`, else the one file of
    /// that name in the guide's folder, or in the nearest above that has any.
    pub fn like(
        &mut self,
        missing: &ProjectPath,
        folder: &ProjectPath,
        anywhere: bool,
        world: &dyn World,
    ) -> Option<ProjectPath> {
        let listed = self.listed.get_or_insert_with(|| Listed::read(world));
        if let Some([one]) = listed.paths.get(&folded(missing.as_str())).map(Vec::as_slice) {
            return Some(one.clone());
        }
        let named = listed.names.get(&folded(missing.name())).filter(|_| anywhere)?;
        // Copies for other languages or versions lie in folders of their own: the nearest is meant.
        let near = folder.upwards().find_map(|at| {
            let near: Vec<&ProjectPath> = named.iter().filter(|path| path.is_below(&at)).collect();
            (!near.is_empty()).then_some(near)
        })?;
        let [one] = near.as_slice() else { return None };
        Some((*one).clone())
    }
}

impl Listed {
    fn read(world: &dyn World) -> Self {
        let mut listed = Self::default();
        for path in world.list(&ProjectPath::root()).unwrap_or_default() {
            if crate::guide::reading::is_picture(path.as_str()) {
                listed.names.entry(folded(path.name())).or_default().push(path.clone());
                listed.paths.entry(folded(path.as_str())).or_default().push(path);
            }
        }
        listed
    }
}

/// Lower case in the composed normal form.
fn folded(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc().normalize(text).to_lowercase()
}

//! A set of pictures beside the first: its files, and what is known of it. Pure.

use super::lock::{Lock, path_of};
use super::plan::Plan;
use super::setting::Setting;
use crate::project::Variant;
use crate::source::ProjectPath;

/// The lock of a set of a guide's pictures, beside that of the first.
pub fn lock_of_set(guide: &ProjectPath, variant: &Variant) -> ProjectPath {
    let first = path_of(guide);
    if variant.is_first() {
        return first;
    }
    let file = format!("{}.{}.json", first.stem(), variant.folder());
    first.parent().join(&file).unwrap_or_default()
}

impl Plan {
    /// The same with the pictures of a set.
    #[must_use]
    pub fn in_set(mut self, variant: &Variant) -> Self {
        if variant.is_first() {
            return self;
        }
        let scenes = self.steps.iter_mut().flat_map(|step| &mut step.scenes);
        for picture in scenes.flat_map(|scene| scene.picture.iter_mut().chain(&mut scene.on)) {
            if let Some(path) = variant.path(&picture.path) {
                picture.path = path;
            }
            picture.density = variant.scale.unwrap_or(picture.density);
        }
        self
    }
}

impl Setting {
    /// Whether things lie on the pictures of the set where they lie on the first.
    pub fn keeps_places(&self) -> bool {
        self.variant.viewport.is_none() && self.variant.locale.is_none()
    }

    /// Whether regions of the guide can say where things lie: pages show no set that was taken in another window.
    pub fn keeps_size(&self) -> bool {
        self.variant.viewport.is_none()
    }

    /// A window as the first pictures were taken in, unless the set is of another.
    #[must_use]
    pub fn like_first(mut self, viewport: (u32, u32), scale: u32) -> Self {
        self.viewport = self.variant.viewport.unwrap_or(viewport);
        self.has_viewport = true;
        self.scale = self.variant.scale.or(Some(scale));
        self
    }
}

impl Lock {
    /// What is known of a set, and what the first pictures tell of what is acted on.
    #[must_use]
    pub fn after(mut self, first: &Self) -> Self {
        self.learn(first);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_of_a_set_lies_beside_that_of_the_first() {
        let lock_path = |path: &str, variant: &Variant| {
            lock_of_set(&ProjectPath::new(path).unwrap(), variant).as_str().to_owned()
        };
        let dark = Variant::dark(Some("de".to_owned()));
        assert_eq!(lock_path("guides/a/index.md", &dark), "guides/a/capture.dark-de.json");
        assert_eq!(lock_path("guides/a.md", &dark), "guides/a.capture.dark-de.json");
        assert_eq!(lock_path("guides/a.md", &Variant::default()), "guides/a.capture.json");
    }
}

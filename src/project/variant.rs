//! Sets of pictures beside the first: of the same guide in dark, in another language, in another window.

use super::capture::{self, Scheme};
use super::language::is_language_tag;
use crate::source::ProjectPath;

/// Largest number of pixels a point.
const DENSEST: u32 = 2;

/// In which other conditions the pictures of a set were taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variant {
    /// Light or dark.
    pub scheme: Option<Scheme>,
    /// Language of the page: a BCP 47 tag in its usual case.
    pub locale: Option<String>,
    /// Width and height of the page, in points.
    pub viewport: Option<(u32, u32)>,
    /// Pixels a point.
    pub scale: Option<u32>,
}

impl Variant {
    /// The set in dark; of a language, if one is named.
    pub fn dark(locale: Option<String>) -> Self {
        Self { scheme: Some(Scheme::Dark), locale, ..Self::default() }
    }

    /// Whether these are the conditions of the first pictures.
    pub fn is_first(&self) -> bool {
        *self == Self::default()
    }

    /// The folder of the set, as in `dark-de-375x812-2x`.
    pub fn folder(&self) -> String {
        let Self { scheme, locale, viewport, scale } = self;
        let parts = [
            scheme.map(|scheme| scheme.word().to_owned()),
            locale.clone(),
            viewport.map(|(width, height)| format!("{width}x{height}")),
            scale.map(|scale| format!("{scale}x")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("-")
    }

    /// The options of `guidemark refresh` that ask for the set, each with its value.
    pub fn options(&self) -> Vec<String> {
        let Self { scheme, locale, viewport, scale } = self;
        let options = [
            scheme.map(|scheme| format!("--scheme {}", scheme.word())),
            locale.as_ref().map(|locale| format!("--locale {locale}")),
            viewport.map(|(width, height)| format!("--viewport {width}x{height}")),
            scale.map(|scale| format!("--scale {scale}")),
        ];
        options.into_iter().flatten().collect()
    }

    /// The set whose folder has this name. A folder of one word is a language only if that has two letters: others are called
    /// `old` and `raw`.
    pub fn parse(folder: &str) -> Option<Self> {
        let mut variant = Self::default();
        let mut parts: Vec<&str> = folder.split('-').collect();
        let schemes = [Scheme::Light, Scheme::Dark];
        variant.scheme = schemes.into_iter().find(|scheme| parts.first() == Some(&scheme.word()));
        parts.drain(..usize::from(variant.scheme.is_some()));
        variant.scale = parts.last().and_then(|part| scale(part.strip_suffix('x')?));
        parts.truncate(parts.len() - usize::from(variant.scale.is_some()));
        variant.viewport = parts.last().and_then(|part| capture::size(part));
        parts.truncate(parts.len() - usize::from(variant.viewport.is_some()));
        variant.locale = Some(parts.join("-")).filter(|rest| !rest.is_empty());
        // In one way alone, so that a set has one name.
        let is_plain = variant.locale.as_ref().is_none_or(|tag| {
            let first = tag.split('-').next().unwrap_or_default();
            locale(tag).as_ref() == Some(tag) && (first.len() == 2 || first != tag)
        });
        (!variant.is_first() && is_plain && variant.folder() == folder).then_some(variant)
    }

    /// Where the picture of this set lies that stands for `first`.
    pub fn path(&self, first: &ProjectPath) -> Option<ProjectPath> {
        first.parent().join(&format!("{}/{}", self.folder(), first.name())).ok()
    }

    /// The first picture that a picture of a set stands for, and the set; `None` if it lies in no folder of a set.
    pub fn first_of(path: &ProjectPath) -> Option<(ProjectPath, Self)> {
        let folder = path.parent();
        let variant = Self::parse(folder.name())?;
        Some((folder.parent().join(path.name()).ok()?, variant))
    }
}

/// A language tag in its usual case, `pt-BR`; `None` if it is none, or named as a scheme is.
pub fn locale(tag: &str) -> Option<String> {
    let is_scheme = tag.split('-').any(|part| matches!(part, "light" | "dark"));
    if !is_language_tag(tag) || is_scheme {
        return None;
    }
    let usual = |(at, part): (usize, &str)| match (at, part.len()) {
        (0, _) => part.to_ascii_lowercase(),
        (_, 2) => part.to_ascii_uppercase(),
        (_, 4) => {
            let (first, rest) = part.split_at(1);
            format!("{}{}", first.to_ascii_uppercase(), rest.to_ascii_lowercase())
        }
        _ => part.to_ascii_lowercase(),
    };
    Some(tag.split('-').enumerate().map(usual).collect::<Vec<_>>().join("-"))
}

/// A number of pixels a point.
pub fn scale(text: &str) -> Option<u32> {
    text.parse().ok().filter(|scale| (1..=DENSEST).contains(scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_a_set_says_how_it_was_taken_in_one_order() {
        let all = Variant {
            scheme: Some(Scheme::Dark),
            locale: locale("DE-at"),
            viewport: Some((375, 812)),
            scale: Some(2),
        };
        assert_eq!(all.folder(), "dark-de-AT-375x812-2x");
        for folder in ["dark", "light", "de", "zh-Hant-TW", "dark-de", "375x812", "2x", "de-375x812-2x"] {
            assert_eq!(Variant::parse(folder).map(|set| set.folder()).as_deref(), Some(folder));
        }
        for other in
            ["", "shots", "old", "a", "9x", "de-dark", "DE", "2x-dark", "10x10", "dark-", "..", "dark-dark"]
        {
            assert!(Variant::parse(other).is_none(), "{other}");
        }
    }

    #[test]
    fn a_set_lies_beside_the_first_pictures() {
        let path = |path: &str| ProjectPath::new(path).unwrap();
        let dark = Variant::dark(None);
        assert_eq!(dark.path(&path("a/shots/1.png")), Some(path("a/shots/dark/1.png")));
        assert_eq!(Variant::first_of(&path("a/shots/dark/1.png")), Some((path("a/shots/1.png"), dark)));
        assert_eq!(Variant::first_of(&path("a/1/1.png")), None);
    }
}

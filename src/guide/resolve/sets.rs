//! Pictures of other sets beside the first: in the guide's language, and in dark.

use super::Context;
use super::pictures::Pictures;
use crate::diagnostic::Diagnostic;
use crate::guide::{Picture, Size};
use crate::project::{Variant, variant};
use crate::source::{ProjectPath, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of the sets beside a guide's pictures.
#[derive(Debug, Default)]
pub struct Sets {
    /// Pictures of a set that have been reported.
    reported: BTreeSet<ProjectPath>,
    /// Folders, and whether there is anything in them.
    folders: BTreeMap<ProjectPath, bool>,
    /// The set of each picture that is shown instead of the first, and that.
    shown: BTreeMap<ProjectPath, (Variant, ProjectPath)>,
}

impl Sets {
    /// The first picture that stands behind each one that is shown instead.
    pub fn firsts(self) -> BTreeMap<ProjectPath, ProjectPath> {
        self.shown.into_iter().map(|(shown, (_, first))| (shown, first)).collect()
    }

    /// A picture in the guide's language, else as it is.
    pub fn in_language(
        &mut self,
        first: Picture,
        span: Span,
        pictures: &mut Pictures,
        context: &mut Context<'_>,
    ) -> Picture {
        let sets =
            languages(context).into_iter().map(|tag| Variant { locale: Some(tag), ..Variant::default() });
        for set in sets {
            if let Some(other) = self.other(&first, &first, &set, span, pictures, context) {
                self.shown.insert(other.path.clone(), (set, first.path));
                return other;
            }
        }
        first
    }

    /// The picture that stands for one where the reader's page is dark.
    pub fn dark(
        &mut self,
        shown: &Picture,
        span: Span,
        pictures: &mut Pictures,
        context: &mut Context<'_>,
    ) -> Option<Picture> {
        let (first, sets) = match self.shown.get(&shown.path) {
            // Not in another language than in light.
            Some((set, first)) => {
                (Picture { path: first.clone(), ..shown.clone() }, vec![Variant::dark(set.locale.clone())])
            }
            None => {
                let own = languages(context).into_iter().map(|tag| Variant::dark(Some(tag)));
                (shown.clone(), own.chain([Variant::dark(None)]).collect())
            }
        };
        sets.iter().find_map(|set| self.other(&first, shown, set, span, pictures, context))
    }

    /// The picture of a set that stands for `first`, if it is there and of the size of what is `shown`.
    fn other(
        &mut self,
        first: &Picture,
        shown: &Picture,
        set: &Variant,
        span: Span,
        pictures: &mut Pictures,
        context: &mut Context<'_>,
    ) -> Option<Picture> {
        let path = set.path(&first.path)?;
        let world = context.world;
        let folder = path.parent();
        let is_there = *self.folders.entry(folder.clone()).or_insert_with(|| {
            world.list(&folder).is_ok_and(|files| files.iter().any(|file| file.parent() == folder))
        });
        if !is_there {
            return None;
        }
        let is_new = !self.reported.contains(&path);
        let other = pictures.of_set(&path, span, is_new, context);
        let fits = other.as_ref().is_some_and(|other| same(other.size(), shown.size()));
        if let Some(other) = other.as_ref().filter(|_| !fits && is_new) {
            context.found.push(another_size(other, shown, set, span, context));
        }
        self.reported.insert(path);
        other.filter(|other| fits && other.hash != shown.hash)
    }
}

/// The guide's language, and then the same less what follows: `de-AT`, `de`.
fn languages(context: &Context<'_>) -> Vec<String> {
    let lang = context.guide.front.lang.as_ref().unwrap_or(&context.settings.lang);
    let shorter = |tag: &String| tag.rsplit_once('-').map(|(less, _)| less.to_owned());
    std::iter::successors(variant::locale(lang), shorter).collect()
}

fn another_size(
    other: &Picture,
    shown: &Picture,
    set: &Variant,
    span: Span,
    context: &Context<'_>,
) -> Diagnostic {
    let points = |size: Size| format!("{} × {}", size.width, size.height);
    let (own, first) = (points(other.size()), points(shown.size()));
    let message = format!("`{}` is {own} points, and `{}` {first}: that is shown", other.path, shown.path);
    let options = set.options().join(" ");
    Diagnostic::warning("set-size", context.source.path(), span, message)
        .help(format!("take it in the same window: `guidemark refresh {options} --accept`"))
}

/// Less than a point is rounding.
fn same(a: Size, b: Size) -> bool {
    (a.width - b.width).abs() < 1.0 && (a.height - b.height).abs() < 1.0
}

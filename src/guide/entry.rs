//! What the other guides of a project may know of a guide: small, so that all of them fit in memory.

use super::paths::path_of;
use super::resolve::{Link, links_of};
use super::{Attachment, Body, Date, Resolved, Section, Size};
use crate::project::App;
use crate::source::{ProjectPath, Spanned};
use icu_normalizer::ComposingNormalizerBorrowed;
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

/// A guide as its neighbours, the library and the index see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The Markdown file.
    pub path: ProjectPath,
    /// Last part of its address.
    pub slug: String,
    /// Plain text, not empty.
    pub title: String,
    /// One sentence of plain text; may be empty.
    pub description: String,
    /// The application it is about.
    pub app: Option<App>,
    /// Its place in the library, in thousandths: lower numbers first, guides without one behind them.
    pub order: Option<i64>,
    /// As written, in order.
    pub tags: Vec<String>,
    /// Day it was first published.
    pub created: Option<Date>,
    /// Day of the last change.
    pub updated: Option<Date>,
    /// BCP 47 tag.
    pub lang: String,
    /// Left out of a build without `--drafts`.
    pub draft: bool,
    /// Size of the stage in points.
    pub stage: Size,
    /// Its steps, in order.
    pub steps: Vec<EntryStep>,
    /// Words on its screenshots that a search may find it by, parted by spaces.
    pub seen: String,
    /// How long it plays by itself, in seconds.
    pub seconds: usize,
    /// Ids that an address can name: steps, chapters, headings.
    pub anchors: Vec<String>,
    /// Relative links written in it.
    pub links: Vec<Spanned<Link>>,
}

/// A step as others see it; its number is its place, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryStep {
    /// Anchor.
    pub id: String,
    /// First sentence.
    pub title: String,
}

/// All guides of a build, sorted by path. Changed entries make a new index: what it found stays found.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// The guides.
    pub entries: Vec<Entry>,
    shelf: OnceLock<Shelf>,
}

/// The order of the library, found once: every page asks for it.
#[derive(Debug, Clone, Default)]
struct Shelf {
    /// Indices of the entries in the order of the library.
    order: Vec<usize>,
    /// For each entry, its place in that order.
    places: Vec<usize>,
    /// For each tag and each application, the places of the entries that have it.
    tags: HashMap<String, Vec<usize>>,
    apps: HashMap<String, Vec<usize>>,
}

impl PartialEq for Index {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl Index {
    /// The index of some guides, in any order.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Self { entries, shelf: OnceLock::new() }
    }

    /// The guide of a Markdown file.
    pub fn get(&self, path: &ProjectPath) -> Option<&Entry> {
        self.entries.get(self.find(path)?)
    }

    /// The guides in the order of the library: by application, those about none last; then by their own numbers, those without one last; then by title. An application
    /// stands at the lowest number that a guide about it has.
    pub fn in_order(&self) -> impl Iterator<Item = &Entry> {
        self.shelf().order.iter().filter_map(|&at| self.entries.get(at))
    }

    /// The guides before and after this one in the order of the library.
    pub fn around(&self, path: &ProjectPath) -> (Option<&Entry>, Option<&Entry>) {
        let shelf = self.shelf();
        let place = self.find(path).and_then(|at| shelf.places.get(at).copied());
        let beside = |place: Option<usize>| self.entries.get(*shelf.order.get(place?)?);
        (beside(place.and_then(|place| place.checked_sub(1))), beside(place.map(|place| place + 1)))
    }

    /// The guides about an application or with one of these tags, in the order of the library: an application counts twice,
    /// each tag once.
    pub fn near(&self, app: Option<&str>, tags: &[String]) -> impl Iterator<Item = (usize, &Entry)> {
        let Shelf { order, places: _, tags: tagged, apps } = self.shelf();
        let mut scores = vec![0; order.len()];
        let about = app.and_then(|app| apps.get(app)).map(|places| (2, places));
        let tags: BTreeSet<&String> = tags.iter().collect();
        let with = tags.into_iter().filter_map(|tag| tagged.get(tag)).map(|places| (1, places));
        for (score, places) in about.into_iter().chain(with) {
            for &place in places {
                if let Some(sum) = scores.get_mut(place) {
                    *sum += score;
                }
            }
        }
        let scored = scores.into_iter().zip(order).filter(|(score, _)| *score > 0);
        scored.filter_map(|(score, &at)| Some((score, self.entries.get(at)?)))
    }

    fn find(&self, path: &ProjectPath) -> Option<usize> {
        self.entries.binary_search_by(|entry| entry.path.cmp(path)).ok()
    }

    fn shelf(&self) -> &Shelf {
        self.shelf.get_or_init(|| {
            let mut order: Vec<usize> = (0..self.entries.len()).collect();
            let lowest = lowest(&self.entries);
            order.sort_by_cached_key(|&at| self.entries.get(at).map(|entry| entry.sort_key(&lowest)));
            let mut places = vec![0; order.len()];
            for (place, &at) in order.iter().enumerate() {
                if let Some(slot) = places.get_mut(at) {
                    *slot = place;
                }
            }
            let (mut tags, mut apps): (HashMap<String, Vec<usize>>, HashMap<String, Vec<usize>>) =
                Default::default();
            for (place, entry) in order.iter().filter_map(|&at| self.entries.get(at)).enumerate() {
                for tag in &entry.tags {
                    tags.entry(tag.clone()).or_default().push(place);
                }
                if let Some(app) = &entry.app {
                    apps.entry(app.name.clone()).or_default().push(place);
                }
            }
            Shelf { order, places, tags, apps }
        })
    }
}

/// For each application, the lowest number that a guide about it has.
fn lowest(entries: &[Entry]) -> HashMap<Option<&str>, i64> {
    let mut lowest = HashMap::new();
    for entry in entries {
        let Some(order) = entry.order else { continue };
        let of_app = lowest.entry(entry.app_name()).or_insert(order);
        *of_app = order.min(*of_app);
    }
    lowest
}

impl Entry {
    fn app_name(&self) -> Option<&str> {
        self.app.as_ref().map(|app| app.name.as_str())
    }

    /// What the library sorts by: guides about an application stand together, at the place of the lowest number that one of them has.
    /// Upper and lower case are the same, unless nothing else differs.
    fn sort_key(&self, lowest: &HashMap<Option<&str>, i64>) -> impl Ord + use<> {
        let app = self.app.as_ref().map(|app| app.name.clone());
        let of_app = lowest.get(&self.app_name()).copied();
        (
            (of_app.is_none(), of_app, app.is_none(), app.as_deref().map(str::to_lowercase), app),
            (self.order.is_none(), self.order, self.title.to_lowercase(), self.path.clone()),
        )
    }
}

impl Resolved {
    /// What the other guides may know of this one.
    pub fn entry(&self) -> Entry {
        Entry {
            path: self.path.clone(),
            slug: self.slug.clone(),
            title: self.title.clone(),
            description: self.description.clone(),
            app: self.app.clone(),
            order: self.order,
            tags: self.tags.clone(),
            created: self.created,
            updated: self.updated,
            lang: self.lang.clone(),
            draft: self.draft,
            stage: self.stage,
            steps: self
                .steps
                .iter()
                .map(|step| EntryStep { id: step.id.clone(), title: step.title.clone() })
                .collect(),
            seen: self.seen.words.clone(),
            seconds: self.seconds(),
            anchors: self.anchors(),
            links: links_of(self),
        }
    }

    fn anchors(&self) -> Vec<String> {
        let mut anchors: Vec<String> = self.chapters.iter().map(|chapter| chapter.id.clone()).collect();
        for section in &self.sections {
            match section {
                Section::Prose(prose) => anchors.extend(prose.heading_ids.iter().cloned()),
                Section::Chapter { .. } | Section::Steps(_) => {}
            }
        }
        for step in &self.steps {
            anchors.push(step.id.clone());
            for part in &step.body {
                match part {
                    Body::Prose(prose) => anchors.extend(prose.heading_ids.iter().cloned()),
                    Body::Scene(_) => {}
                }
            }
        }
        anchors
    }

    /// The file that a link names if it goes with the page.
    pub fn attachment(&self, target: &str) -> Option<&Attachment> {
        let path = path_of(target, &self.path.parent()).ok()?;
        self.attachments.iter().find(|attachment| attachment.path == path)
    }

    /// Index into [`Resolved::inline`] of the picture that an image amid text names.
    pub fn inline_index(&self, target: &str) -> Option<usize> {
        let path = path_of(target, &self.path.parent()).ok()?;
        self.inline.iter().position(|shot| shot.picture.path == path)
    }
}

/// A slug as disks compare file names: capitals don't tell them apart everywhere, nor does how an accent is written.
pub fn file_name(slug: &str) -> String {
    let normal = ComposingNormalizerBorrowed::new_nfc();
    normal.normalize(&normal.normalize(slug).to_lowercase()).into_owned()
}

//! The guides of the project as their author keeps them: made, repeated, renamed, deleted, brought back.

use super::desk::{Desk, Listed};
use super::refused::{Refused, unsaved};
use super::trash;
use super::view::apps;
use crate::author;
use crate::edit::{self, Draft, DraftValue, Edit, MetaEdit, apply};
use crate::guide;
use crate::project::{self, PROJECT_FILE, Project, would_list};
use crate::serve::shelf::Shelf;
use crate::source::{ProjectPath, Source, World};
use serde::Deserialize;
use serde_json::{Value, json};

/// Where guides go in a project without any.
const USUAL: &str = "guides";

/// A guide that is to be made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewGuide {
    /// Its title.
    title: String,
    /// The app it is about.
    #[serde(default)]
    app: Option<AppChoice>,
    /// Its language, if it is not the project's.
    #[serde(default)]
    lang: Option<String>,
}

/// An app of the project file, or one that is to be added to it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AppChoice {
    /// By its key.
    Key(String),
    /// By a name that the project file need not have yet.
    Name(String),
}

/// Another title, and perhaps another address, of a guide.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Renamed {
    slug: String,
    title: String,
    /// The last part of the address from now on; `None`: it stays.
    #[serde(default)]
    address: Option<String>,
}

/// An app whose name or website is written to the project file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangedApp {
    /// `None`: a new one.
    #[serde(default)]
    key: Option<String>,
    name: String,
    #[serde(default)]
    website: Option<String>,
}

impl Desk {
    /// All guides, with what was deleted; `shelf` knows which have a picture.
    pub fn list(&self, shelf: &Shelf) -> Value {
        let Project { settings, .. } = project::load(self.world(), None).project;
        let mut guides: Vec<(String, Listed)> = self.known().into_iter().collect();
        guides.sort_by_key(|(_, listed)| listed.title.to_lowercase());
        let entries = guides.iter().map(|(slug, listed)| {
            let Listed { path, title, draft, steps, app } = listed;
            let cover = shelf.file(&format!("{slug}/cover.webp")).map(|file| file.version);
            json!({ "slug": slug, "path": path.as_str(), "title": title, "draft": draft, "steps": steps, "app": app,
                "page": shelf.file(&format!("{slug}/index.html")).is_some(), "cover": cover })
        });
        json!({
            "title": settings.title,
            "brand": settings.brand.color.map(crate::theme::color::hex),
            "apps": apps(&settings),
            "guides": entries.collect::<Vec<_>>(),
            "trash": trash::list(self.world()),
        })
    }

    /// Makes a guide without steps, a draft, in a folder of its own.
    ///
    /// # Errors
    /// [`Refused`]; there is no such guide then.
    pub fn new_guide(&self, asked: &NewGuide) -> Result<Value, Refused> {
        let _one = self.one_at_a_time();
        let title = project::fields::one_line(&asked.title);
        if title.is_empty() {
            return Err(Refused::Edit("a guide needs a title".to_owned()));
        }
        let lang = asked.lang.as_deref().map(str::trim).filter(|lang| !lang.is_empty());
        if let Some(lang) = lang.filter(|lang| !project::is_language_tag(lang)) {
            return Err(Refused::Edit(format!("`{lang}` is not a language: write `en`, `de` or `pt-BR`")));
        }
        let app = asked.app.as_ref().map(|app| self.app_key(app)).transpose()?;
        let mut keys: Vec<(String, DraftValue)> = Vec::new();
        keys.extend(app.map(|key| ("app".to_owned(), DraftValue::Text(key))));
        keys.extend(lang.map(|lang| ("lang".to_owned(), DraftValue::Text(lang.to_owned()))));
        keys.push(("draft".to_owned(), DraftValue::Bool(true)));
        let draft = Draft { title: title.clone(), keys, ..Draft::default() };
        let text = draft.markdown().map_err(|refusal| Refused::Edit(refusal.message))?;
        let (slug, path) = self.place(&title.to_lowercase(), None)?;
        create(self, &path, text.as_bytes())?;
        self.add(&slug, Listed { path, title, draft: true, steps: 0, app: None });
        Ok(json!({ "slug": slug }))
    }

    /// Repeats a guide with its pictures as a draft.
    ///
    /// # Errors
    /// [`Refused`]; what was copied until then is left.
    pub fn duplicate(&self, slug: &str) -> Result<Value, Refused> {
        let _one = self.one_at_a_time();
        let source = self.source(slug)?;
        let Listed { path, title, steps, app, .. } = self.known_guide(slug)?;
        let title = format!("{title} (copy)");
        let edits = [
            MetaEdit::Title { value: title.clone() },
            MetaEdit::Slug { value: None },
            MetaEdit::Draft { value: true },
        ];
        let text = edited(&source, &edits)?;
        let (copy, to) = match self.own_folder(&path) {
            Some(folder) => {
                let (copy, to) = self.place(&format!("{slug}-copy"), Some(&folder.parent()))?;
                for file in self.world().list(&folder).unwrap_or_default() {
                    self.copy_file(&file, &path, &folder, &to.parent())?;
                }
                (copy, to)
            }
            None => {
                let taken = |name: &str| self.known().contains_key(name.trim_end_matches(".md"));
                let stem =
                    author::unused(self.world(), &path.parent(), &format!("{}-copy.md", path.stem()), taken);
                let to = path.parent().join(&stem).map_err(|_| Refused::Missing)?;
                (guide::slug_of(to.stem()), to)
            }
        };
        create(self, &to, text.as_bytes())?;
        self.add(&copy, Listed { path: to, title, draft: true, steps, app });
        Ok(json!({ "slug": copy }))
    }

    /// Copies a file beside a guide, if it is one that the guide may show.
    fn copy_file(
        &self,
        file: &ProjectPath,
        guide: &ProjectPath,
        folder: &ProjectPath,
        to: &ProjectPath,
    ) -> Result<(), Refused> {
        let below = file.as_str().strip_prefix(folder.as_str()).map(|below| below.trim_start_matches('/'));
        let Some(to) = below.and_then(|below| to.join(below).ok()).filter(|_| file != guide) else {
            return Ok(());
        };
        let bytes = self.world().read(file, guide::MAX_PICTURE);
        let bytes = bytes.map_err(|error| Refused::Failed(error.about(file)))?;
        create(self, &to, &bytes)
    }

    /// Gives a guide another title, and another address if that is asked for.
    ///
    /// # Errors
    /// [`Refused`]; the file is as it was then.
    pub fn rename(&self, asked: &Renamed) -> Result<Value, Refused> {
        let _one = self.one_at_a_time();
        let Renamed { slug, title, address } = asked;
        let mut edits = vec![MetaEdit::Title { value: title.clone() }];
        let new = address.as_ref().map(|address| guide::slug_of(&address.to_lowercase()));
        let new = new.filter(|new| new != slug);
        if let Some(new) = &new {
            if self.known().contains_key(new) {
                return Err(Refused::Edit(format!("another guide has the address `{new}`")));
            }
            let own = self.named_by_its_file(&self.known_guide(slug)?.path);
            edits.push(MetaEdit::Slug { value: Some(new.clone()).filter(|new| *new != own) });
        }
        self.write(slug, &edits)?;
        let Ok(listed) = self.known_guide(slug) else { return Err(Refused::Missing) };
        let slug = new.unwrap_or_else(|| slug.clone());
        self.forget(&asked.slug);
        self.add(&slug, Listed { title: project::fields::one_line(title), ..listed });
        Ok(json!({ "slug": slug }))
    }

    /// Makes a guide a draft, or publishes it.
    ///
    /// # Errors
    /// [`Refused`]; the file is as it was then.
    pub fn publish(&self, slug: &str, draft: bool) -> Result<Value, Refused> {
        let _one = self.one_at_a_time();
        if !draft {
            self.all_decided(slug)?;
        }
        self.write(slug, &[MetaEdit::Draft { value: draft }])?;
        if let Ok(listed) = self.known_guide(slug) {
            self.add(slug, Listed { draft, ..listed });
        }
        Ok(json!({ "slug": slug }))
    }

    /// Puts a guide into the trash folder, with its pictures if it has a folder of its own.
    ///
    /// # Errors
    /// [`Refused`]; the guide is where it was then.
    pub fn delete(&self, slug: &str) -> Result<Value, Refused> {
        let _one = self.one_at_a_time();
        let Listed { path, title, .. } = self.known_guide(slug)?;
        let what = self.own_folder(&path).unwrap_or_else(|| path.clone());
        let id = trash::put(self.world(), &what, slug, &title)?;
        self.forget(slug);
        self.forget_changes(&path);
        Ok(json!({ "id": id, "title": title }))
    }

    /// Puts a guide back where it was.
    ///
    /// # Errors
    /// [`Refused`] if it is not in the trash, or something else lies where it was.
    pub fn restore(&self, id: &str) -> Result<Value, Refused> {
        let _one = self.one_at_a_time();
        trash::restore(self.world(), id)?;
        self.forget_deleted();
        Ok(json!({ "id": id }))
    }

    /// Writes the name and the website of an app to the project file.
    ///
    /// # Errors
    /// [`Refused`]; the file is as it was then.
    pub fn change_app(&self, asked: &ChangedApp) -> Result<Value, Refused> {
        let _one = self.one_at_a_time();
        let key = match &asked.key {
            Some(key) => key.clone(),
            None => self.new_key(&asked.name),
        };
        self.write_app(&key, &asked.name, asked.website.as_deref())?;
        let Project { settings, .. } = project::load(self.world(), None).project;
        Ok(json!({ "key": key, "apps": apps(&settings) }))
    }

    fn app_key(&self, app: &AppChoice) -> Result<String, Refused> {
        let Project { settings, .. } = project::load(self.world(), None).project;
        match app {
            AppChoice::Key(key) if settings.apps.contains_key(key) => Ok(key.clone()),
            AppChoice::Key(key) => Err(Refused::Edit(format!("`{PROJECT_FILE}` has no app `{key}`"))),
            AppChoice::Name(name) => {
                let known = settings.apps.iter().find(|(_, app)| app.name == name.trim());
                if let Some((key, _)) = known {
                    return Ok(key.clone());
                }
                let key = self.new_key(name);
                self.write_app(&key, name, None)?;
                Ok(key)
            }
        }
    }

    /// A key that no app has, made of its name.
    fn new_key(&self, name: &str) -> String {
        let Project { settings, .. } = project::load(self.world(), None).project;
        let plain = |c: char| if c.is_alphanumeric() { c } else { '-' };
        let key = guide::slug_of(&name.trim().to_lowercase().chars().map(plain).collect::<String>());
        let numbered = (2..).map(|number: u64| format!("{key}-{number}"));
        let mut keys = std::iter::once(key.clone()).chain(numbered);
        keys.find(|key| !settings.apps.contains_key(key)).unwrap_or(key)
    }

    fn write_app(&self, key: &str, name: &str, website: Option<&str>) -> Result<(), Refused> {
        let path = ProjectPath::new(PROJECT_FILE).unwrap_or_default();
        let source = project::load(self.world(), None).project.source;
        let is_new = source.is_none();
        let source = source.unwrap_or_else(|| Source::new(path.clone(), String::new()));
        let replacements = edit::set_app(&source, key, name, website);
        let text = apply(source.text(), &replacements.map_err(|refusal| Refused::Edit(refusal.message))?);
        let after = Source::new(path.clone(), text.clone());
        if let Some(wrong) = project::wrong(&source, &after) {
            return Err(Refused::Edit(wrong));
        }
        if is_new {
            return create(self, &path, text.as_bytes());
        }
        author::replace(self.world(), &path, source.text(), &text).map_err(|error| unsaved(error, &path))
    }

    /// Where a new guide goes: its slug and its file. `beside`: the folder that its own one is made in.
    ///
    /// # Errors
    /// [`Refused`] if no file there would be a guide.
    pub fn place(&self, name: &str, beside: Option<&ProjectPath>) -> Result<(String, ProjectPath), Refused> {
        let Project { mut settings, guides, .. } = project::load(self.world(), None).project;
        if guides.is_empty() && settings.guides == ProjectPath::root() && settings.include.is_empty() {
            settings.guides = ProjectPath::new(USUAL).unwrap_or_default();
        }
        let folder = beside.unwrap_or(&settings.guides);
        let known = self.known();
        let wanted = guide::slug_of(name);
        let fits = |slug: &str, file: &str| {
            let path = folder.join(&file.replace('*', slug)).ok()?;
            would_list(&settings, &path).then_some(path)
        };
        for file in ["*/index.md", "*.md"] {
            let taken = |slug: &str| {
                let flat = folder.join(&format!("{slug}.md"));
                let lies = flat.is_ok_and(|path| self.world().locate(&path).is_ok());
                known.contains_key(slug) || guide::slug_of(slug) != slug || lies
            };
            let slug = author::unused(self.world(), folder, &wanted, taken);
            if let Some(path) = fits(&slug, file) {
                return Ok((slug, path));
            }
        }
        let message = format!("a guide in `{folder}` would not be listed: `{PROJECT_FILE}` leaves it out");
        Err(Refused::Edit(message))
    }

    /// The folder of a guide that holds nothing else but what belongs to it.
    fn own_folder(&self, path: &ProjectPath) -> Option<ProjectPath> {
        let folder = path.parent();
        let Project { settings, .. } = project::load(self.world(), None).project;
        let is_index =
            ["index", "_index", "readme"].iter().any(|name| path.stem().eq_ignore_ascii_case(name));
        let inside = folder.is_below(&settings.guides) && folder != settings.guides;
        if !is_index || !inside || folder == ProjectPath::root() {
            return None;
        }
        let files = self.world().list(&folder).ok()?;
        let alone = files.iter().all(|file| file == path || !file.is_markdown());
        alone.then_some(folder)
    }

    /// The slug of a guide that says none.
    fn named_by_its_file(&self, path: &ProjectPath) -> String {
        let folder = path.parent();
        let is_index =
            ["index", "_index", "readme"].iter().any(|name| path.stem().eq_ignore_ascii_case(name));
        guide::slug_of(if is_index && folder != ProjectPath::root() { folder.name() } else { path.stem() })
    }
}

fn create(desk: &Desk, path: &ProjectPath, bytes: &[u8]) -> Result<(), Refused> {
    author::create(desk.world(), path, bytes).map_err(|error| unsaved(error, path))
}

/// A text after some changes of its front matter.
fn edited(source: &Source, edits: &[MetaEdit]) -> Result<String, Refused> {
    let mut now = source.clone();
    for edit in edits {
        let replacements = edit::change(&now, &Edit::Meta(edit.clone()), None);
        let replacements = replacements.map_err(|refusal| Refused::Edit(refusal.message))?;
        now = Source::new(now.path().clone(), apply(now.text(), &replacements));
    }
    Ok(now.text().to_owned())
}

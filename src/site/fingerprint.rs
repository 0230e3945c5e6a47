//! What a page was made from, as one hash: a page whose hash is the same as before need not be made again.

use super::Planned;
use super::themes::Themes;
use crate::cache::BUILT_FROM;
use crate::guide::{Attachment, Index, Picture};
use crate::page::{self, Scope};
use crate::project::Settings;
use crate::source::World;
use crate::theme::Theme;
use blake3::Hasher;

/// Largest logo that is looked at, in bytes; a page holds none that is larger.
const LOGO: u64 = 8 << 20;

/// What all pages of a build have in common.
#[derive(Debug)]
pub struct Fingerprint {
    common: Hasher,
}

impl Fingerprint {
    /// Of a build with these settings, whose pages have this beside them.
    pub fn new(settings: &Settings, scope: Scope, world: &dyn World) -> Self {
        let mut common = Hasher::new();
        add(&mut common, env!("CARGO_PKG_VERSION"));
        add(&mut common, BUILT_FROM);
        add(&mut common, &format!("{settings:?} {scope:?}"));
        let apps = settings.apps.values().filter_map(|app| app.logo.as_ref());
        for logo in settings.brand.logo.iter().chain(apps) {
            add(&mut common, &format!("{:?}", world.read(logo, LOGO).map(|bytes| blake3::hash(&bytes))));
        }
        Self { common }
    }

    /// Of all that a page may take from outside its guide, in hex: as long as it stays the same, the pages of
    /// guides that don't change stay the same.
    pub fn around(&self, themes: &Themes, index: &Index) -> String {
        let mut hash = self.common.clone();
        add(&mut hash, &themes.fingerprint());
        index.entries.iter().for_each(|entry| add(&mut hash, &page::known_to_others(entry)));
        hash.finalize().to_hex().to_string()
    }

    /// Of one guide's page, in hex.
    pub fn page_hash(&self, planned: &Planned, theme: &Theme, index: &Index, world: &dyn World) -> String {
        let Planned { source, resolved, guide: _, blocked: _, known: _, asked: _, found: _ } = planned;
        let mut hash = self.common.clone();
        add(&mut hash, theme.fingerprint());
        add(&mut hash, resolved.path.as_str());
        add(&mut hash, source.text());
        for shot in resolved.pictures() {
            let Picture { path, width, height, density, bytes, hash: content } = &shot.picture;
            add(&mut hash, &format!("{path} {width} {height} {density} {bytes}"));
            hash.update(content);
        }
        for Attachment { path, file, mime: _, bytes, hash: content, at: _ } in &resolved.attachments {
            add(&mut hash, &format!("{path} {file} {bytes}"));
            hash.update(content);
        }
        if let Some(logo) = resolved.app.as_ref().and_then(|app| app.logo.as_ref()) {
            add(&mut hash, &format!("{:?}", world.read(logo, LOGO).map(|bytes| blake3::hash(&bytes))));
        }
        if !resolved.seen.lettering.is_empty() {
            add(&mut hash, &format!("{:?}", resolved.seen.lettering));
        }
        if !resolved.seen.beside.is_empty() {
            add(&mut hash, &format!("{:?}", resolved.seen.beside));
        }
        for text in page::texts_of_others(resolved, theme, index) {
            add(&mut hash, &text);
        }
        hash.finalize().to_hex().to_string()
    }
}

/// Adds a text so that no two lists of texts are added alike.
fn add(hash: &mut Hasher, text: &str) {
    hash.update(&(text.len() as u64).to_le_bytes());
    hash.update(text.as_bytes());
}

//! A region once redacted in a guide must not show in the guide's other shots.

use super::Area;
use super::compose::{Loaded, open};
use super::redact::Redactions;
use super::secret::{Secret, secrets};
use crate::diagnostic::Diagnostic;
use crate::guide::{Picture, Resolved, Shot};
use crate::source::World;
use std::collections::BTreeSet;

/// Everything the redactions of a guide cover.
#[derive(Debug, Default)]
pub struct Watch<'a> {
    covered: Vec<Covered<'a>>,
    seen: BTreeSet<(usize, &'a str)>,
}

/// One redaction.
#[derive(Debug)]
struct Covered<'a> {
    picture: &'a Picture,
    area: Area,
    size: (u32, u32),
    secrets: Vec<Secret>,
}

impl<'a> Watch<'a> {
    /// Reads the redacted pictures as they were. Those that cannot be read are reported elsewhere.
    pub fn new(resolved: &'a Resolved, world: &dyn World) -> Self {
        let mut covered: Vec<Covered<'a>> = Vec::new();
        let shots = resolved.shots.iter().chain(&resolved.inline);
        for shot in shots.filter(|shot| !shot.redactions.is_empty()) {
            let known =
                |area: Area| covered.iter().any(|known| known.picture == &shot.picture && known.area == area);
            let whole = Area { x: 0, y: 0, width: shot.picture.width, height: shot.picture.height };
            let redactions = Redactions::new(&shot.redactions, shot.picture.density, whole);
            let areas: BTreeSet<Area> = redactions.areas().filter(|area| !known(*area)).collect();
            if areas.is_empty() {
                continue;
            }
            let Ok(canvas) = open(&shot.picture, world) else { continue };
            covered.extend(areas.into_iter().map(|area| Covered {
                picture: &shot.picture,
                area,
                size: (canvas.width(), canvas.height()),
                secrets: secrets(&canvas, area),
            }));
        }
        Self { covered, seen: BTreeSet::new() }
    }

    /// Whether nothing is covered, so that no shot can show it.
    pub fn is_idle(&self) -> bool {
        self.covered.is_empty()
    }

    /// Hash of what is covered and where, in hex.
    pub fn fingerprint(&self) -> String {
        let mut hash = blake3::Hasher::new();
        for Covered { picture, area, .. } in &self.covered {
            hash.update(&picture.hash);
            hash.update(format!("{area:?}").as_bytes());
        }
        hash.finalize().to_hex().to_string()
    }

    /// What a shot still shows of it; each redaction once a picture.
    pub fn check(&mut self, resolved: &Resolved, shot: &'a Shot, loaded: &Loaded) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (index, covered) in self.covered.iter().enumerate() {
            let Some(area) = covered.leak(shot, loaded) else { continue };
            if self.seen.insert((index, shot.picture.path.as_str())) {
                found.push(report(resolved, shot, covered, area));
            }
        }
        found
    }
}

impl Covered<'_> {
    /// Where the shot shows what is covered here.
    fn leak(&self, shot: &Shot, loaded: &Loaded) -> Option<Area> {
        let Loaded { canvas, visible } = loaded;
        let alike =
            self.size == (canvas.width(), canvas.height()) && self.picture.density == shot.picture.density;
        self.secrets.iter().find_map(|secret| {
            let in_place = alike && secret.shows_in_place(canvas, *visible);
            if in_place { Some(self.area) } else { secret.find(canvas, *visible) }
        })
    }
}

fn report(resolved: &Resolved, shot: &Shot, covered: &Covered, area: Area) -> Diagnostic {
    let density = f64::from(shot.picture.density.max(1));
    let points = |pixels: u32| f64::from(pixels) / density;
    let (x, y, w, h) = (points(area.x), points(area.y), points(area.width), points(area.height));
    let place = format!("{x},{y} {w}x{h}");
    let (here, there) = (&shot.picture.path, &covered.picture.path);
    let message = if here == there {
        format!("`{here}` shows again at `{place}` what one of its redactions covers")
    } else {
        format!("`{here}` shows at `{place}` what is redacted in `{there}`")
    };
    Diagnostic::error("leaked-redaction", &resolved.path, shot.span, message)
        .help(format!("add `@redact {place}` below this screenshot"))
}

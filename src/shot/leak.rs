//! A region once redacted in a guide must not show in the guide's other shots.

use super::likeness::{CLOSE, LOOSE, Likeness, Measure};
use super::loaded::{Loaded, Opened, Problem, open};
use super::redact::Redactions;
use super::secret::{Secret, secrets};
use super::tones::Tones;
use super::{Area, Canvas};
use crate::diagnostic::Diagnostic;
use crate::guide::{Picture, Resolved, Shot};
use crate::source::{ProjectPath, World};
use std::collections::BTreeSet;

/// Everything the redactions of a guide cover.
#[derive(Debug, Default)]
pub struct Watch<'a> {
    covered: Vec<Covered<'a>>,
    /// Pictures that stand for others in dark.
    dark: BTreeSet<&'a ProjectPath>,
    seen: BTreeSet<(usize, &'a str)>,
}

/// One redaction.
#[derive(Debug)]
pub struct Covered<'a> {
    picture: &'a Picture,
    area: Area,
    size: (u32, u32),
    lossy: bool,
    lines: Vec<Line>,
}

/// A line of what is covered: pixel by pixel, and what it looks like.
#[derive(Debug)]
struct Line {
    secret: Secret,
    likeness: Option<Likeness>,
    half: Option<Likeness>,
}

impl<'a> Watch<'a> {
    /// Reads the redacted pictures as they were. One that cannot be read is reported: nothing can be searched for what it
    /// held.
    pub fn new(resolved: &'a Resolved, world: &dyn World, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut covered: Vec<Covered<'a>> = Vec::new();
        let shots = resolved.pictures();
        for shot in shots.filter(|shot| !shot.redactions.is_empty()) {
            let known =
                |area: Area| covered.iter().any(|known| known.picture == &shot.picture && known.area == area);
            let areas: BTreeSet<Area> = areas(shot).into_iter().filter(|area| !known(*area)).collect();
            if areas.is_empty() {
                continue;
            }
            match uncover(shot, areas, world) {
                Ok(more) => covered.extend(more),
                Err(problem) => {
                    let found = problem.at(resolved, shot);
                    if !diagnostics.contains(&found) {
                        diagnostics.push(found);
                    }
                }
            }
        }
        let dark = resolved.dark.values().filter_map(|dark| Some(&resolved.shots.get(*dark)?.picture.path));
        Self { covered, dark: dark.collect(), seen: BTreeSet::new() }
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
        self.dark.iter().for_each(|dark| _ = hash.update(dark.as_str().as_bytes()));
        hash.finalize().to_hex().to_string()
    }

    /// What a shot still shows of it; each redaction once a picture.
    pub fn check(&mut self, resolved: &Resolved, shot: &'a Shot, loaded: &Loaded) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        if self.covered.iter().all(|covered| covered.lines.is_empty()) {
            return found;
        }
        let looks = Looks::new(loaded, shot.picture.density);
        let is_dark = |picture: &Picture| self.dark.contains(&picture.path);
        // In its other scheme, an application shows the same letters light on dark.
        let others: Vec<bool> =
            self.covered.iter().map(|covered| is_dark(covered.picture) != is_dark(&shot.picture)).collect();
        let negative = others.contains(&true).then(|| looks.negative());
        for (index, (covered, is_other)) in self.covered.iter().zip(others).enumerate() {
            let density = shot.picture.density.max(1);
            let negative = negative.as_ref().filter(|_| is_other);
            let in_negative = || covered.looks_like(negative?, density, LOOSE);
            let Some(area) = covered.leak(shot, loaded, &looks).or_else(in_negative) else { continue };
            if self.seen.insert((index, shot.picture.path.as_str())) {
                found.push(report(resolved, shot, covered, area));
            }
        }
        found
    }
}

/// The areas that the redactions of a shot cover.
pub fn areas(shot: &Shot) -> BTreeSet<Area> {
    let Picture { width, height, density, .. } = shot.picture;
    Redactions::new(&shot.redactions, density, Area { x: 0, y: 0, width, height }).areas().collect()
}

/// Everything the redactions of a shot cover.
///
/// # Errors
/// [`Problem`] if its picture cannot be read.
pub fn covered<'a>(shot: &'a Shot, world: &dyn World) -> Result<Vec<Covered<'a>>, Problem> {
    uncover(shot, areas(shot), world)
}

/// What these areas of a shot's picture cover.
fn uncover<'a>(
    shot: &'a Shot,
    areas: BTreeSet<Area>,
    world: &dyn World,
) -> Result<Vec<Covered<'a>>, Problem> {
    let Opened { canvas, lossy } = open(&shot.picture, world)?;
    let tones = Tones::new(&canvas, shot.picture.density);
    let cover = |area: Area| Covered {
        picture: &shot.picture,
        area,
        size: (canvas.width(), canvas.height()),
        lossy,
        lines: lines(&canvas, area, &tones, shot.picture.density),
    };
    Ok(areas.into_iter().map(cover).collect())
}

/// The lines of what an area covers.
fn lines(canvas: &Canvas, area: Area, tones: &Tones, density: u32) -> Vec<Line> {
    let line = |secret: Secret| {
        let likeness = Likeness::new(tones, scaled(secret.area, density));
        let half = likeness.as_ref().and_then(Likeness::half);
        Line { secret, likeness, half }
    };
    secrets(canvas, area).into_iter().map(line).collect()
}

/// An area of pixels in points.
fn scaled(area: Area, density: u32) -> Area {
    let Area { x, y, width, height } = area;
    Area { x: x / density, y: y / density, width: width / density, height: height / density }
}

/// An area of pixels, `from` of them a point, in pixels of which a point has `to`: all that it touches.
fn carried(area: Area, from: u32, to: u32) -> Area {
    let (x, y) = (area.x / from * to, area.y / from * to);
    let (right, bottom) = (area.right().div_ceil(from) * to, area.bottom().div_ceil(from) * to);
    Area { x, y, width: right - x, height: bottom - y }
}

/// What a shot looks like, in points and in half of them: a screenshot of a dense screen may not be named as one.
pub struct Looks {
    points: (Tones, Area),
    half: (Tones, Area),
}

impl Looks {
    /// Of a shot's picture.
    pub fn new(loaded: &Loaded, density: u32) -> Self {
        let density = density.max(1);
        let tones = Tones::new(&loaded.canvas, density);
        let visible = scaled(loaded.visible, density);
        let half = tones.half();
        Self { points: (tones, visible), half: (half, scaled(visible, 2)) }
    }

    /// The same with dark and light changed.
    fn negative(&self) -> Self {
        let Self { points: (tones, visible), half: (half, small) } = self;
        Self { points: (tones.negative(), *visible), half: (half.negative(), *small) }
    }
}

impl Covered<'_> {
    /// Where the shot shows what is covered here, in its pixels.
    fn leak(&self, shot: &Shot, loaded: &Loaded, looks: &Looks) -> Option<Area> {
        let Loaded { canvas, visible, lossy } = loaded;
        let alike =
            self.size == (canvas.width(), canvas.height()) && self.picture.density == shot.picture.density;
        let exact = self.lines.iter().find_map(|Line { secret, .. }| {
            let in_place = alike && secret.shows_in_place(canvas, *visible);
            if in_place { Some(self.area) } else { secret.find(canvas, *visible) }
        });
        let same = self.picture.density == shot.picture.density && !self.lossy && !lossy;
        exact
            .or_else(|| self.looks_like(looks, shot.picture.density.max(1), if same { CLOSE } else { LOOSE }))
    }

    /// Whether nothing is covered that could be recognised anywhere.
    pub fn is_blank(&self) -> bool {
        self.lines.is_empty()
    }

    /// Where the shot of another guide shows what is covered here, in its pixels: at the same place of the same screen,
    /// whatever became of that in the other file.
    pub fn shows_in_place(&self, shot: &Shot, loaded: &Loaded, looks: &Looks) -> Option<Area> {
        let Loaded { canvas, visible, lossy } = loaded;
        let (own, density) = (self.picture.density.max(1), shot.picture.density.max(1));
        let alike = self.size == (canvas.width(), canvas.height()) && own == density;
        let measure = if alike && !self.lossy && !lossy { CLOSE } else { LOOSE };
        let Looks { points, half } = looks;
        self.lines.iter().find_map(|line| {
            if alike && line.secret.shows_in_place(canvas, *visible) {
                return Some(self.area);
            }
            let place = scaled(line.secret.area, own);
            let ways = [
                (line.likeness.as_ref(), place, points, (own, density), measure),
                (line.likeness.as_ref(), place, half, (own, 2 * density), LOOSE),
                (line.half.as_ref(), scaled(place, 2), points, (2 * own, density), LOOSE),
            ];
            let mut shown = ways.into_iter().filter(|(likeness, place, (tones, visible), _, measure)| {
                likeness.is_some_and(|all| all.shows_at(tones, (place.x, place.y), *visible, *measure))
            });
            shown.next().map(|(.., (from, to), _)| carried(self.area, from, to))
        })
    }

    /// Where something looks like a line that is covered here.
    fn looks_like(&self, looks: &Looks, density: u32, measure: Measure) -> Option<Area> {
        let Looks { points, half } = looks;
        self.lines.iter().find_map(|line| {
            let place = scaled(line.secret.area, self.picture.density.max(1));
            let ways = [
                (line.likeness.as_ref(), place, points, density, measure),
                (line.likeness.as_ref(), place, half, 2 * density, LOOSE),
                (line.half.as_ref(), scaled(place, 2), points, density, LOOSE),
            ];
            ways.into_iter().find_map(|(likeness, place, (tones, visible), scale, measure)| {
                let likeness = likeness?;
                let in_place = likeness.shows_at(tones, (place.x, place.y), *visible, measure);
                let found = if in_place { Some(place) } else { likeness.find(tones, *visible, measure) };
                let Area { x, y, width, height } = found?;
                Some(Area { x: x * scale, y: y * scale, width: width * scale, height: height * scale })
            })
        })
    }
}

/// An area of a shot as it is written.
pub fn place(area: Area, shot: &Shot) -> String {
    let points = |pixels: u32| f64::from(pixels) / f64::from(shot.picture.density.max(1));
    let (x, y, w, h) = (points(area.x), points(area.y), points(area.width), points(area.height));
    format!("{x},{y} {w}x{h}")
}

fn report(resolved: &Resolved, shot: &Shot, covered: &Covered, area: Area) -> Diagnostic {
    let place = place(area, shot);
    let (here, there) = (&shot.picture.path, &covered.picture.path);
    let message = if here == there {
        format!("`{here}` shows again at `{place}` what one of its redactions covers")
    } else {
        format!("`{here}` shows at `{place}` what is redacted in `{there}`")
    };
    Diagnostic::error("leaked-redaction", &resolved.path, shot.span, message)
        .help(format!("add `@redact {place}` below this screenshot"))
}

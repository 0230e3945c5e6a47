//! What other guides of a project redact must not show in copies of their pictures: the same screen in another file, as
//! JPEG, at another density.

use super::Area;
use super::leak::{Covered, Looks, areas, covered, place};
use super::loaded::{Problem, load};
use super::stored::shots_key;
use crate::cache::{Cache, Keep, Reader, Writer, keep};
use crate::diagnostic::Diagnostic;
use crate::guide::{Picture, Resolved, Shot};
use crate::source::World;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// How far the shapes of two pictures of one screen may be apart, in thousandths: pixels are whole.
const SHAPE: u64 = 10;

/// A picture that a guide redacts.
#[derive(Debug)]
struct Redacted<'a> {
    guide: &'a Resolved,
    shot: &'a Shot,
    /// Hash of the picture and of what is covered in it.
    print: [u8; 32],
    /// What it covers; read when a picture is compared that never was. `None` within: it can't be read.
    covered: OnceLock<Option<Vec<Covered<'a>>>>,
}

/// The pictures that the guides of a project redact.
#[derive(Debug, Default)]
pub struct Elsewhere<'a> {
    redacted: Vec<Redacted<'a>>,
}

impl<'a> Elsewhere<'a> {
    /// Those of these guides.
    pub fn new(guides: impl Iterator<Item = &'a Resolved>) -> Self {
        let shots = guides.flat_map(|guide| guide.pictures().map(move |shot| (guide, shot)));
        let redacted = shots.filter(|(_, shot)| !shot.redactions.is_empty());
        let redacted = redacted.map(|(guide, shot)| {
            let covered = OnceLock::new();
            Redacted { guide, shot, print: print(shot), covered }
        });
        Self { redacted: redacted.collect() }
    }

    /// The guides that redact something, each as often as it does.
    pub fn guides(&self) -> impl Iterator<Item = &'a Resolved> {
        self.redacted.iter().map(|redacted| redacted.guide)
    }

    /// Whether a guide shows a picture that could be a copy of one that another redacts.
    pub fn concerns(&self, resolved: &Resolved) -> bool {
        resolved.pictures().any(|shot| self.redacted.iter().any(|other| other.may_show(resolved, shot)))
    }

    /// What a guide shows of what others redact. Only pictures of the shape of one that is redacted are looked at, and
    /// once for as long as the cache keeps what was seen: a guide whose pictures are as they were takes one entry.
    pub fn check(&self, resolved: &Resolved, cache: Option<&Cache>, world: &dyn World) -> Vec<Diagnostic> {
        let mut shots = Vec::new();
        for shot in resolved.pictures() {
            let others: Vec<&Redacted<'a>> =
                self.redacted.iter().filter(|other| other.may_show(resolved, shot)).collect();
            if !others.is_empty() {
                shots.push((shot, others));
            }
        }
        if shots.is_empty() {
            return Vec::new();
        }
        let key = || {
            let prints: Vec<String> = shots.iter().map(|(_, others)| fingerprint(others)).collect();
            shots_key(
                "elsewhere",
                shots.iter().zip(&prints).map(|((shot, _), print)| (*shot, print.as_str())),
            )
        };
        let mut unread = Vec::new();
        let look = |(shot, others): &(&Shot, Vec<&Redacted<'a>>)| {
            let seen = look(shot, others, world);
            seen.map_err(|problem| unread.push(problem.report(resolved, shot))).ok()
        };
        let look = || shots.iter().map(look).collect::<Option<_>>().map(Seen);
        let Some((Seen(seen), _)) = keep(cache, key, look) else { return unread };
        let mut reported = BTreeSet::new();
        let mut found = Vec::new();
        for ((shot, others), areas) in shots.iter().zip(seen) {
            for (other, area) in
                areas.into_iter().filter_map(|(other, area)| Some((others.get(other)?, area)))
            {
                let place = place(area, shot);
                if reported.insert((&shot.picture.path, place.clone())) {
                    found.push(report(resolved, shot, other, &place));
                }
            }
        }
        found
    }
}

impl Redacted<'_> {
    /// Whether a shot of a guide can be a copy of this picture. The very same file is reported without a look at its pixels.
    fn may_show(&self, resolved: &Resolved, shot: &Shot) -> bool {
        let (own, other) = (&self.shot.picture, &shot.picture);
        self.guide.path != resolved.path && own.hash != other.hash && alike(own, other)
    }
}

/// Whether two pictures have one shape, but for the rounding of whole pixels.
fn alike(one: &Picture, other: &Picture) -> bool {
    let left = u64::from(one.width) * u64::from(other.height);
    let right = u64::from(other.width) * u64::from(one.height);
    left.abs_diff(right) * 1000 <= left.max(right) * SHAPE
}

/// Hash of a picture and of what its redactions cover.
fn print(shot: &Shot) -> [u8; 32] {
    let mut hash = blake3::Hasher::new();
    hash.update(&shot.picture.hash);
    hash.update(format!("{} {:?}", shot.picture.density, areas(shot)).as_bytes());
    *hash.finalize().as_bytes()
}

/// Hash of what is covered in several, in hex.
fn fingerprint(others: &[&Redacted]) -> String {
    let mut hash = blake3::Hasher::new();
    others.iter().for_each(|other| _ = hash.update(&other.print));
    hash.finalize().to_hex().to_string()
}

/// Why a shot can't be compared.
enum Unread<'r, 'a> {
    /// Its own picture can't be read.
    Own(Problem),
    /// This one can't.
    Other(&'r Redacted<'a>),
}

impl Unread<'_, '_> {
    /// An error: the guide may show what another redacts.
    fn report(self, resolved: &Resolved, shot: &Shot) -> Diagnostic {
        let other = match self {
            Self::Own(problem) => return problem.at(resolved, shot),
            Self::Other(other) => other,
        };
        let (here, there, guide) = (&shot.picture.path, &other.shot.picture.path, &other.guide.path);
        let message =
            format!("`{here}` can't be compared with `{there}`, which `{guide}` redacts: it can't be read");
        Diagnostic::error("redacted-elsewhere", &resolved.path, shot.span, message)
            .help(format!("fix `{there}`, or leave it out of `{guide}`"))
    }
}

/// What a shot shows of the others, by their index.
fn look<'r, 'a>(
    shot: &Shot,
    others: &[&'r Redacted<'a>],
    world: &dyn World,
) -> Result<Vec<(usize, Area)>, Unread<'r, 'a>> {
    // One picture at a time: these are gone but for their lines before the shot's own is read.
    let mut lines = Vec::new();
    for other in others {
        let covered = other.covered.get_or_init(|| covered(other.shot, world).ok());
        lines.push(covered.as_deref().ok_or(Unread::Other(other))?);
    }
    if lines.iter().all(|all| all.iter().all(Covered::is_blank)) {
        return Ok(Vec::new());
    }
    let loaded = load(shot, world).map_err(Unread::Own)?;
    let looks = Looks::new(&loaded, shot.picture.density);
    let seen = lines.into_iter().enumerate().flat_map(|(index, all)| {
        let shown = all.iter().filter_map(|covered| covered.shows_in_place(shot, &loaded, &looks));
        shown.map(move |area| (index, area)).collect::<Vec<_>>()
    });
    Ok(seen.collect())
}

/// For each shot that was looked at which of its others shows, and where in its pixels.
struct Seen(Vec<Vec<(usize, Area)>>);

impl Keep for Seen {
    fn write(&self, to: &mut Writer) {
        to.size(self.0.len());
        for areas in &self.0 {
            to.size(areas.len());
            for (other, Area { x, y, width, height }) in areas {
                to.size(*other).number((*x).into()).number((*y).into());
                to.number((*width).into()).number((*height).into());
            }
        }
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let area = |from: &mut Reader| {
            let other = from.size()?;
            let (x, y, width, height) = (from.small()?, from.small()?, from.small()?, from.small()?);
            Some((other, Area { x, y, width, height }))
        };
        Some(Self(from.list(|from| from.list(area))?))
    }
}

fn report(resolved: &Resolved, shot: &Shot, other: &Redacted, place: &str) -> Diagnostic {
    let (here, there, guide) = (&shot.picture.path, &other.shot.picture.path, &other.guide.path);
    let message = format!("`{here}` shows at `{place}` what `{guide}` redacts in `{there}`");
    Diagnostic::error("redacted-elsewhere", &resolved.path, shot.span, message)
        .help(format!("add `@redact {place}` below this screenshot"))
}

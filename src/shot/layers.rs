//! Shots as stacks: a key picture, or patches over an earlier shot.

use super::choose::{self, Part};
use super::edges::MARGIN;
use super::kept::piece_key;
use super::patches::patches;
use super::sheet::MIME;
use super::tiles::{Changes, TILE, Tiles};
use super::{Area, Canvas, Composed, Layer, Piece, ShotOptions};
use crate::cache::keep;
use std::collections::HashMap;

/// Pieces of fewer pixels are not kept by themselves.
const WORTH_KEEPING: usize = 200_000;
/// How many earlier shots are tried as a base by encoding what would differ.
const CANDIDATES: usize = 2;
/// A second base is only tried if no more than this many times as many tiles differ, in percent,
const CLOSE: usize = 115;
/// and if no more of the shot than this differs, in percent: encoding takes nearly all the time there is.
const FEW: usize = 30;
/// If more of a shot than this differs from every earlier one, in percent, a key picture is tried as well.
const MUCH: usize = 60;
/// If more than this differs, in percent, only a key picture is tried.
const ALL: usize = 95;
/// What a shot more below costs those who draw the page, in bytes.
const DEPTH_COST: usize = 24;
/// Stacks up to this height are left as they are,
const LOW: usize = 4;
/// and up to this one in a guide of `LONG` shots or more, where every layer below counts many times in the page.
const LOW_IN_LONG: usize = 2;
/// Number of shots of a long guide.
const LONG: usize = 32;
/// What a piece costs beside its bytes: its element in the page.
const PIECE_COST: usize = 150;
/// Most pixels of one piece: encoders take memory by the pixel.
const MOST_PIXELS: u32 = 4 << 20;
/// Longest side of a piece in pixels, below what WebP can hold.
const MOST_SIDE: u32 = 16_000;

/// The pieces and shots of a guide, growing shot by shot.
#[derive(Debug)]
pub struct Stack {
    options: ShotOptions,
    pieces: Vec<Piece>,
    known: HashMap<[u8; 32], usize>,
    shots: Vec<Composed>,
    tiles: Vec<Tiles>,
    depths: Vec<usize>,
    /// Stacks up to this height are left as they are.
    low: usize,
}

/// One way to show a shot.
struct Plan {
    base: Option<usize>,
    parts: Vec<Part>,
    cost: usize,
}

impl Stack {
    /// No shots yet, of a guide that will have so many.
    pub fn new(options: &ShotOptions, shots: usize) -> Self {
        Self {
            options: options.clone(),
            pieces: Vec::new(),
            known: HashMap::new(),
            shots: Vec::new(),
            tiles: Vec::new(),
            depths: Vec::new(),
            low: if shots < LONG { LOW } else { LOW_IN_LONG },
        }
    }

    /// Adds the next shot: a whole picture, already redacted, of which `visible` is shown. `None` if it
    /// cannot be encoded.
    pub fn push(&mut self, canvas: &Canvas, visible: Area, density: u32) -> Option<()> {
        let tiles = Tiles::new(canvas, visible, density);
        let Plan { base, parts, cost: _ } = self.plan(canvas, &tiles)?;
        self.tiles.push(tiles);
        self.show(base, parts, visible, density);
        Some(())
    }

    /// Adds the next shot: what is drawn over an earlier one, or over nothing.
    pub fn show(&mut self, base: Option<usize>, parts: Vec<Part>, visible: Area, density: u32) {
        let depth = base.and_then(|base| self.depths.get(base)).map_or(0, |depth| depth + 1);
        let scale = 1.0 / f64::from(density.max(1));
        let layers = parts.into_iter().map(|(area, bytes)| {
            let piece = self.piece(area.width, area.height, bytes);
            let (x, y) = (f64::from(area.x) * scale, f64::from(area.y) * scale);
            Layer {
                piece,
                x,
                y,
                width: f64::from(area.width) * scale,
                height: f64::from(area.height) * scale,
            }
        });
        let layers = layers.collect();
        self.shots.push(Composed {
            base,
            layers,
            x: f64::from(visible.x) * scale,
            y: f64::from(visible.y) * scale,
            width: f64::from(visible.width) * scale,
            height: f64::from(visible.height) * scale,
        });
        self.depths.push(depth);
    }

    /// Adds a picture that stands by itself, and says which piece it is.
    pub fn single(&mut self, canvas: &Canvas) -> Option<usize> {
        let bytes = choose::single(canvas, self.options.quality)?;
        Some(self.piece(canvas.width(), canvas.height(), bytes))
    }

    /// The pieces and shots so far.
    pub fn finish(self) -> (Vec<Piece>, Vec<Composed>) {
        (self.pieces, self.shots)
    }

    /// Adds a piece by its size in pixels, unless there is the same, and says which it is.
    pub fn piece(&mut self, width: u32, height: u32, bytes: Vec<u8>) -> usize {
        *self.known.entry(*blake3::hash(&bytes).as_bytes()).or_insert_with(|| {
            self.pieces.push(Piece { bytes, mime: MIME, width, height });
            self.pieces.len() - 1
        })
    }

    fn plan(&self, canvas: &Canvas, tiles: &Tiles) -> Option<Plan> {
        let visible = tiles.visible().pixels().div_ceil((TILE * TILE) as usize);
        let share = |changed: usize| changed * 100 / visible.max(1);
        let bases = self.bases(canvas, tiles);
        let least = bases.first().map_or(100, |(.., changed)| share(*changed));
        let tried = if least > ALL {
            0
        } else if least > FEW {
            1
        } else {
            CANDIDATES
        };
        let mut plans: Vec<Plan> = Vec::new();
        for (base, areas, _) in bases.into_iter().take(tried) {
            // A patch is drawn over its base, which would shine through.
            if areas.iter().all(|area| canvas.is_opaque(*area)) {
                let depth = self.depths.get(base).map_or(0, |depth| depth + 1);
                plans.extend(self.draw(canvas, Some(base), areas, depth));
            }
        }
        if least > MUCH || plans.is_empty() {
            plans.extend(self.draw(canvas, None, vec![tiles.visible()], 0));
        }
        plans.into_iter().min_by_key(|plan| plan.cost)
    }

    /// The earlier shots most alike, with the areas and the number of tiles that differ.
    fn bases(&self, canvas: &Canvas, tiles: &Tiles) -> Vec<(usize, Vec<Area>, usize)> {
        let changes: Vec<_> = self.tiles.iter().map(|base| tiles.changes(base)).collect();
        let mut found: Vec<_> =
            changes.iter().enumerate().filter_map(|(base, c)| Some((c.as_ref()?.count(), base))).collect();
        found.sort_by_key(|(count, base)| (*count, self.depths.get(*base).copied(), *base));
        let best = found.first().map_or(0, |(count, _)| *count);
        let mut bases: Vec<usize> = Vec::new();
        for (_, base) in found
            .into_iter()
            .filter(|(count, _)| count * 100 <= best * CLOSE)
            .take(if best == 0 { 1 } else { CANDIDATES })
        {
            let base = self.settled(base, &changes);
            if !bases.contains(&base) {
                bases.push(base);
            }
        }
        let with_areas = |base: usize| {
            let changes = changes.get(base)?.as_ref()?;
            Some((base, patches(changes, canvas, tiles.visible()), changes.count()))
        };
        bases.into_iter().filter_map(with_areas).collect()
    }

    /// The shot to draw upon when `base` is most alike: below it, as long as its own patch is not larger than what
    /// differs. So patches shrink towards the top of a stack, and its height grows with the logarithm of the number of
    /// shots; a stack that is low is left as it is.
    fn settled(&self, mut base: usize, changes: &[Option<Changes>]) -> usize {
        loop {
            let below = self.shots.get(base).and_then(|shot| shot.base);
            let (Some(below), Some(Some(now))) = (below, changes.get(base)) else { return base };
            let patch = self.patch(base, below);
            let deep = self.depths.get(base).is_some_and(|depth| *depth >= self.low);
            if !deep || patch > now.count() || !matches!(changes.get(below), Some(Some(_))) {
                return base;
            }
            base = below;
        }
    }

    /// How many tiles of a shot differ from the one below it.
    fn patch(&self, shot: usize, below: usize) -> usize {
        let (shot, below) = (self.tiles.get(shot), self.tiles.get(below));
        shot.zip(below)
            .and_then(|(shot, below)| shot.changes(below))
            .map_or(usize::MAX, |changes| changes.count())
    }

    fn draw(&self, canvas: &Canvas, base: Option<usize>, areas: Vec<Area>, depth: usize) -> Option<Plan> {
        let mut parts = Vec::with_capacity(areas.len());
        let overlap = overlap(canvas, &areas);
        for area in areas.into_iter().flat_map(|area| bands(area, overlap)) {
            let own = self.encode(&canvas.cut(area))?.into_iter();
            parts.extend(
                own.map(|(part, bytes)| (Area { x: part.x + area.x, y: part.y + area.y, ..part }, bytes)),
            );
        }
        let bytes: usize = parts.iter().map(|(_, bytes)| bytes.len() + PIECE_COST).sum();
        Some(Plan { base, parts, cost: bytes + depth * DEPTH_COST })
    }

    fn encode(&self, canvas: &Canvas) -> Option<Vec<Part>> {
        let quality = self.options.quality;
        // What is quickly made is not worth a file.
        let cache = self.options.cache.as_ref().filter(|_| canvas.whole().pixels() >= WORTH_KEEPING);
        keep(cache, || piece_key(canvas, quality), || choose::parts(canvas, quality)).map(|(parts, _)| parts)
    }
}

/// How far the pieces of these areas reach over each other, in pixels: two layers of something transparent would show twice.
pub fn overlap(canvas: &Canvas, areas: &[Area]) -> u32 {
    if areas.iter().all(|area| canvas.is_opaque(*area)) { MARGIN } else { 0 }
}

/// An area too large for one piece, as several that each reach `overlap` pixels over their edges, from the
/// top.
pub fn bands(area: Area, overlap: u32) -> Vec<Area> {
    let columns = area.width.div_ceil(MOST_SIDE).max(1);
    let width = area.width.div_ceil(columns).next_multiple_of(TILE);
    let height = (MOST_PIXELS / width.max(1)).clamp(1, MOST_SIDE);
    let rows = area.height.div_ceil(height).max(1);
    let height = area.height.div_ceil(rows).next_multiple_of(TILE);
    let band = |row: u32, column: u32| {
        Area { x: area.x + column * width, y: area.y + row * height, width, height }.within(area)
    };
    let all = (0..rows).flat_map(|row| (0..columns).map(move |column| band(row, column)));
    all.filter(|band| !band.is_empty()).map(|band| band.grow(overlap, area)).collect()
}

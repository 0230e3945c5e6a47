//! Shots as stacks: a key picture, or parts of earlier shots that have moved and new patches, over an earlier shot or none.

use super::choose::{self, Part};
use super::edges::MARGIN;
use super::joined::{Joiner, Patch};
use super::moves::moves;
use super::offsets::Offsets;
use super::placed::{Placed, moved};
use super::rows::Rows;
use super::sheet::MIME;
use super::stored::piece_key;
use super::tiles::{Changes, TILE, Tiles};
use super::{Area, Canvas, Composed, Layer, Piece, ShotOptions};
use crate::cache::keep;
use crate::guide::Rect;
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
/// If no more than this is left to encode beside parts that have moved, in percent of a large rest, nothing else is tried.
const LITTLE_LEFT: usize = 70;
/// Otherwise they are taken if they cost no more than this, in percent of what costs least without them.
const WORTH_MOVING: usize = 90;
/// If no more than this is new without them, in percent of the shot, they are taken only where a browser that makes them
/// smaller averages the same squares of them as of the whole picture: what looks the same in two shots would be drawn a little
/// differently otherwise.
const MOSTLY_NEW: usize = 50;
/// They never take more elements than this.
const MOST_MOVED: usize = 24;
/// Patches that were joined are tried apart as well from so many bits a pixel on, in hundredths: what takes fewer is never
/// written as a lossy picture either.
const DENSE: usize = 25;
/// A shot below those parts is left out if no more than this has to be encoded for it, in percent.
const WITHOUT: usize = 102;
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
/// The same in pixels that could be encoded instead.
const AREA_COST: usize = 4_096;
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
    offsets: Offsets,
    /// Of each shot what is drawn over the one below, lowest first.
    placed: Vec<Vec<Placed>>,
    depths: Vec<usize>,
    /// Stacks up to this height are left as they are.
    low: usize,
}

/// One way to show a shot, before anything is encoded.
struct Draft {
    base: Option<usize>,
    /// What is drawn again of earlier shots.
    moved: Vec<Placed>,
    /// What has to be encoded.
    areas: Vec<Patch>,
    /// How many tiles that are.
    changed: usize,
}

impl Draft {
    /// Whether what has moved starts at the same squares as before.
    fn keeps_squares(&self) -> bool {
        self.moved.iter().all(|placed| placed.y % i64::from(TILE) == 0)
    }
}

/// One way to show a shot.
struct Plan {
    base: Option<usize>,
    moved: Vec<Placed>,
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
            offsets: Offsets::default(),
            placed: Vec::new(),
            depths: Vec::new(),
            low: if shots < LONG { LOW } else { LOW_IN_LONG },
        }
    }

    /// Adds the next shot: a whole picture, already redacted, of which `visible` is shown. `None` if it
    /// cannot be encoded.
    pub fn push(&mut self, canvas: &Canvas, visible: Area, density: u32) -> Option<()> {
        let tiles = Tiles::new(canvas, visible, density);
        let rows = Rows::new(canvas, visible, density);
        let Plan { base, moved, parts, cost: _ } = self.plan(canvas, &tiles, &rows)?;
        self.tiles.push(tiles);
        self.offsets.add(rows);
        self.stand(base, moved, parts, visible, density);
        Some(())
    }

    /// Adds the next shot: what is drawn over an earlier one, or over nothing.
    pub fn show(&mut self, base: Option<usize>, parts: Vec<Part>, visible: Area, density: u32) {
        self.stand(base, Vec::new(), parts, visible, density);
    }

    fn stand(
        &mut self,
        base: Option<usize>,
        moved: Vec<Placed>,
        parts: Vec<Part>,
        visible: Area,
        density: u32,
    ) {
        let depth = base.and_then(|base| self.depths.get(base)).map_or(0, |depth| depth + 1);
        let mut placed = moved;
        for (area, bytes) in parts {
            placed.push(Placed::filling(area, self.piece(area.width, area.height, bytes)));
        }
        let scale = 1.0 / f64::from(density.max(1));
        let shown = points(visible, scale);
        self.shots.push(Composed {
            base,
            layers: placed.iter().map(|placed| layer(placed, scale)).collect(),
            x: shown.x,
            y: shown.y,
            width: shown.w,
            height: shown.h,
        });
        self.placed.push(placed);
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

    fn plan(&self, canvas: &Canvas, tiles: &Tiles, rows: &Rows) -> Option<Plan> {
        let joiner = Joiner::new(canvas, tiles.visible());
        let drafts = self.bases(&joiner, tiles);
        let (most, first) = (tiles.visible().pixels(), drafts.first());
        let plain = first.map_or(most, |draft| expected(&draft.areas).min(most));
        let is_new = plain * 100 > most * MOSTLY_NEW;
        let moved = self.moved(canvas, &joiner, tiles, rows, first.and_then(|draft| draft.base));
        let moved = moved.filter(|draft| expected(&draft.areas) < plain && (is_new || draft.keeps_squares()));
        let left = moved.as_ref().map_or(plain, |draft| expected(&draft.areas));
        let moved = moved.and_then(|draft| self.over(canvas, draft));
        if moved.is_some() && is_new && left * 100 <= plain * LITTLE_LEFT {
            return moved;
        }
        let plain = self.plain(canvas, tiles, drafts)?;
        Some(moved.filter(|moved| moved.cost * 100 <= plain.cost * WORTH_MOVING).unwrap_or(plain))
    }

    /// The cheapest way to show a shot without anything that has moved.
    fn plain(&self, canvas: &Canvas, tiles: &Tiles, drafts: Vec<Draft>) -> Option<Plan> {
        let visible = tiles.visible().pixels().div_ceil((TILE * TILE) as usize);
        let least = drafts.first().map_or(100, |draft| draft.changed * 100 / visible.max(1));
        let tried = if least > ALL {
            0
        } else if least > FEW {
            1
        } else {
            CANDIDATES
        };
        let mut plans: Vec<Plan> = Vec::new();
        for draft in drafts.into_iter().take(tried) {
            plans.extend(self.over(canvas, draft));
        }
        if least > MUCH || plans.is_empty() {
            let whole = Draft {
                base: None,
                moved: Vec::new(),
                areas: vec![Patch::whole(tiles.visible())],
                changed: visible,
            };
            plans.extend(self.draw(canvas, whole));
        }
        plans.into_iter().min_by_key(|plan| plan.cost)
    }

    /// The shot with all that is found in earlier ones at another height, over `base` if that spares anything.
    fn moved(
        &self,
        canvas: &Canvas,
        joiner: &Joiner<'_>,
        tiles: &Tiles,
        rows: &Rows,
        base: Option<usize>,
    ) -> Option<Draft> {
        let visible = tiles.visible();
        let below = base.and_then(|base| tiles.changes(self.tiles.get(base)?));
        let found = moves(canvas, rows, &self.offsets, below.as_ref())?;
        let alone = found.without_base(canvas.whole(), visible);
        let (over, by_itself) = (joiner.patches(&found.changes), joiner.patches(&alone));
        let needs_base = expected(&by_itself) * 100 > expected(&over) * WITHOUT;
        let parts = found.parts.iter().map(|part| moved(&self.drawn(part.offset.from), part, visible));
        let moved: Vec<Placed> = parts.flatten().collect();
        let (base, areas, changed) = match base.filter(|_| needs_base) {
            Some(base) => (Some(base), over, found.changes.count()),
            None => (None, by_itself, alone.count()),
        };
        (moved.len() <= MOST_MOVED).then_some(Draft { base, moved, areas, changed })
    }

    /// All that is drawn for a shot, lowest first.
    fn drawn(&self, shot: usize) -> Vec<Placed> {
        let below = |shot: &usize| self.shots.get(*shot).and_then(|shot| shot.base);
        let mut stack: Vec<usize> = std::iter::successors(Some(shot), below).collect();
        stack.reverse();
        stack.into_iter().filter_map(|shot| self.placed.get(shot)).flatten().copied().collect()
    }

    /// Patches over the earlier shots most alike.
    fn bases(&self, joiner: &Joiner<'_>, tiles: &Tiles) -> Vec<Draft> {
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
        let draft = |base: usize| {
            let changes = changes.get(base)?.as_ref()?;
            let areas = joiner.patches(changes);
            Some(Draft { base: Some(base), moved: Vec::new(), areas, changed: changes.count() })
        };
        bases.into_iter().filter_map(draft).collect()
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

    /// A draft over what lies below, which would shine through patches that are not opaque.
    fn over(&self, canvas: &Canvas, draft: Draft) -> Option<Plan> {
        draft.areas.iter().all(|patch| canvas.is_opaque(patch.area)).then(|| self.draw(canvas, draft))?
    }

    fn draw(&self, canvas: &Canvas, draft: Draft) -> Option<Plan> {
        let Draft { base, moved, areas, changed: _ } = draft;
        let mut parts = Vec::with_capacity(areas.len());
        let all: Vec<Area> = areas.iter().map(|patch| patch.area).collect();
        let overlap = overlap(canvas, &all);
        for Patch { area, parts: several } in areas {
            let as_one = self.encoded(canvas, &[area], overlap)?;
            // Beside a photograph, say, what was joined may no longer be worth a lossy picture.
            let may_cost_more = !several.is_empty() && cost(&as_one) * 800 >= area.pixels() * DENSE;
            let apart = if may_cost_more { Some(self.encoded(canvas, &several, overlap)?) } else { None };
            parts.extend(apart.filter(|apart| cost(apart) < cost(&as_one)).unwrap_or(as_one));
        }
        let depth = base.and_then(|base| self.depths.get(base)).map_or(0, |depth| depth + 1);
        let cost = cost(&parts) + moved.len() * PIECE_COST + depth * DEPTH_COST;
        Some(Plan { base, moved, parts, cost })
    }

    /// Areas of a picture as files, with their places in it.
    fn encoded(&self, canvas: &Canvas, areas: &[Area], overlap: u32) -> Option<Vec<Part>> {
        let mut parts = Vec::with_capacity(areas.len());
        for area in areas.iter().flat_map(|area| bands(*area, overlap)) {
            let own = self.encode(&canvas.cut(area))?.into_iter();
            parts.extend(
                own.map(|(part, bytes)| (Area { x: part.x + area.x, y: part.y + area.y, ..part }, bytes)),
            );
        }
        Some(parts)
    }

    fn encode(&self, canvas: &Canvas) -> Option<Vec<Part>> {
        let quality = self.options.quality;
        // What is quickly made is not worth a file.
        let cache = self.options.cache.as_ref().filter(|_| canvas.whole().pixels() >= WORTH_KEEPING);
        keep(cache, || piece_key(canvas, quality), || choose::parts(canvas, quality)).map(|(parts, _)| parts)
    }
}

/// What files cost, in bytes.
fn cost(parts: &[Part]) -> usize {
    parts.iter().map(|(_, bytes)| bytes.len() + PIECE_COST).sum()
}

/// What patches cost, in pixels that are encoded.
fn expected(areas: &[Patch]) -> usize {
    areas.iter().map(|patch| patch.area.pixels() + AREA_COST).sum()
}

/// Pixels as points.
fn points(area: Area, scale: f64) -> Rect {
    let Area { x, y, width, height } = area;
    let [x, y, w, h] = [x, y, width, height].map(|side| f64::from(side) * scale);
    Rect { x, y, w, h }
}

fn layer(placed: &Placed, scale: f64) -> Layer {
    let Placed { piece, x, y, width, height, part } = *placed;
    let [width, height] = [width, height].map(|side| f64::from(side) * scale);
    // Sides of pictures are far below what a float holds exactly.
    let [x, y] = [x, y].map(|at| at as f64 * scale);
    Layer { piece, x, y, width, height, part: part.map(|part| points(part, scale)) }
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

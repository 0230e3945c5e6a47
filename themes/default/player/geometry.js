/**
 * Where things are: regions in points of a screenshot, boxes in pixels of the stage. Pure.
 *
 * @typedef {[x: number, y: number, width: number, height: number]} Box
 * @typedef {{x: number, y: number}} Point
 * @typedef {{x: number, y: number, s: number}} Camera The point in the upper-left corner, and pixels a point.
 * @typedef {{w: number, h: number, phone?: boolean, still?: boolean}} Lens The screen in pixels; `phone`:
 *   the card lies below it; `still`: nothing moves.
 * @typedef {{x: number, y: number, h: number, side: string, arrow: number, cost: number}} Spot A place for a card; `h`: its
 *   largest height; `side`: of the target, empty: none; `arrow`: from the card's start, in pixels; `cost`: what it hides.
 */

/** Pixels a point has at least on a phone. */
export const PHONE_SCALE = 0.7;
/** Pixels a point has at most where the camera comes closer by itself. */
const NEAR_SCALE = 1.35;
/** Points beside a target that is larger than the screen. */
const EDGE = 12;
/** Height in pixels that a small target should have. */
const TARGET_HEIGHT = 34;

/** @param {number} low @param {number} value @param {number} high */
export const clamp = (low, value, high) => Math.max(low, Math.min(value, high));
/** @param {number} a @param {number} b @param {number} p */
export const mix = (a, b, p) => (p < 1 ? a + (b - a) * p : b);

/** The smallest box around two. @param {Box} a @param {Box} b @returns {Box} */
export function union(a, b) {
  const x = Math.min(a[0], b[0]);
  const y = Math.min(a[1], b[1]);
  return [x, y, Math.max(a[0] + a[2], b[0] + b[2]) - x, Math.max(a[1] + a[3], b[1] + b[3]) - y];
}

/** Area that two boxes share. @param {Box} a @param {Box} b */
export function overlap(a, b) {
  const w = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const h = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  return Math.max(0, w) * Math.max(0, h);
}

/** The scale at which a region fills the screen. @param {Box} region @param {Lens} lens */
export const fitScale = (region, lens) => Math.min(lens.w / (region[2] || 1), lens.h / (region[3] || 1));

/**
 * The camera whose middle is as near to `at` as the edges of the view allow.
 * @param {Point} at @param {number} s @param {Box} view @param {Lens} lens @returns {Camera}
 */
export function aimCamera(at, s, view, lens) {
  const edge = (/** @type {number} */ middle, /** @type {number} */ seen, /** @type {number} */ low, /** @type {number} */ size) =>
    seen >= size ? low - (seen - size) / 2 : clamp(low, middle - seen / 2, low + size - seen);
  return { x: edge(at.x, lens.w / s, view[0], view[2]), y: edge(at.y, lens.h / s, view[1], view[3]), s };
}

/** @param {Box} box @returns {Point} */
export const middle = (box) => ({ x: box[0] + box[2] / 2, y: box[1] + box[3] / 2 });

/**
 * What the camera frames in a scene. It stays where it is while that is good enough.
 * @param {Box} view The part of the screenshot that is shown.
 * @param {Box | null | undefined} zoom A region; `null`: everything; absent: what the target needs.
 * @param {Box | null | undefined} target
 * @param {Lens} lens
 * @param {Camera} [from] Where it is, on a screenshot of the same shape.
 * @param {Box} [focus] What is marked beside the target, shown with it if both fit.
 * @returns {Camera}
 */
export function frameCamera(view, zoom, target, lens, from, focus) {
  // A tall page is not shrunk until no reader can read it: the camera follows the target instead.
  const whole = Math.max(fitScale(view, lens), Math.min(0.5, lens.w / view[2]));
  const far = target && lens.phone ? Math.max(whole, PHONE_SCALE) : whole;
  if (zoom) {
    const fit = fitScale(zoom, lens);
    const s = Math.max(far, fit);
    return settle(aimCamera(target && s > fit ? startOf(target, s, lens) : middle(zoom), s, view, lens), zoom, view, lens);
  }
  if (!target) return from?.s === whole ? from : aimCamera({ x: view[0], y: view[1] }, whole, view, lens);
  let s = far;
  if (zoom === undefined) {
    const near = Math.min(clamp(far, TARGET_HEIGHT / Math.max(target[3], 16), Math.max(far, NEAR_SCALE)),
      (lens.w * 0.8) / (target[2] || 1), (lens.h * 0.6) / (target[3] || 1));
    if (near > far * 1.31) s *= LEVEL;
  }
  const both = focus ? union(target, focus) : target;
  const fits = (/** @type {number} */ s) => both[2] * s <= lens.w * 0.9 && both[3] * s <= lens.h * 0.9;
  const box = fits(far) ? both : target;
  if (box === both && !fits(s)) s = far;
  // As near as an author's zoom it does not stay.
  if (from && from.s >= s / 1.5 - 0.001 && from.s < Math.max(s, far * LEVEL) * 1.1) {
    if (centred(box, from, view, lens)) return from;
    // It moves aside, and not back and forth.
    if (from.s > s && fits(from.s)) s = from.s;
  }
  return settle(aimCamera(startOf(box, s, lens), s, view, lens), box, view, lens);
}

/** How much closer the camera comes by itself: to one fixed scale, so that it need not go back and forth. */
const LEVEL = 1.6;
/** Whether a region lies in the middle of the screen, or as near to it as the edges of the view allow. @param {Box} box @param {Camera} camera @param {Box} view @param {Lens} lens */
function centred(box, camera, view, lens) {
  const at = onScreen(box, camera);
  const all = onScreen(view, camera);
  return [lens.w, lens.h].every((size, axis) => {
    const end = all[axis] + all[axis + 2];
    const low = all[axis] > -1 ? all[axis] - 1 : size * 0.1;
    const high = end < size + 1 ? end + 1 : size * 0.9;
    return at[axis] >= low && at[axis] + at[axis + 2] <= high;
  });
}

/** A camera at the edges of the view, its beginning first, as far as the region stays well in sight: fewer words are cut. @param {Camera} camera @param {Box} box @param {Box} view @param {Lens} lens @returns {Camera} */
function settle(camera, box, view, lens) {
  [lens.w, lens.h].forEach((size, axis) => {
    const high = view[axis] + view[axis + 2] - size / camera.s;
    for (const at of [high, view[axis]]) {
      const moved = { ...camera, [axis ? 'y' : 'x']: at };
      if (high > view[axis] && centred(box, moved, view, lens)) camera = moved;
    }
  });
  return camera;
}

/** The middle of a target, or of as much of its beginning as can be seen. @param {Box} target @param {number} s @param {Lens} lens @returns {Point} */
function startOf([x, y, w, h], s, lens) {
  const half = (/** @type {number} */ size, /** @type {number} */ seen) => Math.min(size, seen / s - 2 * EDGE) / 2;
  return { x: x + half(w, lens.w), y: y + half(h, lens.h) };
}

/** The camera on its way. @param {Camera} a @param {Camera} b @param {number} p @returns {Camera} */
export function mixCamera(a, b, p) {
  return { x: mix(a.x, b.x, p), y: mix(a.y, b.y, p), s: 1 / mix(1 / a.s, 1 / b.s, p) };
}

/** Where a region is on the screen. @param {Box} box @param {Camera} camera @returns {Box} */
export function onScreen(box, camera) {
  return [(box[0] - camera.x) * camera.s, (box[1] - camera.y) * camera.s, box[2] * camera.s, box[3] * camera.s];
}

/** Where the cursor's tip rests on a target: beside its words, and near its beginning. @param {Box} box @returns {Point} */
export function tipPoint([x, y, w, h]) {
  return { x: x + Math.min(w * 0.62, Math.max(w / 2, w - 24), 260), y: y + Math.min(h * 0.68, 180) };
}

/** The way of the cursor: a slight arc. @param {Point} a @param {Point} b @param {number} p @returns {Point} */
export function arcPoint(a, b, p) {
  const bow = p * (1 - p) * 0.36;
  return { x: mix(a.x, b.x, p) + (b.y - a.y) * bow, y: mix(a.y, b.y, p) - (b.x - a.x) * bow };
}

/**
 * Where a card or a note goes: beside its target, off all that must be seen, where the screenshot is empty.
 * @param {Box | undefined} target In pixels.
 * @param {{w: number, h: number}} size Of the card.
 * @param {Box} box Where it may stand.
 * @param {object} [more]
 * @param {Box[]} [more.keep] What must be seen beside the target.
 * @param {string} [more.wish] A side to prefer.
 * @param {Point} [more.last] Where it stood before.
 * @param {(box: Box) => number} [more.busy] How much there is to see in a box, 0 to 1.
 * @returns {Spot}
 */
export function placeCard(target, size, box, { keep = [], wish, last, busy = () => 0 } = {}) {
  const { w, h } = size;
  const right = box[0] + box[2] - w;
  const low = box[1] + box[3] - h;
  const free = (/** @type {number} */ x, /** @type {number} */ y) => ({ x: clamp(box[0], x, right), y: clamp(box[1], y, low), h: Math.min(h, box[3]), side: '', arrow: 0, cost: target ? 160 : 0 });
  const spots = [...target ? besideTarget(target, size, box) : [free((box[0] + right) / 2, low)], free(0, low), free(right, low), free(0, 0), free(right, 0)];
  if (last) spots.push(free(last.x, last.y));
  for (const spot of spots) {
    const at = /** @type {Box} */ ([spot.x, spot.y, w, spot.h]);
    const far = (/** @type {Point} */ to) => Math.hypot(spot.x - to.x, spot.y - to.y);
    for (const each of target ? [...keep, target] : keep) spot.cost += 3 * overlap(at, each);
    spot.cost += 700 * busy(at) + (h - spot.h) * 2 + (!wish || !SIDES[wish] || spot.side === wish ? 0 : 9000)
      + (last ? Math.min(60, far(last) / 4) : 0) + (target ? far({ x: target[0] + (target[2] - w) / 2, y: target[1] + (target[3] - h) / 2 }) / 10 : 0);
  }
  return least(spots, ({ cost }) => cost);
}

/** Space between a target and its card, the arrow in it. */
const GAP = 12;
/** Height of a card whose text scrolls in a line or two. */
const LEAST = 120;

/** Sides of a target: the axis on which the card lies beside it, and whether behind it. @type {Record<string, [axis: number, behind: number]>} */
const SIDES = { bottom: [1, 1], right: [0, 1], top: [1, 0], left: [0, 0] };

/** All places beside a target: in its middle, or with an edge near its own. @param {Box} target @param {{w: number, h: number}} size @param {Box} box @returns {Spot[]} */
function besideTarget(target, { w, h }, box) {
  return Object.entries(SIDES).flatMap(([side, [axis, behind]]) => {
    const along = 1 - axis;
    const edge = target[axis] + behind * target[axis + 2];
    const room = (behind ? box[axis] + box[axis + 2] - edge : edge - box[axis]) - GAP;
    const size = [w, axis && room < h ? Math.max(LEAST, room) : h];
    if (size[axis] > room || size[along] > box[along + 2]) return [];
    const half = target[along] + target[along + 2] / 2;
    return [0.5, 0.12, 0.88].map((part) => {
      const at = [0, 0];
      at[axis] = behind ? edge + GAP : edge - GAP - size[axis];
      at[along] = clamp(box[along], half - size[along] * part, box[along] + box[along + 2] - size[along]);
      return { x: at[0], y: at[1], h: size[1], side, arrow: clamp(22, half - at[along], size[along] - 22), cost: 0 };
    });
  });
}

/**
 * How much there is to see in a region, 0 to 1, by a few points of it.
 * @param {string} map 20 by 12 cells from 0 to 3, two a hexadecimal digit, row by row.
 * @param {Box} view @param {Box} box In points.
 */
export function busyness(map, view, [x, y, w, h]) {
  let sum = 0;
  for (let point = 0; point < 32; point++) {
    const column = Math.floor(((x + (w * ((point & 7) + 0.5)) / 8 - view[0]) / view[2]) * 20);
    const row = Math.floor(((y + (h * ((point >> 3) + 0.5)) / 4 - view[1]) / view[3]) * 12);
    if (column >= 0 && column < 20) sum += (parseInt(map[row * 10 + (column >> 1)] || '0', 16) >> (column & 1 ? 0 : 2)) & 3;
  }
  return sum / 96;
}

/** The first of those that cost least. @template T @param {T[]} all @param {(each: T) => number} cost @returns {T} */
export const least = (all, cost) => all.reduce((best, each) => (cost(each) < cost(best) ? each : best));

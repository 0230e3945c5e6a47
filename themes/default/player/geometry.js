/**
 * Where things are: regions in points of a screenshot, boxes in pixels of the stage. Pure.
 *
 * @typedef {[x: number, y: number, width: number, height: number]} Box
 * @typedef {{x: number, y: number}} Point
 * @typedef {{x: number, y: number, s: number}} Camera The point in the upper-left corner, and pixels a point.
 * @typedef {{w: number, h: number, phone?: boolean, still?: boolean}} Lens The screen in pixels; `phone`:
 *   the card lies below it; `still`: nothing moves.
 * @typedef {{x: number, y: number, h: number, side: string, arrow: number}} Spot A place for a card; `h`: its
 *   largest height; `side`: of the target, empty: none; `arrow`: from the card's start, in pixels.
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
 * What the camera frames in a scene.
 * @param {Box} view The part of the screenshot that is shown.
 * @param {Box | null | undefined} zoom A region; `null`: everything; absent: what the target needs.
 * @param {Box | null | undefined} target
 * @param {Lens} lens
 * @param {Point} [rest] The cursor, to be kept in sight when there is no target and not all can be seen.
 * @returns {Camera}
 */
export function frameCamera(view, zoom, target, lens, rest) {
  const all = fitScale(view, lens);
  // A tall page is not shrunk until nobody can read it: the camera follows the target instead.
  const far = Math.max(all, lens.phone ? PHONE_SCALE : Math.min(0.5, lens.w / view[2]));
  let s = far;
  let at = target ? null : rest ? keepSeen(rest, far, lens) : { x: view[0], y: view[1] };
  if (zoom) {
    s = Math.max(far, fitScale(zoom, lens));
    if (!target || s <= fitScale(zoom, lens)) at = middle(zoom);
  } else if (target && zoom === undefined) {
    const near = Math.min(clamp(far, TARGET_HEIGHT / Math.max(target[3], 16), Math.max(far, NEAR_SCALE)),
      (lens.w * 0.8) / (target[2] || 1), (lens.h * 0.6) / (target[3] || 1));
    if (near > far * 1.15) s = near;
  }
  return aimCamera(at || startOf(/** @type {Box} */ (target), s, lens), s, view, lens);
}

/** The middle of what is nearest to the page's beginning and shows a point. @param {Point} at @param {number} s @param {Lens} lens @returns {Point} */
const keepSeen = (at, s, lens) => ({ x: at.x + (90 - lens.w / 2) / s, y: at.y + (60 - lens.h / 2) / s });

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
 * Where a card goes: beside the target with room, never on it, never outside the bounds.
 * @param {Box | null} target In pixels.
 * @param {Box | null} tag The cursor and its name, kept free if there is room.
 * @param {{w: number, h: number}} size Of the card.
 * @param {Box} inner Where it stands best.
 * @param {Box} [outer] Where it may stand.
 * @param {string} [wish] A side to prefer.
 * @returns {Spot}
 */
export function placeCard(target, tag, size, inner, outer = inner, wish = '') {
  const corner = { x: inner[0] + (inner[2] - size.w) / 2, y: inner[1] + Math.max(0, inner[3] - size.h), h: inner[3], side: '', arrow: 0 };
  if (!target) return corner;
  const wide = tag ? union(target, tag) : target;
  const tall = Math.max(target[1] - outer[1], outer[1] + outer[3] - target[1] - target[3]) - GAP;
  return besideTarget(wide, target, size, inner, wish) || besideTarget(target, target, size, inner, wish)
    || besideTarget(target, target, size, outer, wish)
    || besideTarget(target, target, { w: size.w, h: clamp(LEAST, tall, size.h) }, outer, wish)
    || freeCorner(target, size, outer) || corner;
}

/** Space between a target and its card, the arrow in it. */
const GAP = 18;
/** Height of a card whose text scrolls in a line or two. */
const LEAST = 120;

/** Sides of a target: the axis on which the card lies beside it, and whether behind it. @type {[side: string, axis: number, behind: boolean][]} */
const SIDES = [['bottom', 1, true], ['right', 0, true], ['top', 1, false], ['left', 0, false]];

/**
 * @param {Box} clear What the card keeps off. @param {Box} target What its arrow points at.
 * @param {{w: number, h: number}} size @param {Box} box @param {string} wish @returns {Spot | undefined}
 */
function besideTarget(clear, target, { w, h }, box, wish) {
  const size = [w, h];
  const fits = SIDES.map(([side, axis, behind]) => {
    const along = 1 - axis;
    const end = (/** @type {number} */ axis) => box[axis] + box[axis + 2] - size[axis];
    const half = target[along] + target[along + 2] / 2;
    const at = [0, 0];
    at[axis] = behind ? clear[axis] + clear[axis + 2] + GAP : clear[axis] - GAP - size[axis];
    at[along] = clamp(box[along], half - size[along] / 2, end(along));
    const spare = size[along] > box[along + 2] ? -1 : behind ? end(axis) - at[axis] : at[axis] - box[axis];
    return { x: at[0], y: at[1], h, side, arrow: clamp(20, half - at[along], size[along] - 20), spare };
  }).filter(({ spare }) => spare >= 0).sort((a, b) => b.spare - a.spare);
  return fits.find(({ side }) => side === wish) || fits[0];
}

/** A target that leaves no side free: the corner that covers least of it. @param {Box} target @param {{w: number, h: number}} size @param {Box} box @returns {Spot} */
function freeCorner(target, { w, h }, [left, top, width, height]) {
  const right = left + width - w;
  const low = top + height - h;
  const [x, y] = least([[right, low], [left, low], [right, top], [left, top]], ([x, y]) => overlap(target, [x, y, w, h]));
  return { x, y, h: height, side: '', arrow: 0 };
}

/** The first of those that cost least. @template T @param {T[]} all @param {(each: T) => number} cost @returns {T} */
export const least = (all, cost) => all.reduce((best, each) => (cost(each) < cost(best) ? each : best));

/**
 * Edges of what is seen on a screenshot, measured from its pixels: a region that is drawn near them is laid on them. `snapped` is pure.
 *
 * @typedef {import('./types.js').Area} Area
 * @typedef {{width: number, height: number, light: Uint8Array}} Pixels Brightness, row by row.
 */

/** More pixels than this are not measured. */
const MOST = 20_000_000;
/** How far an edge draws a side to it, in pixels of the screen, and at most in points. */
const REACH = 5;
const FARTHEST = 5;
/** A step in brightness that is an edge. */
const STEP = 14;
/** Part of a side along which there must be one. */
const LEAST = 0.9;

/** The brightness of a picture; `null` if it is too large or not there yet. @param {HTMLImageElement} image @returns {Pixels | null} */
export function measure(image) {
  const { naturalWidth: width, naturalHeight: height } = image;
  if (!image.complete || !width || width * height > MOST) return null;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const light = new Uint8Array(width * height);
  for (let at = 0; at < light.length; at += 1) light[at] = (data[at * 4] * 54 + data[at * 4 + 1] * 183 + data[at * 4 + 2] * 19) >> 8;
  return { width, height, light };
}

/** What part of a line between two pixels is an edge. @param {Pixels} pixels @param {boolean} upright @param {number} at @param {number} from @param {number} to */
function strength({ width, height, light }, upright, at, from, to) {
  if (at <= 0 || at >= (upright ? width : height)) return 0;
  const back = upright ? 1 : width;
  let edges = 0;
  for (let along = from; along < to; along += 1) {
    const pixel = upright ? along * width + at : at * width + along;
    if (Math.abs(light[pixel] - light[pixel - back]) >= STEP) edges += 1;
  }
  return edges / Math.max(1, to - from);
}

/** The edge near a side, or where it is. @param {Pixels} pixels @param {boolean} upright @param {number} side @param {number} from @param {number} to @param {[number, number]} reach Before the side, and behind it. */
function edge(pixels, upright, side, from, to, [before, behind]) {
  const reach = Math.max(before, behind, 1);
  const middle = Math.round(side);
  // Corners are round, and a hand draws them a little off.
  const inset = Math.min(reach, (to - from) / 8);
  let best = 0;
  let found = side;
  for (let at = Math.ceil(middle - before); at <= middle + behind; at += 1) {
    const part = strength(pixels, upright, at, Math.round(from + inset), Math.round(to - inset));
    const worth = part - Math.abs(at - side) / reach * 0.25;
    if (part >= LEAST && worth > best) [best, found] = [worth, at];
  }
  return found;
}

/**
 * The area with its sides on the edges near them.
 * @param {Area} area @param {Pixels} pixels @param {number} density Pixels a point. @param {number} scale Pixels of the screen a point. @param {string} [sides] Which may move: some of `nesw`.
 * @param {boolean} [grows] Whether sides move outwards only: what was covered stays covered.
 * @returns {Area}
 */
export function snapped(area, pixels, density, scale, sides = 'nesw', grows = false) {
  if (area.w < 6 || area.h < 6) return area;
  const reach = Math.min(REACH / scale, FARTHEST) * density;
  /** @type {[number, number]} */
  const low = [reach, grows ? 0 : reach];
  /** @type {[number, number]} */
  const high = [grows ? 0 : reach, reach];
  let [left, top, right, bottom] = [area.x, area.y, area.x + area.w, area.y + area.h].map((each) => each * density);
  const clip = (/** @type {number} */ value, /** @type {number} */ most) => Math.max(0, Math.min(most, value));
  const [y0, y1] = [clip(top, pixels.height), clip(bottom, pixels.height)];
  const [x0, x1] = [clip(left, pixels.width), clip(right, pixels.width)];
  if (sides.includes('w')) left = edge(pixels, true, left, y0, y1, low);
  if (sides.includes('e')) right = edge(pixels, true, right, y0, y1, high);
  if (sides.includes('n')) top = edge(pixels, false, top, x0, x1, low);
  if (sides.includes('s')) bottom = edge(pixels, false, bottom, x0, x1, high);
  if (right - left < 2 || bottom - top < 2) return area;
  return { x: left / density, y: top / density, w: (right - left) / density, h: (bottom - top) / density };
}

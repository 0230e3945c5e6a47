/**
 * Regions on a screenshot, in whole points. Pure.
 *
 * @typedef {import('./types.js').Area} Area
 * @typedef {import('./types.js').Size} Size
 * @typedef {{x: number, y: number}} Point
 */

/** The eight handles, clockwise. */
export const HANDLES = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'];

/** @param {number} value @param {number} low @param {number} high */
export const clamp = (value, low, high) => Math.max(low, Math.min(Math.max(low, high), value));

/** @param {Area} area */
export const isPoint = (area) => area.w <= 0 && area.h <= 0;

/** The area with these edges, whole and on the picture. @param {number} left @param {number} top @param {number} right @param {number} bottom @param {Size} size @returns {Area} */
export function between(left, top, right, bottom, size) {
  const across = [left, right].map((x) => Math.round(clamp(x, 0, size.width))).sort((a, b) => a - b);
  const down = [top, bottom].map((y) => Math.round(clamp(y, 0, size.height))).sort((a, b) => a - b);
  return { x: across[0], y: down[0], w: across[1] - across[0], h: down[1] - down[0] };
}

/** The area on the picture in whole points; what has one size but not the other gets it. @param {Area} area @param {Size} size @returns {Area} */
export function settle(area, size) {
  const flat = area.w <= 0 && area.h <= 0;
  const w = flat ? 0 : clamp(Math.round(area.w), 1, Math.floor(size.width));
  const h = flat ? 0 : clamp(Math.round(area.h), 1, Math.floor(size.height));
  const x = clamp(Math.round(area.x), 0, Math.floor(size.width) - w);
  const y = clamp(Math.round(area.y), 0, Math.floor(size.height) - h);
  return { x, y, w, h };
}

/** With one number of it written: the number stands, and the size gives way where the picture ends. @param {Area} area @param {'x' | 'y' | 'w' | 'h'} key @param {number} value @param {Size} size @returns {Area} */
export function withNumber(area, key, value, size) {
  const after = { ...area, [key]: value };
  if (key === 'x' && after.w > 0) after.w = clamp(after.w, 1, size.width - value);
  if (key === 'y' && after.h > 0) after.h = clamp(after.h, 1, size.height - value);
  return settle(after, size);
}

/** Moved without leaving the picture. @param {Area} area @param {number} dx @param {number} dy @param {Size} size */
export const move = (area, dx, dy, size) => settle({ ...area, x: area.x + dx, y: area.y + dy }, size);

/**
 * With one handle pulled. The opposite edge or corner stays; pulled across it, the area turns over. With `ratio`
 * (width by height) the proportions are kept.
 * @param {Area} area @param {string} handle @param {number} dx @param {number} dy @param {Size} size @param {number} [ratio]
 * @returns {Area}
 */
export function resize(area, handle, dx, dy, size, ratio) {
  let [left, top, right, bottom] = [area.x, area.y, area.x + area.w, area.y + area.h];
  if (handle.includes('w')) left += dx;
  if (handle.includes('e')) right += dx;
  if (handle.includes('n')) top += dy;
  if (handle.includes('s')) bottom += dy;
  if (!ratio) {
    const free = between(left, top, right, bottom, size);
    return settle({ ...free, w: Math.max(1, free.w), h: Math.max(1, free.h) }, size);
  }
  const fixed = { x: handle.includes('w') ? area.x + area.w : area.x, y: handle.includes('n') ? area.y + area.h : area.y };
  const free = { x: handle.includes('w') ? left : right, y: handle.includes('n') ? top : bottom };
  if (handle === 'n' || handle === 's') free.x = fixed.x + Math.abs(free.y - fixed.y) * ratio;
  if (handle === 'e' || handle === 'w') free.y = fixed.y + Math.abs(free.x - fixed.x) / ratio;
  return spread(fixed, free, size, ratio);
}

/** The area between a corner that stays and one that is drawn. @param {Point} from @param {Point} to @param {Size} size @param {number} [ratio] @returns {Area} */
export function spread(from, to, size, ratio) {
  if (!ratio) return between(from.x, from.y, to.x, to.y, size);
  const right = to.x >= from.x;
  const down = to.y >= from.y;
  const room = { w: right ? size.width - from.x : from.x, h: down ? size.height - from.y : from.y };
  const wanted = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y) * ratio);
  const w = Math.min(wanted, room.w, room.h * ratio);
  const h = w / ratio;
  return settle(between(from.x, from.y, from.x + (right ? w : -w), from.y + (down ? h : -h), size), size);
}

/** Grown or shrunk at its right and lower edge, as keys do it. @param {Area} area @param {number} dw @param {number} dh @param {Size} size @param {number} [ratio] @returns {Area} */
export function grow(area, dw, dh, size, ratio) {
  if (ratio && !isPoint(area)) {
    const w = clamp(area.w + (dw || dh * ratio), 1, Math.min(size.width - area.x, (size.height - area.y) * ratio));
    return settle({ ...area, w, h: w / ratio }, size);
  }
  const w = clamp(area.w + dw, 1, size.width - area.x);
  const h = clamp(area.h + dh, 1, size.height - area.y);
  return settle({ ...area, w, h }, size);
}

/** In the middle of the picture, at most as large as that. @param {Size} size @param {number} w @param {number} h @returns {Area} */
export function centred(size, w, h) {
  const width = Math.min(w, size.width);
  const height = Math.min(h, size.height);
  return settle({ x: (size.width - width) / 2, y: (size.height - height) / 2, w: width, h: height }, size);
}

/** How many pixels a point gets, so that the picture fits into the room; a tall picture scrolls rather than becoming a strip. @param {Size} size @param {Size} room */
export function fit(size, room) {
  const across = room.width / size.width;
  const down = room.height / size.height;
  const least = Math.min(across, 0.5);
  return clamp(Math.min(across, down), least, 1.5);
}

/** A place in the window as a point of the picture. @param {Point} at @param {{left: number, top: number}} corner @param {number} scale @param {Size} size @returns {Point} */
export function toPoint(at, corner, scale, size) {
  return { x: clamp((at.x - corner.left) / scale, 0, size.width), y: clamp((at.y - corner.top) / scale, 0, size.height) };
}

/** An area of the picture in pixels of the screen. @param {Area} area @param {number} scale @returns {Area} */
export const onScreen = ({ x, y, w, h }, scale) => ({ x: x * scale, y: y * scale, w: w * scale, h: h * scale });

/** The side of an area on which a point lies. @param {Area} area @param {Point} point */
export function sideOf(area, point) {
  const dx = (point.x - area.x - area.w / 2) / Math.max(area.w, 1);
  const dy = (point.y - area.y - area.h / 2) / Math.max(area.h, 1);
  if (Math.abs(dx) > Math.abs(dy)) return dx > 0 ? 'right' : 'left';
  return dy > 0 ? 'bottom' : 'top';
}

/** The side with the most room for a bubble. @param {Area} area @param {Size} size */
export function roomiest(area, size) {
  const room = {
    right: (size.width - area.x - area.w) / size.width,
    left: area.x / size.width,
    bottom: (size.height - area.y - area.h) / size.height,
    top: area.y / size.height,
  };
  return /** @type {keyof typeof room} */ (Object.keys(room).reduce((best, side) => (room[/** @type {keyof typeof room} */ (side)] > room[/** @type {keyof typeof room} */ (best)] ? side : best)));
}

/** Where a bubble's upper left corner is, beside an area. All in one unit. @param {Area} area @param {string} side @param {{w: number, h: number}} bubble @param {Size} size @param {number} gap @returns {Point} */
export function beside(area, side, bubble, size, gap) {
  const middle = { x: area.x + area.w / 2 - bubble.w / 2, y: area.y + area.h / 2 - bubble.h / 2 };
  const at = {
    top: { x: middle.x, y: area.y - bubble.h - gap },
    bottom: { x: middle.x, y: area.y + area.h + gap },
    left: { x: area.x - bubble.w - gap, y: middle.y },
    right: { x: area.x + area.w + gap, y: middle.y },
  }[side] || middle;
  return { x: clamp(at.x, 0, size.width - bubble.w), y: clamp(at.y, 0, size.height - bubble.h) };
}

/** A line from the border of one area to that of another. @param {Area} from @param {Area} to @returns {{from: Point, to: Point}} */
export function arrow(from, to) {
  const middle = (/** @type {Area} */ area) => ({ x: area.x + area.w / 2, y: area.y + area.h / 2 });
  const [a, b] = [middle(from), middle(to)];
  const leave = (/** @type {Point} */ at, /** @type {Area} */ area, /** @type {Point} */ towards) => {
    const [dx, dy] = [towards.x - at.x, towards.y - at.y];
    const part = Math.min(dx ? area.w / 2 / Math.abs(dx) : Infinity, dy ? area.h / 2 / Math.abs(dy) : Infinity, 1);
    return Number.isFinite(part) ? { x: at.x + dx * part, y: at.y + dy * part } : at;
  };
  return { from: leave(a, from, b), to: leave(b, to, a) };
}

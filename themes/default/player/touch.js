/** Fingers on the picture: swipe, pinch, pan. */

/**
 * @typedef {object} TouchUse
 * @property {(way: number) => void} swipe 1: the finger went to the left, -1: to the right.
 * @property {(factor: number, x: number, y: number, dx: number, dy: number) => void} pinch Two fingers, or one
 *   on a picture that was pinched: growth, middle, way, in pixels of the window.
 * @property {() => boolean} held Whether one finger moves the picture.
 */

/** @param {HTMLElement} area @param {TouchUse} use @param {AbortSignal} signal */
export function watchTouch(area, use, signal) {
  /** @type {Map<number, PointerEvent>} */
  const fingers = new Map();
  /** @type {{x: number, y: number} | null} */
  let from = null;
  /** @param {(event: PointerEvent) => void} handle @param {...string} names */
  const on = (handle, ...names) => names.forEach((name) => area.addEventListener(name, (event) => {
    const pointer = /** @type {PointerEvent} */ (event);
    if (pointer.pointerType !== 'mouse') handle(pointer);
  }, { signal }));
  const spread = () => {
    const [a, b = a] = [...fingers.values()];
    return { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2, d: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) || 1 };
  };
  on((event) => {
    fingers.set(event.pointerId, event);
    from = fingers.size === 1 && !use.held() ? { x: event.clientX, y: event.clientY } : null;
  }, 'pointerdown');
  on((event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = spread();
    fingers.set(event.pointerId, event);
    const after = spread();
    if (fingers.size > 1 || use.held()) use.pinch(after.d / before.d, after.x, after.y, after.x - before.x, after.y - before.y);
  }, 'pointermove');
  on((event) => {
    fingers.delete(event.pointerId);
    if (!from || event.type !== 'pointerup') return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (Math.abs(dx) > 40 && Math.abs(dx) > 1.5 * Math.abs(dy)) use.swipe(dx < 0 ? 1 : -1);
    from = null;
  }, 'pointerup', 'pointercancel');
}

/** Fingers on the picture: swipe, pinch, pan. */

/**
 * @typedef {{x: number, y: number, d: number}} Fingers Their middle, and how far apart two are, in pixels of the window.
 * @typedef {object} TouchUse
 * @property {(way: number) => void} swipe 1: the finger went to the left, -1: to the right.
 * @property {(before: Fingers, after: Fingers) => void} [pinch] Two fingers, or one on a picture that was pinched.
 * @property {() => boolean} [held] Whether one finger moves the picture.
 */

/** @param {HTMLElement} area @param {TouchUse} use @param {AbortSignal} signal */
export function watchTouch(area, { swipe, pinch, held }, signal) {
  /** @type {Map<number, PointerEvent>} */
  const fingers = new Map();
  /** @type {PointerEvent | null} Where a finger came down that may swipe. */
  let from = null;
  const spread = () => {
    const [a, b = a] = [...fingers.values()];
    const [x, y] = [b.clientX - a.clientX, b.clientY - a.clientY];
    return { x: a.clientX + x / 2, y: a.clientY + y / 2, d: Math.hypot(x, y) || 1 };
  };
  for (const name of ['down', 'move', 'up', 'cancel']) area.addEventListener(`pointer${name}`, (each) => {
    const event = /** @type {PointerEvent} */ (each);
    const { pointerId, pointerType } = event;
    if (pointerType === 'mouse') return;
    if (name === 'down') {
      from = fingers.size || held?.() ? null : event;
      fingers.set(pointerId, event);
    } else if (name === 'move') {
      if (!fingers.has(pointerId)) return;
      const before = spread();
      fingers.set(pointerId, event);
      if (fingers.size > 1 || held?.()) pinch?.(before, spread());
    } else {
      fingers.delete(pointerId);
      if (!from) return;
      const x = event.clientX - from.clientX;
      if (name === 'up' && Math.abs(x) > Math.max(40, 1.5 * Math.abs(event.clientY - from.clientY))) swipe(-Math.sign(x));
      from = null;
    }
  }, { signal });
}

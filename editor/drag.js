/** Follows a pointer: once a frame, until it is let go or given up. */

/**
 * @param {PointerEvent} event What began it.
 * @param {Element} at Gets the pointer.
 * @param {{move: (dx: number, dy: number, event: PointerEvent) => void, end: (done: boolean, moved: boolean) => void}} what
 * @param {AbortSignal} signal
 */
export function track(event, at, what, signal) {
  const ears = new AbortController();
  const options = { signal: AbortSignal.any([ears.signal, signal]) };
  const { pointerId, clientX, clientY } = event;
  let latest = event;
  let frame = 0;
  let moved = false;
  at.setPointerCapture(pointerId);

  const draw = () => {
    frame = 0;
    what.move(latest.clientX - clientX, latest.clientY - clientY, latest);
  };
  const stop = (/** @type {boolean} */ done) => {
    ears.abort();
    if (frame) {
      cancelAnimationFrame(frame);
      if (done) draw();
    }
    if (at.hasPointerCapture(pointerId)) at.releasePointerCapture(pointerId);
    what.end(done, moved);
  };
  at.addEventListener('pointermove', (/** @type {any} */ next) => {
    if (next.pointerId !== pointerId) return;
    latest = next;
    moved ||= Math.abs(next.clientX - clientX) + Math.abs(next.clientY - clientY) >= 3;
    if (moved && !frame) frame = requestAnimationFrame(draw);
  }, options);
  at.addEventListener('pointerup', () => stop(true), options);
  at.addEventListener('pointercancel', () => stop(false), options);
  at.addEventListener('lostpointercapture', () => stop(false), options);
  addEventListener('keydown', (pressed) => {
    if (pressed.key !== 'Escape') return;
    pressed.preventDefault();
    pressed.stopPropagation();
    stop(false);
  }, { ...options, capture: true });
}

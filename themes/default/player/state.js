/**
 * Where the reader is. Pure.
 *
 * @typedef {'cover' | 'paused' | 'playing' | 'ended'} Status
 * @typedef {{status: Status, step: number}} State `step` counts from 0.
 * @typedef {'start' | 'next' | 'back' | 'first' | 'last' | 'play' | 'pause' | 'toggle' | 'restart' | 'cover' | 'go'} Command
 */

/**
 * The state after a command.
 * @param {State} state @param {Command} command @param {number} total
 * @param {{step?: number, loop?: boolean}} [more] `step`: where `go` goes, from 0.
 * @returns {State}
 */
export function reduce(state, command, total, { step = 0, loop = false } = {}) {
  const last = total - 1;
  const { status } = state;
  const running = status === 'playing' ? status : 'paused';
  const outside = status === 'cover' || status === 'ended';
  const to = (/** @type {number} */ at, /** @type {Status} */ now = running) =>
    ({ status: now, step: Math.max(0, Math.min(at, last)) });
  switch (command) {
    case 'go': return to(step);
    case 'first': return to(0);
    case 'last': return to(last);
    case 'start': return outside ? to(0, 'paused') : state;
    case 'next':
      if (status === 'cover') return to(0);
      if (status === 'ended') return state;
      if (state.step < last) return to(state.step + 1);
      return loop && status === 'playing' ? to(0) : to(last, 'ended');
    case 'back':
      if (status === 'ended') return to(last);
      return status === 'cover' || !state.step ? state : to(state.step - 1);
    case 'play': return outside ? to(0, 'playing') : to(state.step, 'playing');
    case 'pause': return status === 'playing' ? to(state.step, 'paused') : state;
    case 'toggle': return reduce(state, status === 'playing' ? 'pause' : 'play', total);
    case 'restart': return to(0);
    case 'cover': return to(0, 'cover');
    default: return state;
  }
}

/** How much is behind the reader, in per cent. @param {State} state @param {number} total */
export function percentOf({ status, step }, total) {
  if (status === 'cover') return 0;
  return status === 'ended' ? 100 : Math.round(((step + 1) / total) * 100);
}

/**
 * Where the reader is. Pure.
 *
 * @typedef {'cover' | 'paused' | 'playing' | 'ended'} Status
 * @typedef {{status: Status, step: number}} State `step` counts from 0.
 * @typedef {'start' | 'next' | 'back' | 'first' | 'last' | 'play' | 'pause' | 'toggle' | 'restart' | 'cover' | 'go'} Command
 */
import { clamp } from './geometry.js';

/**
 * The state after a command.
 * @param {State} state @param {Command} command @param {number} total
 * @param {{step?: number, loop?: boolean}} [more] `step`: where `go` goes, from 0.
 * @returns {State}
 */
export function reduce(state, command, total, { step = 0, loop } = {}) {
  const { status } = state;
  const last = total - 1;
  const playing = status === 'playing';
  const out = outside(state);
  const here = out ? 0 : state.step;
  const to = (/** @type {number} */ at, /** @type {Status} */ now = playing ? status : 'paused') => ({ status: now, step: clamp(0, at, last) });
  switch (command) {
    case 'go': return to(step);
    case 'first':
    case 'restart': return to(0);
    case 'last': return to(last);
    case 'cover': return to(0, command);
    case 'start': return out ? to(0, 'paused') : state;
    case 'next':
      if (out) return status === 'cover' ? to(0) : state;
      return here < last ? to(here + 1) : loop && playing ? to(0) : to(last, 'ended');
    case 'back': return status === 'cover' ? state : to(status === 'ended' ? last : here - 1);
    case 'play': return to(here, 'playing');
    case 'pause': return playing ? to(here, 'paused') : state;
    case 'toggle': return to(here, playing ? 'paused' : 'playing');
    default: return state;
  }
}

/** Whether no step is shown. @param {State} state */
export const outside = ({ status }) => status === 'cover' || status === 'ended';

/** How much is behind the reader, in per cent. @param {State} state @param {number} total */
export function percentOf({ status, step }, total) {
  if (status === 'cover') return 0;
  return status === 'ended' ? 100 : Math.round(((step + 1) / total) * 100);
}

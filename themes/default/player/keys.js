/**
 * What keys do. Pure.
 *
 * @typedef {object} Pressed
 * @property {string} key As `KeyboardEvent.key`.
 * @property {boolean} [modified] Control, Alt or Meta is held.
 * @property {boolean} [field] Something is being written.
 * @property {boolean} [control] A button or a link has the focus.
 * @property {boolean} [rtl] The language is written from right to left.
 */

/** @type {Record<string, string>} */
const KEYS = /** @type {any} */ ({
  __proto__: null,
  ArrowRight: 'next', ArrowLeft: 'back', ' ': 'next', Enter: 'next', Home: 'first', End: 'last',
  p: 'toggle', f: 'full', Escape: 'leave',
});
/** @type {Record<string, string>} */
const MIRRORED = { next: 'back', back: 'next' };

/** The command of a key, or nothing. @param {Pressed} pressed @returns {string | undefined} */
export function keyCommand({ key, modified, field, control, rtl }) {
  if (modified || field || (control && (key === ' ' || key === 'Enter'))) return undefined;
  const command = KEYS[key] || KEYS[key.toLowerCase()];
  return rtl && key.startsWith('Arrow') ? MIRRORED[command] : command;
}

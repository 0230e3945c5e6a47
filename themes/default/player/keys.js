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
const KEYS = {
  ArrowRight: 'next', ArrowLeft: 'back', ' ': 'next', Enter: 'next', Home: 'first', End: 'last',
  p: 'toggle', f: 'full', Escape: 'leave',
};

/** The command of a key, or nothing. @param {Pressed} pressed @returns {string | undefined} */
export function keyCommand({ key, modified, field, control, rtl }) {
  if (modified || field) return undefined;
  if (control && (key === ' ' || key === 'Enter')) return undefined;
  const name = key.length === 1 ? key.toLowerCase() : key;
  const command = Object.hasOwn(KEYS, name) ? KEYS[name] : undefined;
  if (!rtl || !name.startsWith('Arrow')) return command;
  return command && (command === 'next' ? 'back' : 'next');
}

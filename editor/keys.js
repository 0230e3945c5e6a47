/**
 * What keys do. Pure.
 *
 * @typedef {object} Pressed
 * @property {string} key As `KeyboardEvent.key`.
 * @property {boolean} [control] Control or Meta is held.
 * @property {boolean} [shift]
 * @property {boolean} [alt]
 * @property {'field' | 'mark' | 'step' | 'control' | 'canvas' | 'none'} [on] What has the focus.
 * @property {boolean} [unsent] The field has text that is not saved yet.
 *
 * @typedef {{name: string, tool?: string, dx?: number, dy?: number, by?: number}} Command
 */
import { TOOLS } from './tools.js';

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The command of a key, or nothing. @param {Pressed} pressed @returns {Command | undefined} */
export function keyCommand(pressed) {
  const { key, control = false, shift = false, alt = false, on = 'none', unsent = false } = pressed;
  const letter = key.length === 1 ? key.toLowerCase() : key;
  if (control && !alt) {
    if (letter === 'p' && shift) return { name: 'palette' };
    if ((letter === 'f' || letter === 'h') && !shift) return { name: 'find' };
    if (on === 'field' && unsent) return undefined;
    if (letter === 'z') return { name: shift ? 'redo' : 'undo' };
    if (letter === 'y' && !shift) return { name: 'redo' };
    if (letter === 'a' && !shift && on === 'step') return { name: 'choose-all' };
    if (letter === 'k' && !shift && on !== 'field') return { name: 'palette' };
    return undefined;
  }
  if (on === 'field') return key === 'Escape' ? { name: 'leave' } : undefined;
  if (control) return undefined;
  if (on === 'step' && alt && (key === 'ArrowUp' || key === 'ArrowDown')) return { name: 'move-step', by: key === 'ArrowUp' ? -1 : 1 };
  if (on === 'step' && !alt && !shift && (key === 'ArrowUp' || key === 'ArrowDown')) return { name: 'go', by: key === 'ArrowUp' ? -1 : 1 };
  if (on === 'step' && !alt && shift && (key === 'ArrowUp' || key === 'ArrowDown')) return { name: 'extend', by: key === 'ArrowUp' ? -1 : 1 };
  if (on === 'step' && key === 'Delete') return { name: 'delete-step' };
  if (ARROWS[key] && (on === 'mark')) {
    const step = shift ? 10 : 1;
    return { name: alt ? 'grow' : 'nudge', dx: ARROWS[key][0] * step, dy: ARROWS[key][1] * step };
  }
  if (alt) return undefined;
  if (on === 'mark' && (key === 'Delete' || key === 'Backspace')) return { name: 'remove' };
  if (on === 'mark' && letter === 'n' && !shift) return { name: 'copy-on' };
  if (key === 'Escape') return { name: 'escape' };
  if (letter === '[' || key === 'PageUp') return { name: 'go', by: -1 };
  if (letter === ']' || key === 'PageDown') return { name: 'go', by: 1 };
  if (letter === '\\') return { name: 'fold' };
  if (letter === '?') return { name: 'help' };
  if (key === ' ' && on === 'mark') return { name: 'place' };
  if (key === 'Enter' && (on === 'canvas' || on === 'none' || on === 'mark')) return { name: 'place' };
  if (letter === '+' || letter === '=') return { name: 'zoom', by: 1 };
  if (letter === '-') return { name: 'zoom', by: -1 };
  if (letter === '0') return { name: 'zoom', by: 0 };
  const tool = shift ? undefined : TOOLS.find((each) => each.key.toLowerCase() === letter);
  return tool && { name: 'tool', tool: tool.name };
}

/** The keys for the help, in groups. @type {[string, [string, string][]][]} */
export const HELP = [
  ['Tools', [...TOOLS.map(({ key, label }) => /** @type {[string, string]} */ ([key, label])), ['Enter', 'Put the tool’s box at the middle of the screenshot']]],
  ['The selected annotation', [
    ['Arrow keys', 'Move by 1 point'], ['Shift + arrow keys', 'Move by 10 points'], ['Alt + arrow keys', 'Resize by 1 point'], ['Alt + Shift + arrow keys', 'Resize by 10 points'],
    ['Enter', 'Write its text'], ['N', 'Copy it to the next step'], ['Delete', 'Remove'], ['Alt while drawing', 'Don’t snap to edges of the picture'], ['Tab', 'Next annotation'], ['Escape', 'Back from its fields; then deselect'],
  ]],
  ['Steps', [['[ or Page Up', 'Previous step'], ['] or Page Down', 'Next step'], ['↑ or ↓', 'From the focused step to another'], ['Shift + ↑ or ↓', 'Select several: as far as the next one'], ['Ctrl + click', 'Select one more, or one less'], ['Ctrl + A', 'Select all'], ['Alt + ↑ or ↓', 'Move the selected steps'], ['Delete', 'Delete the selected steps']]],
  ['In a text', [['Ctrl + B', 'Bold'], ['Ctrl + I', 'Italic'], ['Ctrl + K', 'Link']]],
  ['Everywhere', [['Ctrl + F', 'Find and replace in all texts'], ['Ctrl + K', 'All actions by name, outside a text'], ['Ctrl + Shift + P', 'All actions by name'], ['Ctrl + Z', 'Undo'], ['Ctrl + Y', 'Redo'], ['Ctrl + Shift + Z', 'Redo'], ['Ctrl + V', 'New step from a copied screenshot'], ['+ or -', 'Enlarge or shrink the screenshot'], ['0', 'Fit it'], ['\\', 'Fold the panels away, or unfold them'], ['?', 'This help']]],
];

/**
 * How things are called, on the screen and to a screen reader. Pure.
 *
 * @typedef {import('./types.js').AnnotationFields} AnnotationFields
 * @typedef {import('./types.js').Area} Area
 * @typedef {import('./types.js').Verb} Verb
 * @typedef {import('./types.js').Which} Which
 */
import { isPoint } from './geometry.js';

/** `double-click` → `Double-click`. @param {string} word */
export const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** @param {number} number */
const plain = (number) => String(Math.round(number * 100) / 100);

/** `336,112 · 82×29`. @param {Area} area */
export function areaLabel(area) {
  const corner = `${plain(area.x)},${plain(area.y)}`;
  return isPoint(area) ? corner : `${corner} · ${plain(area.w)}×${plain(area.h)}`;
}

/** `336,112, 82 by 29 points`. @param {Area} area */
export function areaName(area) {
  const corner = `${plain(area.x)},${plain(area.y)}`;
  return isPoint(area) ? `point ${corner}` : `${corner}, ${plain(area.w)} by ${plain(area.h)} points`;
}

/** What stands beside a box that is not selected. @param {AnnotationFields} fields @param {Which} which */
export const markShort = (fields, which) => (which === 'to' ? `${fields.verb} to` : fields.verb);

/** What stands beside a selected box. @param {AnnotationFields} fields @param {Which} which */
export function markLabel(fields, which) {
  const area = which === 'to' ? fields.to : fields.region;
  return area ? `${markShort(fields, which)} · ${areaLabel(area)}` : markShort(fields, which);
}

/** The accessible name of a box. @param {AnnotationFields} fields @param {Verb} verb @param {Which} which */
export function markName(fields, verb, which) {
  const area = which === 'to' ? fields.to : fields.region;
  const kind = verb.kind === 'action' ? `Hotspot: ${fields.verb}` : capital(fields.verb);
  const text = fields.text ? `, “${fields.text}”` : '';
  return `${kind}${which === 'to' ? ', target' : ''}${area ? `${verb.kind === 'action' ? ', ' : ': '}${areaName(area)}` : ''}${text}`;
}

/** What stands at the right of a verb in the list. @param {AnnotationFields} fields */
export function listDetail(fields) {
  const parts = [];
  if (fields.region) parts.push(areaLabel(fields.region).replace(' · ', ' '));
  else if (fields.word) parts.push(fields.word);
  else if (fields.text) parts.push(fields.text);
  return parts.join(' ');
}

/** @param {number} number @param {string} noun */
export const count = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Names of kinds of verbs, as groups of a choice. @type {Record<string, string>} */
export const KINDS = { action: 'Action', mark: 'Mark', camera: 'Camera', picture: 'Picture', step: 'Step', replay: 'Replay' };

/** What a verb's text is called. @param {string} verb */
export const textName = (verb) => ({ callout: 'Note', type: 'Text typed', select: 'Option chosen', press: 'Keys', url: 'Address', goto: 'Address', await: 'Words' })[verb] || 'Label';
/** What a verb's word is called. @param {string} verb */
export const wordName = (verb) => ({ scroll: 'Direction', wait: 'How long', zoom: 'Instead of a frame', await: 'There or gone' })[verb] || 'Word';

/** A message with its values, which stand in backticks, as parts that alternate: text, value, text … @param {string} message */
export const parts = (message) => message.split('`');

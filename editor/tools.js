/**
 * Tools, and what they and the fields make an annotation say. Pure.
 *
 * @typedef {import('./types.js').Area} Area
 * @typedef {import('./types.js').Size} Size
 * @typedef {import('./types.js').AnnotationFields} AnnotationFields
 * @typedef {import('./types.js').Verb} Verb
 * @typedef {import('./types.js').Scene} Scene
 */
import { centred, clamp, isPoint, settle } from './geometry.js';
import { fresh } from './identity.js';

/** @typedef {{name: string, label: string, key: string, verb: string | null}} Tool */

/** @type {Tool[]} */
export const TOOLS = [
  { name: 'select', label: 'Select', key: 'V', verb: null },
  { name: 'hotspot', label: 'Hotspot', key: 'H', verb: 'click' },
  { name: 'highlight', label: 'Highlight', key: 'L', verb: 'highlight' },
  { name: 'callout', label: 'Callout', key: 'C', verb: 'callout' },
  { name: 'zoom', label: 'Zoom', key: 'Z', verb: 'zoom' },
  { name: 'redact', label: 'Redact', key: 'R', verb: 'redact' },
  { name: 'crop', label: 'Crop', key: 'X', verb: 'crop' },
];

/** @param {string} name */
export const toolNamed = (name) => TOOLS.find((tool) => tool.name === name) || TOOLS[0];

/** @param {Verb[]} verbs @param {string} name @returns {Verb} */
export const verbNamed = (verbs, name) => verbs.find((verb) => verb.name === name)
  || { name, form: `@${name}`, kind: 'action', region: 'may', area: false, to: 'may', text: 'may', word: 'may', options: [], once: false };

/** Whether a verb can be put on a screenshot here: `@id` speaks of the step and has a field of its own, and what stands on an element alone is written in the text. @param {Verb} verb */
export const isOffered = (verb) => verb.name !== 'id' && verb.anchor !== 'must';

/** Whether a verb's region is a frame to look through: its middle lets the pointer through. @param {Verb} verb */
export const isFrame = (verb) => verb.kind === 'camera' || verb.name === 'crop';

/** The proportions a verb's region keeps, or none: the camera's are those of what is shown. @param {Verb} verb @param {Scene} scene @param {Size} size */
export function ratioOf(verb, scene, size) {
  if (verb.kind !== 'camera') return undefined;
  const shown = scene.crop || { w: size.width, h: size.height };
  return shown.w / shown.h;
}

/** A region for a verb where none was drawn: in the middle of what is shown. @param {Verb} verb @param {Scene} scene @param {Size} size @returns {Area} */
export function defaultRegion(verb, scene, size) {
  const shown = scene.crop || { x: 0, y: 0, w: size.width, h: size.height };
  const whole = { width: shown.w, height: shown.h };
  const inside = isFrame(verb) ? centred(whole, shown.w / 2, shown.h / 2) : centred(whole, Math.min(160, shown.w / 4), Math.min(48, shown.h / 8));
  return settle({ ...inside, x: inside.x + shown.x, y: inside.y + shown.y }, size);
}

/** Less than that, in points on either side, is a click and no drawing. */
const DRAWN = 4;

/** What a drawing with a tool means: a plain click is a point where a verb may have one, else a box around it. @param {Verb} verb @param {Area} drawn @param {Scene} scene @param {Size} size @returns {Area} */
export function regionDrawn(verb, drawn, scene, size) {
  if (drawn.w >= DRAWN || drawn.h >= DRAWN) return settle(drawn, size);
  if (!verb.area && !isFrame(verb)) return settle({ x: drawn.x, y: drawn.y, w: 0, h: 0 }, size);
  const { w, h } = defaultRegion(verb, scene, size);
  return settle({ x: drawn.x - w / 2, y: drawn.y - h / 2, w, h }, size);
}

/** Words that stand where a verb must have a text or a word and the author has written none yet. @type {Record<string, string>} */
const FIRST_TEXT = { callout: 'Note', type: 'Text', select: 'Option', press: 'Enter', url: 'https://example.com/', goto: '/', await: 'Saved' };
/** @type {Record<string, string>} */
const FIRST_WORD = { scroll: 'down', wait: '1s', await: 'text' };
/** Words to choose from, where they are few. @type {Record<string, string[]>} */
export const WORDS = { scroll: ['up', 'down', 'left', 'right'], zoom: ['none'], wait: ['500ms', '1s', '2s', '3s'], await: ['text', 'gone'] };

/** What an annotation of that verb says at first. @param {Verb} verb @param {Area | null} region @param {Scene} scene @param {Size} size @returns {AnnotationFields} */
export function firstFields(verb, region, scene, size) {
  const wanted = verb.region !== 'never' && (verb.region === 'must' || region || verb.word !== 'must');
  const placed = wanted ? region || defaultRegion(verb, scene, size) : null;
  return {
    verb: verb.name,
    region: placed,
    to: verb.to === 'must' ? aside(placed || defaultRegion(verb, scene, size), size) : null,
    text: verb.text === 'must' ? FIRST_TEXT[verb.name] || 'Text' : null,
    word: verb.word === 'must' ? FIRST_WORD[verb.name] || 'word' : null,
    options: {},
  };
}

/** A second region beside the first, on the side with more room. @param {Area} area @param {Size} size */
function aside(area, size) {
  const by = clamp(size.width / 5, area.w + 24, size.width);
  const right = area.x + area.w + by <= size.width;
  return settle({ ...area, x: area.x + (right ? by : -by) }, size);
}

/** The same annotation with another verb: what the new one takes is kept, what it needs is added. @param {AnnotationFields} fields @param {Verb} verb @param {Scene} scene @param {Size} size @returns {AnnotationFields} */
export function convert(fields, verb, scene, size) {
  const first = firstFields(verb, fields.region, scene, size);
  const known = new Map(verb.options);
  const region = verb.region === 'never' ? null : first.region;
  return {
    verb: verb.name,
    region: region && verb.area && isPoint(region) ? regionDrawn(verb, region, scene, size) : region,
    on: verb.region === 'never' ? null : fields.on ?? null,
    to: verb.to === 'never' ? null : fields.to || first.to,
    to_on: verb.to === 'never' ? null : fields.to_on ?? null,
    text: verb.text === 'never' ? null : fields.text ?? first.text,
    word: verb.word === 'never' ? null : first.word,
    options: Object.fromEntries(Object.entries(fields.options).filter(([key, value]) => known.get(key)?.includes(value))),
  };
}

/** The intent of putting a verb on a scene: a verb that may stand only once moves there. @param {string} step @param {number} index @param {Scene} scene @param {Verb} verb @param {Area | null} region @param {Size} size @returns {import('./types.js').Intent & {uid: string}} */
export function place(step, index, scene, verb, region, size) {
  const there = (verb.once || verb.kind === 'camera') && scene.annotations.find((each) => each.verb === verb.name);
  if (there && there.region && region) return { op: 'set-region', annotation: there.uid, which: 'region', area: region, uid: there.uid };
  if (there && region) return { op: 'set', annotation: there.uid, fields: { ...firstFields(verb, region, scene, size), word: null }, uid: there.uid };
  if (there) return { op: 'set', annotation: there.uid, fields: fieldsOf(there), uid: there.uid };
  return { op: 'annotate', step, scene: index, fields: firstFields(verb, region, scene, size), uid: fresh('a') };
}

/** What an annotation says, without what we know of it beside. @param {AnnotationFields} from @returns {AnnotationFields} */
export const fieldsOf = ({ verb, region, on, to, to_on, text, word, options }) => ({ verb, region, on, to, to_on, text, word, options });

/** With a text, a word, an option or a region changed. Empty is none, unless the verb needs one. @param {AnnotationFields} from @param {Verb} verb @param {Partial<AnnotationFields>} change @returns {AnnotationFields} */
export function saying(from, verb, change) {
  const fields = { ...fieldsOf(from), ...change };
  if (fields.text === '' && verb.text !== 'must') fields.text = null;
  if (fields.word === '') fields.word = null;
  if (change.word && verb.region === 'may') fields.region = null;
  if (change.region) fields.word = null;
  return fields;
}

/** With an option set; the empty value takes it away. @param {AnnotationFields} from @param {string} key @param {string} value @returns {AnnotationFields} */
export function withOption(from, key, value) {
  const options = { ...from.options };
  if (value) options[key] = value;
  else delete options[key];
  return { ...fieldsOf(from), options };
}

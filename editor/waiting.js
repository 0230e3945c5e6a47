/**
 * Edits that have not reached the file, so that another window finds again what they are about; what they are in words.
 * Pure.
 *
 * @typedef {import('./types.js').Guide} Guide
 * @typedef {import('./types.js').Intent} Intent
 * @typedef {{step: string, scene: number, index: number, verb: string}} Place Of an annotation; `step` is the id of its step.
 * @typedef {{kind: 'edit', intent: any, value: string}} Waiting `intent` with ids and places in place of uids.
 */
import { findAnnotation, stepIndex } from './identity.js';
import { foresee } from './intent.js';

/** Ops whose words a field keeps until they are in the file. */
const TYPED = new Set(['text', 'alt', 'id', 'prose', 'heading']);
/** Ops that only go on from what was before them. */
const HISTORY = new Set(['undo', 'redo', 'fix']);
/** Ops of several steps, which are named. */
const SEVERAL = new Set(['delete-steps', 'duplicate-steps', 'move-steps']);

/** @param {Guide} guide The one in the file. @param {Intent[]} intents One after another. @param {string[]} owners Uids of annotations whose words a field keeps. @returns {Waiting[]} */
export function waiting(guide, intents, owners) {
  let now = guide;
  return intents.flatMap((intent) => {
    const isSkipped = TYPED.has(intent.op) || HISTORY.has(intent.op) || ((intent.op === 'set' || intent.op === 'set-text') && owners.includes(intent.annotation || ''));
    const portable = isSkipped ? null : carry(now, intent);
    const value = portable ? inWords(now, intent) : '';
    now = foresee(now, intent);
    return portable ? [{ kind: /** @type {const} */ ('edit'), intent: portable, value }] : [];
  });
}

/** @param {Guide} guide @param {string | undefined} uid @returns {Place | null} */
function placeOf(guide, uid) {
  const found = findAnnotation(guide, uid);
  return found && { step: found.step.id, scene: found.scene, index: found.index, verb: found.annotation.verb };
}

/** @param {Guide} guide @param {Intent} intent @returns {any} */
function carry(guide, intent) {
  const { uid: _, ...edit } = /** @type {Record<string, any>} */ (intent);
  const id = (/** @type {string} */ each) => guide.outline.steps[stepIndex(guide, each)]?.id ?? null;
  if (edit.op === 'all') {
    let now = guide;
    edit.intents = edit.intents.map((/** @type {Intent} */ each) => {
      const carried = carry(now, each);
      now = foresee(now, each);
      return carried;
    });
    return edit.intents.includes(null) ? null : edit;
  }
  if (edit.annotation !== undefined) edit.annotation = placeOf(guide, edit.annotation);
  if (edit.from !== undefined) edit.from = placeOf(guide, edit.from);
  if (typeof edit.step === 'string') edit.step = id(edit.step);
  if (typeof edit.after === 'string') edit.after = id(edit.after) ?? '';
  if (SEVERAL.has(edit.op)) edit.steps = edit.steps.map(id);
  const gone = [edit.annotation, edit.from, edit.step, ...(SEVERAL.has(edit.op) ? edit.steps : [])].includes(null);
  return gone ? null : edit;
}

/** The edit for this window; nothing if what it is about is gone, or is so already. @param {Guide} guide @param {any} carried @returns {Intent | null} */
export function toIntent(guide, carried) {
  const edit = { ...carried };
  const { steps } = guide.outline;
  const uid = (/** @type {string} */ id) => steps.find((step) => step.id === id)?.uid ?? null;
  const annotation = (/** @type {Place} */ { step, scene, index, verb }) => {
    const found = steps.find(({ id }) => id === step)?.scenes[scene]?.annotations[index];
    return found?.verb === verb ? found.uid : null;
  };
  if (edit.op === 'all') {
    edit.intents = edit.intents.map((/** @type {any} */ each) => toIntent(guide, each)).filter(Boolean);
    return edit.intents.length ? edit : null;
  }
  if (edit.annotation) edit.annotation = annotation(edit.annotation);
  if (edit.from) edit.from = annotation(edit.from);
  if (edit.step !== undefined) edit.step = uid(edit.step);
  if (typeof edit.after === 'string') edit.after = uid(edit.after) ?? '';
  if (SEVERAL.has(edit.op)) edit.steps = edit.steps.map(uid);
  const gone = [edit.annotation, edit.from, edit.step, ...(SEVERAL.has(edit.op) ? edit.steps : [])].includes(null);
  return gone || isSo(guide, edit) ? null : edit;
}

/** Whether the file says already what an edit asks for. @param {Guide} guide @param {Intent} intent */
function isSo(guide, intent) {
  const same = (/** @type {any} */ one, /** @type {any} */ other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
  const area = (/** @type {any} */ each) => each && [each.x, each.y, each.w, each.h];
  const found = intent.annotation === undefined ? null : findAnnotation(guide, intent.annotation)?.annotation;
  switch (intent.op) {
    case 'set-region': return same(area(/** @type {any} */ (found)?.[intent.which]), area(intent.area));
    case 'annotate': {
      const { fields } = intent;
      const there = guide.outline.steps[stepIndex(guide, intent.step)]?.scenes[intent.scene]?.annotations || [];
      return there.some((each) => each.verb === fields.verb && same(area(each.region), area(fields.region)) && same(each.text, fields.text) && same(each.word, fields.word));
    }
    case 'meta': {
      const { meta } = guide.outline;
      const now = intent.key === 'capture' ? meta.capture[/** @type {'start'} */ (intent.of)] : intent.key === 'cta' ? meta.cta && { label: meta.cta[0], url: meta.cta[1] } : /** @type {any} */ (meta)[intent.key.replaceAll('-', '_')];
      return same(now, intent.value);
    }
    default: return false;
  }
}

/** @param {Guide} guide @param {Intent} intent */
export function inWords(guide, intent) {
  const at = intent.annotation === undefined ? stepIndex(guide, intent.step) : guide.outline.steps.findIndex((step) => step === findAnnotation(guide, intent.annotation)?.step);
  const here = `Step ${at + 1}`;
  const verb = findAnnotation(guide, intent.annotation)?.annotation.verb;
  const numbers = () => intent.steps.map((/** @type {string} */ each) => stepIndex(guide, each) + 1).join(', ');
  const area = ({ x = 0, y = 0, w = 0, h = 0 } = {}) => `${x},${y} ${w}x${h}`;
  switch (intent.op) {
    case 'annotate': return `${here}: ${intent.fields.verb} added`;
    case 'set': return `${here}: ${verb} changed`;
    case 'set-text': return `${here}: ${verb} says “${intent.text}”`;
    case 'set-region': return `${here}: ${verb} moved to ${area(intent.area)}`;
    case 'remove': return `${here}: ${verb} removed`;
    case 'shift': return `${here}: order of actions changed`;
    case 'add-step': case 'add-steps': return `Steps added: ${(intent.steps || [intent]).map((/** @type {any} */ each) => each.markdown).join(' ')}`;
    case 'delete': return `${here} deleted`;
    case 'delete-steps': return `Steps ${numbers()} deleted`;
    case 'duplicate': return `${here} duplicated`;
    case 'duplicate-steps': return `Steps ${numbers()} duplicated`;
    case 'move': return `${here} moved to place ${intent.to + 1}`;
    case 'move-steps': return `Steps ${numbers()} moved to place ${intent.to + 1}`;
    case 'split': return `${here} split`;
    case 'screenshot': case 'add-screenshot': return `${here}: screenshot ${intent.path}`;
    case 'add-chapter': return `Chapter “${intent.title}” begun at step ${at + 1}`;
    case 'add-prose': return `Text added: ${intent.markdown}`;
    case 'move-chapter': return 'Chapter moved';
    case 'move-prose': return 'Text moved';
    case 'meta': return `Setting ${intent.of || intent.key}: ${intent.value === null ? 'none' : typeof intent.value === 'object' ? Object.values(intent.value).join(', ') : intent.value}`;
    case 'all': return intent.intents.map((/** @type {Intent} */ each) => inWords(guide, each)).join('\n');
    default: return intent.op;
  }
}

/**
 * What an author does, as an intent that names things by their uid; what is seen of it at once; and the edit that
 * the server is asked for. Pure.
 *
 * @typedef {import('./types.js').Guide} Guide
 * @typedef {import('./types.js').Intent} Intent
 * @typedef {import('./types.js').Annotation} Annotation
 * @typedef {import('./types.js').Scene} Scene
 * @typedef {import('./types.js').Step} Step
 * @typedef {import('./types.js').AnnotationFields} AnnotationFields
 */
import { findAnnotation, stepIndex } from './identity.js';

/** Ops of several steps, which are named by their uids. */
const ofSteps = new Set(['delete-steps', 'duplicate-steps', 'move-steps']);

/** The edit of an intent, as the contract has it; `null` if what it speaks of is gone. @param {Intent} intent @param {Guide} guide @returns {object | null} */
export function resolve(intent, guide) {
  const { annotation, uid: _, ...rest } = intent;
  /** @type {Record<string, any>} */
  const edit = { ...rest };
  if (annotation !== undefined) {
    const found = findAnnotation(guide, annotation);
    if (!found) return null;
    edit.at = found.annotation.at;
  }
  if (intent.step !== undefined) {
    edit.step = stepIndex(guide, intent.step);
    if (edit.step < 0) return null;
    const scenes = guide.outline.steps[edit.step].scenes;
    if (edit.scene !== undefined && !scenes[edit.scene]) return null;
  }
  if (intent.op === 'all') {
    edit.edits = intent.intents.map((/** @type {Intent} */ each) => resolve(each, guide));
    delete edit.intents;
    return edit.edits.includes(null) ? null : edit;
  }
  if (ofSteps.has(intent.op)) {
    edit.steps = intent.steps.map((/** @type {string} */ each) => stepIndex(guide, each)).filter((/** @type {number} */ at) => at >= 0);
    if (!edit.steps.length) return null;
  }
  if (intent.section !== undefined) {
    const section = guide.outline.sections[intent.section];
    if (!section || section.kind === 'steps') return null;
    edit.at = section.at;
    delete edit.section;
  }
  if (intent.spot && typeof intent.spot === 'object') {
    const section = guide.outline.sections[intent.spot.below];
    if (section?.kind !== 'heading') return null;
    edit.spot = { below: section.at };
  }
  if (intent.op === 'split') {
    edit.at = intent.from === undefined ? null : findAnnotation(guide, intent.from)?.annotation.at ?? null;
    delete edit.from;
  }
  if ((intent.op === 'add-step' || intent.op === 'add-steps') && typeof intent.after === 'string') {
    const { length } = guide.outline.steps;
    const after = stepIndex(guide, intent.after);
    edit.after = length === 0 ? null : after < 0 ? length - 1 : after;
  }
  return edit;
}

/** The guide as it will be, as far as that is known here. The guide given is left as it is. @param {Guide} guide @param {Intent} intent @returns {Guide} */
export function foresee(guide, intent) {
  const { undo, redo } = guide;
  if (intent.op === 'undo') return { ...guide, undo: Math.max(0, undo - 1), redo: redo + 1 };
  if (intent.op === 'redo') return { ...guide, undo: undo + 1, redo: Math.max(0, redo - 1) };
  return { ...changed(guide, intent), undo: undo + 1, redo: 0 };
}

/** @param {Guide} guide @param {Intent} intent @returns {Guide} */
function changed(guide, intent) {
  if (intent.op === 'all') return intent.intents.reduce(changed, guide);
  const steps = /** @type {Record<string, (steps: Step[], intent: Intent) => Step[]>} */ (STEPS)[intent.op];
  if (steps) return { ...guide, outline: { ...guide.outline, steps: steps(guide.outline.steps, intent) } };
  if (intent.op === 'prose' || (intent.op === 'heading' && intent.title)) {
    const sections = guide.outline.sections.map((section, at) => (at !== intent.section ? section
      : section.kind === 'text' ? { ...section, markdown: intent.markdown } : { ...section, title: intent.title }));
    return { ...guide, outline: { ...guide.outline, sections: /** @type {any} */ (sections) } };
  }
  if (intent.op === 'meta') {
    const value = intent.key === 'cta' && intent.value ? [intent.value.label, intent.value.url] : intent.value;
    return { ...guide, outline: { ...guide.outline, meta: { ...guide.outline.meta, [intent.key]: value } } };
  }
  return guide;
}

const STEPS = {
  text: changeStep((step, { run, markdown }) => {
    const runs = [...step.runs];
    runs[run] = markdown;
    return { ...step, runs };
  }),
  id: changeStep((step, { id }) => ({ ...step, id: id || step.id, own_id: id })),
  alt: changeScene((scene, { alt }) => ({ ...scene, alt })),
  annotate: changeScene((scene, { fields, uid }) => ({ ...scene, annotations: [...scene.annotations, { ...fields, uid, at: -1, line: 0, source: written(fields) }] })),
  set: changeAnnotation((annotation, intent) => ({ ...annotation, ...intent.fields, source: written(intent.fields) })),
  'set-region': changeAnnotation((annotation, { which, area }) => {
    const after = { ...annotation, [which]: area };
    return { ...after, source: written(after) };
  }),
  'set-text': changeAnnotation((annotation, { text }) => ({ ...annotation, text, source: written({ ...annotation, text }) })),
  remove: changeAnnotations((annotations, { annotation }) => annotations.filter(({ uid }) => uid !== annotation)),
  shift: changeAnnotations((annotations, { annotation, by }) => moved(annotations, annotation, by)),
  delete: (/** @type {Step[]} */ steps, /** @type {Intent} */ { step }) => (steps.length > 1 ? steps.filter(({ uid }) => uid !== step) : steps),
  'delete-steps': (/** @type {Step[]} */ all, /** @type {Intent} */ { steps }) => all.filter(({ uid }) => !steps.includes(uid)),
  'move-steps': (/** @type {Step[]} */ all, /** @type {Intent} */ { steps, to }) => {
    const after = all.filter(({ uid }) => !steps.includes(uid));
    after.splice(to, 0, ...all.filter(({ uid }) => steps.includes(uid)));
    return after;
  },
  move: (/** @type {Step[]} */ steps, /** @type {Intent} */ { step, to }) => {
    const from = steps.findIndex(({ uid }) => uid === step);
    return from < 0 ? steps : moved(steps, step, to - from);
  },
};

/** With one item at another place. @template {{uid: string}} T @param {T[]} items @param {string | undefined} uid @param {number} by @returns {T[]} */
export function moved(items, uid, by) {
  const from = items.findIndex((each) => each.uid === uid);
  const to = from + by;
  if (from < 0 || to < 0 || to >= items.length) return items;
  const after = [...items];
  after.splice(to, 0, ...after.splice(from, 1));
  return after;
}

/** @param {(step: Step, intent: Intent) => Step} change */
function changeStep(change) {
  return (/** @type {Step[]} */ steps, /** @type {Intent} */ intent) => steps.map((step) => (step.uid === intent.step ? change(step, intent) : step));
}

/** @param {(scene: Scene, intent: Intent) => Scene} change */
function changeScene(change) {
  return changeStep((step, intent) => ({ ...step, scenes: step.scenes.map((scene, at) => (at === intent.scene ? change(scene, intent) : scene)) }));
}

/** @param {(annotations: Annotation[], intent: Intent) => Annotation[]} change */
function changeAnnotations(change) {
  return (/** @type {Step[]} */ steps, /** @type {Intent} */ intent) => steps.map((step) => {
    if (!step.scenes.some((scene) => scene.annotations.some(({ uid }) => uid === intent.annotation))) return step;
    const scenes = step.scenes.map((scene) => {
      const here = scene.annotations.some(({ uid }) => uid === intent.annotation);
      return here ? { ...scene, annotations: change(scene.annotations, intent) } : scene;
    });
    return { ...step, scenes };
  });
}

/** @param {(annotation: Annotation, intent: Intent) => Annotation} change */
function changeAnnotation(change) {
  return changeAnnotations((annotations, intent) => annotations.map((annotation) => (annotation.uid === intent.annotation ? change(annotation, intent) : annotation)));
}

/** @param {import('./types.js').Area} area */
const areaText = ({ x, y, w, h }) => (w || h ? `${x},${y} ${w}x${h}` : `${x},${y}`);

/** An annotation as it is written: the anchor of its last region stands at the end. @param {AnnotationFields} fields */
export function written({ verb, region, on, to, to_on, text, word, options }) {
  const parts = [`@${verb}`];
  const two = to || to_on;
  if (region) parts.push(areaText(region));
  if (two && on) parts.push('on', on);
  if (two) parts.push('to');
  if (to) parts.push(areaText(to));
  if (word) parts.push(word);
  if (text !== null && text !== undefined) parts.push(`"${text.replace(/[\\"]/g, '\\$&')}"`);
  for (const [key, value] of Object.entries(options || {})) parts.push(`${key}=${value}`);
  const last = two ? to_on : on;
  if (last) parts.push('on', last);
  return parts.join(' ');
}

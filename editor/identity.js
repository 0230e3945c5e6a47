/**
 * Steps and annotations keep a name of ours while the file changes around them: a selection, a focus and an edit
 * that waits go on meaning the same thing. Pure but for the counter.
 *
 * @typedef {import('./types.js').Guide} Guide
 * @typedef {import('./types.js').Step} Step
 * @typedef {import('./types.js').Annotation} Annotation
 */
import { common } from './text.js';

let last = 0;
/** A name that nothing has yet. @param {string} kind */
export const fresh = (kind) => `${kind}${(last += 1)}`;

/**
 * Which of `before` each of `after` is: first what is equal, in order; then, between those, what `like` says is the
 * same in other words; then what stands at the same place of a gap where nothing was added or taken away.
 * @template T @param {T[]} before @param {T[]} after @param {(item: T) => string} exact @param {(a: T, b: T) => boolean} like
 * @returns {(T | undefined)[]}
 */
export function match(before, after, exact, like) {
  /** @type {(T | undefined)[]} */
  const found = new Array(after.length).fill(undefined);
  const pairs = common(before.map(exact), after.map(exact));
  pairs.forEach(([from, to]) => { found[to] = before[from]; });
  const taken = new Set(pairs.map(([from]) => from));
  // What has moved is equal too, at another place.
  after.forEach((item, to) => {
    if (found[to]) return;
    const from = before.findIndex((old, at) => !taken.has(at) && exact(old) === exact(item));
    if (from < 0) return;
    taken.add(from);
    found[to] = before[from];
  });
  after.forEach((item, to) => {
    if (found[to]) return;
    const from = before.findIndex((old, at) => !taken.has(at) && like(old, item));
    if (from < 0) return;
    taken.add(from);
    found[to] = before[from];
  });
  const left = before.filter((_, at) => !taken.has(at));
  const bare = after.map((_, to) => to).filter((to) => !found[to]);
  if (left.length === bare.length) bare.forEach((to, at) => { found[to] = left[at]; });
  return found;
}

/** An annotation in words: what is equal means the same. @param {Annotation} annotation */
const annotationKey = ({ verb, region, on, to, to_on, text, word, options }) => JSON.stringify([verb, region, on, to, to_on, text, word, Object.entries(options).sort()]);
/** A step in words, without its place. @param {Step} step */
const stepKey = (step) => JSON.stringify([step.runs, step.scenes.map((scene) => [scene.alt, scene.inherited, scene.annotations.map(annotationKey)])]);

/** @param {Annotation[]} before @param {Annotation[]} after */
function nameAnnotations(before, after) {
  const same = match(before, after, annotationKey, (a, b) => a.verb === b.verb);
  after.forEach((annotation, at) => { annotation.uid = same[at]?.uid || fresh('a'); });
}

/** @param {Step | undefined} before @param {Step} after */
function nameWithin(before, after) {
  const was = before ? before.scenes : [];
  if (was.length === after.scenes.length || !before) {
    after.scenes.forEach((scene, at) => nameAnnotations(was[at]?.annotations || [], scene.annotations));
  } else {
    const all = was.flatMap((scene) => scene.annotations);
    nameAnnotations(all, after.scenes.flatMap((scene) => scene.annotations));
  }
}

/** Gives every step and annotation of a new guide the name it had in the one before. Changes `after`. @param {Guide | null} before @param {Guide} after @returns {Guide} */
export function recognise(before, after) {
  const old = before ? before.outline.steps : [];
  const same = match(old, after.outline.steps, stepKey, (a, b) => !!a.id && a.id === b.id);
  after.outline.steps.forEach((step, at) => {
    step.uid = same[at]?.uid || fresh('s');
    nameWithin(same[at], step);
  });
  return after;
}

/** Where a step is. @param {Guide} guide @param {string | undefined} uid */
export const stepIndex = (guide, uid) => guide.outline.steps.findIndex((step) => step.uid === uid);

/** Where an annotation is, and it. @param {Guide} guide @param {string | undefined} uid */
export function findAnnotation(guide, uid) {
  for (const step of guide.outline.steps) {
    for (const [scene, { annotations }] of step.scenes.entries()) {
      const index = annotations.findIndex((each) => each.uid === uid);
      if (index >= 0) return { step, scene, index, annotation: annotations[index] };
    }
  }
  return null;
}

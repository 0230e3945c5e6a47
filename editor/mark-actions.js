/**
 * What is done with the selected annotation beyond its own screenshot: a redaction in all guides that show the picture, a copy on the next step.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./types.js').Guide} Guide
 * @typedef {import('./types.js').AnnotationFields} AnnotationFields
 */
import { Api, GUIDES } from './api.js';
import { attribute, h, icon, say } from './dom.js';
import { settle } from './geometry.js';
import { findAnnotation, fresh } from './identity.js';
import { fieldsOf } from './tools.js';
import { count } from './words.js';

/** The picture that an annotation stands on. @param {Guide} guide @param {string} annotation */
function pictureOf(guide, annotation) {
  const found = findAnnotation(guide, annotation);
  const picture = found ? found.step.scenes[found.scene].picture : null;
  return picture === null ? undefined : guide.outline.pictures[picture];
}

/** How many steps show the picture of an annotation. @param {Guide} guide @param {string} annotation */
export function shownBy(guide, annotation) {
  const own = pictureOf(guide, annotation)?.hash;
  const { steps, pictures } = guide.outline;
  return own === undefined ? 0 : steps.filter(({ scenes }) => scenes.some(({ picture }) => picture !== null && pictures[picture]?.hash === own)).length;
}

/** The edit that puts a redaction on another guide's picture of that content; `null` if it shows none, or covers it. @param {Guide} other @param {string} hash @param {AnnotationFields} fields */
export function covering(other, hash, fields) {
  const { steps, pictures } = other.outline;
  const place = JSON.stringify(fields.region);
  const shown = steps.flatMap((step, at) => step.scenes.map((scene, index) => ({ step: at, index, scene }))).filter(({ scene }) => !scene.inherited && scene.picture !== null && pictures[scene.picture]?.hash === hash);
  const covered = shown.some(({ scene }) => scene.annotations.some(({ verb, region }) => verb === 'redact' && JSON.stringify(region) === place));
  // Within a guide, one redaction covers all that shows the picture.
  return shown.length && !covered ? { op: 'annotate', step: shown[0].step, scene: shown[0].index, fields: fieldsOf(fields) } : null;
}

/** The same on the last screenshot of the next step; `null` without one. @param {Guide} guide @param {string} annotation @returns {(import('./types.js').Intent & {uid: string, step: string, scene: number}) | null} */
export function copyOn(guide, annotation) {
  const { steps, pictures } = guide.outline;
  const found = findAnnotation(guide, annotation);
  const step = found && steps[steps.indexOf(found.step) + 1];
  const scene = step ? step.scenes.length - 1 : -1;
  const picture = step?.scenes[scene]?.picture;
  if (!found || !step || picture === null || picture === undefined) return null;
  const { region, to } = found.annotation;
  const inside = (/** @type {AnnotationFields['region']} */ area) => area && settle(area, pictures[picture]);
  return { op: 'annotate', step: step.uid, scene, fields: { ...fieldsOf(found.annotation), region: inside(region), to: inside(to) }, uid: fresh('a') };
}

export class MarkActions {
  #everywhere = h('button', { type: 'button', class: 'small', 'data-focus': 'redact-everywhere' }, icon('redact'), 'Redact in all guides');
  #covers = h('p', { class: 'hint' });
  #copy = h('button', { type: 'button', class: 'small', 'data-focus': 'copy-on', title: 'N' }, icon('copy'), 'Copy to the next step');
  element = h('div', { class: 'mark-actions' }, this.#covers, this.#everywhere, this.#copy);

  /** @param {Session} session @param {import('./canvas.js').Canvas} canvas @param {AbortSignal} signal */
  constructor(session, canvas, signal) {
    this.session = session;
    this.canvas = canvas;
    session.listen(() => this.update(), signal);
    this.#everywhere.addEventListener('click', () => this.redactEverywhere(), { signal });
    this.#copy.addEventListener('click', () => this.copyOn(), { signal });
  }

  update() {
    const { annotation, guide } = this.session;
    this.element.hidden = !annotation;
    if (!annotation) return;
    const redacts = annotation.verb === 'redact';
    const shown = redacts ? shownBy(guide, annotation.uid) : 0;
    this.#covers.hidden = shown < 2;
    say(this.#covers, `Covers it in all ${shown} steps that show this picture.`);
    this.#everywhere.hidden = !shown;
    attribute(this.#copy, 'aria-disabled', copyOn(guide, annotation.uid) ? null : 'true');
  }

  /** Puts the selected redaction on the same picture in all other guides. Each has its own undo. */
  async redactEverywhere() {
    const { session } = this;
    const { annotation, guide } = session;
    const hash = annotation && pictureOf(guide, annotation.uid)?.hash;
    if (!annotation || !hash || annotation.verb !== 'redact') return;
    session.flush();
    this.#everywhere.disabled = true;
    try {
      const done = await redactIn(guide.slug, hash, annotation);
      session.toast(done ? `Redacted in ${count(done, 'other guide')}` : 'No other guide shows this picture as it is');
    } catch (error) {
      session.toast(error instanceof TypeError ? 'The server does not answer' : /** @type {Error} */ (error).message, { bad: true });
    } finally {
      this.#everywhere.disabled = false;
    }
  }

  async copyOn() {
    const { session } = this;
    if (!session.annotation) return;
    const intent = copyOn(session.guide, session.annotation.uid);
    if (!intent) return session.toast('The next step has no screenshot', { bad: true });
    session.ask(intent);
    session.go(intent.step, intent.scene);
    session.select({ uid: intent.uid, which: 'region' });
    this.canvas.focus();
    session.announce(`Copied to step ${session.index + 1}`);
  }
}

/** In how many guides but one a redaction was put. @param {string} own @param {string} hash @param {AnnotationFields} fields */
async function redactIn(own, hash, fields) {
  const { status, body } = await new Api('', GUIDES).send('list');
  if (status !== 200) throw new Error(body.message || `the server answers ${status}`);
  let done = 0;
  for (const { slug } of /** @type {{slug: string}[]} */ (body.guides).filter((each) => each.slug !== own)) {
    const api = new Api(slug);
    const { status: found, body: other } = await api.send('guide');
    const edit = found === 200 ? covering(other, hash, fields) : null;
    if (!edit) continue;
    const { status: made, body: answer } = await api.send('edit', { base: other.version, edit });
    if (made !== 200) throw new Error(`${other.outline.meta.title}: ${answer.message || `the server answers ${made}`}`);
    done += 1;
  }
  return done;
}

/**
 * What is done with the selected annotation beyond its own screenshot: a redaction on all that show the picture, a copy on the next step.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./types.js').Guide} Guide
 * @typedef {import('./types.js').Said} Said
 */
import { attribute, h, icon, say } from './dom.js';
import { settle } from './geometry.js';
import { findAnnotation, fresh } from './identity.js';
import { saidOf } from './tools.js';
import { count } from './words.js';

/** Screenshots of their own that show the same picture as one, but not a redaction that it has. @param {Guide} guide @param {string} redaction Its uid. */
export function unredacted(guide, redaction) {
  const { steps, pictures } = guide.outline;
  const found = findAnnotation(guide, redaction);
  const hash = (/** @type {number | null} */ picture) => (picture === null ? undefined : pictures[picture]?.hash);
  const own = found && hash(found.step.scenes[found.scene].picture);
  if (!found || !own || found.said.verb !== 'redact') return [];
  const place = JSON.stringify(found.said.region);
  return steps.flatMap((step) => step.scenes.map((scene, at) => ({ step: step.uid, scene: at, shown: scene }))).filter(({ step, scene, shown }) => !shown.inherited
    && hash(shown.picture) === own && !(step === found.step.uid && scene === found.scene)
    && !shown.annotations.some(({ verb, region }) => verb === 'redact' && JSON.stringify(region) === place));
}

/** Redacts the same on all of them. @param {Guide} guide @param {string} redaction @returns {import('./types.js').Intent | null} */
export function redactEverywhere(guide, redaction) {
  const said = findAnnotation(guide, redaction)?.said;
  const intents = said ? unredacted(guide, redaction).map(({ step, scene }) => ({ op: 'annotate', step, scene, said: saidOf(said), uid: fresh('a') })) : [];
  return intents.length ? { op: 'all', intents } : null;
}

/** The same on the last screenshot of the next step; `null` without one. @param {Guide} guide @param {string} annotation @returns {(import('./types.js').Intent & {uid: string, step: string, scene: number}) | null} */
export function copyOn(guide, annotation) {
  const { steps, pictures } = guide.outline;
  const found = findAnnotation(guide, annotation);
  const step = found && steps[steps.indexOf(found.step) + 1];
  const scene = step ? step.scenes.length - 1 : -1;
  const picture = step?.scenes[scene]?.picture;
  if (!found || !step || picture === null || picture === undefined) return null;
  const { region, to } = found.said;
  const inside = (/** @type {Said['region']} */ area) => area && settle(area, pictures[picture]);
  return { op: 'annotate', step: step.uid, scene, said: { ...saidOf(found.said), region: inside(region), to: inside(to) }, uid: fresh('a') };
}

export class MarkActions {
  #everywhere = h('button', { type: 'button', class: 'small', 'data-focus': 'redact-everywhere' }, icon('redact'), h('span', {}));
  #copy = h('button', { type: 'button', class: 'small', 'data-focus': 'copy-on', title: 'N' }, icon('copy'), 'Copy to the next step');
  element = h('div', { class: 'mark-actions' }, this.#everywhere, this.#copy);

  /** @param {Session} session @param {import('./canvas.js').Canvas} canvas @param {AbortSignal} signal */
  constructor(session, canvas, signal) {
    this.session = session;
    this.canvas = canvas;
    session.listen(() => this.update(), signal);
    this.#everywhere.addEventListener('click', () => this.redactEverywhere(), { signal });
    this.#copy.addEventListener('click', () => this.copyOn(), { signal });
  }

  update() {
    const { said, guide } = this.session;
    this.element.hidden = !said;
    if (!said) return;
    const others = unredacted(guide, said.uid).length;
    this.#everywhere.hidden = !others;
    say(/** @type {Node} */ (this.#everywhere.lastChild), others === 1 ? 'Redact on the other screenshot of this too' : `Redact on all ${others + 1} screenshots of this`);
    attribute(this.#copy, 'aria-disabled', copyOn(guide, said.uid) ? null : 'true');
  }

  /** Says where else the picture of a redaction that was just drawn is shown as it is, and offers to redact it there. @param {string} redaction */
  propose(redaction) {
    const others = unredacted(this.session.guide, redaction).length;
    if (!others) return;
    const message = others === 1 ? 'Another screenshot shows this picture as it is' : `${others} other screenshots show this picture as it is`;
    this.session.toast(message, { action: { label: 'Redact it there too', run: () => this.redactEverywhere(redaction) } });
  }

  /** @param {string} [redaction] Its uid; without it, the selected one. */
  async redactEverywhere(redaction = this.session.said?.uid) {
    const { session } = this;
    const intent = redaction && redactEverywhere(session.guide, redaction);
    if (!intent) return;
    const { ok } = await session.ask(intent);
    if (ok) session.toast(`Redacted on ${count(intent.intents.length, 'more screenshot')}`, { undo: true });
  }

  async copyOn() {
    const { session } = this;
    if (!session.said) return;
    const intent = copyOn(session.guide, session.said.uid);
    if (!intent) return session.toast('The next step has no screenshot', { bad: true });
    session.ask(intent);
    session.go(intent.step, intent.scene);
    session.select({ uid: intent.uid, which: 'region' });
    this.canvas.focus();
    session.announce(`Copied to step ${session.index + 1}`);
  }
}

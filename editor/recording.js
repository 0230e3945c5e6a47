/**
 * Recording in the editor of a guide: steps after the chosen one, and what an annotation stands on.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./record.js').RecordingState} RecordingState
 */
import { AnchorField } from './anchor-field.js';
import { iconButton } from './dom.js';
import { findAnnotation } from './identity.js';
import { RecordDialog } from './record.js';
import { count } from './words.js';

export class Recording {
  button = iconButton('record', 'Record steps here', { 'data-focus': 'record' });
  anchors;
  /** What is picked for: the annotation, and which of its anchors. @type {{uid: string, which: string} | null} */
  #aim = null;
  /** How many steps there were. */
  #before = 0;
  #dialog;

  /** @param {Session} session @param {AbortSignal} signal */
  constructor(session, signal) {
    this.session = session;
    this.anchors = new AnchorField(session, (uid) => this.pick(uid), signal);
    this.#dialog = new RecordDialog({ done: (state) => this.#done(state), fail: (message) => session.toast(message, { bad: true }) }, signal);
    this.button.addEventListener('click', () => this.steps(), { signal });
  }

  get element() {
    return this.#dialog.element;
  }

  resume() {
    return this.#dialog.resume();
  }

  /** Steps behind the chosen one. */
  steps() {
    const { session } = this;
    session.flush();
    const { slug, outline } = session.guide;
    const title = session.current?.title || '';
    this.#before = outline.steps.length;
    this.#dialog.open({ what: 'steps', slug, after: outline.steps.length ? session.index : null, title });
  }

  /** What an annotation of the scene stands on. @param {string} uid */
  pick(uid) {
    const { session } = this;
    session.flush();
    const annotation = findAnnotation(session.guide, uid)?.annotation;
    if (!annotation) return;
    this.#aim = { uid, which: this.anchors.which };
    this.#dialog.open({ what: 'pick', slug: session.guide.slug, step: session.index, scene: session.scene, at: annotation.at < 0 ? null : annotation.at, title: annotation.verb });
  }

  /** @param {RecordingState} state */
  async #done({ what, result }) {
    const { session } = this;
    if (what === 'pick') {
      if (!this.#aim) return session.toast(`Picked ${result.anchor}: write it where it belongs`);
      const { ok, message } = await this.anchors.write(this.#aim.uid, result.anchor, this.#aim.which);
      if (ok) session.toast(`Stands on ${result.anchor}`, { undo: true });
      else session.toast(message || 'The anchor was not written', { bad: true });
      return;
    }
    if (what !== 'steps') return;
    session.toast(`${count(result.steps, 'step')} recorded`, { undo: true });
    const wait = new AbortController();
    const look = () => {
      const { steps } = session.guide.outline;
      if (steps.length < this.#before + result.steps) return;
      wait.abort();
      session.go(steps[result.first]?.uid || session.step);
    };
    session.listen(look, wait.signal);
    session.queue.refresh();
    look();
  }
}

/**
 * What is done to whole steps and their screenshots.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./types.js').Intent} Intent
 */
import { FIRST_WORDS, inOrder } from './files.js';
import { bytes } from './text.js';
import { count } from './words.js';

/** Where a path leads from a file of the project; empty if nowhere. @param {string} path @param {string} from */
function placeOf(path, from) {
  try {
    return new URL(encodeURI(path), `file:///${encodeURI(from)}`).pathname;
  } catch {
    return '';
  }
}

export class Actions {
  /** Puts the focus into the text of the step, all of it selected. */
  write = () => {};
  /** Puts the focus on a step of the list. @type {(uid: string) => void} */
  focusStep = () => {};

  /** @param {Session} session */
  constructor(session) {
    this.session = session;
  }

  /** Asks, and goes to a step when it is done. @param {Intent} intent @param {number} index */
  async #then(intent, index) {
    const outcome = await this.session.ask(intent);
    const steps = this.session.guide.outline.steps;
    const step = steps[Math.max(0, Math.min(index, steps.length - 1))];
    if (outcome.ok && step) this.session.go(step.uid);
    return outcome.ok;
  }

  /** A step after the selected one. */
  addStep() {
    return this.#addSteps([{ markdown: FIRST_WORDS, path: null }]);
  }

  /** Steps after the selected one; the first of them is selected. @param {{markdown: string, path: string | null}[]} steps */
  async #addSteps(steps) {
    const { step, current, index } = this.session;
    const at = current ? index + 1 : 0;
    if (!await this.#then({ op: 'add-steps', after: step, steps }, at)) return;
    this.session.announce(steps.length === 1 ? `Step ${at + 1} added` : `${count(steps.length, 'step')} added`);
    this.write();
  }

  async duplicate() {
    const { step, index, chosen } = this.session;
    if (chosen.length > 1) return this.#duplicateAll(chosen);
    if (!await this.#then({ op: 'duplicate', step }, index + 1)) return;
    this.session.announce(`Step ${index + 1} duplicated`);
    this.focusStep(this.session.step);
  }

  /** @param {string[]} chosen */
  async #duplicateAll(chosen) {
    const { session } = this;
    const { ok } = await session.ask({ op: 'duplicate-steps', steps: chosen });
    const { steps } = session.guide.outline;
    const last = steps.findIndex(({ uid }) => uid === chosen[chosen.length - 1]);
    const copies = steps.slice(last + 1, last + 1 + chosen.length).map(({ uid }) => uid);
    if (!ok || copies.length < chosen.length) return;
    session.choose(copies, copies[0]);
    session.announce(`${count(copies.length, 'step')} duplicated`);
    this.focusStep(session.step);
  }

  /** @param {string[]} chosen */
  #deleteAll(chosen) {
    const { session } = this;
    const { steps } = session.guide.outline;
    if (chosen.length === steps.length) return session.toast('A guide keeps at least one step', { bad: true });
    const last = steps.findIndex(({ uid }) => uid === chosen[chosen.length - 1]);
    const next = steps[last + 1] || [...steps].reverse().find(({ uid }) => !chosen.includes(uid));
    session.ask({ op: 'delete-steps', steps: chosen });
    if (next) session.go(next.uid);
    session.toast(`Deleted ${count(chosen.length, 'step')}`, { undo: true });
    this.focusStep(session.step);
  }

  deleteStep() {
    const { session } = this;
    const { steps } = session.guide.outline;
    const { step, index, chosen } = session;
    if (chosen.length > 1) return this.#deleteAll(chosen);
    if (steps.length === 1) return session.toast('The last step of a guide stays', { bad: true });
    const next = steps[index + 1] || steps[index - 1];
    session.ask({ op: 'delete', step });
    session.go(next.uid);
    session.toast(`Deleted step ${index + 1}`, { undo: true });
    this.focusStep(next.uid);
  }

  /** @param {number} by */
  moveStep(by) {
    const { chosen, guide: { outline: { steps } } } = this.session;
    if (chosen.length > 1) {
      const first = steps.findIndex(({ uid }) => uid === chosen[0]);
      const to = first + by;
      if (to >= 0 && to + chosen.length <= steps.length) this.moveStepsTo(chosen, to);
      return;
    }
    const to = this.session.index + by;
    if (to >= 0 && to < this.session.guide.outline.steps.length) this.moveStepTo(this.session.step, to);
  }

  /** @param {string} uid @param {number} to */
  moveStepTo(uid, to) {
    const { session } = this;
    const title = session.guide.outline.steps.find((step) => step.uid === uid)?.title;
    session.ask({ op: 'move', step: uid, to });
    session.announce(`${title}: moved to place ${to + 1} of ${session.guide.outline.steps.length}`);
  }

  /** Behind each other, so that the first of them stands at `to` afterwards. @param {string[]} uids @param {number} to */
  moveStepsTo(uids, to) {
    const { session } = this;
    session.ask({ op: 'move-steps', steps: uids, to });
    session.announce(`${count(uids.length, 'step')} moved to places ${to + 1} to ${to + uids.length} of ${session.guide.outline.steps.length}`);
  }

  /** Cuts the step where the caret is. @param {number} run @param {string} text @param {number} caret */
  async split(run, text, caret) {
    const { session } = this;
    const { step, index, annotation } = session;
    const offset = bytes(text, caret);
    const done = await this.#then({ op: 'split', step, run, offset, ...(annotation ? { from: annotation.uid } : {}) }, index + 1);
    if (!done) return;
    session.announce(`Step ${index + 1} split`);
    this.write();
  }

  /** Saves a picture beside the guide. @param {File} file @param {string} [title] Of its step. @returns {Promise<string | null>} */
  async upload(file, title = '') {
    this.session.uploads += 1;
    this.session.changed();
    try {
      const { status, body } = await this.session.api.upload(file, title === FIRST_WORDS.slice(0, -1) ? '' : title);
      if (status >= 200 && status < 300) return body.path;
      this.session.toast(body.message || `${file.name} can’t be used as a screenshot`, { bad: true });
    } catch {
      this.session.toast(`${file.name} was not saved: the server does not answer`, { bad: true });
    } finally {
      this.session.uploads -= 1;
      this.session.changed();
    }
    return null;
  }

  /**
   * The screenshot of a step that has none, and a step for each other one, after the selected one.
   * @param {File[]} files @param {boolean} [fill] Whether the selected step may take the first.
   */
  async addPictures(files, fill = this.session.lacksPicture) {
    const { session } = this;
    const { step, current } = session;
    const paths = [];
    for (const [at, file] of inOrder(files).entries()) {
      const path = await this.upload(file, fill && at === 0 ? current?.title : '');
      if (path) paths.push(path);
    }
    if (fill && paths.length) {
      const path = paths.shift();
      const { ok } = await session.ask({ op: 'add-screenshot', step, path, alt: '' });
      if (!ok) return;
      session.go(step);
      session.announce('Screenshot added to this step');
    }
    if (paths.length) await this.#addSteps(paths.map((path) => ({ markdown: FIRST_WORDS, path })));
  }

  /** @param {File} file */
  async replacePicture(file) {
    const { step, scene } = this.session;
    const path = await this.upload(file, this.session.current?.title);
    if (path) await this.session.ask({ op: 'screenshot', step, scene, path });
  }

  /** All screenshots of their own that show the picture of this one. @returns {{step: string, scene: number}[]} */
  get sameShown() {
    const { guide, picture } = this.session;
    const { steps, pictures } = guide.outline;
    return steps.flatMap(({ uid: step, scenes }) => scenes.flatMap((each, scene) => (!each.inherited && each.picture !== null && pictures[each.picture] === picture ? [{ step, scene }] : [])));
  }

  /** Whether the settings name this picture as the cover. */
  get isCover() {
    const { guide: { path, outline: { meta } }, picture } = this.session;
    return !!meta.cover && !!picture && placeOf(meta.cover, path) === placeOf(picture.path, '');
  }

  /** Another picture in all places that show this one. @param {File} file */
  async replaceEverywhere(file) {
    const places = this.sameShown;
    const { isCover } = this;
    const path = await this.upload(file, this.session.current?.title);
    if (!path) return;
    /** @type {import('./types.js').Intent[]} */
    const intents = places.map((place) => ({ op: 'screenshot', ...place, path }));
    if (isCover) intents.push({ op: 'meta', key: 'cover', value: path });
    const { ok } = await this.session.ask({ op: 'all', intents });
    if (ok) this.session.toast(`Replaced in ${count(places.length, 'place')}${isCover ? ' and on the cover' : ''}`, { undo: true });
  }

  /** Another screenshot in this step. @param {File[]} files */
  async addToStep(files) {
    const { step, current } = this.session;
    for (const file of inOrder(files)) {
      const path = await this.upload(file, current?.title);
      if (!path) continue;
      const { ok } = await this.session.ask({ op: 'add-screenshot', step, path, alt: '' });
      if (ok) this.session.go(step, (this.session.current?.scenes.length || 1) - 1);
    }
  }

  /** Opens the texts and chapters: at the introduction, at a chapter, at a new one. Given by the dialog. */
  openIntroduction = () => {};
  /** @type {(title: string) => void} */
  openChapter = () => {};
  /** @type {() => void} */
  beginChapter = () => {};

  /** Lets the author decide on what may have to be redacted. Given by the dialog. @type {(then: () => void) => void} */
  beforePublishing = (then) => then();

  publish() {
    this.beforePublishing(() => this.#publish());
  }

  async makeDraft() {
    const { ok } = await this.session.ask({ op: 'meta', key: 'draft', value: true });
    if (ok) this.session.toast('A draft again: the next build leaves it out', { undo: true });
  }

  async #publish() {
    const { ok } = await this.session.ask({ op: 'meta', key: 'draft', value: false });
    if (ok) this.session.toast('Published: the next build shows it', { undo: true });
  }

  undo() {
    return this.#history('undo');
  }

  redo() {
    return this.#history('redo');
  }

  /** @param {'undo' | 'redo'} op */
  async #history(op) {
    const { session } = this;
    session.flush();
    if (!session.guide[op]) return;
    const { step, index } = session;
    const { ok, before, after } = await session.ask({ op });
    if (!ok) return;
    session.dismiss();
    session.announce(op === 'undo' ? 'Undone' : 'Redone');
    const { steps } = after.outline;
    // A step whose adding is undone leaves its author at the one it was added to.
    if (!steps.some(({ uid }) => uid === step)) return void (steps.length && session.go(steps[Math.max(0, index - 1)].uid));
    // What changed is shown, or the author would wonder whether anything did.
    const was = new Map(before.outline.steps.map((step) => [step.uid, JSON.stringify([step.runs, step.scenes.map(({ alt, annotations }) => [alt, annotations.map(({ source }) => source)])])]));
    const is = (/** @type {any} */ step) => JSON.stringify([step.runs, step.scenes.map((/** @type {any} */ { alt, annotations }) => [alt, annotations.map((/** @type {any} */ { source }) => source)])]);
    const changed = steps.find((step) => was.get(step.uid) !== is(step));
    if (changed && changed.uid !== session.step) session.go(changed.uid);
  }
}

/**
 * What is typed and not yet in the file. Each draft has a key; it lives until it is saved or given up, also while its
 * field is not on the screen. Pure but for `later`.
 *
 * @typedef {import('./queue.js').Outcome} Outcome
 *
 * @typedef {object} Draft
 * @property {string} value As typed.
 * @property {string} base What the file had when typing began.
 * @property {(value: string) => Promise<Outcome>} save
 * @property {string} error Why the file refused it.
 * @property {string | null} theirs What the file has now, if that is neither.
 * @property {boolean} sending
 */

/** How long a pause is, in milliseconds. */
export const PAUSE = 600;

export class Drafts {
  /** @type {Map<string, Draft>} */
  #drafts = new Map();
  /** @type {(() => void) | undefined} */
  #cancel;

  /** @param {{later: (call: () => void, milliseconds: number) => () => void, changed: () => void}} edges */
  constructor(edges) {
    this.edges = edges;
  }

  /** @param {string} key */
  get(key) {
    return this.#drafts.get(key);
  }

  /** Keys and what was typed. @returns {[string, string][]} */
  get all() {
    return [...this.#drafts].map(([key, { value }]) => [key, value]);
  }

  /** Whether anything typed is not on its way. */
  get any() {
    return this.#drafts.size > 0;
  }

  /** Whether one waits for its author: refused, or the file has other words. */
  get stuck() {
    return [...this.#drafts.values()].some(({ error, theirs }) => error !== '' || theirs !== null);
  }

  /** Something was typed. @param {string} key @param {string} value @param {string} current What the file has. @param {Draft['save']} save */
  type(key, value, current, save) {
    const known = this.#drafts.get(key);
    if (!known && value === current) return;
    if (known && !known.sending && known.theirs === null && value === known.base) this.#drafts.delete(key);
    else this.#drafts.set(key, { base: current, theirs: null, sending: false, ...known, value, save, error: '' });
    this.#cancel?.();
    this.#cancel = this.edges.later(() => this.flush(), PAUSE);
    this.edges.changed();
  }

  /** Sends what can be sent: not what was refused as it is, nor what the file has other words for. @param {string} [key] */
  flush(key) {
    if (key === undefined) this.#cancel?.();
    for (const [name, draft] of this.#drafts) {
      if (key === undefined || key === name) this.#send(name, draft);
    }
  }

  /** @param {string} key @param {Draft} draft */
  #send(key, draft) {
    if (draft.sending || draft.error || draft.theirs !== null) return;
    draft.sending = true;
    const sent = draft.value;
    draft.save(sent).then(({ ok, message }) => {
      // Typing on makes a new draft of the same name.
      const now = this.#drafts.get(key);
      if (!now) return;
      now.sending = false;
      now.base = ok ? sent : now.base;
      if (!ok && message) now.error = now.value === sent ? message : '';
      else if (!ok || now.value === sent) this.#drafts.delete(key);
      this.edges.changed();
      if (ok && this.#drafts.get(key) === now) this.flush(key);
    });
  }

  /** The file has this text now. @param {string} key @param {string} current */
  meet(key, current) {
    const draft = this.#drafts.get(key);
    if (!draft || draft.sending || draft.error) return draft;
    if (current === draft.value) this.#drafts.delete(key);
    else if (current !== draft.base) draft.theirs = current;
    return this.#drafts.get(key);
  }

  /** Ends a difference. @param {string} key @param {'mine' | 'theirs'} choice */
  choose(key, choice) {
    const draft = this.#drafts.get(key);
    if (!draft) return;
    if (choice === 'theirs') this.#drafts.delete(key);
    else {
      draft.base = draft.theirs ?? draft.base;
      draft.theirs = null;
      draft.error = '';
      this.#send(key, draft);
    }
    this.edges.changed();
  }
}

/**
 * Edits on their way to the file: one at a time, each on the newest version. What the author sees is the confirmed
 * guide with all that waits on top. Pure but for what it is given: `send` and `later`.
 *
 * @typedef {import('./types.js').Guide} Guide
 * @typedef {import('./types.js').Intent} Intent
 * @typedef {{status: number, body: any}} Answer
 * @typedef {{ok: boolean, before: Guide, after: Guide, message?: string}} Outcome
 * @typedef {{intent: Intent, yours: string, theirs: string, message: string, possible: boolean}} Conflict
 * @typedef {{state: 'saved' | 'saving' | 'gone' | 'conflict', message: string}} Status
 */
import { recognise } from './identity.js';
import { foresee, resolve } from './intent.js';

/** Waits between tries, in milliseconds; the last one again and again. */
const WAITS = [500, 1000, 2000, 4000];

export class Queue {
  /** @type {{intent: Intent, settle: (outcome: Outcome) => void}[]} */
  #waiting = [];
  /** @type {Guide | null} */
  #seen = null;
  #running = false;
  #stale = false;
  #tries = 0;
  /** @type {(() => void) | undefined} */
  #cancel;

  /** @type {Conflict | null} */
  conflict = null;
  /** @type {Status} */
  status = { state: 'saved', message: '' };

  /**
   * @param {Guide} guide
   * @param {object} edges
   * @param {(path: string, body?: object) => Promise<Answer>} edges.send Rejects if the server does not answer.
   * @param {(call: () => void, milliseconds: number) => () => void} edges.later Returns what takes it back.
   * @param {() => void} edges.changed Something that is shown has changed.
   */
  constructor(guide, edges) {
    this.confirmed = recognise(null, guide);
    this.edges = edges;
  }

  /** The guide as the author has made it. @returns {Guide} */
  get guide() {
    this.#seen ??= this.#waiting.reduce((guide, { intent }) => foresee(guide, intent), this.confirmed);
    return this.#seen;
  }

  /** What was asked for and is not in the file. @returns {Intent[]} */
  get waiting() {
    return this.#waiting.map(({ intent }) => intent);
  }

  /** Whether something has not reached the file yet. */
  get busy() {
    return this.#waiting.length > 0;
  }

  /** Asks for an edit. Resolves when it is in the file, or refused. @param {Intent} intent @returns {Promise<Outcome>} */
  push(intent) {
    return new Promise((settle) => {
      this.#waiting.push({ intent, settle });
      this.#seen = null;
      if (this.status.state === 'saved') this.status = { state: 'saving', message: '' };
      this.edges.changed();
      this.#run();
    });
  }

  /** The file is not what we have: fetches it when nothing else is on its way. */
  refresh() {
    this.#stale = true;
    this.#run();
  }

  /** Tries again at once. */
  retry() {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#tries = 0;
    this.#run();
  }

  /** Ends a conflict. @param {'keep' | 'again'} choice */
  decide(choice) {
    if (!this.conflict) return;
    this.conflict = null;
    if (choice === 'keep') this.#settle(false, this.confirmed, '');
    this.edges.changed();
    this.#run();
  }

  /** @param {boolean} ok @param {Guide} after @param {string} message */
  #settle(ok, after, message) {
    const head = this.#waiting.shift();
    const before = this.confirmed;
    this.confirmed = after;
    this.#seen = null;
    head?.settle({ ok, before, after, message });
  }

  async #run() {
    if (this.#running || this.conflict || this.#cancel) return;
    this.#running = true;
    try {
      while (!this.conflict && (this.#stale || this.#waiting.length > 0)) await (this.#stale ? this.#fetch() : this.#step());
      this.#tries = 0;
      this.status = this.conflict ? { state: 'conflict', message: 'the file has changed' } : { state: 'saved', message: '' };
    } catch (error) {
      this.#postpone(error instanceof Refused ? error.message : 'the server does not answer');
    } finally {
      this.#running = false;
    }
    this.edges.changed();
  }

  /** @param {string} message */
  #postpone(message) {
    this.status = { state: 'gone', message };
    const wait = WAITS[Math.min(this.#tries++, WAITS.length - 1)];
    this.#cancel = this.edges.later(() => {
      this.#cancel = undefined;
      this.#run();
    }, wait);
  }

  async #fetch() {
    // News that come while this is on its way need another one.
    this.#stale = false;
    try {
      const { status, body } = await this.edges.send('guide');
      if (status !== 200) throw new Refused(body?.message || `the server answers ${status}`);
      this.confirmed = recognise(this.confirmed, body);
    } catch (error) {
      this.#stale = true;
      throw error;
    }
    this.#seen = null;
    this.edges.changed();
  }

  async #step() {
    const { intent } = this.#waiting[0];
    if (this.status.state === 'saved') this.status = { state: 'saving', message: '' };
    const history = ['undo', 'redo', 'fix'].includes(intent.op);
    const edit = history ? {} : resolve(intent, this.confirmed);
    if (!edit) return this.#refuse('what this edit was about is no longer in the file');
    const { status, body } = await this.edges.send(history ? intent.op : 'edit', history ? (intent.lines ? { lines: intent.lines } : {}) : { base: this.confirmed.version, edit });
    this.status = { state: 'saving', message: '' };
    if (status === 200) {
      this.#settle(true, recognise(foresee(this.confirmed, intent), body), '');
      this.edges.changed();
    } else if (status === 409) {
      this.#dispute(intent, body);
    } else if (status >= 400 && status < 500 && status !== 403 && status !== 404) {
      this.#refuse(body?.message || `the server refuses it (${status})`);
    } else {
      throw new Refused(body?.message || `the server answers ${status}`);
    }
  }

  /** @param {string} message */
  #refuse(message) {
    this.#settle(false, this.confirmed, message);
    this.edges.changed();
  }

  /** @param {Intent} intent @param {{message: string, yours: string, theirs: string, guide: Guide}} body */
  #dispute(intent, { message, yours, theirs, guide }) {
    this.confirmed = recognise(this.confirmed, guide);
    this.#seen = null;
    const possible = !['undo', 'redo', 'fix'].includes(intent.op) && resolve(intent, this.confirmed) !== null;
    this.conflict = { intent, yours, theirs, message, possible };
  }
}

/** The server answers, but not with what was asked for. */
class Refused extends Error {}

/**
 * Words that were typed and never reached the file, because the server or the tab ended: kept in the browser, and offered at
 * the next start.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./types.js').Guide} Guide
 * @typedef {{kind: 'text', id: string, run: number, value: string} | {kind: 'section', section: number, value: string}} Lost
 */
import { makeDialog } from './dialogs.js';
import { h } from './dom.js';

/** Names of what one window keeps begin so; the guide's slug and a name of the window follow. */
const PREFIX = 'guidemark-unsaved';

/** What was typed into texts of the guide, so that another window can find the place. @param {Guide} guide @param {[string, string][]} drafts Keys and values. @returns {Lost[]} */
export function lost(guide, drafts) {
  /** @type {Lost[]} */
  const found = [];
  for (const [key, value] of drafts) {
    const [uid, kind, number] = key.split(' ');
    const step = guide.outline.steps.find((each) => each.uid === uid);
    if (uid === 'section') found.push({ kind: 'section', section: Number(kind), value });
    else if (kind === 'text' && step) found.push({ kind: 'text', id: step.id, run: Number(number), value });
  }
  return found;
}

/** The edit that puts words back where they were typed; nothing if that is gone, or says so already. @param {Guide} guide @param {Lost} each @returns {import('./types.js').Intent | null} */
export function backTo(guide, each) {
  if (each.kind === 'section') {
    const section = guide.outline.sections[each.section];
    if (section?.kind === 'text' && section.markdown !== each.value) return { op: 'prose', section: each.section, markdown: each.value };
    return section?.kind === 'heading' && section.title !== each.value ? { op: 'heading', section: each.section, title: each.value } : null;
  }
  const step = guide.outline.steps.find(({ id }) => id === each.id);
  return step && step.runs[each.run] !== each.value && each.run <= step.runs.length ? { op: 'text', step: step.uid, run: each.run, markdown: each.value } : null;
}

export class Unsaved {
  #words = h('div', { class: 'lost-words' });
  #back = h('button', { type: 'button', class: 'primary' }, 'Put back');
  #drop = h('button', { type: 'button' }, 'Discard');
  #name;
  element;
  /** @type {Map<string, Lost[]>} */
  #found = new Map();

  /** @param {Session} session @param {AbortSignal} signal */
  constructor(session, signal) {
    this.session = session;
    this.#name = `${PREFIX} ${session.guide.slug} ${crypto.randomUUID()}`;
    this.element = makeDialog('Not saved last time', 'unsaved', [h('div', { class: 'unsaved-body' },
      h('p', { class: 'hint' }, 'These words were typed and did not reach the file before the editor was closed.'), this.#words,
      h('footer', {}, h('i', { class: 'gap' }), this.#drop, this.#back))], signal);
    this.#drop.addEventListener('click', () => this.#end(), { signal });
    this.#back.addEventListener('click', () => this.#putBack(), { signal });
    session.listen(() => this.#store(), signal);
    // As long as this window is there, what it keeps is its own.
    navigator.locks?.request(this.#name, () => new Promise((done) => { signal.addEventListener('abort', done); }));
  }

  #store() {
    const words = lost(this.session.guide, this.session.drafts.all);
    try {
      if (words.length) localStorage.setItem(this.#name, JSON.stringify(words));
      else localStorage.removeItem(this.#name);
    } catch {
      // A browser that keeps nothing has nothing to offer.
    }
  }

  /** Asks what becomes of what other windows left. */
  async offer() {
    let names = /** @type {string[]} */ ([]);
    try {
      names = Object.keys(localStorage).filter((name) => name.startsWith(`${PREFIX} ${this.session.guide.slug} `) && name !== this.#name);
    } catch {
      return;
    }
    for (const name of names) {
      const take = () => { if (!this.#read(name)) localStorage.removeItem(name); };
      if (navigator.locks) await navigator.locks.request(name, { ifAvailable: true }, async (lock) => { if (lock) take(); });
      else take();
    }
    const all = [...this.#found.values()].flat();
    if (!all.length) return;
    this.#words.replaceChildren(...all.map(({ value }) => h('pre', { tabindex: '0', role: 'region', 'aria-label': 'Words that were not saved' }, value)));
    this.element.showModal();
    this.#back.focus();
  }

  /** Whether a window left something that the file does not say. @param {string} name */
  #read(name) {
    try {
      const words = /** @type {Lost[]} */ (JSON.parse(localStorage.getItem(name) || '[]')).filter((each) => typeof each.value === 'string' && backTo(this.session.guide, each));
      if (words.length) this.#found.set(name, words);
      return words.length > 0;
    } catch {
      return false;
    }
  }

  #end() {
    this.#found.forEach((_, name) => localStorage.removeItem(name));
    this.#found.clear();
    this.element.close();
  }

  async #putBack() {
    for (const each of [...this.#found.values()].flat()) {
      const intent = backTo(this.session.guide, each);
      // What is refused is told of, and stays here.
      if (intent && !(await this.session.ask(intent)).ok) return;
    }
    this.#end();
    this.session.announce('Put back');
  }
}

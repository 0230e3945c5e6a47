/**
 * What was typed or changed and never reached the file, because the server or the tab ended: kept in the browser, and offered
 * at the next start.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./types.js').Guide} Guide
 * @typedef {import('./types.js').Intent} Intent
 * @typedef {{kind: 'section', section: number, value: string}
 *   | {kind: 'text', id: string, run: number, value: string}
 *   | {kind: 'alt', id: string, scene: number, value: string}
 *   | {kind: 'id', id: string, value: string}
 *   | {kind: 'annotation', id: string, scene: number, index: number, verb: string, part: Part, value: string}
 *   | import('./waiting.js').Waiting} Lost `id` is that of the step.
 * @typedef {'text' | 'word' | 'on' | 'to_on'} Part What of an annotation is typed.
 */
import { makeDialog } from './dialogs.js';
import { h } from './dom.js';
import { findAnnotation } from './identity.js';
import { saying } from './tools.js';
import { toIntent, waiting } from './waiting.js';

/** Names of what one window keeps begin so; the guide's slug and a name of the window follow. */
const PREFIX = 'guidemark-unsaved';

/** @type {string[]} */
const PARTS = ['text', 'word', 'on', 'to_on'];

/** What was typed into a guide, so that another window can find the place. @param {Guide} guide @param {[string, string][]} drafts Keys and values. @returns {Lost[]} */
export function lost(guide, drafts) {
  return drafts.flatMap(([key, value]) => {
    const [owner, kind, number] = key.split(' ');
    if (owner === 'section') return [{ kind: 'section', section: Number(kind), value }];
    const step = guide.outline.steps.find(({ uid }) => uid === owner);
    if (step) return ofStep(step.id, kind, Number(number), value);
    const found = findAnnotation(guide, owner);
    if (!found || !PARTS.includes(kind)) return [];
    const { scene, index, annotation } = found;
    return [{ kind: 'annotation', id: found.step.id, scene, index, verb: annotation.verb, part: /** @type {Part} */ (kind), value }];
  });
}

/** @param {string} id @param {string} kind @param {number} number @param {string} value @returns {Lost[]} */
function ofStep(id, kind, number, value) {
  switch (kind) {
    case 'text': return [{ kind, id, run: number, value }];
    case 'alt': return [{ kind, id, scene: number, value }];
    case 'id': return [{ kind, id, value }];
    default: return [];
  }
}

/** The edit that puts words back where they were typed; nothing if that is gone, or says so already. @param {Guide} guide @param {Lost} each @returns {Intent | null} */
export function backTo(guide, each) {
  if (each.kind === 'edit') return toIntent(guide, each.intent);
  if (each.kind === 'section') {
    const section = guide.outline.sections[each.section];
    if (section?.kind === 'text' && section.markdown !== each.value) return { op: 'prose', section: each.section, markdown: each.value };
    return section?.kind === 'heading' && section.title !== each.value ? { op: 'heading', section: each.section, title: each.value } : null;
  }
  const step = guide.outline.steps.find(({ id }) => id === each.id);
  return step ? backToStep(guide, step, each) : null;
}

/** @param {Guide} guide @param {Guide['outline']['steps'][number]} step @param {Exclude<Lost, {kind: 'section' | 'edit'}>} each @returns {Intent | null} */
function backToStep(guide, step, each) {
  const { value } = each;
  switch (each.kind) {
    case 'text': return step.runs[each.run] !== value && each.run <= step.runs.length ? { op: 'text', step: step.uid, run: each.run, markdown: value } : null;
    case 'alt': return (step.scenes[each.scene]?.alt ?? value) !== value ? { op: 'alt', step: step.uid, scene: each.scene, alt: value } : null;
    case 'id': return (step.own_id || '') !== value ? { op: 'id', step: step.uid, id: value || null } : null;
    case 'annotation': {
      const annotation = step.scenes[each.scene]?.annotations[each.index];
      const verb = guide.verbs.find(({ name }) => name === each.verb);
      if (!verb || annotation?.verb !== each.verb || !PARTS.includes(each.part) || (annotation[each.part] || '') === value) return null;
      const change = each.part === 'text' || each.part === 'word' ? value : value || null;
      return { op: 'set', annotation: annotation.uid, fields: saying(annotation, verb, { [each.part]: change }) };
    }
    default: return null;
  }
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
      h('p', { class: 'hint' }, 'This was typed or changed, and did not reach the file before the editor was closed.'), this.#words,
      h('footer', {}, h('i', { class: 'gap' }), this.#drop, this.#back))], signal);
    this.#drop.addEventListener('click', () => this.#end(), { signal });
    this.#back.addEventListener('click', () => this.#putBack(), { signal });
    session.listen(() => this.#store(), signal);
    // As long as this window is there, what it keeps is its own.
    navigator.locks?.request(this.#name, () => new Promise((done) => { signal.addEventListener('abort', done); }));
  }

  #store() {
    const { session } = this;
    const drafts = session.drafts.all;
    const asked = session.waiting;
    // What a dialog has asked for is on its way already.
    const begun = session.begun().filter((each) => !asked.some((other) => JSON.stringify(other) === JSON.stringify(each)));
    const words = [...lost(session.guide, drafts), ...waiting(session.queue.confirmed, [...asked, ...begun], drafts.map(([key]) => key.split(' ')[0]))];
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
    this.#words.replaceChildren(...all.map(({ value }) => h('pre', { tabindex: '0', role: 'region', 'aria-label': 'Not saved' }, value)));
    this.element.showModal();
    this.#back.focus();
  }

  /** Whether a window left something that the file does not say. @param {string} name */
  #read(name) {
    try {
      let edited = false;
      const words = /** @type {Lost[]} */ (JSON.parse(localStorage.getItem(name) || '[]')).filter((each) => {
        // What an edit speaks of may only come with the one before it.
        const found = typeof each.value === 'string' && (!!backTo(this.session.guide, each) || (each.kind === 'edit' && edited));
        edited ||= found && each.kind === 'edit';
        return found;
      });
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
      // What is refused is reported, and stays here.
      if (intent && !(await this.session.ask(intent)).ok) return;
    }
    this.#end();
    this.session.announce('Put back');
  }
}

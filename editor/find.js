/**
 * The dialog that finds words in all texts of the guide and puts others in their place, one by one or all at once.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./search.js').Hit} Hit
 */
import { makeDialog } from './dialogs.js';
import { attribute, h, iconButton } from './dom.js';
import { hits, replacing, texts } from './search.js';
import { count } from './words.js';

/** Hits that are listed. */
const SHOWN = 200;
/** Letters before and behind a hit. */
const AROUND = 36;

export class Find {
  #words = h('input', { type: 'text', id: 'find-words', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'find-count' });
  #by = h('input', { type: 'text', id: 'find-by', autocomplete: 'off', spellcheck: 'true' });
  #case = h('input', { type: 'checkbox', id: 'find-case' });
  #count = h('p', { class: 'hint', id: 'find-count', role: 'status' });
  #before = iconButton('up', 'Previous');
  #next = iconButton('down', 'Next');
  #list = h('ol', { class: 'hits', 'aria-label': 'Found' });
  #one = h('button', { type: 'button' }, 'Replace');
  #all = h('button', { type: 'button', class: 'primary' }, 'Replace all');
  element;
  /** @type {import('./search.js').Written[]} */
  #texts = [];
  /** @type {Hit[]} */
  #found = [];
  #at = 0;
  /** What the last replacement did: shown in place of the count until something else is done or found. */
  #note = '';
  /** The hits of before a change, so that the next one is chosen after it. */
  #busy = false;

  /** @param {Session} session @param {import('./places.js').Places} places @param {AbortSignal} signal */
  constructor(session, places, signal) {
    this.session = session;
    this.places = places;
    const form = h('form', { class: 'find-form', novalidate: true },
      h('div', { class: 'field' }, h('label', { for: 'find-words' }, 'Find'), h('div', { class: 'find-line' }, this.#words, this.#before, this.#next)),
      h('div', { class: 'find-line' }, this.#count, h('label', { class: 'check', for: 'find-case' }, this.#case, 'Match case')),
      this.#list,
      h('div', { class: 'field' }, h('label', { for: 'find-by' }, 'Replace with'), this.#by),
      h('footer', {}, h('i', { class: 'gap' }), this.#one, this.#all));
    this.element = makeDialog('Find and replace', 'find', [form], signal);
    const on = (/** @type {EventTarget} */ at, /** @type {string} */ name, /** @type {(event: any) => void} */ call) => at.addEventListener(name, call, { signal });
    on(this.#words, 'input', () => this.#anew());
    on(this.#case, 'change', () => this.#anew());
    on(this.#before, 'click', () => this.#step(-1));
    on(this.#next, 'click', () => this.#step(1));
    on(this.#one, 'click', () => this.#replace([this.#found[this.#at]]));
    on(this.#all, 'click', () => this.#replace(this.#found));
    on(form, 'submit', (event) => event.preventDefault());
    on(this.#words, 'keydown', (event) => this.#keys(event));
    on(this.#by, 'keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      this.#replace([this.#found[this.#at]]);
    });
    on(this.#list, 'click', ({ target }) => {
      const at = /** @type {HTMLElement} */ (target).closest('button')?.value;
      if (at !== undefined) this.#go(Number(at));
    });
    session.listen(() => { if (this.element.open && !this.#busy) this.#renew(); }, signal);
  }

  /** With the words that are selected, if any. @param {string} [words] */
  open(words) {
    this.session.flush();
    if (words) this.#words.value = words;
    if (!this.element.open) this.element.showModal();
    this.#by.lang = this.session.guide.lang || 'en';
    this.#anew();
    this.#words.focus();
    this.#words.select();
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') this.#step(1);
    else if (event.key === 'ArrowUp') this.#step(-1);
    else if (event.key === 'Enter') this.#go(this.#at);
    else return;
    event.preventDefault();
  }

  /** @param {number} by */
  #step(by) {
    const { length } = this.#found;
    this.#note = '';
    if (length) this.#choose((this.#at + by + length) % length);
  }

  /** @param {number} at */
  #choose(at) {
    this.#at = Math.max(0, Math.min(at, this.#found.length - 1));
    [...this.#list.children].forEach((row, index) => attribute(/** @type {Element} */ (row.firstElementChild), 'aria-current', index === this.#at ? 'true' : null));
    this.#list.children[this.#at]?.scrollIntoView({ block: 'nearest' });
    const { length } = this.#found;
    this.#count.textContent = this.#note || (length ? `${this.#at + 1} of ${length}` : this.#words.value ? 'Nothing found' : '');
  }

  #anew() {
    this.#note = '';
    this.#search(0);
  }

  /** The guide may have changed: elsewhere, or by an undo. */
  #renew() {
    const { length } = this.#found;
    this.#search(this.#at);
    if (this.#found.length === length) return;
    this.#note = '';
    this.#choose(this.#at);
  }

  /** @param {number} at The hit that is chosen then. */
  #search(at) {
    this.#texts = texts(this.session.guide);
    this.#found = hits(this.#texts, this.#words.value, this.#case.checked);
    const rows = this.#found.slice(0, SHOWN).map((hit, index) => this.#row(hit, index));
    const focused = this.#list.contains(document.activeElement);
    this.#list.replaceChildren(...rows);
    this.#list.hidden = !rows.length;
    for (const button of [this.#before, this.#next, this.#one, this.#all]) attribute(button, 'aria-disabled', rows.length ? null : 'true');
    this.#choose(at);
    if (focused) /** @type {HTMLElement | null} */ (this.#list.children[this.#at]?.firstElementChild)?.focus();
  }

  /** @param {Hit} hit @param {number} index */
  #row({ at, start, end }, index) {
    const { where, text } = this.#texts[at];
    const line = (/** @type {string} */ part) => part.replace(/\s+/g, ' ');
    const [from, to] = [Math.max(0, start - AROUND), Math.min(text.length, end + AROUND)];
    return h('li', {}, h('button', { type: 'button', value: String(index) }, h('span', { class: 'hit-where' }, where),
      h('span', { class: 'hit-words' }, (from ? '…' : '') + line(text.slice(from, start)), h('mark', {}, text.slice(start, end)), line(text.slice(end, to)) + (to < text.length ? '…' : ''))));
  }

  /** @param {number} at */
  #go(at) {
    const hit = this.#found[at];
    if (!hit) return;
    this.element.close();
    this.places.go(this.#texts[hit.at].place, hit);
  }

  /** @param {(Hit | undefined)[]} wanted */
  async #replace(wanted) {
    const found = wanted.filter((hit) => hit !== undefined);
    const { intent, count: number } = replacing(this.#texts, found, this.#by.value);
    const at = this.#at;
    this.#note = !intent && found.length ? 'Nothing to change here' : '';
    if (!intent) return this.#choose(at);
    const by = this.#by.value;
    this.#busy = true;
    const { ok } = await this.session.ask(intent);
    this.#busy = false;
    // What was put there may hold the words again: the next hit is behind it.
    const again = ok && found.length === 1 ? hits([{ ...this.#texts[found[0].at], text: by }], this.#words.value, this.#case.checked).length : 0;
    this.#search(ok && found.length === 1 ? at + again : at);
    if (!ok) return;
    this.session.announce(`Replaced ${count(number, 'time')}`);
    if (found.length === 1) return;
    this.#note = `Replaced ${number === 1 ? 'once' : `${number} times`}; Ctrl+Z takes it back`;
    this.#choose(this.#at);
  }
}

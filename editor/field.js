/**
 * A field whose text is saved on a pause and on leaving; what can't be saved stays in it, with the reason beside it.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./queue.js').Outcome} Outcome
 */
import { attribute, h } from './dom.js';
import { capital, parts } from './words.js';

let last = 0;

export class Field {
  #words = h('span', {});
  #mine = h('button', { type: 'button', class: 'small' }, 'Keep mine');
  #theirs = h('button', { type: 'button', class: 'small' }, 'Take the file’s');
  #choices = h('span', { class: 'choices', hidden: true }, this.#mine, this.#theirs);
  #message = h('div', { class: 'field-message', role: 'alert', hidden: true }, this.#words, this.#choices);
  #label;
  element;

  /**
   * @param {Session} session @param {string} key Of its draft. @param {string} label @param {HTMLInputElement | HTMLTextAreaElement} input
   * @param {(value: string) => Promise<Outcome>} save @param {AbortSignal} signal @param {...(Element | null)} beside What stands at the end of the label's line.
   */
  constructor(session, key, label, input, save, signal, ...beside) {
    this.session = session;
    this.key = key;
    this.input = input;
    this.current = '';
    input.id = `field-${(last += 1)}`;
    this.#message.id = `${input.id}-message`;
    input.dataset.focus = `field ${key}`;
    attribute(input, 'aria-describedby', this.#message.id);
    this.#label = h('label', { for: input.id }, label);
    this.element = h('div', { class: 'field' }, h('div', { class: 'field-head' }, this.#label, ...beside), input, this.#message);
    const { drafts } = session;
    input.addEventListener('input', () => drafts.type(key, this.value, this.current, save), { signal });
    input.addEventListener('blur', () => drafts.flush(key), { signal });
    this.#mine.addEventListener('click', () => this.#choose('mine'), { signal });
    this.#theirs.addEventListener('click', () => this.#choose('theirs'), { signal });
  }

  get value() {
    return this.input.value.replace(/\r\n?/g, '\n');
  }

  /** @param {'mine' | 'theirs'} choice */
  #choose(choice) {
    this.session.drafts.choose(this.key, choice);
    this.input.focus();
  }

  /** Shows what is typed, or else what the file has. @param {string} current */
  update(current) {
    this.current = current;
    // The browser spells as the guide does.
    if (this.input.spellcheck) attribute(this.input, 'lang', this.session.guide.lang);
    const draft = this.session.drafts.meet(this.key, current);
    const focused = document.activeElement === this.input;
    const wanted = draft ? draft.value : current;
    // A saved text may come back without the spaces at its end: not while the caret stands behind them.
    const same = focused && !draft && this.value.trimEnd() === wanted.trimEnd();
    if (!same && this.value !== wanted) this.#write(wanted, focused);
    const theirs = draft?.theirs ?? null;
    const error = theirs !== null ? 'This text has changed in the file: ' + (theirs.length > 160 ? `${theirs.slice(0, 160)}…` : theirs) : capital(draft?.error || '');
    if (this.#words.textContent !== error.replaceAll('`', '')) this.#words.replaceChildren(...parts(error).map((part, at) => (at % 2 ? h('code', {}, part) : part)));
    this.#message.hidden = !error;
    this.#choices.hidden = theirs === null;
    attribute(this.input, 'aria-invalid', error ? 'true' : null);
  }

  /** @param {string} text @param {boolean} focused */
  #write(text, focused) {
    const { selectionStart, selectionEnd } = this.input;
    this.input.value = text;
    if (focused && selectionStart !== null) this.input.setSelectionRange(Math.min(selectionStart, text.length), Math.min(selectionEnd ?? selectionStart, text.length));
  }
}

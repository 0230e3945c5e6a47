/**
 * What is wrong with the guide, each with the way to it, and what fixes it.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./types.js').Problem} Problem
 */
import { h } from './dom.js';
import { coverLeaks, tell } from './problem-words.js';
import { capital, count, parts } from './words.js';

export class Problems {
  #summary = h('summary', { 'data-focus': 'problems' });
  #list = h('ul', {});
  #fix = h('button', { type: 'button', class: 'small', 'data-focus': 'fix' });
  element = h('details', { class: 'problems', hidden: true }, this.#summary, this.#list, this.#fix);
  #shown = '';
  /** How many screenshots show what is redacted. */
  #leaks = 0;

  /** @param {Session} session @param {import('./places.js').Places} places @param {AbortSignal} signal */
  constructor(session, places, signal) {
    this.session = session;
    this.places = places;
    session.listen(() => this.update(), signal);
    this.#fix.addEventListener('click', () => this.fixAll(), { signal });
    this.#list.addEventListener('click', (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest('button');
      const problem = this.session.guide.problems[Number(button?.dataset.at ?? NaN)];
      if (!button || !problem) return;
      const { place, fix } = tell(problem, this.session.guide);
      if (button.dataset.does === 'fix' && fix) this.#fixOne(fix);
      else if (place) this.places.go(place);
    }, { signal });
  }

  update() {
    const { problems, fixes = 0 } = this.session.guide;
    this.#fix.hidden = !fixes;
    this.#fix.textContent = `Fix what has one right answer (${fixes})`;
    const wanted = JSON.stringify(problems);
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.#propose();
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    this.element.hidden = problems.length === 0;
    this.element.classList.toggle('errors', errors > 0);
    const says = [errors && count(errors, 'error'), problems.length - errors && count(problems.length - errors, 'warning')].filter(Boolean).join(', ');
    this.#summary.textContent = says;
    const row = this.#list.contains(document.activeElement) ? [...this.#list.children].indexOf(/** @type {Element} */ (document.activeElement?.closest('li'))) : -1;
    this.#list.replaceChildren(...problems.map((problem, at) => this.#row(problem, at)));
    if (row >= 0) /** @type {HTMLElement} */ (this.#list.children[Math.min(row, problems.length - 1)]?.firstElementChild || this.#summary).focus();
  }

  /** Opens the list. */
  show() {
    this.element.open = true;
    this.#summary.focus();
  }

  /** Mends what has one right answer. */
  async fixAll() {
    const { ok } = await this.session.ask({ op: 'fix' });
    if (ok) this.session.toast('Fixed', { undo: true });
  }

  /** Says at once where a redaction that was just drawn does not help, and offers to redact there too. */
  #propose() {
    const leaks = coverLeaks(this.session.guide)?.intents.length || 0;
    const more = leaks > this.#leaks;
    this.#leaks = leaks;
    if (!more) return;
    const message = leaks === 1 ? 'Another screenshot shows what you redact' : `${leaks} other screenshots show what you redact`;
    this.session.toast(message, { action: { label: 'Redact it there too', run: () => this.#cover() } });
  }

  async #cover() {
    const intent = coverLeaks(this.session.guide);
    if (!intent) return;
    const { ok } = await this.session.ask(intent);
    if (ok) this.session.toast(`Redacted on ${count(intent.intents.length, 'more screenshot')}`, { undo: true });
  }

  /** @param {NonNullable<import('./problem-words.js').ProblemText['fix']>} fix */
  async #fixOne({ label, intent }) {
    const { ok } = await this.session.ask(intent);
    if (ok) this.session.toast(label === 'Fix' ? 'Fixed' : 'Done', { undo: true });
  }

  /** @param {Problem} problem @param {number} at */
  #row(problem, at) {
    const { severity, line, message, help } = problem;
    const { words: own, place, fix } = tell(problem, this.session.guide);
    const words = (/** @type {string} */ text) => parts(text).map((part, index) => (index % 2 ? h('code', {}, part) : part));
    const details = own ? [h('small', {}, ...words(capital(message)))] : help ? [h('small', {}, ...words(capital(help)))] : [];
    const main = h('button', { type: 'button', 'data-at': at, 'data-does': 'go', 'aria-disabled': place ? null : 'true' },
      h('b', { class: severity }, severity), h('span', { class: 'problem-text' }, own || h('span', {}, ...words(capital(message))), ...details), h('span', { class: 'problem-line' }, line ? `line ${line}` : ''));
    return h('li', {}, main, fix && h('button', { type: 'button', class: 'small', 'data-at': at, 'data-does': 'fix', 'aria-label': `${fix.label}: ${own || message}` }, fix.label));
  }
}

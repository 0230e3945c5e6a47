/**
 * What is wrong with the guide, each with the way to it.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./types.js').Problem} Problem
 */
import { h } from './dom.js';
import { count, parts } from './words.js';

export class Problems {
  #summary = h('summary', { 'data-focus': 'problems' });
  #list = h('ul', {});
  #fix = h('button', { type: 'button', class: 'small', 'data-focus': 'fix' });
  element = h('details', { class: 'problems', hidden: true }, this.#summary, this.#list, this.#fix);
  #shown = '';

  /** @param {Session} session @param {{settings: () => void, step: (uid: string) => void}} to @param {AbortSignal} signal */
  constructor(session, to, signal) {
    this.session = session;
    this.to = to;
    session.listen(() => this.update(), signal);
    this.#fix.addEventListener('click', async () => {
      const { ok } = await session.ask({ op: 'fix' });
      if (ok) session.toast('Fixed', { undo: true });
    }, { signal });
    this.#list.addEventListener('click', (event) => {
      const at = /** @type {HTMLElement} */ (event.target).closest('button')?.dataset.at;
      if (at !== undefined) this.#go(this.session.guide.problems[Number(at)]);
    }, { signal });
  }

  update() {
    const { problems, fixes = 0 } = this.session.guide;
    this.#fix.hidden = !fixes;
    this.#fix.textContent = `Fix what has one right answer (${fixes})`;
    const wanted = JSON.stringify(problems);
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    this.element.hidden = problems.length === 0;
    this.element.classList.toggle('errors', errors > 0);
    const says = [errors && count(errors, 'error'), problems.length - errors && count(problems.length - errors, 'warning')].filter(Boolean).join(', ');
    this.#summary.textContent = says;
    const row = this.#list.contains(document.activeElement) ? [...this.#list.children].indexOf(/** @type {Element} */ (document.activeElement?.parentElement)) : -1;
    this.#list.replaceChildren(...problems.map((problem, at) => this.#row(problem, at)));
    if (row >= 0) /** @type {HTMLElement} */ (this.#list.children[Math.min(row, problems.length - 1)]?.firstElementChild || this.#summary).focus();
  }

  /** @param {Problem} problem @param {number} at */
  #row({ severity, line, message, help }, at) {
    const words = (/** @type {string} */ text) => parts(text).map((part, index) => (index % 2 ? h('code', {}, part) : part));
    return h('li', {}, h('button', { type: 'button', 'data-at': at },
      h('b', { class: severity }, severity), h('span', { class: 'problem-text' }, ...words(message), help ? h('small', {}, ...words(help)) : null), h('span', { class: 'problem-line' }, line ? `line ${line}` : '')));
  }

  /** @param {Problem} problem */
  #go({ line }) {
    const { steps } = this.session.guide.outline;
    const step = [...steps].reverse().find((each) => line >= each.line && line < each.line + each.source.split('\n').length + 1);
    if (!step) {
      if (line && steps[0] && line < steps[0].line) this.to.settings();
      return;
    }
    const scene = step.scenes.findIndex(({ annotations }) => annotations.some((each) => each.line === line));
    const said = step.scenes[scene]?.annotations.find((each) => each.line === line);
    this.session.go(step.uid, Math.max(0, scene));
    if (said) this.session.select({ uid: said.uid, which: 'region' });
    this.to.step(said?.region ? '' : step.uid);
  }
}

/**
 * The text of a step, run by run, with what the article makes of it.
 *
 * @typedef {import('./session.js').Session} Session
 */
import { arrange, h, icon, keep } from './dom.js';
import { Field } from './field.js';
import { FIRST_WORDS } from './files.js';
import { Preview } from './preview.js';
import { install } from './writing.js';

class Run {
  #preview;
  #split = h('button', { type: 'button', class: 'small quiet' }, icon('cut'), 'Split here');
  input = h('textarea', { rows: '3', spellcheck: 'true' });

  /** @param {Session} session @param {import('./actions.js').Actions} actions @param {string} step @param {number} run @param {string} label @param {AbortSignal} signal */
  constructor(session, actions, step, run, label, signal) {
    this.session = session;
    this.#preview = new Preview(session, signal);
    const save = (/** @type {string} */ markdown) => session.write({ op: 'text', step, run, markdown });
    this.#split.title = 'Cut this step in two where the caret stands';
    this.#split.dataset.focus = `split ${step} ${run}`;
    this.field = new Field(session, `${step} text ${run}`, label, this.input, save, signal, this.#split);
    this.element = h('div', { class: 'run' }, this.field.element, this.#preview.element);
    install(this.input, session.writing, signal);
    this.split = () => actions.split(run, this.field.value, this.input.selectionStart);
    this.#split.addEventListener('click', () => this.split(), { signal });
    // Words that only hold the place are written over.
    const over = () => { if (this.input.value === FIRST_WORDS && this.input.selectionStart === this.input.selectionEnd) this.input.select(); };
    this.input.addEventListener('focus', over, { signal });
    this.input.addEventListener('click', over, { signal });
    this.input.addEventListener('input', () => this.#preview.show(this.field.value), { signal });
  }

  /** @param {string} text */
  update(text) {
    this.field.update(text);
    this.#preview.show(this.field.value);
  }
}

export class Runs {
  element = h('div', { class: 'runs' });
  /** @type {Map<string, Run>} */
  #runs = new Map();
  /** The text that had the focus last, and what was selected in it: a dialog over it takes that away. @type {{input: HTMLTextAreaElement, start: number, end: number} | null} */
  #last = null;

  /** @param {Session} session @param {import('./actions.js').Actions} actions @param {AbortSignal} signal */
  constructor(session, actions, signal) {
    this.session = session;
    this.actions = actions;
    this.signal = signal;
    session.listen(() => this.update(), signal);
    this.element.addEventListener('focusout', ({ target: input }) => {
      if (input instanceof HTMLTextAreaElement) this.#last = { input, start: input.selectionStart, end: input.selectionEnd };
    }, { signal });
  }

  /** The text that was written in, else the first of the step, with the focus and what was selected in it. */
  #take() {
    const last = this.#last;
    const runs = [...this.#runs.values()];
    const run = runs.find(({ input }) => input === last?.input) || runs[0];
    run?.input.focus();
    if (last && run?.input === last.input) run.input.setSelectionRange(last.start, last.end);
    return run;
  }

  /** Cuts the step where the caret stood in its text. */
  split() {
    return this.#take()?.split();
  }

  /** Does something to the text, with what was selected in it. @param {(input: HTMLTextAreaElement) => void} does */
  edit(does) {
    const run = this.#take();
    if (run) does(run.input);
  }

  /** Puts the focus into the text, all of it selected. */
  write() {
    const input = this.#runs.values().next().value?.input;
    input?.focus();
    input?.select();
  }

  update() {
    const { session } = this;
    const { current } = session;
    if (!current) return;
    const texts = current.runs.length ? current.runs : [''];
    const label = (/** @type {number} */ at) => (texts.length > 1 ? `Text ${at + 1} of ${texts.length} (Markdown)` : 'Step (Markdown)');
    const runs = keep(this.#runs, texts.map((_, at) => `${current.uid} ${at} ${texts.length}`), (key) => {
      const at = Number(key.split(' ')[1]);
      return new Run(session, this.actions, current.uid, at, label(at), this.signal);
    });
    arrange(this.element, runs.map((run) => run.element));
    runs.forEach((run, at) => run.update(texts[at]));
  }
}

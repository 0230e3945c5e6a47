/**
 * The text of a step, run by run, with what the article makes of it.
 *
 * @typedef {import('./session.js').Session} Session
 */
import { arrange, h, icon, keep } from './dom.js';
import { Field } from './field.js';

/** How long typing pauses before its preview is asked for, in milliseconds. */
const PAUSE = 150;

class Run {
  #asked = 0;
  #timer = 0;
  #shown = '';
  #preview = h('div', { class: 'preview', role: 'region', 'aria-label': 'Preview' });
  #split = h('button', { type: 'button', class: 'small quiet' }, icon('cut'), 'Split here');
  input = h('textarea', { rows: '3', spellcheck: 'true' });

  /** @param {Session} session @param {import('./actions.js').Actions} actions @param {string} step @param {number} run @param {string} label @param {AbortSignal} signal */
  constructor(session, actions, step, run, label, signal) {
    this.session = session;
    const save = (/** @type {string} */ markdown) => session.write({ op: 'text', step, run, markdown });
    this.#split.title = 'Cut this step in two where the caret stands';
    this.#split.dataset.focus = `split ${step} ${run}`;
    this.field = new Field(session, `${step} text ${run}`, label, this.input, save, signal, this.#split);
    this.element = h('div', { class: 'run' }, this.field.element, this.#preview);
    this.#split.addEventListener('click', () => actions.split(run, this.field.value, this.input.selectionStart), { signal });
    this.input.addEventListener('input', () => this.#look(this.field.value), { signal });
    this.signal = signal;
  }

  /** @param {string} text */
  update(text) {
    this.field.update(text);
    this.#look(this.field.value);
  }

  /** @param {string} text */
  #look(text) {
    if (text === this.#shown) return;
    const first = this.#shown === '';
    this.#shown = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(text), first ? 0 : PAUSE);
  }

  /** @param {string} markdown */
  async #ask(markdown) {
    if (this.signal.aborted) return;
    const mine = (this.#asked += 1);
    try {
      const { status, body } = await this.session.api.send('preview', { markdown });
      if (status !== 200 || mine !== this.#asked) return;
      // The server has cleaned it; the page's policy lets no script of it run either.
      const parsed = new DOMParser().parseFromString(body.html, 'text/html');
      this.#preview.replaceChildren(...[...parsed.body.childNodes].map((node) => document.adoptNode(node)));
      this.#preview.querySelectorAll('[id]').forEach((each) => each.removeAttribute('id'));
      this.#preview.querySelectorAll('a').forEach((link) => { link.target = '_blank'; link.rel = 'noopener'; });
    } catch {
      // Without a server there is no preview; the status says so.
    }
  }
}

export class Runs {
  element = h('div', { class: 'runs' });
  /** @type {Map<string, Run>} */
  #kept = new Map();

  /** @param {Session} session @param {import('./actions.js').Actions} actions @param {AbortSignal} signal */
  constructor(session, actions, signal) {
    this.session = session;
    this.actions = actions;
    this.signal = signal;
    session.listen(() => this.update(), signal);
  }

  /** Puts the focus into the text, all of it selected. */
  write() {
    const input = this.#kept.values().next().value?.input;
    input?.focus();
    input?.select();
  }

  update() {
    const { session } = this;
    const { current } = session;
    if (!current) return;
    const texts = current.runs.length ? current.runs : [''];
    const label = (/** @type {number} */ at) => (texts.length > 1 ? `Text ${at + 1} of ${texts.length} (Markdown)` : 'Step (Markdown)');
    const runs = keep(this.#kept, texts.map((_, at) => `${current.uid} ${at} ${texts.length}`), (key) => {
      const at = Number(key.split(' ')[1]);
      return new Run(session, this.actions, current.uid, at, label(at), this.signal);
    });
    arrange(this.element, runs.map((run) => run.element));
    runs.forEach((run, at) => run.update(texts[at]));
  }
}

/**
 * The dialog that records: a guide, steps of one, or the element that an annotation stands on. A browser opens beside this one,
 * and what is done in it is shown here as it comes.
 *
 * @typedef {{what: 'guide'} | {what: 'steps', slug: string, after: number | null, title: string} | {what: 'pick', slug: string, step: number, scene: number, at: number | null, title: string}} Aim
 * @typedef {{id: string, what: string, slug: string, phase: string, done: number, all: number, steps: string[], message: string, help: string, browser: string | null, result: any}} RecordingState
 * @typedef {{done: (state: RecordingState) => void, fail: (message: string) => void}} Around
 */
import { Api, GUIDES } from './api.js';
import { makeDialog } from './dialogs.js';
import { attribute, h, say } from './dom.js';
import { Unfinished } from './unfinished.js';
import { capital } from './words.js';

/** How often it is asked how far a recording is, in milliseconds. */
const ASKS = 300;
const TITLES = { guide: 'Record a guide', steps: 'Record steps here', pick: 'Pick the element' };
const INTROS = {
  guide: 'A browser window opens. Do once in it what the guide is to show: each thing you do becomes a step with its screenshot. Passwords stay in the page.',
  steps: 'A browser window opens. What you do in it becomes steps, which come in after the chosen one.',
  pick: 'A browser window opens. Click the element there: nothing happens to it, and its name is written into the annotation.',
};
/** @type {RecordingState} */
const NOTHING = { id: '', what: '', slug: '', phase: 'done', done: 0, all: 0, steps: [], message: '', help: '', browser: null, result: null };
const OVER = ['none', 'done', 'failed'];

/** What is being done. @param {RecordingState} state */
function phaseWords({ phase, done, all, what }) {
  if (phase === 'replaying') return `Doing the steps before: ${done} of ${all}…`;
  if (phase === 'waiting') return 'Bring the page in the window to where it is to go on.';
  if (phase === 'recording') return 'Recording. Do in the window what the guide is to show, then close it or press Stop.';
  if (phase === 'picking') return 'Click the element in the window.';
  if (phase === 'writing') return 'Writing the steps into the guide…';
  return what === 'pick' ? 'Opening the page…' : 'Opening the window…';
}

export class RecordDialog {
  #api = new Api('', GUIDES);
  #intro = h('p', { class: 'record-intro' });
  #url = h('input', { type: 'text', inputmode: 'url', id: 'record-url', autocomplete: 'off', spellcheck: 'false', placeholder: 'https://example.com/' });
  #urlHint = h('p', { class: 'hint', id: 'record-url-hint' });
  #title = h('input', { type: 'text', id: 'record-title', autocomplete: 'off', placeholder: 'Invite a colleague' });
  #titleField = h('div', { class: 'field' }, h('label', { for: 'record-title' }, 'Title'), this.#title);
  #replay = h('input', { type: 'checkbox', checked: true });
  #replayField = h('label', { class: 'check' }, this.#replay, h('span', {}, 'Do the steps before it first'));
  #error = h('p', { class: 'field-message', role: 'alert', hidden: true });
  #start = h('button', { type: 'submit', class: 'primary' }, 'Record');
  #cancel = h('button', { type: 'button' }, 'Cancel');
  #form = h('form', { method: 'dialog', novalidate: true }, this.#intro, this.#titleField, this.#replayField,
    h('div', { class: 'field' }, h('label', { for: 'record-url' }, 'Address'), this.#url, this.#urlHint), this.#error,
    h('footer', {}, h('i', { class: 'gap' }), this.#cancel, this.#start));
  #light = h('span', { class: 'record-light', 'aria-hidden': 'true' });
  #phase = h('span', { role: 'status' });
  #warning = h('p', { class: 'field-message', role: 'alert', hidden: true });
  #list = h('ol', { class: 'record-steps', 'aria-label': 'Recorded steps', 'aria-live': 'polite' });
  #keys = h('p', { class: 'hint' }, 'In the window: ', h('kbd', {}, 'Alt Shift S'), ' adds a step that only shows the page, ', h('kbd', {}, 'Alt Shift Z'), ' takes the last step back.');
  #go = h('button', { type: 'button', class: 'primary', hidden: true }, 'Go on here');
  #stop = h('button', { type: 'button', class: 'primary' }, 'Stop');
  #progress = h('div', { class: 'record-progress', hidden: true }, h('p', { class: 'record-phase' }, this.#light, this.#phase), this.#warning, this.#list, this.#keys,
    h('footer', {}, h('i', { class: 'gap' }), this.#stop, this.#go));
  #unfinished;
  element;
  /** @type {Aim} */
  #aim = { what: 'guide' };
  /** @type {RecordingState | null} */
  #state = null;
  #turn = 0;

  /** @param {Around} around @param {AbortSignal} signal */
  constructor(around, signal) {
    this.around = around;
    this.#unfinished = new Unfinished(this.#api, {
      done: (result) => this.#end({ ...NOTHING, what: 'steps', result }, ''),
      complain: (message, help) => this.#complain(message, help),
    });
    this.#intro.after(this.#unfinished.element);
    this.element = makeDialog('Record', 'record', [this.#form, this.#progress], signal);
    this.#cancel.addEventListener('click', () => this.element.close(), { signal });
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#begin();
    }, { signal });
    this.#replay.addEventListener('change', () => this.#tellReplay(), { signal });
    this.#stop.addEventListener('click', () => this.#tell('stop'), { signal });
    this.#go.addEventListener('click', () => this.#tell('go'), { signal });
    // A recording goes on in its window: it is ended there, or by Stop.
    this.element.addEventListener('cancel', (event) => { if (this.#state) event.preventDefault(); }, { signal });
    this.element.addEventListener('close', () => { if (this.#state) queueMicrotask(() => this.#state && this.element.showModal()); }, { signal });
    signal.addEventListener('abort', () => { this.#turn += 1; });
  }

  /** @param {Aim} aim */
  open(aim) {
    if (this.#state) return;
    this.#aim = aim;
    this.#heading(aim.what);
    say(this.#intro, INTROS[aim.what]);
    const isGuide = aim.what === 'guide';
    this.#titleField.hidden = !isGuide;
    this.#replayField.hidden = isGuide;
    say(/** @type {Node} */ (this.#replayField.lastChild), aim.what === 'pick' ? 'Do the steps before it first' : 'Do the steps before them first');
    this.#replay.checked = !isGuide && (aim.what === 'pick' ? aim.step > 0 : aim.after !== null);
    say(this.#start, aim.what === 'pick' ? 'Open the page' : 'Record');
    this.#complain('');
    this.#unfinished.show(aim.what === 'steps' ? { slug: aim.slug, after: aim.after } : null);
    this.#show(false);
    this.#tellReplay();
    if (!this.element.open) this.element.showModal();
    (isGuide ? this.#title : this.#replay).focus();
  }

  /** Goes on with what is being recorded, after the page was loaded again. */
  async resume() {
    const { status, body } = await this.#api.send('../record/now').catch(() => ({ status: 0, body: null }));
    if (status !== 200 || OVER.includes(body.phase)) return;
    this.#heading(body.what);
    this.#follow(body);
  }

  /** @param {string} what */
  #heading(what) {
    say(/** @type {Element} */ (this.element.querySelector('h2')), TITLES[/** @type {'guide'} */ (what)] || 'Record');
  }

  #tellReplay() {
    const isGuide = this.#aim.what === 'guide';
    const replays = !isGuide && this.#replay.checked;
    this.#url.disabled = replays;
    say(this.#urlHint, isGuide ? 'Of the application that the guide is about.' : replays ? 'The steps before lead to the page.' : 'Empty: where the guide begins.');
  }

  /** @param {string} message @param {string} [help] */
  #complain(message, help = '') {
    say(this.#error, capital(message) + (help ? `: ${help}` : ''));
    this.#error.hidden = !message;
    attribute(this.#url, 'aria-invalid', message && !this.#url.disabled ? 'true' : null);
  }

  /** @param {boolean} running */
  #show(running) {
    this.#form.hidden = running;
    this.#progress.hidden = !running;
    /** @type {HTMLElement} */ (this.element.querySelector('header .icon-button')).hidden = running;
  }

  async #begin() {
    const aim = this.#aim;
    const url = this.#url.value.trim();
    if (aim.what === 'guide' && !url) return this.#complain('type the address of the application');
    const { title: _, ...rest } = /** @type {any} */ (aim);
    const asked = aim.what === 'guide' ? { ...rest, url, title: this.#title.value.trim() } : { ...rest, replay: this.#replay.checked, url: this.#replay.checked ? '' : url };
    this.#start.disabled = true;
    try {
      const { status, body } = await this.#api.send('../record/start', asked);
      if (status === 200) await this.#follow(body);
      else this.#complain(body.message || `the server answers ${status}`, body.help);
    } catch {
      this.#complain('the server does not answer');
    } finally {
      this.#start.disabled = false;
    }
  }

  /** @param {'stop' | 'go'} call */
  async #tell(call) {
    const id = this.#state?.id;
    if (!id) return;
    if (call === 'stop') this.#stop.disabled = true;
    await this.#api.send(`../record/${call}`, { id }).catch(() => {});
  }

  /** @param {RecordingState} first */
  async #follow(first) {
    this.#turn += 1;
    const turn = this.#turn;
    this.#state = first;
    this.#stop.disabled = false;
    this.#show(true);
    this.#draw(first);
    if (!this.element.open) this.element.showModal();
    this.#stop.focus();
    let lost = 0;
    while (turn === this.#turn) {
      await new Promise((done) => setTimeout(done, ASKS));
      const answer = await this.#api.send('../record/now').catch(() => null);
      if (turn !== this.#turn) return;
      lost = answer?.status === 200 ? 0 : lost + 1;
      if (lost > 10) return this.#end(null, 'the server does not answer');
      if (lost) continue;
      const state = /** @type {RecordingState} */ (answer?.body);
      if (state.id !== first.id) return this.#end(null, 'another recording has begun');
      if (state.phase === 'done') return this.#end(state, '');
      if (state.phase === 'failed') return this.#end(null, state.message, state.help);
      this.#draw(state);
    }
  }

  /** @param {RecordingState} state */
  #draw(state) {
    this.#state = state;
    say(this.#phase, phaseWords(state));
    this.#light.className = `record-light ${state.phase}`;
    const warning = state.message ? capital(state.message) + (state.help ? `: ${state.help}` : '') : '';
    say(this.#warning, warning);
    this.#warning.hidden = !warning;
    this.#keys.hidden = state.what === 'pick' || state.phase !== 'recording';
    this.#go.hidden = state.phase !== 'waiting';
    this.#stop.classList.toggle('primary', this.#go.hidden);
    say(this.#stop, state.phase === 'recording' ? 'Stop' : 'Cancel');
    state.steps.forEach((line, at) => {
      const there = this.#list.children[at];
      if (there) say(there, line);
      else this.#list.append(h('li', {}, line));
    });
    while (this.#list.children.length > state.steps.length) this.#list.lastElementChild?.remove();
    this.#list.hidden = state.steps.length === 0;
    this.#list.scrollTop = this.#list.scrollHeight;
  }

  /** @param {RecordingState | null} state @param {string} message @param {string} [help] */
  #end(state, message, help = '') {
    this.#turn += 1;
    this.#state = null;
    if (state) {
      this.element.close();
      this.around.done(state);
      return;
    }
    this.#show(false);
    this.#list.replaceChildren();
    this.#complain(message, help);
    this.#start.focus();
  }
}

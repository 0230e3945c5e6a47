/**
 * Steps that were recorded and are in no guide, because the server ended meanwhile or the guide could not be written: they can
 * still come in.
 *
 * @typedef {{id: string, steps: string[]}} Left
 * @typedef {{slug: string, after: number | null}} Place
 * @typedef {{done: (result: any) => void, complain: (message: string, help?: string) => void}} Around
 */
import { h } from './dom.js';
import { count } from './words.js';

/** How many sentences are listed. */
const LISTED = 5;

export class Unfinished {
  element = h('div', { class: 'unfinished', hidden: true });
  #api;
  #around;
  /** @type {Place} */
  #place = { slug: '', after: null };

  /** @param {import('./api.js').Api} api @param {Around} around */
  constructor(api, around) {
    this.#api = api;
    this.#around = around;
  }

  /** Lists what could come in at a place. @param {Place | null} place `null`: nothing does. */
  async show(place) {
    this.element.hidden = true;
    this.element.replaceChildren();
    if (!place) return;
    this.#place = place;
    const { status, body } = await this.#api.send('../record/unfinished').catch(() => ({ status: 0, body: null }));
    if (status !== 200 || this.#place !== place) return;
    this.element.replaceChildren(...body.unfinished.map((/** @type {Left} */ left) => this.#one(left)));
    this.element.hidden = !this.element.firstChild;
  }

  /** @param {Left} left */
  #one({ id, steps }) {
    const more = steps.length - LISTED;
    const put = h('button', { type: 'button' }, steps.length > 1 ? 'Put them in here' : 'Put it in here');
    const discard = h('button', { type: 'button' }, 'Delete');
    const own = h('section', { 'aria-label': 'A recording that was cut off' },
      h('p', {}, h('b', {}, 'A recording was cut off'), `: ${count(steps.length, 'step')} of it ${steps.length > 1 ? 'are' : 'is'} in no guide.`),
      h('ol', { class: 'record-steps' }, ...steps.slice(0, LISTED).map((sentence) => h('li', {}, sentence))),
      more > 0 ? h('p', { class: 'hint' }, `and ${count(more, 'more step')}`) : '',
      h('p', { class: 'ways' }, put, discard));
    put.addEventListener('click', async () => {
      const done = await this.#ask('put-in', { id, ...this.#place });
      if (done) this.#around.done(done);
    });
    discard.addEventListener('click', async () => {
      // They can't be had back.
      if (discard.className !== 'danger') {
        discard.className = 'danger';
        discard.textContent = 'Delete for good';
      } else if (await this.#ask('discard', { id })) {
        own.remove();
        this.element.hidden = !this.element.firstChild;
      }
    });
    return own;
  }

  /** @param {string} call @param {any} asked */
  async #ask(call, asked) {
    const { status, body } = await this.#api.send(`../record/${call}`, asked).catch(() => ({ status: 0, body: null }));
    if (status === 200) return body;
    this.#around.complain(body?.message || 'the server does not answer', body?.help);
    return null;
  }
}

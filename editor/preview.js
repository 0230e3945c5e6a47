/**
 * What the article makes of a text while it is written.
 *
 * @typedef {import('./session.js').Session} Session
 */
import { h } from './dom.js';

/** How long typing pauses before its preview is asked for, in milliseconds. */
const PAUSE = 150;

export class Preview {
  #asked = 0;
  #timer = 0;
  #shown = '';
  element = h('div', { class: 'preview', role: 'region', 'aria-label': 'Preview' });

  /** @param {Session} session @param {AbortSignal} signal */
  constructor(session, signal) {
    this.session = session;
    this.signal = signal;
  }

  /** @param {string} text */
  show(text) {
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
      this.element.replaceChildren(...[...parsed.body.childNodes].map((node) => document.adoptNode(node)));
      this.element.querySelectorAll('[id]').forEach((each) => each.removeAttribute('id'));
      this.element.querySelectorAll('a').forEach((link) => { link.target = '_blank'; link.rel = 'noopener'; });
    } catch {
      // Without a server there is no preview; the status says so.
    }
  }
}

/**
 * The guide as its reader sees it, over the screenshot.
 *
 * @typedef {import('./session.js').Session} Session
 */
import { h } from './dom.js';

export class Play {
  element = h('div', { class: 'play', hidden: true });
  #shown = '';
  #frame = h('iframe', { title: 'The guide as its reader sees it' });

  /** @param {Session} session @param {AbortSignal} signal */
  constructor(session, signal) {
    this.session = session;
    session.listen(() => this.update(), signal);
  }

  update() {
    const { playing, guide, current } = this.session;
    const address = playing ? `${guide.page}?view=player#${encodeURIComponent(current?.id || '')}` : '';
    if (address === this.#shown) return;
    // Another step of a guide that plays is no other page.
    if (address && this.#shown) this.#frame.contentWindow?.location.replace(address);
    else this.#frame.src = address || 'about:blank';
    this.#shown = address;
    this.element.hidden = !playing;
    if (!playing) this.#frame.remove();
    else if (!this.#frame.isConnected) this.element.append(this.#frame);
  }
}

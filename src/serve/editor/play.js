/**
 * The guide as its reader sees it, over the screenshot.
 *
 * @typedef {import('./session.js').Session} Session
 */
import { h } from './dom.js';

export class Play {
  element = h('div', { class: 'play', hidden: true });
  #shown = false;

  /** @param {Session} session @param {AbortSignal} signal */
  constructor(session, signal) {
    this.session = session;
    session.listen(() => this.update(), signal);
  }

  update() {
    const { playing, guide, current } = this.session;
    if (playing === this.#shown) return;
    this.#shown = playing;
    this.element.hidden = !playing;
    const address = `${guide.page}?view=player#${encodeURIComponent(current?.id || '')}`;
    this.element.replaceChildren(...(playing ? [h('iframe', { src: address, title: 'The guide as its reader sees it' })] : []));
  }
}

/** Short messages that pass, with a way back where there is one. */

import { h, iconButton } from './dom.js';
import { capital } from './words.js';

/** How long one stays, in milliseconds. */
const STAY = 8000;

export class Toasts {
  #polite = h('div', { class: 'hidden', role: 'status' });
  #list = h('section', { class: 'toasts', 'aria-label': 'Messages' });
  element = h('div', {}, this.#list, this.#polite);
  /** @type {(() => void) | undefined} */
  #end;
  /** How many edits had been asked for when the last one was shown. */
  #since = 0;

  /** @param {{undo: () => void, back: () => void, edits?: () => number}} does @param {AbortSignal} signal */
  constructor(does, signal) {
    this.does = does;
    this.signal = signal;
  }

  /** To a screen reader only. @param {string} message */
  announce(message) {
    // The same words again would not be read.
    this.#polite.textContent = this.#polite.textContent === message ? `${message}\u00a0` : message;
  }

  clear() {
    this.#end?.();
  }

  /** An edit is done: what was said before it is past, and its Undo would take back something else. @param {number} edit */
  passed(edit) {
    if (edit > this.#since) this.clear();
  }

  /** @param {string} message @param {import('./session.js').ToastOptions} [options] */
  show(message, { undo = false, bad = false, action } = {}) {
    const close = iconButton('remove', 'Dismiss');
    const back = undo && h('button', { type: 'button', class: 'small' }, 'Undo');
    const more = action && h('button', { type: 'button', class: 'small' }, action.label);
    more?.addEventListener('click', () => { end(); action?.run(); }, { signal: this.signal });
    const toast = h('div', { class: bad ? 'toast bad' : 'toast', role: bad ? 'alert' : null }, h('span', {}, `${capital(message)}${undo || action ? '.' : ''}`), back, more, close);
    const end = () => {
      const within = toast.contains(document.activeElement);
      toast.remove();
      if (within) this.does.back();
    };
    close.addEventListener('click', end, { signal: this.signal });
    if (back) back.addEventListener('click', () => { end(); this.does.undo(); }, { signal: this.signal });
    // A box that comes with its words is read only if it alarms.
    if (!bad) this.announce(message);
    this.#end = end;
    this.#since = this.does.edits?.() ?? 0;
    this.#list.replaceChildren(toast);
    const pass = () => {
      if (!toast.isConnected) return;
      if (toast.matches(':hover, :focus-within')) setTimeout(pass, STAY / 2);
      else end();
    };
    setTimeout(pass, STAY);
  }
}

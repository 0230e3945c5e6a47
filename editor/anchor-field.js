/**
 * What the selected annotation stands on: written, or picked in the application.
 *
 * @typedef {import('./session.js').Session} Session
 */
import { arrange, h, icon, keep } from './dom.js';
import { Field } from './field.js';
import { findAnnotation } from './identity.js';
import { saying } from './tools.js';

export class AnchorField {
  element = h('div', { class: 'anchor-field', hidden: true });
  /** @type {Map<string, {element: HTMLElement, field: Field}>} */
  #rows = new Map();

  /** @param {Session} session @param {(uid: string) => void} pick @param {AbortSignal} signal */
  constructor(session, pick, signal) {
    this.session = session;
    this.pick = pick;
    this.signal = signal;
    session.listen(() => this.update(), signal);
  }

  /** Which anchor: that of the region, or of the one behind `to`. */
  get which() {
    return this.session.selected?.which === 'to' ? 'to_on' : 'on';
  }

  update() {
    const { annotation } = this.session;
    const takes = annotation && this.session.verb(annotation.verb).anchor !== 'never';
    this.element.hidden = !takes;
    const rows = keep(this.#rows, takes ? [`${annotation.uid} ${this.which}`] : [], (key) => this.#make(key));
    arrange(this.element, rows.map((row) => row.element));
    rows.forEach(({ field }) => field.update((annotation && annotation[this.which]) || ''));
  }

  /** @param {string} key */
  #make(key) {
    const [uid, which] = key.split(' ');
    const input = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', placeholder: 'button "Save"' });
    const button = h('button', { type: 'button', class: 'small quiet', 'data-focus': `pick ${which}`, title: 'Click the element in the application' }, icon('target'), 'Pick…');
    button.addEventListener('click', () => this.pick(uid), { signal: this.signal });
    const field = new Field(this.session, `${uid} ${which}`, which === 'on' ? 'Stands on' : 'Ends on', input, (text) => this.write(uid, text.trim(), which), this.signal, button);
    return { element: field.element, field };
  }

  /** Writes an anchor. @param {string} uid @param {string} text @param {string} [which] */
  write(uid, text, which = this.which) {
    const now = findAnnotation(this.session.guide, uid)?.annotation;
    const fields = now && saying(now, this.session.verb(now.verb), { [which]: text || null });
    // One that has gone is refused with its reason.
    return this.session.write({ op: 'set', annotation: uid, fields });
  }
}

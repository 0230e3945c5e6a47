/**
 * The panels at both sides fold away, so that the screenshot has the room. What is folded is remembered in the browser.
 *
 * @typedef {'steps' | 'panel'} Side
 */
import { attribute, h, iconButton } from './dom.js';

/** Where it is remembered. */
const NAME = 'guidemark-folded';
/** @type {Side[]} */
const SIDES = ['steps', 'panel'];

export class Folds {
  #buttons = { steps: iconButton('left', 'List of steps', { 'data-focus': 'fold steps' }), panel: iconButton('right', 'Details of the step', { 'data-focus': 'fold panel' }) };
  element = h('div', { class: 'lens folds', role: 'group', 'aria-label': 'Panels' }, this.#buttons.steps, this.#buttons.panel);
  /** @type {Set<Side>} */
  #folded;

  /** @param {HTMLElement} root @param {Record<Side, HTMLElement>} panels @param {AbortSignal} signal */
  constructor(root, panels, signal) {
    this.root = root;
    this.panels = panels;
    this.#folded = new Set(SIDES.filter((side) => remembered().includes(side)));
    for (const side of SIDES) this.#buttons[side].addEventListener('click', () => this.fold(side, !this.isFolded(side)), { signal });
    this.#tell();
  }

  /** @param {Side} side */
  isFolded(side) {
    return this.#folded.has(side);
  }

  /** @param {Side} side @param {boolean} away */
  fold(side, away) {
    if (this.#folded.has(side) === away) return;
    if (away) this.#folded.add(side);
    else this.#folded.delete(side);
    // What has the focus in a panel that goes would have none.
    if (away && this.panels[side].contains(document.activeElement)) this.#buttons[side].focus();
    this.#tell();
    try {
      localStorage.setItem(NAME, [...this.#folded].join(' '));
    } catch {
      // It is not remembered then.
    }
  }

  /** Both away, or both back. */
  toggle() {
    const away = this.#folded.size < SIDES.length;
    SIDES.forEach((side) => this.fold(side, away));
  }

  #tell() {
    for (const side of SIDES) {
      const away = this.#folded.has(side);
      this.root.classList.toggle(`fold-${side}`, away);
      attribute(this.#buttons[side], 'aria-expanded', String(!away));
    }
  }
}

function remembered() {
  try {
    return (localStorage.getItem(NAME) || '').split(' ');
  } catch {
    return [];
  }
}

/**
 * All annotations of the scene in the order written, which is the order played.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./types.js').Annotation} Annotation
 */
import { verbGroups } from './annotation-form.js';
import { arrange, attribute, h, iconButton, keep, say } from './dom.js';
import { capital, listDetail } from './words.js';

class Row {
  #verb = h('b', {});
  #detail = h('span', {});
  button = h('button', { type: 'button', class: 'row-main' }, this.#verb, this.#detail);
  up = iconButton('up', 'Move up');
  down = iconButton('down', 'Move down');
  remove = iconButton('remove', 'Remove');
  element = h('li', {}, this.button, h('span', { class: 'row-tools' }, this.up, this.down, this.remove));

  /** @param {string} uid */
  constructor(uid) {
    this.uid = uid;
    this.element.dataset.uid = uid;
    Object.entries({ row: this.button, up: this.up, down: this.down, remove: this.remove }).forEach(([name, button]) => {
      button.dataset.focus = `list ${uid} ${name}`;
      button.dataset.does = name;
    });
  }

  /** @param {Annotation} annotation @param {boolean} selected @param {number} at @param {number} all */
  tell(annotation, selected, at, all) {
    say(this.#verb, `@${annotation.verb}`);
    say(this.#detail, listDetail(annotation));
    this.element.classList.toggle('selected', selected);
    attribute(this.button, 'aria-pressed', String(selected));
    const name = `${annotation.verb} ${listDetail(annotation)}`.trim();
    attribute(this.up, 'aria-label', `Move ${name} up`);
    attribute(this.down, 'aria-label', `Move ${name} down`);
    attribute(this.remove, 'aria-label', `Remove ${name}`);
    attribute(this.up, 'aria-disabled', String(at === 0));
    attribute(this.down, 'aria-disabled', String(at === all - 1));
  }
}

export class AnnotationList {
  #list = h('ol', { class: 'annotation-list' });
  #none = h('p', { class: 'hint' });
  #choices = h('div', { class: 'menu-body' });
  #summary = h('summary', { 'data-focus': 'add-annotation' }, 'Add…');
  #menu = h('details', { class: 'menu' }, this.#summary, this.#choices);
  element = h('section', { class: 'on-shot' }, h('div', { class: 'field-head' }, h('h2', {}, 'On this screenshot'), this.#menu), this.#list, this.#none);
  /** @type {Map<string, Row>} */
  #rows = new Map();
  #verbs = '';

  /** @param {Session} session @param {import('./canvas.js').Canvas} canvas @param {AbortSignal} signal */
  constructor(session, canvas, signal) {
    this.session = session;
    this.canvas = canvas;
    session.listen(() => this.update(), signal);
    this.#list.addEventListener('click', (event) => this.#click(event), { signal });
    this.#choices.addEventListener('click', (event) => this.#add(event), { signal });
    this.#menu.addEventListener('toggle', () => this.#choices.scrollIntoView({ block: 'nearest' }), { signal });
    this.#menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.#menu.open) return;
      event.stopPropagation();
      this.#menu.open = false;
      this.#summary.focus();
    }, { signal });
    this.#menu.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget && !this.#menu.contains(/** @type {Node} */ (relatedTarget))) this.#menu.open = false;
    }, { signal });
    document.addEventListener('pointerdown', ({ target }) => {
      if (!this.#menu.contains(/** @type {Node} */ (target))) this.#menu.open = false;
    }, { signal });
  }

  /** @param {Event} event */
  #add(event) {
    const name = /** @type {HTMLElement} */ (event.target).closest('button')?.value;
    if (name) this.add(name);
  }

  /** An annotation of that verb; without a place on the screenshot, it has the focus here. @param {string} name */
  add(name) {
    this.#menu.open = false;
    this.canvas.put(name, null);
    const { annotation } = this.session;
    if (annotation && !annotation.region) this.focus(annotation.uid);
  }

  /** @param {string} uid */
  focus(uid) {
    this.#rows.get(uid)?.button.focus();
  }

  /** @param {Event} event */
  #click(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest('button');
    const uid = /** @type {HTMLElement | null} */ (button?.closest('[data-uid]'))?.dataset.uid;
    if (!button || !uid || button.getAttribute('aria-disabled') === 'true') return;
    const does = button.dataset.does;
    if (does === 'row') this.session.select({ uid, which: 'region' });
    if (does === 'up' || does === 'down') this.shift(uid, does === 'up' ? -1 : 1);
    if (does === 'remove') this.remove(uid, true);
  }

  /** Lets an annotation be played sooner or later. @param {string} uid @param {number} by */
  shift(uid, by) {
    this.session.ask({ op: 'shift', annotation: uid, by });
  }

  /** Removes an annotation; the focus goes to the one that takes its place. @param {string} uid @param {boolean} here Whether the focus is in the list. */
  remove(uid, here) {
    const { session } = this;
    const annotations = session.currentScene?.annotations || [];
    const at = annotations.findIndex((each) => each.uid === uid);
    const next = annotations[at + 1] || annotations[at - 1];
    session.ask({ op: 'remove', annotation: uid });
    session.toast(`Removed ${annotations[at]?.verb}`, { undo: true });
    session.select(next && (here || next.region) ? { uid: next.uid, which: 'region' } : null);
    if (!here) this.canvas.focus();
    else if (next) this.focus(next.uid);
    else this.#summary.focus();
  }

  update() {
    const { session } = this;
    const annotations = session.currentScene?.annotations || [];
    const rows = keep(this.#rows, annotations.map(({ uid }) => uid), (uid) => new Row(uid));
    rows.forEach((row, at) => row.tell(annotations[at], session.selected?.uid === row.uid, at, rows.length));
    arrange(this.#list, rows.map((row) => row.element));
    this.#list.hidden = rows.length === 0;
    this.#none.hidden = rows.length > 0;
    say(this.#none, session.picture ? 'Nothing yet. Take a tool above and draw on the screenshot.' : 'Nothing yet.');
    this.#offer();
  }

  #offer() {
    const { verbs } = this.session.guide;
    const names = verbs.map(({ name }) => name).join(' ');
    if (names === this.#verbs) return;
    this.#verbs = names;
    arrange(this.#choices, verbGroups(verbs).flatMap((group) => [
      h('h3', {}, group.label),
      h('div', { class: 'menu-group', role: 'group', 'aria-label': group.label }, ...group.verbs.map((verb) => h('button', { type: 'button', value: verb.name, title: verb.form }, capital(verb.name)))),
    ]));
  }
}

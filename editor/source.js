/**
 * The Markdown of the step as it stands in the file, with the selected line marked.
 *
 * @typedef {import('./session.js').Session} Session
 */
import { attribute, h, icon, say } from './dom.js';
import { editorLink } from './text.js';

export class Source {
  #lines = h('code', {});
  #pre = h('pre', { class: 'source', tabindex: '0', 'aria-label': 'Source of the step', role: 'region' }, this.#lines);
  #opener = h('span', {});
  #link = h('a', { 'data-focus': 'source' }, icon('out'), this.#opener);
  element = h('section', { class: 'source-box' }, h('div', { class: 'field-head' }, h('h2', {}, 'Source'), this.#link), this.#pre);
  #shown = '';

  /** @param {Session} session @param {AbortSignal} signal */
  constructor(session, signal) {
    this.session = session;
    session.listen(() => this.update(), signal);
  }

  /** Of the selected annotation, else of the step. */
  get #line() {
    return this.session.annotation?.line || this.session.current?.line || 1;
  }

  /** In the author's own editor. */
  open() {
    this.#link.click();
  }

  update() {
    const { current, guide } = this.session;
    if (!current) return;
    const { name, scheme } = guide.opener;
    attribute(this.#link, 'href', editorLink(scheme, guide.file, this.#line));
    attribute(this.#link, 'aria-label', `Open the source in ${name}`);
    say(this.#opener, name);
    const marked = this.session.annotation ? this.#line - current.line : -1;
    const wanted = `${marked} ${current.source}`;
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.#lines.replaceChildren(...current.source.split('\n').flatMap((line, at) => [at === marked ? h('mark', {}, line) : line, '\n']));
    // Within its own box only: the panel stays where it is.
    const mark = this.#lines.querySelector('mark');
    if (mark) this.#pre.scrollTop = mark.offsetTop - this.#pre.clientHeight / 2;
  }
}

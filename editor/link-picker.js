/**
 * The dialog in which a link is chosen: a step of this guide, another guide, a step of that, an address.
 *
 * @typedef {import('./links.js').Target} Target
 */
import { Api, GUIDES } from './api.js';
import { makeDialog } from './dialogs.js';
import { attribute, h } from './dom.js';
import { linkAt, markdown, offered, relative, stepsOf } from './links.js';
import { insert } from './writing.js';

export class LinkPicker {
  #words = h('input', { type: 'text', id: 'link-words', role: 'combobox', autocomplete: 'off', spellcheck: 'false', placeholder: 'A step, a guide, or https://…', 'aria-expanded': 'true', 'aria-controls': 'link-list', 'aria-autocomplete': 'list' });
  #list = h('ul', { id: 'link-list', role: 'listbox', 'aria-label': 'What can be linked to' });
  #none = h('p', { class: 'hint', role: 'status' });
  #remove = h('button', { type: 'button' }, 'Remove the link');
  #title = h('label', { for: 'link-words' });
  element;
  /** @type {Target[]} */
  #targets = [];
  /** @type {Target[]} */
  #offered = [];
  #chosen = 0;
  #asked = 0;
  /** @type {HTMLTextAreaElement | null} */
  #input = null;
  /** @type {import('./links.js').Link} */
  #link = { from: 0, to: 0, words: '', address: '' };

  /** @param {import('./session.js').Session} session @param {AbortSignal} signal */
  constructor(session, signal) {
    this.session = session;
    this.element = makeDialog('Link', 'link', [h('div', { class: 'palette-body' }, this.#title, this.#words, this.#list, this.#none, h('footer', {}, h('i', { class: 'gap' }), this.#remove))], signal);
    this.#words.addEventListener('input', () => this.#search(), { signal });
    this.#words.addEventListener('keydown', (event) => this.#keys(event), { signal });
    this.#list.addEventListener('click', ({ target }) => {
      const at = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest('[data-at]'))?.dataset.at;
      if (at !== undefined) this.#take(this.#offered[Number(at)]);
    }, { signal });
    this.#remove.addEventListener('click', () => this.#write(this.#link.words), { signal });
  }

  /** For what is selected in a text. @param {HTMLTextAreaElement} input */
  open(input) {
    this.#input = input;
    this.#link = linkAt(input.value, input.selectionStart, input.selectionEnd);
    const { words, address } = this.#link;
    this.#title.textContent = words ? `“${words.length > 60 ? `${words.slice(0, 60)}…` : words}” leads to` : 'Leads to';
    this.#remove.hidden = !address;
    this.#targets = stepsOf(this.session.guide, this.session.guide.path);
    // An address that is selected is where it leads.
    this.#words.value = address || (/^(?:https?:\/\/|mailto:)/.test(words) ? words : '');
    this.#search();
    this.element.showModal();
    this.#words.focus();
    this.#words.select();
    this.#fetch();
  }

  /** Other guides, and then their steps. */
  async #fetch() {
    const mine = (this.#asked += 1);
    const { guide } = this.session;
    try {
      const { status, body } = await new Api('', GUIDES).send('list');
      if (status !== 200 || mine !== this.#asked) return;
      const others = /** @type {{slug: string, path: string, title: string, steps: number}[]} */ (body.guides).filter(({ path }) => path !== guide.path);
      this.#targets.push(...others.map(({ title, path }) => ({ name: title, detail: 'Guide', address: relative(guide.path, path) })));
      this.#search(true);
      // Of many guides, steps would be a flood; their own guide is found by its title.
      for (const { slug } of others.slice(0, 50)) {
        const { status: found, body: other } = await new Api(slug).send('guide');
        if (mine !== this.#asked || !this.element.open) return;
        if (found === 200) this.#targets.push(...stepsOf(other, guide.path));
        this.#search(true);
      }
    } catch {
      // Without a server there are the steps of this guide, and addresses.
    }
  }

  /** @param {boolean} [keep] Whether the chosen one stays. */
  #search(keep = false) {
    const chosen = keep ? this.#offered[this.#chosen]?.address : undefined;
    this.#offered = offered(this.#targets, this.#words.value).slice(0, 100);
    this.#chosen = Math.max(0, this.#offered.findIndex(({ address }) => address === chosen));
    this.#list.replaceChildren(...this.#offered.map(({ name, detail }, at) => h('li', { id: `link-${at}`, role: 'option', 'data-at': at }, h('span', {}, name), h('small', {}, detail))));
    this.#list.hidden = !this.#offered.length;
    this.#none.textContent = this.#offered.length ? '' : 'Nothing is called so. Type a whole address, as https://example.com/';
    this.#tell();
  }

  #tell() {
    [...this.#list.children].forEach((option, at) => attribute(option, 'aria-selected', String(at === this.#chosen)));
    attribute(this.#words, 'aria-activedescendant', this.#offered.length ? `link-${this.#chosen}` : null);
    this.#list.children[this.#chosen]?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const { length } = this.#offered;
    if (event.isComposing) return;
    if (by && length) {
      this.#chosen = (this.#chosen + by + length) % length;
      this.#tell();
    } else if (event.key === 'Enter') this.#take(this.#offered[this.#chosen]);
    else return;
    event.preventDefault();
  }

  /** @param {Target | undefined} target */
  #take(target) {
    if (!target) return;
    const { words } = this.#link;
    // An address alone gets its name for words.
    this.#write(markdown(/^(?:https?:\/\/|mailto:)\S*$/.test(words) && target.detail !== 'Another site' ? '' : words, target));
  }

  /** @param {string} text */
  #write(text) {
    this.#asked += 1;
    this.element.close();
    const input = this.#input;
    if (!input?.isConnected) return;
    input.focus();
    const { from, to } = this.#link;
    insert(input, { from, to, text, start: text.length, end: text.length });
  }
}

/**
 * The dialog that gives a guide another title, and another address if its author wants to.
 *
 * @typedef {import('./guides.js').Listed} Listed
 */
import { makeDialog } from './dialogs.js';
import { attribute, h } from './dom.js';
import { capital } from './words.js';

export class RenameGuide {
  #title = h('input', { type: 'text', id: 'rename-title', required: true, autocomplete: 'off' });
  #address = h('input', { type: 'text', id: 'rename-address', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'rename-hint' });
  #error = h('p', { class: 'field-message', role: 'alert', hidden: true });
  #form = h('form', { method: 'dialog', novalidate: true },
    h('div', { class: 'field' }, h('label', { for: 'rename-title' }, 'Title'), this.#title),
    h('div', { class: 'field' }, h('label', { for: 'rename-address' }, 'Last part of the address'), this.#address,
      h('p', { class: 'hint', id: 'rename-hint' }, 'It stays as it is unless you change it. Links from your other guides follow; addresses that people have saved or embedded do not. The file keeps its name.')),
    this.#error, h('footer', {}, h('i', { class: 'gap' }), h('button', { type: 'button', value: 'cancel' }, 'Cancel'), h('button', { type: 'submit', class: 'primary' }, 'Rename')));
  element;
  #slug = '';

  /** @param {import('./api.js').Api} api @param {(slug: string) => void} done @param {AbortSignal} signal */
  constructor(api, done, signal) {
    this.api = api;
    this.element = makeDialog('Rename guide', 'rename-guide', [this.#form], signal);
    this.#form.querySelector('[value=cancel]')?.addEventListener('click', () => this.element.close(), { signal });
    this.#form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const message = await this.#save(done);
      this.#error.textContent = capital(message);
      this.#error.hidden = !message;
    }, { signal });
  }

  /** @param {Listed} listed */
  open({ slug, title }) {
    this.#slug = slug;
    this.#title.value = title;
    this.#address.value = slug;
    this.#error.hidden = true;
    attribute(this.#title, 'aria-invalid', null);
    this.element.showModal();
    this.#title.select();
  }

  /** @param {(slug: string) => void} done @returns {Promise<string>} Why it was not saved. */
  async #save(done) {
    const title = this.#title.value.trim();
    attribute(this.#title, 'aria-invalid', title ? null : 'true');
    if (!title) return 'a guide needs a title';
    const address = this.#address.value.trim();
    try {
      const { status, body } = await this.api.send('rename', { slug: this.#slug, title, address: address && address !== this.#slug ? address : null });
      if (status !== 200) return body.message || `the server answers ${status}`;
      this.element.close();
      done(body.slug);
      return '';
    } catch {
      return 'the server does not answer';
    }
  }
}

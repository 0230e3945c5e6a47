/**
 * The dialog that makes a guide: its title, its app, its screenshots.
 *
 * @typedef {import('./guides.js').App} App
 */
import { Api } from './api.js';
import { makeDialog } from './dialogs.js';
import { attribute, h, icon, iconButton } from './dom.js';
import { ACCEPT, FIRST_WORDS, inOrder, pictures } from './files.js';
import { capital, count } from './words.js';

const OTHER = '\n';

export class NewGuide {
  #title = h('input', { type: 'text', id: 'new-title', required: true, autocomplete: 'off', placeholder: 'Invite a colleague' });
  #app = h('select', { id: 'new-app' });
  #name = h('input', { type: 'text', id: 'new-app-name', autocomplete: 'off' });
  #nameField = h('div', { class: 'field', hidden: true }, h('label', { for: 'new-app-name' }, 'Name of the app'), this.#name);
  #lang = h('input', { type: 'text', id: 'new-lang', autocomplete: 'off', spellcheck: 'false', maxlength: '35', 'aria-describedby': 'new-lang-hint' });
  #file = h('input', { type: 'file', accept: ACCEPT, multiple: true, hidden: true, 'aria-label': 'Screenshots' });
  #words = h('span', {});
  #choose = h('button', { type: 'button', class: 'drop-zone' }, icon('picture'), this.#words);
  #list = h('ol', { class: 'new-pictures', 'aria-label': 'Screenshots' });
  #error = h('p', { class: 'field-message', role: 'alert', hidden: true });
  #progress = h('p', { class: 'hint', role: 'status' });
  #create = h('button', { type: 'submit', class: 'primary' }, 'Create');
  #form = h('form', { method: 'dialog', novalidate: true },
    h('div', { class: 'field' }, h('label', { for: 'new-title' }, 'Title'), this.#title),
    h('div', { class: 'field' }, h('label', { for: 'new-app' }, 'App it is about'), this.#app), this.#nameField,
    h('div', { class: 'field' }, h('label', { for: 'new-lang' }, 'Language'), this.#lang, h('p', { class: 'hint', id: 'new-lang-hint' }, 'As in en, de, pt-BR. Without it, the project’s.')),
    h('div', { class: 'field' }, h('span', { class: 'label' }, 'Screenshots'), this.#list, this.#choose, this.#file), this.#error,
    h('footer', {}, this.#progress, h('i', { class: 'gap' }), h('button', { type: 'button', value: 'cancel' }, 'Cancel'), this.#create));
  element;
  /** @type {File[]} */
  #files = [];
  /** Addresses of their small pictures, given back when the dialog closes. @type {Map<File, string>} */
  #shown = new Map();
  #busy = false;

  /** @param {Api} api @param {{apps: () => App[], fail: (message: string) => void}} around @param {AbortSignal} signal */
  constructor(api, around, signal) {
    this.api = api;
    this.around = around;
    this.signal = signal;
    this.element = makeDialog('New guide', 'new-guide', [this.#form], signal);
    this.#form.querySelector('[value=cancel]')?.addEventListener('click', () => this.element.close(), { signal });
    this.#app.addEventListener('change', () => this.#tellApp(true), { signal });
    this.#choose.addEventListener('click', () => this.#file.click(), { signal });
    this.#file.addEventListener('change', () => {
      this.#add([...(this.#file.files || [])]);
      this.#file.value = '';
    }, { signal });
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!this.#busy) this.#make();
    }, { signal });
    this.element.addEventListener('cancel', (event) => { if (this.#busy) event.preventDefault(); }, { signal });
    this.element.addEventListener('close', () => this.#forget(), { signal });
  }

  /** @param {File[]} [files] */
  open(files = []) {
    if (!this.element.open) {
      this.#title.value = '';
      this.#name.value = '';
      this.#lang.value = '';
      const apps = this.around.apps().map(({ key, name }) => h('option', { value: key }, name));
      this.#app.replaceChildren(h('option', { value: '' }, 'None'), ...apps, h('option', { value: OTHER }, 'New app…'));
      this.#tellApp(false);
      this.#complain('');
      this.element.showModal();
      this.#title.focus();
    }
    this.#add(files);
  }

  /** @param {boolean} chosen */
  #tellApp(chosen) {
    this.#nameField.hidden = this.#app.value !== OTHER;
    if (chosen && !this.#nameField.hidden) this.#name.focus();
  }

  /** @param {File[]} files */
  #add(files) {
    this.#files = inOrder([...this.#files, ...pictures(files)]);
    this.#tellFiles();
  }

  #tellFiles() {
    this.#words.textContent = this.#files.length ? 'Drop or choose more' : 'Drop screenshots here, or choose them: a step each';
    this.#list.hidden = !this.#files.length;
    this.#list.replaceChildren(...this.#files.map((file) => {
      const address = this.#shown.get(file) || URL.createObjectURL(file);
      this.#shown.set(file, address);
      const remove = iconButton('remove', `Leave out ${file.name}`);
      remove.addEventListener('click', () => {
        this.#files = this.#files.filter((other) => other !== file);
        this.#tellFiles();
        this.#choose.focus();
      }, { signal: this.signal });
      return h('li', {}, h('img', { src: address, alt: '' }), h('span', {}, file.name), remove);
    }));
    this.#create.textContent = this.#files.length ? `Create with ${count(this.#files.length, 'step')}` : 'Create';
  }

  #forget() {
    this.#shown.forEach((address) => URL.revokeObjectURL(address));
    this.#shown.clear();
    this.#files = [];
  }

  /** @param {string} message @param {HTMLElement} [at] */
  #complain(message, at) {
    this.#error.textContent = capital(message);
    this.#error.hidden = !message;
    [this.#title, this.#name].forEach((input) => attribute(input, 'aria-invalid', null));
    attribute(at || this.#error, 'aria-invalid', at ? 'true' : null);
    at?.focus();
  }

  async #make() {
    const title = this.#title.value.trim();
    if (!title) return this.#complain('A guide needs a title', this.#title);
    const name = this.#name.value.trim();
    const other = this.#app.value === OTHER;
    if (other && !name) return this.#complain('An app needs a name', this.#name);
    const app = other ? { name } : this.#app.value ? { key: this.#app.value } : null;
    this.#complain('');
    this.#busy = true;
    attribute(this.#create, 'aria-disabled', 'true');
    try {
      const { slug } = await this.#ask(this.api, 'new', { title, app, lang: this.#lang.value.trim() || null });
      await this.#fill(new Api(slug));
      location.assign(`/.guidemark/edit/${encodeURIComponent(slug)}/`);
    } catch (error) {
      this.#complain(error instanceof TypeError ? 'The server does not answer' : /** @type {Error} */ (error).message);
    } finally {
      this.#busy = false;
      this.#progress.textContent = '';
      attribute(this.#create, 'aria-disabled', null);
    }
  }

  /** A step for each screenshot. @param {Api} api */
  async #fill(api) {
    const steps = [];
    for (const [at, file] of this.#files.entries()) {
      this.#progress.textContent = `Saving ${at + 1} of ${this.#files.length}…`;
      const { status, body } = await api.upload(file);
      if (status === 200) steps.push({ markdown: FIRST_WORDS, path: body.path });
      else this.around.fail(`${file.name}: ${body.message}`);
    }
    if (!steps.length) return;
    const { version } = await this.#ask(api, 'guide');
    await this.#ask(api, 'edit', { base: version, edit: { op: 'add-steps', after: null, steps } });
  }

  /** @param {Api} api @param {string} call @param {object} [body] @returns {Promise<any>} */
  async #ask(api, call, body) {
    const { status, body: answer } = await api.send(call, body);
    if (status !== 200) throw new Error(answer.message || `the server answers ${status}`);
    return answer;
  }
}

/**
 * The guide's own settings: what its front matter says.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./types.js').Meta} Meta
 */
import { makeDialog } from './dialogs.js';
import { h } from './dom.js';

/** @param {string} label @param {HTMLElement} input @param {string} [hint] */
function field(label, input, hint) {
  input.id = `setting-${label.toLowerCase().replaceAll(' ', '-')}`;
  if (hint) input.setAttribute('aria-describedby', `${input.id}-hint`);
  return h('div', { class: 'field' }, h('label', { for: input.id }, label), input, hint ? h('p', { class: 'hint', id: `${input.id}-hint` }, hint) : null);
}

export class Settings {
  #title = h('input', { type: 'text', required: true });
  #description = h('textarea', { rows: '3' });
  #app = h('select', {});
  #cursor = h('input', { type: 'text' });
  #noName = h('input', { type: 'checkbox', id: 'setting-no-name' });
  #label = h('input', { type: 'text' });
  #url = h('input', { type: 'text', inputmode: 'url', placeholder: 'https://' });
  #error = h('p', { class: 'field-message', role: 'alert', hidden: true });
  #form = h('form', { method: 'dialog', novalidate: true },
    field('Title', this.#title),
    field('Description', this.#description, 'One sentence for search engines and cards. Without it, the beginning of the guide is used.'),
    field('App', this.#app),
    h('div', {}, field('Cursor name', this.#cursor, 'Without it, the project’s.'), h('label', { class: 'check', for: 'setting-no-name' }, this.#noName, 'No name')),
    h('fieldset', {}, h('legend', {}, 'Call to action at the end'), field('Label', this.#label), field('Address', this.#url)),
    this.#error,
    h('footer', {}, h('i', { class: 'gap' }), h('button', { type: 'button', value: 'cancel' }, 'Cancel'), h('button', { type: 'submit', class: 'primary' }, 'Save')));
  element;
  /** @type {Meta | null} */
  #meta = null;

  /** @param {Session} session @param {AbortSignal} signal */
  constructor(session, signal) {
    this.session = session;
    this.element = makeDialog('Guide settings', 'settings', [this.#form], signal);
    this.#noName.addEventListener('change', () => { this.#cursor.disabled = this.#noName.checked; }, { signal });
    this.#form.querySelector('[value=cancel]')?.addEventListener('click', () => this.element.close(), { signal });
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#save();
    }, { signal });
  }

  open() {
    this.session.flush();
    const { meta } = this.session.guide.outline;
    this.#meta = meta;
    this.#title.value = meta.title;
    this.#description.value = meta.description || '';
    const known = this.session.guide.apps.map(([key, name]) => h('option', { value: key }, name));
    const other = meta.app && !this.session.guide.apps.some(([key]) => key === meta.app) ? [h('option', { value: meta.app }, meta.app)] : [];
    this.#app.replaceChildren(h('option', { value: '' }, 'None'), ...known, ...other);
    this.#app.value = meta.app || '';
    this.#app.disabled = meta.app_is_table;
    this.#app.title = meta.app_is_table ? 'The app is described in the guide itself: change it there' : '';
    this.#noName.checked = meta.cursor === '';
    this.#cursor.value = meta.cursor || '';
    this.#cursor.disabled = this.#noName.checked;
    this.#label.value = meta.cta?.[0] || '';
    this.#url.value = meta.cta?.[1] || '';
    this.#complain('');
    this.element.showModal();
    this.#title.focus();
  }

  /** @param {string} message @param {HTMLElement} [at] */
  #complain(message, at) {
    this.#error.textContent = message;
    this.#error.hidden = !message;
    [this.#title, this.#label, this.#url].forEach((input) => input.removeAttribute('aria-invalid'));
    at?.setAttribute('aria-invalid', 'true');
    at?.focus();
  }

  /** What differs from what the dialog opened with, as values of the keys. @returns {[string, any][]} */
  #changes() {
    const meta = /** @type {Meta} */ (this.#meta);
    const [label, url] = [this.#label.value.trim(), this.#url.value.trim()];
    /** @type {Record<string, [any, any]>} */
    const values = {
      title: [meta.title, this.#title.value.trim()],
      description: [meta.description || null, this.#description.value.trim().replace(/\s*\n\s*/g, ' ') || null],
      app: [meta.app || null, this.#app.value || null],
      cursor: [meta.cursor, this.#noName.checked ? '' : this.#cursor.value.trim() || null],
      cta: [meta.cta && { label: meta.cta[0], url: meta.cta[1] }, label && url ? { label, url } : null],
    };
    return Object.entries(values).filter(([, [before, after]]) => JSON.stringify(before) !== JSON.stringify(after)).map(([key, [, after]]) => [key, after]);
  }

  async #save() {
    if (!this.#title.value.trim()) return this.#complain('A guide needs a title', this.#title);
    const [label, url] = [this.#label.value.trim(), this.#url.value.trim()];
    if (!label !== !url) return this.#complain('A call to action needs both a label and an address', label ? this.#url : this.#label);
    for (const [key, value] of this.#changes()) {
      const { ok, message } = await this.session.write({ op: 'meta', key, value });
      if (!ok && message) return this.#complain(message);
    }
    this.element.close();
    this.session.announce('Settings saved');
  }
}

/**
 * The guide's own settings: what its front matter says, and the app that it is about.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./types.js').Meta} Meta
 */
import { Api, GUIDES } from './api.js';
import { makeDialog } from './dialogs.js';
import { h } from './dom.js';
import { capital } from './words.js';

/** The choice that adds an app. */
const OTHER = '\n';
/** @type {[string, string][]} */
const FRAMES = [['', 'As the project has it'], ['browser', 'Browser with its address'], ['window', 'Window'], ['none', 'None']];

/** @type {[string, string][]} */
const CAMERA = [['', 'Moves closer by itself'], ['none', 'Stays back']];

/** @type {[string, string][]} */
const STEPS = [['', 'Found by itself'], ['lists', 'Numbered lists'], ['headings', 'Headings'], ['pictures', 'Each picture ends a step']];
/** @type {[string, string][]} */
const SCALES = [['', 'As the app has it'], ['1', 'One pixel a point'], ['2', 'Two pixels a point']];
/** @type {[string, string][]} */
const CHAPTERS = [['', 'Its first step'], ['slides', 'A slide with its heading']];
/** @type {[string, string][]} */
const SCHEMES = [['', 'As the app has it'], ['light', 'Light'], ['dark', 'Dark']];

/** @param {[string, string][]} all */
const choice = (all) => h('select', {}, ...all.map(([value, label]) => h('option', { value }, label)));

/** @param {string} label @param {HTMLElement} input @param {string} [hint] */
function field(label, input, hint) {
  input.id = `setting-${label.toLowerCase().replaceAll(' ', '-')}`;
  if (hint) input.setAttribute('aria-describedby', `${input.id}-hint`);
  return h('div', { class: 'field' }, h('label', { for: input.id }, label), input, hint ? h('p', { class: 'hint', id: `${input.id}-hint` }, hint) : null);
}

/** Texts between commas. @param {string} text */
const listed = (text) => [...new Set(text.split(',').map((each) => each.trim()).filter(Boolean))];

export class Settings {
  #title = h('input', { type: 'text', required: true, spellcheck: 'true' });
  #description = h('textarea', { rows: '3', spellcheck: 'true' });
  #app = h('select', {});
  #appName = h('input', { type: 'text', autocomplete: 'off' });
  #appSite = h('input', { type: 'text', inputmode: 'url', placeholder: 'https://' });
  #appFields = h('fieldset', {}, h('legend', {}, 'The app, in all guides'), field('App name', this.#appName), field('Website', this.#appSite));
  #tags = h('input', { type: 'text', autocomplete: 'off' });
  #authors = h('input', { type: 'text', autocomplete: 'off' });
  #created = h('input', { type: 'date' });
  #updated = h('input', { type: 'date' });
  #lang = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', maxlength: '35' });
  #slug = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false' });
  #frame = choice(FRAMES);
  #camera = choice(CAMERA);
  #covers = h('datalist', { id: 'setting-covers' });
  #cover = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', list: 'setting-covers', placeholder: 'The first screenshot' });
  #behinds = h('datalist', { id: 'setting-behinds' }, h('option', { value: 'brand' }, 'The brand’s colours'), h('option', { value: 'plain' }, 'A quiet grey'));
  #backdrop = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', list: 'setting-behinds' });
  #steps = choice(STEPS);
  #chapters = choice(CHAPTERS);
  #order = h('input', { type: 'text', inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false' });
  #color = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', placeholder: '#0b7a75' });
  #start = h('input', { type: 'text', inputmode: 'url', autocomplete: 'off', spellcheck: 'false' });
  #viewport = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', placeholder: '1280x800' });
  #scale = choice(SCALES);
  #scheme = choice(SCHEMES);
  #login = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false' });
  #shown = h('input', { type: 'text', inputmode: 'url', autocomplete: 'off', spellcheck: 'false' });
  #theme = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false' });
  #draft = h('input', { type: 'checkbox', id: 'setting-draft' });
  #cursor = h('input', { type: 'text' });
  #noName = h('input', { type: 'checkbox', id: 'setting-no-name' });
  #label = h('input', { type: 'text' });
  #url = h('input', { type: 'text', inputmode: 'url', placeholder: 'https://' });
  #error = h('p', { class: 'field-message', role: 'alert', hidden: true });
  #form = h('form', { method: 'dialog', novalidate: true },
    field('Title', this.#title),
    field('Description', this.#description, 'One sentence for search engines and cards. Without it, the beginning of the guide is used.'),
    field('App', this.#app), this.#appFields,
    h('label', { class: 'check', for: 'setting-draft' }, this.#draft, 'Draft: left out of the published site'),
    h('div', { class: 'pair' }, field('Tags', this.#tags, 'Commas between them.'), field('Authors', this.#authors, 'Commas between them.')),
    h('div', { class: 'pair' }, field('Created', this.#created), field('Updated', this.#updated)),
    h('div', { class: 'pair' }, field('Language', this.#lang, 'As in en, de, pt-BR.'), field('Last part of the address', this.#slug, 'Saved addresses lead nowhere once it changes.')),
    h('div', { class: 'pair' }, field('Frame', this.#frame), field('Address in the frame', this.#shown)), field('Camera', this.#camera),
    h('div', { class: 'pair' }, field('Place in the library', this.#order, 'A number: lower ones come first.'), field('Theme', this.#theme, 'Without it, the project’s.')),
    h('div', {}, h('div', { class: 'pair' }, field('Cursor name', this.#cursor, 'Without it, the project’s.'), field('Cursor colour', this.#color, 'Without it, the brand’s.')),
      h('label', { class: 'check', for: 'setting-no-name' }, this.#noName, 'No name')),
    h('div', { class: 'pair' }, field('Cover', this.#cover, 'Number or id of a step, or the path of a picture.'), field('Backdrop', this.#backdrop, 'brand, plain, a colour such as #0b7a75, or the path of a picture.')), this.#covers, this.#behinds,
    h('div', { class: 'pair' }, field('Steps', this.#steps, 'What of the text is a step.'), field('Chapters', this.#chapters, 'What the walkthrough shows first of each.')),
    h('fieldset', {}, h('legend', {}, 'How its screenshots are taken'),
      h('div', { class: 'pair' }, field('Begin at', this.#start, 'An address, or a path of the app.'), field('Login', this.#login, 'One of the app’s logins.')),
      h('div', { class: 'pair' }, field('Window size', this.#viewport, 'Width and height in points.'), field('Sharpness', this.#scale)),
      field('Colours', this.#scheme)),
    h('fieldset', {}, h('legend', {}, 'Call to action at the end'), field('Label', this.#label), field('Address', this.#url)),
    this.#error,
    h('footer', {}, h('i', { class: 'gap' }), h('button', { type: 'button', value: 'cancel' }, 'Cancel'), h('button', { type: 'submit', class: 'primary' }, 'Save')));
  element;
  #project = new Api('', GUIDES);
  /** @type {Meta | null} */
  #meta = null;

  /** @param {Session} session @param {AbortSignal} signal */
  constructor(session, signal) {
    this.session = session;
    this.element = makeDialog('Guide settings', 'settings', [this.#form], signal);
    this.element.addEventListener('input', () => session.changed(), { signal });
    this.element.addEventListener('close', () => session.changed(), { signal });
    this.#noName.addEventListener('change', () => { this.#cursor.disabled = this.#color.disabled = this.#noName.checked; }, { signal });
    this.#app.addEventListener('change', () => {
      this.#tellApp();
      if (this.#app.value === OTHER) this.#appName.focus();
    }, { signal });
    this.#form.querySelector('[value=cancel]')?.addEventListener('click', () => this.element.close(), { signal });
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#meta?.draft && !this.#draft.checked) this.beforePublishing(() => this.#save());
      else this.#save();
    }, { signal });
  }

  /** Lets the author decide on what may have to be redacted. @type {(then: () => void) => void} */
  beforePublishing = (then) => then();

  /** @param {string} [name] Of the key whose field gets the focus. */
  open(name = 'title') {
    this.session.flush();
    const { meta } = this.session.guide.outline;
    this.#meta = meta;
    this.#title.value = meta.title;
    this.#description.value = meta.description || '';
    this.#fillApps(meta);
    this.#tags.value = meta.tags.join(', ');
    this.#authors.value = meta.authors.join(', ');
    this.#created.value = meta.created || '';
    this.#updated.value = meta.updated || '';
    this.#lang.value = meta.lang || '';
    this.#slug.value = this.session.guide.slug;
    this.#frame.value = meta.frame || '';
    this.#camera.value = meta.zoom === 'none' ? 'none' : '';
    this.#shown.value = meta.url || '';
    this.#theme.value = meta.theme || '';
    this.#draft.checked = meta.draft;
    this.#noName.checked = meta.cursor === '';
    this.#cursor.value = meta.cursor || '';
    this.#color.value = meta.cursor_color || '';
    this.#cursor.disabled = this.#color.disabled = this.#noName.checked;
    this.#cover.value = meta.cover || '';
    this.#fillCovers();
    this.#backdrop.value = meta.backdrop || '';
    this.#steps.value = meta.steps === 'auto' ? '' : meta.steps || '';
    this.#chapters.value = meta.chapters === 'steps' ? '' : meta.chapters || '';
    this.#order.value = meta.order || '';
    this.#start.value = meta.capture.start || '';
    this.#viewport.value = meta.capture.viewport || '';
    this.#scale.value = meta.capture.scale || '';
    this.#scheme.value = meta.capture.scheme || '';
    this.#login.value = meta.capture.login || '';
    this.#label.value = meta.cta?.[0] || '';
    this.#url.value = meta.cta?.[1] || '';
    for (const input of [this.#title, this.#description, this.#label]) input.lang = this.session.guide.lang || 'en';
    this.#complain('');
    this.element.showModal();
    const input = { title: this.#title, description: this.#description, app: this.#app, cta: this.#label, slug: this.#slug, lang: this.#lang, theme: this.#theme, zoom: this.#camera, url: this.#shown, frame: this.#frame, cursor: this.#cursor, cover: this.#cover, backdrop: this.#backdrop, steps: this.#steps, chapters: this.#chapters, order: this.#order, capture: this.#start, created: this.#created, updated: this.#updated, tags: this.#tags, authors: this.#authors }[name] || this.#title;
    input.focus();
    input.scrollIntoView({ block: 'center' });
  }

  /** The steps that show a screenshot, each by its own id, else by its number. */
  #fillCovers() {
    const shown = this.session.guide.outline.steps.map(({ own_id, title, scenes }, at) => ({ value: own_id || String(at + 1), title, shows: scenes.some(({ picture }) => picture !== null) }));
    this.#covers.replaceChildren(...shown.filter(({ shows }) => shows).map(({ value, title }) => h('option', { value }, title)));
  }

  /** @param {Meta} meta */
  #fillApps(meta) {
    const { apps } = this.session.guide;
    const known = apps.map(({ key, name }) => h('option', { value: key }, name));
    const other = meta.app && !apps.some(({ key }) => key === meta.app) ? [h('option', { value: meta.app }, meta.app)] : [];
    this.#app.replaceChildren(h('option', { value: '' }, 'None'), ...known, ...other, h('option', { value: OTHER }, 'New app…'));
    this.#app.value = meta.app || '';
    this.#app.disabled = meta.app_is_table;
    this.#app.title = meta.app_is_table ? 'The app is described in the guide itself: change it there' : '';
    this.#tellApp();
  }

  /** The chosen app, if it is the project's. */
  get #chosen() {
    return this.session.guide.apps.find(({ key }) => key === this.#app.value);
  }

  #tellApp() {
    const app = this.#chosen;
    this.#appFields.hidden = this.#app.disabled || !(app || this.#app.value === OTHER);
    this.#appName.value = app?.name || '';
    this.#appSite.value = app?.website || '';
  }

  /** @param {string} message @param {HTMLElement} [at] */
  #complain(message, at) {
    this.#error.textContent = capital(message);
    this.#error.hidden = !message;
    [this.#title, this.#label, this.#url, this.#appName].forEach((input) => input.removeAttribute('aria-invalid'));
    at?.setAttribute('aria-invalid', 'true');
    if (at) at.focus();
    else if (message) this.#error.scrollIntoView({ block: 'nearest' });
  }

  /** What differs from what the dialog opened with, as values of the keys. @param {string | null} app @returns {{key: string, of?: string, value: any}[]} */
  #changes(app) {
    const meta = /** @type {Meta} */ (this.#meta);
    const text = (/** @type {HTMLInputElement | HTMLSelectElement} */ input) => input.value.trim() || null;
    const [label, url] = [this.#label.value.trim(), this.#url.value.trim()];
    /** @type {Record<string, [any, any]>} */
    const values = {
      title: [meta.title, this.#title.value.trim()],
      description: [meta.description || null, this.#description.value.trim().replace(/\s*\n\s*/g, ' ') || null],
      app: [meta.app || null, app],
      tags: [meta.tags, listed(this.#tags.value)],
      authors: [meta.authors, listed(this.#authors.value)],
      created: [meta.created, text(this.#created)],
      updated: [meta.updated, text(this.#updated)],
      lang: [meta.lang, text(this.#lang)],
      frame: [meta.frame, text(this.#frame)],
      url: [meta.url, text(this.#shown)],
      theme: [meta.theme, text(this.#theme)],
      zoom: [meta.zoom === 'none' ? 'none' : null, text(this.#camera)],
      draft: [meta.draft, this.#draft.checked],
      cursor: [meta.cursor, this.#noName.checked ? '' : this.#cursor.value.trim() || null],
      'cursor-color': [meta.cursor_color, this.#noName.checked ? null : text(this.#color)],
      backdrop: [meta.backdrop, text(this.#backdrop)],
      cover: [meta.cover, text(this.#cover)],
      steps: [meta.steps === 'auto' ? null : meta.steps, text(this.#steps)],
      chapters: [meta.chapters === 'steps' ? null : meta.chapters, text(this.#chapters)],
      order: [meta.order, text(this.#order)],
      cta: [meta.cta && { label: meta.cta[0], url: meta.cta[1] }, label && url ? { label, url } : null],
    };
    const taken = { start: this.#start, viewport: this.#viewport, scale: this.#scale, scheme: this.#scheme, login: this.#login };
    const capture = Object.entries(taken).filter(([of, input]) => text(input) !== meta.capture[/** @type {keyof typeof taken} */ (of)]);
    const metaEdits = Object.entries(values).filter(([, [before, after]]) => JSON.stringify(before) !== JSON.stringify(after)).map(([key, [, after]]) => ({ key, value: after }));
    return [...metaEdits, ...capture.map(([of, input]) => ({ key: 'capture', of, value: text(input) }))];
  }

  /** What is changed here and not saved. @returns {import('./types.js').Intent[]} */
  get begun() {
    if (!this.element.open) return [];
    const app = this.#appFields.hidden || this.#chosen ? this.#app.value || null : this.#meta?.app || null;
    return this.#changes(app).map((change) => ({ op: 'meta', ...change }));
  }

  /** Writes the app to the project file, if anything of it is new. @returns {Promise<string | null>} Its key. */
  async #saveApp() {
    const app = this.#chosen;
    const [name, website] = [this.#appName.value.trim(), this.#appSite.value.trim()];
    if (this.#appFields.hidden || (app && app.name === name && (app.website || '') === website)) return this.#app.value || null;
    const { status, body } = await this.#project.send('app', { key: app ? app.key : null, name, website });
    if (status !== 200) throw new Error(body.message || `the server answers ${status}`);
    this.session.queue.refresh();
    return body.key;
  }

  /** Gives the guide another address, if one was written, and goes there. @returns {Promise<string>} Why not. */
  async #move() {
    const { slug } = this.session.guide;
    const address = this.#slug.value.trim();
    if (!address || address === slug) return '';
    const { status, body } = await this.#project.send('rename', { slug, title: this.#title.value.trim(), address });
    if (status !== 200) return body.message || `the server answers ${status}`;
    if (body.slug !== slug) location.assign(`/.guidemark/edit/${encodeURIComponent(body.slug)}/${location.hash}`);
    return '';
  }

  async #save() {
    if (!this.#title.value.trim()) return this.#complain('A guide needs a title', this.#title);
    if (!this.#appFields.hidden && !this.#appName.value.trim()) return this.#complain('An app needs a name', this.#appName);
    const [label, url] = [this.#label.value.trim(), this.#url.value.trim()];
    if (!label !== !url) return this.#complain('A call to action needs both a label and an address', label ? this.#url : this.#label);
    let app;
    try {
      app = await this.#saveApp();
    } catch (error) {
      return this.#complain(error instanceof TypeError ? 'The server does not answer' : /** @type {Error} */ (error).message);
    }
    for (const change of this.#changes(app)) {
      const { ok, message } = await this.session.write({ op: 'meta', ...change });
      if (!ok && message) return this.#complain(message);
    }
    const message = await this.#move();
    if (message) return this.#complain(message, this.#slug);
    this.element.close();
    this.session.announce('Settings saved');
  }
}

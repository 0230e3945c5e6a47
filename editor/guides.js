/**
 * The page with all guides of the project: made, opened, repeated, renamed, published, deleted and brought back.
 *
 * @typedef {{slug: string, path: string, title: string, draft: boolean, steps: number, app: string | null, page: boolean, cover: string | null}} Listed
 * @typedef {{key: string, name: string, website: string | null}} App
 * @typedef {{id: string, title: string, path: string}} Trashed
 * @typedef {{title: string, brand: string | null, apps: App[], guides: Listed[], trash: Trashed[]}} Library
 */
import { Api, GUIDES } from './api.js';
import { paintBrand } from './colour.js';
import { arrange, attribute, h, icon, iconButton, keep, say } from './dom.js';
import { pictures } from './files.js';
import { guideEntries } from './guide-entries.js';
import { NewGuide } from './new-guide.js';
import { ExportGuide } from './export.js';
import { makePalette } from './palette.js';
import { RecordDialog } from './record.js';
import { RenameGuide } from './rename-guide.js';
import { Toasts } from './toast.js';
import { count } from './words.js';

class Card {
  #image = h('img', { alt: '', loading: 'lazy' });
  #title = h('a', { class: 'card-title' });
  #meta = h('p', { class: 'card-meta' });
  #draft = h('input', { type: 'checkbox', role: 'switch' });
  #label = h('label', { class: 'check' }, this.#draft, h('span', {}, 'Published'));
  #view = h('a', { class: 'icon-button', title: 'Open the guide' }, icon('out'));
  #copy = iconButton('copy', 'Duplicate');
  #rename = iconButton('rename', 'Rename');
  #export = iconButton('download', 'Export');
  #delete = iconButton('bin', 'Delete');
  element = h('li', { class: 'card' }, h('div', { class: 'card-cover', 'aria-hidden': 'true' }, this.#image, icon('picture')),
    h('div', { class: 'card-body' }, h('h2', {}, this.#title), this.#meta),
    h('div', { class: 'card-tools' }, this.#label, h('i', { class: 'gap' }), this.#view, this.#copy, this.#rename, this.#export, this.#delete));

  /** @param {{publish: (slug: string, draft: boolean) => void, duplicate: (slug: string) => void, rename: (listed: Listed) => void, export: (listed: Listed) => void, remove: (slug: string) => void}} does @param {AbortSignal} signal */
  constructor(does, signal) {
    const slug = () => /** @type {Listed} */ (this.listed).slug;
    this.#draft.addEventListener('change', () => does.publish(slug(), !this.#draft.checked), { signal });
    this.#copy.addEventListener('click', () => does.duplicate(slug()), { signal });
    this.#rename.addEventListener('click', () => does.rename(/** @type {Listed} */ (this.listed)), { signal });
    this.#export.addEventListener('click', () => does.export(/** @type {Listed} */ (this.listed)), { signal });
    this.#delete.addEventListener('click', () => does.remove(slug()), { signal });
  }

  /** @param {Listed} listed */
  tell(listed) {
    this.listed = listed;
    const { slug, path, title, draft, steps, app, page, cover } = listed;
    this.element.dataset.slug = slug;
    say(this.#title, title);
    attribute(this.#title, 'href', `/.guidemark/edit/${encodeURIComponent(slug)}/`);
    attribute(this.#title, 'data-focus', `open ${slug}`);
    say(this.#meta, [steps ? count(steps, 'step') : 'No steps yet', app, draft ? 'Draft' : null].filter(Boolean).join(' · '));
    attribute(this.#meta, 'title', path);
    this.element.classList.toggle('draft', draft);
    this.#draft.checked = !draft;
    attribute(this.#draft, 'aria-label', `Published: ${title}`);
    for (const [button, does] of /** @type {[Element, string][]} */ ([[this.#copy, 'Duplicate'], [this.#rename, 'Rename'], [this.#export, 'Export'], [this.#delete, 'Delete'], [this.#view, 'Open the page of']])) attribute(button, 'aria-label', `${does} ${title}`);
    attribute(this.#view, 'href', page ? `/${encodeURIComponent(slug)}/` : null);
    this.#view.hidden = !page;
    this.#image.hidden = !cover;
    attribute(this.#image, 'src', cover && `/${encodeURIComponent(slug)}/cover.webp?${cover}`);
  }

  focus() {
    this.#title.focus();
  }
}

class GuidemarkGuides extends HTMLElement {
  #ears = new AbortController();
  /** As it was painted last. @type {string | null | undefined} */
  #brand;
  #api = new Api('', GUIDES);
  /** @type {Library} */
  #library = { title: '', brand: null, apps: [], guides: [], trash: [] };
  /** How often the list was asked for, and which of these answers is shown. */
  #asked = 0;
  #shown = 0;
  /** @type {Map<string, Card>} */
  #cards = new Map();
  /** What brings the last deleted guide back. @type {string | null} */
  #deleted = null;
  #heading = h('h1', {}, 'Guides');
  #new = h('button', { type: 'button', class: 'primary', 'data-focus': 'new' }, icon('add'), 'New guide');
  #record = h('button', { type: 'button', 'data-focus': 'record', title: 'Do it once in a browser, and get a guide' }, icon('record'), 'Record');
  #actions = iconButton('search', 'All actions by name (Ctrl K)', { 'data-focus': 'actions' });
  #site = h('a', { class: 'quiet-link', href: '/', 'data-focus': 'site' }, icon('out'), 'View as a reader');
  #list = h('ul', { class: 'cards' });
  #start = h('button', { type: 'button', class: 'primary' }, icon('add'), 'New guide');
  #startRecording = h('button', { type: 'button' }, icon('record'), 'Record a guide');
  #empty = h('section', { class: 'no-guides', hidden: true }, icon('picture'), h('h2', {}, 'No guides here yet'),
    h('p', {}, 'A guide is a few screenshots and a sentence for each. Record one while you do it, drop your screenshots here, or start with a title.'), h('div', { class: 'starts' }, this.#startRecording, this.#start),
    h('p', { class: 'hint' }, 'Each guide is saved as a Markdown file in this folder.'));
  #trashList = h('ul', {});
  #trash = h('details', { class: 'trash', hidden: true }, h('summary', {}, 'Deleted guides'), this.#trashList);
  /** @type {Toasts | undefined} */
  #toasts;
  /** @type {NewGuide | undefined} */
  #maker;
  /** @type {RenameGuide | undefined} */
  #renamer;
  /** @type {ExportGuide | undefined} */
  #exporter;

  /** What is done with one guide. */
  #does = {
    publish: (/** @type {string} */ slug, /** @type {boolean} */ draft) => this.#do('publish', { slug, draft }, draft ? 'Made a draft: it is left out of the published site' : 'Published with the next build'),
    duplicate: (/** @type {string} */ slug) => this.#duplicate(slug),
    rename: (/** @type {Listed} */ listed) => this.#renamer?.open(listed),
    export: (/** @type {Listed} */ listed) => this.#exporter?.open(new Api(listed.slug), listed.title),
    remove: (/** @type {string} */ slug) => this.#remove(slug),
  };

  connectedCallback() {
    this.#ears = new AbortController();
    const { signal } = this.#ears;
    const toasts = new Toasts({ undo: () => this.#undo(), back: () => this.#new.focus() }, signal);
    this.#toasts = toasts;
    const maker = new NewGuide(this.#api, { apps: () => this.#library.apps, fail: (message) => toasts.show(message, { bad: true }) }, signal);
    this.#maker = maker;
    this.#renamer = new RenameGuide(this.#api, (slug) => { toasts.clear(); this.#load(slug); }, signal);
    this.#exporter = new ExportGuide(signal);
    const recorder = new RecordDialog({ done: ({ what, slug, result }) => location.assign(`/.guidemark/edit/${encodeURIComponent(what === 'guide' ? result.slug : slug)}/`), fail: (message) => toasts.show(message, { bad: true }) }, signal);
    this.replaceChildren(h('header', { class: 'guides-bar' }, this.#heading, h('i', { class: 'gap' }), this.#site, this.#actions, this.#record, this.#new),
      h('main', { class: 'guides-main' }, this.#empty, this.#list, this.#trash), maker.element, this.#renamer.element, this.#exporter.element, recorder.element, toasts.element);
    this.#new.addEventListener('click', () => maker.open(), { signal });
    this.#start.addEventListener('click', () => maker.open(), { signal });
    for (const button of [this.#record, this.#startRecording]) button.addEventListener('click', () => recorder.open({ what: 'guide' }), { signal });
    recorder.resume();
    this.#listenDrops(signal);
    const palette = makePalette(() => guideEntries(this.#library, {
      make: () => maker.open(), record: () => recorder.open({ what: 'guide' }), read: () => location.assign('/'),
      edit: (slug) => location.assign(`/.guidemark/edit/${encodeURIComponent(slug)}/`), open: (slug) => location.assign(`/${encodeURIComponent(slug)}/`),
      ...this.#does, restore: (id) => this.#restore(id), undo: this.#deleted ? () => this.#undo() : null,
    }), signal);
    this.append(palette.element);
    this.#actions.addEventListener('click', () => palette.open(), { signal });
    document.addEventListener('keydown', (event) => {
      const field = /** @type {Element} */ (event.target).closest?.('input, textarea, select, dialog');
      if (event.ctrlKey || event.metaKey) {
        const key = event.key.toLowerCase();
        if (!document.querySelector('dialog[open]') && ((key === 'k' && !event.shiftKey) || (key === 'p' && event.shiftKey))) {
          event.preventDefault();
          palette.open();
          return;
        }
      }
      const undo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
      // A field has an undo of its own.
      if (!undo || !this.#deleted || field) return;
      event.preventDefault();
      this.#undo();
    }, { signal });
    this.#api.listen('/', () => this.#load(), () => {}, signal);
    this.#load().then(() => { if (location.hash === '#new') maker.open(); });
  }

  disconnectedCallback() {
    this.#ears.abort();
  }

  /** Pictures that are dropped or pasted anywhere begin a guide. @param {AbortSignal} signal */
  #listenDrops(signal) {
    const brings = (/** @type {DragEvent} */ event) => !!event.dataTransfer?.types.includes('Files');
    const begin = (/** @type {File[]} */ files) => {
      const shown = pictures(files);
      if (!shown.length) return this.#toasts?.show('Only pictures can be dropped here: PNG, JPEG, WebP or GIF', { bad: true });
      this.#maker?.open(shown);
    };
    this.addEventListener('dragover', (event) => { if (brings(event)) event.preventDefault(); }, { signal });
    this.addEventListener('drop', (event) => {
      if (!brings(event)) return;
      event.preventDefault();
      begin([...(event.dataTransfer?.files || [])]);
    }, { signal });
    document.addEventListener('paste', (event) => {
      const files = [...(event.clipboardData?.files || [])];
      if (!files.length || /** @type {Element} */ (event.target).closest?.('input[type=text]')) return;
      event.preventDefault();
      begin(files);
    }, { signal });
  }

  /** Reads the list again. @param {string} [focus] The guide that gets the focus. */
  async #load(focus) {
    const number = ++this.#asked;
    try {
      const { status, body } = await this.#api.send('list');
      if (status !== 200) throw new Error(body.message || `the server answers ${status}`);
      // Answers may overtake each other: an earlier one knows less.
      if (number > this.#shown) {
        this.#shown = number;
        this.#library = body;
        this.#show();
      }
      if (focus) this.#cards.get(focus)?.focus();
    } catch (error) {
      this.#toasts?.show(`The list can’t be read: ${error instanceof Error ? error.message : error}`, { bad: true });
    }
  }

  #show() {
    const { title, brand, guides, trash } = this.#library;
    if (brand !== this.#brand) paintBrand(this, brand, this.#ears.signal);
    this.#brand = brand;
    say(this.#heading, title);
    document.title = `${title} – edit`;
    this.#empty.hidden = guides.length > 0;
    this.#list.hidden = guides.length === 0;
    this.#new.hidden = guides.length === 0;
    this.#site.hidden = guides.every(({ page }) => !page);
    const cards = keep(this.#cards, guides.map(({ slug }) => slug), () => new Card(this.#does, this.#ears.signal));
    cards.forEach((card, at) => card.tell(guides[at]));
    arrange(this.#list, cards.map(({ element }) => element));
    this.#trash.hidden = trash.length === 0;
    this.#trashList.replaceChildren(...trash.map(({ id, title: gone, path }) => {
      const back = h('button', { type: 'button', class: 'small', 'aria-label': `Restore ${gone}` }, 'Restore');
      back.addEventListener('click', () => this.#restore(id), { signal: this.#ears.signal });
      return h('li', {}, h('span', {}, gone), h('code', {}, path), back);
    }));
  }

  /** @param {string} call @param {object} body @param {string} done @returns {Promise<any>} */
  async #do(call, body, done) {
    try {
      const answer = await this.#api.send(call, body);
      if (answer.status !== 200) throw new Error(answer.body.message || `the server answers ${answer.status}`);
      // What was said before is past.
      this.#toasts?.clear();
      if (done) this.#toasts?.show(done);
      await this.#load();
      return answer.body;
    } catch (error) {
      this.#toasts?.show(error instanceof TypeError ? 'The server does not answer' : /** @type {Error} */ (error).message, { bad: true });
      await this.#load();
      return null;
    }
  }

  /** @param {string} slug */
  async #duplicate(slug) {
    const made = await this.#do('duplicate', { slug }, 'Duplicated as a draft');
    if (made) this.#cards.get(made.slug)?.focus();
  }

  /** @param {string} slug */
  async #remove(slug) {
    const gone = await this.#do('delete', { slug }, '');
    if (!gone) return;
    this.#deleted = gone.id;
    this.#toasts?.show(`Deleted “${gone.title}”`, { undo: true });
    (this.#new.hidden ? this.#start : this.#new).focus();
  }

  #undo() {
    if (this.#deleted) this.#restore(this.#deleted);
  }

  /** @param {string} id */
  async #restore(id) {
    this.#deleted = null;
    await this.#do('restore', { id }, 'Restored');
  }
}

customElements.define('guidemark-guides', GuidemarkGuides);

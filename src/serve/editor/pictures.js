/**
 * Screenshots that are dropped or pasted.
 *
 * @typedef {import('./actions.js').Actions} Actions
 */
import { h, icon } from './dom.js';

/** @param {DataTransfer | null} data */
const pictures = (data) => [...(data?.files || [])].filter(({ type }) => type.startsWith('image/'));
/** @param {DragEvent} event */
const brings = (event) => !!event.dataTransfer?.types.includes('Files');

export class Pictures {
  #zones = /** @type {const} */ ([['step', 'add', 'New step', 'after this one'], ['replace', 'picture', 'Replace', 'this screenshot'], ['add', 'copy', 'Add', 'to this step']])
    .map(([use, drawing, title, more]) => h('div', { class: 'drop-target', 'data-use': use }, icon(drawing), h('b', {}, title), h('span', {}, more)));
  element = h('div', { class: 'drop-targets', hidden: true, 'aria-hidden': 'true' }, ...this.#zones);
  #timer = 0;

  /** @param {HTMLElement} root @param {Actions} actions @param {AbortSignal} signal */
  constructor(root, actions, signal) {
    this.root = root;
    this.actions = actions;
    const listen = (/** @type {string} */ name, /** @type {(event: any) => void} */ call) => root.addEventListener(name, call, { signal });
    listen('dragenter', (event) => this.#over(event));
    listen('dragover', (event) => this.#over(event));
    listen('drop', (event) => this.#drop(event));
    document.addEventListener('paste', (event) => this.#paste(event), { signal });
  }

  /** @param {DragEvent} event */
  #over(event) {
    if (!brings(event)) return;
    event.preventDefault();
    this.element.hidden = false;
    this.root.classList.add('dropping');
    const use = this.#use(event);
    this.#zones.forEach((zone) => zone.classList.toggle('aimed', zone.dataset.use === use));
    // Nothing says that a file has left the window: it is over when no more of it is heard.
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end(), 300);
  }

  #end() {
    clearTimeout(this.#timer);
    this.element.hidden = true;
    this.root.classList.remove('dropping');
  }

  /** @param {DragEvent} event */
  #use(event) {
    const zone = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.('[data-use]'));
    return event.altKey ? 'replace' : zone?.dataset.use || 'step';
  }

  /** @param {DragEvent} event */
  #drop(event) {
    if (!brings(event)) return;
    event.preventDefault();
    this.#end();
    const files = pictures(event.dataTransfer);
    if (!files.length) return this.actions.session.toast('Only pictures can be dropped here: PNG, JPEG, WebP or GIF', { bad: true });
    const use = this.#use(event);
    if (use === 'replace') this.actions.replacePicture(files[0]);
    else if (use === 'add') this.actions.addToStep(files);
    else this.actions.addPictures(files);
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const files = pictures(event.clipboardData);
    const writing = /** @type {Element} */ (event.target).closest?.('textarea, input');
    if (!files.length || document.querySelector('dialog[open]') || (writing && event.clipboardData?.types.includes('text/plain'))) return;
    event.preventDefault();
    this.actions.addPictures(files);
  }
}

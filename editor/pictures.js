/**
 * Screenshots that are dropped or pasted.
 *
 * @typedef {import('./actions.js').Actions} Actions
 */
import { h, icon, say } from './dom.js';
import { ACCEPT, pictures as pictureFiles } from './files.js';

/** @param {DataTransfer | null} data */
const pictures = (data) => pictureFiles([...(data?.files || [])]);
/** @param {DragEvent} event */
const brings = (event) => !!event.dataTransfer?.types.includes('Files');

export class Pictures {
  #zones = /** @type {const} */ ([['fill', 'picture'], ['step', 'add'], ['replace', 'picture'], ['add', 'copy']])
    .map(([use, drawing]) => h('div', { class: 'drop-target', 'data-use': use }, icon(drawing), h('b', {}), h('span', {})));
  #file = h('input', { type: 'file', accept: ACCEPT, multiple: true, hidden: true, 'aria-label': 'Screenshots' });
  element = h('div', { class: 'drop-targets', hidden: true, 'aria-hidden': 'true' }, ...this.#zones);
  #timer = 0;

  /** @param {HTMLElement} root @param {Actions} actions @param {AbortSignal} signal */
  constructor(root, actions, signal) {
    this.root = root;
    this.actions = actions;
    const listen = (/** @type {string} */ name, /** @type {(event: any) => void} */ call) => root.addEventListener(name, call, { signal });
    this.#file.addEventListener('change', () => {
      actions.addPictures([...(this.#file.files || [])]);
      this.#file.value = '';
    }, { signal });
    listen('dragenter', (event) => this.#over(event));
    listen('dragover', (event) => this.#over(event));
    listen('drop', (event) => this.#drop(event));
    document.addEventListener('paste', (event) => this.#paste(event), { signal });
  }

  /** Lets screenshots be chosen from the disk; they are used as if they had been dropped on the canvas. */
  choose() {
    this.#file.click();
  }

  /** What can be done with a picture here, in words. @returns {Record<string, [string, string]>} */
  #uses() {
    const { session } = this.actions;
    if (!session.current) return { step: ['New steps', 'one for each screenshot'] };
    if (session.lacksPicture) return { fill: ['Screenshot of this step', 'others become steps after it'], step: ['New step', 'after this one'] };
    return { step: ['New step', 'after this one'], ...(session.currentScene?.inherited ? {} : { replace: ['Replace', 'this screenshot'] }), add: ['Add', 'to this step'] };
  }

  #tell() {
    const uses = this.#uses();
    this.#zones.forEach((zone) => {
      const words = uses[zone.dataset.use || ''];
      zone.hidden = !words;
      if (words) [...zone.children].slice(1).forEach((part, at) => say(part, words[at]));
    });
  }

  /** @param {DragEvent} event */
  #over(event) {
    if (!brings(event)) return;
    event.preventDefault();
    this.#tell();
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
    const uses = this.#uses();
    if (event.altKey && uses.replace) return 'replace';
    // Beside the canvas, in the list, a picture becomes a step.
    const listed = /** @type {Element} */ (event.target).closest?.('.steps');
    return zone?.dataset.use || (uses.fill && !listed ? 'fill' : 'step');
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
    else this.actions.addPictures(files, use === 'fill');
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

/**
 * The bar on top: which file, whether it is saved, the tools, undo and redo, play.
 *
 * @typedef {import('./session.js').Session} Session
 */
import { GUIDES } from './api.js';
import { attribute, h, icon, iconButton, say } from './dom.js';
import { TOOLS } from './tools.js';

/** @param {string} path */
const shortPath = (path) => path.split('/').slice(-2).join('/');

export class Topbar {
  #name = h('h1', { class: 'file-name' });
  #status = h('span', { class: 'status', role: 'status' });
  #guides = h('a', { class: 'icon-button', href: GUIDES, 'aria-label': 'All guides', title: 'All guides', 'data-focus': 'guides' }, icon('list'));
  publish = h('button', { type: 'button', class: 'small', hidden: true, 'data-focus': 'publish', title: 'A draft is left out of the published site' }, 'Draft: publish');
  #tools = TOOLS.map((tool) => h('button', { type: 'button', class: 'tool', value: tool.name, 'data-focus': `tool ${tool.name}`, 'aria-keyshortcuts': tool.key, title: tool.verb ? `${tool.label}: draw on the screenshot, or press Enter` : tool.label },
    icon(/** @type {any} */ (tool.name)), h('span', { class: 'tool-label' }, tool.label), h('kbd', { 'aria-hidden': 'true' }, tool.key)));
  undo = iconButton('undo', 'Undo', { 'data-focus': 'undo', 'aria-keyshortcuts': 'Control+Z' });
  redo = iconButton('redo', 'Redo', { 'data-focus': 'redo', 'aria-keyshortcuts': 'Control+Shift+Z Control+Y' });
  settings = iconButton('settings', 'Guide settings', { 'data-focus': 'settings' });
  help = iconButton('help', 'Keys', { 'data-focus': 'help', 'aria-keyshortcuts': '?' });
  export = iconButton('download', 'Export', { 'data-focus': 'export' });
  #page = h('a', { class: 'icon-button', 'aria-label': 'Open the guide', title: 'Open the guide', 'data-focus': 'page' }, icon('out'));
  #playIcon = h('span', { class: 'play-icon' }, icon('play'));
  #playLabel = h('span', {}, 'Play');
  play = h('button', { type: 'button', class: 'primary', 'aria-pressed': 'false', 'data-focus': 'play' }, this.#playIcon, this.#playLabel);
  element = h('header', { class: 'topbar' },
    h('div', { class: 'file' }, this.#guides, this.#name, this.#status, this.publish),
    h('div', { class: 'tools', role: 'group', 'aria-label': 'Tools' }, ...this.#tools),
    h('div', { class: 'bar-end' }, this.undo, this.redo, h('i', { class: 'gap' }), this.settings, this.help, this.export, this.#page, this.play));

  /** @param {Session} session @param {{put: (verb: string) => void}} canvas @param {AbortSignal} signal */
  constructor(session, canvas, signal) {
    this.session = session;
    session.listen(() => this.update(), signal);
    this.#tools.forEach((button, at) => {
      const tool = TOOLS[at];
      button.addEventListener('click', () => session.take(session.tool === tool.name ? 'select' : tool.name), { signal });
      button.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        event.stopPropagation();
        if (tool.verb) canvas.put(tool.verb);
        else session.take('select');
      }, { signal });
    });
  }

  /** Takes a tool and puts the focus on it: Enter then places its box. @param {string} name */
  take(name) {
    this.session.take(name);
    this.#tools.find((button) => button.value === name)?.focus();
    const tool = TOOLS.find((each) => each.name === name);
    if (tool?.verb) this.session.announce(`${tool.label}: draw on the screenshot, or press Enter to put it at the middle`);
  }

  update() {
    const { session } = this;
    const { guide } = session;
    say(this.#name, guide.outline.meta.title || shortPath(guide.path));
    attribute(this.#name, 'title', guide.file);
    this.#tell();
    this.publish.hidden = !guide.outline.meta.draft;
    this.play.hidden = !session.current;
    this.#tools.forEach((button) => attribute(button, 'aria-pressed', String(button.value === session.tool)));
    attribute(this.undo, 'aria-disabled', String(!guide.undo && !session.unsaved));
    attribute(this.redo, 'aria-disabled', String(!guide.redo));
    const id = session.current?.id;
    attribute(this.#page, 'href', guide.page + (id ? `#${encodeURIComponent(id)}` : ''));
    attribute(this.play, 'aria-pressed', String(session.playing));
    if (this.#playLabel.textContent !== (session.playing ? 'Edit' : 'Play')) this.#playIcon.replaceChildren(icon(session.playing ? 'stop' : 'play'));
    say(this.#playLabel, session.playing ? 'Edit' : 'Play');
  }

  #tell() {
    const { state, message } = this.session.queue.status;
    const unsaved = this.session.unsaved;
    const [text, look] = state === 'gone' && (unsaved || message) ? [unsaved ? `not saved: ${message}` : message, 'bad']
      : state === 'conflict' ? ['not saved: the file has changed', 'bad']
        : this.session.drafts.stuck ? ['not saved: see the marked field', 'bad']
          : unsaved ? ['saving…', 'busy'] : ['saved', 'good'];
    say(this.#status, text);
    this.#status.className = `status ${look}`;
  }
}

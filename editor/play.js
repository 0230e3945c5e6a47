/**
 * The guide as its reader sees it, over the screenshot: as a walkthrough, a page, an embed, on a tablet, on a phone; light or dark.
 *
 * @typedef {import('./session.js').Session} Session
 */
import { attribute, h, say } from './dom.js';
import { count } from './words.js';

/** Name, label, what the address says, width and height in pixels; without them, all there is. @type {{name: string, label: string, query: string, width?: number, height?: number}[]} */
export const VIEWS = [
  { name: 'player', label: 'Walkthrough', query: '?view=player' },
  { name: 'page', label: 'Page', query: '' },
  { name: 'embed', label: 'Embed', query: '?view=player', width: 720, height: 480 },
  { name: 'tablet', label: 'Tablet', query: '', width: 768, height: 1024 },
  { name: 'phone', label: 'Phone', query: '', width: 375, height: 667 },
];
/** @type {[string, string][]} */
export const SCHEMES = [['', 'As here'], ['light', 'Light'], ['dark', 'Dark']];

/** Around a frame that is smaller than the room, in pixels. */
const MARGIN = 12;

export class Play {
  #shown = '';
  #query = '';
  #frame = h('iframe', { title: 'The guide as its reader sees it', name: 'guidemark-preview' });
  #view = h('select', { 'aria-label': 'Shown as', 'data-focus': 'view' }, ...VIEWS.map(({ name, label }) => h('option', { value: name }, label)));
  #scheme = h('select', { 'aria-label': 'Colours', 'data-focus': 'scheme' }, ...SCHEMES.map(([value, label]) => h('option', { value }, label)));
  #stage = h('div', { class: 'play-stage' });
  #reason = h('span', {});
  #errors = h('button', { type: 'button', class: 'small', 'data-focus': 'play-errors' }, 'Show the errors');
  /** Says that what is shown is not what was written last: a guide with an error is not built. */
  #old = h('div', { class: 'play-old', role: 'status', hidden: true }, this.#reason, this.#errors);
  element = h('div', { class: 'play', hidden: true }, h('div', { class: 'play-bar' }, this.#view, this.#scheme), this.#old, this.#stage);

  /** @param {Session} session @param {() => void} showErrors @param {AbortSignal} signal */
  constructor(session, showErrors, signal) {
    this.session = session;
    this.#errors.addEventListener('click', () => { session.playing = false; session.changed(); showErrors(); }, { signal });
    session.listen(() => this.update(), signal);
    this.#view.addEventListener('change', () => this.update(), { signal });
    this.#scheme.addEventListener('change', () => this.#size(), { signal });
    const watch = new ResizeObserver(() => { if (session.playing) this.#size(); });
    watch.observe(this.#stage);
    signal.addEventListener('abort', () => watch.disconnect());
  }

  /** Shows the guide so: as one of the views, in one of the schemes. @param {{view?: string, scheme?: string}} as */
  show({ view, scheme }) {
    if (view !== undefined) this.#view.value = view;
    if (scheme !== undefined) this.#scheme.value = scheme;
    this.session.flush();
    this.session.playing = true;
    this.session.changed();
  }

  get #chosen() {
    return VIEWS.find(({ name }) => name === this.#view.value) || VIEWS[0];
  }

  #size() {
    const { width, height } = this.#chosen;
    this.#frame.style.width = width ? `${width}px` : '100%';
    this.#frame.style.height = height ? `${height}px` : '100%';
    // What is larger than the room there is, is shown smaller.
    const { clientWidth, clientHeight } = this.#stage;
    const scale = width && height ? Math.min(1, (clientWidth - 2 * MARGIN) / width, (clientHeight - 2 * MARGIN) / height) : 1;
    this.#frame.style.scale = String(Math.max(0.1, scale));
    this.#frame.classList.toggle('sized', !!width);
    // A page in a frame prefers the colours that the frame has.
    this.#frame.style.colorScheme = this.#scheme.value || 'inherit';
    attribute(this.element, 'data-view', this.#chosen.name);
  }

  update() {
    const { playing, guide, current } = this.session;
    const { query } = this.#chosen;
    const address = playing ? `${guide.page}${query}#${encodeURIComponent(current?.id || '')}` : '';
    this.element.hidden = !playing;
    const errors = guide.problems.filter(({ severity }) => severity === 'error').length;
    this.#old.hidden = !errors;
    say(this.#reason, errors ? `${count(errors, 'error')} ${errors === 1 ? 'keeps' : 'keep'} this guide from being built: the latest changes, redactions too, are not shown here.` : '');
    if (playing) this.#size();
    if (address === this.#shown) return;
    // Another step of a guide that plays is no other page.
    if (address && this.#shown && query === this.#query) this.#frame.contentWindow?.location.replace(address);
    else this.#frame.src = address || 'about:blank';
    this.#shown = address;
    this.#query = query;
    if (!playing) this.#frame.remove();
    else if (!this.#frame.isConnected) this.#stage.append(this.#frame);
  }
}

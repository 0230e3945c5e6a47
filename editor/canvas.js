/**
 * The screenshot with the annotations on it.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./types.js').Area} Area
 * @typedef {import('./types.js').Which} Which
 */
import { arrange, attribute, h, icon, iconButton, keep, say } from './dom.js';
import { fit } from './geometry.js';
import { Lines } from './lines.js';
import { Mark } from './mark.js';
import { Pointer } from './pointer.js';
import { place } from './tools.js';
import { areaLabel, count } from './words.js';

/** Around the screenshot, in pixels. */
const MARGIN = 24;
/** How much one press enlarges, and how much all may. */
const STEP = 1.25;
const LARGEST = 6;

export class Canvas {
  #image = h('img', { alt: '', draggable: 'false' });
  #lines = new Lines();
  #marks = h('div', { class: 'marks' });
  #shot = h('div', { class: 'shot', role: 'application', tabindex: '-1', 'data-focus': 'canvas' }, this.#image, this.#lines.element, this.#marks);
  #cardWords = h('p', {});
  #choose = h('button', { type: 'button', 'data-focus': 'choose' }, icon('picture'), h('span', {}));
  #card = h('div', { class: 'no-shot' }, this.#cardWords, this.#choose);
  #scroll = h('div', { class: 'canvas-scroll' }, this.#shot, this.#card);
  #keys = h('p', { id: 'mark-keys', class: 'hidden' }, 'Arrow keys move by 1 point, with Shift by 10. Alt and arrow keys resize. Delete removes.');
  #fit = h('button', { type: 'button', title: 'Fit', 'data-focus': 'fit' });
  #less = iconButton('less', 'Shrink', { 'data-focus': 'less' });
  #more = iconButton('add', 'Enlarge', { 'data-focus': 'more' });
  #lens = h('div', { class: 'lens', role: 'group', 'aria-label': 'Size of the screenshot' }, this.#less, this.#fit, this.#more);
  element = h('section', { class: 'canvas', 'aria-label': 'Screenshot' }, this.#scroll, this.#lens, this.#keys);
  /** @type {Map<string, Mark>} */
  #drawn = new Map();
  /** Puts the focus into the fields of the selected annotation. */
  write = () => {};
  /** Lets screenshots be chosen from the disk. */
  choose = () => {};
  /** Pixels a point. */
  scale = 1;
  #pointer;

  /** @param {Session} session @param {AbortSignal} signal */
  constructor(session, signal) {
    this.session = session;
    this.signal = signal;
    session.listen(() => this.update(), signal);
    this.#pointer = new Pointer(session, { shot: this.#shot, around: this.#scroll, image: this.#image, lines: this.#lines, marks: this.#drawn, canvas: this }, signal);
    this.#shot.addEventListener('focusin', (event) => this.#focus(/** @type {HTMLElement} */ (event.target)), { signal });
    this.#shot.addEventListener('dblclick', ({ target }) => { if (/** @type {Element} */ (target).closest('[data-uid]')) this.write(); }, { signal });
    this.#choose.addEventListener('click', () => this.choose(), { signal });
    this.#less.addEventListener('click', () => this.enlarge(-1), { signal });
    this.#more.addEventListener('click', () => this.enlarge(1), { signal });
    this.#fit.addEventListener('click', () => this.enlarge(0), { signal });
    this.#scroll.addEventListener('wheel', (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.enlarge(event.deltaY < 0 ? 1 : -1);
    }, { signal, passive: false });
    const watch = new ResizeObserver(() => this.update());
    watch.observe(this.#scroll);
    signal.addEventListener('abort', () => watch.disconnect());
  }

  /** What another part shows on the screenshot. @param {Element} layer */
  lay(layer) {
    this.#shot.append(layer);
  }

  /** Puts the focus on the selected mark, or on the screenshot. */
  focus() {
    const { selected } = this.session;
    const mark = selected && this.#drawn.get(`${selected.uid} ${selected.which}`);
    (mark ? mark.box : this.#shot).focus({ preventScroll: !mark });
  }

  /** @param {HTMLElement} target */
  #focus(target) {
    const box = /** @type {HTMLElement | null} */ (target.closest('.mark'));
    if (box?.dataset.uid) this.session.select({ uid: box.dataset.uid, which: /** @type {Which} */ (box.dataset.which) });
  }

  update() {
    if (this.#pointer.dragging) return;
    const { session } = this;
    const { picture, currentScene: scene } = session;
    this.#shot.hidden = !picture;
    this.#card.hidden = !!picture;
    say(this.#cardWords, session.current ? 'This step has no screenshot yet. Drop one here, paste it, or choose it.' : 'This guide has no steps yet. Drop screenshots here, paste one, or choose them: each becomes a step.');
    say(/** @type {Node} */ (this.#choose.lastChild), session.current ? 'Choose a screenshot…' : 'Choose screenshots…');
    this.#lens.hidden = !picture;
    this.element.classList.toggle('drawing', session.tool !== 'select');
    if (!picture || !scene) {
      arrange(this.#marks, []);
      return;
    }
    this.scale = session.zoom * fit(picture, { width: this.#scroll.clientWidth - 2 * MARGIN, height: this.#scroll.clientHeight - 2 * MARGIN });
    const percent = `${Math.round(this.scale * 100)} %`;
    say(this.#fit, percent);
    attribute(this.#fit, 'aria-label', `${percent}: fit the screenshot`);
    attribute(this.#image, 'src', session.api.picture(picture.hash));
    this.#shot.style.width = `${picture.width * this.scale}px`;
    this.#shot.style.height = `${picture.height * this.scale}px`;
    attribute(this.#shot, 'aria-label', `Screenshot: ${scene.alt || 'without alternative text'}. ${count(scene.annotations.length, 'annotation')}`);
    this.#arrange(scene);
  }

  /** Larger or smaller; 0: as it fits. What is in the middle stays there, or the selected box. @param {number} by */
  enlarge(by) {
    const { session } = this;
    session.zoom = by ? Math.min(LARGEST, Math.max(1, session.zoom * STEP ** by)) : 1;
    const before = this.scale;
    const view = this.#scroll;
    const [x, y] = [view.scrollLeft + view.clientWidth / 2, view.scrollTop + view.clientHeight / 2];
    session.changed();
    const chosen = session.selected && this.#drawn.get(`${session.selected.uid} ${session.selected.which}`);
    if (chosen) chosen.box.scrollIntoView({ block: 'center', inline: 'center' });
    else view.scrollTo(x * this.scale / before - view.clientWidth / 2, y * this.scale / before - view.clientHeight / 2);
  }

  /** @param {import('./types.js').Scene} scene */
  #arrange(scene) {
    const { session } = this;
    const shown = scene.annotations.flatMap((annotation) => /** @type {Which[]} */ (['region', 'to']).filter((which) => annotation[which]).map((which) => ({ annotation, which })));
    const sizes = shown.map(({ annotation, which }) => (annotation[which]?.w || 0) * (annotation[which]?.h || 0));
    const ranks = [...sizes].sort((a, b) => b - a);
    const marks = keep(this.#drawn, shown.map(({ annotation, which }) => `${annotation.uid} ${which}`), (key) => new Mark(...(/** @type {[string, Which]} */ (key.split(' ')))));
    marks.forEach((mark, at) => {
      const { annotation, which } = shown[at];
      const chosen = session.selected?.uid === annotation.uid && session.selected.which === which;
      mark.tell(annotation, session.verb(annotation.verb), chosen, ranks.indexOf(sizes[at]) + 1);
    });
    arrange(this.#marks, marks.flatMap((mark) => (mark.noted ? [mark.box, mark.bubble] : [mark.box])));
    marks.forEach((mark) => mark.lay(mark.area, this.scale, session.size));
    const crop = marks.find((mark) => mark.verb?.name === 'crop');
    this.#lines.draw(marks, crop?.area || scene.crop, this.scale, session.size);
  }

  /** Puts a verb on the screenshot, selects it and goes back to selecting. @param {string} name @param {Area | null} region */
  put(name, region) {
    const { session } = this;
    const scene = session.currentScene;
    if (!scene) return;
    const verb = session.verb(name);
    const intent = place(session.step, session.scene, scene, verb, region, session.size);
    session.tool = 'select';
    session.ask(intent);
    session.selected = { uid: intent.uid, which: 'region' };
    session.changed();
    this.focus();
    const annotation = session.annotation;
    if (annotation?.region) session.announce(`${annotation.verb}, ${areaLabel(annotation.region)}`);
  }
}

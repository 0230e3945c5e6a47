/**
 * The screenshot with all that is said of it.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./types.js').Area} Area
 * @typedef {import('./types.js').Which} Which
 */
import { arrange, attribute, h, iconButton, keep, say, svg } from './dom.js';
import { track } from './drag.js';
import { arrow, fit, move, onScreen, resize, sideOf, spread, toPoint } from './geometry.js';
import { Mark } from './mark.js';
import { place, regionDrawn, toolNamed, withOption } from './tools.js';
import { areaLabel, count } from './words.js';

/** Around the screenshot, in pixels. */
const MARGIN = 28;
/** How much one press enlarges, and how much all may. */
const STEP = 1.25;
const LARGEST = 6;

export class Canvas {
  #image = h('img', { alt: '', draggable: 'false' });
  #dim = svg('path', { class: 'dim', 'fill-rule': 'evenodd' });
  #arrows = svg('g', {});
  #leaders = svg('g', {});
  #lines = svg('svg', { class: 'lines', 'aria-hidden': 'true' }, svg('defs', {}, svg('marker', { id: 'arrow', viewBox: '0 0 10 10', refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: 'auto' }, svg('path', { d: 'M0 1 9 5 0 9z', class: 'arrow-head' }))), this.#dim, this.#leaders, this.#arrows);
  #marks = h('div', { class: 'marks' });
  #drawn = h('div', { class: 'drawn', hidden: true }, h('span', { class: 'mark-label' }));
  #shot = h('div', { class: 'shot', role: 'application', tabindex: '-1', 'data-focus': 'canvas' }, this.#image, this.#lines, this.#marks, this.#drawn);
  #card = h('p', { class: 'no-shot' }, 'This step has no screenshot. Drop one here, paste it, or choose one with “Add…” at the right.');
  #scroll = h('div', { class: 'canvas-scroll' }, this.#shot, this.#card);
  #keys = h('p', { id: 'mark-keys', class: 'hidden' }, 'Arrow keys move by 1 point, with Shift by 10. Alt and arrow keys resize. Delete removes.');
  #fit = h('button', { type: 'button', title: 'Fit', 'data-focus': 'fit' });
  #less = iconButton('less', 'Shrink', { 'data-focus': 'less' });
  #more = iconButton('add', 'Enlarge', { 'data-focus': 'more' });
  #lens = h('div', { class: 'lens', role: 'group', 'aria-label': 'Size of the screenshot' }, this.#less, this.#fit, this.#more);
  element = h('section', { class: 'canvas', 'aria-label': 'Screenshot' }, this.#scroll, this.#lens, this.#keys);
  /** @type {Map<string, Mark>} */
  #kept = new Map();
  /** Puts the focus into the fields of the selected annotation. */
  write = () => {};
  #scale = 1;
  #dragging = false;

  /** @param {Session} session @param {AbortSignal} signal */
  constructor(session, signal) {
    this.session = session;
    this.signal = signal;
    session.listen(() => this.update(), signal);
    this.#shot.addEventListener('pointerdown', (event) => this.#press(event), { signal });
    this.#shot.addEventListener('focusin', (event) => this.#focus(/** @type {HTMLElement} */ (event.target)), { signal });
    this.#shot.addEventListener('dblclick', ({ target }) => { if (/** @type {Element} */ (target).closest('[data-uid]')) this.write(); }, { signal });
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

  /** Puts the focus on the selected mark, or on the screenshot. */
  focus() {
    const { selected } = this.session;
    const mark = selected && this.#kept.get(`${selected.uid} ${selected.which}`);
    (mark ? mark.box : this.#shot).focus({ preventScroll: !mark });
  }

  /** @param {HTMLElement} target */
  #focus(target) {
    const box = /** @type {HTMLElement | null} */ (target.closest('.mark'));
    if (box?.dataset.uid) this.session.select({ uid: box.dataset.uid, which: /** @type {Which} */ (box.dataset.which) });
  }

  update() {
    if (this.#dragging) return;
    const { session } = this;
    const { picture, currentScene: scene } = session;
    this.#shot.hidden = !picture;
    this.#card.hidden = !!picture;
    this.#lens.hidden = !picture;
    this.element.classList.toggle('drawing', session.tool !== 'select');
    if (!picture || !scene) {
      arrange(this.#marks, []);
      return;
    }
    this.#scale = session.zoom * fit(picture, { width: this.#scroll.clientWidth - 2 * MARGIN, height: this.#scroll.clientHeight - 2 * MARGIN });
    const percent = `${Math.round(this.#scale * 100)} %`;
    say(this.#fit, percent);
    attribute(this.#fit, 'aria-label', `${percent}: fit the screenshot`);
    attribute(this.#image, 'src', session.api.picture(picture.hash));
    this.#shot.style.width = `${picture.width * this.#scale}px`;
    this.#shot.style.height = `${picture.height * this.#scale}px`;
    attribute(this.#shot, 'aria-label', `Screenshot: ${scene.alt || 'without alternative text'}. ${count(scene.annotations.length, 'annotation')}`);
    this.#arrange(scene);
  }

  /** Larger or smaller; 0: as it fits. What is in the middle stays there, or the selected box. @param {number} by */
  enlarge(by) {
    const { session } = this;
    session.zoom = by ? Math.min(LARGEST, Math.max(1, session.zoom * STEP ** by)) : 1;
    const before = this.#scale;
    const view = this.#scroll;
    const [x, y] = [view.scrollLeft + view.clientWidth / 2, view.scrollTop + view.clientHeight / 2];
    session.changed();
    const chosen = session.selected && this.#kept.get(`${session.selected.uid} ${session.selected.which}`);
    if (chosen) chosen.box.scrollIntoView({ block: 'center', inline: 'center' });
    else view.scrollTo(x * this.#scale / before - view.clientWidth / 2, y * this.#scale / before - view.clientHeight / 2);
  }

  /** @param {import('./types.js').Scene} scene */
  #arrange(scene) {
    const { session } = this;
    const shown = scene.annotations.flatMap((said) => /** @type {Which[]} */ (['region', 'to']).filter((which) => said[which]).map((which) => ({ said, which })));
    const sizes = shown.map(({ said, which }) => (said[which]?.w || 0) * (said[which]?.h || 0));
    const ranks = [...sizes].sort((a, b) => b - a);
    const marks = keep(this.#kept, shown.map(({ said, which }) => `${said.uid} ${which}`), (key) => new Mark(...(/** @type {[string, Which]} */ (key.split(' ')))));
    marks.forEach((mark, at) => {
      const { said, which } = shown[at];
      const chosen = session.selected?.uid === said.uid && session.selected.which === which;
      mark.tell(said, session.verb(said.verb), chosen, ranks.indexOf(sizes[at]) + 1);
    });
    arrange(this.#marks, marks.flatMap((mark) => (mark.noted ? [mark.box, mark.bubble] : [mark.box])));
    arrange(this.#leaders, marks.filter((mark) => mark.noted).map((mark) => mark.leader));
    marks.forEach((mark) => mark.lay(mark.area, this.#scale, session.size));
    this.#connect(marks);
    const crop = marks.find((mark) => mark.verb?.name === 'crop');
    this.#dimAround(crop?.area || scene.crop);
  }

  /** The arrows between two regions of one annotation. @param {Mark[]} marks @param {Mark} [dragged] @param {Area} [area] */
  #connect(marks, dragged, area) {
    const pairs = marks.filter((mark) => mark.which === 'to').flatMap((to) => {
      const from = marks.find((mark) => mark.uid === to.uid && mark.which === 'region');
      return from ? [[from, to]] : [];
    });
    while (this.#arrows.children.length > pairs.length) this.#arrows.lastElementChild?.remove();
    while (this.#arrows.children.length < pairs.length) this.#arrows.append(svg('line', { class: 'arrow', 'marker-end': 'url(#arrow)' }));
    pairs.forEach((pair, at) => {
      const [a, b] = pair.map((mark) => onScreen(mark === dragged && area ? area : mark.area, this.#scale));
      const line = arrow(a, b);
      const values = { x1: line.from.x, y1: line.from.y, x2: line.to.x, y2: line.to.y };
      for (const [name, value] of Object.entries(values)) this.#arrows.children[at].setAttribute(name, String(value));
    });
  }

  /** @param {Area | null | undefined} area */
  #dimAround(area) {
    if (!area) return attribute(this.#dim, 'd', null);
    const { x, y, w, h: high } = onScreen(area, this.#scale);
    const { width, height } = onScreenSize(this.session.size, this.#scale);
    attribute(this.#dim, 'd', `M0 0H${width}V${height}H0ZM${x} ${y}h${w}v${high}h${-w}Z`);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (event.button !== 0 || this.#dragging) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const of = /** @type {HTMLElement | null} */ (target.closest('[data-uid]'));
    const { session } = this;
    if (session.tool !== 'select') return this.#draw(event);
    const mark = of && this.#kept.get(`${of.dataset.uid} ${of.dataset.which || 'region'}`);
    if (!mark) {
      session.select(null);
      return;
    }
    event.preventDefault();
    session.select({ uid: mark.uid, which: mark.which });
    mark.box.focus({ preventScroll: true });
    if (target.closest('.bubble')) return this.#dragSide(event, mark);
    this.#dragMark(event, mark, target.closest('[data-handle]')?.getAttribute('data-handle') || '');
  }

  /** @param {PointerEvent} event @param {Mark} mark @param {string} handle */
  #dragMark(event, mark, handle) {
    const { session } = this;
    const scale = this.#scale;
    const { size } = session;
    const ratio = session.ratio(mark.verb?.name || '');
    const marks = [...this.#kept.values()];
    const crops = mark.verb?.name === 'crop';
    let area = mark.area;
    this.#follow(event, mark.box, (dx, dy, { shiftKey }) => {
      area = handle
        ? resize(mark.area, handle, dx / scale, dy / scale, size, shiftKey ? undefined : ratio)
        : move(mark.area, dx / scale, dy / scale, size);
      mark.lay(area, scale, size);
      if (mark.said?.to) this.#connect(marks, mark, area);
      if (crops) this.#dimAround(area);
    }, () => {
      if (JSON.stringify(area) === JSON.stringify(mark.area)) return;
      session.ask({ op: 'set-region', annotation: mark.uid, which: mark.which, area });
      session.announce(areaLabel(area));
    });
  }

  /** A note is dragged to another side. @param {PointerEvent} event @param {Mark} mark */
  #dragSide(event, mark) {
    const { session } = this;
    const corner = this.#shot.getBoundingClientRect();
    let side = mark.side;
    this.#follow(event, mark.bubble, (_dx, _dy, { clientX, clientY }) => {
      side = sideOf(mark.area, { x: (clientX - corner.left) / this.#scale, y: (clientY - corner.top) / this.#scale });
      mark.lay(mark.area, this.#scale, session.size, side);
    }, () => {
      if (!mark.said || side === mark.said.options.side) return;
      session.ask({ op: 'set', annotation: mark.uid, said: withOption(mark.said, 'side', side) });
      session.announce(`Note at the ${side}`);
    });
  }

  /** @param {PointerEvent} event */
  #draw(event) {
    const { session } = this;
    const scene = session.currentScene;
    const verb = session.verb(toolNamed(session.tool).verb || '');
    if (!scene) return;
    event.preventDefault();
    const corner = this.#shot.getBoundingClientRect();
    const { size } = session;
    const from = toPoint({ x: event.clientX, y: event.clientY }, corner, this.#scale, size);
    const ratio = session.ratio(verb.name);
    let area = spread(from, from, size);
    this.#drawn.className = `drawn mark-${verb.kind} verb-${verb.name}`;
    this.#follow(event, this.#shot, (_dx, _dy, { clientX, clientY, shiftKey }) => {
      area = spread(from, toPoint({ x: clientX, y: clientY }, corner, this.#scale, size), size, shiftKey ? undefined : ratio);
      this.#layDrawn(area, verb.name);
    }, () => this.put(verb.name, regionDrawn(verb, area, scene, size)));
  }

  /** @param {Area} area @param {string} name */
  #layDrawn(area, name) {
    const { x, y, w, h: high } = onScreen(area, this.#scale);
    const { style } = this.#drawn;
    this.#drawn.hidden = false;
    style.transform = `translate(${x}px, ${y}px)`;
    style.width = `${w}px`;
    style.height = `${high}px`;
    /** @type {HTMLElement} */ (this.#drawn.firstElementChild).dataset.label = `${name} · ${areaLabel(area)}`;
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
    const said = session.said;
    if (said?.region) session.announce(`${said.verb}, ${areaLabel(said.region)}`);
  }

  /** @param {PointerEvent} event @param {Element} at @param {(dx: number, dy: number, event: PointerEvent) => void} moved @param {() => void} done */
  #follow(event, at, moved, done) {
    this.#dragging = true;
    this.element.classList.add('dragging');
    track(event, at, {
      move: moved,
      end: (complete) => {
        this.#dragging = false;
        this.#drawn.hidden = true;
        this.element.classList.remove('dragging');
        if (complete) done();
        this.update();
      },
    }, this.signal);
  }
}

/** @param {import('./types.js').Size} size @param {number} scale */
const onScreenSize = ({ width, height }, scale) => ({ width: width * scale, height: height * scale });

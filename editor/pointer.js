/**
 * What the pointer does on the screenshot: takes boxes and their handles, drags notes to another side, draws.
 *
 * @typedef {import('./types.js').Area} Area
 * @typedef {import('./mark.js').Mark} Mark
 */
import { h } from './dom.js';
import { track } from './drag.js';
import { move, onScreen, resize, settle, sideOf, spread, toPoint } from './geometry.js';
import { measure, snapped } from './snap.js';
import { regionDrawn, toolNamed, withOption } from './tools.js';
import { areaLabel } from './words.js';

export class Pointer {
  #drawn = h('div', { class: 'drawn', hidden: true }, h('span', { class: 'mark-label' }));
  /** Whether something is being dragged: what is on the screen then stays as it is. */
  dragging = false;
  /** @type {{src: string, pixels: import('./snap.js').Pixels | null}} */
  #measured = { src: '', pixels: null };

  /**
   * @param {import('./session.js').Session} session
   * @param {{shot: HTMLElement, around: HTMLElement, image: HTMLImageElement, lines: import('./lines.js').Lines, marks: Map<string, Mark>, canvas: import('./canvas.js').Canvas}} on
   * @param {AbortSignal} signal
   */
  constructor(session, on, signal) {
    this.session = session;
    this.on = on;
    this.signal = signal;
    on.shot.append(this.#drawn);
    on.shot.addEventListener('pointerdown', (event) => this.#press(event), { signal });
    // A region may begin beyond the edge of the screenshot, and then begins at it.
    on.around.addEventListener('pointerdown', (event) => {
      const { left, top } = on.around.getBoundingClientRect();
      const bar = event.clientX - left > on.around.clientWidth || event.clientY - top > on.around.clientHeight;
      if (event.target !== on.around || bar || on.shot.hidden) return;
      if (session.tool !== 'select') this.#press(event);
      else if (event.button === 0) session.select(null);
    }, { signal });
  }

  /** The brightness of the screenshot, measured once. */
  get #pixels() {
    const { image } = this.on;
    if (this.#measured.src !== image.src) this.#measured = { src: image.complete ? image.src : '', pixels: measure(image) };
    return this.#measured.pixels;
  }

  /** Laid on the edges of what is on the picture, but not with Alt. @param {Area} area @param {string} verb @param {boolean} free @param {string} [sides] @returns {Area} */
  #snap(area, verb, free, sides) {
    const pixels = free ? null : this.#pixels;
    const { size } = this.session;
    return pixels ? settle(snapped(area, pixels, pixels.width / size.width, this.on.canvas.scale, sides, verb === 'redact'), size) : area;
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (event.button !== 0 || this.dragging) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const marked = /** @type {HTMLElement | null} */ (target.closest('[data-uid]'));
    const { session } = this;
    if (session.tool !== 'select') return this.#draw(event);
    const mark = marked && this.on.marks.get(`${marked.dataset.uid} ${marked.dataset.which || 'region'}`);
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
    const scale = this.on.canvas.scale;
    const { size } = session;
    const ratio = session.ratio(mark.verb?.name || '');
    const marks = [...this.on.marks.values()];
    const crops = mark.verb?.name === 'crop';
    let area = mark.area;
    this.#follow(event, mark.box, (dx, dy, { shiftKey, altKey }) => {
      const aspect = shiftKey ? undefined : ratio;
      area = handle
        ? this.#snap(resize(mark.area, handle, dx / scale, dy / scale, size, aspect), mark.verb?.name || '', altKey || !!aspect, handle)
        : move(mark.area, dx / scale, dy / scale, size);
      mark.lay(area, scale, size);
      if (mark.annotation?.to) this.on.lines.connect(marks, scale, mark, area);
      if (crops) this.on.lines.crop(area, scale, size);
    }, () => {
      if (JSON.stringify(area) === JSON.stringify(mark.area)) return;
      session.ask({ op: 'set-region', annotation: mark.uid, which: mark.which, area });
      session.announce(areaLabel(area));
    });
  }

  /** A note is dragged to another side. @param {PointerEvent} event @param {Mark} mark */
  #dragSide(event, mark) {
    const { session } = this;
    const corner = this.on.shot.getBoundingClientRect();
    let side = mark.side;
    this.#follow(event, mark.bubble, (_dx, _dy, { clientX, clientY }) => {
      side = sideOf(mark.area, { x: (clientX - corner.left) / this.on.canvas.scale, y: (clientY - corner.top) / this.on.canvas.scale });
      mark.lay(mark.area, this.on.canvas.scale, session.size, side);
    }, () => {
      if (!mark.annotation || side === mark.annotation.options.side) return;
      session.ask({ op: 'set', annotation: mark.uid, fields: withOption(mark.annotation, 'side', side) });
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
    const corner = this.on.shot.getBoundingClientRect();
    const outside = event.target === this.on.around;
    const { size } = session;
    const from = toPoint({ x: event.clientX, y: event.clientY }, corner, this.on.canvas.scale, size);
    const ratio = session.ratio(verb.name);
    let area = spread(from, from, size);
    this.#drawn.className = `drawn mark-${verb.kind} verb-${verb.name}`;
    this.#follow(event, this.on.shot, (_dx, _dy, { clientX, clientY, shiftKey, altKey }) => {
      const aspect = shiftKey ? undefined : ratio;
      area = spread(from, toPoint({ x: clientX, y: clientY }, corner, this.on.canvas.scale, size), size, aspect);
      area = this.#snap(area, verb.name, altKey || !!aspect);
      this.#layDrawn(area, verb.name);
    }, () => {
      // A press beside the screenshot draws nothing.
      if (outside && area.w < 1 && area.h < 1) return;
      this.on.canvas.put(verb.name, regionDrawn(verb, area, scene, size));
    });
  }

  /** @param {Area} area @param {string} name */
  #layDrawn(area, name) {
    const { x, y, w, h: high } = onScreen(area, this.on.canvas.scale);
    const { style } = this.#drawn;
    this.#drawn.hidden = false;
    style.transform = `translate(${x}px, ${y}px)`;
    style.width = `${w}px`;
    style.height = `${high}px`;
    /** @type {HTMLElement} */ (this.#drawn.firstElementChild).dataset.label = `${name} · ${areaLabel(area)}`;
  }


  /** @param {PointerEvent} event @param {Element} at @param {(dx: number, dy: number, event: PointerEvent) => void} moved @param {() => void} done */
  #follow(event, at, moved, done) {
    this.dragging = true;
    this.on.canvas.element.classList.add('dragging');
    track(event, at, {
      move: moved,
      end: (complete) => {
        this.dragging = false;
        this.#drawn.hidden = true;
        this.on.canvas.element.classList.remove('dragging');
        if (complete) done();
        this.on.canvas.update();
      },
    }, this.signal);
  }
}

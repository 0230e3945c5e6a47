/**
 * What is drawn between the boxes on a screenshot: arrows, leaders of notes, the dark around a crop.
 *
 * @typedef {import('./types.js').Area} Area
 * @typedef {import('./mark.js').Mark} Mark
 */
import { arrange, attribute, svg } from './dom.js';
import { arrow, onScreen } from './geometry.js';

export class Lines {
  #dim = svg('path', { class: 'dim', 'fill-rule': 'evenodd' });
  #arrows = svg('g', {});
  #leaders = svg('g', {});
  #head = svg('marker', { id: 'arrow', viewBox: '0 0 10 10', refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: 'auto' }, svg('path', { d: 'M0 1 9 5 0 9z', class: 'arrow-head' }));
  element = svg('svg', { class: 'lines', 'aria-hidden': 'true' }, svg('defs', {}, this.#head), this.#dim, this.#leaders, this.#arrows);

  /** All of it anew. @param {Mark[]} marks @param {Area | null | undefined} crop @param {number} scale @param {import('./types.js').Size} size */
  draw(marks, crop, scale, size) {
    arrange(this.#leaders, marks.filter((mark) => mark.noted).map((mark) => mark.leader));
    this.connect(marks, scale);
    this.crop(crop, scale, size);
  }

  /** The arrows between two regions of one annotation. @param {Mark[]} marks @param {number} scale @param {Mark} [dragged] @param {Area} [area] Where that is meanwhile. */
  connect(marks, scale, dragged, area) {
    const pairs = marks.filter((mark) => mark.which === 'to').flatMap((to) => {
      const from = marks.find((mark) => mark.uid === to.uid && mark.which === 'region');
      return from ? [[from, to]] : [];
    });
    while (this.#arrows.children.length > pairs.length) this.#arrows.lastElementChild?.remove();
    while (this.#arrows.children.length < pairs.length) this.#arrows.append(svg('line', { class: 'arrow', 'marker-end': 'url(#arrow)' }));
    pairs.forEach((pair, at) => {
      const [a, b] = pair.map((mark) => onScreen(mark === dragged && area ? area : mark.area, scale));
      const line = arrow(a, b);
      const values = { x1: line.from.x, y1: line.from.y, x2: line.to.x, y2: line.to.y };
      for (const [name, value] of Object.entries(values)) this.#arrows.children[at].setAttribute(name, String(value));
    });
  }

  /** Darkens what a crop leaves out. @param {Area | null | undefined} area @param {number} scale @param {import('./types.js').Size} size */
  crop(area, scale, size) {
    if (!area) return attribute(this.#dim, 'd', null);
    const { x, y, w, h } = onScreen(area, scale);
    attribute(this.#dim, 'd', `M0 0H${size.width * scale}V${size.height * scale}H0ZM${x} ${y}h${w}v${h}h${-w}Z`);
  }
}
